//! The comparison table (比照目录): certificates of industries and of abroad beside a level of an
//! occupation. Each row is a dated rule of its own (checklist rows 32, 61b).

use super::qualification::Qualification;
use super::rule::{Effect, RecognitionRule, StatedCondition};
use crate::domain::background::OutsideKind;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which way a row is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Directions {
    /// From the certificate to the level.
    ToLevel,
    /// From the level to the certificate.
    FromLevel,
    /// Both ways (双向比照).
    Both,
}

/// One row of a comparison table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The row's code, stable over editions: the same code listed later replaces it.
    pub code: String,
    /// The edition it stands in.
    pub edition: String,
    /// Whose table.
    pub jurisdiction: String,
    /// Kind of the certificate: foreign, 港澳台 or industry.
    pub outside: OutsideKind,
    /// Its issuer, by the code of the register.
    pub issuer: String,
    /// What it is called.
    pub certificate: String,
    /// Its grade in the issuer's words; none = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The occupation beside it.
    pub occupation: OccupationCode,
    /// The level beside it.
    pub level: SkillLevel,
    /// Which way it is read.
    pub directions: Directions,
    /// The effect.
    pub effect: Effect,
    /// A condition that is to be shown, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Whether a level that is awarded on it may have a certificate of this ledger.
    pub with_certificate: bool,
    /// First day.
    pub effective_from: Date,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Document number and article.
    pub citation: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// Whether it only shows what such a row looks like.
    pub demo: bool,
}

/// The id of a row's only condition.
pub(super) const ROW_CONDITION: &str = "row-condition";

impl Comparison {
    /// The rules the row stands for: `compare/CODE` to the level, `compare/CODE/back` from it.
    pub fn rules(&self) -> Vec<RecognitionRule> {
        let certificate = || Qualification::Certificate {
            outside: self.outside,
            issuer: self.issuer.clone(),
            name: self.certificate.clone(),
            grade: self.grade.clone(),
        };
        let level = || Qualification::Level {
            level: self.level,
            occupations: vec![self.occupation],
            series: None,
        };
        let to_level = || self.rule(format!("compare/{}", self.code), certificate(), level());
        let back = || RecognitionRule {
            certificate: false,
            ..self.rule(
                format!("compare/{}/back", self.code),
                level(),
                certificate(),
            )
        };
        match self.directions {
            Directions::ToLevel => vec![to_level()],
            Directions::FromLevel => vec![back()],
            Directions::Both => vec![to_level(), back()],
        }
    }

    fn rule(&self, id: String, from: Qualification, to: Qualification) -> RecognitionRule {
        let condition = self.condition.iter().map(|text| StatedCondition {
            id: ROW_CONDITION.to_owned(),
            words: Name {
                zh: text.clone(),
                en: None,
            },
        });
        RecognitionRule {
            id,
            jurisdiction: self.jurisdiction.clone(),
            from,
            to,
            effect: self.effect,
            channel: None,
            years_after: 0,
            related: false,
            conditions: condition.collect(),
            certificate: self.with_certificate,
            effective_from: self.effective_from,
            effective_to: self.effective_to,
            citation: self.citation.clone(),
            verified: self.verified,
            demo: self.demo,
        }
    }
}
