use super::recognition_tests::*;
use crate::domain::background::RecordStruck;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::rules::recognition::HeldBy;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::honour::{HonourConferred, HonourWithdrawn};
use crate::domain::worker::recognition::event::{RecognitionApplied, RecognitionGranted};
use crate::domain::worker::recognition::rejection::RecognitionRejection as Refusal;
use crate::domain::worker::review_due::{Doubtful, RestedOn, ReviewDue};
use jiff::civil::{Date, date};
use uuid::Uuid;

/// The day the 三级 that everything rests on is withdrawn; it was awarded on 2024-03-10.
const FALLEN: Date = date(2026, 7, 15);

fn session(n: u128) -> AwardedBy {
    AwardedBy::Session(SessionId(Uuid::from_u128(n)))
}
fn later(level: SkillLevel, occupation: &str, assessed_on: Date) -> WorkerEvent {
    LevelAwarded {
        by: session(0x22),
        body: Some(body_id()),
        route: Route::Assessment,
        occupation: occupation.parse().unwrap(),
        occupation_name: name("焊工"),
        work_type: None,
        level,
        assessed_on,
        awarded_on: date(2026, 8, 1),
    }
    .into()
}
fn three_ends(end: End) -> WorkerEvent {
    LevelWithdrawn {
        by: AwardedBy::Session(session_id()),
        certificate: None,
        end,
        ground: "冒名顶替".into(),
        on: FALLEN,
    }
    .into()
}
fn due(events: impl IntoIterator<Item = WorkerEvent>) -> Vec<ReviewDue> {
    let past = [enrolled(), level(), german(1)];
    let events: Vec<_> = past.into_iter().chain(events).collect();
    WorkerDecider::fold(&events).reviews_due()
}
fn held_by_session() -> HeldBy {
    HeldBy::Session {
        session: session_id(),
    }
}

#[test]
fn a_level_is_looked_at_again_when_the_one_before_it_was_wrongly_granted() {
    let welder = "6-18-02-04";
    let technician = || later(SkillLevel::Two, welder, FALLEN);
    assert_eq!(due([technician()]), []);
    let doubt = ReviewDue {
        doubtful: Doubtful::Level { by: session(0x22) },
        rested_on: RestedOn::Held(held_by_session()),
        fallen_on: FALLEN,
    };
    assert_eq!(
        due([technician(), three_ends(End::Revoked)]),
        std::slice::from_ref(&doubt)
    );
    let since = later(SkillLevel::Two, welder, date(2024, 3, 10));
    assert_eq!(
        due([since, three_ends(End::Revoked)]),
        std::slice::from_ref(&doubt)
    );

    assert_eq!(due([technician(), three_ends(End::Forfeited)]), [], "吊销");
    let unrelated = [
        later(SkillLevel::Two, "6-31-01-03", FALLEN),
        later(SkillLevel::Four, welder, FALLEN),
        later(SkillLevel::Three, welder, FALLEN),
        later(SkillLevel::Two, welder, date(2026, 7, 16)),
        later(SkillLevel::Two, welder, date(2024, 3, 9)),
    ];
    for level in unrelated {
        assert_eq!(
            due([level.clone(), three_ends(End::Revoked)]),
            [],
            "{level:?}"
        );
    }
    let gone = LevelWithdrawn {
        by: session(0x22),
        certificate: None,
        end: End::Revoked,
        ground: "原等级已撤销".into(),
        on: date(2026, 9, 1),
    };
    assert_eq!(
        due([technician(), three_ends(End::Revoked), gone.into()]),
        [],
        "what has fallen too is done with"
    );
}

fn struck(n: u128) -> WorkerEvent {
    RecordStruck {
        record: record(n),
        ground: "原证书系伪造".into(),
        on: FALLEN,
    }
    .into()
}

#[test]
fn a_recognition_is_looked_at_again_when_what_it_was_granted_on_has_fallen() {
    let granted = || {
        vec![
            to_level().into(),
            granted_level().into(),
            awarded_level().into(),
        ]
    };
    assert_eq!(due(granted()), []);
    let doubt = ReviewDue {
        doubtful: Doubtful::Recognition {
            recognition: recognition(2),
        },
        rested_on: RestedOn::Held(HeldBy::Record { record: record(1) }),
        fallen_on: FALLEN,
    };
    assert_eq!(
        due([granted(), vec![struck(1)]].concat()),
        std::slice::from_ref(&doubt)
    );
    assert_eq!(due([granted(), vec![struck(9)]].concat()), []);
    assert_eq!(
        due([to_level().into(), struck(1)]),
        [],
        "nothing was granted"
    );
    assert_eq!(
        due([granted(), vec![struck(1), withdrawn().into()]].concat()),
        []
    );

    let title = RecognitionGranted {
        recognition: recognition(1),
        to: to_title().to,
        occupation: None,
        ..granted_level()
    };
    let applied = [to_title().into(), title.into()];
    let by_level = due(applied.into_iter().chain([three_ends(End::Forfeited)]));
    assert_eq!(
        by_level.len(),
        1,
        "a title's holder no longer has the level"
    );
    assert_eq!(by_level[0].rested_on, RestedOn::Held(held_by_session()));
}

#[test]
fn an_honour_that_is_withdrawn_puts_what_it_led_to_in_doubt() {
    let conferred = HonourConferred {
        record: record(5),
        name: Name {
            zh: "全国技术能手".into(),
            en: None,
        },
        rank: "national".into(),
        by: "人力资源和社会保障部".into(),
        basis: "人社部发〔2025〕9号".into(),
        on: date(2025, 12, 1),
        evidence: vec![digest(1)],
    };
    let withdrawn = HonourWithdrawn {
        record: record(5),
        ground: "弄虚作假".into(),
        basis: "人社部发〔2026〕2号".into(),
        on: FALLEN,
    };
    let held = HeldBy::Record { record: record(5) };
    let applied = RecognitionApplied { held, ..to_title() };
    let granted = RecognitionGranted {
        recognition: recognition(1),
        to: to_title().to,
        occupation: None,
        ..granted_level()
    };
    let stands: Vec<WorkerEvent> = vec![conferred.into(), applied.into(), granted.into()];
    assert_eq!(due(stands.clone()), []);
    let found = due(stands.into_iter().chain([withdrawn.into()]));
    assert_eq!(
        (found.len(), &found[0].rested_on),
        (1, &RestedOn::Held(held))
    );
    assert_eq!(found[0].fallen_on, FALLEN);
}

#[test]
fn what_is_to_be_looked_at_again_is_told_oldest_fall_first() {
    let earlier = RecordStruck {
        record: record(1),
        ground: "核查不符".into(),
        on: date(2026, 7, 2),
    };
    let found = due([
        to_level().into(),
        granted_level().into(),
        later(SkillLevel::Two, "6-18-02-04", FALLEN),
        three_ends(End::Revoked),
        earlier.into(),
    ]);
    let days: Vec<_> = found.iter().map(|it| it.fallen_on).collect();
    assert_eq!(days, [date(2026, 7, 2), FALLEN]);
}

#[test]
fn a_level_that_stands_is_not_awarded_again_by_recognition() {
    let award = || Command::GrantRecognition {
        ruling: ruling(recognition(2), vec![]),
        award: Some(fitter()),
    };
    let holds = |level| -> WorkerEvent {
        let mut held = later(level, "6-31-01-02", date(2025, 1, 1));
        if let WorkerEvent::LevelAwarded(it) = &mut held {
            it.by = session(0x33);
        }
        held
    };
    for held in [SkillLevel::Four, SkillLevel::Three] {
        past([to_level().into(), holds(held)])
            .when(award())
            .rejected(refuses(Refusal::LevelHeld { held }));
    }
    past([to_level().into(), holds(SkillLevel::Five)])
        .when(award())
        .then([granted_level().into(), awarded_level().into()]);
}
