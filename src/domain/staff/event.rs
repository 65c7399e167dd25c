//! Events of a member of staff. Nothing here names or describes the person: name, document and
//! card numbers are in the vault.

use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::event::events;
use crate::domain::ids::{BodyId, CardId, SubjectId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::staff::role::StaffRole;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A person came into the registers of staff (师资库、考评人员库).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffEnrolled {
    /// The sealed rows that came with it.
    pub sealed: Vec<SealedDigest>,
}

/// A card (证卡) was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardGranted {
    /// Its id.
    pub card: CardId,
    /// What it lets its holder do.
    pub role: StaffRole,
    /// The occupations it is good for; none for roles that are not of a trade.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occupations: Vec<OccupationCode>,
    /// The levels it names; none named = all its rank allows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<SkillLevel>,
    /// The items (专项职业能力考核项目) it is good for; none named = all. Only of
    /// [`StaffRole::SpecialSkillExaminer`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemCode>,
    /// Its own grade in the issuer's words (教师上岗等级证 has one).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The body whose staff the holder is by this card, if it is a body's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// First day.
    pub from: Date,
    /// Last day; none if the card states none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Document it rests on.
    pub basis: String,
    /// Digest of the card's number, keyed with the ledger's digest key.
    pub number: Digest,
    /// The sealed rows that came with it: the number itself.
    pub sealed: Vec<SealedDigest>,
}

/// A card was renewed (换证、延续): another term under the same number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRenewed {
    /// Which.
    pub card: CardId,
    /// First day of the new term.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Document it rests on.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// A card was suspended (暂停).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSuspended {
    /// Which.
    pub card: CardId,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The first day without it.
    pub on: Date,
}

/// A suspension ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardReinstated {
    /// Which.
    pub card: CardId,
    /// Why.
    pub ground: String,
    /// The first day with it again.
    pub on: Date,
}

/// A card was withdrawn (取消), for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardWithdrawn {
    /// Which.
    pub card: CardId,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The first day without it.
    pub on: Date,
}

/// A training base marked training and examination on a teacher's card (副页标明培训及考核记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffEndorsed {
    /// The teacher's card it is marked on.
    pub card: CardId,
    /// The training base (师资培训基地).
    pub base: BodyId,
    /// Class hours (课时).
    pub hours: u32,
    /// First day of the training.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Whether it was passed.
    pub passed: bool,
    /// The day the base signed.
    pub on: Date,
}

/// How two people are close (回避关系).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// 夫妻
    Spouse,
    /// 直系血亲
    DirectKin,
    /// 三代以内旁系血亲
    CollateralKin,
    /// 近姻亲
    InLaw,
    /// 师徒
    MasterAndApprentice,
    /// 其他利害关系
    Interest,
}

/// A relation that calls for withdrawal was declared (回避申报).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationDeclared {
    /// With whom: a worker or a member of staff.
    pub with: SubjectId,
    /// How.
    pub kind: RelationKind,
    /// The civil date.
    pub on: Date,
}

/// A declared relation was struck: it was not so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationStruck {
    /// With whom.
    pub with: SubjectId,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// A school engaged a teacher (聘用), certified or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffEngaged {
    /// The school.
    pub body: BodyId,
    /// The occupations taught there.
    pub occupations: Vec<OccupationCode>,
    /// First day.
    pub from: Date,
}

/// A teacher left a school (解聘).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLeft {
    /// The school.
    pub body: BodyId,
    /// The first day without.
    pub on: Date,
}

events! {
    /// What happened to a member of staff.
    pub enum StaffEvent {
        /// Came into the registers.
        Enrolled(StaffEnrolled) = "staff.enrolled", 1;
        /// A card was granted.
        CardGranted(CardGranted) = "staff.card_granted", 1;
        /// A card was renewed.
        CardRenewed(CardRenewed) = "staff.card_renewed", 1;
        /// A card was suspended.
        CardSuspended(CardSuspended) = "staff.card_suspended", 1;
        /// A suspension ended.
        CardReinstated(CardReinstated) = "staff.card_reinstated", 1;
        /// A card was withdrawn.
        CardWithdrawn(CardWithdrawn) = "staff.card_withdrawn", 1;
        /// A training base endorsed a teacher's card.
        Endorsed(StaffEndorsed) = "staff.endorsed", 1;
        /// A relation was declared.
        RelationDeclared(RelationDeclared) = "staff.relation_declared", 1;
        /// A relation was struck.
        RelationStruck(RelationStruck) = "staff.relation_struck", 1;
        /// A school engaged a teacher.
        Engaged(StaffEngaged) = "staff.engaged", 1;
        /// A teacher left a school.
        Left(StaffLeft) = "staff.left", 1;
    }
}
