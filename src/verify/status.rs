//! Check (iv): what the body's status lists say of the certificate.

use super::known::Known;
use super::report::{Check, CheckId};
use crate::credential::Disclosed;
use crate::credential::status_details::{CertificateState, StatusDetail};
use crate::credential::status_list::StatusPurpose;
use crate::domain::time::Instant;

/// The line, and what may be shown beside the certificate.
pub(super) struct StatusJudged {
    pub(super) check: Check,
    pub(super) as_of: Option<Instant>,
    pub(super) state: Option<&'static str>,
    pub(super) detail: Option<StatusDetail>,
}

pub(super) fn judge(claims: &Disclosed, known: &Known) -> StatusJudged {
    let unknown = |code: &'static str| StatusJudged {
        check: Check::unknown(CheckId::Status, code),
        as_of: None,
        state: None,
        detail: None,
    };
    let (did, place) = (&claims.did, claims.status);
    if known.trust.is_none() {
        return unknown("status-trust-unknown");
    }
    let list = |purpose| known.list(&did.status_list_url(place.list, purpose));
    let details = known.details(&did.to_string(), place.list);
    let detail = details.and_then(|d| d.at(place.index)).cloned();

    // An end is final: a list that says so counts however old it is.
    let revocation = match list(StatusPurpose::Revocation) {
        Ok(list) => list,
        Err(code) => return unknown(code),
    };
    let final_detail = detail.as_ref().filter(|d| d.state.is_final());
    if revocation.bits.get(place.index) == Some(true) || final_detail.is_some() {
        let as_of = match details {
            Some(d) if final_detail.is_some() => d.valid_from.max(revocation.valid_from),
            _ => revocation.valid_from,
        };
        return StatusJudged {
            check: ended(final_detail, as_of),
            as_of: Some(as_of),
            state: Some(final_detail.map_or("ended", |d| d.state.name())),
            detail: final_detail.cloned(),
        };
    }
    let suspension = match list(StatusPurpose::Suspension) {
        Ok(list) => list,
        Err(code) => return unknown(code),
    };
    for list in [revocation, suspension] {
        if let Some(code) = known.out_of_time(list.valid_from, list.valid_until) {
            let mut judged = unknown(code);
            judged.check = judged
                .check
                .with("as_of", list.valid_from.show_in_china())
                .with("until", list.valid_until.show_in_china());
            return judged;
        }
    }
    let as_of = revocation.valid_from.min(suspension.valid_from);
    if suspension.bits.get(place.index) == Some(true) {
        let why = detail.filter(|d| d.state == CertificateState::Suspended);
        let ground = why.as_ref().and_then(|d| d.ground.clone());
        let code = if ground.is_some() {
            "status-suspended-why"
        } else {
            "status-suspended"
        };
        return StatusJudged {
            check: Check::fail(CheckId::Status, code)
                .with("ground", ground.unwrap_or_default())
                .with("as_of", as_of.show_in_china()),
            as_of: Some(as_of),
            state: Some("suspended"),
            detail: why,
        };
    }
    // Details older than the lists may still speak of a suspension that has ended.
    let detail = detail.filter(|d| d.issue.is_some());
    let newest = detail.as_ref().and_then(|d| d.issue);
    let check = match newest {
        Some(newest) if newest > claims.issue => {
            Check::pass(CheckId::Status, "status-good-reissued").with("issue", newest)
        }
        _ => Check::pass(CheckId::Status, "status-good"),
    };
    StatusJudged {
        check: check.with("as_of", as_of.show_in_china()),
        as_of: Some(as_of),
        state: Some(CertificateState::Valid.name()),
        detail,
    }
}

fn ended(detail: Option<&StatusDetail>, as_of: Instant) -> Check {
    let code = match detail.map(|d| d.state) {
        Some(CertificateState::Superseded) => "status-superseded",
        Some(CertificateState::Revoked) => "status-revoked",
        Some(CertificateState::Cancelled) => "status-cancelled",
        Some(CertificateState::Forfeited) => "status-forfeited",
        Some(CertificateState::Voided) => "status-voided",
        Some(CertificateState::Valid | CertificateState::Suspended) | None => "status-ended",
    };
    let text = |t: Option<String>| t.unwrap_or_else(|| "—".to_owned());
    let successor = detail.and_then(|d| d.successor.as_ref());
    Check::fail(CheckId::Status, code)
        .with("ground", text(detail.and_then(|d| d.ground.clone())))
        .with(
            "on",
            text(detail.and_then(|d| d.on).map(|on| on.to_string())),
        )
        .with("successor", text(successor.map(ToString::to_string)))
        .with("as_of", as_of.show_in_china())
}
