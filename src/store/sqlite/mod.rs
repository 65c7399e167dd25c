//! The event store on one SQLite file: one writing process, readers beside it.
//!
//! WAL, `synchronous=FULL`, foreign keys, each read back when the file is opened. One connection
//! writes, one group of batches at a time and one commit a group; a few others read.

mod append;
mod at_rest;
mod audit;
mod connect;
mod facts;
mod failure;
mod filling;
mod insert;
mod journal;
mod lock;
mod log;
mod read;
mod together;
mod vault;
mod wallet;

#[cfg(test)]
mod tests;

pub use at_rest::{AtRest, manifest_path, pages_path};
pub use connect::Mode;
pub use filling::SqliteFilling;

use super::{
    CheckpointOutcome, CommandDone, EventStore, Head, JournalEntry, Reserved, StoreError,
    StoredCheckpoint, Tile,
};
use crate::codec::archive::{End, Item};
use crate::codec::batch::{AppendOutcome, Batch, SealedRow};
use crate::codec::canonical::JournalRow;
use crate::codec::row::{Digest, Row};
use crate::domain::ids::{CommandId, LedgerId, StreamId, SubjectId};
use crate::domain::time::Instant;
use crate::store::audit::{Derive, Findings};
use crate::store::copy_out::copy_out;
use crate::store::group::Queue;
use failure::Failure;
use lock::WriterLock;
use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;

/// An open ledger file.
#[derive(Debug)]
pub struct SqliteStore {
    ledger: LedgerId,
    readers: SqlitePool,
    writing: Option<Writing>,
}

/// What a process that writes has besides, and the lock that keeps others from having it too.
#[derive(Debug)]
struct Writing {
    writer: Arc<Writer>,
    queue: Queue,
    /// Given back with the store. A group still on its way then is no danger: it is judged and
    /// written under the lock of the database itself.
    _lock: WriterLock,
}

/// The one connection that writes.
#[derive(Debug)]
struct Writer {
    pool: SqlitePool,
    stopped: OnceLock<(Instant, String)>,
}

impl SqliteStore {
    /// The connections that read; each sees what was committed before its statement began.
    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.readers
    }

    /// A transaction on the one connection that writes; waits for its turn. Dropped without a
    /// commit it is rolled back. Refused once writing has stopped.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.writing()?.writer.begin().await
    }

    /// Turns what the engine said about a write into an error, and stops writing for good if the
    /// disk is in doubt. `now` is the caller's clock, for the message.
    pub(crate) fn write_failed(&self, error: &sqlx::Error, now: Instant) -> StoreError {
        match &self.writing {
            Some(writing) => writing.writer.failed(error, now),
            None => Failure::of(error).into(),
        }
    }

    fn writing(&self) -> Result<&Writing, StoreError> {
        let writing = self.writing.as_ref().ok_or(StoreError::ReadOnly)?;
        writing.writer.check()?;
        Ok(writing)
    }

    /// Writes a whole, settled copy of the database to a new file, as of one moment.
    pub async fn copy_to(&self, path: &std::path::Path) -> Result<(), StoreError> {
        let name = path
            .to_str()
            .ok_or_else(|| StoreError::Engine("path is not UTF-8".into()))?;
        sqlx::query("VACUUM INTO $1")
            .bind(name.to_owned())
            .execute(self.pool())
            .await
            .map_err(|error| failure::read(&error))?;
        connect::use_wal(path).await
    }

    /// Gives out every row as of one moment, in the order of an archive; answers where the chains
    /// end.
    pub async fn copy_out<E: From<StoreError>>(
        &self,
        give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
    ) -> Result<[End; 3], E> {
        copy_out(&mut audit::Moment::of(self).await?, give).await
    }

    /// Closes the connections; the lock is given back. Acknowledged data needs no closing.
    pub async fn close(self) {
        self.readers.close().await;
        if let Some(writing) = self.writing {
            writing.queue.close().await;
            writing.writer.pool.close().await;
        }
    }
}

impl Writer {
    /// A transaction on the one connection that writes; waits for its turn.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.check()?;
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        let transaction = begun.map_err(|e| failure::read(&e))?;
        // The writer before us may have met a full disk.
        self.check()?;
        Ok(transaction)
    }

    /// What a failed write means; stops writing for good if the disk is in doubt.
    fn failed(&self, error: &sqlx::Error, now: Instant) -> StoreError {
        match Failure::of(error) {
            Failure::Stop(cause) => {
                let (since, cause) = self.stopped.get_or_init(|| (now, cause)).clone();
                StoreError::Stopped { since, cause }
            }
            failure => failure.into(),
        }
    }

    fn check(&self) -> Result<(), StoreError> {
        match self.stopped.get() {
            None => Ok(()),
            Some((since, cause)) => Err(StoreError::Stopped {
                since: *since,
                cause: cause.clone(),
            }),
        }
    }
}

impl EventStore for SqliteStore {
    fn ledger(&self) -> LedgerId {
        self.ledger
    }
    async fn append(&self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        self.writing()?.queue.append(batch).await
    }
    async fn head(&self) -> Result<Head, StoreError> {
        read::head(self.pool()).await
    }
    async fn read_streams(&self, streams: &[(StreamId, u64)]) -> Result<Vec<Row>, StoreError> {
        read::streams(self.pool(), streams).await
    }
    async fn read_all(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        read::all(self.pool(), after, limit).await
    }
    fn growth(&self) -> watch::Receiver<u64> {
        match &self.writing {
            Some(writing) => writing.queue.growth(),
            None => watch::channel(0).1,
        }
    }
    async fn row(&self, position: u64) -> Result<Option<Row>, StoreError> {
        read::row(self.pool(), position).await
    }
    async fn reservation(&self, key: &str) -> Result<Option<u64>, StoreError> {
        read::reservation(self.pool(), key).await
    }
    async fn reservations(&self, keys: &[String]) -> Result<Vec<Reserved>, StoreError> {
        read::reservations(self.pool(), keys).await
    }
    async fn command(&self, id: CommandId) -> Result<Option<CommandDone>, StoreError> {
        read::command(self.pool(), id).await
    }
    async fn subject_by_index(&self, index: &Digest) -> Result<Option<SubjectId>, StoreError> {
        let known = vault::by_index(self.pool(), std::slice::from_ref(index)).await?;
        Ok(known.first().map(|(_, subject)| *subject))
    }
    async fn subjects_by_index(
        &self,
        indexes: &[Digest],
    ) -> Result<Vec<(Digest, SubjectId)>, StoreError> {
        vault::by_index(self.pool(), indexes).await
    }
    async fn wrapped_key(&self, subject: SubjectId) -> Result<Option<Vec<u8>>, StoreError> {
        let known = vault::wrapped_keys(self.pool(), &[subject]).await?;
        Ok(known.into_iter().next().map(|(_, key)| key))
    }
    async fn wrapped_keys(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<(SubjectId, Vec<u8>)>, StoreError> {
        vault::wrapped_keys(self.pool(), subjects).await
    }
    async fn sealed_rows(&self, subject: SubjectId) -> Result<Vec<SealedRow>, StoreError> {
        vault::rows(self.pool(), &[subject], None).await
    }
    async fn sealed_row(
        &self,
        subject: SubjectId,
        field: &str,
    ) -> Result<Option<SealedRow>, StoreError> {
        let rows = vault::rows(self.pool(), &[subject], Some(field)).await?;
        Ok(rows.into_iter().next())
    }
    async fn sealed_field(
        &self,
        subjects: &[SubjectId],
        field: &str,
    ) -> Result<Vec<SealedRow>, StoreError> {
        vault::rows(self.pool(), subjects, Some(field)).await
    }
    async fn sealed_at(
        &self,
        places: &[(SubjectId, String)],
    ) -> Result<Vec<SealedRow>, StoreError> {
        vault::rows_at(self.pool(), places).await
    }
    async fn subjects(
        &self,
        after: Option<SubjectId>,
        limit: u32,
    ) -> Result<Vec<SubjectId>, StoreError> {
        vault::subjects(self.pool(), after, limit).await
    }
    async fn log_state(&self) -> Result<Option<StoredCheckpoint>, StoreError> {
        log::newest(self.pool()).await
    }
    async fn commit_checkpoint(
        &self,
        expected_size: u64,
        tiles: Vec<Tile>,
        checkpoint: StoredCheckpoint,
    ) -> Result<CheckpointOutcome, StoreError> {
        log::commit(self, expected_size, tiles, checkpoint).await
    }
    async fn checkpoint_covering(&self, size: u64) -> Result<Option<StoredCheckpoint>, StoreError> {
        let after = size.saturating_sub(1);
        let found = log::checkpoints(self.pool(), after, 1).await?;
        Ok(found.into_iter().next())
    }
    async fn checkpoints(
        &self,
        after_size: u64,
        limit: u32,
    ) -> Result<Vec<StoredCheckpoint>, StoreError> {
        log::checkpoints(self.pool(), after_size, limit).await
    }
    async fn tiles(&self, places: &[(u8, u64)]) -> Result<Vec<Tile>, StoreError> {
        log::tiles(self.pool(), places).await
    }
    async fn journal(&self, entries: Vec<JournalEntry>) -> Result<u64, StoreError> {
        journal::write(self, entries).await
    }
    async fn journal_of(
        &self,
        subject: SubjectId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<JournalRow>, StoreError> {
        journal::of(self.pool(), subject, after, limit).await
    }
    async fn audit(&self, derive: impl Derive) -> Result<Findings, StoreError> {
        audit::run(self, derive).await
    }
}
