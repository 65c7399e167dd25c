//! What a competition has come to.

use crate::domain::competition::event::{
    CompetitionClosed, CompetitionRegistered, PlaceEntered, PlaceWithdrawn, PlacesNoticed,
};
use crate::domain::ids::WorkerId;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::Proposals;
use crate::domain::rules::routes::promotion::Placing;
use std::collections::BTreeMap;

/// Most places of one competition.
pub const PLACES_MAX: usize = 10_000;

/// One contestant in one occupation.
pub type PlaceKey = (WorkerId, OccupationCode);

/// What was registered and what is known of its contestants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meet {
    /// As registered.
    pub registered: CompetitionRegistered,
    /// One place a contestant and occupation, in the order of their ids.
    pub places: BTreeMap<PlaceKey, PlaceEntered>,
    /// Proposals to confirm them, or to withdraw one.
    pub proposals: Proposals,
}

/// The life of a competition (职业技能竞赛).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CompetitionState {
    /// No such competition.
    #[default]
    Absent,
    /// Places come in.
    Open(Meet),
    /// A second person confirmed the places.
    Confirmed(Meet),
    /// The public notice runs (公示).
    InNotice {
        /// Its contestants.
        meet: Meet,
        /// The notice.
        notice: PlacesNoticed,
    },
    /// Closed; its places count.
    Closed {
        /// Its contestants.
        meet: Meet,
        /// The close.
        closed: CompetitionClosed,
        /// Places withdrawn since.
        withdrawn: BTreeMap<PlaceKey, PlaceWithdrawn>,
    },
}

impl CompetitionState {
    /// What was registered, whatever has come of it; `None` if nothing was.
    pub fn meet(&self) -> Option<&Meet> {
        match self {
            Self::Absent => None,
            Self::Open(meet)
            | Self::Confirmed(meet)
            | Self::InNotice { meet, .. }
            | Self::Closed { meet, .. } => Some(meet),
        }
    }

    /// Where it stands, as a stable word: `absent`, `open`, `confirmed`, `in-notice`, `closed`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Open(_) => "open",
            Self::Confirmed(_) => "confirmed",
            Self::InNotice { .. } => "in-notice",
            Self::Closed { .. } => "closed",
        }
    }

    /// The place of a contestant that promotion rules may be put to: of a closed competition,
    /// and not withdrawn. `None` else.
    pub fn placing(&self, worker: WorkerId, occupation: OccupationCode) -> Option<Placing> {
        let Self::Closed {
            meet,
            closed,
            withdrawn,
        } = self
        else {
            return None;
        };
        let key = (worker, occupation);
        let place = meet.places.get(&key)?;
        if withdrawn.contains_key(&key) {
            return None;
        }
        Some(Placing {
            tier: meet.registered.tier.clone(),
            class: meet.registered.class.clone(),
            region: meet.registered.region,
            occupation,
            group: place.group,
            rank: place.rank,
            contestants: place.contestants,
            prize: place.prize.clone(),
            ended_on: meet.registered.to,
            closed_on: closed.on,
        })
    }
}
