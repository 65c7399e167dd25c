//! 报名 and 资格审核: who registers, and who of them may be assessed.

use crate::domain::attainment::Assessed;
use crate::domain::ids::SubjectId;
use crate::domain::rules::assessment::sits_examination;
use crate::domain::session::command::Finding;
use crate::domain::session::event::SessionEvent;
use crate::domain::session::proceedings::Candidate;
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::state::{CANDIDATES_MAX, Sitting};
use crate::domain::session::step::{
    CandidateRegistered, EligibilityDecided, RegistrationScheduled,
};
use crate::domain::wording::check_code;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Most pieces of evidence of one candidate.
pub const EVIDENCE_MAX: usize = 50;

/// The refusal of somebody who holds the level, or a higher one, already.
pub const LEVEL_HELD: &str = "level-held-already";
/// The refusal of a component brought along that is not kept, or not with that mark.
pub const COMPONENT_NOT_KEPT: &str = "component-not-kept";
/// The refusal of somebody who meets none of the conditions of application.
pub const CONDITIONS_NOT_MET: &str = "conditions-not-met";

/// Announces the days of registration. Once somebody has registered they only get longer.
pub(super) fn schedule(
    sitting: &Sitting,
    days: &RegistrationScheduled,
    on: Date,
) -> Result<Vec<SessionEvent>, No> {
    not_arranged(sitting)?;
    let in_order = days.from <= days.to && days.to <= sitting.opened.assessed_on && on <= days.to;
    let covers = sitting
        .proceedings
        .candidates
        .values()
        .all(|it| (days.from..=days.to).contains(&it.registered.on));
    if !in_order || !covers {
        return Err(No::RegistrationDatesDisagree);
    }
    Ok(vec![days.clone().into()])
}

/// Registers a candidate.
pub(super) fn register(
    sitting: &Sitting,
    registered: &CandidateRegistered,
) -> Result<Vec<SessionEvent>, No> {
    let opened = &sitting.opened;
    if !sits_examination(opened.route) {
        return Err(No::NoExamination {
            route: opened.route,
        });
    }
    not_arranged(sitting)?;
    let days = sitting
        .proceedings
        .registration
        .as_ref()
        .ok_or(No::RegistrationNotScheduled)?;
    if !(days.from..=days.to).contains(&registered.on) {
        return Err(No::RegistrationClosed {
            from: days.from,
            to: days.to,
        });
    }
    match (&opened.assessed, registered.level) {
        (Assessed::Levels { levels, .. }, Some(level)) if levels.contains(&level) => {}
        (Assessed::Levels { .. }, None) => return Err(No::LevelMissing),
        (Assessed::Item { .. }, None) => {}
        (_, Some(level)) => return Err(No::LevelOutsideSession { level }),
    }
    if opened
        .examiners
        .contains(&SubjectId::from(registered.worker))
    {
        return Err(No::SelfAssessment);
    }
    if let Some(declared) = &registered.declared {
        check_code("declared-condition", declared)?;
    }
    if registered.evidence.len() > EVIDENCE_MAX {
        return Err(No::TooMuchEvidence {
            most: EVIDENCE_MAX as u32,
        });
    }
    let brought: BTreeSet<_> = registered.retained.iter().map(|it| it.component).collect();
    if brought.len() != registered.retained.len() {
        return Err(No::RetainedDiffers);
    }
    let candidates = &sitting.proceedings.candidates;
    if candidates.contains_key(&registered.worker) {
        return Err(No::AlreadyRegistered);
    }
    if candidates.len() >= CANDIDATES_MAX {
        return Err(No::TooManyCandidates {
            most: CANDIDATES_MAX as u32,
        });
    }
    Ok(vec![registered.clone().into()])
}

/// Decides who may be assessed. Nobody's word overrides what was found; who was refused may be
/// looked at again when his record has changed.
pub(super) fn decide(
    sitting: &Sitting,
    findings: &[Finding],
    on: Date,
) -> Result<Vec<SessionEvent>, No> {
    not_arranged(sitting)?;
    if findings.is_empty() {
        return Err(No::NothingToReview);
    }
    let mut seen = BTreeSet::new();
    findings
        .iter()
        .map(|finding| {
            let candidate = sitting
                .proceedings
                .candidates
                .get(&finding.worker)
                .ok_or(No::NotRegistered)?;
            if candidate.is_eligible() || !seen.insert(finding.worker) {
                return Err(No::EligibilityAlreadyDecided);
            }
            if on < candidate.registered.on {
                return Err(No::DateBefore {
                    earliest: candidate.registered.on,
                });
            }
            Ok(judge(candidate, finding, on).into())
        })
        .collect()
}

fn judge(candidate: &Candidate, finding: &Finding, on: Date) -> EligibilityDecided {
    let registered = &candidate.registered;
    let mut refused = finding.refused.clone();
    let mut refuse = |code: &str| {
        if refused.iter().all(|it| it != code) {
            refused.push(code.to_owned());
        }
    };
    if finding.met.is_empty() {
        refuse(CONDITIONS_NOT_MET);
    }
    if let (Some(level), Some(held)) = (registered.level, finding.held)
        && held >= level
    {
        refuse(LEVEL_HELD);
    }
    let kept = |it| finding.kept.contains(it);
    if !registered.retained.iter().all(kept) {
        refuse(COMPONENT_NOT_KEPT);
    }
    EligibilityDecided {
        worker: finding.worker,
        eligible: refused.is_empty(),
        met: finding.met.clone(),
        refused,
        source: finding.source.clone(),
        verified: finding.verified,
        on,
    }
}

fn not_arranged(sitting: &Sitting) -> Result<(), No> {
    if sitting.proceedings.arrangement.is_some() {
        return Err(No::AlreadyArranged);
    }
    Ok(())
}
