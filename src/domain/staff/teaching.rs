//! Teachers: the training every so many years, and whether somebody may teach on a day.

use crate::domain::ids::CardId;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::staff::EndorsementRule;
use crate::domain::rules::years::full_years_on;
use crate::domain::staff::event::{StaffEndorsed, StaffEvent};
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::{Card, Staff, Validity};
use jiff::civil::Date;
use serde::Serialize;

/// Leave to teach, and until when the record as it stands carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Leave {
    /// By which card.
    pub card: CardId,
    /// The last day by the card's own term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_to: Option<Date>,
    /// The last day by the training every so many years, where a rule asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorsed_to: Option<Date>,
}

/// Whether this teacher may teach the occupation on a day (能否授课).
///
/// A card good on that day and naming the occupation; and, where `rule` asks for it, the last
/// training that counts no longer ago than its years, the anniversary included.
pub fn may_teach(
    staff: &Staff,
    occupation: OccupationCode,
    on: Date,
    rule: Option<&EndorsementRule>,
) -> Result<Leave, No> {
    leave(staff, Some(occupation), on, rule)
}

/// Whether this teacher may teach on every day of a class (班期), both days included; a class of
/// no occupation asks for a teacher's card of any.
pub fn may_teach_class(
    staff: &Staff,
    occupation: Option<OccupationCode>,
    (from, to): (Date, Date),
    rule_on: impl Fn(Date) -> Option<EndorsementRule>,
) -> Result<(), No> {
    let mut day = from;
    for _ in 0..CLASS_DAYS_MAX {
        if day > to {
            return Ok(());
        }
        leave(staff, occupation, day, rule_on(day).as_ref())?;
        let Ok(next) = day.tomorrow() else {
            return Ok(());
        };
        day = next;
    }
    Err(No::ClassTooLong {
        most: CLASS_DAYS_MAX,
    })
}

/// Most days of a class whose teachers are named.
const CLASS_DAYS_MAX: u32 = 3_660;

fn leave(
    staff: &Staff,
    occupation: Option<OccupationCode>,
    on: Date,
    rule: Option<&EndorsementRule>,
) -> Result<Leave, No> {
    let mut refused = No::NoCard;
    let teachers = |card: &&Card| card.granted.role == StaffRole::Teacher;
    for card in staff.cards.iter().filter(teachers) {
        match may_teach_by(staff, card, occupation, on, rule) {
            Ok(leave) => return Ok(leave),
            Err(no) => refused = no,
        }
    }
    Err(refused)
}

fn may_teach_by(
    staff: &Staff,
    card: &Card,
    occupation: Option<OccupationCode>,
    on: Date,
    rule: Option<&EndorsementRule>,
) -> Result<Leave, No> {
    if let Some(occupation) = occupation.filter(|it| !card.names(*it)) {
        return Err(No::OccupationOutsideCard { occupation });
    }
    let validity = card.validity_on(on);
    validity.demand()?;
    let card_to = match validity {
        Validity::Good { to } => to,
        _ => None,
    };
    let endorsed_to = rule.map(|rule| last_day(staff, card, on, rule));
    if let Some(last_day) = endorsed_to.filter(|last| *last < on) {
        return Err(No::EndorsementLapsed { last_day });
    }
    Ok(Leave {
        card: card.granted.card,
        card_to,
        endorsed_to,
    })
}

/// The last day he may teach by what was known on `on`. The first period runs from the card's
/// grant, or from the day the rule began where the card is older; each later one from the day the
/// base signed a training that counts.
fn last_day(staff: &Staff, card: &Card, on: Date, rule: &EndorsementRule) -> Date {
    let counts = |it: &&StaffEndorsed| {
        it.card == card.granted.card && it.passed && it.hours >= rule.hours && it.on <= on
    };
    let marked = staff.endorsements.iter().filter(counts).map(|it| it.on);
    let first = card.granted.from.max(rule.effective_from);
    let since = marked.max().map_or(first, |on| on.max(first));
    full_years_on(since, rule.every_years)
}

/// A mark on a teacher's card: a training that is over, at a base that was listed throughout.
/// One that was failed or was too short is marked too; it just does not count.
pub(super) fn decide_endorse(
    staff: &Staff,
    endorsed: &StaffEndorsed,
    base_listed: bool,
) -> Result<Vec<StaffEvent>, No> {
    let card = staff.card(endorsed.card)?;
    if card.granted.role != StaffRole::Teacher {
        return Err(No::NotATeachersCard);
    }
    if let Some(since) = card.withdrawn_on {
        return Err(No::CardWithdrawn { since });
    }
    if endorsed.hours == 0 {
        return Err(No::NoHours);
    }
    if endorsed.to < endorsed.from {
        return Err(No::DatesDisagree);
    }
    let earliest = endorsed.to.max(card.granted.from);
    if endorsed.on < earliest {
        return Err(No::DateBefore { earliest });
    }
    if !base_listed {
        return Err(No::BaseNotListed);
    }
    let same = |it: &StaffEndorsed| {
        it.card == endorsed.card && it.base == endorsed.base && it.from == endorsed.from
    };
    if staff.endorsements.iter().any(same) {
        return Err(No::EndorsedTwice);
    }
    Ok(vec![endorsed.clone().into()])
}
