use crate::domain::attainment::Assessed;
use crate::domain::body::event::BodyKind;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::{Occupation, OccupationCode};
use crate::domain::proposal::{
    Act, Approval, PROPOSAL_LIFETIME_MICROS, ProposalEvent, ProposalRejected, ProposalRejection,
};
use crate::domain::route::Route;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::score::{Mark, Marks, Verdict};
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::command::{ImportResults, OpenSession, SessionCommand};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::*;
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::state::{CANDIDATES_MAX, SessionState};
use crate::domain::time::Instant;
use crate::domain::wording::TextRejection;
use jiff::civil::date;
use uuid::Uuid;

fn past(events: impl IntoIterator<Item = SessionEvent>) -> Given<SessionDecider> {
    given::<SessionDecider>(events)
}
fn open(change: impl FnOnce(&mut OpenSession)) -> SessionCommand {
    let mut open = OpenSession {
        opened: opened(),
        occupation: Some(occupation()),
        item: None,
        body_kind: BodyKind::Employer,
        policy: Some(AssessmentPolicy::demo()),
    };
    change(&mut open);
    SessionCommand::Open(open)
}
/// Opens the session for other levels.
fn open_for(route: Route, levels: Vec<SkillLevel>) -> SessionCommand {
    open(|it| {
        it.opened.route = route;
        it.opened.assessed = assessed(|of| of.levels = levels);
    })
}
struct Of {
    occupation: OccupationCode,
    work_type: Option<String>,
    levels: Vec<SkillLevel>,
}
fn assessed(change: impl FnOnce(&mut Of)) -> Assessed {
    let mut of = Of {
        occupation: occupation().code,
        work_type: Some("电焊工".into()),
        levels: vec![SkillLevel::Three, SkillLevel::Two],
    };
    change(&mut of);
    Assessed::Levels {
        occupation: of.occupation,
        occupation_name: name("焊工"),
        work_type: of.work_type,
        levels: of.levels,
    }
}
fn listed(change: impl FnOnce(&mut Occupation)) -> Option<Occupation> {
    let mut listed = occupation();
    change(&mut listed);
    Some(listed)
}
fn import(results: Vec<ResultEntered>) -> SessionCommand {
    SessionCommand::ImportResults(ImportResults {
        sheet: digest(7),
        rows: results.len() as u32 + 1,
        results,
        on: TODAY,
    })
}
fn approve() -> SessionCommand {
    SessionCommand::ApproveConfirm {
        approval: approval(),
        digest_now: digest(1),
    }
}
fn made() -> SessionEvent {
    let act = Act::ConfirmResults { candidates: 2 };
    SessionEvent::Proposal(proposing().made(act).into())
}
fn confirmed() -> ResultsConfirmed {
    ResultsConfirmed {
        proposal: proposal(),
        candidates: 2,
        digest: digest(1),
    }
}
fn notice() -> NoticeStarted {
    NoticeStarted {
        from: TODAY,
        closes_on: date(2026, 7, 28),
        working_days: 5,
    }
}
fn closed() -> SessionClosed {
    SessionClosed {
        on: date(2026, 7, 28),
        passed: 1,
        failed: 1,
        absent: 0,
    }
}
fn issued() -> CertificatesIssued {
    CertificatesIssued {
        on: date(2026, 7, 29),
        count: 1,
    }
}
/// The whole life of the session, to be cut short where a test begins.
fn life() -> Vec<SessionEvent> {
    vec![
        opened().into(),
        passed(1).into(),
        failed(2).into(),
        made(),
        SessionEvent::Proposal(approval().approved().into()),
        confirmed().into(),
        notice().into(),
        closed().into(),
        issued().into(),
    ]
}
fn entered() -> Vec<SessionEvent> {
    life().into_iter().take(3).collect()
}
fn proposed() -> Vec<SessionEvent> {
    life().into_iter().take(4).collect()
}
fn until_confirmed() -> Vec<SessionEvent> {
    life().into_iter().take(6).collect()
}
fn until_notice() -> Vec<SessionEvent> {
    life().into_iter().take(7).collect()
}
fn until_closed() -> Vec<SessionEvent> {
    life().into_iter().take(8).collect()
}

#[test]
fn a_session_is_opened_once_for_levels_its_occupation_opens() {
    past([]).when(open(|_| {})).then([opened().into()]);
    past([opened().into()])
        .when(open(|_| {}))
        .rejected(No::AlreadyOpened);
    let assessment = Route::Assessment;
    past([])
        .when(open_for(assessment, vec![]))
        .rejected(No::NoLevels);
    past([])
        .when(open_for(assessment, vec![SkillLevel::Two, SkillLevel::Two]))
        .rejected(No::LevelTwice {
            level: SkillLevel::Two,
        });
    past([])
        .when(open(|it| {
            it.occupation = listed(|it| it.levels = vec![SkillLevel::Three]);
        }))
        .rejected(No::LevelNotOpen {
            level: SkillLevel::Two,
        });
}

#[test]
fn a_session_names_its_occupation_as_the_catalogue_does() {
    let code = occupation().code;
    let differs = || No::OccupationDiffers { occupation: code };
    past([])
        .when(open(|it| {
            it.occupation = listed(|it| it.name_zh = "电工".into())
        }))
        .rejected(differs());
    past([])
        .when(open(|it| {
            it.occupation = listed(|it| it.code = "6-31-01-03".parse().unwrap());
        }))
        .rejected(differs());
    past([])
        .when(open(|it| it.occupation = None))
        .rejected(differs());
    let engineer = "2-02-38-01".parse().unwrap();
    past([])
        .when(open(|it| {
            it.occupation = listed(|it| it.code = engineer);
            it.opened.assessed = assessed(|of| of.occupation = engineer);
        }))
        .rejected(No::NoLevelCertificates {
            occupation: engineer,
        });
    let riveter = || assessed(|of| of.work_type = Some("铆工".into()));
    past([])
        .when(open(|it| it.opened.assessed = riveter()))
        .rejected(No::WorkTypeUnknown);
    past([])
        .when(open(|it| {
            it.occupation = listed(|it| it.work_types.clear());
            it.opened.assessed = riveter();
        }))
        .then([SessionOpened {
            assessed: riveter(),
            ..opened()
        }
        .into()]);
}

#[test]
fn examiners_are_named_once_and_the_session_has_a_site() {
    past([])
        .when(open(|it| {
            it.opened.examiners = vec![SubjectId(Uuid::nil()); 2]
        }))
        .rejected(No::ExaminerTwice);
    past([])
        .when(open(|it| {
            let many = (0..=500).map(|n| SubjectId(Uuid::from_u128(n)));
            it.opened.examiners = many.collect();
        }))
        .rejected(No::TooManyStaff { most: 500 });
    let most = SessionOpened {
        examiners: (0..500).map(|n| SubjectId(Uuid::from_u128(n))).collect(),
        ..opened()
    };
    past([])
        .when(open(|it| it.opened = most.clone()))
        .then([most.clone().into()]);
    past([])
        .when(open(|it| it.opened.site = " ".into()))
        .rejected(No::Text(TextRejection::Missing { field: "site" }));
}

#[test]
fn results_are_taken_in_sheet_by_sheet() {
    past([opened().into()])
        .when(import(vec![passed(1), failed(2)]))
        .then([
            SheetImported {
                sheet: digest(7),
                rows: 3,
                accepted: 2,
                refused: 1,
            }
            .into(),
            passed(1).into(),
            failed(2).into(),
        ]);
    past(entered()).when(import(vec![passed(3)])).then([
        SheetImported {
            sheet: digest(7),
            rows: 2,
            accepted: 1,
            refused: 1,
        }
        .into(),
        passed(3).into(),
    ]);
    past([])
        .when(import(vec![passed(1)]))
        .rejected(No::NotOpened);
    past([opened().into()])
        .when(import(vec![]))
        .rejected(No::NothingToImport);
    past(until_confirmed())
        .when(import(vec![passed(3)]))
        .rejected(No::ResultsConfirmed);
}

#[test]
fn a_candidate_has_one_result_in_a_session() {
    past(entered())
        .when(import(vec![passed(1)]))
        .rejected(No::WorkerTwice);
    past([opened().into()])
        .when(import(vec![passed(1), passed(1)]))
        .rejected(No::WorkerTwice);
}

#[test]
fn no_results_before_the_day_nor_more_than_the_sheet_or_the_session_holds() {
    let mut early = ImportResults {
        sheet: digest(7),
        rows: 1,
        results: vec![passed(1)],
        on: ASSESSED.yesterday().unwrap(),
    };
    past([opened().into()])
        .when(SessionCommand::ImportResults(early.clone()))
        .rejected(No::NotYetAssessed {
            assessed_on: ASSESSED,
        });
    early.on = ASSESSED;
    early.rows = 0;
    past([opened().into()])
        .when(SessionCommand::ImportResults(early))
        .rejected(No::RowsDisagree);
    let most: Vec<ResultEntered> = (0..CANDIDATES_MAX as u128).map(passed).collect();
    let full = SheetImported {
        sheet: digest(7),
        rows: CANDIDATES_MAX as u32 + 1,
        accepted: CANDIDATES_MAX as u32,
        refused: 1,
    };
    let results = most.iter().cloned().map(SessionEvent::from);
    let expected: Vec<SessionEvent> = std::iter::once(full.into()).chain(results).collect();
    past([opened().into()]).when(import(most)).then(expected);
    let many = (0..=CANDIDATES_MAX as u128).map(passed).collect();
    past([opened().into()])
        .when(import(many))
        .rejected(No::TooManyCandidates {
            most: CANDIDATES_MAX as u32,
        });
}

#[test]
fn a_result_is_of_the_session_and_its_verdict_is_what_the_marks_come_to() {
    let with = |change: fn(&mut ResultEntered)| {
        let mut result = passed(1);
        change(&mut result);
        past([opened().into()]).when(import(vec![result]))
    };
    fn skill(it: &mut ResultEntered, skill: Option<Mark>) {
        let marks = Marks {
            skill,
            ..marks(800, 600)
        };
        it.basis = ResultBasis::Marks(marks);
    }
    with(|it| it.level = Some(SkillLevel::Four)).rejected(No::LevelOutsideSession {
        level: SkillLevel::Four,
    });
    with(|it| it.level = None).rejected(No::LevelMissing);
    with(|it| skill(it, None)).rejected(No::MarksIncomplete);
    with(|it| it.level = Some(SkillLevel::Two)).rejected(No::MarksIncomplete);
    with(|it| it.basis = ResultBasis::Marks(marks(1000, 599))).rejected(No::VerdictDiffers);
    with(|it| it.verdict = Verdict::Failed).rejected(No::VerdictDiffers);
    with(|it| skill(it, Some(Mark::Absent))).rejected(No::VerdictDiffers);
}

#[test]
fn marks_come_to_one_verdict() {
    let scored = |tenths| marks(tenths, 600).theory;
    let of = |level, theory, skill, review| {
        Verdict::of(
            level,
            &Marks {
                theory,
                skill,
                review,
            },
        )
    };
    let (three, two) = (SkillLevel::Three, SkillLevel::Two);
    assert_eq!(
        of(three, scored(600), scored(600), None),
        Some(Verdict::Passed)
    );
    assert_eq!(
        of(three, scored(600), scored(600), scored(599)),
        Some(Verdict::Failed)
    );
    assert_eq!(of(two, scored(600), scored(600), None), None);
    assert_eq!(
        of(two, scored(600), scored(600), scored(600)),
        Some(Verdict::Passed)
    );
    assert_eq!(
        of(two, scored(599), scored(600), None),
        Some(Verdict::Failed)
    );
    assert_eq!(
        of(three, Some(Mark::Absent), None, None),
        Some(Verdict::Absent)
    );
    assert_eq!(
        of(three, Some(Mark::Absent), scored(0), None),
        Some(Verdict::Absent)
    );
    assert_eq!(of(three, None, scored(600), None), None);
}

#[test]
fn an_examiner_does_not_assess_himself() {
    let examiner = WorkerId(opened().examiners[0].0);
    let result = ResultEntered {
        worker: examiner,
        ..passed(1)
    };
    past([opened().into()])
        .when(import(vec![result]))
        .rejected(No::SelfAssessment);
}

#[test]
fn results_are_confirmed_by_two_people() {
    past(entered())
        .when(SessionCommand::ProposeConfirm(proposing()))
        .then([made()]);
    past(proposed()).when(approve()).then([
        SessionEvent::Proposal(approval().approved().into()),
        confirmed().into(),
    ]);
    past([opened().into()])
        .when(SessionCommand::ProposeConfirm(proposing()))
        .rejected(No::NoResults);
    past(proposed())
        .when(SessionCommand::ProposeConfirm(proposing()))
        .rejected(No::Proposal(ProposalRejection::Taken));
    let by_maker = Approval {
        by: maker(),
        ..approval()
    };
    past(proposed())
        .when(SessionCommand::ApproveConfirm {
            approval: by_maker,
            digest_now: digest(1),
        })
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    past(entered())
        .when(approve())
        .rejected(No::Proposal(ProposalRejection::Unknown));
}

#[test]
fn what_is_approved_is_what_was_proposed_and_what_is_there() {
    let other = Approval {
        digest: digest(2),
        ..approval()
    };
    past(proposed())
        .when(SessionCommand::ApproveConfirm {
            approval: other,
            digest_now: digest(2),
        })
        .rejected(No::Proposal(ProposalRejection::DigestDiffers));
    past(proposed())
        .when(SessionCommand::ApproveConfirm {
            approval: approval(),
            digest_now: digest(2),
        })
        .rejected(No::ProposalChanged);
    let more = proposed().into_iter().chain([passed(3).into()]);
    past(more).when(approve()).rejected(No::ProposalChanged);
    let act = Act::WithdrawBody {
        ground: "x".into(),
        basis: "x".into(),
        on: TODAY,
    };
    let strange = SessionEvent::Proposal(proposing().made(act).into());
    past(entered().into_iter().chain([strange]))
        .when(approve())
        .rejected(No::Proposal(ProposalRejection::WrongAct));
}

#[test]
fn a_proposal_waits_72_hours_and_is_decided_once() {
    let at = |micros: i64| SessionCommand::ApproveConfirm {
        approval: Approval {
            now: Instant(noon(TODAY).0 + micros),
            ..approval()
        },
        digest_now: digest(1),
    };
    past(proposed()).when(at(PROPOSAL_LIFETIME_MICROS)).then([
        SessionEvent::Proposal(approval().approved().into()),
        confirmed().into(),
    ]);
    past(proposed())
        .when(at(PROPOSAL_LIFETIME_MICROS + 1))
        .rejected(No::Proposal(ProposalRejection::Expired));
    let rejected = ProposalEvent::from(ProposalRejected {
        proposal: proposal(),
        rejected_by: checker(),
        reason: turn_down().reason,
    });
    past(proposed())
        .when(SessionCommand::RejectConfirm(turn_down()))
        .then([SessionEvent::Proposal(rejected.clone())]);
    past(
        proposed()
            .into_iter()
            .chain([SessionEvent::Proposal(rejected)]),
    )
    .when(approve())
    .rejected(No::Proposal(ProposalRejection::AlreadyDecided));
}

#[test]
fn the_notice_follows_the_confirmation() {
    let start = || SessionCommand::StartNotice(notice());
    past(until_confirmed())
        .when(start())
        .then([notice().into()]);
    past([]).when(start()).rejected(No::NotOpened);
    past(proposed()).when(start()).rejected(No::NotConfirmed);
    past(until_notice())
        .when(start())
        .rejected(No::NoticeAlreadyStarted);
    past(until_closed())
        .when(start())
        .rejected(No::AlreadyClosed);
    let none = NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    past(until_confirmed())
        .when(SessionCommand::StartNotice(none.clone()))
        .then([none.clone().into()]);
    for wrong in [
        NoticeStarted {
            working_days: 5,
            ..none.clone()
        },
        NoticeStarted {
            working_days: 0,
            ..notice()
        },
        NoticeStarted {
            closes_on: ASSESSED,
            ..notice()
        },
        NoticeStarted {
            from: date(2026, 7, 9),
            ..notice()
        },
    ] {
        past(until_confirmed())
            .when(SessionCommand::StartNotice(wrong))
            .rejected(No::NoticeDatesDisagree);
    }
}

#[test]
fn a_session_closes_when_its_notice_is_over() {
    let close = |on| SessionCommand::Close { on };
    let closes_on = notice().closes_on;
    past(until_notice())
        .when(close(closes_on))
        .then([closed().into()]);
    past(until_notice())
        .when(close(closes_on.yesterday().unwrap()))
        .rejected(No::NoticeRunning { closes_on });
    past([]).when(close(closes_on)).rejected(No::NotOpened);
    past(proposed())
        .when(close(closes_on))
        .rejected(No::NotConfirmed);
    past(until_confirmed())
        .when(close(closes_on))
        .rejected(No::NoticeNotStarted);
    past(until_closed())
        .when(close(closes_on))
        .rejected(No::AlreadyClosed);
}

#[test]
fn certificates_are_issued_once_for_everybody_who_passed() {
    let issue = |count| SessionCommand::IssueCertificates {
        on: issued().on,
        count,
        withdrawn: 0,
    };
    past(until_closed()).when(issue(1)).then([issued().into()]);
    let same_day = CertificatesIssued {
        on: closed().on,
        count: 1,
    };
    past(until_closed())
        .when(SessionCommand::IssueCertificates {
            on: closed().on,
            count: 1,
            withdrawn: 0,
        })
        .then([same_day.into()]);
    past([]).when(issue(1)).rejected(No::NotOpened);
    past(until_notice()).when(issue(1)).rejected(No::NotClosed);
    past(until_closed())
        .when(issue(2))
        .rejected(No::CountDiffers { passed: 1 });
    past(life()).when(issue(1)).rejected(No::AlreadyIssued);
    past(until_closed())
        .when(SessionCommand::IssueCertificates {
            on: notice().from,
            count: 1,
            withdrawn: 0,
        })
        .rejected(No::BeforeClose {
            closed_on: closed().on,
        });
    let nobody = SessionClosed {
        passed: 0,
        failed: 2,
        ..closed()
    };
    past(until_notice().into_iter().chain([nobody.into()]))
        .when(issue(0))
        .rejected(No::NobodyPassed);
}

#[test]
fn levels_are_awarded_at_the_close_and_certificates_earned_between_close_and_issue() {
    let state = |events: Vec<SessionEvent>| SessionDecider::fold(events.iter());
    let awards = |state: &SessionState| state.level_awards(session_id(), closed().on).count();
    for (events, awarded, earned, name) in [
        (vec![], 0, 0, "absent"),
        (proposed(), 0, 0, "open"),
        (until_confirmed(), 0, 0, "confirmed"),
        (until_notice(), 1, 0, "in-notice"),
        (until_closed(), 1, 1, "closed"),
        (life(), 0, 0, "issued"),
    ] {
        let state = state(events);
        assert_eq!(state.name(), name);
        assert_eq!(awards(&state), awarded, "{name}");
        assert_eq!(state.earned(session_id()).len(), earned, "{name}");
    }
    let closed = state(until_closed());
    assert_eq!(closed.passed().collect::<Vec<_>>(), [&passed(1)]);
    assert_eq!(*closed.earned(session_id())[0].award(), award());
}
