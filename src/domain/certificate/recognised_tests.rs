//! The certificate of a level that a recognition awarded (比照认定).

use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::*;
use crate::domain::certificate::recognised::RecognisedEnd;
use crate::domain::certificate::rejection::CertificateRejection as No;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{RecognitionId, RecordId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End, ProposalEvent};
use crate::domain::route::Route;
use crate::domain::rules::recognition::{HeldBy, Qualification};
use crate::domain::worker::event::AwardedBy;
use crate::domain::worker::recognition::event::{RecognitionApplied, RecognitionUsed};
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use uuid::Uuid;

const RECOGNITION: RecognitionId = RecognitionId(Uuid::from_u128(0xc1));

fn number() -> CertificateNumber {
    "S000032000145263000001".parse().unwrap()
}
fn of(route: Route, holder: WorkerId) -> CertificateEvent {
    let issue = IssueCertificate {
        number: number(),
        award: EarnedAward::by_assessment(Award {
            route,
            worker: holder,
            ..award()
        }),
        issued_on: TODAY,
        status: status(),
        supersedes: None,
        twin: None,
    };
    let state = CertificateDecider::fold(&[]);
    match CertificateDecider::decide(&state, &CertificateCommand::Issue(issue))
        .unwrap()
        .remove(0)
    {
        CertificateDecision::Issue(unsealed) => unsealed.seal(seal(1)),
        other => panic!("{other:?}"),
    }
}
fn recognised() -> CertificateEvent {
    of(Route::Recognition, worker(1))
}
fn past(events: impl IntoIterator<Item = CertificateEvent>) -> Given<CertificateDecider> {
    given::<CertificateDecider>(events)
}
/// A worker with a recognition on which the session closed, or did not.
fn holder(used: bool) -> Worker {
    let mut worker = Worker::default();
    worker.recognitions.apply(&RecognitionApplied {
        recognition: RECOGNITION,
        held: HeldBy::Record {
            record: RecordId(Uuid::nil()),
        },
        rule: "compare/de-1".into(),
        edition: "2026".into(),
        jurisdiction: "DEMO".into(),
        to: Qualification::Level {
            level: crate::domain::level::SkillLevel::Three,
            occupations: vec![occupation().code],
            series: None,
        },
        occupation: Some(occupation().code),
        taken_by: maker(),
        on: TODAY,
    });
    if used {
        worker.recognitions.use_up(&RecognitionUsed {
            recognition: RECOGNITION,
            session: session_id(),
            on: TODAY,
        });
    }
    worker
}
fn withdraw(on: Date) -> Act {
    Act::WithdrawRecognition {
        recognition: RECOGNITION,
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on,
    }
}
fn end(on: Date) -> CertificateCommand {
    let end = RecognisedEnd::of(worker(1), &holder(true), &withdraw(on)).unwrap();
    assert_eq!(end.session(), session_id());
    CertificateCommand::EndWithRecognition(end)
}
fn revoked(on: Date) -> CertificateEvent {
    CertificateRevoked(CertificateWithdrawn {
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on,
        with: None,
        recognition: Some(RECOGNITION),
    })
    .into()
}

#[test]
fn it_is_revoked_with_the_recognition_and_names_it() {
    past([recognised()])
        .when(end(TODAY))
        .then([revoked(TODAY).into()]);
    // The document is younger than the act's day.
    let before = TODAY.yesterday().unwrap();
    past([recognised()])
        .when(end(before))
        .then([revoked(TODAY).into()]);
    let suspended = CertificateSuspended {
        ground: "核查".into(),
        basis: "人社职司便函〔2020〕17号".into(),
        on: TODAY,
    };
    past([recognised(), suspended.into()])
        .when(end(TODAY))
        .then([revoked(TODAY).into()]);
    // What has ended ends no second time.
    past([recognised(), revoked(TODAY)])
        .when(end(TODAY))
        .then([]);
}

#[test]
fn no_other_certificate_ends_with_it() {
    past([]).when(end(TODAY)).rejected(No::NotIssued);
    past([of(Route::Assessment, worker(1))])
        .when(end(TODAY))
        .rejected(No::NotOfRecognition);
    past([of(Route::Recognition, worker(2))])
        .when(end(TODAY))
        .rejected(No::NotOfRecognition);
    let superseded = CertificateSuperseded {
        by: "S000032000145263000002".parse().unwrap(),
        ground: "姓名有误".into(),
        on: TODAY,
    };
    past([recognised(), superseded.into()])
        .when(end(TODAY))
        .rejected(No::SupersededIsFinal);
}

#[test]
fn only_the_withdrawal_of_what_a_session_closed_on_ends_one() {
    assert_eq!(
        RecognisedEnd::of(worker(1), &holder(false), &withdraw(TODAY)),
        None
    );
    let finding = |award| Act::WithdrawAward {
        award,
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on: TODAY,
    };
    let of = |act: &Act| RecognisedEnd::of(worker(1), &holder(true), act);
    let by_recognition = AwardedBy::Recognition(RECOGNITION);
    assert_eq!(of(&finding(by_recognition)), of(&withdraw(TODAY)));
    assert_eq!(of(&finding(AwardedBy::Session(session_id()))), None);
    assert_eq!(of(&Act::ConfirmResults { candidates: 1 }), None);
}

#[test]
fn the_body_that_issued_it_ends_the_document_and_not_the_award() {
    let propose = |end| CertificateCommand::Propose {
        proposing: proposing(),
        act: act(end),
    };
    for end in [End::Revoked, End::Forfeited] {
        past([recognised()])
            .when(propose(end))
            .rejected(No::RecognitionDecides);
    }
    for end in [End::Cancelled, End::Voided] {
        let made = CertificateEvent::Proposal(ProposalEvent::from(proposing().made(act(end))));
        past([recognised()]).when(propose(end)).then([made.into()]);
    }
    let recognised = Award {
        route: Route::Recognition,
        ..award()
    };
    assert_eq!(
        EarnedAward::corrected(&recognised, Some("电焊工"), None, None),
        Err(No::WorkTypeUnasked)
    );
}

fn act(end: End) -> Act {
    Act::EndCertificate {
        end,
        ground: "有误".into(),
        basis: "人社职司便函〔2020〕17号".into(),
        on: TODAY,
    }
}
