use crate::domain::attainment::Assessed;
use crate::domain::background::{Relation, WorkRecorded};
use crate::domain::body::event::{BodyKind, BodyRegistered};
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::routes::{
    AppointmentPoliciesAdopted, DirectGroundsAdopted, PromotionRulesAdopted, RouteTables,
};
use crate::domain::competition::event::Group;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::{CompetitionId, RecordId, SessionId};
use crate::domain::level::SkillLevel::{self, *};
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipKind;
use crate::domain::rules::routes::given::{Facts, Given};
use crate::domain::rules::routes::promotion::Placing;
use crate::domain::rules::routes::rejection::RouteRejection as No;
use crate::domain::rules::routes::{appointment_cn, direct_cn, promotion_cn};
use crate::domain::score::{Mark, Score};
use crate::domain::session::basis::{ResultBasis, ReviewMarks};
use crate::domain::session::event::{ResultEntered, SessionOpened};
use crate::domain::worker::apprenticeship::{
    Apprenticeship, ApprenticeshipCompleted, ApprenticeshipStarted,
};
use crate::domain::worker::event::{AwardedBy, LevelAwarded, LevelWithdrawn};
use crate::domain::worker::state::{Level, Worker};
use jiff::civil::date;
use uuid::Uuid;

fn tables() -> RouteTables {
    CatalogueDecider::fold(&[
        PromotionRulesAdopted {
            edition: "1".into(),
            rules: promotion_cn::built_in(),
        }
        .into(),
        DirectGroundsAdopted {
            edition: "1".into(),
            rules: direct_cn::built_in(),
        }
        .into(),
        AppointmentPoliciesAdopted {
            edition: "1".into(),
            rules: appointment_cn::built_in(),
        }
        .into(),
    ])
    .routes
}
fn employer() -> BodyRegistered {
    BodyRegistered {
        kind: BodyKind::Employer,
        ..registered()
    }
}
fn session(route: Route, place: &str) -> SessionOpened {
    SessionOpened {
        route,
        region: place.parse().unwrap(),
        ..opened()
    }
}
/// Somebody who works for the employer in this relation, and holds 高级技师 since 2022.
fn person(relation: Relation) -> Worker {
    let mut worker = Worker::default();
    worker.background.works.push(WorkRecorded {
        record: RecordId(Uuid::from_u128(1)),
        employer: Some(registered().credit_code),
        relation,
        occupation: None,
        from: date(2015, 1, 1),
        to: None,
        evidence: vec![digest(1)],
    });
    worker
}
fn with_one(mut worker: Worker) -> Worker {
    worker.levels.push(Level {
        awarded: LevelAwarded {
            by: AwardedBy::Session(SessionId(Uuid::from_u128(1))),
            body: Some(body_id()),
            route: Route::Assessment,
            occupation: occupation().code,
            occupation_name: name("焊工"),
            work_type: None,
            level: One,
            assessed_on: date(2022, 3, 1),
            awarded_on: date(2022, 3, 10),
        },
        withdrawn: None,
    });
    worker
}
fn result(level: SkillLevel, basis: ResultBasis) -> ResultEntered {
    ResultEntered {
        level: Some(level),
        basis,
        ..passed(1)
    }
}
fn ask(
    opened: &SessionOpened,
    body: &BodyRegistered,
    worker: &Worker,
    placing: Option<&Placing>,
    result: &ResultEntered,
) -> Result<Given, No> {
    Facts {
        tables: &tables(),
        body,
        opened,
        worker,
        placing,
    }
    .given(result)
}

#[test]
fn plain_assessment_and_what_was_not_granted_ask_for_nothing() {
    let nobody = Worker::default();
    let plain = session(Route::Assessment, "320102");
    assert_eq!(
        ask(&plain, &registered(), &nobody, None, &passed(1)),
        Ok(Given::default())
    );
    let direct = session(Route::DirectRecognition, "330106");
    let refused = result(
        Three,
        ResultBasis::Grounds {
            ground: "no such".into(),
            evidence: vec![],
            granted: false,
        },
    );
    assert_eq!(
        ask(&direct, &registered(), &nobody, None, &refused),
        Ok(Given::default())
    );
    assert!(matches!(plain.assessed, Assessed::Levels { .. }));
}

#[test]
fn a_ground_counts_for_staff_of_the_employer_dispatched_included() {
    let opened = session(Route::DirectRecognition, "330106");
    let granted = result(
        Three,
        ResultBasis::Grounds {
            ground: "zj-award".into(),
            evidence: vec![digest(1)],
            granted: true,
        },
    );
    let by =
        |body: &BodyRegistered, relation| ask(&opened, body, &person(relation), None, &granted);
    assert_eq!(by(&employer(), Relation::Staff), Ok(Given::default()));
    assert_eq!(by(&employer(), Relation::Dispatched), Ok(Given::default()));
    assert_eq!(
        by(&employer(), Relation::Outsourced),
        Err(No::DirectNotStaff)
    );
    assert_eq!(
        by(&registered(), Relation::Staff),
        Err(No::DirectEmployerOnly)
    );
    let mut gone = person(Relation::Staff);
    gone.background.works[0].to = Some(date(2026, 7, 9));
    let after = ask(&opened, &employer(), &gone, None, &granted);
    assert_eq!(after, Err(No::DirectNotStaff));
}

#[test]
fn a_place_gives_the_rules_level_and_uses_up_the_year() {
    let opened = session(Route::Competition, "120104");
    let placing = Placing {
        tier: "provincial".into(),
        class: Some("一类".into()),
        region: "120000".parse().unwrap(),
        occupation: occupation().code,
        group: Group::Staff,
        rank: 3,
        contestants: 30,
        prize: None,
        ended_on: date(2026, 5, 20),
        closed_on: date(2026, 5, 30),
    };
    let ranked = |level, rank| {
        let basis = ResultBasis::Rank {
            competition: CompetitionId(Uuid::from_u128(1)),
            rank,
            contestants: 30,
            rule: "tj-2024-1-staff".into(),
        };
        result(level, basis)
    };
    let nobody = Worker::default();
    let given = |placing, result| ask(&opened, &employer(), &nobody, placing, &result);
    let two = given(Some(&placing), ranked(Two, 3)).unwrap();
    assert_eq!((two.uses_year, two.policy), (Some(2026), None));
    assert_eq!(
        given(Some(&placing), ranked(One, 3)),
        Err(No::OtherLevelGiven {
            level: One,
            gives: Two
        })
    );
    assert_eq!(
        given(Some(&placing), ranked(Two, 2)),
        Err(No::PlaceNotStanding)
    );
    assert_eq!(given(None, ranked(Two, 3)), Err(No::PlaceNotStanding));
}

#[test]
fn a_review_counts_for_who_is_in_post_outsourced_included() {
    let opened = session(Route::Appointment, "320102");
    let mark = Mark::Scored(Score::from_tenths(800).unwrap());
    let reviewed = |to| {
        let basis = ResultBasis::Review {
            marks: ReviewMarks {
                performance: mark,
                defence: mark,
                overall: mark,
            },
            post: "焊接特级岗".into(),
            from: date(2026, 8, 1),
            to,
        };
        result(Special, basis)
    };
    let good = reviewed(date(2029, 7, 31));
    let of = |worker: &Worker, result| ask(&opened, &employer(), worker, None, result);
    let outsourced = with_one(person(Relation::Outsourced));
    let given = of(&outsourced, &good).unwrap();
    assert_eq!(given.uses_year, None);
    assert_eq!(given.policy.unwrap().id, "demo-js-special");
    let short = reviewed(date(2027, 7, 31));
    assert_eq!(
        of(&outsourced, &short),
        Err(No::TermOutside { least: 3, most: 5 })
    );
    assert_eq!(
        of(&person(Relation::Staff), &good),
        Err(No::PriorLevelMissing { level: One })
    );
    let intern = with_one(person(Relation::Intern));
    assert_eq!(of(&intern, &good), Err(No::NotInPost));
}

#[test]
fn grading_asks_for_the_apprenticeship() {
    let opened = session(Route::ApprenticeGrading, "320102");
    let marked = result(Four, passed(1).basis);
    let none = ask(&opened, &employer(), &Worker::default(), None, &marked);
    assert_eq!(none, Err(No::ApprenticeshipNotCompleted));

    let mut apprentice = Worker::default();
    apprentice.apprenticeships.push(Apprenticeship {
        started: ApprenticeshipStarted {
            record: RecordId(Uuid::from_u128(7)),
            employer: registered().credit_code,
            kind: ApprenticeshipKind::NewType,
            agreement: digest(7),
            occupation: occupation().code,
            occupation_name: name("焊工"),
            target: Four,
            master: None,
            intern: false,
            from: date(2025, 7, 1),
            term_months: 12,
        },
        completed: Some(ApprenticeshipCompleted {
            record: RecordId(Uuid::from_u128(7)),
            on: date(2026, 7, 1),
            evidence: vec![digest(8)],
        }),
        ended: None,
    });
    let graded = |worker: &Worker| ask(&opened, &employer(), worker, None, &marked);
    assert_eq!(graded(&apprentice), Ok(Given::default()));
    let graded_on = date(2026, 7, 5);
    let mut again = apprentice.clone();
    again.levels.push(Level {
        awarded: LevelAwarded {
            route: Route::ApprenticeGrading,
            level: Five,
            assessed_on: graded_on,
            ..with_one(Worker::default()).levels[0].awarded.clone()
        },
        withdrawn: None,
    });
    assert_eq!(graded(&again), Err(No::ApprenticeshipGraded { graded_on }));
    let mut by_assessment = again.clone();
    by_assessment.levels[0].awarded.route = Route::Assessment;
    assert_eq!(graded(&by_assessment), Ok(Given::default()));
    let mut of_another = again.clone();
    of_another.levels[0].awarded.occupation = "6-31-01-03".parse().unwrap();
    assert_eq!(graded(&of_another), Ok(Given::default()));
    again.levels[0].withdrawn = Some(LevelWithdrawn {
        by: AwardedBy::Session(SessionId(Uuid::from_u128(1))),
        certificate: None,
        end: End::Revoked,
        ground: "成绩有误".into(),
        on: TODAY,
    });
    assert_eq!(graded(&again), Ok(Given::default()));
}
