use super::recognition_tests::*;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::proposal::Act;
use crate::domain::rules::recognition::{HeldBy, careers_cn};
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::WorkerEvent;
use crate::domain::worker::recognition::decide::Shown;
use crate::domain::worker::recognition::event::RecognitionApplied;
use crate::domain::worker::recognition::rejection::RecognitionRejection as Refusal;
use jiff::civil::date;

fn grant(shown: Vec<Shown>) -> Command {
    Command::GrantRecognition {
        ruling: ruling(recognition(1), shown),
        award: None,
    }
}
fn papers(condition: &str, count: usize) -> Shown {
    Shown {
        condition: condition.into(),
        digests: vec![digest(7); count],
    }
}

#[test]
fn a_rule_nobody_adopted_is_not_in_force_whatever_edition_is_named() {
    let applied = RecognitionApplied {
        rule: "cn-74-apprentice".into(),
        edition: careers_cn::EDITION.into(),
        ..to_title()
    };
    past([])
        .when(apply(applied))
        .rejected(refuses(Refusal::RuleNotInForce {
            rule: "cn-74-apprentice".into(),
        }));
}

#[test]
fn years_are_not_shown_by_papers() {
    let early = RecognitionApplied {
        on: date(2026, 3, 9),
        ..to_title()
    };
    let shown = ["production-line", "title-review", "years"].map(|it| papers(it, 1));
    past([early.into()])
        .when(grant(shown.into()))
        .rejected(refuses(Refusal::ConditionUnknown {
            condition: "years".into(),
        }));
}

#[test]
fn a_condition_is_shown_by_one_to_fifty_papers() {
    let shown = |count| vec![papers("production-line", 1), papers("title-review", count)];
    for count in [0, 51] {
        past([to_title().into()])
            .when(grant(shown(count)))
            .rejected(refuses(Refusal::EvidenceMissing));
    }
    let state = WorkerDecider::fold(&[enrolled(), level(), to_title().into()]);
    let granted = WorkerDecider::decide(&state, &grant(shown(50))).unwrap();
    assert!(matches!(granted[..], [WorkerEvent::RecognitionGranted(_)]));
}

#[test]
fn a_recognition_may_be_withdrawn_from_the_day_it_was_granted_on_and_not_before() {
    let on = |day| {
        let Act::WithdrawRecognition {
            recognition,
            ground,
            basis,
            ..
        } = act()
        else {
            panic!("a withdrawal")
        };
        let act = Act::WithdrawRecognition {
            recognition,
            ground,
            basis,
            on: day,
        };
        let command = Command::Propose {
            proposing: proposing(),
            act: act.clone(),
        };
        let tried = past([to_level().into(), granted_level().into()]).when(command);
        (tried, WorkerEvent::Proposal(proposing().made(act).into()))
    };
    let (tried, proposed) = on(DAY);
    tried.then([proposed]);
    on(DAY.yesterday().unwrap())
        .0
        .rejected(refuses(Refusal::Before { earliest: DAY }));
}

#[test]
fn another_holding_under_the_same_rule_is_another_application() {
    let other = RecognitionApplied {
        recognition: recognition(3),
        held: HeldBy::Record { record: record(7) },
        ..to_level()
    };
    past([to_level().into(), german(7)])
        .when(apply(other.clone()))
        .then([other.into()]);
    let again = RecognitionApplied {
        recognition: recognition(3),
        ..to_level()
    };
    past([to_title().into(), to_level().into()])
        .when(apply(again))
        .rejected(refuses(Refusal::Twice));
    past([to_title().into()])
        .when(apply(to_level()))
        .then([to_level().into()]);
}

#[test]
fn an_application_tells_the_occupation_it_is_for() {
    let state = WorkerDecider::fold(&[enrolled(), to_level().into(), to_title().into()]);
    let of = |n| state.recognised_occupation(recognition(n));
    assert_eq!(of(2), Some(fitter().code));
    assert_eq!((of(1), of(9)), (None, None));
}
