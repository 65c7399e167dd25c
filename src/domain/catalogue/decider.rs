//! The decisions of the catalogue.

use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::event::{CatalogueEvent, NumberGrammarAdopted, OccupationsAdopted};
use crate::domain::catalogue::recognition;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::staff;
use crate::domain::catalogue::standards::check_standards;
use crate::domain::catalogue::state::{CatalogueState, ItemEdition};
use crate::domain::catalogue::{items, occupations};
use crate::domain::decider::Decider;
use crate::domain::wording::{check_code, check_text};
use std::collections::BTreeSet;

/// Most entries of one edition; 职业分类大典 (2022) has 1,639 occupations.
pub const EDITION_MAX: usize = 5_000;

/// Decides for the catalogue (目录).
#[derive(Debug)]
pub struct CatalogueDecider;

impl Decider for CatalogueDecider {
    type State = CatalogueState;
    type Command = CatalogueCommand;
    type Event = CatalogueEvent;
    type Decision = CatalogueEvent;
    type Rejection = No;

    fn initial() -> CatalogueState {
        CatalogueState::default()
    }

    fn evolve(mut state: CatalogueState, event: &CatalogueEvent) -> CatalogueState {
        match event {
            CatalogueEvent::OccupationsAdopted(adopted) => {
                let edition =
                    occupations::adopted(state.occupations_on(adopted.effective_from), adopted);
                state.occupations.push(edition);
            }
            CatalogueEvent::OccupationsAmended(amendment) => {
                let base = state.occupations_on(amendment.effective_from);
                let edition = occupations::amended(base, amendment);
                state.occupations.push(edition);
            }
            CatalogueEvent::ItemsAdopted(adopted) => state.items.push(ItemEdition {
                edition: adopted.edition.clone(),
                effective_from: adopted.effective_from,
                items: adopted.items.clone(),
            }),
            CatalogueEvent::ResourceReleased(released) => state.resources.push(released.clone()),
            CatalogueEvent::StaffRulesAdopted(adopted) => state.staff_rules.push(adopted.clone()),
            CatalogueEvent::NumberGrammarAdopted(adopted) => {
                state.grammars.push(adopted.grammar.clone());
            }
            CatalogueEvent::StandardsAdopted(adopted) => {
                state.standard_editions.insert(adopted.edition.clone());
                let standards = adopted.standards.iter().cloned();
                state
                    .standards
                    .adopt(adopted.templates.iter().cloned(), standards);
            }
            CatalogueEvent::RecognitionRulesAdopted(adopted) => {
                state.rulebook.adopt(&adopted.edition, &adopted.rules);
            }
            CatalogueEvent::ComparisonListed(listed) => {
                state.rulebook.list(&listed.comparison);
            }
            CatalogueEvent::TitleSeriesAdopted(adopted) => {
                state.rulebook.adopt_series(&adopted.title_series);
            }
            CatalogueEvent::IssuerRegistered(registered) => {
                state.rulebook.register(&registered.issuer);
            }
            CatalogueEvent::IssuerStruck(struck) => {
                state.rulebook.strike(&struck.code, struck.on);
            }
            CatalogueEvent::PromotionRulesAdopted(it) => {
                state.routes.promotions.adopt(&it.edition, &it.rules);
            }
            CatalogueEvent::DirectGroundsAdopted(it) => {
                state.routes.grounds.adopt(&it.edition, &it.rules);
            }
            CatalogueEvent::AppointmentPoliciesAdopted(it) => {
                state.routes.appointments.adopt(&it.edition, &it.rules);
            }
            CatalogueEvent::ApprenticeshipPoliciesAdopted(it) => {
                state.routes.apprenticeships.adopt(&it.edition, &it.rules);
            }
        }
        state
    }

    fn decide(
        state: &CatalogueState,
        command: &CatalogueCommand,
    ) -> Result<Vec<CatalogueEvent>, No> {
        let event = match command {
            CatalogueCommand::AdoptOccupations(adopted) => {
                check_occupations(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::AmendOccupations(amended) => {
                occupations::check_amendment(state, amended)?;
                amended.clone().into()
            }
            CatalogueCommand::AdoptItems(adopted) => {
                items::check_items(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::ReleaseResource { released, on } => {
                items::check_release(state, released, *on)?;
                released.clone().into()
            }
            CatalogueCommand::AdoptNumberGrammar(adopted) => {
                check_grammar(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::AdoptStaffRules(adopted) => {
                staff::check(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::AdoptRecognitionRules(adopted) => {
                recognition::check_rules(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::AdoptStandards(adopted) => {
                check_standards(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::ListComparison(listed) => {
                recognition::check_comparison(state, listed)?;
                listed.clone().into()
            }
            CatalogueCommand::AdoptTitleSeries(adopted) => {
                recognition::check_series(state, adopted)?;
                adopted.clone().into()
            }
            CatalogueCommand::RegisterIssuer(registered) => {
                recognition::check_issuer(state, registered)?;
                registered.clone().into()
            }
            CatalogueCommand::AdoptPromotionRules(it) => {
                state.routes.promotions.check(&it.edition, &it.rules)?;
                it.clone().into()
            }
            CatalogueCommand::AdoptDirectGrounds(it) => {
                state.routes.grounds.check(&it.edition, &it.rules)?;
                it.clone().into()
            }
            CatalogueCommand::AdoptAppointmentPolicies(it) => {
                state.routes.appointments.check(&it.edition, &it.rules)?;
                it.clone().into()
            }
            CatalogueCommand::AdoptApprenticeshipPolicies(it) => {
                state.routes.apprenticeships.check(&it.edition, &it.rules)?;
                it.clone().into()
            }
            CatalogueCommand::StrikeIssuer(struck) => {
                recognition::check_strike(state, struck)?;
                struck.clone().into()
            }
        };
        Ok(vec![event])
    }
}

fn check_occupations(state: &CatalogueState, adopted: &OccupationsAdopted) -> Result<(), No> {
    check_code("edition", &adopted.edition)?;
    check_text("source", &adopted.source)?;
    let names: Vec<&str> = state
        .occupations
        .iter()
        .map(|it| it.edition.as_str())
        .collect();
    check_size(&names, &adopted.edition, adopted.occupations.len())?;
    let mut seen = BTreeSet::new();
    for occupation in &adopted.occupations {
        occupations::check_occupation(occupation)?;
        if !seen.insert(occupation.code) {
            return Err(No::OccupationTwice {
                occupation: occupation.code,
            });
        }
    }
    occupations::check_names_once(&adopted.occupations)
}

fn check_grammar(state: &CatalogueState, adopted: &NumberGrammarAdopted) -> Result<(), No> {
    let grammar = &adopted.grammar;
    check_text("name", &grammar.name)?;
    check_text("source", &grammar.source)?;
    if !grammar.is_sound() {
        return Err(No::GrammarUnsound);
    }
    let same = |it: &crate::domain::number::NumberGrammar| {
        it.name == grammar.name && it.effective_from == grammar.effective_from
    };
    if state.grammars.iter().any(same) {
        return Err(No::GrammarTaken);
    }
    let clash = |it: &&crate::domain::number::NumberGrammar| {
        it.name != grammar.name && it.overlaps(grammar)
    };
    if let Some(other) = state.grammars.iter().find(clash) {
        return Err(No::GrammarOverlaps {
            grammar: other.name.clone(),
        });
    }
    Ok(())
}

pub(super) fn check_size(adopted: &[&str], edition: &str, entries: usize) -> Result<(), No> {
    if adopted.contains(&edition) {
        return Err(No::EditionTaken);
    }
    if entries == 0 {
        return Err(No::EditionEmpty);
    }
    if entries > EDITION_MAX {
        return Err(No::EditionTooLarge {
            most: EDITION_MAX as u32,
        });
    }
    Ok(())
}
