//! Recognition rules (比照认定 / 职业发展贯通): what one thing gives towards another.
//!
//! A rule never says "equals". It says an effect, a citation and the conditions.

use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The grade of a professional title (职称层级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleGrade {
    /// 员级
    Technician,
    /// 助理级 (初级)
    Assistant,
    /// 中级
    Intermediate,
    /// 副高级
    AssociateSenior,
    /// 正高级
    Senior,
}

/// A professional title (职称): series and grade.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Title {
    /// Series (职称系列): `工程`.
    pub series: String,
    /// Grade.
    pub grade: TitleGrade,
    /// Its name: `助理工程师`.
    pub name: String,
}

/// One side of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Qualification {
    /// A skill level, in any of these occupations; none named = any.
    Level {
        /// The level.
        level: SkillLevel,
        /// The occupations.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        occupations: Vec<OccupationCode>,
    },
    /// A professional title.
    Title {
        /// The title.
        title: Title,
    },
}

/// What a rule gives. Never an equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// 申报资格: may apply; the assessment itself still has to be passed.
    MayApply,
    /// 视同 / 比照认定: counts as, where the citation says so.
    CountsAs,
    /// 待遇比照: pay and treatment alike, no title and no level.
    TreatmentAlike,
    /// 直接认定: is recognised without assessment.
    DirectRecognition,
    /// 破格: may apply although ordinary conditions are not met.
    Exceptional,
}

/// One dated recognition rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionRule {
    /// Its id, stable over editions.
    pub id: String,
    /// Whose rule: `CN` national, or a jurisdiction.
    pub jurisdiction: String,
    /// What the person holds.
    pub from: Qualification,
    /// What it leads to.
    pub to: Qualification,
    /// The effect.
    pub effect: Effect,
    /// Full years that must have passed since the holding began (满 N 年, anniversary included).
    pub years_after: u8,
    /// Other conditions, in words; each is reported as "to be shown".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// First day it applies.
    pub effective_from: Date,
    /// Last day it applies, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Document number and article.
    pub citation: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}
