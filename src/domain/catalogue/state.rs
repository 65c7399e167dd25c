//! What applies on a day.

use crate::domain::attainment::{Attainment, ItemKind};
use crate::domain::catalogue::event::StaffRulesAdopted;
use crate::domain::catalogue::event::{ResourceReleased, SkillItem};
use crate::domain::catalogue::routes::RouteTables;
use crate::domain::item::ItemCode;
use crate::domain::number::NumberGrammar;
use crate::domain::occupation::{Occupation, OccupationCatalogue, OccupationCode};
use crate::domain::rules::eligibility::StandardRegister;
use crate::domain::rules::recognition::Rulebook;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// An edition of the occupation catalogue (职业分类大典).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccupationEdition {
    /// Its name.
    pub edition: String,
    /// First day it applies.
    pub effective_from: Date,
    /// The occupations.
    pub occupations: OccupationCatalogue,
}

/// An edition of items (专项职业能力、微技能).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEdition {
    /// Its name.
    pub edition: String,
    /// First day it applies.
    pub effective_from: Date,
    /// The items.
    pub items: Vec<SkillItem>,
}

/// Everything adopted, in the order of adoption. Nothing is ever taken out: what applied on a
/// day stays answerable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogueState {
    /// Editions of rules about staff.
    pub staff_rules: Vec<StaffRulesAdopted>,
    /// Rules of the routes to a level.
    pub routes: RouteTables,
    /// Editions of occupations.
    pub occupations: Vec<OccupationEdition>,
    /// Editions of items.
    pub items: Vec<ItemEdition>,
    /// Assessment resources released.
    pub resources: Vec<ResourceReleased>,
    /// Number grammars.
    pub grammars: Vec<NumberGrammar>,
    /// Standards and templates.
    pub standards: StandardRegister,
    /// Editions of standards.
    pub standard_editions: BTreeSet<String>,
    /// Recognition: rules, comparison rows, title series, issuers.
    pub rulebook: Rulebook,
}

/// The grammar of level certificates, by name.
pub const LEVEL_CERTIFICATE: &str = "level-certificate";

impl CatalogueState {
    /// The edition that applies on that day: the one with the latest first day, and of those the
    /// one adopted last.
    pub fn occupations_on(&self, date: Date) -> Option<&OccupationEdition> {
        self.occupations
            .iter()
            .filter(|edition| edition.effective_from <= date)
            .max_by_key(|edition| edition.effective_from)
    }

    /// An occupation as the edition of that day lists it.
    pub fn occupation_on(&self, code: OccupationCode, date: Date) -> Option<&Occupation> {
        self.occupations_on(date)?.occupations.by_code(code)
    }

    /// An item on that day: of the editions that list it, the one with the latest first day; `None`
    /// once its last day (停考) has passed.
    pub fn item_on(&self, code: &ItemCode, date: Date) -> Option<&SkillItem> {
        self.items
            .iter()
            .filter(|edition| edition.effective_from <= date)
            .filter_map(|edition| {
                let item = edition.items.iter().find(|item| item.code == *code)?;
                Some((edition.effective_from, item))
            })
            .max_by_key(|(from, _)| *from)
            .map(|(_, item)| item)
            .filter(|item| item.until.is_none_or(|last| date <= last))
    }

    /// The micro-skills (微技能) of an occupation on that day, by code.
    pub fn micro_skills_of(&self, occupation: OccupationCode, date: Date) -> Vec<&SkillItem> {
        let listed = self.items.iter().flat_map(|edition| &edition.items);
        let codes: BTreeSet<&ItemCode> = listed
            .filter(|item| item.kind == ItemKind::MicroSkill)
            .map(|item| &item.code)
            .collect();
        codes
            .into_iter()
            .filter_map(|code| self.item_on(code, date))
            .filter(|item| item.occupation == Some(occupation))
            .collect()
    }

    /// The grammar of level certificates (职业技能等级证书) on that day.
    pub fn grammar_on(&self, date: Date) -> Option<&NumberGrammar> {
        self.grammar_named(LEVEL_CERTIFICATE, date)
    }

    /// The grammar that numbers certificates of this attainment on that day: the one with the
    /// latest first day, and of those the one adopted last.
    pub fn grammar_for(&self, attainment: &Attainment, date: Date) -> Option<&NumberGrammar> {
        self.grammars
            .iter()
            .filter(|it| it.effective_from <= date && it.counts(attainment).is_some())
            .max_by_key(|it| it.effective_from)
    }

    /// The grammar of this name on that day.
    pub fn grammar_named(&self, name: &str, date: Date) -> Option<&NumberGrammar> {
        self.grammars
            .iter()
            .filter(|grammar| grammar.name == name && grammar.effective_from <= date)
            .max_by_key(|grammar| grammar.effective_from)
    }
}
