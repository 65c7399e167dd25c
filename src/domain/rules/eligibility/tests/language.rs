//! The language of conditions, and a history as a worker's stream tells it.

use super::person::*;
use crate::domain::background::{Education, Relation, WorkRecorded};
use crate::domain::decider::Decider;
use crate::domain::example::{body_id, digest, name, sealed, session_id, worker};
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::rules::eligibility::*;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipKind;
use crate::domain::worker::apprenticeship::{ApprenticeshipCompleted, ApprenticeshipStarted};
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use jiff::civil::{Date, date};
use uuid::Uuid;

fn study(states: &[StudyState], years: u8) -> Condition {
    Condition::Study {
        schools: vec![],
        education: Some(Education::College),
        speciality: true,
        states: states.to_vec(),
        years,
        counted: Counted::Time,
    }
}
fn stated(code: &str, zh: &str, en: &str) -> Condition {
    Condition::Stated {
        code: code.into(),
        zh: zh.into(),
        en: en.into(),
    }
}
fn nested(depth: usize) -> Condition {
    (1..depth).fold(Condition::Intends, |inner, _| Condition::all([inner]))
}

#[test]
fn a_condition_that_cannot_be_judged_is_not_sound() {
    use StudyState::{Graduated, GraduationYear, InProgress};
    let sound = [
        study(&[Graduated], 2),
        study(&[Graduated, InProgress], 0),
        stated("code", "中文", "English"),
        Condition::Age { years: 1 },
        Condition::work_years(1),
        Condition::level(SkillLevel::Four),
        Condition::Training { hours: None },
        Condition::Training { hours: Some(1) },
        nested(DEPTH_MAX),
        Condition::any(vec![Condition::Intends; LEAVES_MAX]),
    ];
    for condition in sound {
        assert!(condition.is_sound(), "{condition:?}");
    }
    let unsound = [
        study(&[], 0),
        study(&[], 2),
        study(&[GraduationYear], 1),
        study(&[Graduated, InProgress], 1),
        stated("", "中文", "English"),
        stated("code", " ", "English"),
        stated("code", "中文", ""),
        Condition::Age { years: 0 },
        Condition::work_years(0),
        Condition::work_after_title(&[], 1),
        Condition::Training { hours: Some(0) },
        Condition::all([]),
        Condition::any([]),
        Condition::all([Condition::Intends, Condition::any([])]),
        nested(DEPTH_MAX + 1),
        Condition::any(vec![Condition::Intends; LEAVES_MAX + 1]),
    ];
    for condition in unsound {
        assert!(!condition.is_sound(), "{condition:?}");
    }
}

fn awarded(n: u128, level: SkillLevel) -> LevelAwarded {
    LevelAwarded {
        by: AwardedBy::Session(SessionId(Uuid::from_u128(n))),
        body: Some(body_id()),
        route: Route::Assessment,
        occupation: code(WELDER),
        occupation_name: name("焊工"),
        work_type: None,
        level,
        assessed_on: date(2024, 3, 1),
        awarded_on: date(2024, 3, 10),
    }
}
fn apprenticed(n: u128, from: Date) -> ApprenticeshipStarted {
    ApprenticeshipStarted {
        record: record(n),
        employer: "91350100M000100Y43".parse().unwrap(),
        kind: ApprenticeshipKind::NewType,
        agreement: digest(1),
        occupation: code(ASSEMBLER),
        occupation_name: name("工程机械装配调试工"),
        target: SkillLevel::Four,
        master: None,
        intern: false,
        from,
        term_months: 12,
    }
}

#[test]
fn a_history_is_what_stands_in_the_workers_stream() {
    let work = WorkRecorded {
        record: record(9),
        employer: None,
        relation: Relation::SelfEmployed,
        occupation: Some(code(WELDER)),
        from: date(2020, 1, 1),
        to: None,
        evidence: vec![digest(1)],
    };
    let training = TrainingCompleted {
        provider: body_id(),
        class: "2026-03班".into(),
        course: "焊工培训".into(),
        occupation: Some(code(WELDER)),
        level: None,
        hours: 80,
        from: date(2026, 3, 1),
        to: date(2026, 3, 20),
        teachers: vec![],
    };
    let gone = LevelWithdrawn {
        by: AwardedBy::Session(session_id()),
        certificate: None,
        end: End::Revoked,
        ground: "冒名顶替".into(),
        on: date(2026, 7, 1),
    };
    let withdrawn = LevelAwarded {
        by: gone.by,
        ..awarded(0, SkillLevel::Three)
    };
    let completed = ApprenticeshipCompleted {
        record: record(1),
        on: date(2023, 3, 5),
        evidence: vec![digest(1)],
    };
    let enrolled = WorkerEnrolled {
        sealed: sealed(worker(1)),
    };
    let events: Vec<WorkerEvent> = vec![
        enrolled.into(),
        awarded(1, SkillLevel::Four).into(),
        withdrawn.into(),
        gone.into(),
        training.clone().into(),
        apprenticed(1, date(2022, 3, 1)).into(),
        completed.into(),
        apprenticed(2, date(2024, 3, 1)).into(),
        work.clone().into(),
    ];
    let state = WorkerDecider::fold(&events);
    let born = date(1999, 9, 9);
    let history = History::of(state.worker().unwrap(), Some(born));
    let levels: Vec<_> = history
        .levels
        .iter()
        .map(|it| (it.level, it.standing))
        .collect();
    assert_eq!(
        levels,
        [(SkillLevel::Four, true), (SkillLevel::Three, false)]
    );
    assert_eq!(history.levels[0].awarded_on, date(2024, 3, 10));
    assert_eq!(history.trainings, [training]);
    let served = ApprenticeshipServed {
        occupation: code(ASSEMBLER),
        ended_on: date(2023, 3, 5),
    };
    assert_eq!(history.apprenticeships, [served], "one still runs");
    assert_eq!(history.background.works, [work]);
    assert_eq!((history.birth, history.shown.len()), (Some(Birth(born)), 0));

    let day = date(2026, 7, 2);
    let shown = history.with_shown(["programme-evaluated-senior".to_owned()], day);
    let expected = Shown {
        code: "programme-evaluated-senior".into(),
        on: day,
    };
    assert_eq!(shown.shown, [expected]);
}

#[test]
fn what_a_programme_was_evaluated_for_is_shown_in_its_own_words() {
    let words = |aim: &str| match templates_cn::evaluated(aim) {
        Condition::Stated { code, zh, en } => (code, zh, en),
        other => panic!("{other:?}"),
    };
    let (code, zh, en) = words("intermediate");
    assert_eq!(code, "programme-evaluated-intermediate");
    assert!(zh.contains("中级技能") && en.contains("intermediate"));
    let (code, zh, en) = words("senior");
    assert_eq!(code, "programme-evaluated-senior");
    assert!(zh.contains("高级技能") && en.contains("senior"));
}
