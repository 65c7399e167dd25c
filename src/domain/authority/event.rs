//! Events of the authority.

use crate::domain::digest::Digest;
use crate::domain::event::events;
use crate::domain::ids::LedgerId;
use crate::domain::name::Name;
use crate::domain::proposal::ProposalEvent;
use crate::domain::region::RegionCode;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::rules::bodies::BodyPolicy;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The ledger began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityEstablished {
    /// The ledger's id, to which every chain value is bound.
    pub ledger: LedgerId,
    /// Whose rules apply: `DEMO`, or a province's GB/T 2260 code such as `320000`.
    pub jurisdiction: String,
    /// Host name in every did:web of this ledger.
    pub host: String,
    /// The authority's name (人力资源社会保障厅).
    pub name: Name,
    /// Its region.
    pub region: RegionCode,
}

/// A key of the authority or of the log came into use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityKeyRegistered {
    /// The key's id.
    pub key_id: String,
    /// The one purpose it serves: `trust` or `log`.
    pub purpose: String,
    /// Multibase Multikey, `z6Mk…`.
    pub public_key: String,
    /// Proof of possession: multibase signature over the registration statement.
    pub possession: String,
    /// What chains a log's key to the one before it: a note that says so, signed by both. None for
    /// the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succession: Option<String>,
}

/// A key of the authority or of the log went out of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityKeyRetired {
    /// The key's id.
    pub key_id: String,
    /// The civil date.
    pub on: Date,
}

/// A key of the authority or of the log was declared compromised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityKeyCompromised {
    /// The key's id.
    pub key_id: String,
    /// First position whose use of the key is void.
    pub from_position: u64,
    /// Why.
    pub ground: String,
}

/// A year's working days became known (国务院办公厅 holiday notice of that year).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarLoaded {
    /// Whose calendar.
    pub jurisdiction: String,
    /// The year it covers, 1 January to 31 December.
    pub year: i16,
    /// Document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// Weekdays that are no working days.
    pub holidays: Vec<Date>,
    /// Weekend days worked in exchange (调休上班).
    pub workdays: Vec<Date>,
}

/// The length of the public notice (公示) became known for a jurisdiction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePolicySet {
    /// Whose policy.
    pub jurisdiction: String,
    /// The first day it applies.
    pub effective_from: Date,
    /// Working days of notice; 0 for none.
    pub working_days: u16,
    /// Document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

impl NoticePolicySet {
    /// No notice at all: the policy of the jurisdiction `DEMO`, for trying the ledger.
    pub fn demo() -> Self {
        Self {
            jurisdiction: super::state::DEMO.to_owned(),
            effective_from: jiff::civil::date(2019, 1, 1),
            working_days: 0,
            source: "demonstration".to_owned(),
            verified: false,
        }
    }
}

/// What holds of bodies became known for a jurisdiction: own staff, 考培分离, least credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyPolicySet {
    /// Whose policy.
    pub jurisdiction: String,
    /// The policy.
    pub policy: BodyPolicy,
}

/// How assessments are held became known for a jurisdiction (认定工作规程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentPolicySet {
    /// Whose policy.
    pub jurisdiction: String,
    /// The policy.
    pub policy: AssessmentPolicy,
}

/// A signed trust list was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustListPublished {
    /// Every event up to this position is reflected in it.
    pub as_of_position: u64,
    /// SHA-256 of `document`.
    pub digest: Digest,
    /// The signed trust list itself, as published.
    pub document: String,
}

events! {
    /// What happened to the authority.
    pub enum AuthorityEvent {
        /// The ledger began.
        Established(AuthorityEstablished) = "authority.established", 1;
        /// A key came into use.
        KeyRegistered(AuthorityKeyRegistered) = "authority.key_registered", 1;
        /// A key went out of use.
        KeyRetired(AuthorityKeyRetired) = "authority.key_retired", 1;
        /// A key was declared compromised.
        KeyCompromised(AuthorityKeyCompromised) = "authority.key_compromised", 1;
        /// A year's working days became known.
        CalendarLoaded(CalendarLoaded) = "authority.calendar_loaded", 1;
        /// The length of the public notice became known.
        NoticePolicySet(NoticePolicySet) = "authority.notice_policy_set", 1;
        /// What holds of bodies became known.
        BodyPolicySet(BodyPolicySet) = "authority.body_policy_set", 1;
        /// How assessments are held became known.
        AssessmentPolicySet(AssessmentPolicySet) = "authority.assessment_policy_set", 1;
        /// A trust list was published.
        TrustListPublished(TrustListPublished) = "authority.trust_list_published", 1;
        @nested
        /// A proposal about the authority's keys.
        Proposal(ProposalEvent);
    }
}
