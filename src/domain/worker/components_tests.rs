use crate::domain::decider::Decider;
use crate::domain::decider::harness::given;
use crate::domain::example::*;
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::score::{Component, Score};
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::components::ComponentPassed;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::{WorkerEnrolled, WorkerEvent};
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::WorkerState;
use jiff::civil::date;
use uuid::Uuid;

fn enrolled() -> WorkerEvent {
    WorkerEnrolled {
        sealed: sealed(worker(1)),
    }
    .into()
}
fn theory() -> ComponentPassed {
    ComponentPassed {
        session: session_id(),
        occupation: occupation().code,
        level: SkillLevel::Three,
        component: Component::Theory,
        score: Score::PASS,
        passed_on: ASSESSED,
        valid_to: date(2028, 7, 10),
    }
}
fn keep(passed: ComponentPassed) -> WorkerCommand {
    WorkerCommand::KeepComponent(passed)
}

#[test]
fn a_component_may_be_kept_for_its_own_day_and_no_shorter() {
    let until = |valid_to| {
        let kept = ComponentPassed {
            valid_to,
            ..theory()
        };
        let tried = given::<WorkerDecider>([enrolled()]).when(keep(kept));
        (tried, kept)
    };
    let (tried, kept) = until(ASSESSED);
    tried.then([kept.into()]);
    until(ASSESSED.yesterday().unwrap())
        .0
        .rejected(No::DatesDisagree);
}

#[test]
fn a_component_passed_is_kept_once_a_session() {
    given::<WorkerDecider>([enrolled()])
        .when(keep(theory()))
        .then([theory().into()]);
    given::<WorkerDecider>([enrolled(), theory().into()])
        .when(keep(theory()))
        .rejected(No::ComponentKeptTwice);
    let skill = ComponentPassed {
        component: Component::Skill,
        ..theory()
    };
    given::<WorkerDecider>([enrolled(), theory().into()])
        .when(keep(skill))
        .then([skill.into()]);
    let low = ComponentPassed {
        score: Score::from_tenths(599).unwrap(),
        ..theory()
    };
    given::<WorkerDecider>([enrolled()])
        .when(keep(low))
        .rejected(No::ComponentNotPassed);
    let backwards = ComponentPassed {
        valid_to: ASSESSED.yesterday().unwrap(),
        ..theory()
    };
    given::<WorkerDecider>([enrolled()])
        .when(keep(backwards))
        .rejected(No::DatesDisagree);
    given::<WorkerDecider>([])
        .when(keep(theory()))
        .rejected(No::NotEnrolled);
}

#[test]
fn what_is_kept_counts_for_its_occupation_and_level_until_its_last_day() {
    let earlier = ComponentPassed {
        session: SessionId(Uuid::from_u128(0x5e6)),
        level: SkillLevel::Four,
        ..theory()
    };
    let state = WorkerDecider::fold(&[enrolled(), earlier.into(), theory().into()]);
    let WorkerState::Enrolled(worker) = state else {
        panic!("enrolled");
    };
    let kept = |level, on| {
        worker
            .components_kept(occupation().code, level, on)
            .map(|it| it.session)
            .collect::<Vec<_>>()
    };
    let three = SkillLevel::Three;
    assert_eq!(kept(three, theory().valid_to), [session_id()]);
    assert_eq!(kept(three, ASSESSED), [session_id()]);
    assert!(kept(three, date(2028, 7, 11)).is_empty());
    assert!(kept(three, ASSESSED.yesterday().unwrap()).is_empty());
    assert!(kept(SkillLevel::Two, ASSESSED).is_empty());
    let electrician = "6-31-01-03".parse().unwrap();
    let other = worker.components_kept(electrician, three, ASSESSED);
    assert_eq!(other.count(), 0);
}
