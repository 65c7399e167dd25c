//! Results (评分): from a sheet, or entered one by one.

use crate::domain::attainment::Assessed;
use crate::domain::ids::SubjectId;
use crate::domain::route::Route;
use crate::domain::rules::assessment::sits_examination;
use crate::domain::score::{Component, Mark};
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::command::ImportResults;
use crate::domain::session::event::{ResultEntered, SessionEvent, SheetImported};
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::state::{CANDIDATES_MAX, Sitting};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Takes a sheet in.
pub(super) fn import(sitting: &Sitting, import: &ImportResults) -> Result<Vec<SessionEvent>, No> {
    check_new(sitting, &import.results, import.on)?;
    let accepted = import.results.len() as u32;
    let refused = import.rows.checked_sub(accepted).ok_or(No::RowsDisagree)?;
    let sheet = SheetImported {
        sheet: import.sheet,
        rows: import.rows,
        accepted,
        refused,
    };
    let results = import.results.iter().cloned().map(SessionEvent::from);
    Ok(std::iter::once(sheet.into()).chain(results).collect())
}

/// Takes results in that come from no sheet.
pub(super) fn enter(
    sitting: &Sitting,
    results: &[ResultEntered],
    on: Date,
) -> Result<Vec<SessionEvent>, No> {
    check_new(sitting, results, on)?;
    Ok(results.iter().cloned().map(SessionEvent::from).collect())
}

fn check_new(sitting: &Sitting, results: &[ResultEntered], on: Date) -> Result<(), No> {
    let opened = &sitting.opened;
    if on < opened.assessed_on {
        return Err(No::NotYetAssessed {
            assessed_on: opened.assessed_on,
        });
    }
    if results.is_empty() {
        return Err(No::NothingToImport);
    }
    if results.len() + sitting.results.len() > CANDIDATES_MAX {
        return Err(No::TooManyCandidates {
            most: CANDIDATES_MAX as u32,
        });
    }
    let mut seen = BTreeSet::new();
    for result in results {
        if sitting.results.contains_key(&result.worker) || !seen.insert(result.worker) {
            return Err(No::WorkerTwice);
        }
        check(sitting, result)?;
    }
    Ok(())
}

/// Refuses a result that is none of this session's.
pub(super) fn check(sitting: &Sitting, result: &ResultEntered) -> Result<(), No> {
    let opened = &sitting.opened;
    match (&opened.assessed, result.level) {
        (Assessed::Levels { levels, .. }, Some(level)) if levels.contains(&level) => {}
        (Assessed::Levels { .. }, None) => return Err(No::LevelMissing),
        (Assessed::Item { .. }, None) => {}
        (_, Some(level)) => return Err(No::LevelOutsideSession { level }),
    }
    let candidate = SubjectId::from(result.worker);
    let arrangement = sitting.proceedings.arrangement.as_ref();
    let mut arranged = arrangement.iter().flat_map(|it| &it.staff);
    if opened.examiners.contains(&candidate) || arranged.any(|it| it.staff == candidate) {
        return Err(No::SelfAssessment);
    }
    // The committee gives the marks of a 评聘: it is arranged before there are any.
    if opened.route == Route::Appointment && arrangement.is_none() {
        return Err(No::NotArranged);
    }
    if sitting.is_full() && sits_examination(opened.route) {
        check_candidate(sitting, result)?;
    }
    if !result.basis.fits(opened.route) {
        return Err(No::BasisUnfit {
            route: opened.route,
        });
    }
    check_retained(result)?;
    match result.basis.verdict(result.level) {
        None => Err(No::MarksIncomplete),
        Some(verdict) if verdict != result.verdict => Err(No::VerdictDiffers),
        Some(_) => Ok(()),
    }
}

/// A component brought along counts with the mark it was passed with, and once.
fn check_retained(result: &ResultEntered) -> Result<(), No> {
    let mut seen = BTreeSet::new();
    for retained in &result.retained {
        let stands = result
            .basis
            .marks()
            .and_then(|marks| retained.component.of(marks));
        let as_passed = stands == Some(Mark::Scored(retained.score)) && retained.score.passes();
        if !as_passed || !seen.insert(retained.component) {
            return Err(No::RetainedDiffers);
        }
    }
    Ok(())
}

/// In the full process only who may be assessed has a result, at the level he applied for, with
/// the components he brought along, by the staff arranged.
fn check_candidate(sitting: &Sitting, result: &ResultEntered) -> Result<(), No> {
    let proceedings = &sitting.proceedings;
    let candidate = proceedings
        .candidates
        .get(&result.worker)
        .ok_or(No::NotRegistered)?;
    if !candidate.is_eligible() {
        return Err(No::NotEligible);
    }
    if result.level != candidate.registered.level {
        return Err(No::RegisteredLevelDiffers);
    }
    if result.retained != candidate.registered.retained {
        return Err(No::RetainedDiffers);
    }
    if proceedings.arrangement.is_none() {
        return Err(No::NotArranged);
    }
    Ok(())
}

/// Before results are put to the checker, the full process wants a result of everybody who may
/// be assessed, evidence of the assessment, and the committee's meeting where one is due.
pub(super) fn check_complete(sitting: &Sitting) -> Result<(), No> {
    let proceedings = &sitting.proceedings;
    if sits_examination(sitting.opened.route) {
        let without = proceedings.eligible().filter(|(worker, _)| {
            !sitting.results.contains_key(worker) && !proceedings.struck.contains(worker)
        });
        let candidates = without.count() as u32;
        if candidates > 0 {
            return Err(No::ResultsMissing { candidates });
        }
        if proceedings.evidence.is_empty() {
            return Err(No::EvidenceMissing);
        }
    }
    let due = sitting.opened.route == Route::Appointment
        || sitting.results.values().any(was_reviewed_here);
    if due && proceedings.review.is_none() {
        return Err(No::ReviewNotHeld);
    }
    Ok(())
}

/// Whether the committee of this session gave the candidate a mark.
fn was_reviewed_here(result: &ResultEntered) -> bool {
    let brought = |component| result.retained.iter().any(|it| it.component == component);
    match &result.basis {
        ResultBasis::Marks(marks) => {
            matches!(marks.review, Some(Mark::Scored(_))) && !brought(Component::Review)
        }
        ResultBasis::Review { .. } => true,
        ResultBasis::Grounds { .. }
        | ResultBasis::Rank { .. }
        | ResultBasis::Recognition { .. } => false,
    }
}
