//! Cards (证卡): granted, renewed, suspended, reinstated, withdrawn.

use crate::domain::staff::event::{
    CardGranted, CardReinstated, CardRenewed, CardSuspended, CardWithdrawn, StaffEvent,
};
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::{Card, Staff};
use crate::domain::wording::check_text;
use std::collections::BTreeSet;

type Decided = Result<Vec<StaffEvent>, No>;

pub(super) fn decide_grant(staff: &Staff, granted: &CardGranted) -> Decided {
    if staff.card(granted.card).is_ok() {
        return Err(No::CardTaken);
    }
    if granted.sealed.is_empty() {
        return Err(No::NothingSealed);
    }
    check_text("basis", &granted.basis)?;
    if let Some(grade) = &granted.grade {
        check_text("grade", grade)?;
    }
    let occupations: BTreeSet<_> = granted.occupations.iter().collect();
    let missing = granted.role.needs_occupations() && occupations.is_empty();
    if missing || occupations.len() != granted.occupations.len() {
        return Err(No::OccupationsMissing);
    }
    let levels: BTreeSet<_> = granted.levels.iter().collect();
    let unfit = !granted.role.has_levels() && !levels.is_empty();
    if unfit || levels.len() != granted.levels.len() {
        return Err(No::LevelsUnfit);
    }
    let items: BTreeSet<_> = granted.items.iter().collect();
    let unfit = granted.role != StaffRole::SpecialSkillExaminer && !items.is_empty();
    if unfit || items.len() != granted.items.len() {
        return Err(No::ItemsUnfit);
    }
    if granted.to.is_some_and(|to| to < granted.from) {
        return Err(No::DatesDisagree);
    }
    Ok(vec![granted.clone().into()])
}

/// A renewal may begin after a gap: the days between are days without the card.
pub(super) fn decide_renew(staff: &Staff, renewed: &CardRenewed) -> Decided {
    check_text("basis", &renewed.basis)?;
    let card = standing(staff.card(renewed.card)?)?;
    if renewed.to < renewed.from {
        return Err(No::DatesDisagree);
    }
    let last = card.terms.last().copied();
    if let Some(last) = last {
        let to = last.to.ok_or(No::CardEndless)?;
        if renewed.from <= last.from || renewed.to <= to {
            return Err(No::RenewalShort { to });
        }
    }
    Ok(vec![renewed.clone().into()])
}

pub(super) fn decide_suspend(staff: &Staff, suspended: &CardSuspended) -> Decided {
    check_text("ground", &suspended.ground)?;
    check_text("basis", &suspended.basis)?;
    let card = standing(staff.card(suspended.card)?)?;
    if card.open_suspension().is_some() {
        return Err(No::CardAlreadySuspended);
    }
    let earlier = card.suspensions.iter().filter_map(|it| it.until).max();
    let earliest = earlier.unwrap_or(card.granted.from).max(card.granted.from);
    if suspended.on < earliest {
        return Err(No::DateBefore { earliest });
    }
    Ok(vec![suspended.clone().into()])
}

pub(super) fn decide_reinstate(staff: &Staff, reinstated: &CardReinstated) -> Decided {
    check_text("ground", &reinstated.ground)?;
    let card = standing(staff.card(reinstated.card)?)?;
    let suspension = card.open_suspension().ok_or(No::CardNotSuspended)?;
    if reinstated.on < suspension.from {
        return Err(No::DateBefore {
            earliest: suspension.from,
        });
    }
    Ok(vec![reinstated.clone().into()])
}

pub(super) fn decide_withdraw(staff: &Staff, withdrawn: &CardWithdrawn) -> Decided {
    check_text("ground", &withdrawn.ground)?;
    check_text("basis", &withdrawn.basis)?;
    let card = standing(staff.card(withdrawn.card)?)?;
    if withdrawn.on < card.granted.from {
        return Err(No::DateBefore {
            earliest: card.granted.from,
        });
    }
    Ok(vec![withdrawn.clone().into()])
}

/// A card that was not withdrawn: withdrawal is final.
fn standing(card: &Card) -> Result<&Card, No> {
    match card.withdrawn_on {
        Some(since) => Err(No::CardWithdrawn { since }),
        None => Ok(card),
    }
}
