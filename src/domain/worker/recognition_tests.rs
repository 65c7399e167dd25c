use crate::domain::background::*;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{RecognitionId, RecordId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::*;
use crate::domain::route::Route;
use crate::domain::rules::occupations;
use crate::domain::rules::recognition::*;
use crate::domain::wording::TextRejection;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::recognition::decide::{Ruling, Shown};
use crate::domain::worker::recognition::event::*;
use crate::domain::worker::recognition::rejection::RecognitionRejection as Refusal;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};
use std::sync::Arc;
use uuid::Uuid;

pub(super) const DAY: Date = date(2026, 7, 1);

fn book() -> Rulebook {
    let mut book = Rulebook::default();
    book.adopt(careers_cn::EDITION, &careers_cn::built_in());
    book.adopt_series(&series_cn::built_in());
    for issuer in comparisons_demo::issuers() {
        book.register(&issuer);
    }
    for row in comparisons_demo::comparisons("DEMO") {
        book.list(&row);
    }
    book
}
fn rulebook() -> Arc<Rulebook> {
    Arc::new(book())
}
pub(super) fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}
pub(super) fn recognition(n: u128) -> RecognitionId {
    RecognitionId(Uuid::from_u128(0xc0 + n))
}
pub(super) fn enrolled() -> WorkerEvent {
    WorkerEnrolled {
        sealed: sealed(worker(1)),
    }
    .into()
}
/// A 高级工 of welding, held for two years and more.
pub(super) fn level() -> WorkerEvent {
    LevelAwarded {
        by: AwardedBy::Session(session_id()),
        body: Some(body_id()),
        route: Route::Assessment,
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: None,
        level: SkillLevel::Three,
        assessed_on: date(2024, 3, 1),
        awarded_on: date(2024, 3, 10),
    }
    .into()
}
pub(super) fn german(n: u128) -> WorkerEvent {
    OutsideCertificateRecorded {
        record: record(n),
        kind: OutsideKind::Foreign,
        issuer: "DEMO-DE-CHAMBER".into(),
        name: name("Industriemechaniker"),
        grade: Some("Facharbeiter".into()),
        occupation: None,
        level: None,
        number: digest(2),
        awarded_on: date(2021, 7, 1),
        valid_to: None,
        evidence: vec![digest(1)],
    }
    .into()
}
pub(super) fn past(more: impl IntoIterator<Item = WorkerEvent>) -> Given<WorkerDecider> {
    given::<WorkerDecider>([enrolled(), level(), german(1)].into_iter().chain(more))
}
/// The welder applies for 助理工程师.
pub(super) fn to_title() -> RecognitionApplied {
    RecognitionApplied {
        recognition: recognition(1),
        held: HeldBy::Session {
            session: session_id(),
        },
        rule: "cn-74-three".into(),
        edition: careers_cn::EDITION.into(),
        jurisdiction: "DEMO".into(),
        to: Qualification::Title {
            series: Some("工程".into()),
            grade: TitleGrade::Assistant,
            name: Some("助理工程师".into()),
            code: Some("084".into()),
        },
        occupation: None,
        taken_by: maker(),
        on: DAY,
    }
}
/// The holder of a German certificate applies for 四级 of 机修钳工.
pub(super) fn to_level() -> RecognitionApplied {
    RecognitionApplied {
        recognition: recognition(2),
        held: HeldBy::Record { record: record(1) },
        rule: "compare/de-mechanic".into(),
        edition: "demo-2026".into(),
        to: Qualification::Level {
            level: SkillLevel::Four,
            occupations: vec!["6-31-01-02".parse().unwrap()],
            series: None,
        },
        occupation: Some("6-31-01-02".parse().unwrap()),
        ..to_title()
    }
}
pub(super) fn apply(applied: RecognitionApplied) -> Command {
    Command::ApplyForRecognition {
        applied,
        rulebook: rulebook(),
    }
}
fn shown(condition: &str) -> Shown {
    Shown {
        condition: condition.into(),
        digests: vec![digest(7)],
    }
}
pub(super) fn ruling(recognition: RecognitionId, shown: Vec<Shown>) -> Ruling {
    Ruling {
        recognition,
        shown,
        rulebook: rulebook(),
        by: checker(),
        on: DAY,
    }
}
fn grant(ruling: Ruling) -> Command {
    Command::GrantRecognition {
        ruling,
        award: None,
    }
}
pub(super) fn fitter() -> Box<crate::domain::occupation::Occupation> {
    let code = "6-31-01-02".parse().unwrap();
    Box::new(occupations::built_in().by_code(code).unwrap().clone())
}
pub(super) fn granted_level() -> RecognitionGranted {
    RecognitionGranted {
        recognition: recognition(2),
        effect: Effect::DirectRecognition,
        channel: None,
        to: to_level().to,
        occupation: to_level().occupation,
        citation: "演示数据，无文件依据；以正式公布的比照目录为准".into(),
        verified: false,
        demo: true,
        certificate: false,
        met: vec![Met {
            condition: Condition::Issuer {
                issuer: "DEMO-DE-CHAMBER".into(),
            },
            evidence: Evidence::Register {
                basis: "演示数据，无文件依据；以正式公布的比照目录为准".into(),
            },
        }],
        decided_by: checker(),
        on: DAY,
    }
}
pub(super) fn awarded_level() -> LevelAwarded {
    LevelAwarded {
        by: AwardedBy::Recognition(recognition(2)),
        body: None,
        route: Route::Recognition,
        occupation: fitter().code,
        occupation_name: crate::domain::name::Name {
            zh: fitter().name_zh,
            en: Some(fitter().name_en),
        },
        work_type: None,
        level: SkillLevel::Four,
        assessed_on: DAY,
        awarded_on: DAY,
    }
}
pub(super) fn act() -> Act {
    Act::WithdrawRecognition {
        recognition: recognition(2),
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on: TODAY,
    }
}
pub(super) fn withdrawn() -> RecognitionWithdrawn {
    RecognitionWithdrawn {
        recognition: recognition(2),
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on: TODAY,
    }
}
fn proposed() -> WorkerEvent {
    WorkerEvent::Proposal(proposing().made(act()).into())
}
pub(super) fn refuses(refusal: Refusal) -> No {
    No::Recognition(refusal)
}

#[test]
fn an_application_names_what_stands_and_a_rule_that_speaks_of_it() {
    past([]).when(apply(to_title())).then([to_title().into()]);
    past([]).when(apply(to_level())).then([to_level().into()]);
    past([to_title().into()])
        .when(apply(to_title()))
        .rejected(refuses(Refusal::Taken));
    let struck: WorkerEvent = RecordStruck {
        record: record(1),
        ground: "核查不符".into(),
        on: DAY,
    }
    .into();
    past([struck])
        .when(apply(to_level()))
        .rejected(refuses(Refusal::HoldingUnknown));
    let with = |change: fn(&mut RecognitionApplied)| {
        let mut applied = to_title();
        change(&mut applied);
        past([]).when(apply(applied))
    };
    with(|it| it.held = HeldBy::Stated).rejected(refuses(Refusal::HoldingUnknown));
    let gone = || {
        refuses(Refusal::RuleNotInForce {
            rule: "cn-74-three".into(),
        })
    };
    with(|it| it.edition = "2019".into()).rejected(gone());
    with(|it| it.on = date(2018, 11, 24)).rejected(gone());
    with(|it| it.rule = "cn-74-two".into()).rejected(refuses(Refusal::RuleUnfit {
        rule: "cn-74-two".into(),
    }));
    with(|it| it.rule = " ".into()).rejected(No::Text(TextRejection::Missing { field: "rule" }));
}

#[test]
fn a_level_is_applied_for_in_an_occupation_the_rule_leads_to() {
    for occupation in [None, Some("6-18-02-04".parse().unwrap())] {
        let applied = RecognitionApplied {
            occupation,
            ..to_level()
        };
        past([])
            .when(apply(applied))
            .rejected(refuses(Refusal::OccupationUnfit));
    }
    let title = RecognitionApplied {
        occupation: Some(occupation().code),
        ..to_title()
    };
    past([])
        .when(apply(title))
        .rejected(refuses(Refusal::OccupationUnfit));
}

#[test]
fn once_for_a_holding_and_a_rule_unless_refused_or_withdrawn() {
    let again = RecognitionApplied {
        recognition: recognition(3),
        ..to_level()
    };
    past([to_level().into()])
        .when(apply(again.clone()))
        .rejected(refuses(Refusal::Twice));
    past([to_level().into(), granted_level().into()])
        .when(apply(again.clone()))
        .rejected(refuses(Refusal::Twice));
    past([
        to_level().into(),
        granted_level().into(),
        withdrawn().into(),
    ])
    .when(apply(again.clone()))
    .then([again.clone().into()]);
    let refused = RecognitionRefused {
        recognition: recognition(2),
        unmet: vec![],
        ground: Some("材料不全".into()),
        decided_by: checker(),
        on: DAY,
    };
    past([to_level().into(), refused.into()])
        .when(apply(again.clone()))
        .then([again.into()]);
}

#[test]
fn a_grant_says_by_what_every_condition_is_met() {
    let both = vec![shown("production-line"), shown("title-review")];
    let command = grant(ruling(recognition(1), both.clone()));
    let rule = careers_cn::built_in().remove(0);
    let stated = |n: usize| Met {
        condition: Condition::Stated {
            id: rule.conditions[n].id.clone(),
            words: rule.conditions[n].words.clone(),
        },
        evidence: Evidence::Shown {
            digests: vec![digest(7)],
        },
    };
    let granted = RecognitionGranted {
        recognition: recognition(1),
        effect: Effect::MayApply,
        channel: None,
        to: to_title().to,
        occupation: None,
        citation: rule.citation.clone(),
        verified: false,
        demo: false,
        certificate: false,
        met: vec![
            Met {
                condition: Condition::Years {
                    years: 2,
                    full_on: date(2026, 3, 10),
                },
                evidence: Evidence::Holding {
                    held: to_title().held,
                },
            },
            Met {
                condition: Condition::Series {
                    occupation: occupation().code,
                    series: "工程".into(),
                },
                evidence: Evidence::Series {
                    edition: "built-in-2026".into(),
                },
            },
            stated(0),
            stated(1),
        ],
        decided_by: checker(),
        on: DAY,
    };
    past([to_title().into()])
        .when(command)
        .then([granted.into()]);
}

#[test]
fn what_is_not_met_is_not_granted_and_the_refusal_says_what_is_missing() {
    let command = grant(ruling(recognition(1), vec![shown("title-review")]));
    past([to_title().into()])
        .when(command)
        .rejected(refuses(Refusal::ConditionsUnmet {
            unmet: "production-line".into(),
        }));
    let early = RecognitionApplied {
        on: date(2026, 3, 9),
        ..to_title()
    };
    let both = vec![shown("production-line"), shown("title-review")];
    past([early.clone().into()])
        .when(grant(ruling(recognition(1), both.clone())))
        .rejected(refuses(Refusal::ConditionsUnmet {
            unmet: "years (2026-03-10)".into(),
        }));
    let refusal = Command::RefuseRecognition {
        ruling: ruling(recognition(1), both.clone()),
        ground: None,
    };
    let refused = RecognitionRefused {
        recognition: recognition(1),
        unmet: vec![Unmet {
            condition: Condition::Years {
                years: 2,
                full_on: date(2026, 3, 10),
            },
            until: Some(date(2026, 3, 10)),
        }],
        ground: None,
        decided_by: checker(),
        on: DAY,
    };
    past([early.into()])
        .when(refusal.clone())
        .then([refused.into()]);
    past([to_title().into()])
        .when(refusal)
        .rejected(refuses(Refusal::NothingUnmet));
}

#[test]
fn what_is_gone_is_refused_with_its_ground_and_never_granted() {
    let struck: WorkerEvent = RecordStruck {
        record: record(1),
        ground: "核查不符".into(),
        on: DAY,
    }
    .into();
    let past = || past([to_level().into(), struck.clone()]);
    past()
        .when(grant(ruling(recognition(2), vec![])))
        .rejected(refuses(Refusal::HoldingUnknown));
    let refuse = |ground: Option<&str>| Command::RefuseRecognition {
        ruling: ruling(recognition(2), vec![]),
        ground: ground.map(str::to_owned),
    };
    past()
        .when(refuse(None))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
    let refused = RecognitionRefused {
        recognition: recognition(2),
        unmet: vec![],
        ground: Some("原证书记录已撤下".into()),
        decided_by: checker(),
        on: DAY,
    };
    past()
        .when(refuse(Some("原证书记录已撤下")))
        .then([refused.into()]);
}

#[test]
fn what_is_shown_is_a_condition_that_papers_can_show() {
    let shows =
        |shown: Vec<Shown>| past([to_title().into()]).when(grant(ruling(recognition(1), shown)));
    shows(vec![shown("years")]).rejected(refuses(Refusal::ConditionUnknown {
        condition: "years".into(),
    }));
    shows(vec![shown("title-review"), shown("title-review")]).rejected(refuses(
        Refusal::ConditionUnknown {
            condition: "title-review".into(),
        },
    ));
    let bare = Shown {
        condition: "title-review".into(),
        digests: vec![],
    };
    shows(vec![bare]).rejected(refuses(Refusal::EvidenceMissing));
    let piles = Shown {
        condition: "title-review".into(),
        digests: vec![digest(1); 51],
    };
    shows(vec![piles]).rejected(refuses(Refusal::EvidenceMissing));
}

#[test]
fn an_issuer_is_registered_on_the_day_of_application_and_of_decision() {
    let refusal = || {
        refuses(Refusal::IssuerNotRegistered {
            issuer: "DEMO-DE-CHAMBER".into(),
        })
    };
    for struck_on in [date(2026, 6, 1), date(2026, 7, 10)] {
        let mut book = book();
        book.strike("DEMO-DE-CHAMBER", struck_on);
        let ruling = Ruling {
            rulebook: Arc::new(book),
            on: TODAY,
            ..ruling(recognition(2), vec![])
        };
        past([to_level().into()])
            .when(grant(ruling))
            .rejected(refusal());
    }
}

#[test]
fn whoever_takes_an_application_does_not_decide_it_and_it_is_decided_once() {
    let own = Ruling {
        by: maker(),
        ..ruling(recognition(2), vec![])
    };
    past([to_level().into()])
        .when(grant(own))
        .rejected(refuses(Refusal::SamePerson));
    past([])
        .when(grant(ruling(recognition(9), vec![])))
        .rejected(refuses(Refusal::Unknown));
    past([to_level().into(), granted_level().into()])
        .when(grant(ruling(recognition(2), vec![])))
        .rejected(refuses(Refusal::AlreadyDecided));
    let early = Ruling {
        on: date(2026, 6, 30),
        ..ruling(recognition(2), vec![])
    };
    past([to_level().into()])
        .when(grant(early))
        .rejected(refuses(Refusal::Before { earliest: DAY }));
}

#[test]
fn a_level_is_awarded_where_the_rule_recognises_it_and_nowhere_else() {
    let award = |recognition, shown, occupation| Command::GrantRecognition {
        ruling: ruling(recognition, shown),
        award: Some(occupation),
    };
    past([to_level().into()])
        .when(award(recognition(2), vec![], fitter()))
        .then([granted_level().into(), awarded_level().into()]);
    past([to_level().into()])
        .when(grant(ruling(recognition(2), vec![])))
        .then([granted_level().into()]);
    let both = vec![shown("production-line"), shown("title-review")];
    past([to_title().into()])
        .when(award(recognition(1), both, fitter()))
        .rejected(refuses(Refusal::AwardsNothing));
    past([to_level().into()])
        .when(award(recognition(2), vec![], Box::new(occupation())))
        .rejected(refuses(Refusal::AwardsNothing));
    let mut narrow = fitter();
    narrow.levels = vec![SkillLevel::Three];
    past([to_level().into()])
        .when(award(recognition(2), vec![], narrow))
        .rejected(refuses(Refusal::LevelNotOpen {
            level: SkillLevel::Four,
        }));
}

#[test]
fn a_withdrawal_takes_two_people_and_takes_the_level_with_it() {
    let made = || {
        past([
            to_level().into(),
            granted_level().into(),
            awarded_level().into(),
            proposed(),
        ])
    };
    let propose = |act| Command::Propose {
        proposing: proposing(),
        act,
    };
    past([to_level().into(), granted_level().into()])
        .when(propose(act()))
        .then([proposed()]);
    let withdrawn_level = LevelWithdrawn {
        by: AwardedBy::Recognition(recognition(2)),
        certificate: None,
        end: End::Revoked,
        ground: "原证书系伪造".into(),
        on: TODAY,
    };
    made()
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .then([
            WorkerEvent::Proposal(approval().approved().into()),
            withdrawn().into(),
            withdrawn_level.into(),
        ]);
    past([to_level().into(), granted_level().into(), proposed()])
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .then([
            WorkerEvent::Proposal(approval().approved().into()),
            withdrawn().into(),
        ]);
    let alone = Approval {
        by: maker(),
        ..approval()
    };
    made()
        .when(Command::Approve {
            approval: alone,
            certificate: None,
        })
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    let turned_down = ProposalRejected {
        proposal: proposal(),
        rejected_by: checker(),
        reason: turn_down().reason,
    };
    made()
        .when(Command::Reject(turn_down()))
        .then([WorkerEvent::Proposal(turned_down.into())]);
    past([to_level().into()])
        .when(propose(act()))
        .rejected(refuses(Refusal::NotGranted));
    past([])
        .when(propose(act()))
        .rejected(refuses(Refusal::Unknown));
    let other = Act::ConfirmResults { candidates: 1 };
    past([])
        .when(propose(other))
        .rejected(No::Proposal(ProposalRejection::WrongAct));
    let dated = |on| Act::WithdrawRecognition {
        recognition: recognition(2),
        ground: "原证书系伪造".into(),
        basis: "某人社认〔2026〕9号".into(),
        on,
    };
    let granted = || past([to_level().into(), granted_level().into()]);
    granted()
        .when(propose(dated(date(2026, 6, 30))))
        .rejected(refuses(Refusal::Before { earliest: DAY }));
    let tomorrow = date(2026, 7, 21);
    let ahead = WorkerEvent::Proposal(proposing().made(dated(tomorrow)).into());
    past([to_level().into(), granted_level().into(), ahead])
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .rejected(refuses(Refusal::NotYet { on: tomorrow }));
}

#[test]
fn an_award_by_recognition_is_held_until_its_withdrawal() {
    use crate::domain::decider::Decider;
    let events: Vec<WorkerEvent> = vec![
        enrolled(),
        german(1),
        to_level().into(),
        granted_level().into(),
        awarded_level().into(),
    ];
    let held = WorkerDecider::fold(&events).held();
    let by = HeldBy::Recognition {
        recognition: recognition(2),
    };
    assert!(held.iter().any(|it| it.by == by));
    let withdrawn: WorkerEvent = LevelWithdrawn {
        by: AwardedBy::Recognition(recognition(2)),
        certificate: None,
        end: End::Revoked,
        ground: "原证书系伪造".into(),
        on: TODAY,
    }
    .into();
    let after = WorkerDecider::fold(events.iter().chain([&withdrawn])).held();
    assert!(after.iter().all(|it| it.by != by));
}
