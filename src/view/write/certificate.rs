//! Certificates and their signed documents.

use super::{Statement, insert, plain};
use crate::domain::ids::CertificateId;
use crate::view::ViewError;
use crate::view::certificate::{CertificateRow, CredentialRow};
use crate::view::change::ViewChange;
use crate::view::field::{json, word_or_null};
use crate::view::sql::values;

pub(super) fn put_certificate(row: CertificateRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_certificate (number, certificate, body, session, worker, kind,
             occupation, level, item, attainment, route, standard, region, assessed_on,
             issued_on, issue, state, since, ground, basis, successor, supersedes, twin, list,
             list_index, key_id, position, last_position)",
        values![
            String::from(row.number),
            row.certificate.0,
            row.body.0,
            row.session.0,
            row.worker.0,
            row.attainment.kind().name(),
            row.attainment.occupation().map(|it| it.to_string()),
            word_or_null("level", &row.attainment.level())?,
            row.attainment.item().map(|it| it.to_string()),
            json("attainment", &row.attainment)?,
            row.route.name(),
            json("standard", &row.standard)?,
            row.region.to_string(),
            row.assessed_on.to_string(),
            row.issued_on.to_string(),
            row.issue,
            row.state.name(),
            row.since.to_string(),
            row.ground,
            row.basis,
            row.successor.map(String::from),
            row.supersedes.map(String::from),
            row.twin.map(String::from),
            row.list,
            row.list_index,
            row.key_id,
            row.position,
            row.last_position
        ],
    ))
}

pub(super) fn put_credential(row: CredentialRow) -> Statement {
    insert(
        "view_credential
             (credential, number, issue, issued_on, reason, key_id, position)",
        values![
            row.credential,
            String::from(row.number),
            row.issue,
            row.issued_on.to_string(),
            row.reason,
            row.key_id,
            row.position
        ],
    )
}

/// What a certificate is worth from now on.
pub(super) fn set_state(change: ViewChange) -> Result<Statement, ViewError> {
    let ViewChange::SetCertificateState {
        certificate,
        position,
        state,
        since,
        ground,
        basis,
        successor,
    } = change
    else {
        return Err(ViewError::Unwritable("certificate state"));
    };
    Ok(plain(
        "UPDATE view_certificate SET state = $2, since = $3, ground = $4, basis = $5,
             successor = $6, last_position = $7
         WHERE certificate = $1",
        values![
            certificate.0,
            state.name(),
            since.to_string(),
            ground,
            basis,
            successor.map(String::from),
            position
        ],
    ))
}

/// The newest issue of a certificate.
pub(super) fn set_issue(
    certificate: CertificateId,
    issue: u16,
    key_id: String,
    position: u64,
) -> Statement {
    plain(
        "UPDATE view_certificate SET issue = $2, key_id = $3, last_position = $4
         WHERE certificate = $1",
        values![certificate.0, issue, key_id, position],
    )
}

/// The document of a reissue; its number is the certificate's.
pub(super) fn put_reissue(change: &ViewChange) -> Result<Statement, ViewError> {
    let ViewChange::Reissue {
        certificate,
        credential,
        issue,
        issued_on,
        reason,
        key_id,
        position,
    } = change
    else {
        return Err(ViewError::Unwritable("reissue"));
    };
    Ok(plain(
        "INSERT INTO view_credential
             (credential, number, issue, issued_on, reason, key_id, position)
         SELECT $2, number, $3, $4, $5, $6, $7 FROM view_certificate WHERE certificate = $1",
        values![
            certificate.0,
            *credential,
            *issue,
            issued_on.to_string(),
            reason.clone(),
            key_id.clone(),
            *position
        ],
    ))
}
