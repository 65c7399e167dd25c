//! What can be asked of the catalogue.

use crate::domain::catalogue::event::{
    NumberGrammarAdopted, OccupationsAdopted, RecognitionRulesAdopted, StandardsAdopted,
};

/// An intent about the catalogue. Each carries the fact it would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogueCommand {
    /// Adopt an edition of occupations (职业分类大典).
    AdoptOccupations(OccupationsAdopted),
    /// Adopt a grammar of certificate numbers (证书编码规则).
    AdoptNumberGrammar(NumberGrammarAdopted),
    /// Adopt an edition of recognition rules.
    AdoptRecognitionRules(RecognitionRulesAdopted),
    /// Adopt standards and the templates of their conditions.
    AdoptStandards(StandardsAdopted),
}
