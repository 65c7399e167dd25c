//! Everything adopted about recognition, in the order of adoption.
//!
//! Nothing is ever taken out. A rulebook folded from the events up to a position is the rulebook
//! as it was known there; asked for a day it says what applied on that day, as known there.

use super::comparison::Comparison;
use super::issuer::Issuer;
use super::rule::RecognitionRule;
use super::series::TitleSeries;
use crate::domain::rules::calendars_cn::CHINA;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A rule and the edition it was adopted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdoptedRule {
    /// The edition.
    pub edition: String,
    /// The rule.
    pub rule: RecognitionRule,
}

/// A registration of an issuer, and the day it was struck if it was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Registration {
    issuer: Issuer,
    struck_on: Option<Date>,
}

impl Registration {
    fn holds_on(&self, on: Date) -> bool {
        self.issuer.is_valid_on(on) && self.struck_on.is_none_or(|struck| on < struck)
    }
}

/// Rules, comparison rows, title series and issuers, as adopted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulebook {
    editions: Vec<String>,
    rules: Vec<AdoptedRule>,
    comparisons: Vec<Comparison>,
    listed: Vec<AdoptedRule>,
    series: Vec<TitleSeries>,
    issuers: Vec<Registration>,
}

impl Rulebook {
    /// Takes in an edition of rules.
    pub fn adopt(&mut self, edition: &str, rules: &[RecognitionRule]) {
        self.editions.push(edition.to_owned());
        self.rules
            .extend(rules.iter().cloned().map(|rule| AdoptedRule {
                edition: edition.to_owned(),
                rule,
            }));
    }

    /// Takes in a row of a comparison table.
    pub fn list(&mut self, comparison: &Comparison) {
        let rules = comparison.rules().into_iter().map(|rule| AdoptedRule {
            edition: comparison.edition.clone(),
            rule,
        });
        self.listed.extend(rules);
        self.comparisons.push(comparison.clone());
    }

    /// Takes in an edition of title series.
    pub fn adopt_series(&mut self, series: &TitleSeries) {
        self.series.push(series.clone());
    }

    /// Takes in a registration of an issuer.
    pub fn register(&mut self, issuer: &Issuer) {
        self.issuers.push(Registration {
            issuer: issuer.clone(),
            struck_on: None,
        });
    }

    /// Strikes every registration of an issuer that is not struck yet, from that day on.
    pub fn strike(&mut self, code: &str, on: Date) {
        for it in &mut self.issuers {
            if it.issuer.code == code && it.struck_on.is_none() {
                it.struck_on = Some(on);
            }
        }
    }

    /// Whether an edition of rules of this name was adopted.
    pub fn has_edition(&self, edition: &str) -> bool {
        self.editions.iter().any(|it| it == edition)
    }

    /// Whether an edition of title series of this name was adopted.
    pub fn has_series_edition(&self, edition: &str) -> bool {
        self.series.iter().any(|it| it.edition == edition)
    }

    /// Whether a row of this code stands in this edition of a jurisdiction's table.
    pub fn has_comparison(&self, jurisdiction: &str, edition: &str, code: &str) -> bool {
        self.comparisons
            .iter()
            .any(|it| it.jurisdiction == jurisdiction && it.edition == edition && it.code == code)
    }

    /// The registrations of an issuer that are not struck.
    pub fn registrations(&self, code: &str) -> impl Iterator<Item = &Issuer> {
        self.issuers
            .iter()
            .filter(move |it| it.issuer.code == code && it.struck_on.is_none())
            .map(|it| &it.issuer)
    }

    /// The registration of an issuer that holds on that day.
    pub fn issuer_on(&self, code: &str, on: Date) -> Option<&Issuer> {
        self.issuers
            .iter()
            .find(|it| it.issuer.code == code && it.holds_on(on))
            .map(|it| &it.issuer)
    }

    /// The first day after `on` on which the issuer is registered, if that is known.
    pub(super) fn issuer_from(&self, code: &str, on: Date) -> Option<Date> {
        self.registrations(code)
            .map(|it| it.valid_from)
            .filter(|from| *from > on)
            .min()
    }

    /// The series edition of a day: the one with the latest first day, and of those the one
    /// adopted last.
    pub fn series_on(&self, on: Date) -> Option<&TitleSeries> {
        self.series
            .iter()
            .filter(|it| it.effective_from <= on)
            .max_by_key(|it| it.effective_from)
    }

    /// The rules of a day in a jurisdiction, national ones and its own, by id, then the rows of
    /// comparison tables. Of several of one jurisdiction with one id the one adopted last counts
    /// that had begun; if that one has ended, none does. Its own stands above the national one of
    /// its id while it is in force, whichever was adopted later.
    pub fn rules_on<'a>(&'a self, on: Date, jurisdiction: &str) -> Vec<&'a AdoptedRule> {
        let of = |rules: &'a [AdoptedRule], whose: &str| {
            let mut by_id: BTreeMap<&str, &AdoptedRule> = BTreeMap::new();
            for it in rules {
                if it.rule.jurisdiction == whose && it.rule.effective_from <= on {
                    by_id.insert(&it.rule.id, it);
                }
            }
            by_id.retain(|_, it| it.rule.in_force(on));
            by_id
        };
        let in_force = |rules| {
            let mut here = of(rules, CHINA);
            here.extend(of(rules, jurisdiction));
            here.into_values()
        };
        in_force(&self.rules)
            .chain(in_force(&self.listed))
            .collect()
    }
}
