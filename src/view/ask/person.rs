//! Queries about workers' timelines and makers' proposals.

use crate::domain::ids::{AccountId, ProposalId, StreamId, WorkerId};
use crate::domain::time::Instant;
use crate::view::field::{Reading, Stored};
use crate::view::passport::PassportEntry;
use crate::view::proposal::ProposalRow;
use crate::view::sql::{Sql, both, values};
use crate::view::views::{Views, page};
use crate::view::{AsOf, ViewError};

impl Views {
    /// A page of a worker's timeline, oldest first, after the entry at `after`.
    pub async fn passport(
        &self,
        worker: WorkerId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<PassportEntry>>, ViewError> {
        let sql = Sql::plain(
            "SELECT * FROM view_passport
             WHERE worker = $2 AND position > $3 AND position <= $1
             ORDER BY position LIMIT $4",
        );
        let values = values![worker.0, after, page(limit)];
        self.all(sql, values, passport_entry).await
    }

    /// A proposal.
    pub async fn proposal(
        &self,
        proposal: ProposalId,
    ) -> Result<AsOf<Option<ProposalRow>>, ViewError> {
        self.one(both!(person::ONE), values![proposal.0], proposal_row)
            .await
    }

    /// A page of proposals that can still be answered at `now`, oldest first, after the one made
    /// at `after`. As of a past position, of those that were open then.
    pub async fn proposals_open(
        &self,
        now: Instant,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<ProposalRow>>, ViewError> {
        let sql = match self.asked {
            None => both!(person::OPEN_NOW),
            Some(_) => both!(person::OPEN_THEN),
        };
        let values = values![after, now.0, page(limit)];
        self.all(sql, values, proposal_row).await
    }

    /// A page of the proposals about one thing, oldest first, after the one made at `after`.
    pub async fn proposals_of(
        &self,
        stream: StreamId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<ProposalRow>>, ViewError> {
        let values = values![stream.to_string(), after, page(limit)];
        self.all(both!(person::OF_STREAM), values, proposal_row)
            .await
    }
}

fn passport_entry(row: &dyn Stored) -> Result<PassportEntry, ViewError> {
    let row = Reading::new("view_passport", "position", row);
    Ok(PassportEntry {
        worker: WorkerId(row.uuid("worker")?),
        position: row.number("position")?,
        kind: row.text("kind")?,
        data: row.json("data")?,
    })
}

fn proposal_row(row: &dyn Stored) -> Result<ProposalRow, ViewError> {
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
