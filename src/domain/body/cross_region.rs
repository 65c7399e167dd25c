//! Work in another province (跨区域协作): by a permit of both sides, which also says whose rules and
//! whose number prefix apply there.

use crate::domain::body::event::{
    BodyEvent, BodyKind, CrossRegionEnded, CrossRegionPermitted, ScopeEnded, ScopeGranted, Side,
};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::serials;
use crate::domain::body::state::{Body, BodyState, EXPIRED, Scope, Standing, day_after};
use crate::domain::number::{NumberCode, NumberGrammar};
use crate::domain::proposal::{Act, ProposalRejection};
use crate::domain::region::RegionCode;
use crate::domain::wording::check_text;
use jiff::civil::Date;

type Decided = Result<Vec<BodyEvent>, No>;

/// Whose rules and numbers apply to what a body does in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicable {
    /// The province whose rules of assessment apply.
    pub rules_of: RegionCode,
    /// The codes its certificate numbers are built from there, if they are assigned.
    pub number_code: Option<NumberCode>,
}

/// A permit, and the first day without it if it ended by an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    /// As permitted.
    pub permitted: CrossRegionPermitted,
    /// The first day without it.
    pub ended_on: Option<Date>,
}

impl BodyState {
    /// Whose rules and whose number prefix apply to an assessment in `region`: the body's own
    /// province's at home, what the permit says elsewhere. Refused where it has no permit.
    pub fn applicable_in(&self, region: RegionCode) -> Result<Applicable, No> {
        let body = self.body()?;
        if body.is_home(region) {
            return Ok(Applicable {
                rules_of: body.registered.region.province(),
                number_code: body.number_code.clone(),
            });
        }
        let permit = body
            .permit_for(region)
            .ok_or(No::PermitMissing { region })?;
        let of = |side| match side {
            Side::Home => body.registered.region.province(),
            Side::Host => permit.host.province(),
        };
        Ok(Applicable {
            rules_of: of(permit.rules),
            number_code: body.number_code_in(region).cloned(),
        })
    }

    /// The permits whose last day is before `on` and that have not ended yet: each is ended, in
    /// order, before anything else of that body (invariant 13).
    pub fn expired_permits(&self, on: Date) -> Vec<CrossRegionEnded> {
        let Self::Registered(body) = self else {
            return Vec::new();
        };
        let over = body.standing_permits().filter(|permit| permit.to < on);
        over.map(|permit| CrossRegionEnded {
            host: permit.host,
            on: day_after(permit.to),
            reason: EXPIRED.to_owned(),
        })
        .collect()
    }
}

impl Body {
    /// Whether the region lies in the province the body is filed in.
    pub fn is_home(&self, region: RegionCode) -> bool {
        self.registered.region.province().covers(region)
    }

    /// The permits that have not ended.
    pub(super) fn standing_permits(&self) -> impl Iterator<Item = &CrossRegionPermitted> {
        let standing = self.permits.iter().filter(|it| it.ended_on.is_none());
        standing.map(|it| &it.permitted)
    }

    /// The permit that stands for a region.
    pub fn permit_for(&self, region: RegionCode) -> Option<&CrossRegionPermitted> {
        self.standing_permits().find(|it| it.host.covers(region))
    }

    /// The codes of certificate numbers for what was assessed in `region`: the host's where its
    /// permit says so, the last one if it has ended since; else the body's own.
    pub fn number_code_in(&self, region: RegionCode) -> Option<&NumberCode> {
        let covers = |it: &&Permit| it.permitted.host.covers(region);
        match self
            .permits
            .iter()
            .rev()
            .find(covers)
            .map(|it| &it.permitted)
        {
            Some(permit) if permit.number_rule == Side::Host => permit.number_code.as_ref(),
            Some(_) | None => self.number_code.as_ref(),
        }
    }

    /// Whether this scope may be granted as far as regions go: all at home, or all under one
    /// permit that stands for all its days.
    pub(super) fn check_regions(&self, granted: &ScopeGranted) -> Result<(), No> {
        let Some(first) = granted.regions.iter().find(|it| !self.is_home(**it)) else {
            return Ok(());
        };
        if granted.regions.iter().any(|it| self.is_home(*it)) {
            return Err(No::ScopeAcross);
        }
        let permit = self
            .permit_for(*first)
            .ok_or(No::PermitMissing { region: *first })?;
        if let Some(outside) = granted.regions.iter().find(|it| !permit.host.covers(**it)) {
            return Err(match self.permit_for(*outside) {
                Some(_) => No::ScopeAcross,
                None => No::PermitMissing { region: *outside },
            });
        }
        if granted.from < permit.from || permit.to < granted.to {
            return Err(No::PermitTooShort {
                from: permit.from,
                to: permit.to,
            });
        }
        Ok(())
    }
}

pub(super) fn decide_permit(
    body: &Body,
    permitted: &CrossRegionPermitted,
    grammar: &NumberGrammar,
) -> Decided {
    if let Standing::Withdrawn { since } = body.standing {
        return Err(No::Withdrawn { since });
    }
    if body.registered.kind == BodyKind::TrainingProvider {
        return Err(No::AssessesNobody);
    }
    check_text("basis", &permitted.basis)?;
    if body.is_home(permitted.host) {
        return Err(No::PermitAtHome);
    }
    if permitted.to < permitted.from {
        return Err(No::DatesDisagree);
    }
    let overlaps = |it: &CrossRegionPermitted| {
        it.host.covers(permitted.host) || permitted.host.covers(it.host)
    };
    if body.standing_permits().any(overlaps) {
        return Err(No::PermitTaken);
    }
    match (permitted.number_rule, &permitted.number_code) {
        (Side::Home, None) => {}
        (Side::Host, Some(code)) => {
            let province = permitted.host.to_string();
            if grammar.check_code(code).is_err() || !province.starts_with(&code.province) {
                return Err(No::HostNumberCodeUnfit);
            }
            serials::check_letter(body, code)?;
        }
        (Side::Home, Some(_)) | (Side::Host, None) => return Err(No::HostNumberCodeUnfit),
    }
    Ok(vec![permitted.clone().into()])
}

/// A permit that has run out is ended by the ledger; early, two people end it.
pub(super) fn decide_end_permit(body: &Body, ended: &CrossRegionEnded) -> Decided {
    let events = ends(body, ended)?;
    match body.standing_permits().find(|it| it.host == ended.host) {
        Some(permit) if ended.on <= permit.to => Err(No::DateBefore {
            earliest: day_after(permit.to),
        }),
        Some(_) | None => Ok(events),
    }
}

/// The events of a permit ended early by two people.
pub(super) fn ended_early(body: &Body, act: &Act) -> Decided {
    let Act::EndCrossRegion {
        host, ground, on, ..
    } = act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    let ended = CrossRegionEnded {
        host: *host,
        on: *on,
        reason: ground.clone(),
    };
    ends(body, &ended)
}

/// The scopes that rest on the permit end first, in the same append.
fn ends(body: &Body, ended: &CrossRegionEnded) -> Decided {
    check_text("reason", &ended.reason)?;
    let permit = body
        .standing_permits()
        .find(|it| it.host == ended.host)
        .ok_or(No::PermitUnknown)?;
    if ended.on < permit.from {
        return Err(No::DateBefore {
            earliest: permit.from,
        });
    }
    let rests = |scope: &&Scope| {
        let mut regions = scope.granted.regions.iter();
        scope.ended_on.is_none() && regions.any(|it| permit.host.covers(*it))
    };
    let mut events: Vec<BodyEvent> = body
        .scopes
        .values()
        .filter(rests)
        .map(|scope| {
            ScopeEnded {
                grant: scope.granted.grant,
                on: ended.on,
                reason: ended.reason.clone(),
            }
            .into()
        })
        .collect();
    events.push(ended.clone().into());
    Ok(events)
}

pub(super) fn permitted(body: &mut Body, permitted: &CrossRegionPermitted) {
    body.permits.push(Permit {
        permitted: permitted.clone(),
        ended_on: None,
    });
}

pub(super) fn ended(body: &mut Body, ended: &CrossRegionEnded) {
    let mut permits = body.permits.iter_mut();
    let standing = permits.find(|it| it.permitted.host == ended.host && it.ended_on.is_none());
    if let Some(permit) = standing {
        permit.ended_on = Some(ended.on);
    }
}
