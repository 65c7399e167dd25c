//! Queries about workers' timelines and makers' proposals.

use super::field::{Reading, integer};
use super::{SqliteViews, page};
use crate::domain::ids::{AccountId, ProposalId, StreamId, WorkerId};
use crate::domain::time::Instant;
use crate::view::passport::PassportEntry;
use crate::view::proposal::ProposalRow;
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

/// Proposals as of position `$1`, and what is asked of them: what was decided later was open.
macro_rules! proposals {
    ($which:literal) => {
        concat!(
            "WITH known AS (
                 SELECT proposal, stream, act, digest, made_by, expires_at, position,
                     CASE WHEN decided_position <= $1 THEN state ELSE 'open' END AS state,
                     CASE WHEN decided_position <= $1 THEN decided_by END AS decided_by,
                     CASE WHEN decided_position <= $1 THEN reason END AS reason,
                     CASE WHEN decided_position <= $1 THEN decided_position END
                         AS decided_position
                 FROM view_proposal WHERE position <= $1
             )
             SELECT * FROM known WHERE ",
            $which
        )
    };
}

impl SqliteViews {
    /// A page of a worker's timeline, oldest first, after the entry at `after`.
    pub async fn passport(
        &self,
        worker: WorkerId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<PassportEntry>>, ViewError> {
        let sql = "SELECT * FROM view_passport
             WHERE worker = $2 AND position > $3 AND position <= $1
             ORDER BY position LIMIT $4";
        let worker = worker.0.as_bytes().to_vec();
        let values = |query: super::Asked<'static>| query.bind(worker).bind(integer(after));
        self.all(sql, |query| values(query).bind(page(limit)), passport_entry)
            .await
    }

    /// A proposal.
    pub async fn proposal(
        &self,
        proposal: ProposalId,
    ) -> Result<AsOf<Option<ProposalRow>>, ViewError> {
        let id = proposal.0.as_bytes().to_vec();
        let sql = proposals!("proposal = $2");
        self.one(sql, |query| query.bind(id), proposal_row).await
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
            // An index holds just the open ones.
            None => {
                "SELECT * FROM view_proposal
                 WHERE state = 'open' AND position <= $1 AND position > $2 AND expires_at >= $3
                 ORDER BY position LIMIT $4"
            }
            Some(_) => proposals!(
                "state = 'open' AND position > $2 AND expires_at >= $3
                 ORDER BY position LIMIT $4"
            ),
        };
        let values = |query: super::Asked<'static>| query.bind(integer(after)).bind(now.0);
        self.all(sql, |query| values(query).bind(page(limit)), proposal_row)
            .await
    }

    /// A page of the proposals about one thing, oldest first, after the one made at `after`.
    pub async fn proposals_of(
        &self,
        stream: StreamId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<ProposalRow>>, ViewError> {
        let sql = proposals!("stream = $2 AND position > $3 ORDER BY position LIMIT $4");
        let stream = stream.to_string();
        let values = |query: super::Asked<'static>| query.bind(stream).bind(integer(after));
        self.all(sql, |query| values(query).bind(page(limit)), proposal_row)
            .await
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
