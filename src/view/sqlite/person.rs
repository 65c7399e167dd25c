//! Queries about workers' timelines and makers' proposals.

use super::field::{Reading, integer};
use super::{SqliteViews, page};
use crate::domain::ids::{AccountId, ProposalId, StreamId, WorkerId};
use crate::domain::time::Instant;
use crate::view::passport::PassportEntry;
use crate::view::proposal::ProposalRow;
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

impl SqliteViews {
    /// A page of a worker's timeline, oldest first, after the entry at `after`.
    pub async fn passport(
        &self,
        worker: WorkerId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<PassportEntry>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_passport WHERE worker = $1 AND position > $2
             ORDER BY position LIMIT $3",
        )
        .bind(worker.0.as_bytes().to_vec())
        .bind(integer(after))
        .bind(page(limit));
        self.all(query, passport_entry).await
    }

    /// A proposal.
    pub async fn proposal(
        &self,
        proposal: ProposalId,
    ) -> Result<AsOf<Option<ProposalRow>>, ViewError> {
        let query = sqlx::query("SELECT * FROM view_proposal WHERE proposal = $1")
            .bind(proposal.0.as_bytes().to_vec());
        self.one(query, proposal_row).await
    }

    /// A page of proposals that can still be answered at `now`, oldest first, after the one made
    /// at `after`.
    pub async fn proposals_open(
        &self,
        now: Instant,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<ProposalRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_proposal
             WHERE state = 'open' AND position > $1 AND expires_at >= $2
             ORDER BY position LIMIT $3",
        )
        .bind(integer(after))
        .bind(now.0)
        .bind(page(limit));
        self.all(query, proposal_row).await
    }

    /// A page of the proposals about one thing, oldest first, after the one made at `after`.
    pub async fn proposals_of(
        &self,
        stream: StreamId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<ProposalRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_proposal WHERE stream = $1 AND position > $2
             ORDER BY position LIMIT $3",
        )
        .bind(stream.to_string())
        .bind(integer(after))
        .bind(page(limit));
        self.all(query, proposal_row).await
    }
}

fn passport_entry(row: &SqliteRow) -> Result<PassportEntry, ViewError> {
    let row = Reading::new("view_passport", "position", row);
    Ok(PassportEntry {
        worker: WorkerId(row.uuid("worker")?),
        position: row.number("position")?,
        kind: row.text("kind")?,
        data: row.json("data")?,
    })
}

fn proposal_row(row: &SqliteRow) -> Result<ProposalRow, ViewError> {
    let row = Reading::new("view_proposal", "position", row);
    Ok(ProposalRow {
        proposal: ProposalId(row.uuid("proposal")?),
        stream: row.stream("stream")?,
        act: row.json("act")?,
        digest: row.digest("digest")?,
        state: row.word("state")?,
        made_by: AccountId(row.uuid("made_by")?),
        expires_at: Instant(row.number("expires_at")?),
        decided_by: row.uuid_or_null("decided_by")?.map(AccountId),
        reason: row.text_or_null("reason")?,
        position: row.number("position")?,
        decided_position: row.number_or_null("decided_position")?,
    })
}
