//! Workers' timelines, makers' proposals, and signed lists.

use super::{Statement, insert, plain};
use crate::domain::ids::CertificateId;
use crate::view::ViewError;
use crate::view::change::ViewChange;
use crate::view::field::{json, word};
use crate::view::passport::PassportEntry;
use crate::view::proposal::ProposalRow;
use crate::view::published::PublishedRow;
use crate::view::sql::{both, values};
use serde_json::Value;

pub(super) fn put_passport(row: PassportEntry) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_passport (worker, position, kind, data)",
        values![
            row.worker.0,
            row.position,
            row.kind,
            json("passport entry", &row.data)?
        ],
    ))
}

/// An entry in the timeline of a certificate's holder.
pub(super) fn put_passport_of_holder(
    certificate: CertificateId,
    position: u64,
    kind: &'static str,
    data: &Value,
) -> Result<Statement, ViewError> {
    Ok(Statement::Other {
        sql: both!(write::PASSPORT_OF_HOLDER),
        values: values![certificate.0, position, kind, json("passport entry", data)?],
    })
}

pub(super) fn put_proposal(row: ProposalRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_proposal (proposal, stream, act, digest, state, made_by, expires_at,
             decided_by, reason, position, decided_position)",
        values![
            row.proposal.0,
            row.stream.to_string(),
            json("act", &row.act)?,
            row.digest,
            word("proposal state", &row.state)?,
            row.made_by.0,
            row.expires_at.0,
            row.decided_by.map(|by| by.0),
            row.reason,
            row.position,
            row.decided_position
        ],
    ))
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
    Ok(plain(
        "UPDATE view_proposal SET state = $2, decided_by = $3, reason = $4,
             decided_position = $5
         WHERE proposal = $1",
        values![
            proposal.0,
            word("proposal state", &state)?,
            by.0,
            reason,
            position
        ],
    ))
}

pub(super) fn put_published(row: PublishedRow) -> Statement {
    plain(
        "INSERT INTO view_published
             (kind, owner, list, position, as_of_position, digest, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (kind, owner, list) DO UPDATE SET position = excluded.position,
             as_of_position = excluded.as_of_position, digest = excluded.digest,
             document = excluded.document",
        values![
            row.kind.name(),
            row.owner.to_string(),
            row.list,
            row.position,
            row.as_of_position,
            row.digest,
            row.document
        ],
    )
}
