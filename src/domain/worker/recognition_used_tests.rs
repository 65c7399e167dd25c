//! The certificate that may follow a recognition (据比照认定发证).

use super::recognition_tests::*;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::Given;
use crate::domain::example::*;
use crate::domain::ids::{CertificateId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::{Act, End};
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::question::{AwardQuestioned, Cause};
use crate::domain::worker::recognition::decide::Use;
use crate::domain::worker::recognition::event::*;
use crate::domain::worker::recognition::rejection::RecognitionRejection as Refusal;
use uuid::Uuid;

fn second() -> SessionId {
    SessionId(Uuid::from_u128(0x5e9))
}
fn used(session: SessionId) -> RecognitionUsed {
    RecognitionUsed {
        recognition: recognition(2),
        session,
        on: TODAY,
    }
}
fn using(change: impl FnOnce(&mut Use)) -> Command {
    let mut it = Use {
        used: used(second()),
        occupation: fitter().code,
        level: SkillLevel::Four,
        assessed_on: DAY,
    };
    change(&mut it);
    Command::UseRecognition(it)
}
fn granted(certificate: bool) -> WorkerEvent {
    RecognitionGranted {
        certificate,
        ..granted_level()
    }
    .into()
}
/// Granted under a rule that lets a certificate follow, the level awarded.
fn stands(more: impl IntoIterator<Item = WorkerEvent>) -> Given<WorkerDecider> {
    let so_far = [to_level().into(), granted(true), awarded_level().into()];
    past(so_far.into_iter().chain(more))
}
fn by() -> AwardedBy {
    AwardedBy::Recognition(recognition(2))
}
fn gone(certificate: Option<CertificateId>) -> LevelWithdrawn {
    LevelWithdrawn {
        by: by(),
        certificate,
        end: End::Revoked,
        ground: "原证书系伪造".into(),
        on: TODAY,
    }
}

#[test]
fn a_session_uses_a_recognition_up_and_awards_nothing_again() {
    stands([]).when(using(|_| {})).then([used(second()).into()]);
    let events = [
        enrolled(),
        german(1),
        to_level().into(),
        granted(true),
        awarded_level().into(),
        used(second()).into(),
    ];
    let state = WorkerDecider::fold(&events);
    let worker = state.worker().unwrap();
    assert_eq!(worker.levels.len(), 1);
    assert_eq!(worker.certified_in(by()), Some(second()));
    assert_eq!(
        worker.certified_in(AwardedBy::Session(session_id())),
        Some(session_id())
    );
    let level = worker.level_certified_in(second()).unwrap();
    assert_eq!(level.awarded, awarded_level());
    assert_eq!(worker.level_certified_in(session_id()), None);
}

#[test]
fn a_recognition_has_one_certificate() {
    for session in [session_id(), second()] {
        stands([used(session).into()])
            .when(using(|_| {}))
            .rejected(refuses(Refusal::UsedAlready));
    }
}

#[test]
fn only_what_was_granted_and_stands_has_one_and_only_where_its_rule_says_so() {
    past([])
        .when(using(|_| {}))
        .rejected(refuses(Refusal::Unknown));
    // Another worker's.
    stands([])
        .when(using(|it| it.used.recognition = recognition(9)))
        .rejected(refuses(Refusal::Unknown));
    let not = |events: Vec<WorkerEvent>, refusal| {
        past(events).when(using(|_| {})).rejected(refuses(refusal));
    };
    not(vec![to_level().into()], Refusal::NotGranted);
    let refused = RecognitionRefused {
        recognition: recognition(2),
        unmet: Vec::new(),
        ground: Some("原证书已失效".into()),
        decided_by: checker(),
        on: DAY,
    };
    not(vec![to_level().into(), refused.into()], Refusal::NotGranted);
    let rest = || [to_level().into(), granted(false), awarded_level().into()];
    not(rest().to_vec(), Refusal::WithoutCertificate);
    // Recognised, and the level not awarded.
    not(
        vec![to_level().into(), granted(true)],
        Refusal::LevelNotStanding,
    );
    stands([gone(None).into()])
        .when(using(|_| {}))
        .rejected(refuses(Refusal::LevelNotStanding));
    stands([withdrawn().into(), gone(None).into()])
        .when(using(|_| {}))
        .rejected(refuses(Refusal::NotGranted));
}

#[test]
fn the_certificate_says_what_was_recognised_and_not_before_it_was() {
    let (occupation, level) = (fitter().code, SkillLevel::Four);
    let differs = Refusal::CertificateDiffers { occupation, level };
    stands([])
        .when(using(|it| it.level = SkillLevel::Three))
        .rejected(refuses(differs.clone()));
    stands([])
        .when(using(|it| {
            it.occupation = crate::domain::example::occupation().code
        }))
        .rejected(refuses(differs));
    stands([])
        .when(using(|it| it.assessed_on = DAY.yesterday().unwrap()))
        .rejected(refuses(Refusal::Before { earliest: DAY }));
}

#[test]
fn whatever_withdraws_the_level_names_its_certificate() {
    let certificate = Some(CertificateId(Uuid::from_u128(0xce)));
    let approve = || Command::Approve {
        approval: approval(),
        certificate,
    };
    let made = |act: Act| WorkerEvent::Proposal(proposing().made(act).into());
    let approved = || WorkerEvent::Proposal(approval().approved().into());
    stands([used(second()).into(), made(act())])
        .when(approve())
        .then([approved(), withdrawn().into(), gone(certificate).into()]);
    let questioned = AwardQuestioned {
        award: by(),
        cause: Cause::Stated,
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on: TODAY,
    };
    let finding = Act::WithdrawAward {
        award: by(),
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on: TODAY,
    };
    stands([used(second()).into(), questioned.into(), made(finding)])
        .when(approve())
        .then([approved(), gone(certificate).into()]);
}
