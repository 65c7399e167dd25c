//! What a body has come to.

use crate::domain::body::cross_region::Permit;
use crate::domain::body::ecosystem::Ecosystem;
use crate::domain::body::event::{
    BodyRegistered, RunOffEnded, RunOffGranted, ScopeEnded, ScopeGranted, StatusListOpened,
};
use crate::domain::body::record::Record;
use crate::domain::body::rejection::BodyRejection;
use crate::domain::body::review::Review;
use crate::domain::body::training_base::TrainingBase;
use crate::domain::digest::Digest;
use crate::domain::ids::{GrantId, ReviewId, SessionId};
use crate::domain::key_use::KeyUse;
use crate::domain::number::{CountedBy, NumberCode};
use crate::domain::proposal::Proposals;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The purposes of a body's keys.
pub const PURPOSES: [&str; 2] = ["certificate", "status"];

/// Entries of a status list (Bitstring Status List 1.0, section 6.1: at least 131,072).
pub const STATUS_LIST_SIZE: u32 = 131_072;

/// No such body, or a registered one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BodyState {
    /// No such body.
    #[default]
    Absent,
    /// 已备案
    Registered(Box<Body>),
}

/// Whether a body may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 正常
    Good,
    /// 暂停资质
    Suspended {
        /// The civil date it started.
        since: Date,
    },
    /// 取消资质, for good.
    Withdrawn {
        /// The civil date.
        since: Date,
    },
}

/// A suspension that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Its first day.
    pub since: Date,
    /// The first day without it.
    pub until: Date,
}

/// A scope as granted, and the first day without it if it ended by an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// As granted.
    pub granted: ScopeGranted,
    /// The first day without it.
    pub ended_on: Option<Date>,
}

/// A key of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyKey {
    /// Its id.
    pub key_id: String,
    /// `certificate` or `status`.
    pub purpose: String,
    /// Multibase Multikey.
    pub public_key: String,
    /// Whether it signs.
    pub in_use: KeyUse,
}

/// A status list and how far its indices are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    /// As opened.
    pub opened: StatusListOpened,
    /// Places of its permutation handed out so far.
    pub taken: u32,
    /// What the newest published list reflects.
    pub as_of_position: Option<u64>,
}

impl StatusList {
    /// Indices left.
    pub const fn left(&self) -> u32 {
        self.opened.size.saturating_sub(self.taken)
    }
}

/// A registered body (评价机构 / 培训机构).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// As registered.
    pub registered: BodyRegistered,
    /// Whether it may act.
    pub standing: Standing,
    /// Suspensions that have ended, in order.
    pub suspensions: Vec<Suspension>,
    /// The codes of its numbers.
    pub number_code: Option<NumberCode>,
    /// Every scope ever granted.
    pub scopes: BTreeMap<GrantId, Scope>,
    /// Run-offs that have not ended.
    pub run_offs: BTreeMap<SessionId, RunOffGranted>,
    /// Every key, in the order of registration.
    pub keys: Vec<BodyKey>,
    /// Every status list, in the order of their numbers.
    pub lists: Vec<StatusList>,
    /// What it is as a training base for teachers (师资培训基地).
    pub training_base: TrainingBase,
    /// The last serial taken, by grammar, year, and level or item.
    pub serials: BTreeMap<(String, i16, CountedBy), u32>,
    /// Every ecosystem it led, in the order they were opened.
    pub ecosystems: Vec<Ecosystem>,
    /// Every permit to work in another province, in the order they were given.
    pub permits: Vec<Permit>,
    /// Stars and credit.
    pub record: Record,
    /// Every review of its certificates.
    pub reviews: BTreeMap<ReviewId, Review>,
    /// Proposals about it.
    pub proposals: Proposals,
}

impl BodyState {
    /// The registered body.
    pub fn body(&self) -> Result<&Body, BodyRejection> {
        match self {
            Self::Absent => Err(BodyRejection::NotRegistered),
            Self::Registered(body) => Ok(body),
        }
    }

    /// The scopes whose last day is before `on` and that have not ended yet: each is ended, in
    /// order, before anything else of that body (invariant 13).
    pub fn expired_scopes(&self, on: Date) -> Vec<ScopeEnded> {
        let Self::Registered(body) = self else {
            return Vec::new();
        };
        body.scopes
            .values()
            .filter(|scope| scope.ended_on.is_none() && scope.granted.to < on)
            .map(|scope| ScopeEnded {
                grant: scope.granted.grant,
                on: day_after(scope.granted.to),
                reason: EXPIRED.to_owned(),
            })
            .collect()
    }

    /// The run-offs whose last day is before `on` and that have not ended yet.
    pub fn expired_run_offs(&self, on: Date) -> Vec<RunOffEnded> {
        let Self::Registered(body) = self else {
            return Vec::new();
        };
        body.run_offs
            .values()
            .filter(|run_off| run_off.until < on)
            .map(|run_off| RunOffEnded {
                session: run_off.session,
                on: day_after(run_off.until),
            })
            .collect()
    }
}

/// Why a scope ended whose last day has passed.
pub const EXPIRED: &str = "有效期届满 (expired)";

pub(super) fn day_after(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

impl Body {
    /// A body fresh from registration.
    pub(super) fn new(registered: BodyRegistered) -> Self {
        Self {
            registered,
            standing: Standing::Good,
            suspensions: Vec::new(),
            number_code: None,
            scopes: BTreeMap::new(),
            run_offs: BTreeMap::new(),
            keys: Vec::new(),
            lists: Vec::new(),
            training_base: TrainingBase::default(),
            serials: BTreeMap::new(),
            ecosystems: Vec::new(),
            permits: Vec::new(),
            record: Record::default(),
            reviews: BTreeMap::new(),
            proposals: Proposals::default(),
        }
    }

    /// The newest key of this purpose that is in use.
    pub fn active_key(&self, purpose: &str) -> Option<&BodyKey> {
        let signs = |key: &&BodyKey| key.purpose == purpose && key.in_use == KeyUse::Active;
        self.keys.iter().rev().find(signs)
    }

    /// A key by its id.
    pub fn key(&self, key_id: &str) -> Option<&BodyKey> {
        self.keys.iter().find(|key| key.key_id == key_id)
    }

    /// A status list by its number.
    pub fn list(&self, list: u32) -> Option<&StatusList> {
        self.lists.iter().find(|it| it.opened.list == list)
    }

    /// Whether a status list with this seed exists.
    pub(super) fn has_seed(&self, seed: Digest) -> bool {
        self.lists.iter().any(|it| it.opened.seed == seed)
    }

    /// Status indices left in all lists.
    pub fn indices_left(&self) -> u32 {
        self.lists.iter().map(StatusList::left).sum()
    }
}
