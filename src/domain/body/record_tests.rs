//! Stars, credit, selection, and reviews of certificates.

use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::BodyState;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::ReviewId;
use crate::domain::rules::bodies::{self, BodyPolicy, CreditClass, CreditMark};
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};
use uuid::Uuid;

fn past(events: impl IntoIterator<Item = BodyEvent>) -> Given<BodyDecider> {
    given::<BodyDecider>([registered().into()].into_iter().chain(events))
}
fn fold(events: impl IntoIterator<Item = BodyEvent>) -> BodyState {
    let all: Vec<BodyEvent> = [registered().into()].into_iter().chain(events).collect();
    BodyDecider::fold(&all)
}
fn stars(stars: u8, from: Date, to: Date) -> StarGraded {
    StarGraded {
        stars,
        from,
        to,
        basis: "苏人社评〔2026〕4号".into(),
    }
}
fn credit(credit: CreditMark, from: Date, to: Date) -> CreditRecorded {
    CreditRecorded {
        credit,
        ground: "年度信用评价".into(),
        basis: "苏人社信〔2026〕6号".into(),
        from,
        to,
    }
}
fn year(year: i16) -> (Date, Date) {
    (date(year, 1, 1), date(year, 12, 31))
}
fn withdrawn() -> BodyEvent {
    BodyWithdrawn {
        ground: "虚假评价".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: TODAY,
    }
    .into()
}
fn policy(credit_minimum: Option<CreditMark>) -> BodyPolicy {
    BodyPolicy {
        credit_minimum,
        ..bodies::built_in()
    }
}

#[test]
fn stars_hold_for_their_days_and_the_last_grading_counts() {
    let (from, to) = year(2026);
    let grade = |graded| BodyCommand::GradeStars(graded);
    past([])
        .when(grade(stars(5, from, to)))
        .then([stars(5, from, to).into()]);
    for unknown in [0, 6] {
        past([])
            .when(grade(stars(unknown, from, to)))
            .rejected(No::StarsUnknown { most: 5 });
    }
    past([])
        .when(grade(stars(3, to, from)))
        .rejected(No::DatesDisagree);
    past([withdrawn()])
        .when(grade(stars(3, from, to)))
        .rejected(No::Withdrawn { since: TODAY });
    let fallen = stars(2, date(2026, 7, 1), date(2026, 7, 31));
    let state = fold([stars(4, from, to).into(), fallen.into()]);
    assert_eq!(state.stars_on(date(2025, 12, 31)), None);
    assert_eq!(state.stars_on(from), Some(4));
    assert_eq!(state.stars_on(date(2026, 7, 1)), Some(2));
    assert_eq!(state.stars_on(date(2026, 7, 31)), Some(2));
    assert_eq!(state.stars_on(date(2026, 8, 1)), Some(4));
    assert_eq!(state.stars_on(to), Some(4));
    assert_eq!(state.stars_on(date(2027, 1, 1)), None);
    assert_eq!(BodyState::Absent.stars_on(from), None);
}

#[test]
fn credit_holds_for_its_days_and_the_last_record_counts() {
    let (from, to) = year(2026);
    let record = |recorded| BodyCommand::RecordCredit(recorded);
    let good = || credit(CreditMark::Score(1_000), from, to);
    past([]).when(record(good())).then([good().into()]);
    past([])
        .when(record(credit(CreditMark::Score(1_001), from, to)))
        .rejected(No::CreditOutOfRange);
    past([])
        .when(record(credit(CreditMark::Class(CreditClass::D), to, from)))
        .rejected(No::DatesDisagree);
    past([withdrawn()])
        .when(record(good()))
        .rejected(No::Withdrawn { since: TODAY });
    let groundless = CreditRecorded {
        ground: String::new(),
        ..good()
    };
    past([])
        .when(record(groundless))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
    let low = credit(CreditMark::Score(500), date(2026, 7, 1), to);
    let state = fold([good().into(), low.into()]);
    assert_eq!(
        state.credit_on(date(2026, 6, 30)),
        Some(CreditMark::Score(1_000))
    );
    assert_eq!(
        state.credit_on(date(2026, 7, 1)),
        Some(CreditMark::Score(500))
    );
    assert_eq!(state.credit_on(date(2027, 1, 1)), None);
    let least = policy(Some(CreditMark::Score(600)));
    assert_eq!(state.credit_suffices(&least, date(2026, 6, 30)), Ok(()));
    assert_eq!(
        state.credit_suffices(&least, date(2026, 7, 1)),
        Err(No::CreditTooLow)
    );
    let next = date(2027, 1, 1);
    assert_eq!(
        state.credit_suffices(&least, next),
        Err(No::CreditUnknown { date: next })
    );
    assert_eq!(state.credit_suffices(&policy(None), next), Ok(()));
}

fn selected(subsidised: bool) -> BodySelected {
    BodySelected {
        task: "2026年养老护理员补贴性评价".into(),
        subsidised,
        method: SelectionMethod::ExpertReview,
        conditions: vec!["近三年无违规".into(), "专职考评员不少于10人".into()],
        basis: "苏人社选〔2026〕8号".into(),
        on: TODAY,
        stars: None,
        credit: None,
    }
}

#[test]
fn a_selection_writes_down_the_stars_and_the_credit_of_the_day() {
    let (from, to) = year(2026);
    let select = |selected, policy| BodyCommand::Select { selected, policy };
    let told = BodySelected {
        stars: Some(1),
        credit: Some(CreditMark::Score(1_000)),
        ..selected(false)
    };
    past([])
        .when(select(told, policy(None)))
        .then([selected(false).into()]);
    let graded = || {
        [
            stars(4, from, to).into(),
            credit(CreditMark::Class(CreditClass::B), from, to).into(),
        ]
    };
    let with = |subsidised| BodySelected {
        stars: Some(4),
        credit: Some(CreditMark::Class(CreditClass::B)),
        ..selected(subsidised)
    };
    let at_least = |class| policy(Some(CreditMark::Class(class)));
    past(graded())
        .when(select(selected(true), at_least(CreditClass::B)))
        .then([with(true).into()]);
    past(graded())
        .when(select(selected(true), at_least(CreditClass::A)))
        .rejected(No::CreditTooLow);
    past(graded())
        .when(select(selected(false), at_least(CreditClass::A)))
        .then([with(false).into()]);
    past([])
        .when(select(selected(true), at_least(CreditClass::D)))
        .rejected(No::CreditUnknown { date: TODAY });
}

#[test]
fn a_selection_names_the_conditions_met_of_a_body_that_stands() {
    let select = |selected| BodyCommand::Select {
        selected,
        policy: policy(None),
    };
    for conditions in [vec![], vec!["近三年无违规".to_owned(); 2]] {
        let without = BodySelected {
            conditions,
            ..selected(false)
        };
        past([])
            .when(select(without))
            .rejected(No::ConditionsMissing);
    }
    let many = BodySelected {
        conditions: (0..51).map(|n| format!("条件{n}")).collect(),
        ..selected(false)
    };
    past([]).when(select(many)).rejected(No::ConditionsMissing);
    past([withdrawn()])
        .when(select(selected(false)))
        .rejected(No::Withdrawn { since: TODAY });
    let suspended = BodySuspended {
        ground: "管理混乱".into(),
        basis: "某文".into(),
        on: TODAY,
    };
    past([suspended.into()])
        .when(select(selected(false)))
        .rejected(No::Suspended { since: TODAY });
}

fn review() -> ReviewId {
    ReviewId(Uuid::from_u128(0xe1))
}
fn ordered() -> ReviewOrdered {
    ReviewOrdered {
        review: review(),
        of: ReviewOf::Sessions {
            sessions: vec![session_id()],
        },
        certificates: 128,
        as_of_position: 4_711,
        ground: "虚假评价".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: TODAY,
    }
}
fn closed(kept: u32, ended: u32) -> ReviewClosed {
    ReviewClosed {
        review: review(),
        kept,
        ended,
        conclusion: "撤销 8 本，其余有效".into(),
        on: date(2026, 9, 20),
    }
}

#[test]
fn certificates_are_reviewed_even_of_a_body_that_lost_its_qualification() {
    let order = |ordered| BodyCommand::OrderReview(ordered);
    past([]).when(order(ordered())).then([ordered().into()]);
    past([withdrawn()])
        .when(order(ordered()))
        .then([ordered().into()]);
    past([ordered().into()])
        .when(order(ordered()))
        .rejected(No::ReviewTaken);
    let of = |of, certificates| ReviewOrdered {
        of,
        certificates,
        ..ordered()
    };
    for sessions in [vec![], vec![session_id(); 2]] {
        past([])
            .when(order(of(ReviewOf::Sessions { sessions }, 1)))
            .rejected(No::ReviewOfNothing);
    }
    let (from, to) = year(2026);
    past([])
        .when(order(of(ReviewOf::Issued { from, to }, 0)))
        .rejected(No::ReviewOfNothing);
    past([])
        .when(order(of(ReviewOf::Issued { from: to, to: from }, 1)))
        .rejected(No::DatesDisagree);
    let one_day = of(ReviewOf::Issued { from, to: from }, 1);
    past([]).when(order(one_day.clone())).then([one_day.into()]);
}

#[test]
fn a_review_closes_once_when_every_certificate_is_accounted_for() {
    let close = |closed| BodyCommand::CloseReview(closed);
    past([ordered().into()])
        .when(close(closed(120, 8)))
        .then([closed(120, 8).into()]);
    past([])
        .when(close(closed(120, 8)))
        .rejected(No::ReviewUnknown);
    past([ordered().into(), closed(120, 8).into()])
        .when(close(closed(120, 8)))
        .rejected(No::ReviewUnknown);
    for (kept, ended) in [(120, 7), (120, 9), (u32::MAX, 129)] {
        past([ordered().into()])
            .when(close(closed(kept, ended)))
            .rejected(No::ReviewCountsDisagree { certificates: 128 });
    }
    let early = ReviewClosed {
        on: date(2026, 7, 19),
        ..closed(120, 8)
    };
    past([ordered().into()])
        .when(close(early))
        .rejected(No::DateBefore { earliest: TODAY });
}
