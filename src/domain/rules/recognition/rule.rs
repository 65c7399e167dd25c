//! One dated rule: from what, to what, with which effect, on which conditions, by which document.

use super::qualification::Qualification;
use crate::domain::name::Name;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 5] = [
        Self::MayApply,
        Self::CountsAs,
        Self::TreatmentAlike,
        Self::DirectRecognition,
        Self::Exceptional,
    ];

    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MayApply => "may-apply",
            Self::CountsAs => "counts-as",
            Self::TreatmentAlike => "treatment-alike",
            Self::DirectRecognition => "direct-recognition",
            Self::Exceptional => "exceptional",
        }
    }

    /// Whether a level may be awarded on it: where the rule itself says that it counts as the
    /// level, or is recognised as it. An application, a treatment or an exception awards nothing.
    pub const fn may_award(self) -> bool {
        matches!(self, Self::CountsAs | Self::DirectRecognition)
    }
}

/// How an application is taken (申报渠道), where a rule opens another than the ordinary one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// 绿色通道: taken and judged apart.
    Green,
    /// 直接申报: without the grades beneath.
    Direct,
}

/// A condition that the ledger cannot reckon: somebody shows it, somebody checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedCondition {
    /// Its id within the rule, kebab-case.
    pub id: String,
    /// Its words.
    pub words: Name,
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
    /// Another channel than the ordinary one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Full years that must have passed since the holding began (满 N 年, anniversary included).
    pub years_after: u8,
    /// Whether the speciality held must belong to the occupation led to (本职业或相关职业).
    pub related: bool,
    /// Other conditions, each to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<StatedCondition>,
    /// Whether a level that is awarded on it may have a certificate of this ledger.
    pub certificate: bool,
    /// First day it applies.
    pub effective_from: Date,
    /// Last day it applies, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Document number and article.
    pub citation: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// Whether it only shows what such a rule looks like.
    pub demo: bool,
}

impl RecognitionRule {
    /// Whether the rule applies on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_is_called_as_it_is_written_and_only_two_award_a_level() {
        for effect in Effect::ALL {
            let written = serde_json::to_string(&effect).unwrap();
            assert_eq!(written, format!("\"{}\"", effect.name()));
        }
        let awarding: Vec<_> = Effect::ALL
            .into_iter()
            .filter(|it| it.may_award())
            .collect();
        assert_eq!(awarding, [Effect::CountsAs, Effect::DirectRecognition]);
    }
}
