//! Which standard applies on a day.

use super::standard::{Applicable, OccupationStandard, Template};
use crate::domain::item::ItemCode;
use crate::domain::occupation::OccupationCode;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Standards and templates, in the order of their adoption. Nothing is taken out: what applied
/// on a day stays answerable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandardRegister {
    standards: Vec<OccupationStandard>,
    templates: BTreeMap<String, Template>,
    of_occupation: BTreeMap<OccupationCode, Vec<usize>>,
}

impl StandardRegister {
    /// Adds standards and templates. A template replaces an earlier one of its id; of two
    /// standards of one kind, code and edition the later counts.
    pub fn adopt(
        &mut self,
        templates: impl IntoIterator<Item = Template>,
        standards: impl IntoIterator<Item = OccupationStandard>,
    ) {
        for template in templates {
            self.templates.insert(template.id.clone(), template);
        }
        for standard in standards {
            if let Some(occupation) = standard.occupation() {
                let at = self.standards.len();
                self.of_occupation.entry(occupation).or_default().push(at);
            }
            self.standards.push(standard);
        }
    }

    /// The template of this id.
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.get(id)
    }

    /// Every template, by id.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        self.templates.values()
    }

    /// Every standard, in the order of adoption.
    pub fn standards(&self) -> impl Iterator<Item = &OccupationStandard> {
        self.standards.iter()
    }

    /// The standard an occupation is assessed by on that day: a national one (国家职业标准) before
    /// any other; of several the one with the latest first day, and of those the one adopted last.
    pub fn of_occupation(&self, code: OccupationCode, on: Date) -> Option<Applicable<'_>> {
        let of_code = self.of_occupation.get(&code)?;
        self.foremost(of_code.iter().filter_map(|at| self.standards.get(*at)), on)
    }

    /// The standard of that day for the occupation that this code is or, in an earlier edition of
    /// the catalogue, was: whoever holds 育婴员 goes on as 婴幼儿发展引导员.
    pub fn of_code(&self, code: OccupationCode, on: Date) -> Option<Applicable<'_>> {
        let was = |it: &&OccupationStandard| it.occupation().is_some() && it.is_own(code);
        self.of_occupation(code, on)
            .or_else(|| self.foremost(self.standards.iter().filter(was), on))
    }

    fn foremost<'a>(
        &'a self,
        standards: impl Iterator<Item = &'a OccupationStandard>,
        on: Date,
    ) -> Option<Applicable<'a>> {
        standards
            .filter(|it| it.in_force(on) && !self.is_replaced(it))
            .max_by_key(|it| (it.kind == StandardKind::National, it.effective_from))
            .map(|it| self.applicable(it))
    }

    /// The standard of an item on that day.
    pub fn of_item(&self, item: &ItemCode, on: Date) -> Option<Applicable<'_>> {
        let of_item = self.standards.iter().filter(|it| it.item() == Some(item));
        of_item
            .filter(|it| it.in_force(on) && !self.is_replaced(it))
            .max_by_key(|it| it.effective_from)
            .map(|it| self.applicable(it))
    }

    /// The standard that a session names by kind, code and edition, if it applies on that day.
    pub fn named(&self, named: &Standard, on: Date) -> Option<Applicable<'_>> {
        let latest = self.standards.iter().rev().find(|it| it.is(named))?;
        latest.in_force(on).then(|| self.applicable(latest))
    }

    /// Whether another of its kind, code and edition was adopted later.
    fn is_replaced(&self, standard: &OccupationStandard) -> bool {
        let same = |it: &&OccupationStandard| {
            it.kind == standard.kind && it.code == standard.code && it.edition == standard.edition
        };
        let latest = self.standards.iter().rev().find(same);
        latest.is_some_and(|it| !std::ptr::eq(it, standard))
    }

    fn applicable<'a>(&'a self, standard: &'a OccupationStandard) -> Applicable<'a> {
        Applicable {
            standard,
            template: standard.template().and_then(|id| self.template(id)),
        }
    }
}
