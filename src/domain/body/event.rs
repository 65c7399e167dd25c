//! Events of an assessment body.

use crate::domain::credit_code::CreditCode;
use crate::domain::digest::Digest;
use crate::domain::event::events;
use crate::domain::ids::{GrantId, ReviewId, SessionId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::{CountedBy, NumberCode};
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::ProposalEvent;
use crate::domain::region::RegionCode;
use crate::domain::rules::bodies::CreditMark;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a body is (评价机构类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// 用人单位: assesses its own staff; certificate numbers begin with `Y`.
    Employer,
    /// 社会培训评价组织: assesses the public; certificate numbers begin with `S`.
    SocialAssessor,
    /// 行业性社会评价机构: a social assessor of one industry (国就劳发〔2025〕4号 十四); numbers begin with
    /// `S`.
    IndustryAssessor,
    /// 技工院校: assesses its students; the letter of its numbers is what the grammar in force
    /// and the authority give it, for no source names one.
    TechnicianSchool,
    /// 培训机构: trains, issues no levels.
    TrainingProvider,
}

/// A body was registered (备案).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyRegistered {
    /// 统一社会信用代码, GB 32100-2015.
    pub credit_code: CreditCode,
    /// Filed name.
    pub name: Name,
    /// What it is.
    pub kind: BodyKind,
    /// Where it is filed.
    pub region: RegionCode,
    /// Random id in its did:web and its public documents.
    pub public_id: Uuid,
}

/// The codes that a body's certificate numbers are built from were assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberCodeAssigned {
    /// Letter, body code, province and site sequence.
    pub code: NumberCode,
}

/// A work type (工种) that a scope names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ScopedWorkType {
    /// Its occupation.
    pub occupation: OccupationCode,
    /// 工种名称
    pub name: String,
}

/// A scope was granted: occupations (work types) × levels × regions × validity, and items without
/// a level × regions × validity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeGranted {
    /// Its id.
    pub grant: GrantId,
    /// The occupations; none where only items are covered.
    pub occupations: Vec<OccupationCode>,
    /// The only work types of an occupation that are covered; an occupation without one here is
    /// covered whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub work_types: Vec<ScopedWorkType>,
    /// The levels; none where only items are covered.
    pub levels: Vec<SkillLevel>,
    /// Items assessed without a level (专项职业能力, 微技能).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemCode>,
    /// Regions; a code ending in zeros covers what lies within it.
    pub regions: Vec<RegionCode>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Filing document.
    pub basis: String,
}

/// A scope ended: its last day has passed, or it was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeEnded {
    /// Which.
    pub grant: GrantId,
    /// The first day without it.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// The authority lets a body finish a session although its scope has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOffGranted {
    /// The session that may be finished.
    pub session: SessionId,
    /// Last day to issue.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// A run-off ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOffEnded {
    /// Which session's.
    pub session: SessionId,
    /// The first day without it.
    pub on: Date,
}

/// A key of the body came into use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyKeyRegistered {
    /// The key's id.
    pub key_id: String,
    /// The one purpose it serves: `certificate` or `status`.
    pub purpose: String,
    /// Multibase Multikey, `z6Mk…`.
    pub public_key: String,
    /// Proof of possession: multibase signature over the registration statement.
    pub possession: String,
}

/// A key of the body went out of use; what was logged before stays good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyKeyRetired {
    /// The key's id.
    pub key_id: String,
    /// The civil date.
    pub on: Date,
}

/// A key of the body was declared compromised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyKeyCompromised {
    /// The key's id.
    pub key_id: String,
    /// First position whose use of the key is void.
    pub from_position: u64,
    /// Why.
    pub ground: String,
}

/// A body was suspended (暂停资质): nothing is issued until it is reinstated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodySuspended {
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date it starts.
    pub on: Date,
}

/// A suspension ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyReinstated {
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// A body lost its qualification (取消资质).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyWithdrawn {
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// The public notice (公示) of a body as a training base for teachers began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingBaseNoticed {
    /// First day of notice.
    pub from: Date,
    /// First day on which it may be listed.
    pub closes_on: Date,
    /// Working days of notice.
    pub working_days: u16,
    /// Document it rests on.
    pub basis: String,
}

/// A body was put on the list of training bases for teachers (师资培训基地公布).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingBaseListed {
    /// First day on the list.
    pub from: Date,
    /// Last day, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Document it rests on.
    pub basis: String,
}

/// A body was struck off the list of training bases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingBaseStruck {
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The first day off the list.
    pub on: Date,
}

/// A status list was opened for the body's certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusListOpened {
    /// Number of the list, from 1.
    pub list: u32,
    /// Entries: 131,072 (Bitstring Status List 1.0, section 6.1).
    pub size: u32,
    /// Seed of the permutation that hands out indices.
    pub seed: Digest,
}

/// Signed status lists were published: revocation, suspension, their details, and the same for
/// readers of tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusListPublished {
    /// Which list.
    pub list: u32,
    /// Every event up to this position is reflected in it.
    pub as_of_position: u64,
    /// SHA-256 over `revocation`, `suspension`, `details` and, if there, `token`, one after the
    /// other, each followed by a line feed.
    pub digest: Digest,
    /// The signed revocation list credential, as published.
    pub revocation: String,
    /// The signed suspension list credential, as published.
    pub suspension: String,
    /// The signed details by index, as published.
    pub details: String,
    /// The signed Token Status List, as published. Version 1 had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// Serials of certificate numbers and status indices were taken, in the append that uses them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SerialsTaken {
    /// Name of the grammar of the numbers.
    pub grammar: String,
    /// Year of issue, four digits.
    pub year: i16,
    /// What else the serials are counted by.
    pub counted: CountedBy,
    /// First serial, from 1.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// Status list the indices come from.
    pub list: u32,
    /// Place of the first index in the list's permutation, from 0.
    pub first_index: u32,
}

/// A chain's leading enterprise opened its ecosystem (链主企业技能生态圈).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EcosystemOpened {
    /// What it is called.
    pub name: String,
    /// The county (县、市、区) or wider division it is listed for.
    pub region: RegionCode,
    /// First day.
    pub from: Date,
    /// Filing document.
    pub basis: String,
}

/// An enterprise joined the ecosystem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EcosystemMemberJoined {
    /// 统一社会信用代码 of the member; it need not be a body of this ledger.
    pub member: CreditCode,
    /// Its name.
    pub name: Name,
    /// First day.
    pub from: Date,
    /// Filing document.
    pub basis: String,
}

/// An enterprise left the ecosystem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EcosystemMemberLeft {
    /// Which.
    pub member: CreditCode,
    /// The first day outside.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// The ecosystem was closed, and with it every membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EcosystemClosed {
    /// The first day without it.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Whose rule, when a body works in another province than its own (跨区域).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// 备案地: the province the body is filed in.
    Home,
    /// 业务所在地: the province it works in.
    Host,
}

/// A body was permitted to work in another province (跨区域协作).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossRegionPermitted {
    /// The province, or a division of it, it may work in.
    pub host: RegionCode,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whose rules of assessment apply there.
    pub rules: Side,
    /// Whose number prefix its certificates bear there.
    pub number_rule: Side,
    /// The codes the host assigned, where numbers follow the host's rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_code: Option<NumberCode>,
    /// Document of both sides.
    pub basis: String,
}

/// A permit to work in another province ended; the scopes that rested on it ended with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossRegionEnded {
    /// Where.
    pub host: RegionCode,
    /// The first day without it.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// A body was given stars (星级管理).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarGraded {
    /// How many, 1 to 5.
    pub stars: u8,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Document.
    pub basis: String,
}

/// A body's credit was recorded (信用管理).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditRecorded {
    /// The score or class.
    pub credit: CreditMark,
    /// Why.
    pub ground: String,
    /// Document.
    pub basis: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// How a body was selected (择优方式, 江苏 行动方案 四).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelectionMethod {
    /// 招投标
    Tender,
    /// 专家评估
    ExpertReview,
    /// 就业效果监测
    OutcomeMonitoring,
    /// 遴选: by conditions made public.
    Conditions,
}

/// A body was selected (遴选): for the directory or for a task, with what it rested on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodySelected {
    /// For which directory or task.
    pub task: String,
    /// Whether the task is subsidised (补贴性任务).
    pub subsidised: bool,
    /// How.
    pub method: SelectionMethod,
    /// The conditions it met, in the words of the call.
    pub conditions: Vec<String>,
    /// Document.
    pub basis: String,
    /// The civil date.
    pub on: Date,
    /// Its stars that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// Its credit that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditMark>,
}

/// Which certificates are reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum ReviewOf {
    /// Those of some sessions.
    Sessions {
        /// Which.
        sessions: Vec<SessionId>,
    },
    /// Those issued between two days, both included.
    Issued {
        /// First day of issue.
        from: Date,
        /// Last day of issue.
        to: Date,
    },
}

/// A review of certificates was ordered (证书复查).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewOrdered {
    /// Its id.
    pub review: ReviewId,
    /// Which certificates.
    pub of: ReviewOf,
    /// How many of them stood.
    pub certificates: u32,
    /// The position at which they were counted.
    pub as_of_position: u64,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// A review of certificates was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewClosed {
    /// Which.
    pub review: ReviewId,
    /// How many certificates stand.
    pub kept: u32,
    /// How many ended since the review was ordered.
    pub ended: u32,
    /// What it came to.
    pub conclusion: String,
    /// The civil date.
    pub on: Date,
}

events! {
    /// What happened to a body.
    pub enum BodyEvent {
        /// Registered.
        Registered(BodyRegistered) = "body.registered", 1;
        /// Number codes were assigned.
        NumberCodeAssigned(NumberCodeAssigned) = "body.number_code_assigned", 1;
        /// A scope was granted.
        ScopeGranted(ScopeGranted) = "body.scope_granted", 2;
        /// A scope ended.
        ScopeEnded(ScopeEnded) = "body.scope_ended", 1;
        /// A run-off was granted.
        RunOffGranted(RunOffGranted) = "body.run_off_granted", 1;
        /// A run-off ended.
        RunOffEnded(RunOffEnded) = "body.run_off_ended", 1;
        /// A key came into use.
        KeyRegistered(BodyKeyRegistered) = "body.key_registered", 1;
        /// A key went out of use.
        KeyRetired(BodyKeyRetired) = "body.key_retired", 1;
        /// A key was declared compromised.
        KeyCompromised(BodyKeyCompromised) = "body.key_compromised", 1;
        /// Suspended.
        Suspended(BodySuspended) = "body.suspended", 1;
        /// Reinstated.
        Reinstated(BodyReinstated) = "body.reinstated", 1;
        /// Lost its qualification.
        Withdrawn(BodyWithdrawn) = "body.withdrawn", 1;
        /// Notice of a training base began.
        TrainingBaseNoticed(TrainingBaseNoticed) = "body.training_base_noticed", 1;
        /// It was listed.
        TrainingBaseListed(TrainingBaseListed) = "body.training_base_listed", 1;
        /// It was struck off.
        TrainingBaseStruck(TrainingBaseStruck) = "body.training_base_struck", 1;
        /// A status list was opened.
        StatusListOpened(StatusListOpened) = "body.status_list_opened", 1;
        /// Status lists were published.
        StatusListPublished(StatusListPublished) = "body.status_list_published", 2;
        /// Serials and indices were taken.
        SerialsTaken(SerialsTaken) = "body.serials_taken", 2;
        /// An ecosystem was opened.
        EcosystemOpened(EcosystemOpened) = "body.ecosystem_opened", 1;
        /// A member joined it.
        EcosystemMemberJoined(EcosystemMemberJoined) = "body.ecosystem_member_joined", 1;
        /// A member left it.
        EcosystemMemberLeft(EcosystemMemberLeft) = "body.ecosystem_member_left", 1;
        /// An ecosystem was closed.
        EcosystemClosed(EcosystemClosed) = "body.ecosystem_closed", 1;
        /// It may work in another province.
        CrossRegionPermitted(CrossRegionPermitted) = "body.cross_region_permitted", 1;
        /// It may no longer.
        CrossRegionEnded(CrossRegionEnded) = "body.cross_region_ended", 1;
        /// It was given stars.
        StarGraded(StarGraded) = "body.star_graded", 1;
        /// Its credit was recorded.
        CreditRecorded(CreditRecorded) = "body.credit_recorded", 1;
        /// It was selected.
        Selected(BodySelected) = "body.selected", 1;
        /// A review of its certificates was ordered.
        ReviewOrdered(ReviewOrdered) = "body.review_ordered", 1;
        /// A review of its certificates was closed.
        ReviewClosed(ReviewClosed) = "body.review_closed", 1;
        @nested
        /// A proposal about this body.
        Proposal(ProposalEvent);
    }
}
