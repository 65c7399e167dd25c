//! 直接认定: a level on grounds and evidence, without the conditions of application (checklist
//! row 51). The notice, the audit and the issue are those of every session.

use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::region::RegionCode;
use crate::domain::rules::routes::jurisdiction::nearest;
use crate::domain::rules::routes::rejection::RouteRejection as No;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One dated ground of direct recognition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectGround {
    /// Its code, stable over editions: `zj-award`.
    pub code: String,
    /// Whose ground: `CN`, `DEMO` or a division code.
    pub jurisdiction: String,
    /// In words.
    pub words: Name,
    /// The lowest level it gives, if it has a floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest: Option<SkillLevel>,
    /// What it sets aside, in the document's words (工作年限、等级、资历…).
    pub waives: Vec<String>,
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

impl DirectGround {
    /// Whether it applies on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }
}

/// What is claimed for one worker, and what the streams of body and worker say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectClaim {
    /// Code of the ground.
    pub ground: String,
    /// Pieces of evidence.
    pub evidence: usize,
    /// The level asked for.
    pub level: SkillLevel,
    /// Whether the body is an employer with a filing (用人单位).
    pub by_employer: bool,
    /// Whether the worker is on its staff on that day, 劳务派遣 included.
    pub on_staff: bool,
    /// The highest level he holds in the occupation.
    pub held: Option<SkillLevel>,
}

/// The ground that gives the level claimed, on that day and at that place. Only the grounds of
/// the nearest jurisdiction are asked: where a province names its grounds, no other opens.
pub fn direct<'a>(
    grounds: impl IntoIterator<Item = &'a DirectGround>,
    claim: &DirectClaim,
    place: RegionCode,
    on: Date,
) -> Result<&'a DirectGround, No> {
    if !claim.by_employer {
        return Err(No::DirectEmployerOnly);
    }
    if !claim.on_staff {
        return Err(No::DirectNotStaff);
    }
    let level = claim.level;
    if !SkillLevel::CERTIFIED.contains(&level) {
        return Err(No::LevelNotDirect { level });
    }
    let in_force = grounds.into_iter().filter(|it| it.in_force(on));
    let ground = nearest(in_force, |it| it.jurisdiction.as_str(), place)
        .into_iter()
        .rfind(|it| it.code == claim.ground)
        .ok_or(No::GroundUnknown)?;
    if let Some(lowest) = ground.lowest
        && level < lowest
    {
        return Err(No::LevelBelowFloor { level, lowest });
    }
    if claim.evidence == 0 {
        return Err(No::DirectEvidenceMissing);
    }
    match claim.held {
        Some(held) if held >= level => Err(No::LevelHeld { held }),
        _ => Ok(ground),
    }
}
