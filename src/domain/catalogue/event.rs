//! Events of the catalogue.

use crate::domain::event::events;
use crate::domain::number::NumberGrammar;
use crate::domain::occupation::Occupation;
use crate::domain::rules::eligibility::{OccupationStandard, Template};
use crate::domain::rules::recognition::RecognitionRule;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An edition of the occupation catalogue (职业分类大典) was adopted; it replaces the earlier one
/// for decisions from `effective_from` on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationsAdopted {
    /// Edition name: `2022`.
    pub edition: String,
    /// First day it applies.
    pub effective_from: Date,
    /// Where it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// The occupations.
    pub occupations: Vec<Occupation>,
}

/// A grammar of certificate numbers (证书编码规则) was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberGrammarAdopted {
    /// The grammar.
    pub grammar: NumberGrammar,
}

/// An edition of recognition rules (比照认定 / 职业发展贯通) was adopted; rules of earlier
/// editions stay answerable for their dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionRulesAdopted {
    /// Edition name.
    pub edition: String,
    /// The rules, each with its own source and dates.
    pub rules: Vec<RecognitionRule>,
}

/// Standards (国家职业标准, 评价规范, 考核规范) and templates of their application conditions were
/// adopted. A template replaces an earlier one of its id, a standard an earlier one of its kind,
/// code and edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardsAdopted {
    /// Edition name of this adoption.
    pub edition: String,
    /// The templates, each with its own source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// The standards, each with its own source and dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<OccupationStandard>,
}

events! {
    /// What happened to the catalogue.
    pub enum CatalogueEvent {
        /// Occupations were adopted.
        OccupationsAdopted(OccupationsAdopted) = "catalogue.occupations_adopted", 1;
        /// A number grammar was adopted.
        NumberGrammarAdopted(NumberGrammarAdopted) = "catalogue.number_grammar_adopted", 2;
        /// Recognition rules were adopted.
        RecognitionRulesAdopted(RecognitionRulesAdopted) = "catalogue.recognition_rules_adopted", 1;
        /// Standards were adopted.
        StandardsAdopted(StandardsAdopted) = "catalogue.standards_adopted", 1;
    }
}
