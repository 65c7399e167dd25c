//! Rules about people who assess and teach: adopted by editions, answerable for their dates.

use crate::domain::catalogue::decider::check_size;
use crate::domain::catalogue::event::StaffRulesAdopted;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::rules::calendars_cn::CHINA;
use crate::domain::rules::staff::{StaffRule, StaffRules};
use crate::domain::wording::{check_code, check_text};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

impl CatalogueState {
    /// The rules about staff of a jurisdiction, and the national ones, on a day; of several with
    /// one id, the one adopted last.
    pub fn staff_rules_on(&self, jurisdiction: &str, on: Date) -> StaffRules {
        let mut by_id: BTreeMap<&str, &StaffRule> = BTreeMap::new();
        for rule in self.staff_rules.iter().flat_map(|edition| &edition.rules) {
            let ours = rule.jurisdiction == jurisdiction || rule.jurisdiction == CHINA;
            if ours && rule.applies_on(on) {
                by_id.insert(&rule.id, rule);
            }
        }
        StaffRules(by_id.into_values().cloned().collect())
    }
}

pub(super) fn check(state: &CatalogueState, adopted: &StaffRulesAdopted) -> Result<(), No> {
    check_code("edition", &adopted.edition)?;
    let names: Vec<&str> = state
        .staff_rules
        .iter()
        .map(|it| it.edition.as_str())
        .collect();
    check_size(&names, &adopted.edition, adopted.rules.len())?;
    let mut seen = BTreeSet::new();
    for rule in &adopted.rules {
        check_code("rule", &rule.id)?;
        check_text("citation", &rule.citation)?;
        let named = || rule.id.clone();
        if !seen.insert(&rule.id) {
            return Err(No::RuleTwice { rule: named() });
        }
        if rule.effective_to.is_some_and(|to| to < rule.effective_from) {
            return Err(No::RuleDatesDisagree { rule: named() });
        }
        if !rule.is_sound() {
            return Err(No::RuleUnsound { rule: named() });
        }
    }
    Ok(())
}
