//! Rules of the routes to a level, as the catalogue adopts them: promotion, direct recognition,
//! appointment, apprenticeship. Each edition of each table is adopted once.

use crate::domain::catalogue::decider::EDITION_MAX;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::rules::routes::appointment::AppointmentPolicy;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipPolicy;
use crate::domain::rules::routes::direct::DirectGround;
use crate::domain::rules::routes::jurisdiction::is_known;
use crate::domain::rules::routes::promotion::PromotionRule;
use crate::domain::rules::routes::table::{RouteRule, adopt};
use crate::domain::wording::{check_code, check_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rules of promotion from competitions (竞赛晋升) were adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionRulesAdopted {
    /// Edition name.
    pub edition: String,
    /// The rules, each with its own source and dates.
    pub rules: Vec<PromotionRule>,
}

/// Grounds of direct recognition (直接认定) were adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectGroundsAdopted {
    /// Edition name.
    pub edition: String,
    /// The grounds, each with its own source and dates.
    pub rules: Vec<DirectGround>,
}

/// Policies of appointment (评聘) were adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentPoliciesAdopted {
    /// Edition name.
    pub edition: String,
    /// The policies, each with its own source and dates.
    pub rules: Vec<AppointmentPolicy>,
}

/// Policies of apprenticeship (学徒) were adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprenticeshipPoliciesAdopted {
    /// Edition name.
    pub edition: String,
    /// The policies, each with its own source and dates.
    pub rules: Vec<ApprenticeshipPolicy>,
}

/// One table and the editions it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T> {
    editions: BTreeSet<String>,
    rules: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            editions: BTreeSet::new(),
            rules: Vec::new(),
        }
    }
}

impl<T: RouteRule> Table<T> {
    /// Every rule, in the order of adoption; which applies, its day and place say.
    pub fn rules(&self) -> &[T] {
        &self.rules
    }

    pub(super) fn adopt(&mut self, edition: &str, rules: &[T]) {
        self.editions.insert(edition.to_owned());
        adopt(&mut self.rules, rules);
    }

    pub(super) fn check(&self, edition: &str, rules: &[T]) -> Result<(), No> {
        check_code("edition", edition)?;
        if self.editions.contains(edition) {
            return Err(No::EditionTaken);
        }
        if rules.is_empty() {
            return Err(No::EditionEmpty);
        }
        if rules.len() > EDITION_MAX {
            return Err(No::EditionTooLarge {
                most: EDITION_MAX as u32,
            });
        }
        let mut seen = BTreeSet::new();
        for rule in rules {
            check_code("rule", rule.id())?;
            check_text("source", rule.source())?;
            let id = || rule.id().to_owned();
            if !is_known(rule.jurisdiction()) {
                return Err(No::JurisdictionUnknown);
            }
            if !seen.insert(rule.id()) {
                return Err(No::RuleTwice { rule: id() });
            }
            let ends_early = |last| last < rule.effective_from();
            if rule.effective_to().is_some_and(ends_early) {
                return Err(No::RuleDatesDisagree { rule: id() });
            }
            if !rule.is_sound() {
                return Err(No::RouteRuleUnsound { rule: id() });
            }
        }
        Ok(())
    }
}

/// The tables of all routes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTables {
    /// 竞赛晋升
    pub promotions: Table<PromotionRule>,
    /// 直接认定
    pub grounds: Table<DirectGround>,
    /// 评聘
    pub appointments: Table<AppointmentPolicy>,
    /// 学徒
    pub apprenticeships: Table<ApprenticeshipPolicy>,
}
