//! What can be asked of the catalogue.

use crate::domain::catalogue::event::StaffRulesAdopted;
use crate::domain::catalogue::event::{
    ComparisonListed, IssuerRegistered, IssuerStruck, ItemsAdopted, NumberGrammarAdopted,
    OccupationsAdopted, OccupationsAmended, RecognitionRulesAdopted, ResourceReleased,
    StandardsAdopted, TitleSeriesAdopted,
};
use crate::domain::catalogue::routes::{
    AppointmentPoliciesAdopted, ApprenticeshipPoliciesAdopted, DirectGroundsAdopted,
    PromotionRulesAdopted,
};
use jiff::civil::Date;

/// An intent about the catalogue. Each carries the fact it would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogueCommand {
    /// Adopt rules of promotion from competitions (竞赛晋升).
    AdoptPromotionRules(PromotionRulesAdopted),
    /// Adopt grounds of direct recognition (直接认定).
    AdoptDirectGrounds(DirectGroundsAdopted),
    /// Adopt policies of appointment (评聘).
    AdoptAppointmentPolicies(AppointmentPoliciesAdopted),
    /// Adopt policies of apprenticeship (学徒).
    AdoptApprenticeshipPolicies(ApprenticeshipPoliciesAdopted),
    /// Adopt an edition of occupations (职业分类大典).
    AdoptOccupations(OccupationsAdopted),
    /// Amend the edition in force: additions, new names, mergers.
    AmendOccupations(OccupationsAmended),
    /// Adopt items (专项职业能力、微技能).
    AdoptItems(ItemsAdopted),
    /// Record the release of an assessment resource, on a day.
    ReleaseResource {
        /// The resource.
        released: ResourceReleased,
        /// The civil date of the record.
        on: Date,
    },
    /// Adopt a grammar of certificate numbers (证书编码规则).
    AdoptNumberGrammar(NumberGrammarAdopted),
    /// Adopt an edition of rules about staff.
    AdoptStaffRules(StaffRulesAdopted),
    /// Adopt an edition of recognition rules.
    AdoptRecognitionRules(RecognitionRulesAdopted),
    /// Adopt standards and the templates of their conditions.
    AdoptStandards(StandardsAdopted),
    /// List a row of a comparison table (比照目录).
    ListComparison(ComparisonListed),
    /// Adopt an edition of title series (职称系列).
    AdoptTitleSeries(TitleSeriesAdopted),
    /// Register an issuer (发证机构登记).
    RegisterIssuer(IssuerRegistered),
    /// Strike an issuer from the register.
    StrikeIssuer(IssuerStruck),
}
