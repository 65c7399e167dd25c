//! Occupations (职业): editions and the amendments between them.

use crate::domain::catalogue::event::{OccupationChange, OccupationsAdopted, OccupationsAmended};
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::state::{CatalogueState, OccupationEdition};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::{Occupation, OccupationCatalogue, OccupationCode, WorkType};
use crate::domain::wording::{check_code, check_text};
use std::collections::BTreeSet;

use super::decider::EDITION_MAX;

/// Most work types of one occupation.
pub const WORK_TYPES_MAX: usize = 200;

/// Whether one occupation is well described.
pub(super) fn check_occupation(occupation: &Occupation) -> Result<(), No> {
    check_names(&occupation.name_zh, &occupation.name_en)?;
    check_text("source", &occupation.source)?;
    check_details(occupation.code, &occupation.levels, &occupation.work_types)
}

/// An English name is welcome and not demanded: the official catalogue has none.
fn check_names(zh: &str, en: &str) -> Result<(), No> {
    check_text("name", zh)?;
    if !en.is_empty() {
        check_text("name-en", en)?;
    }
    Ok(())
}

fn check_details(
    code: OccupationCode,
    levels: &[SkillLevel],
    work_types: &[WorkType],
) -> Result<(), No> {
    let certified = |level: &SkillLevel| SkillLevel::CERTIFIED.contains(level);
    let once = levels.iter().collect::<BTreeSet<_>>().len() == levels.len();
    if !levels.iter().all(certified) || !once {
        return Err(No::LevelsUnfit { occupation: code });
    }
    let mut names = BTreeSet::new();
    for work_type in work_types {
        check_names(&work_type.name_zh, &work_type.name_en)?;
        if !names.insert(work_type.name_zh.as_str()) || names.len() > WORK_TYPES_MAX {
            return Err(No::WorkTypesUnfit {
                occupation: code,
                most: WORK_TYPES_MAX as u32,
            });
        }
    }
    Ok(())
}

/// Whether an amendment fits the edition it would be applied to.
pub(super) fn check_amendment(
    state: &CatalogueState,
    amended: &OccupationsAmended,
) -> Result<(), No> {
    check_code("amendment", &amended.amendment)?;
    check_text("source", &amended.source)?;
    let taken = |it: &OccupationEdition| it.edition == amended.amendment;
    if state.occupations.iter().any(taken) {
        return Err(No::EditionTaken);
    }
    if amended.changes.is_empty() {
        return Err(No::EditionEmpty);
    }
    if amended.changes.len() > EDITION_MAX {
        return Err(No::EditionTooLarge {
            most: EDITION_MAX as u32,
        });
    }
    // What comes later was derived without it.
    let newest = state.occupations.iter().map(|it| it.effective_from).max();
    if let Some(earliest) = newest.filter(|newest| amended.effective_from < *newest) {
        return Err(No::AmendmentBackdated { earliest });
    }
    let Some(base) = state.occupations_on(amended.effective_from) else {
        return Err(No::NothingToAmend);
    };
    let mut seen = BTreeSet::new();
    for change in &amended.changes {
        let code = change.code();
        if !seen.insert(code) {
            return Err(No::OccupationTwice { occupation: code });
        }
        let known = base.occupations.by_code(code).is_some();
        let adds = matches!(change, OccupationChange::Added { .. });
        match (adds, known) {
            (true, true) => return Err(No::OccupationKnown { occupation: code }),
            (false, false) => return Err(No::OccupationUnknown { occupation: code }),
            _ => {}
        }
        check_change(base, amended, change)?;
    }
    check_names_once(self::amended(Some(base), amended).occupations.iter())
}

/// One name, one occupation: a name is how a sheet, an official or a holder finds it.
pub(super) fn check_names_once<'a>(
    occupations: impl IntoIterator<Item = &'a Occupation>,
) -> Result<(), No> {
    let mut named = BTreeSet::new();
    for occupation in occupations {
        if !named.insert(occupation.name_zh.as_str()) {
            return Err(No::NameTwice {
                occupation: occupation.code,
            });
        }
    }
    Ok(())
}

fn check_change(
    base: &OccupationEdition,
    amended: &OccupationsAmended,
    change: &OccupationChange,
) -> Result<(), No> {
    match change {
        OccupationChange::Added { occupation } => check_occupation(occupation),
        OccupationChange::Renamed {
            name_zh, name_en, ..
        } => check_names(name_zh, name_en),
        OccupationChange::Adjusted {
            code,
            levels,
            work_types,
        } => check_details(*code, levels, work_types),
        OccupationChange::Retired { into: None, .. } => Ok(()),
        OccupationChange::Retired {
            code,
            into: Some(into),
        } => {
            let added = |it: &OccupationChange| {
                it.code() == *into && matches!(it, OccupationChange::Added { .. })
            };
            let stands =
                base.occupations.by_code(*into).is_some() || amended.changes.iter().any(added);
            let gone = |it: &OccupationChange| {
                it.code() == *into && matches!(it, OccupationChange::Retired { .. })
            };
            if into == code || !stands || amended.changes.iter().any(gone) {
                return Err(No::OccupationUnknown { occupation: *into });
            }
            Ok(())
        }
    }
}

impl OccupationChange {
    /// The occupation it is about.
    pub fn code(&self) -> OccupationCode {
        match self {
            Self::Added { occupation } => occupation.code,
            Self::Renamed { code, .. }
            | Self::Adjusted { code, .. }
            | Self::Retired { code, .. } => *code,
        }
    }
}

/// A new edition. It lists every occupation anew; the former names of the edition before it stay
/// readable.
pub(super) fn adopted(
    before: Option<&OccupationEdition>,
    adopted: &OccupationsAdopted,
) -> OccupationEdition {
    let mut occupations: OccupationCatalogue = adopted.occupations.iter().cloned().collect();
    if let Some(before) = before {
        occupations.remember(&before.occupations);
    }
    OccupationEdition {
        edition: adopted.edition.clone(),
        effective_from: adopted.effective_from,
        occupations,
    }
}

/// The edition an amendment makes of the one in force that day. Former names, and the names of
/// occupations that were merged, still lead to what they are called now.
pub(super) fn amended(
    base: Option<&OccupationEdition>,
    amendment: &OccupationsAmended,
) -> OccupationEdition {
    let mut occupations =
        base.map_or_else(OccupationCatalogue::default, |it| it.occupations.clone());
    for change in &amendment.changes {
        match change {
            OccupationChange::Added { occupation } => occupations.insert(occupation.clone()),
            OccupationChange::Renamed {
                code,
                name_zh,
                name_en,
            } => occupations.rename(*code, name_zh.clone(), name_en.clone()),
            OccupationChange::Adjusted {
                code,
                levels,
                work_types,
            } => occupations.adjust(*code, levels.clone(), work_types.clone()),
            OccupationChange::Retired { code, into } => occupations.retire(*code, *into),
        }
    }
    OccupationEdition {
        edition: amendment.amendment.clone(),
        effective_from: amendment.effective_from,
        occupations,
    }
}
