//! Bodies, their scopes, keys and standing; the authority; what a trust list is made from.

use crate::domain::body::event::{BodyKind, ScopedWorkType};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, GrantId, LedgerId, SessionId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of register that keeps since when a key is declared compromised, by its id.
pub const COMPROMISE: &str = "key-compromise";

/// Who keeps this ledger (主管部门).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorityRow {
    /// The ledger.
    pub ledger: LedgerId,
    /// Whose rules apply.
    pub jurisdiction: String,
    /// Host name in every did:web of this ledger.
    pub host: String,
    /// Its name.
    pub name: Name,
    /// Its region.
    pub region: RegionCode,
    /// Position of the event it comes from.
    pub position: u64,
}

/// Whether a body may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// 正常
    Active,
    /// 暂停资质
    Suspended,
    /// 取消资质
    Withdrawn,
}

/// A registered body (评价机构 / 培训机构).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyRow {
    /// Its internal id; never shown to the public.
    pub body: BodyId,
    /// 统一社会信用代码
    pub credit_code: CreditCode,
    /// Filed name.
    pub name: Name,
    /// What it is.
    pub kind: BodyKind,
    /// Where it is filed.
    pub region: RegionCode,
    /// Random id in its did:web and its public documents.
    pub public_id: Uuid,
    /// Its standing now.
    pub standing: Standing,
    /// Position since which it has that standing.
    pub since: u64,
    /// Position of its registration.
    pub position: u64,
}

/// A stretch of positions in which a body had one standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandingRow {
    /// The body.
    pub body: BodyId,
    /// First position.
    pub from_position: u64,
    /// First position after it; none while it lasts.
    pub to_position: Option<u64>,
    /// The standing.
    pub standing: Standing,
    /// The civil date of the decision; none for the registration.
    pub since: Option<Date>,
    /// Why.
    pub ground: Option<String>,
    /// Legal basis.
    pub basis: Option<String>,
}

/// A grant of scope (备案范围).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopeRow {
    /// The grant.
    pub grant: GrantId,
    /// The body.
    pub body: BodyId,
    /// Occupations.
    pub occupations: Vec<OccupationCode>,
    /// The only work types of an occupation, where it is not covered whole.
    pub work_types: Vec<ScopedWorkType>,
    /// Items assessed without a level.
    pub items: Vec<ItemCode>,
    /// Levels.
    pub levels: Vec<SkillLevel>,
    /// Regions; a code ending in zeros covers what lies within it.
    pub regions: Vec<RegionCode>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// Filing document.
    pub basis: String,
    /// First position in which it holds.
    pub from_position: u64,
    /// First position in which it no longer holds.
    pub to_position: Option<u64>,
    /// The first day without it.
    pub ended_on: Option<Date>,
    /// Why it ended.
    pub end_reason: Option<String>,
}

/// Leave to finish a session after its scope ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunOffRow {
    /// The body.
    pub body: BodyId,
    /// The session.
    pub session: SessionId,
    /// First position in which it holds.
    pub from_position: u64,
    /// First position in which it no longer holds.
    pub to_position: Option<u64>,
    /// Last day to issue.
    pub valid_until: Date,
    /// Why.
    pub reason: String,
    /// The first day without it.
    pub ended_on: Option<Date>,
}

/// A public key and the positions in which it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// The key's id.
    pub key_id: String,
    /// Its body; none for keys of the authority and the log.
    pub body: Option<BodyId>,
    /// `certificate`, `status`, `trust` or `log`.
    pub purpose: String,
    /// Multibase Multikey.
    pub public_key: String,
    /// First position in which it counts.
    pub from_position: u64,
    /// First position in which it is retired.
    pub to_position: Option<u64>,
    /// The day it was retired.
    pub retired_on: Option<Date>,
    /// First position whose use of the key is void.
    pub compromised_from_position: Option<u64>,
    /// Why it was declared compromised.
    pub compromise_ground: Option<String>,
}

/// What a trust list says of one body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyTrust {
    /// The body.
    pub body: BodyRow,
    /// Its standings, oldest first.
    pub standings: Vec<StandingRow>,
    /// Its scopes, oldest first.
    pub scopes: Vec<ScopeRow>,
    /// Its run-offs.
    pub run_offs: Vec<RunOffRow>,
    /// Its keys, oldest first.
    pub keys: Vec<KeyRow>,
    /// Numbers of the status lists it has certificates or publications in.
    pub lists: Vec<u32>,
}

/// What a trust list is made from, all at one position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustInputs {
    /// The authority.
    pub authority: AuthorityRow,
    /// Keys of the authority and the log, oldest first.
    pub keys: Vec<KeyRow>,
    /// Every body, in order of registration.
    pub bodies: Vec<BodyTrust>,
}
