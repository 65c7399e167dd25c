//! The decisions about recognition: rules, comparison rows, title series, issuers.

use super::decider::EDITION_MAX;
use super::event::{
    ComparisonListed, IssuerRegistered, IssuerStruck, RecognitionRulesAdopted, TitleSeriesAdopted,
};
use super::rejection::CatalogueRejection as No;
use super::state::CatalogueState;
use crate::domain::authority::state::DEMO;
use crate::domain::background::OutsideKind;
use crate::domain::level::SkillLevel;
use crate::domain::region::RegionCode;
use crate::domain::rules::calendars_cn::CHINA;
use crate::domain::rules::recognition::{Effect, Issuer, Qualification, RecognitionRule};
use crate::domain::wording::{check_code, check_text};
use std::collections::BTreeSet;

/// Most conditions of a rule, certificates of an issuer, grades of a certificate, and the like.
const LIST_MAX: usize = 200;

pub(super) fn check_rules(
    state: &CatalogueState,
    adopted: &RecognitionRulesAdopted,
) -> Result<(), No> {
    check_code("edition", &adopted.edition)?;
    if state.rulebook.has_edition(&adopted.edition) {
        return Err(No::EditionTaken);
    }
    check_size(adopted.rules.len(), EDITION_MAX)?;
    let mut seen = BTreeSet::new();
    for rule in &adopted.rules {
        check_rule(rule)?;
        if !seen.insert(&rule.id) {
            return Err(No::RuleTwice {
                rule: rule.id.clone(),
            });
        }
    }
    Ok(())
}

fn check_rule(rule: &RecognitionRule) -> Result<(), No> {
    check_code("rule", &rule.id)?;
    check_text("citation", &rule.citation)?;
    check_jurisdiction(&rule.jurisdiction)?;
    let id = || rule.id.clone();
    if rule
        .effective_to
        .is_some_and(|last| last < rule.effective_from)
    {
        return Err(No::RuleDatesDisagree { rule: id() });
    }
    if rule.conditions.len() > LIST_MAX {
        return Err(too_large(LIST_MAX));
    }
    let mut seen = BTreeSet::new();
    for condition in &rule.conditions {
        check_code("condition", &condition.id)?;
        check_text("condition", &condition.words.zh)?;
        if let Some(en) = &condition.words.en {
            check_text("condition", en)?;
        }
        if !seen.insert(&condition.id) {
            return Err(No::ConditionTwice {
                rule: id(),
                condition: condition.id.clone(),
            });
        }
    }
    check_side(&rule.from)?;
    check_side(&rule.to)?;
    check_lead(rule)
}

/// One side of a rule, by itself: its texts, and that it names something.
fn check_side(side: &Qualification) -> Result<(), No> {
    match side {
        Qualification::Level {
            occupations,
            series,
            ..
        } => {
            check_list(occupations.len())?;
            series
                .iter()
                .try_for_each(|it| check_text("title-series", it))?;
        }
        Qualification::Title {
            series, name, code, ..
        } => {
            series
                .iter()
                .try_for_each(|it| check_text("title-series", it))?;
            name.iter().try_for_each(|it| check_text("title", it))?;
            code.iter()
                .try_for_each(|it| check_code("title-code", it))?;
        }
        Qualification::Education { schools, .. } => check_list(schools.len())?,
        Qualification::Certificate {
            issuer,
            name,
            grade,
            ..
        } => {
            check_code("issuer", issuer)?;
            check_text("certificate-name", name)?;
            grade.iter().try_for_each(|it| check_text("grade", it))?;
        }
        Qualification::Honour { name } => check_text("honour", name)?,
    }
    Ok(())
}

/// Where a rule may lead, and what it may give there.
fn check_lead(rule: &RecognitionRule) -> Result<(), No> {
    let id = || rule.id.clone();
    match &rule.from {
        Qualification::Certificate {
            outside: OutsideKind::OperatingPermit,
            ..
        } if matches!(rule.to, Qualification::Level { .. }) => {
            return Err(No::PermitIsNoLevel { rule: id() });
        }
        Qualification::Education {
            education: None,
            schools,
        } if schools.is_empty() => {
            return Err(No::EducationUnnamed { rule: id() });
        }
        _ => {}
    }
    match &rule.to {
        Qualification::Level { level, .. } => check_level(*level)?,
        Qualification::Title { name: None, .. } => {
            return Err(No::TitleUnnamed { rule: id() });
        }
        Qualification::Title { .. } if rule.effect == Effect::DirectRecognition => {
            return Err(No::TitleNotAwarded { rule: id() });
        }
        Qualification::Education {
            education: None, ..
        } => return Err(No::EducationUnnamed { rule: id() }),
        _ => {}
    }
    let to_level = matches!(rule.to, Qualification::Level { .. });
    if rule.certificate && !(to_level && rule.effect.may_award()) {
        return Err(No::RuleCertificateUnfit { rule: id() });
    }
    Ok(())
}

/// 五级 to 一级: the others are a post and appointments, and are not recognised.
fn check_level(level: SkillLevel) -> Result<(), No> {
    if SkillLevel::CERTIFIED.contains(&level) {
        Ok(())
    } else {
        Err(No::LevelNotRecognised { level })
    }
}

pub(super) fn check_comparison(
    state: &CatalogueState,
    listed: &ComparisonListed,
) -> Result<(), No> {
    let row = &listed.comparison;
    check_code("comparison", &row.code)?;
    check_code("edition", &row.edition)?;
    check_kind(row.outside)?;
    check_level(row.level)?;
    if !row.occupation.carries_level_certificates() {
        return Err(No::OccupationWithoutLevels {
            occupation: row.occupation,
        });
    }
    if let Some(condition) = &row.condition {
        check_text("condition", condition)?;
    }
    row.rules().iter().try_for_each(check_rule)?;
    if state
        .rulebook
        .has_comparison(&row.jurisdiction, &row.edition, &row.code)
    {
        return Err(No::ComparisonTwice {
            code: row.code.clone(),
        });
    }
    Ok(())
}

pub(super) fn check_series(state: &CatalogueState, adopted: &TitleSeriesAdopted) -> Result<(), No> {
    let edition = &adopted.title_series;
    check_code("edition", &edition.edition)?;
    check_text("source", &edition.source)?;
    if state.rulebook.has_series_edition(&edition.edition) {
        return Err(No::EditionTaken);
    }
    check_size(edition.series.len(), LIST_MAX)?;
    check_size(edition.occupations.len().max(1), EDITION_MAX)?;
    let mut names = BTreeSet::new();
    for series in &edition.series {
        check_text("title-series", &series.name)?;
        for title in &series.titles {
            check_text("title", &title.name)?;
            title
                .code
                .iter()
                .try_for_each(|it| check_code("title-code", it))?;
        }
        if !names.insert(series.name.as_str()) {
            return Err(No::SeriesTwice {
                series: series.name.clone(),
            });
        }
    }
    let mut seen = BTreeSet::new();
    for row in &edition.occupations {
        if !seen.insert(row.occupation) {
            return Err(No::OccupationTwice {
                occupation: row.occupation,
            });
        }
        if let Some(unknown) = row.series.iter().find(|it| !names.contains(it.as_str())) {
            return Err(No::SeriesUnknown {
                series: unknown.clone(),
            });
        }
    }
    Ok(())
}

pub(super) fn check_issuer(
    state: &CatalogueState,
    registered: &IssuerRegistered,
) -> Result<(), No> {
    let issuer = &registered.issuer;
    check_code("issuer", &issuer.code)?;
    check_text("name", &issuer.name.zh)?;
    if let Some(en) = &issuer.name.en {
        check_text("name-en", en)?;
    }
    check_text("basis", &issuer.basis)?;
    check_kind(issuer.outside)?;
    if issuer.country.len() != 2 || !issuer.country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(No::CountryUnknown);
    }
    check_list(issuer.certificates.len())?;
    if issuer.certificates.is_empty() {
        return Err(No::IssuerWithoutCertificates);
    }
    for accepted in &issuer.certificates {
        check_text("certificate-name", &accepted.name)?;
        check_list(accepted.grades.len())?;
        accepted
            .grades
            .iter()
            .try_for_each(|it| check_text("grade", it))?;
    }
    if issuer.valid_to.is_some_and(|last| last < issuer.valid_from) {
        return Err(No::IssuerDatesDisagree);
    }
    let overlaps = |it: &Issuer| it.overlaps(issuer);
    if state.rulebook.registrations(&issuer.code).any(overlaps) {
        return Err(No::IssuerRegistered);
    }
    Ok(())
}

pub(super) fn check_strike(state: &CatalogueState, struck: &IssuerStruck) -> Result<(), No> {
    check_text("ground", &struck.ground)?;
    check_text("basis", &struck.basis)?;
    let earliest = state
        .rulebook
        .registrations(&struck.code)
        .map(|it| it.valid_from)
        .min()
        .ok_or(No::IssuerUnknown)?;
    if struck.on < earliest {
        return Err(No::StruckBefore { earliest });
    }
    Ok(())
}

/// National, the demonstration, or a province (GB/T 2260).
fn check_jurisdiction(jurisdiction: &str) -> Result<(), No> {
    let province = || {
        jurisdiction
            .parse::<RegionCode>()
            .is_ok_and(|code| code.to_string() == jurisdiction)
    };
    if jurisdiction == CHINA || jurisdiction == DEMO || province() {
        Ok(())
    } else {
        Err(No::JurisdictionUnknown)
    }
}

fn check_kind(outside: OutsideKind) -> Result<(), No> {
    if Issuer::is_registered_kind(outside) {
        Ok(())
    } else {
        Err(No::KindNotRegistered)
    }
}

fn check_size(entries: usize, most: usize) -> Result<(), No> {
    if entries == 0 {
        return Err(No::EditionEmpty);
    }
    if entries > most {
        return Err(too_large(most));
    }
    Ok(())
}

fn check_list(entries: usize) -> Result<(), No> {
    if entries > LIST_MAX {
        return Err(too_large(LIST_MAX));
    }
    Ok(())
}

fn too_large(most: usize) -> No {
    No::EditionTooLarge {
        most: u32::try_from(most).unwrap_or(u32::MAX),
    }
}
