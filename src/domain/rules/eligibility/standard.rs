//! Standards (国家职业标准, 行业企业评价规范, 专项职业能力考核规范) as far as they say who may apply,
//! and the templates (编制技术规程) whose conditions most of them share. Dated data with its source.

use super::condition::Condition;
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One of several conditions, any of which lets somebody apply (具备以下条件之一者).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Its id, unique in its document: `2023-三级-2`.
    pub id: String,
    /// What it asks.
    pub condition: Condition,
    /// Where this one was read, if not where its document was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether a person compared it with the official text.
    #[serde(default)]
    pub verified: bool,
}

/// The conditions of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelConditions {
    /// The level.
    pub level: SkillLevel,
    /// Any one of these.
    pub any_of: Vec<Alternative>,
}

/// The application conditions that standards of one generation share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its id, by which standards name it: `cn-2023`.
    pub id: String,
    /// Whose rule: `CN`, or a jurisdiction.
    pub jurisdiction: String,
    /// The document.
    pub source: String,
    /// Whether a person compared it with the official text.
    #[serde(default)]
    pub verified: bool,
    /// By level.
    pub levels: Vec<LevelConditions>,
}

/// A level that a standard opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedLevel {
    /// The level.
    pub level: SkillLevel,
    /// Standard class hours (标准学时) of a training for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// The standard's own conditions, in place of the template's; none = the template's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Alternative>,
}

/// What a standard is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Assesses {
    /// An occupation, by levels.
    Occupation {
        /// 职业编码
        occupation: OccupationCode,
        /// Codes under which the same occupation stood in earlier editions of the catalogue.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        formerly: Vec<OccupationCode>,
        /// 相关职业
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        related: Vec<OccupationCode>,
        /// The template whose conditions apply; none if every level has its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<String>,
        /// The levels it opens.
        levels: Vec<OpenedLevel>,
    },
    /// An item without a level (专项职业能力).
    Item {
        /// 考核项目编码
        item: ItemCode,
        /// The occupations it belongs to, if any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        occupations: Vec<OccupationCode>,
        /// Standard class hours of a training for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<u32>,
        /// Any one of these.
        any_of: Vec<Alternative>,
    },
}

/// A standard, as far as it says who may apply for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccupationStandard {
    /// Its kind.
    pub kind: StandardKind,
    /// Its code: `GZB 6-31-07-01`.
    pub code: String,
    /// Its edition: `2023`.
    pub edition: String,
    /// What it is about.
    pub assesses: Assesses,
    /// First day it applies.
    pub effective_from: Date,
    /// Last day it applies, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// The document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    #[serde(default)]
    pub verified: bool,
}

/// A standard together with the template it names: what an application is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Applicable<'a> {
    /// The standard.
    pub standard: &'a OccupationStandard,
    /// The template it names.
    pub template: Option<&'a Template>,
}

impl OccupationStandard {
    /// Whether it applies on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }
    /// Kind, code and edition, as a session names it.
    pub fn named(&self) -> Standard {
        Standard {
            kind: self.kind,
            code: self.code.clone(),
            edition: self.edition.clone(),
        }
    }
    /// Whether a session's words name this standard.
    pub fn is(&self, named: &Standard) -> bool {
        self.kind == named.kind && self.code == named.code && self.edition == named.edition
    }
    /// The occupation it is about; none of an item.
    pub fn occupation(&self) -> Option<OccupationCode> {
        match &self.assesses {
            Assesses::Occupation { occupation, .. } => Some(*occupation),
            Assesses::Item { .. } => None,
        }
    }
    /// The template it names, if any.
    pub fn template(&self) -> Option<&str> {
        match &self.assesses {
            Assesses::Occupation { template, .. } => template.as_deref(),
            Assesses::Item { .. } => None,
        }
    }
    /// The item it is about; none of an occupation.
    pub fn item(&self) -> Option<&ItemCode> {
        match &self.assesses {
            Assesses::Item { item, .. } => Some(item),
            Assesses::Occupation { .. } => None,
        }
    }
    /// Whether this code is the occupation's, today or in an earlier edition.
    pub fn is_own(&self, code: OccupationCode) -> bool {
        match &self.assesses {
            Assesses::Occupation {
                occupation,
                formerly,
                ..
            } => *occupation == code || formerly.contains(&code),
            Assesses::Item { occupations, .. } => occupations.contains(&code),
        }
    }
    /// Whether this code is the occupation's own or a related one's (本职业或相关职业).
    pub fn is_related(&self, code: OccupationCode) -> bool {
        let listed = match &self.assesses {
            Assesses::Occupation { related, .. } => related.contains(&code),
            Assesses::Item { .. } => false,
        };
        listed || self.is_own(code)
    }
    /// The levels it opens, lowest first; none of an item.
    pub fn levels(&self) -> Vec<SkillLevel> {
        let mut levels: Vec<SkillLevel> = match &self.assesses {
            Assesses::Occupation { levels, .. } => levels.iter().map(|it| it.level).collect(),
            Assesses::Item { .. } => Vec::new(),
        };
        levels.sort_unstable();
        levels
    }
    /// Whether it opens this level.
    pub fn opens(&self, level: SkillLevel) -> bool {
        self.opened(level).is_some()
    }
    pub(super) fn opened(&self, level: SkillLevel) -> Option<&OpenedLevel> {
        match &self.assesses {
            Assesses::Occupation { levels, .. } => levels.iter().find(|it| it.level == level),
            Assesses::Item { .. } => None,
        }
    }
}

/// The alternatives of a level, and the document they stand in.
#[derive(Clone, Copy, Debug)]
pub struct Conditions<'a> {
    /// Any one of these.
    pub any_of: &'a [Alternative],
    /// The document.
    pub source: &'a str,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

impl<'a> Applicable<'a> {
    /// The conditions of a level: the standard's own, else the template's. Without alternatives
    /// if the level is not opened.
    pub fn conditions(&self, level: SkillLevel) -> Conditions<'a> {
        let own = Conditions {
            any_of: &[],
            source: &self.standard.source,
            verified: self.standard.verified,
        };
        match (self.standard.opened(level), self.template) {
            (Some(opened), _) if !opened.any_of.is_empty() => Conditions {
                any_of: &opened.any_of,
                ..own
            },
            (Some(_), Some(template)) => Conditions {
                any_of: template
                    .levels
                    .iter()
                    .find(|of| of.level == level)
                    .map_or(&[], |of| &of.any_of),
                source: &template.source,
                verified: template.verified,
            },
            _ => own,
        }
    }
}
