//! The full process, step by step.

use crate::domain::attainment::Assessed;
use crate::domain::body::event::BodyKind;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{CardId, ObjectionId, SessionId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::{Act, Approval, ProposalEvent, Proposing};
use crate::domain::route::Route;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::score::{Component, Mark, Marks, Score, Verdict};
use crate::domain::session::basis::{ResultBasis, Retained};
use crate::domain::session::command::{Arrange, Finding, OpenSession, SessionCommand as C, Submit};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::enrol;
use crate::domain::session::event::*;
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::remedy::Remedy;
use crate::domain::session::state::{CANDIDATES_MAX, SessionState};
use crate::domain::session::step::*;
use crate::domain::staff::facts::{CardFacts, StaffFacts};
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::Validity;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use uuid::Uuid;

mod arrangement;
mod audit;
mod objection;
mod registration;

const REGISTERS: Date = date(2026, 6, 1);

pub(in crate::domain::session) fn past(
    events: impl IntoIterator<Item = SessionEvent>,
) -> Given<SessionDecider> {
    given::<SessionDecider>(events)
}
pub(in crate::domain::session) fn full() -> SessionOpened {
    SessionOpened {
        process: Process::Full,
        question_bank: Some(QuestionBank {
            id: "GZB-6-18-02-04".into(),
            version: "2026-1".into(),
        }),
        ..opened()
    }
}
fn days() -> RegistrationScheduled {
    RegistrationScheduled {
        from: REGISTERS,
        to: date(2026, 6, 30),
    }
}
fn registered(n: u128) -> CandidateRegistered {
    CandidateRegistered {
        worker: worker(n),
        level: Some(SkillLevel::Three),
        declared: Some("2023-三级-2".into()),
        evidence: vec![digest(n as u8)],
        retained: vec![],
        on: REGISTERS,
    }
}
fn finding(n: u128) -> Finding {
    Finding {
        worker: worker(n),
        met: vec!["2023-三级-2".into()],
        refused: vec![],
        held: Some(SkillLevel::Four),
        kept: vec![],
        source: "2023年版".into(),
        verified: false,
    }
}
fn decided(n: u128, refused: &[&str]) -> EligibilityDecided {
    EligibilityDecided {
        worker: worker(n),
        eligible: refused.is_empty(),
        met: vec!["2023-三级-2".into()],
        refused: refused.iter().map(|it| (*it).to_owned()).collect(),
        source: "2023年版".into(),
        verified: false,
        on: REGISTERS,
    }
}
pub(in crate::domain::session) fn staff(n: u128, role: StaffRole) -> StaffFacts {
    StaffFacts {
        subject: SubjectId(Uuid::from_u128(0x5000 + n)),
        on: ASSESSED,
        cards: vec![CardFacts {
            card: CardId(Uuid::from_u128(0xca00 + n)),
            role,
            occupations: vec![],
            levels: vec![],
            items: vec![],
            body: None,
            validity: Validity::Good { to: None },
        }],
        related: vec![],
    }
}
/// Three senior examiners who review too, two invigilators, a supervisor.
pub(in crate::domain::session) fn everybody() -> Vec<(Duty, StaffFacts)> {
    let senior = |n| staff(n, StaffRole::SeniorExaminer);
    let mut all = Vec::new();
    for n in 1..=3 {
        all.push((Duty::Examiner, senior(n)));
        all.push((Duty::Reviewer, senior(n)));
    }
    for n in 4..=5 {
        all.push((Duty::Invigilator, staff(n, StaffRole::Invigilator)));
    }
    let supervisor = staff(6, StaffRole::QualitySupervisorExternal);
    all.push((Duty::Supervisor, supervisor));
    all
}
pub(in crate::domain::session) fn arrange() -> Arrange {
    Arrange {
        rooms: 1,
        staff: everybody(),
        question_bank: None,
        policy: AssessmentPolicy::demo(),
        body_kind: BodyKind::SocialAssessor,
        trainers: BTreeSet::new(),
        on: date(2026, 7, 1),
    }
}
fn arranged() -> SessionArranged {
    let staff = everybody();
    SessionArranged {
        candidates: 2,
        rooms: 1,
        staff: staff
            .iter()
            .map(|(duty, facts)| Assigned {
                staff: facts.subject,
                duty: *duty,
                card: facts.cards[0].card,
                role: facts.cards[0].role,
            })
            .collect(),
        released: vec![],
        question_bank: full().question_bank,
        policy: AssessmentPolicy::demo().source,
        on: date(2026, 7, 1),
    }
}
fn evidence(byte: u8) -> EvidenceRecorded {
    EvidenceRecorded {
        kind: EvidenceKind::RemoteSupervision,
        digest: digest(byte),
        taken_at: ASSESSED.at(9, 30, 0, 0),
        region: "320102".parse().unwrap(),
        component: Some(Component::Skill),
        reference: Some("YM-2026-0710-1".into()),
    }
}
fn notice() -> NoticeStarted {
    NoticeStarted {
        from: TODAY,
        closes_on: date(2026, 7, 28),
        working_days: 5,
    }
}
fn confirmed() -> Vec<SessionEvent> {
    let act = Act::ConfirmResults { candidates: 2 };
    vec![
        SessionEvent::Proposal(proposing().made(act).into()),
        SessionEvent::Proposal(approval().approved().into()),
        ResultsConfirmed {
            proposal: proposal(),
            candidates: 2,
            digest: digest(1),
        }
        .into(),
    ]
}
fn submitted() -> SessionSubmitted {
    SessionSubmitted {
        round: 1,
        materials: vec![digest(8)],
        due_on: date(2026, 7, 17),
        on: date(2026, 7, 28),
    }
}
fn returned() -> AuditReturned {
    AuditReturned {
        reasons: vec!["考评员签名不全".into()],
        due_on: date(2026, 8, 4),
        fix_by: date(2026, 8, 5),
        on: date(2026, 7, 29),
    }
}
fn audited() -> AuditPassed {
    AuditPassed {
        basis: "苏技鉴审〔2026〕29号".into(),
        due_on: date(2026, 8, 4),
        on: date(2026, 7, 30),
    }
}
/// Two candidates registered and one of them, the second, refused; a third was let in.
fn reviewed() -> Vec<SessionEvent> {
    vec![
        full().into(),
        days().into(),
        registered(1).into(),
        registered(2).into(),
        registered(3).into(),
        decided(1, &[]).into(),
        decided(2, &[]).into(),
        decided(3, &[enrol::LEVEL_HELD]).into(),
    ]
}
fn ready() -> Vec<SessionEvent> {
    [reviewed(), vec![arranged().into(), evidence(0xe1).into()]].concat()
}
fn marked() -> Vec<SessionEvent> {
    [ready(), vec![passed(1).into(), failed(2).into()]].concat()
}
fn shown() -> Vec<SessionEvent> {
    [marked(), confirmed(), vec![notice().into()]].concat()
}
fn before_the_authority() -> Vec<SessionEvent> {
    [shown(), vec![submitted().into()]].concat()
}
fn objection() -> ObjectionId {
    ObjectionId(Uuid::from_u128(0x0b))
}
fn filed() -> ObjectionFiled {
    ObjectionFiled {
        objection: objection(),
        about: Some(worker(1)),
        ground: "公示期内反映本人未到场".into(),
        evidence: vec![],
        on: TODAY,
    }
}
fn outcome(outcome: Outcome) -> ObjectionDecided {
    ObjectionDecided {
        objection: objection(),
        outcome,
        ground: "经查实".into(),
        on: date(2026, 7, 22),
    }
}
fn struck() -> ResultStruck {
    ResultStruck {
        worker: worker(1),
        was: Verdict::Passed,
        ground: "经查实".into(),
        on: date(2026, 7, 22),
    }
}
/// The second candidate's marks, read again.
fn better() -> ResultEntered {
    ResultEntered {
        basis: ResultBasis::Marks(marks(1000, 600)),
        verdict: Verdict::Passed,
        ..failed(2)
    }
}

fn submit(on: Date) -> Submit {
    Submit {
        materials: vec![digest(8)],
        due_on: date(2026, 7, 17),
        overdue_refused: false,
        on,
    }
}

#[test]
fn a_full_session_needs_a_policy_and_a_policy_may_need_full_sessions() {
    let open = |opened: SessionOpened, policy: Option<AssessmentPolicy>| {
        past([]).when(C::Open(OpenSession {
            opened,
            occupation: Some(occupation()),
            item: None,
            body_kind: BodyKind::SocialAssessor,
            policy,
        }))
    };
    let strict = AssessmentPolicy {
        full_required: true,
        ..AssessmentPolicy::demo()
    };
    open(full(), Some(AssessmentPolicy::demo())).then([full().into()]);
    open(full(), None).rejected(No::PolicyMissing);
    open(opened(), None).then([opened().into()]);
    open(opened(), Some(strict.clone())).rejected(No::FullRequired);
    open(full(), Some(strict)).then([full().into()]);
}

/// The level of the session's assessed levels, for a look at what a session says of itself.
#[test]
fn a_sessions_candidates_are_counted_by_their_standing() {
    let SessionState::Open(sitting) = SessionDecider::fold(&reviewed()) else {
        panic!("open");
    };
    assert_eq!(sitting.proceedings.eligible().count(), 2);
    assert_eq!(sitting.proceedings.pending().count(), 0);
    assert!(matches!(sitting.opened.assessed, Assessed::Levels { .. }));
}
