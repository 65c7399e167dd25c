//! 学徒 and 企业新型学徒制: how long, towards what, and 转正定级 at its end (checklist rows 49 and 55).

use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::rules::routes::jurisdiction::nearest;
use crate::domain::rules::routes::rejection::RouteRejection as No;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kinds of apprenticeship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprenticeshipKind {
    /// 学徒工
    Ordinary,
    /// 企业新型学徒制
    NewType,
}

impl ApprenticeshipKind {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::NewType => "new-type",
        }
    }
}

/// One dated policy of apprenticeship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprenticeshipPolicy {
    /// Its id, stable over editions.
    pub id: String,
    /// Whose policy: `CN`, `DEMO` or a division code.
    pub jurisdiction: String,
    /// The kind.
    pub kind: ApprenticeshipKind,
    /// Fewest months of the agreement.
    pub months_least: u16,
    /// Most months of the agreement.
    pub months_most: u16,
    /// Fewest months of the agreement of an intern of the graduation year; none if this kind
    /// takes no interns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intern_months_least: Option<u16>,
    /// The levels it may aim at (培养目标).
    pub targets: Vec<SkillLevel>,
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

impl ApprenticeshipPolicy {
    /// Whether it applies on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }

    /// Refuses an agreement of the wrong length, or one that aims at another level.
    pub fn check_agreement(&self, months: u16, intern: bool, target: SkillLevel) -> Result<(), No> {
        if !self.targets.contains(&target) {
            return Err(No::TargetOutside { level: target });
        }
        let least = match (intern, self.intern_months_least) {
            (false, _) => self.months_least,
            (true, Some(least)) => least,
            (true, None) => return Err(No::ApprenticeshipPolicyMissing),
        };
        if months < least || months > self.months_most {
            return Err(No::AgreementLength {
                least,
                most: self.months_most,
            });
        }
        Ok(())
    }
}

/// The policy of a kind that applies on that day and at that place; of several of the nearest
/// jurisdiction, the one adopted last.
pub fn policy_of<'a>(
    policies: impl IntoIterator<Item = &'a ApprenticeshipPolicy>,
    kind: ApprenticeshipKind,
    place: RegionCode,
    on: Date,
) -> Result<&'a ApprenticeshipPolicy, No> {
    let applying = policies
        .into_iter()
        .filter(|it| it.kind == kind && it.in_force(on));
    nearest(applying, |it| it.jurisdiction.as_str(), place)
        .pop()
        .ok_or(No::ApprenticeshipPolicyMissing)
}

/// An apprenticeship that was completed (学徒期满).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompletedApprenticeship {
    /// The occupation.
    pub occupation: OccupationCode,
    /// The level aimed at.
    pub target: SkillLevel,
    /// Whether it was with the body that grades now.
    pub with_this_employer: bool,
    /// The day it was completed.
    pub completed_on: Date,
}

/// What is claimed for one apprentice, and what the streams of body and worker say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradingClaim {
    /// The occupation.
    pub occupation: OccupationCode,
    /// The level asked for.
    pub level: SkillLevel,
    /// Whether the body is an employer with a filing (用人单位备案).
    pub by_employer: bool,
    /// The apprenticeships he completed.
    pub completed: Vec<CompletedApprenticeship>,
    /// The days of the assessments by which he was graded in the occupation before (转正定级), as far
    /// as the level stands.
    pub graded_on: Vec<Date>,
    /// The highest level he holds in the occupation.
    pub held: Option<SkillLevel>,
}

/// 转正定级 on a day: the apprenticeship it rests on. It gives a level up to the one aimed at, once:
/// what was completed when he was graded leads to no second level without the conditions of
/// application (our reading of 期满转正定级).
pub fn grading(claim: &GradingClaim, on: Date) -> Result<CompletedApprenticeship, No> {
    if !claim.by_employer {
        return Err(No::GradingEmployerOnly);
    }
    let level = claim.level;
    let counts = |it: &&CompletedApprenticeship| {
        it.occupation == claim.occupation && it.with_this_employer && it.completed_on <= on
    };
    let graded_on = claim.graded_on.iter().max().copied();
    let unused = |it: &&CompletedApprenticeship| graded_on.is_none_or(|day| day < it.completed_on);
    let completed = claim.completed.iter().filter(counts).filter(unused);
    let completed = completed.max_by_key(|it| it.target);
    let completed = completed.ok_or_else(|| {
        match graded_on.filter(|_| claim.completed.iter().any(|it| counts(&it))) {
            Some(graded_on) => No::ApprenticeshipGraded { graded_on },
            None => No::ApprenticeshipNotCompleted,
        }
    })?;
    if level > completed.target {
        return Err(No::LevelAboveTarget {
            level,
            target: completed.target,
        });
    }
    match claim.held {
        Some(held) if held >= level => Err(No::LevelHeld { held }),
        _ => Ok(*completed),
    }
}
