//! Events of the catalogue.

use crate::domain::attainment::ItemKind;
use crate::domain::catalogue::routes::{
    AppointmentPoliciesAdopted, ApprenticeshipPoliciesAdopted, DirectGroundsAdopted,
    PromotionRulesAdopted,
};
use crate::domain::event::events;
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberGrammar;
use crate::domain::occupation::{Occupation, OccupationCode, WorkType};
use crate::domain::rules::eligibility::{OccupationStandard, Template};
use crate::domain::rules::recognition::{Comparison, Issuer, RecognitionRule, TitleSeries};
use crate::domain::rules::staff::StaffRule;
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

/// A row of a comparison table (比照目录) was listed. A row of the same code that is listed later
/// replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonListed {
    /// The row.
    pub comparison: Comparison,
}

/// An edition of title series (职称系列) and the occupations that belong to them was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleSeriesAdopted {
    /// The edition.
    pub title_series: TitleSeries,
}

/// An issuer of foreign, 港澳台 or industry certificates was registered (发证机构登记).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuerRegistered {
    /// The registration.
    pub issuer: Issuer,
}

/// An issuer was struck from the register; from that day on it is not registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuerStruck {
    /// Its code.
    pub code: String,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The first day on which it is not registered.
    pub on: Date,
}

/// One change of an amendment to the occupations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum OccupationChange {
    /// 新增: a new occupation.
    Added {
        /// It.
        occupation: Occupation,
    },
    /// 更名: another name; the old one stays readable.
    Renamed {
        /// Which.
        code: OccupationCode,
        /// The new name.
        name_zh: String,
        /// The new English name; empty if none was supplied.
        name_en: String,
    },
    /// 调整工种 and levels: the work types and levels from now on.
    Adjusted {
        /// Which.
        code: OccupationCode,
        /// The levels its standard opens; empty means 五级 to 一级.
        levels: Vec<SkillLevel>,
        /// The work types.
        work_types: Vec<WorkType>,
    },
    /// 撤并: no longer assessed.
    Retired {
        /// Which.
        code: OccupationCode,
        /// What took its place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        into: Option<OccupationCode>,
    },
}

/// New occupations were published, others renamed, adjusted or merged (新职业发布、职业分类动态
/// 调整, 国就劳发〔2025〕4号 十五): applied to the edition in force, from `effective_from` on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationsAmended {
    /// Name of the amendment: `2025-05`.
    pub amendment: String,
    /// First day it applies.
    pub effective_from: Date,
    /// Where it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// The changes, each of another occupation.
    pub changes: Vec<OccupationChange>,
}

/// Something assessable without a level: 专项职业能力考核项目 or 微技能项目.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillItem {
    /// Its code.
    pub code: ItemCode,
    /// Which of the two.
    pub kind: ItemKind,
    /// Its name.
    pub name: Name,
    /// The occupation it belongs to, if to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// Class hours its training takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u16>,
    /// The 考核规范 it is assessed under; a session names this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specification: Option<ItemSpecification>,
    /// The last day on which it may be assessed, if it has one (停考).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// An edition of a 考核规范.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemSpecification {
    /// Its code.
    pub code: String,
    /// Its edition.
    pub edition: String,
}

/// Items were published (专项职业能力考核规范、微技能目录); a code that stands already is replaced
/// from `effective_from` on, the others stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsAdopted {
    /// Edition name.
    pub edition: String,
    /// First day it applies.
    pub effective_from: Date,
    /// Where it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// The items.
    pub items: Vec<SkillItem>,
}

/// Kind of an assessment resource (评价技术资源).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceKind {
    /// 国家职业标准 / 省级标准 / 评价规范
    Standard,
    /// 题库
    QuestionBank,
    /// 专项职业能力考核规范
    ItemSpecification,
    /// 职业培训包
    TrainingPackage,
}

/// An assessment resource was released (开发成果), to be counted by year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceReleased {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: String,
    /// Its kind.
    pub kind: ResourceKind,
    /// Its title.
    pub title: String,
    /// The occupation it is for, if for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// The day of release.
    pub released_on: Date,
    /// Who developed it.
    pub developer: String,
}

/// An edition of rules about people who assess and teach was adopted; rules of earlier editions
/// stay answerable for their dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRulesAdopted {
    /// Edition name.
    pub edition: String,
    /// The rules, each with its own source and dates.
    pub rules: Vec<StaffRule>,
}

events! {
    /// What happened to the catalogue.
    pub enum CatalogueEvent {
        /// Occupations were adopted.
        OccupationsAdopted(OccupationsAdopted) = "catalogue.occupations_adopted", 1;
        /// Occupations were amended.
        OccupationsAmended(OccupationsAmended) = "catalogue.occupations_amended", 1;
        /// Items were adopted.
        ItemsAdopted(ItemsAdopted) = "catalogue.items_adopted", 2;
        /// An assessment resource was released.
        ResourceReleased(ResourceReleased) = "catalogue.resource_released", 1;
        /// A number grammar was adopted.
        NumberGrammarAdopted(NumberGrammarAdopted) = "catalogue.number_grammar_adopted", 2;
        /// Standards were adopted.
        StandardsAdopted(StandardsAdopted) = "catalogue.standards_adopted", 1;
        /// Rules about staff were adopted.
        StaffRulesAdopted(StaffRulesAdopted) = "catalogue.staff_rules_adopted", 1;
        /// Recognition rules were adopted.
        RecognitionRulesAdopted(RecognitionRulesAdopted) = "catalogue.recognition_rules_adopted", 2;
        /// A row of a comparison table was listed.
        ComparisonListed(ComparisonListed) = "catalogue.comparison_listed", 1;
        /// Title series were adopted.
        TitleSeriesAdopted(TitleSeriesAdopted) = "catalogue.title_series_adopted", 1;
        /// An issuer was registered.
        IssuerRegistered(IssuerRegistered) = "catalogue.issuer_registered", 1;
        /// An issuer was struck.
        IssuerStruck(IssuerStruck) = "catalogue.issuer_struck", 1;
        /// Rules of promotion from competitions were adopted.
        PromotionRulesAdopted(PromotionRulesAdopted) = "catalogue.promotion_rules_adopted", 1;
        /// Grounds of direct recognition were adopted.
        DirectGroundsAdopted(DirectGroundsAdopted) = "catalogue.direct_grounds_adopted", 1;
        /// Policies of appointment were adopted.
        AppointmentPoliciesAdopted(AppointmentPoliciesAdopted) = "catalogue.appointment_policies_adopted", 2;
        /// Policies of apprenticeship were adopted.
        ApprenticeshipPoliciesAdopted(ApprenticeshipPoliciesAdopted) = "catalogue.apprenticeship_policies_adopted", 1;
    }
}
