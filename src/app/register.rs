//! What the ledger itself says of a certificate now: from the certificate's own events, found
//! through the reservation of its number. Published lists may be older.

use crate::domain::certificate::event::{
    CertificateCancelled, CertificateEvent, CertificateForfeited, CertificateRevoked,
    CertificateVoided,
};
use crate::domain::certificate::state::CertificateState;
use crate::domain::proposal::End;
use crate::verify::{Check, CheckId, CheckResult, Outcome, Report};

/// Puts the ledger's own word in place of what the published lists say, and judges anew.
pub(super) fn answer_from_register(
    report: &mut Report,
    state: &CertificateState,
    events: &[CertificateEvent],
    position: u64,
) {
    let line = register_line(state, events, position);
    match report
        .checks
        .iter_mut()
        .find(|c| c.check == CheckId::Status)
    {
        Some(status) => *status = line,
        None => report.checks.push(line),
    }
    let any = |result| {
        let mut checks = report.checks.iter();
        checks.any(|c| c.result == result && (c.counts || result == CheckResult::Fail))
    };
    report.outcome = if any(CheckResult::Fail) {
        Outcome::Invalid
    } else if any(CheckResult::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::Valid
    };
    if let Some(shown) = &mut report.certificate {
        shown.state = Some(state.name());
    }
}

fn register_line(state: &CertificateState, events: &[CertificateEvent], position: u64) -> Check {
    use CertificateState as S;
    let issue = state.issued().map_or(1, |issued| issued.issue);
    let (code, on, ground, successor) = match state {
        S::Absent => ("status-missing", None, None, None),
        S::Valid(issued) if issue > 1 => ("register-reissued", Some(issued.newest_on), None, None),
        S::Valid(issued) => ("register-active", Some(issued.issued_on), None, None),
        S::Suspended { suspension, .. } => (
            "register-suspended",
            Some(suspension.on),
            Some(suspension.ground.clone()),
            None,
        ),
        S::Superseded { by, .. } => (
            "register-superseded",
            Some(by.on),
            Some(by.ground.clone()),
            Some(by.by.to_string()),
        ),
        S::Ended { end, on, .. } => (ended(*end), Some(*on), ground_of_end(events), None),
    };
    Check {
        check: CheckId::Status,
        result: match state {
            S::Absent => CheckResult::Unknown,
            S::Valid(_) => CheckResult::Pass,
            _ => CheckResult::Fail,
        },
        code,
        args: vec![
            ("position", position.to_string()),
            ("issue", issue.to_string()),
            ("on", on.map(|on| on.to_string()).unwrap_or_default()),
            ("ground", ground.unwrap_or_default()),
            ("successor", successor.unwrap_or_default()),
        ],
        counts: true,
    }
}

const fn ended(end: End) -> &'static str {
    match end {
        End::Revoked => "register-revoked",
        End::Cancelled => "register-cancelled",
        End::Forfeited => "register-forfeited",
        End::Voided => "register-voided",
    }
}

fn ground_of_end(events: &[CertificateEvent]) -> Option<String> {
    use CertificateEvent as E;
    events.iter().rev().find_map(|event| match event {
        E::Revoked(CertificateRevoked(ended)) | E::Forfeited(CertificateForfeited(ended)) => {
            Some(ended.ground.clone())
        }
        E::Cancelled(CertificateCancelled(ended)) | E::Voided(CertificateVoided(ended)) => {
            Some(ended.ground.clone())
        }
        _ => None,
    })
}
