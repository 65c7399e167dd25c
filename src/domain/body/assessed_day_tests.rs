//! What was assessed counts by what the body was on that day.

use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::ScopeEnded;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::BodyState;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::session::event::SessionOpened;
use jiff::civil::{Date, date};

fn counts(body: &BodyState, opened: &SessionOpened) -> Result<(), No> {
    body.may_have_assessed(&opened.assessed, opened.region, opened.assessed_on)
}
fn ended(on: Date) -> BodyState {
    let ended = ScopeEnded {
        grant: grant(),
        on,
        reason: "取消备案范围".into(),
    };
    BodyDecider::fold(&[body_past(), vec![ended.into()]].concat())
}

#[test]
fn a_scope_that_ended_after_the_assessment_takes_nothing_from_it() {
    let body = ended(ASSESSED.tomorrow().unwrap());
    assert_eq!(counts(&body, &opened()), Ok(()));
    let held = opened();
    assert_eq!(
        body.may_assess(&held.assessed, held.region, held.assessed_on),
        Err(No::ScopeExpired {
            on: ASSESSED.tomorrow().unwrap()
        })
    );
}

#[test]
fn nothing_counts_that_was_assessed_once_the_scope_had_ended_or_before_it_began() {
    let body = ended(ASSESSED);
    assert_eq!(
        counts(&body, &opened()),
        Err(No::ScopeExpired { on: ASSESSED })
    );
    let early = SessionOpened {
        assessed_on: date(2025, 12, 31),
        ..opened()
    };
    assert_eq!(
        counts(&BodyDecider::fold(&body_past()), &early),
        Err(No::ScopeNotBegun {
            from: date(2026, 1, 1)
        })
    );
}
