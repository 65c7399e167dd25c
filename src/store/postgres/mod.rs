//! The event store in a PostgreSQL database: several processes may write, each a group at a time.
//!
//! PostgreSQL 15 or newer, plain features only: no extension, no superuser. `fsync`,
//! `full_page_writes` and `synchronous_commit` are read back from the server at every connection
//! that appends.

mod append;
mod audit;
mod connect;
mod facts;
mod failure;
mod filling;
mod growth;
mod insert;
mod journal;
mod log;
mod lost;
mod read;
mod vault;
mod wallet;

pub use connect::Mode;
pub use filling::PostgresFilling;

use super::{
    CheckpointOutcome, CommandDone, EventStore, Head, JournalEntry, Reserved, StoreError,
    StoredCheckpoint, Tile,
};
use crate::codec::archive::{End, Item};
use crate::codec::batch::{AppendOutcome, Batch, SealedRow};
use crate::codec::canonical::JournalRow;
use crate::codec::row::{Digest, LeafRow, Row};
use crate::domain::ids::{CommandId, LedgerId, StreamId, SubjectId};
use crate::domain::time::Instant;
use crate::store::audit::{Derive, Findings};
use crate::store::copy_out::copy_out;
use crate::store::group::Queue;
use failure::Failure;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::{Postgres, Transaction};
use std::sync::{Arc, OnceLock};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// An open ledger in a database.
#[derive(Debug)]
pub struct PostgresStore {
    ledger: LedgerId,
    pool: PgPool,
    writing: Option<Writing>,
    /// Made when somebody first follows the log.
    growth: OnceLock<watch::Receiver<u64>>,
    /// Whose turn it is to bring the views on.
    projecting: Arc<Mutex<()>>,
}

/// What a process that writes has besides.
#[derive(Debug)]
struct Writing {
    writer: Arc<Writer>,
    queue: Queue,
}

/// Where to append, and whether that may go on.
#[derive(Debug)]
struct Writer {
    options: PgConnectOptions,
    stopped: OnceLock<(Instant, String)>,
}

impl PostgresStore {
    /// The connections that read; each sees what was committed before its statement began.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// A transaction for what is not appended: checkpoints, the access journal, views. Dropped
    /// without a commit it is rolled back. Refused once writing has stopped.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        self.writing()?;
        self.pool.begin().await.map_err(|e| failure::read(&e))
    }

    /// The turn to bring the views on: one at a time in this process. Whoever has it holds a
    /// connection and reads events on another; were all connections held by those who wait, there
    /// would be none to read on.
    pub(crate) async fn turn_to_project(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.projecting).lock_owned().await
    }

    /// Turns what the engine said about a write into an error, and stops writing for good if the
    /// disk is in doubt. `now` is the caller's clock, for the message.
    pub(crate) fn write_failed(&self, error: &sqlx::Error, now: Instant) -> StoreError {
        match &self.writing {
            Some(writing) => writing.writer.failed(error, now),
            None => failure::read(error),
        }
    }

    fn writing(&self) -> Result<&Writing, StoreError> {
        let writing = self.writing.as_ref().ok_or(StoreError::ReadOnly)?;
        writing.writer.check()?;
        Ok(writing)
    }

    /// Gives out every row as of one moment, in the order of an archive; answers where the chains
    /// end.
    pub async fn copy_out<E: From<StoreError>>(
        &self,
        give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
    ) -> Result<[End; 3], E> {
        copy_out(&mut audit::Moment::of(self).await?, give).await
    }

    /// Closes the connections. Acknowledged data needs no closing.
    pub async fn close(self) {
        self.pool.close().await;
        if let Some(writing) = self.writing {
            writing.queue.close().await;
        }
    }
}

impl Writer {
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

impl EventStore for PostgresStore {
    fn ledger(&self) -> LedgerId {
        self.ledger
    }
    async fn append(&self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        self.writing()?.queue.append(batch).await
    }
    async fn head(&self) -> Result<Head, StoreError> {
        read::head(&self.pool).await
    }
    async fn read_streams(&self, streams: &[(StreamId, u64)]) -> Result<Vec<Row>, StoreError> {
        read::streams(&self.pool, streams).await
    }
    async fn read_all(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        read::all(&self.pool, after, limit).await
    }
    async fn read_leaves(&self, after: u64, limit: u32) -> Result<Vec<LeafRow>, StoreError> {
        read::leaves(&self.pool, after, limit).await
    }
    fn growth(&self) -> watch::Receiver<u64> {
        self.growth
            .get_or_init(|| growth::listen(&self.pool))
            .clone()
    }
    async fn row(&self, position: u64) -> Result<Option<Row>, StoreError> {
        read::row(&self.pool, position).await
    }
    async fn reservation(&self, key: &str) -> Result<Option<u64>, StoreError> {
        read::reservation(&self.pool, key).await
    }
    async fn reservations(&self, keys: &[String]) -> Result<Vec<Reserved>, StoreError> {
        read::reservations(&self.pool, keys).await
    }
    async fn command(&self, id: CommandId) -> Result<Option<CommandDone>, StoreError> {
        read::command(&self.pool, id).await
    }
    async fn subject_by_index(&self, index: &Digest) -> Result<Option<SubjectId>, StoreError> {
        let known = vault::by_index(&self.pool, std::slice::from_ref(index)).await?;
        Ok(known.first().map(|(_, subject)| *subject))
    }
    async fn subjects_by_index(
        &self,
        indexes: &[Digest],
    ) -> Result<Vec<(Digest, SubjectId)>, StoreError> {
        vault::by_index(&self.pool, indexes).await
    }
    async fn wrapped_key(&self, subject: SubjectId) -> Result<Option<Vec<u8>>, StoreError> {
        let known = vault::wrapped_keys(&self.pool, &[subject]).await?;
        Ok(known.into_iter().next().map(|(_, key)| key))
    }
    async fn wrapped_keys(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<(SubjectId, Vec<u8>)>, StoreError> {
        vault::wrapped_keys(&self.pool, subjects).await
    }
    async fn sealed_rows(&self, subject: SubjectId) -> Result<Vec<SealedRow>, StoreError> {
        vault::rows(&self.pool, &[subject], None).await
    }
    async fn sealed_row(
        &self,
        subject: SubjectId,
        field: &str,
    ) -> Result<Option<SealedRow>, StoreError> {
        let rows = vault::rows(&self.pool, &[subject], Some(field)).await?;
        Ok(rows.into_iter().next())
    }
    async fn sealed_field(
        &self,
        subjects: &[SubjectId],
        field: &str,
    ) -> Result<Vec<SealedRow>, StoreError> {
        vault::rows(&self.pool, subjects, Some(field)).await
    }
    async fn sealed_at(
        &self,
        places: &[(SubjectId, String)],
    ) -> Result<Vec<SealedRow>, StoreError> {
        vault::rows_at(&self.pool, places).await
    }
    async fn subjects(
        &self,
        after: Option<SubjectId>,
        limit: u32,
    ) -> Result<Vec<SubjectId>, StoreError> {
        vault::subjects(&self.pool, after, limit).await
    }
    async fn log_state(&self) -> Result<Option<StoredCheckpoint>, StoreError> {
        log::newest(&self.pool).await
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
        let found = log::checkpoints(&self.pool, after, 1).await?;
        Ok(found.into_iter().next())
    }
    async fn checkpoints(
        &self,
        after_size: u64,
        limit: u32,
    ) -> Result<Vec<StoredCheckpoint>, StoreError> {
        log::checkpoints(&self.pool, after_size, limit).await
    }
    async fn tiles(&self, places: &[(u8, u64)]) -> Result<Vec<Tile>, StoreError> {
        log::tiles(&self.pool, places).await
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
        journal::of(&self.pool, subject, after, limit).await
    }
    async fn audit(&self, derive: impl Derive) -> Result<Findings, StoreError> {
        audit::run(self, derive).await
    }
}
