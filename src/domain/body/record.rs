//! Stars, credit and selection of a body (星级、信用、遴选): recorded with dates, answered by the day.

use crate::domain::body::event::{BodyEvent, BodySelected, CreditRecorded, StarGraded};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{Body, BodyState, Standing};
use crate::domain::rules::bodies::{BodyPolicy, CREDIT_SCORE_MAX, CreditMark};
use crate::domain::wording::check_text;
use jiff::civil::Date;
use std::collections::BTreeSet;

type Decided = Result<Vec<BodyEvent>, No>;

/// Most stars.
pub const STARS_MAX: u8 = 5;

/// Most conditions of one selection.
const CONDITIONS_MAX: usize = 50;

/// What is recorded of a body's stars and credit, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Stars.
    pub stars: Vec<StarGraded>,
    /// Credit.
    pub credits: Vec<CreditRecorded>,
}

impl BodyState {
    /// The body's stars on a day: of the gradings that hold that day, the one recorded last.
    pub fn stars_on(&self, on: Date) -> Option<u8> {
        self.body().ok()?.record.stars_on(on)
    }

    /// The body's credit on a day: of the records that hold that day, the one recorded last.
    pub fn credit_on(&self, on: Date) -> Option<CreditMark> {
        self.body().ok()?.record.credit_on(on)
    }

    /// Whether its credit lets the body take on new subsidised work that day
    /// (江苏 行动方案 四: low credit takes no subsidised task). Where policy names no least credit,
    /// every body may.
    pub fn credit_suffices(&self, policy: &BodyPolicy, on: Date) -> Result<(), No> {
        let Some(least) = policy.credit_minimum else {
            return Ok(());
        };
        match self.credit_on(on) {
            Some(credit) if credit.reaches(least) => Ok(()),
            Some(_) => Err(No::CreditTooLow),
            None => Err(No::CreditUnknown { date: on }),
        }
    }
}

impl Record {
    fn stars_on(&self, on: Date) -> Option<u8> {
        let holds = |it: &&StarGraded| it.from <= on && on <= it.to;
        self.stars.iter().rev().find(holds).map(|it| it.stars)
    }

    fn credit_on(&self, on: Date) -> Option<CreditMark> {
        let holds = |it: &&CreditRecorded| it.from <= on && on <= it.to;
        self.credits.iter().rev().find(holds).map(|it| it.credit)
    }
}

pub(super) fn decide_stars(body: &Body, graded: &StarGraded) -> Decided {
    not_withdrawn(body)?;
    check_text("basis", &graded.basis)?;
    if !(1..=STARS_MAX).contains(&graded.stars) {
        return Err(No::StarsUnknown { most: STARS_MAX });
    }
    in_order(graded.from, graded.to)?;
    Ok(vec![graded.clone().into()])
}

pub(super) fn decide_credit(body: &Body, recorded: &CreditRecorded) -> Decided {
    not_withdrawn(body)?;
    check_text("ground", &recorded.ground)?;
    check_text("basis", &recorded.basis)?;
    if let CreditMark::Score(score) = recorded.credit
        && score > CREDIT_SCORE_MAX
    {
        return Err(No::CreditOutOfRange);
    }
    in_order(recorded.from, recorded.to)?;
    Ok(vec![recorded.clone().into()])
}

/// The stars and the credit of the day are written down with the selection, whatever was asked.
pub(super) fn decide_selection(
    body: &Body,
    selected: &BodySelected,
    policy: &BodyPolicy,
) -> Decided {
    body.stands()?;
    check_text("task", &selected.task)?;
    check_text("basis", &selected.basis)?;
    for condition in &selected.conditions {
        check_text("condition", condition)?;
    }
    let once = selected.conditions.iter().collect::<BTreeSet<_>>().len();
    if once == 0 || once != selected.conditions.len() || once > CONDITIONS_MAX {
        return Err(No::ConditionsMissing);
    }
    let credit = body.record.credit_on(selected.on);
    if selected.subsidised
        && let Some(least) = policy.credit_minimum
    {
        match credit {
            Some(credit) if credit.reaches(least) => {}
            Some(_) => return Err(No::CreditTooLow),
            None => return Err(No::CreditUnknown { date: selected.on }),
        }
    }
    Ok(vec![
        BodySelected {
            stars: body.record.stars_on(selected.on),
            credit,
            ..selected.clone()
        }
        .into(),
    ])
}

fn not_withdrawn(body: &Body) -> Result<(), No> {
    match body.standing {
        Standing::Withdrawn { since } => Err(No::Withdrawn { since }),
        Standing::Good | Standing::Suspended { .. } => Ok(()),
    }
}

fn in_order(from: Date, to: Date) -> Result<(), No> {
    if to < from {
        Err(No::DatesDisagree)
    } else {
        Ok(())
    }
}
