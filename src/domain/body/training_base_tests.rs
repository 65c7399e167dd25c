use crate::domain::body::command::BodyCommand as Command;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};

const NOTICED: Date = date(2026, 3, 2);
const LISTED: Date = date(2026, 3, 10);

fn past(events: impl IntoIterator<Item = BodyEvent>) -> Given<BodyDecider> {
    given::<BodyDecider>([registered().into()].into_iter().chain(events))
}
fn noticed() -> TrainingBaseNoticed {
    TrainingBaseNoticed {
        from: NOTICED,
        closes_on: LISTED,
        working_days: 5,
        basis: "赣人社公示〔2026〕3号".into(),
    }
}
fn listed() -> TrainingBaseListed {
    TrainingBaseListed {
        from: LISTED,
        to: None,
        basis: "赣人社公布〔2026〕5号".into(),
    }
}
fn struck(on: Date) -> TrainingBaseStruck {
    TrainingBaseStruck {
        ground: "虚假培训".into(),
        basis: "师资培训基地管理办法".into(),
        on,
    }
}
fn suspended() -> BodySuspended {
    BodySuspended {
        ground: "检查".into(),
        basis: "办法".into(),
        on: NOTICED,
    }
}

#[test]
fn a_base_is_listed_once_its_notice_is_over() {
    past([])
        .when(Command::NoticeTrainingBase(noticed()))
        .then([noticed().into()]);
    past([])
        .when(Command::ListTrainingBase(listed()))
        .rejected(No::BaseNoticeMissing);
    past([noticed().into()])
        .when(Command::ListTrainingBase(listed()))
        .then([listed().into()]);
    let early = TrainingBaseListed {
        from: date(2026, 3, 9),
        ..listed()
    };
    past([noticed().into()])
        .when(Command::ListTrainingBase(early))
        .rejected(No::BaseNoticeRunning { closes_on: LISTED });
    let backwards = TrainingBaseListed {
        to: Some(date(2026, 3, 9)),
        ..listed()
    };
    past([noticed().into()])
        .when(Command::ListTrainingBase(backwards))
        .rejected(No::DatesDisagree);
    past([noticed().into(), listed().into()])
        .when(Command::NoticeTrainingBase(TrainingBaseNoticed {
            from: TODAY,
            ..noticed()
        }))
        .rejected(No::BaseListed);
    past([noticed().into(), listed().into()])
        .when(Command::ListTrainingBase(listed()))
        .rejected(No::BaseNoticeMissing);
    past([suspended().into()])
        .when(Command::NoticeTrainingBase(noticed()))
        .rejected(No::Suspended { since: NOTICED });
    past([noticed().into(), suspended().into()])
        .when(Command::ListTrainingBase(listed()))
        .rejected(No::Suspended { since: NOTICED });
    past([])
        .when(Command::NoticeTrainingBase(TrainingBaseNoticed {
            basis: String::new(),
            ..noticed()
        }))
        .rejected(No::Text(TextRejection::Missing { field: "basis" }));
}

#[test]
fn a_base_is_struck_while_it_is_listed() {
    let on_list = || [noticed().into(), listed().into()];
    past(on_list())
        .when(Command::StrikeTrainingBase(struck(TODAY)))
        .then([struck(TODAY).into()]);
    past([noticed().into()])
        .when(Command::StrikeTrainingBase(struck(TODAY)))
        .rejected(No::BaseUnknown);
    past(on_list())
        .when(Command::StrikeTrainingBase(struck(date(2026, 3, 9))))
        .rejected(No::DateBefore { earliest: LISTED });
    past(on_list().into_iter().chain([struck(TODAY).into()]))
        .when(Command::StrikeTrainingBase(struck(TODAY)))
        .rejected(No::BaseUnknown);
    // Off the list, it is noticed and listed anew.
    past(on_list().into_iter().chain([struck(TODAY).into()]))
        .when(Command::NoticeTrainingBase(TrainingBaseNoticed {
            from: TODAY,
            ..noticed()
        }))
        .then([TrainingBaseNoticed {
            from: TODAY,
            ..noticed()
        }
        .into()]);
}

#[test]
fn it_was_listed_throughout_or_it_was_not() {
    let of = |events: Vec<BodyEvent>| {
        let events: Vec<BodyEvent> = [registered().into()].into_iter().chain(events).collect();
        let state = BodyDecider::fold(&events);
        state.body().unwrap().training_base.clone()
    };
    let base = of(vec![
        noticed().into(),
        listed().into(),
        struck(TODAY).into(),
    ]);
    let last = TODAY.yesterday().unwrap();
    assert!(base.listed_throughout(LISTED, last) && base.listed_throughout(LISTED, LISTED));
    assert!(!base.listed_throughout(LISTED.yesterday().unwrap(), last));
    assert!(!base.listed_throughout(LISTED, TODAY));
    assert!(!base.listed_throughout(last, LISTED), "a time has an order");
    let ends = TrainingBaseListed {
        to: Some(last),
        ..listed()
    };
    let base = of(vec![noticed().into(), ends.into()]);
    assert!(base.listed_throughout(LISTED, last) && !base.listed_throughout(LISTED, TODAY));
    assert!(!of(vec![noticed().into()]).listed_throughout(LISTED, last));
}
