//! Certificates and their signed documents.

use super::Statement;
use crate::domain::ids::CertificateId;
use crate::view::ViewError;
use crate::view::certificate::{CertificateRow, CredentialRow};
use crate::view::change::ViewChange;
use crate::view::sqlite::field::{integer, json, word_or_null};

pub(super) fn put_certificate(row: CertificateRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_certificate (number, certificate, body, session, worker, kind,
             occupation, level, item, attainment, route, standard, region, assessed_on,
             issued_on, issue, state, since, ground, basis, successor, supersedes, twin, list,
             list_index, key_id, position, last_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
    )
    .bind(String::from(row.number))
    .bind(row.certificate.0.as_bytes().to_vec())
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.session.0.as_bytes().to_vec())
    .bind(row.worker.0.as_bytes().to_vec())
    .bind(row.attainment.kind().name())
    .bind(row.attainment.occupation().map(|it| it.to_string()))
    .bind(word_or_null("level", &row.attainment.level())?)
    .bind(row.attainment.item().map(|it| it.to_string()))
    .bind(json("attainment", &row.attainment)?)
    .bind(row.route.name())
    .bind(json("standard", &row.standard)?)
    .bind(row.region.to_string())
    .bind(row.assessed_on.to_string())
    .bind(row.issued_on.to_string())
    .bind(i64::from(row.issue))
    .bind(row.state.name())
    .bind(row.since.to_string())
    .bind(row.ground)
    .bind(row.basis)
    .bind(row.successor.map(String::from))
    .bind(row.supersedes.map(String::from))
    .bind(row.twin.map(String::from))
    .bind(i64::from(row.list))
    .bind(i64::from(row.list_index))
    .bind(row.key_id)
    .bind(integer(row.position))
    .bind(integer(row.last_position)))
}

pub(super) fn put_credential(row: CredentialRow) -> Statement {
    sqlx::query(
        "INSERT INTO view_credential
             (credential, number, issue, issued_on, reason, key_id, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.credential.0.to_vec())
    .bind(String::from(row.number))
    .bind(i64::from(row.issue))
    .bind(row.issued_on.to_string())
    .bind(row.reason)
    .bind(row.key_id)
    .bind(integer(row.position))
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
    Ok(sqlx::query(
        "UPDATE view_certificate SET state = $2, since = $3, ground = $4, basis = $5,
             successor = $6, last_position = $7
         WHERE certificate = $1",
    )
    .bind(certificate.0.as_bytes().to_vec())
    .bind(state.name())
    .bind(since.to_string())
    .bind(ground)
    .bind(basis)
    .bind(successor.map(String::from))
    .bind(integer(position)))
}

/// The newest issue of a certificate.
pub(super) fn set_issue(
    certificate: CertificateId,
    issue: u16,
    key_id: String,
    position: u64,
) -> Statement {
    sqlx::query(
        "UPDATE view_certificate SET issue = $2, key_id = $3, last_position = $4
         WHERE certificate = $1",
    )
    .bind(certificate.0.as_bytes().to_vec())
    .bind(i64::from(issue))
    .bind(key_id)
    .bind(integer(position))
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
    Ok(sqlx::query(
        "INSERT INTO view_credential
             (credential, number, issue, issued_on, reason, key_id, position)
         SELECT $2, number, $3, $4, $5, $6, $7 FROM view_certificate WHERE certificate = $1",
    )
    .bind(certificate.0.as_bytes().to_vec())
    .bind(credential.0.to_vec())
    .bind(i64::from(*issue))
    .bind(issued_on.to_string())
    .bind(reason.clone())
    .bind(key_id.clone())
    .bind(integer(*position)))
}
