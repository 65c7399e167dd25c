//! 报送, 审核 and 上传: the report to the authority, its answer, and the upload of what was issued.

use crate::domain::session::command::Submit;
use crate::domain::session::decider::{not_before, notice_over};
use crate::domain::session::event::SessionEvent;
use crate::domain::session::objections;
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::remedy::Remedy;
use crate::domain::session::state::SessionState;
use crate::domain::session::step::{
    AuditPassed, AuditReturned, CertificatesUploaded, SessionSubmitted,
};
use crate::domain::wording::{check_code, check_text};
use jiff::civil::Date;

/// Most reasons of one return.
pub const REASONS_MAX: usize = 50;
/// Most documents of one report.
pub const MATERIALS_MAX: usize = 200;

/// Reports the session once the notice is over and no objection waits.
pub(super) fn submit(state: &SessionState, submit: &Submit) -> Result<Vec<SessionEvent>, No> {
    let sitting = match state {
        SessionState::InNotice { sitting, notice } => {
            notice_over(notice, submit.on)?;
            sitting
        }
        SessionState::Returned {
            sitting, returned, ..
        } => {
            not_before(submit.on, returned.on)?;
            sitting
        }
        SessionState::Absent => return Err(No::NotOpened),
        SessionState::Open(_) => return Err(No::NotConfirmed),
        SessionState::Confirmed(_) => return Err(No::NoticeNotStarted),
        SessionState::Submitted { .. } | SessionState::Audited { .. } => {
            return Err(No::AlreadySubmitted);
        }
        SessionState::Closed { .. } | SessionState::Issued { .. } => {
            return Err(No::AlreadyClosed);
        }
    };
    if !sitting.is_full() {
        return Err(No::SheetOnly);
    }
    objections::none_open(sitting)?;
    if submit.materials.len() > MATERIALS_MAX {
        return Err(No::TooMuchEvidence {
            most: MATERIALS_MAX as u32,
        });
    }
    let due_on = sitting.proceedings.fix_by.unwrap_or(submit.due_on);
    if submit.overdue_refused && submit.on > due_on {
        return Err(No::ReportOverdue { due_on });
    }
    Ok(vec![
        SessionSubmitted {
            round: sitting.proceedings.rounds.saturating_add(1),
            materials: submit.materials.clone(),
            due_on,
            on: submit.on,
        }
        .into(),
    ])
}

/// Gives the session back, with what is to be put right; also one that was passed, as long as it is
/// not closed (撤回审核): what comes to light then is put right before anybody has a certificate.
pub(super) fn give_back(
    state: &SessionState,
    returned: &AuditReturned,
) -> Result<Vec<SessionEvent>, No> {
    match state {
        SessionState::Audited { passed, .. } => not_before(returned.on, passed.on)?,
        _ => before_the_authority(state, returned.on)?,
    }
    if returned.reasons.is_empty() || returned.reasons.len() > REASONS_MAX {
        return Err(No::ReasonsMissing);
    }
    for reason in &returned.reasons {
        check_text("reason", reason)?;
    }
    Ok(vec![returned.clone().into()])
}

/// Passes the session.
pub(super) fn pass(state: &SessionState, passed: &AuditPassed) -> Result<Vec<SessionEvent>, No> {
    before_the_authority(state, passed.on)?;
    check_text("basis", &passed.basis)?;
    Ok(vec![passed.clone().into()])
}

fn before_the_authority(state: &SessionState, on: Date) -> Result<(), No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Submitted { submitted, .. } => not_before(on, submitted.on),
        _ => Err(No::NotSubmitted),
    }
}

/// Puts a result right after a return; the results are confirmed and shown anew.
pub(super) fn revise(
    state: &SessionState,
    remedy: &Remedy,
    ground: &str,
    on: Date,
) -> Result<Vec<SessionEvent>, No> {
    let sitting = match state {
        SessionState::Returned {
            sitting, returned, ..
        } => {
            not_before(on, returned.on)?;
            sitting
        }
        SessionState::Open(sitting) => {
            let since = sitting.proceedings.revising.ok_or(No::NothingToRevise)?;
            not_before(on, since)?;
            sitting
        }
        SessionState::Absent => return Err(No::NotOpened),
        _ => return Err(No::NothingToRevise),
    };
    check_text("ground", ground)?;
    Ok(vec![objections::put_right(sitting, remedy, ground, on)?])
}

/// Records an upload of the certificates issued, once a service.
pub(super) fn record_upload(
    state: &SessionState,
    uploaded: &CertificatesUploaded,
) -> Result<Vec<SessionEvent>, No> {
    let SessionState::Issued {
        sitting, issued, ..
    } = state
    else {
        return Err(if matches!(state, SessionState::Absent) {
            No::NotOpened
        } else {
            No::NotIssued
        });
    };
    check_text("platform", &uploaded.platform)?;
    check_code("receipt", &uploaded.receipt)?;
    not_before(uploaded.on, issued.on)?;
    if uploaded.count != issued.count {
        return Err(No::UploadCountDiffers {
            issued: issued.count,
        });
    }
    let same = |it: &CertificatesUploaded| it.platform == uploaded.platform;
    if sitting.proceedings.uploads.iter().any(same) {
        return Err(No::UploadTwice);
    }
    Ok(vec![uploaded.clone().into()])
}
