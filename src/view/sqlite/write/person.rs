//! Workers' timelines, makers' proposals, and signed lists.

use super::Statement;
use crate::domain::ids::CertificateId;
use crate::view::ViewError;
use crate::view::change::ViewChange;
use crate::view::passport::PassportEntry;
use crate::view::proposal::ProposalRow;
use crate::view::published::PublishedRow;
use crate::view::sqlite::field::{integer, json, word};
use serde_json::Value;

pub(super) fn put_passport(row: PassportEntry) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_passport (worker, position, kind, data) VALUES ($1, $2, $3, $4)",
    )
    .bind(row.worker.0.as_bytes().to_vec())
    .bind(integer(row.position))
    .bind(row.kind)
    .bind(json("passport entry", &row.data)?))
}

/// An entry in the timeline of a certificate's holder.
pub(super) fn put_passport_of_holder(
    certificate: CertificateId,
    position: u64,
    kind: &'static str,
    data: &Value,
) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_passport (worker, position, kind, data)
         SELECT worker, $2, $3, json_set($4, '$.number', number)
         FROM view_certificate WHERE certificate = $1",
    )
    .bind(certificate.0.as_bytes().to_vec())
    .bind(integer(position))
    .bind(kind)
    .bind(json("passport entry", data)?))
}

pub(super) fn put_proposal(row: ProposalRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_proposal (proposal, stream, act, digest, state, made_by, expires_at,
             decided_by, reason, position, decided_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.proposal.0.as_bytes().to_vec())
    .bind(row.stream.to_string())
    .bind(json("act", &row.act)?)
    .bind(row.digest.0.to_vec())
    .bind(word("proposal state", &row.state)?)
    .bind(row.made_by.0.as_bytes().to_vec())
    .bind(row.expires_at.0)
    .bind(row.decided_by.map(|by| by.0.as_bytes().to_vec()))
    .bind(row.reason)
    .bind(integer(row.position))
    .bind(row.decided_position.map(integer)))
}

pub(super) fn decide_proposal(change: ViewChange) -> Result<Statement, ViewError> {
    let ViewChange::DecideProposal {
        proposal,
        state,
        by,
        reason,
        position,
    } = change
    else {
        return Err(ViewError::Unwritable("proposal"));
    };
    Ok(sqlx::query(
        "UPDATE view_proposal SET state = $2, decided_by = $3, reason = $4,
             decided_position = $5
         WHERE proposal = $1",
    )
    .bind(proposal.0.as_bytes().to_vec())
    .bind(word("proposal state", &state)?)
    .bind(by.0.as_bytes().to_vec())
    .bind(reason)
    .bind(integer(position)))
}

pub(super) fn put_published(row: PublishedRow) -> Statement {
    sqlx::query(
        "INSERT INTO view_published
             (kind, owner, list, position, as_of_position, digest, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (kind, owner, list) DO UPDATE SET position = excluded.position,
             as_of_position = excluded.as_of_position, digest = excluded.digest,
             document = excluded.document",
    )
    .bind(row.kind.name())
    .bind(row.owner.to_string())
    .bind(i64::from(row.list))
    .bind(integer(row.position))
    .bind(integer(row.as_of_position))
    .bind(row.digest.0.to_vec())
    .bind(row.document)
}
