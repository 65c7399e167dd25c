//! 考务安排, 考核 and 综合评审: who is there, what is kept of it, and the committee.

use crate::domain::ids::SubjectId;
use crate::domain::rules::assessment::sits_examination;
use crate::domain::session::command::Arrange;
use crate::domain::session::decider::not_before;
use crate::domain::session::event::SessionEvent;
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::staffing::{self, Plan};
use crate::domain::session::state::Sitting;
use crate::domain::session::step::{Assigned, Duty, EvidenceRecorded, ReviewHeld, SessionArranged};
use crate::domain::wording::check_code;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Most pieces of evidence of one session.
pub const EVIDENCE_MAX: usize = 5_000;

/// Arranges rooms and staff, on or before the day of the assessment; again until something rests
/// on it.
pub(super) fn arrange(sitting: &Sitting, arrange: &Arrange) -> Result<Vec<SessionEvent>, No> {
    let opened = &sitting.opened;
    let proceedings = &sitting.proceedings;
    if arrange.on > opened.assessed_on {
        return Err(No::ArrangedTooLate {
            assessed_on: opened.assessed_on,
        });
    }
    let used = !proceedings.evidence.is_empty() || proceedings.review.is_some();
    if used || !sitting.results.is_empty() {
        return Err(No::ArrangementInUse);
    }
    let examined = sits_examination(opened.route);
    if examined {
        ends_registration(sitting, arrange.on)?;
        let pending = proceedings.pending().count() as u32;
        if pending > 0 {
            return Err(No::EligibilityPending {
                candidates: pending,
            });
        }
        if proceedings.eligible().next().is_none() {
            return Err(No::NobodyEligible);
        }
    }
    let bank = arrange.question_bank.as_ref();
    let bank = bank.or(opened.question_bank.as_ref());
    match bank {
        Some(bank) => {
            check_code("question-bank", &bank.id)?;
            check_code("question-bank-version", &bank.version)?;
        }
        None if examined => return Err(No::QuestionBankMissing),
        None => {}
    }
    let candidates: BTreeSet<SubjectId> = proceedings
        .eligible()
        .map(|(worker, _)| SubjectId::from(*worker))
        .collect();
    let levels = if examined {
        let applied_for = proceedings.eligible();
        applied_for
            .filter_map(|(_, it)| it.registered.level)
            .collect()
    } else {
        opened.assessed.levels().iter().copied().collect()
    };
    let plan = Plan {
        policy: &arrange.policy.staffing,
        assessed: &opened.assessed,
        body: opened.body,
        body_kind: arrange.body_kind,
        examined,
        candidates: &candidates,
        levels,
        trainers: &arrange.trainers,
        rooms: arrange.rooms,
    };
    let staff = staffing::assign(&plan, &arrange.staff)?;
    let before = proceedings.arrangement.iter().flat_map(|it| &it.staff);
    let stays = |it: &&Assigned| {
        let same = |now: &Assigned| now.staff == it.staff && now.duty == it.duty;
        staff.iter().any(same)
    };
    let released = before.filter(|it| !stays(it)).copied().collect();
    Ok(vec![
        SessionArranged {
            candidates: candidates.len() as u32,
            rooms: arrange.rooms,
            staff,
            released,
            question_bank: bank.cloned(),
            policy: arrange.policy.source.clone(),
            on: arrange.on,
        }
        .into(),
    ])
}

/// Refuses an arrangement on a day on which candidates may still register, or on which somebody's
/// eligibility was not decided yet.
fn ends_registration(sitting: &Sitting, on: Date) -> Result<(), No> {
    let proceedings = &sitting.proceedings;
    if let Some(days) = &proceedings.registration
        && on < days.to
    {
        return Err(No::RegistrationRunning { to: days.to });
    }
    let decided = proceedings
        .candidates
        .values()
        .filter_map(|it| it.eligibility.as_ref());
    match decided.map(|it| it.on).max() {
        Some(earliest) => not_before(on, earliest),
        None => Ok(()),
    }
}

/// Records evidence of the assessment: its digest, the time and the region.
pub(super) fn record_evidence(
    sitting: &Sitting,
    evidence: &EvidenceRecorded,
    on: Date,
) -> Result<Vec<SessionEvent>, No> {
    let opened = &sitting.opened;
    let proceedings = &sitting.proceedings;
    if sits_examination(opened.route) && proceedings.arrangement.is_none() {
        return Err(No::NotArranged);
    }
    let taken_on = evidence.taken_at.date();
    if taken_on < opened.assessed_on || taken_on > on {
        return Err(No::EvidenceOutOfTime {
            from: opened.assessed_on,
            to: on,
        });
    }
    let near = evidence.region.covers(opened.region) || opened.region.covers(evidence.region);
    if !near {
        return Err(No::EvidenceElsewhere {
            region: opened.region,
        });
    }
    if let Some(reference) = &evidence.reference {
        check_code("evidence-reference", reference)?;
    }
    if proceedings.evidence.len() >= EVIDENCE_MAX {
        return Err(No::TooMuchEvidence {
            most: EVIDENCE_MAX as u32,
        });
    }
    let same = |it: &EvidenceRecorded| it.digest == evidence.digest;
    if proceedings.evidence.iter().any(same) {
        return Err(No::EvidenceTwice);
    }
    Ok(vec![evidence.clone().into()])
}

/// Records that the committee met: members arranged, enough of them, an odd number.
pub(super) fn hold_review(sitting: &Sitting, held: &ReviewHeld) -> Result<Vec<SessionEvent>, No> {
    let arranged = sitting
        .proceedings
        .arrangement
        .as_ref()
        .ok_or(No::NotArranged)?;
    let assessed_on = sitting.opened.assessed_on;
    if held.on < assessed_on {
        return Err(No::NotYetAssessed { assessed_on });
    }
    let reviewers: BTreeSet<SubjectId> = arranged
        .staff
        .iter()
        .filter(|it| it.duty == Duty::Reviewer)
        .map(|it| it.staff)
        .collect();
    // Enough and odd they were when they were arranged: all of them meet.
    let members: BTreeSet<SubjectId> = held.members.iter().copied().collect();
    if reviewers.is_empty() || members != reviewers || members.len() != held.members.len() {
        return Err(No::CommitteeDiffers);
    }
    Ok(vec![held.clone().into()])
}
