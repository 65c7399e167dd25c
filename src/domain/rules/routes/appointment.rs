//! 评聘: 特级技师 and 首席技师, posts that an employer gives and the province confirms (checklist
//! row 50).

use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::region::RegionCode;
use crate::domain::rules::routes::jurisdiction::nearest;
use crate::domain::rules::routes::rejection::RouteRejection as No;
use crate::domain::rules::years::full_years_on;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A part of the review of a candidate for 评聘.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewPart {
    /// 业绩评审
    Achievements,
    /// 现场答辩
    Defence,
    /// 综合评审
    Comprehensive,
}

/// What becomes of the certificate when the appointment ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateAtEnd {
    /// It stays: the level was awarded and is not taken back.
    #[default]
    Stays,
    /// It is cancelled (注销), as two people decide.
    Cancelled,
}

/// One dated policy of 评聘 for one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentPolicy {
    /// Its id, stable over editions.
    pub id: String,
    /// Whose policy: `CN`, `DEMO` or a division code.
    pub jurisdiction: String,
    /// The level it appoints to.
    pub level: SkillLevel,
    /// The level that must be held in the occupation.
    pub prior: SkillLevel,
    /// Full years for which it must be held.
    pub prior_years: u8,
    /// Parts of the review; each is passed with 60 or more.
    pub review: Vec<ReviewPart>,
    /// Fewest working days of notice (公示).
    pub notice_working_days: u16,
    /// Fewest years of a term (聘期).
    pub term_years_least: u8,
    /// Most years of a term.
    pub term_years_most: u8,
    /// What becomes of the certificate when the appointment ends; it stays if not stated.
    #[serde(default)]
    pub certificate_at_end: CertificateAtEnd,
    /// First day it applies.
    pub effective_from: Date,
    /// Last day it applies, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Document number and article.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

impl AppointmentPolicy {
    /// Whether it applies on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }

    /// Refuses a term (聘期) of too few or too many full years; `to` is its last day.
    pub fn check_term(&self, from: Date, to: Date) -> Result<(), No> {
        let over = to.tomorrow().unwrap_or(Date::MAX);
        let least = full_years_on(from, self.term_years_least);
        let most = full_years_on(from, self.term_years_most);
        if over < least || over > most {
            Err(No::TermOutside {
                least: self.term_years_least,
                most: self.term_years_most,
            })
        } else {
            Ok(())
        }
    }
}

/// The certificate that is to be cancelled with an appointment, under the policy of the day of the
/// end. It is named by whoever ends the appointment: `issued` says whether there is one.
pub fn certificate_ending(
    policy: Option<&AppointmentPolicy>,
    issued: bool,
    named: Option<&CertificateNumber>,
) -> Result<Option<CertificateNumber>, No> {
    let ends = policy.is_some_and(|it| it.certificate_at_end == CertificateAtEnd::Cancelled);
    match (ends && issued, named) {
        (true, None) => Err(No::AppointmentCertificateUnnamed),
        (false, Some(_)) => Err(No::AppointmentCertificateStays),
        (_, named) => Ok(named.cloned()),
    }
}

/// What is claimed for one candidate, and what the streams of body and worker say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppointmentClaim {
    /// The level asked for.
    pub level: SkillLevel,
    /// Whether the body is an employer with a filing (用人单位备案).
    pub by_employer: bool,
    /// Whether the candidate is in post there on that day, 劳务派遣 and 外包 included.
    pub in_post: bool,
    /// Every level he holds in the occupation, with the day he has held it since.
    pub held: Vec<(SkillLevel, Date)>,
    /// The parts of the review that were marked.
    pub reviewed: Vec<ReviewPart>,
}

/// The policy that applies to a level on that day and at that place; of several of the nearest
/// jurisdiction, the one adopted last.
pub fn policy_of<'a>(
    policies: impl IntoIterator<Item = &'a AppointmentPolicy>,
    level: SkillLevel,
    place: RegionCode,
    on: Date,
) -> Result<&'a AppointmentPolicy, No> {
    if !matches!(level, SkillLevel::Special | SkillLevel::Chief) {
        return Err(No::LevelNotAppointed { level });
    }
    let applying = policies
        .into_iter()
        .filter(|it| it.level == level && it.in_force(on));
    nearest(applying, |it| it.jurisdiction.as_str(), place)
        .pop()
        .ok_or(No::AppointmentPolicyMissing { level })
}

/// The policy under which the candidate may be put to the review. Whether he passed is the
/// verdict of the marks; notice and term are checked by the policy later.
pub fn appointment<'a>(
    policies: impl IntoIterator<Item = &'a AppointmentPolicy>,
    claim: &AppointmentClaim,
    place: RegionCode,
    on: Date,
) -> Result<&'a AppointmentPolicy, No> {
    if !claim.by_employer {
        return Err(No::AppointmentEmployerOnly);
    }
    let policy = policy_of(policies, claim.level, place, on)?;
    if !claim.in_post {
        return Err(No::NotInPost);
    }
    if let Some((held, _)) = claim.held.iter().find(|(held, _)| *held >= claim.level) {
        return Err(No::LevelHeld { held: *held });
    }
    let since = claim
        .held
        .iter()
        .filter(|(held, _)| *held == policy.prior)
        .map(|(_, since)| *since)
        .min()
        .ok_or(No::PriorLevelMissing {
            level: policy.prior,
        })?;
    let until = full_years_on(since, policy.prior_years);
    if on < until {
        return Err(No::PriorLevelTooShort {
            level: policy.prior,
            until,
        });
    }
    // A part more than the policy asks for was marked too, and its mark counts.
    let reviewed: BTreeSet<ReviewPart> = claim.reviewed.iter().copied().collect();
    let whole = policy.review.iter().all(|it| reviewed.contains(it));
    if whole && reviewed.len() == claim.reviewed.len() {
        Ok(policy)
    } else {
        Err(No::ReviewIncomplete)
    }
}
