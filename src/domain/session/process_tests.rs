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
use crate::domain::score::{Mark, Marks, Score, Verdict};
use crate::domain::session::basis::{Component, ResultBasis, Retained};
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

const REGISTERS: Date = date(2026, 6, 1);

pub(super) fn past(events: impl IntoIterator<Item = SessionEvent>) -> Given<SessionDecider> {
    given::<SessionDecider>(events)
}
pub(super) fn full() -> SessionOpened {
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
pub(super) fn staff(n: u128, role: StaffRole) -> StaffFacts {
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
pub(super) fn everybody() -> Vec<(Duty, StaffFacts)> {
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
pub(super) fn arrange() -> Arrange {
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

#[test]
fn candidates_register_on_the_days_announced_and_once() {
    let schedule = |days: RegistrationScheduled| C::ScheduleRegistration {
        days,
        on: REGISTERS,
    };
    past([full().into()])
        .when(schedule(days()))
        .then([days().into()]);
    for wrong in [
        RegistrationScheduled {
            from: date(2026, 7, 1),
            ..days()
        },
        RegistrationScheduled {
            to: ASSESSED.tomorrow().unwrap(),
            ..days()
        },
        RegistrationScheduled {
            from: date(2026, 5, 1),
            to: date(2026, 5, 31),
        },
    ] {
        past([full().into()])
            .when(schedule(wrong))
            .rejected(No::RegistrationDatesDisagree);
    }
    let one = || vec![full().into(), days().into(), registered(1).into()];
    let shorter = RegistrationScheduled {
        from: date(2026, 6, 2),
        ..days()
    };
    past(one())
        .when(schedule(shorter))
        .rejected(No::RegistrationDatesDisagree);
    past([opened().into()])
        .when(schedule(days()))
        .rejected(No::SheetOnly);

    let register = |change: fn(&mut CandidateRegistered)| {
        let mut it = registered(2);
        change(&mut it);
        past(one()).when(C::Register(it))
    };
    register(|_| {}).then([registered(2).into()]);
    register(|it| it.worker = worker(1)).rejected(No::AlreadyRegistered);
    register(|it| it.level = None).rejected(No::LevelMissing);
    register(|it| it.level = Some(SkillLevel::Five)).rejected(No::LevelOutsideSession {
        level: SkillLevel::Five,
    });
    register(|it| it.worker = crate::domain::ids::WorkerId(opened().examiners[0].0))
        .rejected(No::SelfAssessment);
    register(|it| it.evidence = vec![digest(1); 51]).rejected(No::TooMuchEvidence { most: 50 });
    register(|it| it.on = date(2026, 7, 1)).rejected(No::RegistrationClosed {
        from: days().from,
        to: days().to,
    });
    register(|it| it.retained = vec![theory_kept(), theory_kept()]).rejected(No::RetainedDiffers);
    past([full().into()])
        .when(C::Register(registered(1)))
        .rejected(No::RegistrationNotScheduled);
    past(ready())
        .when(C::Register(registered(9)))
        .rejected(No::AlreadyArranged);
    let direct = SessionOpened {
        route: Route::DirectRecognition,
        ..full()
    };
    past([direct.into(), days().into()])
        .when(C::Register(registered(1)))
        .rejected(No::NoExamination {
            route: Route::DirectRecognition,
        });
    let many = (0..CANDIDATES_MAX as u128).map(|n| registered(n + 100).into());
    past(one().into_iter().take(2).chain(many))
        .when(C::Register(registered(1)))
        .rejected(No::TooManyCandidates {
            most: CANDIDATES_MAX as u32,
        });
}

fn theory_kept() -> Retained {
    Retained {
        component: Component::Theory,
        session: SessionId(Uuid::from_u128(0x5e4)),
        score: Score::from_tenths(800).unwrap(),
    }
}

#[test]
fn eligibility_is_what_was_found_and_nobody_overrides_it() {
    let two = || {
        vec![
            full().into(),
            days().into(),
            registered(1).into(),
            registered(2).into(),
        ]
    };
    let decide = |findings: Vec<Finding>| C::DecideEligibility {
        findings,
        on: REGISTERS,
    };
    let with = |change: fn(&mut Finding)| {
        let mut it = finding(1);
        change(&mut it);
        past(two()).when(decide(vec![it]))
    };
    past(two())
        .when(decide(vec![finding(1), finding(2)]))
        .then([decided(1, &[]).into(), decided(2, &[]).into()]);
    with(|it| it.refused = vec!["not-own-staff".into()])
        .then([decided(1, &["not-own-staff"]).into()]);
    for held in [SkillLevel::Three, SkillLevel::One] {
        let holds = Finding {
            held: Some(held),
            ..finding(1)
        };
        past(two())
            .when(decide(vec![holds]))
            .then([decided(1, &[enrol::LEVEL_HELD]).into()]);
    }
    with(|it| it.held = None).then([decided(1, &[]).into()]);
    with(|it| it.met.clear()).then([EligibilityDecided {
        met: vec![],
        ..decided(1, &[enrol::CONDITIONS_NOT_MET])
    }
    .into()]);
    past(two())
        .when(decide(vec![]))
        .rejected(No::NothingToReview);
    past(two())
        .when(decide(vec![finding(9)]))
        .rejected(No::NotRegistered);
    past(two())
        .when(decide(vec![finding(1), finding(1)]))
        .rejected(No::EligibilityAlreadyDecided);
    past(reviewed())
        .when(decide(vec![finding(1)]))
        .rejected(No::EligibilityAlreadyDecided);
    past(reviewed())
        .when(decide(vec![finding(3)]))
        .then([decided(3, &[]).into()]);
    past(ready())
        .when(decide(vec![finding(3)]))
        .rejected(No::AlreadyArranged);
    past(two())
        .when(C::DecideEligibility {
            findings: vec![finding(1)],
            on: REGISTERS.yesterday().unwrap(),
        })
        .rejected(No::DateBefore {
            earliest: REGISTERS,
        });
}

#[test]
fn what_is_brought_along_must_be_kept_with_that_mark() {
    let brings = CandidateRegistered {
        retained: vec![theory_kept()],
        ..registered(1)
    };
    let events = || vec![full().into(), days().into(), brings.clone().into()];
    let decide = |kept: Vec<Retained>| {
        past(events()).when(C::DecideEligibility {
            findings: vec![Finding { kept, ..finding(1) }],
            on: REGISTERS,
        })
    };
    decide(vec![theory_kept()]).then([decided(1, &[]).into()]);
    decide(vec![]).then([decided(1, &[enrol::COMPONENT_NOT_KEPT]).into()]);
    let lower = Retained {
        score: Score::from_tenths(790).unwrap(),
        ..theory_kept()
    };
    decide(vec![lower]).then([decided(1, &[enrol::COMPONENT_NOT_KEPT]).into()]);

    let entered = |retained: Vec<Retained>| C::EnterResults {
        results: vec![ResultEntered {
            retained,
            ..passed(1)
        }],
        on: TODAY,
    };
    let sat = || {
        let more = vec![
            decided(1, &[]).into(),
            arranged().into(),
            evidence(0xe1).into(),
        ];
        past([events(), more].concat())
    };
    sat().when(entered(vec![])).rejected(No::RetainedDiffers);
    let brought = ResultEntered {
        retained: vec![theory_kept()],
        ..passed(1)
    };
    sat()
        .when(entered(vec![theory_kept()]))
        .then([brought.into()]);
}

#[test]
fn rooms_and_staff_are_arranged_for_candidates_whose_eligibility_is_decided() {
    past(reviewed())
        .when(C::Arrange(arrange()))
        .then([arranged().into()]);
    let pending = reviewed().into_iter().take(7);
    past(pending)
        .when(C::Arrange(arrange()))
        .rejected(No::EligibilityPending { candidates: 1 });
    past([full().into(), days().into()])
        .when(C::Arrange(arrange()))
        .rejected(No::NobodyEligible);
    past(reviewed())
        .when(C::Arrange(Arrange {
            on: ASSESSED.tomorrow().unwrap(),
            ..arrange()
        }))
        .rejected(No::ArrangedTooLate {
            assessed_on: ASSESSED,
        });
    past(ready())
        .when(C::Arrange(arrange()))
        .rejected(No::ArrangementInUse);
    let no_bank = SessionOpened {
        question_bank: None,
        ..full()
    };
    let without: Vec<SessionEvent> = [vec![no_bank.into()], reviewed()[1..].to_vec()].concat();
    past(without.clone())
        .when(C::Arrange(arrange()))
        .rejected(No::QuestionBankMissing);
    let own = QuestionBank {
        id: "TJ-电焊工".into(),
        version: "3".into(),
    };
    past(without)
        .when(C::Arrange(Arrange {
            question_bank: Some(own.clone()),
            ..arrange()
        }))
        .then([SessionArranged {
            question_bank: Some(own),
            ..arranged()
        }
        .into()]);
}

#[test]
fn an_arrangement_is_replaced_until_something_rests_on_it() {
    let mut other = everybody();
    other[7].1 = staff(7, StaffRole::Invigilator);
    let mut expected = arranged();
    expected.released = vec![expected.staff[7]];
    expected.staff[7].staff = other[7].1.subject;
    expected.staff[7].card = other[7].1.cards[0].card;
    let once = [reviewed(), vec![arranged().into()]].concat();
    past(once)
        .when(C::Arrange(Arrange {
            staff: other,
            ..arrange()
        }))
        .then([expected.into()]);
}

#[test]
fn evidence_is_of_the_assessment_its_day_and_its_region() {
    let record = |evidence: EvidenceRecorded| C::RecordEvidence {
        evidence,
        on: TODAY,
    };
    past(ready())
        .when(record(evidence(0xe2)))
        .then([evidence(0xe2).into()]);
    past(ready())
        .when(record(evidence(0xe1)))
        .rejected(No::EvidenceTwice);
    past(reviewed())
        .when(record(evidence(0xe2)))
        .rejected(No::NotArranged);
    for taken_on in [ASSESSED.yesterday().unwrap(), TODAY.tomorrow().unwrap()] {
        let off = EvidenceRecorded {
            taken_at: taken_on.at(9, 0, 0, 0),
            ..evidence(0xe2)
        };
        past(ready())
            .when(record(off))
            .rejected(No::EvidenceOutOfTime {
                from: ASSESSED,
                to: TODAY,
            });
    }
    let elsewhere = EvidenceRecorded {
        region: "330100".parse().unwrap(),
        ..evidence(0xe2)
    };
    past(ready())
        .when(record(elsewhere))
        .rejected(No::EvidenceElsewhere {
            region: full().region,
        });
    let province = EvidenceRecorded {
        region: "320000".parse().unwrap(),
        ..evidence(0xe2)
    };
    past(ready())
        .when(record(province.clone()))
        .then([province.into()]);
}

#[test]
fn only_who_may_be_assessed_has_a_result() {
    let enter = |results: Vec<ResultEntered>| C::EnterResults { results, on: TODAY };
    past(ready())
        .when(enter(vec![passed(1), failed(2)]))
        .then([passed(1).into(), failed(2).into()]);
    past(ready())
        .when(enter(vec![passed(3)]))
        .rejected(No::NotEligible);
    past(ready())
        .when(enter(vec![passed(9)]))
        .rejected(No::NotRegistered);
    let other_level = ResultEntered {
        level: Some(SkillLevel::Two),
        ..passed(1)
    };
    past(ready())
        .when(enter(vec![other_level]))
        .rejected(No::RegisteredLevelDiffers);
    past(reviewed())
        .when(enter(vec![passed(1)]))
        .rejected(No::NotArranged);
    past(marked())
        .when(enter(vec![passed(1)]))
        .rejected(No::WorkerTwice);
}

#[test]
fn results_are_proposed_when_everybody_has_one_and_the_assessment_left_evidence() {
    let propose = || C::ProposeConfirm(proposing());
    let act = Act::ConfirmResults { candidates: 2 };
    past(marked())
        .when(propose())
        .then([SessionEvent::Proposal(proposing().made(act).into())]);
    let one = [ready(), vec![passed(1).into()]].concat();
    past(one)
        .when(propose())
        .rejected(No::ResultsMissing { candidates: 1 });
    let bare = [
        reviewed(),
        vec![arranged().into(), passed(1).into(), failed(2).into()],
    ];
    past(bare.concat())
        .when(propose())
        .rejected(No::EvidenceMissing);
}

#[test]
fn marks_of_a_review_come_from_the_committee_arranged() {
    let two = Some(SkillLevel::Two);
    let at_two = |it: CandidateRegistered| CandidateRegistered { level: two, ..it };
    let with_review = ResultEntered {
        level: two,
        basis: ResultBasis::Marks(Marks {
            review: Some(Mark::Scored(Score::PASS)),
            ..marks(800, 600)
        }),
        ..passed(1)
    };
    let sat: Vec<SessionEvent> = vec![
        full().into(),
        days().into(),
        at_two(registered(1)).into(),
        decided(1, &[]).into(),
        arranged().into(),
        evidence(0xe1).into(),
        with_review.into(),
    ];
    past(sat.clone())
        .when(C::ProposeConfirm(proposing()))
        .rejected(No::ReviewNotHeld);
    let members: Vec<SubjectId> = (1..=3)
        .map(|n| staff(n, StaffRole::Expert).subject)
        .collect();
    let held = |members: Vec<SubjectId>, on| ReviewHeld {
        members,
        minutes: digest(5),
        on,
    };
    let whole = held(members.clone(), ASSESSED);
    past(sat.clone())
        .when(C::HoldReview(whole.clone()))
        .then([whole.clone().into()]);
    past(sat.clone())
        .when(C::HoldReview(held(members[..2].to_vec(), ASSESSED)))
        .rejected(No::CommitteeDiffers);
    past(sat.clone())
        .when(C::HoldReview(held(members, ASSESSED.yesterday().unwrap())))
        .rejected(No::NotYetAssessed {
            assessed_on: ASSESSED,
        });
    past(reviewed())
        .when(C::HoldReview(whole.clone()))
        .rejected(No::NotArranged);
    let act = Act::ConfirmResults { candidates: 1 };
    past([sat, vec![whole.into()]].concat())
        .when(C::ProposeConfirm(proposing()))
        .then([SessionEvent::Proposal(proposing().made(act).into())]);
}

#[test]
fn objections_are_filed_while_the_notice_runs() {
    let file = |change: fn(&mut ObjectionFiled)| {
        let mut it = filed();
        change(&mut it);
        past(shown()).when(C::FileObjection(it))
    };
    file(|_| {}).then([filed().into()]);
    file(|it| it.on = notice().closes_on).rejected(No::ObjectionsClosed);
    file(|it| it.on = TODAY.yesterday().unwrap()).rejected(No::ObjectionsClosed);
    file(|it| it.about = Some(worker(9))).rejected(No::ResultUnknown);
    file(|it| it.evidence = vec![digest(1); 51]).rejected(No::TooMuchEvidence { most: 50 });
    past(marked())
        .when(C::FileObjection(filed()))
        .rejected(No::ObjectionsClosed);
    let again = [shown(), vec![filed().into()]].concat();
    past(again)
        .when(C::FileObjection(filed()))
        .rejected(No::ObjectionTaken);
    let many = (0..1_000u128).map(|n| {
        let objection = ObjectionId(Uuid::from_u128(0x1_0000 + n));
        ObjectionFiled {
            objection,
            ..filed()
        }
        .into()
    });
    past(shown().into_iter().chain(many))
        .when(C::FileObjection(filed()))
        .rejected(No::TooManyObjections { most: 1_000 });
    let no_notice = NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    let one_day = [marked(), confirmed(), vec![no_notice.into()]].concat();
    past(one_day)
        .when(C::FileObjection(filed()))
        .then([filed().into()]);
}

#[test]
fn an_objection_upheld_changes_a_result_and_one_dismissed_nothing() {
    let open = || [shown(), vec![filed().into()]].concat();
    let decide = |it, remedy| C::DecideObjection {
        decided: outcome(it),
        remedy,
    };
    past(open())
        .when(decide(Outcome::Dismissed, None))
        .then([outcome(Outcome::Dismissed).into()]);
    past(open())
        .when(decide(Outcome::Upheld, Some(Remedy::Strike(worker(1)))))
        .then([outcome(Outcome::Upheld).into(), struck().into()]);
    past(open())
        .when(decide(Outcome::Upheld, None))
        .rejected(No::RemedyMissing);
    past(open())
        .when(decide(Outcome::Dismissed, Some(Remedy::Strike(worker(1)))))
        .rejected(No::RemedyUnasked);
    past(open())
        .when(decide(Outcome::Upheld, Some(Remedy::Strike(worker(2)))))
        .rejected(No::RemedyUnasked);
    past(open())
        .when(decide(Outcome::Upheld, Some(Remedy::Change(passed(1)))))
        .rejected(No::ResultUnchanged);
    past(shown())
        .when(decide(Outcome::Dismissed, None))
        .rejected(No::ObjectionUnknown);
    let decided = [open(), vec![outcome(Outcome::Dismissed).into()]].concat();
    past(decided)
        .when(decide(Outcome::Dismissed, None))
        .rejected(No::ObjectionAlreadyDecided);
    let early = ObjectionDecided {
        on: TODAY.yesterday().unwrap(),
        ..outcome(Outcome::Dismissed)
    };
    past(open())
        .when(C::DecideObjection {
            decided: early,
            remedy: None,
        })
        .rejected(No::DateBefore { earliest: TODAY });
    past(open())
        .when(C::Submit(submit(date(2026, 7, 28))))
        .rejected(No::ObjectionOpen { open: 1 });
}

#[test]
fn what_was_changed_is_confirmed_and_shown_anew() {
    let upheld = || {
        let more = vec![
            filed().into(),
            outcome(Outcome::Upheld).into(),
            struck().into(),
        ];
        [shown(), more].concat()
    };
    let state = SessionDecider::fold(&upheld());
    assert!(matches!(state, SessionState::Open(_)));
    past(upheld())
        .when(C::EnterResults {
            results: vec![passed(1)],
            on: TODAY,
        })
        .rejected(No::ResultsConfirmed);
    past(upheld())
        .when(C::Submit(submit(date(2026, 7, 28))))
        .rejected(No::NotConfirmed);
    let again = Proposing {
        proposal: crate::domain::ids::ProposalId(Uuid::from_u128(0x99)),
        ..proposing()
    };
    let act = Act::ConfirmResults { candidates: 1 };
    let made = ProposalEvent::from(again.made(act));
    past(upheld())
        .when(C::ProposeConfirm(again))
        .then([SessionEvent::Proposal(made.clone())]);
    let approval = Approval {
        proposal: again.proposal,
        ..approval()
    };
    let anew = ResultsConfirmed {
        proposal: again.proposal,
        candidates: 1,
        digest: digest(1),
    };
    past([upheld(), vec![SessionEvent::Proposal(made)]].concat())
        .when(C::ApproveConfirm {
            approval,
            digest_now: digest(1),
        })
        .then([
            SessionEvent::Proposal(approval.approved().into()),
            anew.clone().into(),
        ]);
    past([upheld(), vec![anew.into()]].concat())
        .when(C::StartNotice(notice()))
        .then([notice().into()]);
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
fn a_session_is_reported_when_its_notice_is_over() {
    let on = date(2026, 7, 28);
    past(shown())
        .when(C::Submit(submit(on)))
        .then([submitted().into()]);
    past(shown())
        .when(C::Submit(submit(date(2026, 7, 27))))
        .rejected(No::NoticeRunning {
            closes_on: notice().closes_on,
        });
    past(before_the_authority())
        .when(C::Submit(submit(on)))
        .rejected(No::AlreadySubmitted);
    past([marked(), confirmed()].concat())
        .when(C::Submit(submit(on)))
        .rejected(No::NoticeNotStarted);
    let sheet: Vec<SessionEvent> = vec![
        opened().into(),
        passed(1).into(),
        confirmed()[2].clone(),
        notice().into(),
    ];
    past(sheet)
        .when(C::Submit(submit(on)))
        .rejected(No::SheetOnly);
    let strict = Submit {
        overdue_refused: true,
        ..submit(on)
    };
    past(shown())
        .when(C::Submit(strict.clone()))
        .rejected(No::ReportOverdue {
            due_on: date(2026, 7, 17),
        });
    let in_time = Submit {
        due_on: on,
        ..strict
    };
    past(shown())
        .when(C::Submit(in_time))
        .then([SessionSubmitted {
            due_on: on,
            ..submitted()
        }
        .into()]);
    past(shown())
        .when(C::Submit(Submit {
            materials: vec![digest(1); 201],
            ..submit(on)
        }))
        .rejected(No::TooMuchEvidence { most: 200 });
}

#[test]
fn the_authority_passes_a_session_or_gives_it_back_with_reasons() {
    past(before_the_authority())
        .when(C::PassAudit(audited()))
        .then([audited().into()]);
    past(before_the_authority())
        .when(C::ReturnAudit(returned()))
        .then([returned().into()]);
    past(before_the_authority())
        .when(C::ReturnAudit(AuditReturned {
            reasons: vec![],
            ..returned()
        }))
        .rejected(No::ReasonsMissing);
    past(shown())
        .when(C::PassAudit(audited()))
        .rejected(No::NotSubmitted);
    past(before_the_authority())
        .when(C::PassAudit(AuditPassed {
            on: date(2026, 7, 27),
            ..audited()
        }))
        .rejected(No::DateBefore {
            earliest: submitted().on,
        });
}

#[test]
fn what_was_returned_is_put_right_within_the_days_given_and_reported_again() {
    let back = || [before_the_authority(), vec![returned().into()]].concat();
    past(back())
        .when(C::Submit(submit(date(2026, 8, 3))))
        .then([SessionSubmitted {
            round: 2,
            due_on: returned().fix_by,
            on: date(2026, 8, 3),
            ..submitted()
        }
        .into()]);
    let late = Submit {
        overdue_refused: true,
        ..submit(date(2026, 8, 6))
    };
    past(back())
        .when(C::Submit(late))
        .rejected(No::ReportOverdue {
            due_on: returned().fix_by,
        });
    let revise = |on| C::Revise {
        remedy: Remedy::Change(better()),
        ground: "复核答卷后更正".into(),
        on,
    };
    let changed = || ResultChanged {
        was: Verdict::Failed,
        result: better(),
        ground: "复核答卷后更正".into(),
        on: date(2026, 8, 1),
    };
    past(back())
        .when(revise(date(2026, 8, 1)))
        .then([changed().into()]);
    past(back())
        .when(revise(date(2026, 7, 28)))
        .rejected(No::DateBefore {
            earliest: returned().on,
        });
    past(shown())
        .when(revise(date(2026, 8, 1)))
        .rejected(No::NothingToRevise);
    let state = SessionDecider::fold(&[back(), vec![changed().into()]].concat());
    assert_eq!(state.name(), "open");
    assert_eq!(state.passed().count(), 2);
}

#[test]
fn a_full_session_closes_when_the_authority_has_passed_it() {
    let on = date(2026, 7, 30);
    past(shown()).when(C::Close { on }).rejected(No::NotAudited);
    past(before_the_authority())
        .when(C::Close { on })
        .rejected(No::NotAudited);
    let passed = || [before_the_authority(), vec![audited().into()]].concat();
    let closed = SessionClosed {
        on,
        passed: 1,
        failed: 1,
        absent: 0,
    };
    past(passed())
        .when(C::Close { on })
        .then([closed.clone().into()]);
    past(passed())
        .when(C::Close {
            on: date(2026, 7, 29),
        })
        .rejected(No::DateBefore { earliest: on });
    let state = SessionDecider::fold(&[passed(), vec![closed.into()]].concat());
    assert_eq!(state.earned(session_id()).len(), 1);
    let kept = state.components_passed(session_id(), 24);
    assert_eq!(kept.len(), 1, "the theory of the one who failed");
    let (who, component) = kept[0];
    assert_eq!(
        (who, component.component, component.score.tenths()),
        (worker(2), Component::Theory, 1000)
    );
    assert_eq!(component.valid_to, date(2028, 7, 10));
    assert!(state.components_passed(session_id(), 0).is_empty());
}

#[test]
fn an_open_objection_keeps_a_sheet_session_open_too() {
    let sheet = || -> Vec<SessionEvent> {
        vec![
            opened().into(),
            passed(1).into(),
            confirmed()[2].clone(),
            notice().into(),
            filed().into(),
        ]
    };
    let on = notice().closes_on;
    past(sheet())
        .when(C::Close { on })
        .rejected(No::ObjectionOpen { open: 1 });
    let decided = [sheet(), vec![outcome(Outcome::Dismissed).into()]].concat();
    past(decided).when(C::Close { on }).then([SessionClosed {
        on,
        passed: 1,
        failed: 0,
        absent: 0,
    }
    .into()]);
}

#[test]
fn an_upload_is_recorded_of_every_certificate_once_a_service() {
    let issued = CertificatesIssued {
        on: date(2026, 7, 31),
        count: 1,
    };
    let closed = SessionClosed {
        on: date(2026, 7, 30),
        passed: 1,
        failed: 1,
        absent: 0,
    };
    let done = || {
        let more = vec![
            audited().into(),
            closed.clone().into(),
            issued.clone().into(),
        ];
        [before_the_authority(), more].concat()
    };
    let upload = |platform: &str, count, on| CertificatesUploaded {
        platform: platform.into(),
        count,
        digest: digest(9),
        receipt: "SC-2026-000017".into(),
        on,
    };
    let on = date(2026, 8, 1);
    let national = || upload("技能人才评价证书全国联网查询", 1, on);
    past(done())
        .when(C::RecordUpload(national()))
        .then([national().into()]);
    past(done())
        .when(C::RecordUpload(upload("省平台", 2, on)))
        .rejected(No::UploadCountDiffers { issued: 1 });
    past(done())
        .when(C::RecordUpload(upload("省平台", 1, date(2026, 7, 30))))
        .rejected(No::DateBefore {
            earliest: issued.on,
        });
    past([done(), vec![national().into()]].concat())
        .when(C::RecordUpload(national()))
        .rejected(No::UploadTwice);
    past(shown())
        .when(C::RecordUpload(national()))
        .rejected(No::NotIssued);
    past([])
        .when(C::RecordUpload(national()))
        .rejected(No::NotOpened);
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
