//! The decisions of a member of staff's stream.

use crate::domain::decider::Decider;
use crate::domain::ids::CardId;
use crate::domain::staff::command::StaffCommand;
use crate::domain::staff::event::{RelationDeclared, StaffEngaged, StaffEvent, StaffLeft};
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::state::{Card, Engagement, Staff, StaffState, Suspension, Term};
use crate::domain::staff::{cards, teaching};
use crate::domain::wording::check_text;
use std::collections::BTreeSet;

/// Decides for one member of staff.
#[derive(Debug)]
pub struct StaffDecider;

impl Decider for StaffDecider {
    type State = StaffState;
    type Command = StaffCommand;
    type Event = StaffEvent;
    type Decision = StaffEvent;
    type Rejection = No;

    fn initial() -> StaffState {
        StaffState::Absent
    }

    fn evolve(state: StaffState, event: &StaffEvent) -> StaffState {
        let mut staff = match (state, event) {
            (StaffState::Absent, StaffEvent::Enrolled(_)) => Box::default(),
            (StaffState::Absent, _) => return StaffState::Absent,
            (StaffState::Enrolled(staff), _) => staff,
        };
        happened(&mut staff, event);
        StaffState::Enrolled(staff)
    }

    fn decide(state: &StaffState, command: &StaffCommand) -> Result<Vec<StaffEvent>, No> {
        use StaffCommand as C;
        if let C::Enrol(enrolled) = command {
            let StaffState::Absent = state else {
                return Err(No::AlreadyEnrolled);
            };
            if enrolled.sealed.is_empty() {
                return Err(No::NothingSealed);
            }
            return Ok(vec![enrolled.clone().into()]);
        }
        let staff = state.staff()?;
        match command {
            C::Enrol(_) => Err(No::AlreadyEnrolled),
            C::GrantCard(granted) => cards::decide_grant(staff, granted),
            C::RenewCard(renewed) => cards::decide_renew(staff, renewed),
            C::SuspendCard(suspended) => cards::decide_suspend(staff, suspended),
            C::ReinstateCard(reinstated) => cards::decide_reinstate(staff, reinstated),
            C::WithdrawCard(withdrawn) => cards::decide_withdraw(staff, withdrawn),
            C::Endorse {
                endorsed,
                base_listed,
            } => teaching::decide_endorse(staff, endorsed, *base_listed),
            C::DeclareRelation { declared, of } => {
                if declared.with == *of {
                    return Err(No::RelationToSelf);
                }
                decide_relation(staff, declared)
            }
            C::StrikeRelation(struck) => {
                check_text("ground", &struck.ground)?;
                if !staff.relations.contains_key(&struck.with) {
                    return Err(No::RelationUnknown);
                }
                Ok(vec![struck.clone().into()])
            }
            C::Engage(engaged) => decide_engage(staff, engaged),
            C::Leave(left) => decide_leave(staff, left),
        }
    }
}

fn happened(staff: &mut Staff, event: &StaffEvent) {
    use StaffEvent as E;
    match event {
        E::Enrolled(_) => {}
        E::CardGranted(granted) => staff.cards.push(Card::new(granted.clone())),
        E::CardRenewed(renewed) => {
            if let Some(card) = card_mut(staff, renewed.card) {
                card.terms.push(Term {
                    from: renewed.from,
                    to: Some(renewed.to),
                });
            }
        }
        E::CardSuspended(suspended) => {
            if let Some(card) = card_mut(staff, suspended.card) {
                card.suspensions.push(Suspension {
                    from: suspended.on,
                    until: None,
                });
            }
        }
        E::CardReinstated(reinstated) => {
            if let Some(last) =
                card_mut(staff, reinstated.card).and_then(|card| card.suspensions.last_mut())
            {
                last.until = Some(reinstated.on);
            }
        }
        E::CardWithdrawn(withdrawn) => {
            if let Some(card) = card_mut(staff, withdrawn.card) {
                card.withdrawn_on = Some(withdrawn.on);
            }
        }
        E::Endorsed(endorsed) => staff.endorsements.push(endorsed.clone()),
        E::RelationDeclared(declared) => {
            staff.relations.insert(declared.with, declared.kind);
        }
        E::RelationStruck(struck) => {
            staff.relations.remove(&struck.with);
        }
        E::Engaged(engaged) => staff.engagements.push(Engagement {
            body: engaged.body,
            occupations: engaged.occupations.clone(),
            from: engaged.from,
            left_on: None,
        }),
        E::Left(left) => {
            let open = |it: &&mut Engagement| it.body == left.body && it.left_on.is_none();
            if let Some(engagement) = staff.engagements.iter_mut().find(open) {
                engagement.left_on = Some(left.on);
            }
        }
    }
}

fn card_mut(staff: &mut Staff, card: CardId) -> Option<&mut Card> {
    staff.cards.iter_mut().find(|it| it.granted.card == card)
}

fn decide_relation(staff: &Staff, declared: &RelationDeclared) -> Result<Vec<StaffEvent>, No> {
    if staff.relations.contains_key(&declared.with) {
        return Err(No::RelationTwice);
    }
    Ok(vec![declared.clone().into()])
}

fn decide_engage(staff: &Staff, engaged: &StaffEngaged) -> Result<Vec<StaffEvent>, No> {
    let distinct: BTreeSet<_> = engaged.occupations.iter().collect();
    if distinct.is_empty() || distinct.len() != engaged.occupations.len() {
        return Err(No::OccupationsMissing);
    }
    let mut of_body = staff
        .engagements
        .iter()
        .filter(|it| it.body == engaged.body);
    if of_body.clone().any(|it| it.left_on.is_none()) {
        return Err(No::EngagedTwice);
    }
    let left = of_body.by_ref().filter_map(|it| it.left_on).max();
    if let Some(earliest) = left.filter(|left| engaged.from < *left) {
        return Err(No::DateBefore { earliest });
    }
    Ok(vec![engaged.clone().into()])
}

fn decide_leave(staff: &Staff, left: &StaffLeft) -> Result<Vec<StaffEvent>, No> {
    let open = |it: &&Engagement| it.body == left.body && it.left_on.is_none();
    let engagement = staff.engagements.iter().find(open).ok_or(No::NotEngaged)?;
    if left.on < engagement.from {
        return Err(No::DateBefore {
            earliest: engagement.from,
        });
    }
    Ok(vec![left.clone().into()])
}
