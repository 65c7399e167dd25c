//! Events of a competition. Contestants stand here by pseudonym.

use crate::domain::digest::Digest;
use crate::domain::event::events;
use crate::domain::ids::{ProposalId, WorkerId};
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::ProposalEvent;
use crate::domain::region::RegionCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whom a contest is for (组别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// 职工组
    Staff,
    /// 学生组
    Student,
}

impl Group {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Student => "student",
        }
    }
}

/// One contest of a competition (赛项): an occupation and whom it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// The occupation.
    pub occupation: OccupationCode,
    /// Its name that day.
    pub occupation_name: Name,
    /// Whom it is for.
    pub group: Group,
}

/// A competition was registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompetitionRegistered {
    /// Its number in the plan of that year: `2026-省-03`.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// Tier (层级), a word that promotion rules name: `world`, `national`, `provincial`,
    /// `municipal`, `district`, `enterprise`, `school`.
    pub tier: String,
    /// Class (类别), where the tier has classes: `一类`, `二类`, `综合`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Who holds it (主办单位).
    pub organiser: String,
    /// Where, GB/T 2260; says whose promotion rules apply.
    pub region: RegionCode,
    /// The contests.
    pub contests: Vec<Contest>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The document that approved it.
    pub source: String,
}

/// A contestant's place was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceEntered {
    /// The contestant.
    pub worker: WorkerId,
    /// The contest's occupation.
    pub occupation: OccupationCode,
    /// The contest's group.
    pub group: Group,
    /// Place from 1; contestants who tie share it (名次).
    pub rank: u32,
    /// How many took part in the contest.
    pub contestants: u32,
    /// Prize (奖项), a word that promotion rules name: `gold`, `silver`, `bronze`, `excellent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prize: Option<String>,
    /// Digests of the evidence (成绩册、裁判记录).
    pub evidence: Vec<Digest>,
}

/// A place was struck before the results were confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceStruck {
    /// The contestant.
    pub worker: WorkerId,
    /// The contest's occupation.
    pub occupation: OccupationCode,
    /// Why.
    pub ground: String,
}

/// The places were confirmed by a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesConfirmed {
    /// The approved proposal.
    pub proposal: ProposalId,
    /// Places covered.
    pub places: u32,
    /// The approved digest of them.
    pub digest: Digest,
}

/// The public notice of the places began (公示).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesNoticed {
    /// First day of notice.
    pub from: Date,
    /// First day on which the competition may close.
    pub closes_on: Date,
    /// Working days of notice, from the jurisdiction's policy of that day.
    pub working_days: u16,
}

/// The competition was closed; its places count from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompetitionClosed {
    /// The civil date.
    pub on: Date,
    /// Places that stand.
    pub places: u32,
}

/// A place of a closed competition was withdrawn (取消名次).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceWithdrawn {
    /// The approved proposal.
    pub proposal: ProposalId,
    /// The contestant.
    pub worker: WorkerId,
    /// The contest's occupation.
    pub occupation: OccupationCode,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

events! {
    /// What happened to a competition.
    pub enum CompetitionEvent {
        /// Registered.
        Registered(CompetitionRegistered) = "competition.registered", 1;
        /// A place was entered.
        PlaceEntered(PlaceEntered) = "competition.place_entered", 1;
        /// A place was struck.
        PlaceStruck(PlaceStruck) = "competition.place_struck", 1;
        /// The places were confirmed.
        PlacesConfirmed(PlacesConfirmed) = "competition.places_confirmed", 1;
        /// The public notice began.
        Noticed(PlacesNoticed) = "competition.notice_started", 1;
        /// Closed.
        Closed(CompetitionClosed) = "competition.closed", 1;
        /// A place was withdrawn.
        PlaceWithdrawn(PlaceWithdrawn) = "competition.place_withdrawn", 1;
        @nested
        /// A proposal about this competition.
        Proposal(ProposalEvent);
    }
}
