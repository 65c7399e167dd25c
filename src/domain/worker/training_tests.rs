use super::review_due::{Doubtful, RestedOn, ReviewDue};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::level::SkillLevel;
use crate::domain::proposal::{Act, Approval, ProposalRejection};
use crate::domain::route::Route;
use crate::domain::wording::TextRejection;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};

/// The last day of the training.
const OVER: Date = date(2026, 5, 30);

fn training() -> TrainingCompleted {
    TrainingCompleted {
        provider: body_id(),
        class: "2026-03班".into(),
        course: "焊工高级工培训".into(),
        occupation: Some(occupation().code),
        level: Some(SkillLevel::Three),
        hours: 120,
        from: date(2026, 3, 1),
        to: OVER,
        teachers: vec![],
    }
}
fn act(on: Date) -> Act {
    Act::StrikeTraining {
        provider: body_id(),
        class: "2026-03班".into(),
        ground: "培训未曾开展".into(),
        basis: "某人社监〔2026〕7号".into(),
        on,
    }
}
fn struck() -> TrainingStruck {
    TrainingStruck {
        training: training(),
        ground: "培训未曾开展".into(),
        basis: "某人社监〔2026〕7号".into(),
        on: TODAY,
    }
}
fn trained() -> Vec<WorkerEvent> {
    let sealed = sealed(worker(1));
    vec![WorkerEnrolled { sealed }.into(), training().into()]
}
fn past(events: impl IntoIterator<Item = WorkerEvent>) -> Given<WorkerDecider> {
    given::<WorkerDecider>(trained().into_iter().chain(events))
}
fn propose(act: Act) -> Command {
    let proposing = proposing();
    Command::Propose { proposing, act }
}
fn proposed(act: Act) -> WorkerEvent {
    WorkerEvent::Proposal(proposing().made(act).into())
}

#[test]
fn two_people_strike_a_training_that_was_not_so() {
    past([])
        .when(propose(act(TODAY)))
        .then([proposed(act(TODAY))]);
    past([proposed(act(TODAY))])
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .then([
            WorkerEvent::Proposal(approval().approved().into()),
            struck().into(),
        ]);
    let alone = Approval {
        by: maker(),
        ..approval()
    };
    past([proposed(act(TODAY))])
        .when(Command::Approve {
            approval: alone,
            certificate: None,
        })
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    past([proposed(act(TODAY)), struck().into()])
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .rejected(No::TrainingUnknown);
}

#[test]
fn only_a_training_that_stands_is_struck() {
    past([struck().into()])
        .when(propose(act(TODAY)))
        .rejected(No::TrainingUnknown);
    let changed = |provider, class: &str, ground: &str, basis: &str| {
        propose(Act::StrikeTraining {
            provider,
            class: class.into(),
            ground: ground.into(),
            basis: basis.into(),
            on: TODAY,
        })
    };
    let other = crate::domain::ids::BodyId(uuid::Uuid::nil());
    past([])
        .when(changed(other, "2026-03班", "不实", "依据"))
        .rejected(No::TrainingUnknown);
    past([])
        .when(changed(body_id(), "2026-04班", "不实", "依据"))
        .rejected(No::TrainingUnknown);
    let missing = |field| No::Text(TextRejection::Missing { field });
    past([])
        .when(changed(body_id(), "2026-03班", "", "依据"))
        .rejected(missing("ground"));
    past([])
        .when(changed(body_id(), "2026-03班", "不实", ""))
        .rejected(missing("basis"));
}

#[test]
fn a_training_is_struck_from_its_last_day_on_and_not_ahead() {
    past([])
        .when(propose(act(OVER)))
        .then([proposed(act(OVER))]);
    past([])
        .when(propose(act(date(2026, 5, 29))))
        .rejected(No::DateBefore { earliest: OVER });
    let tomorrow = TODAY.tomorrow().unwrap();
    past([proposed(act(tomorrow))])
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .rejected(No::TrainingStrikeNotYet { on: tomorrow });
}

#[test]
fn what_is_struck_counts_no_more_and_can_be_recorded_as_it_was() {
    let worker = |events: Vec<WorkerEvent>| {
        let events: Vec<_> = trained().into_iter().chain(events).collect();
        WorkerDecider::fold(&events).worker().unwrap().clone()
    };
    assert_eq!(worker(vec![]).trainings, [training()]);
    let after = worker(vec![struck().into()]);
    assert_eq!(after.trainings, []);
    assert_eq!(after.trainings_struck, [struck()]);
    let right = TrainingCompleted {
        hours: 40,
        ..training()
    };
    past([struck().into()])
        .when(Command::RecordTraining {
            training: right.clone(),
            on: TODAY,
        })
        .then([right.into()]);
}

#[test]
fn a_level_that_may_rest_on_struck_hours_is_looked_at_again() {
    let due = |change: fn(&mut LevelAwarded)| {
        let mut awarded = LevelAwarded {
            by: AwardedBy::Session(session_id()),
            body: Some(body_id()),
            route: Route::Assessment,
            occupation: occupation().code,
            occupation_name: name("焊工"),
            work_type: None,
            level: SkillLevel::Three,
            assessed_on: OVER,
            awarded_on: TODAY,
        };
        change(&mut awarded);
        let events: Vec<_> = trained()
            .into_iter()
            .chain([awarded.into(), struck().into()])
            .collect();
        WorkerDecider::fold(&events).reviews_due()
    };
    let doubt = [ReviewDue {
        doubtful: Doubtful::Level {
            by: AwardedBy::Session(session_id()),
        },
        rested_on: RestedOn::Training {
            provider: body_id(),
            class: "2026-03班".into(),
        },
        fallen_on: TODAY,
    }];
    assert_eq!(due(|_| {}), doubt);
    assert_eq!(due(|it| it.assessed_on = TODAY), doubt);
    assert_eq!(due(|it| it.assessed_on = TODAY.tomorrow().unwrap()), []);
    assert_eq!(due(|it| it.assessed_on = date(2026, 5, 29)), []);
    assert_eq!(due(|it| it.level = SkillLevel::Four), []);
    assert_eq!(due(|it| it.occupation = "6-31-01-03".parse().unwrap()), []);
}
