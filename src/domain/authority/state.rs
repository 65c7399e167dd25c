//! What the authority has laid down.

use crate::domain::authority::event::{AuthorityEstablished, NoticePolicySet};
use crate::domain::authority::rejection::AuthorityRejection;
use crate::domain::key_use::KeyUse;
use crate::domain::proposal::Proposals;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::rules::bodies::BodyPolicy;
use crate::domain::rules::calendar::{self, Calendars, YearMissing};
use crate::domain::session::event::NoticeStarted;
use jiff::civil::Date;

/// The purposes of the authority's keys.
pub const PURPOSES: [&str; 2] = ["trust", "log"];

/// Most keys of the log in use at once: one and its successor, until everybody knows that.
pub const LOG_KEYS_IN_USE_MAX: u16 = 2;

/// The jurisdiction without rules of its own, for trying the ledger.
pub const DEMO: &str = "DEMO";

/// No ledger yet, or an established one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AuthorityState {
    /// Before genesis.
    #[default]
    Absent,
    /// The ledger has begun.
    Established(Box<Authority>),
}

/// A key of the authority or the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityKey {
    /// Its id.
    pub key_id: String,
    /// `trust` or `log`.
    pub purpose: String,
    /// Multibase Multikey.
    pub public_key: String,
    /// Whether it signs.
    pub in_use: KeyUse,
}

/// An authority (主管部门) and what it has laid down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// As established.
    pub established: AuthorityEstablished,
    /// Every key, in the order of registration.
    pub keys: Vec<AuthorityKey>,
    /// Working days, by year.
    pub calendars: Calendars,
    /// Notice policies, in the order they were set.
    pub notice_policies: Vec<NoticePolicySet>,
    /// Policies about bodies, in the order they were set.
    pub body_policies: Vec<BodyPolicy>,
    /// How assessments are held, in the order it was set.
    pub assessment_policies: Vec<AssessmentPolicy>,
    /// What the newest trust list reflects.
    pub trust_list_as_of: Option<u64>,
    /// Proposals about its keys.
    pub proposals: Proposals,
}

impl AuthorityKey {
    fn signs_as(&self, purpose: &str) -> bool {
        self.in_use == KeyUse::Active && self.purpose == purpose
    }
}

impl Authority {
    /// The newest key of this purpose that is in use.
    pub fn active_key(&self, purpose: &str) -> Option<&AuthorityKey> {
        let signs = |key: &&AuthorityKey| key.signs_as(purpose);
        self.keys.iter().rev().find(signs)
    }

    /// The keys of this purpose that are in use, in the order of registration.
    pub fn active_keys(&self, purpose: &str) -> impl Iterator<Item = &AuthorityKey> {
        let signs = move |key: &&AuthorityKey| key.signs_as(purpose);
        self.keys.iter().filter(signs)
    }
}

impl AuthorityState {
    /// The established authority.
    pub fn authority(&self) -> Result<&Authority, AuthorityRejection> {
        match self {
            Self::Absent => Err(AuthorityRejection::NotEstablished),
            Self::Established(authority) => Ok(authority),
        }
    }

    /// Working days of public notice for a notice that begins on `date`: the policy with the
    /// latest first day, and of those the one set last.
    pub fn notice_on(&self, date: Date) -> Result<u16, AuthorityRejection> {
        self.authority()?
            .notice_policies
            .iter()
            .filter(|policy| policy.effective_from <= date)
            .max_by_key(|policy| policy.effective_from)
            .map(|policy| policy.working_days)
            .ok_or(AuthorityRejection::NoticePolicyMissing { date })
    }

    /// What holds of bodies on a day: the policy with the latest first day, and of those the one
    /// set last.
    pub fn body_policy_on(&self, date: Date) -> Result<&BodyPolicy, AuthorityRejection> {
        self.authority()?
            .body_policies
            .iter()
            .filter(|policy| policy.effective_from <= date)
            .max_by_key(|policy| policy.effective_from)
            .ok_or(AuthorityRejection::BodyPolicyMissing { date })
    }

    /// How assessments of this day are held: the policy with the latest first day, and of those
    /// the one set last. None if none was set.
    pub fn assessment_policy_on(&self, date: Date) -> Option<&AssessmentPolicy> {
        let Self::Established(authority) = self else {
            return None;
        };
        authority
            .assessment_policies
            .iter()
            .filter(|policy| policy.effective_from <= date)
            .max_by_key(|policy| policy.effective_from)
    }

    /// The `n`th working day after `from`, which is not counted; `from` itself for 0.
    pub fn working_day_after(&self, from: Date, n: u16) -> Result<Date, AuthorityRejection> {
        calendar::working_day_after(&self.authority()?.calendars, from, n)
            .map_err(|YearMissing(year)| AuthorityRejection::CalendarMissing { year })
    }

    /// The public notice (公示) that begins on `from`: its length by the policy of that day, and
    /// the first day on which the session may close, which is the day after the last working day
    /// of notice, or `from` itself where no notice is asked for.
    pub fn notice_from(&self, from: Date) -> Result<NoticeStarted, AuthorityRejection> {
        self.notice_of_at_least(from, 0)
    }

    /// [`AuthorityState::notice_from`] of at least so many working days, where a route's own policy
    /// asks for more.
    pub fn notice_of_at_least(
        &self,
        from: Date,
        least: u16,
    ) -> Result<NoticeStarted, AuthorityRejection> {
        let working_days = self.notice_on(from)?.max(least);
        let last = self.working_day_after(from, working_days)?;
        let closes_on = if working_days == 0 {
            from
        } else {
            last.tomorrow().unwrap_or(Date::MAX)
        };
        Ok(NoticeStarted {
            from,
            closes_on,
            working_days,
        })
    }
}
