//! What a member of staff has come to.

use crate::domain::ids::{BodyId, CardId, SubjectId};
use crate::domain::occupation::OccupationCode;
use crate::domain::staff::event::{CardGranted, RelationKind, StaffEndorsed};
use crate::domain::staff::rejection::StaffRejection;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// No such member of staff, or one in the registers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StaffState {
    /// No such member of staff.
    #[default]
    Absent,
    /// In the registers.
    Enrolled(Box<Staff>),
}

/// A member of staff, by his cards and what was marked on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Every card ever granted, in the order of their grant.
    pub cards: Vec<Card>,
    /// Trainings marked on teachers' cards, in the order they were marked.
    pub endorsements: Vec<StaffEndorsed>,
    /// Whom he has declared to be close to, and how.
    pub relations: BTreeMap<SubjectId, RelationKind>,
    /// Where he teaches or taught, in the order of engagement.
    pub engagements: Vec<Engagement>,
}

/// A term of a card, both days inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day, if it has one.
    pub to: Option<Date>,
}

/// A time in which a card was suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The first day without the card.
    pub from: Date,
    /// The first day with it again.
    pub until: Option<Date>,
}

/// A card (证卡) through its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// As granted.
    pub granted: CardGranted,
    /// Its terms: as granted, then as renewed.
    pub terms: Vec<Term>,
    /// Its suspensions, in order.
    pub suspensions: Vec<Suspension>,
    /// The first day without it for good.
    pub withdrawn_on: Option<Date>,
}

/// Whether a card is good on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Validity {
    /// 有效
    Good {
        /// The last day of the term.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
    },
    /// 未生效
    NotBegun {
        /// Its first day.
        from: Date,
    },
    /// 已过有效期
    Expired {
        /// The last day of the term before that day.
        to: Date,
    },
    /// 已暂停
    Suspended {
        /// The first day without it.
        since: Date,
    },
    /// 已取消
    Withdrawn {
        /// The first day without it.
        since: Date,
    },
}

impl Validity {
    /// Refuses every day on which the card is not good.
    pub const fn demand(self) -> Result<(), StaffRejection> {
        match self {
            Self::Good { .. } => Ok(()),
            Self::NotBegun { from } => Err(StaffRejection::CardNotBegun { from }),
            Self::Expired { to } => Err(StaffRejection::CardExpired { to }),
            Self::Suspended { since } => Err(StaffRejection::CardSuspended { since }),
            Self::Withdrawn { since } => Err(StaffRejection::CardWithdrawn { since }),
        }
    }
}

/// A teacher at a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// The school.
    pub body: BodyId,
    /// The occupations taught there.
    pub occupations: Vec<OccupationCode>,
    /// First day.
    pub from: Date,
    /// The first day without.
    pub left_on: Option<Date>,
}

impl Engagement {
    /// Whether it runs on a day.
    pub fn runs_on(&self, on: Date) -> bool {
        self.from <= on && self.left_on.is_none_or(|left| on < left)
    }
}

impl StaffState {
    /// The member of staff.
    pub fn staff(&self) -> Result<&Staff, StaffRejection> {
        match self {
            Self::Absent => Err(StaffRejection::NotEnrolled),
            Self::Enrolled(staff) => Ok(staff),
        }
    }
}

impl Staff {
    /// A card by its id.
    pub fn card(&self, card: CardId) -> Result<&Card, StaffRejection> {
        self.cards
            .iter()
            .find(|it| it.granted.card == card)
            .ok_or(StaffRejection::CardUnknown)
    }

    /// Whether this school has engaged him on a day.
    pub fn teaches_at(&self, body: BodyId, on: Date) -> bool {
        self.engagements
            .iter()
            .any(|it| it.body == body && it.runs_on(on))
    }
}

impl Card {
    pub(super) fn new(granted: CardGranted) -> Self {
        Self {
            terms: vec![Term {
                from: granted.from,
                to: granted.to,
            }],
            granted,
            suspensions: Vec::new(),
            withdrawn_on: None,
        }
    }

    /// Whether it is good on a day. Withdrawal counts before suspension, suspension before terms.
    pub fn validity_on(&self, on: Date) -> Validity {
        if let Some(since) = self.withdrawn_on.filter(|since| *since <= on) {
            return Validity::Withdrawn { since };
        }
        let covers = |it: &&Suspension| it.from <= on && it.until.is_none_or(|until| on < until);
        if let Some(suspension) = self.suspensions.iter().find(covers) {
            return Validity::Suspended {
                since: suspension.from,
            };
        }
        let holds = |it: &&Term| it.from <= on && it.to.is_none_or(|to| on <= to);
        if let Some(term) = self.terms.iter().rev().find(holds) {
            return Validity::Good { to: term.to };
        }
        let ended = |it: &Term| it.to.filter(|to| *to < on);
        match self.terms.iter().filter_map(ended).max() {
            Some(to) => Validity::Expired { to },
            None => Validity::NotBegun {
                from: self.granted.from,
            },
        }
    }

    /// The suspension that has not ended.
    pub fn open_suspension(&self) -> Option<&Suspension> {
        self.suspensions.last().filter(|it| it.until.is_none())
    }

    /// Whether it is good for an occupation; a card that names none is good for all.
    pub fn names(&self, occupation: OccupationCode) -> bool {
        self.granted.occupations.is_empty() || self.granted.occupations.contains(&occupation)
    }
}
