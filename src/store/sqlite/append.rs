//! The append: a group of batches in one transaction and one commit.

use super::{Writer, facts, insert, vault};
use crate::codec::batch::Batch;
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::group::judge::{Judged, Plan, Questions, judge};
use crate::store::group::{Answered, Engine};
use sqlx::{Sqlite, Transaction};
use std::sync::Arc;

/// What appends to a file.
pub(super) struct Appender {
    writer: Arc<Writer>,
}

impl Appender {
    pub(super) fn on(writer: Arc<Writer>) -> Self {
        Self { writer }
    }

    /// The group, judged and durable.
    async fn stored(&self, group: Vec<Batch>, now: Instant) -> Result<Judged, StoreError> {
        let asked = Questions::of(&group);
        let mut transaction = self.writer.begin().await?;
        let facts = facts::read(&mut transaction, &asked).await?;
        let mut judged = judge(facts, group);
        if judged.plan.rows.is_empty() {
            // Dropping the transaction rolls it back; nothing was written.
            return Ok(judged);
        }
        let erases = !judged.plan.erase.is_empty();
        let written = write(&mut transaction, &mut judged.plan).await;
        if !written.map_err(|e| self.writer.failed(&e, now))? {
            return Err(StoreError::Engine("the head moved under the lock".into()));
        }
        let committed = transaction.commit().await;
        committed.map_err(|e| self.writer.failed(&e, now))?;
        if erases {
            self.empty_journal().await;
        }
        Ok(judged)
    }

    /// Erased rows are overwritten in the database by `secure_delete`; their old pages may still
    /// stand in the write-ahead log until it is emptied. A long reader can keep it from being
    /// emptied now: the erasure is durable either way, and the next emptying takes the pages with
    /// it.
    async fn empty_journal(&self) {
        let emptied = sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.writer.pool)
            .await;
        if let Err(error) = emptied {
            tracing::warn!(%error, "the write-ahead log was not emptied after an erasure");
        }
    }
}

impl Engine for Appender {
    async fn commit(&mut self, group: Vec<Batch>, now: Instant) -> Result<Answered, StoreError> {
        let judged = self.stored(group, now).await?;
        Ok(Answered {
            answers: judged.verdicts,
            rest: judged.rest,
        })
    }
}

/// Writes a plan; answers whether the head was where the plan was judged.
async fn write(
    transaction: &mut Transaction<'static, Sqlite>,
    plan: &mut Plan,
) -> Result<bool, sqlx::Error> {
    let Some(end) = plan.end() else {
        return Ok(false);
    };
    let moved = insert::group(transaction, plan, &end).await?;
    insert::reservations(transaction, &plan.reservations).await?;
    let (subjects, sealed) = (
        std::mem::take(&mut plan.subjects),
        std::mem::take(&mut plan.sealed),
    );
    vault::write(transaction, subjects, sealed, &plan.erase).await?;
    Ok(moved)
}
