//! Suspension, reinstatement, withdrawal, scopes taken back, permits ended early, and keys declared
//! compromised: by two people.

use crate::domain::body::cross_region;
use crate::domain::body::event::{
    BodyEvent, BodyKeyCompromised, BodyReinstated, BodySuspended, BodyWithdrawn,
};
use crate::domain::body::keys::check_compromise;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::scope;
use crate::domain::body::state::{Body, BodyState, Standing, Suspension};
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::wording::check_text;
use jiff::civil::Date;

pub(super) fn decide_propose(
    body: &Body,
    proposing: &Proposing,
    act: &Act,
) -> Result<Vec<BodyEvent>, No> {
    body.proposals.check_new(proposing.proposal)?;
    check_act(body, act)?;
    let made = ProposalEvent::from(proposing.made(act.clone()));
    Ok(vec![BodyEvent::Proposal(made)])
}

pub(super) fn decide_approve(body: &Body, approval: &Approval) -> Result<Vec<BodyEvent>, No> {
    let act = body.proposals.check_approval(approval)?;
    // The body may have moved since the proposal: the act is judged anew.
    if let Some(on) = check_act(body, act)?
        && on > approval.now.date_in_china()
    {
        return Err(No::NotYet { on });
    }
    let mut events = vec![BodyEvent::Proposal(approval.approved().into())];
    match act {
        Act::TakeBackScope { .. } => events.extend(scope::taken_back(body, act)?),
        Act::EndCrossRegion { .. } => events.extend(cross_region::ended_early(body, act)?),
        _ => events.push(effect(act)?),
    }
    Ok(events)
}

impl BodyState {
    /// Whether a day lies outside every suspension that has ended: nothing is assessed or issued
    /// for a day on which the body was suspended, not even once it is reinstated.
    pub fn stood_on(&self, date: Date) -> Result<(), No> {
        self.body()?.stood_on(date)
    }
}

impl Body {
    /// Refuses a body that is suspended or withdrawn.
    pub(super) fn stands(&self) -> Result<(), No> {
        match self.standing {
            Standing::Good => Ok(()),
            Standing::Suspended { since } => Err(No::Suspended { since }),
            Standing::Withdrawn { since } => Err(No::Withdrawn { since }),
        }
    }

    pub(super) fn stood_on(&self, date: Date) -> Result<(), No> {
        let covers = |it: &&Suspension| it.since <= date && date < it.until;
        match self.suspensions.iter().find(covers) {
            Some(Suspension { since, until }) => Err(No::SuspendedThen {
                since: *since,
                until: *until,
            }),
            None => Ok(()),
        }
    }
}

/// The event an approved act about the whole body leads to.
fn effect(act: &Act) -> Result<BodyEvent, No> {
    Ok(match act {
        Act::SuspendBody { ground, basis, on } => BodySuspended {
            ground: ground.clone(),
            basis: basis.clone(),
            on: *on,
        }
        .into(),
        Act::ReinstateBody { ground, on } => BodyReinstated {
            ground: ground.clone(),
            on: *on,
        }
        .into(),
        Act::WithdrawBody { ground, basis, on } => BodyWithdrawn {
            ground: ground.clone(),
            basis: basis.clone(),
            on: *on,
        }
        .into(),
        Act::CompromiseKey {
            key_id,
            from_position,
            ground,
        } => BodyKeyCompromised {
            key_id: key_id.clone(),
            from_position: *from_position,
            ground: ground.clone(),
        }
        .into(),
        _ => return Err(ProposalRejection::WrongAct.into()),
    })
}

/// Whether the act fits the body as it stands; the act's civil date, if it has one.
fn check_act(body: &Body, act: &Act) -> Result<Option<Date>, No> {
    let withdrawn = match body.standing {
        Standing::Withdrawn { since } => Err(No::Withdrawn { since }),
        Standing::Good | Standing::Suspended { .. } => Ok(()),
    };
    match act {
        Act::SuspendBody { ground, basis, on } => {
            check_text("ground", ground)?;
            check_text("basis", basis)?;
            withdrawn?;
            match body.standing {
                Standing::Suspended { .. } => Err(No::AlreadySuspended),
                _ => Ok(Some(*on)),
            }
        }
        Act::ReinstateBody { ground, on } => {
            check_text("ground", ground)?;
            withdrawn?;
            match body.standing {
                Standing::Suspended { since } if *on < since => {
                    Err(No::DateBefore { earliest: since })
                }
                Standing::Suspended { .. } => Ok(Some(*on)),
                _ => Err(No::NotSuspended),
            }
        }
        Act::WithdrawBody { ground, basis, on } => {
            check_text("ground", ground)?;
            check_text("basis", basis)?;
            withdrawn?;
            Ok(Some(*on))
        }
        Act::TakeBackScope {
            ground, basis, on, ..
        } => {
            check_text("ground", ground)?;
            check_text("basis", basis)?;
            scope::taken_back(body, act)?;
            Ok(Some(*on))
        }
        Act::EndCrossRegion {
            ground, basis, on, ..
        } => {
            check_text("ground", ground)?;
            check_text("basis", basis)?;
            cross_region::ended_early(body, act)?;
            Ok(Some(*on))
        }
        Act::CompromiseKey {
            key_id,
            from_position,
            ground,
        } => {
            check_text("ground", ground)?;
            check_compromise(body, key_id, *from_position)?;
            Ok(None)
        }
        _ => Err(ProposalRejection::WrongAct.into()),
    }
}
