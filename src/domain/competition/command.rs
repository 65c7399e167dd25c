//! What can be asked of a competition's stream.

use crate::domain::competition::event::{
    CompetitionRegistered, PlaceEntered, PlaceStruck, PlacesNoticed,
};
use crate::domain::digest::Digest;
use crate::domain::ids::WorkerId;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Approval, Proposing, TurnDown};
use jiff::civil::Date;

/// An intent about one competition.
#[derive(Clone, Debug, PartialEq, Eq)]
// One command at a time is in hand: its size does not matter.
#[allow(clippy::large_enum_variant)]
pub enum CompetitionCommand {
    /// Register it.
    Register(CompetitionRegistered),
    /// Enter places.
    EnterPlaces {
        /// The places.
        places: Vec<PlaceEntered>,
        /// The civil date.
        on: Date,
    },
    /// Strike a place that was entered wrongly.
    StrikePlace(PlaceStruck),
    /// Propose that the places stand (成绩经办).
    ProposeConfirm(Proposing),
    /// Propose to withdraw a place after the close (取消名次经办).
    ProposeWithdrawal {
        /// The maker's part.
        proposing: Proposing,
        /// The contestant.
        worker: WorkerId,
        /// The contest's occupation.
        occupation: OccupationCode,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date.
        on: Date,
    },
    /// Approve what was proposed (复核).
    Approve {
        /// What the checker approves.
        approval: Approval,
        /// The digest of the places as they are now; only a confirmation looks at it.
        digest_now: Digest,
    },
    /// Turn a proposal down, or take it back.
    Reject(TurnDown),
    /// Begin the public notice (公示); the authority's stream says until when.
    StartNotice(PlacesNoticed),
    /// Close: the places count.
    Close {
        /// The civil date.
        on: Date,
    },
}
