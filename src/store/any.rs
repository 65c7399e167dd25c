//! A ledger on either engine, and the address that says which.

use super::audit::{Derive, Findings};
use super::wallet::{Redeemed, Redeeming, WalletGrant, WalletOffer};
use super::{
    CheckpointOutcome, CommandDone, EventStore, Head, JournalEntry, PostgresStore, Reserved,
    SqliteStore, StoreError, StoredCheckpoint, Tile, postgres, sqlite,
};
use crate::codec::batch::{AppendOutcome, Batch, SealedRow};
use crate::codec::canonical::JournalRow;
use crate::codec::row::{Digest, LeafRow, Row};
use crate::domain::ids::{CommandId, LedgerId, StreamId, SubjectId};
use crate::domain::time::Instant;
use std::fmt;
use std::path::{Path, PathBuf};
use tokio::sync::watch;

/// Where a ledger's database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, by its address `postgres://…`, which may hold a password: it is
    /// never shown.
    Server(String),
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Server(_) => f.write_str("Server(…)"),
        }
    }
}

/// An open ledger on one of the two engines.
#[derive(Debug)]
pub enum AnyStore {
    /// In a file.
    Sqlite(SqliteStore),
    /// On a server.
    Postgres(PostgresStore),
}

macro_rules! either {
    ($any:ident, $store:ident => $asked:expr) => {
        match $any {
            AnyStore::Sqlite($store) => $asked,
            AnyStore::Postgres($store) => $asked,
        }
    };
}

impl AnyStore {
    /// Makes a new, empty ledger and opens it for writing. Refused where one is. `now` goes into
    /// the lock file of a ledger in a file.
    pub async fn create(
        database: &Database,
        ledger: LedgerId,
        now: Instant,
    ) -> Result<Self, StoreError> {
        Ok(match database {
            Database::File(path) => Self::Sqlite(SqliteStore::create(path, ledger, now).await?),
            Database::Server(url) => Self::Postgres(PostgresStore::create(url, ledger).await?),
        })
    }

    /// Opens a ledger to append and to read, and brings its schema up to date.
    pub async fn open_to_write(database: &Database, now: Instant) -> Result<Self, StoreError> {
        Ok(match database {
            Database::File(path) => {
                let mode = sqlite::Mode::Writer { now };
                Self::Sqlite(SqliteStore::open(path, mode).await?)
            }
            Database::Server(url) => {
                Self::Postgres(PostgresStore::open(url, postgres::Mode::Writer).await?)
            }
        })
    }

    /// Opens a ledger to read, beside whoever writes.
    pub async fn open_to_read(database: &Database) -> Result<Self, StoreError> {
        Ok(match database {
            Database::File(path) => {
                Self::Sqlite(SqliteStore::open(path, sqlite::Mode::Reader).await?)
            }
            Database::Server(url) => {
                Self::Postgres(PostgresStore::open(url, postgres::Mode::Reader).await?)
            }
        })
    }

    /// Brings the schema of a database up to what this program knows; answers the newest step
    /// before and after. A server's empty database is given its tables, for another role to make
    /// the ledger in.
    pub async fn migrate(database: &Database, now: Instant) -> Result<(i64, i64), StoreError> {
        match database {
            Database::File(path) => SqliteStore::migrate(path, now).await,
            Database::Server(url) => PostgresStore::migrate(url).await,
        }
    }

    /// Writes a whole, settled copy of a ledger in a file to a new file, as of one moment. Refused
    /// for a ledger on a server.
    pub async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(store) => store.copy_to(path).await,
            Self::Postgres(_) => Err(StoreError::NoFile),
        }
    }

    /// Keeps an offer to a wallet; deletes those that have passed.
    pub async fn put_wallet_offer(
        &self,
        offer: WalletOffer,
        now: Instant,
    ) -> Result<(), StoreError> {
        either!(self, store => store.put_wallet_offer(offer, now).await)
    }

    /// Changes a wallet's code for an access token, once.
    pub async fn redeem_wallet_code(&self, asked: Redeeming) -> Result<Redeemed, StoreError> {
        either!(self, store => store.redeem_wallet_code(asked).await)
    }

    /// What a wallet's access token entitles to; `None` if it is past or unknown.
    pub async fn wallet_grant(
        &self,
        token: Digest,
        now: Instant,
    ) -> Result<Option<WalletGrant>, StoreError> {
        either!(self, store => store.wallet_grant(token, now).await)
    }

    /// Closes the connections; a lock is given back. Acknowledged data needs no closing.
    pub async fn close(self) {
        either!(self, store => store.close().await)
    }
}

impl EventStore for AnyStore {
    fn ledger(&self) -> LedgerId {
        either!(self, store => store.ledger())
    }
    async fn append(&self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        either!(self, store => store.append(batch).await)
    }
    async fn head(&self) -> Result<Head, StoreError> {
        either!(self, store => store.head().await)
    }
    fn growth(&self) -> watch::Receiver<u64> {
        either!(self, store => store.growth())
    }
    async fn read_streams(&self, streams: &[(StreamId, u64)]) -> Result<Vec<Row>, StoreError> {
        either!(self, store => store.read_streams(streams).await)
    }
    async fn read_all(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        either!(self, store => store.read_all(after, limit).await)
    }
    async fn read_leaves(&self, after: u64, limit: u32) -> Result<Vec<LeafRow>, StoreError> {
        either!(self, store => store.read_leaves(after, limit).await)
    }
    async fn row(&self, position: u64) -> Result<Option<Row>, StoreError> {
        either!(self, store => store.row(position).await)
    }
    async fn reservation(&self, key: &str) -> Result<Option<u64>, StoreError> {
        either!(self, store => store.reservation(key).await)
    }
    async fn reservations(&self, keys: &[String]) -> Result<Vec<Reserved>, StoreError> {
        either!(self, store => store.reservations(keys).await)
    }
    async fn command(&self, id: CommandId) -> Result<Option<CommandDone>, StoreError> {
        either!(self, store => store.command(id).await)
    }
    async fn subject_by_index(&self, index: &Digest) -> Result<Option<SubjectId>, StoreError> {
        either!(self, store => store.subject_by_index(index).await)
    }
    async fn subjects_by_index(
        &self,
        indexes: &[Digest],
    ) -> Result<Vec<(Digest, SubjectId)>, StoreError> {
        either!(self, store => store.subjects_by_index(indexes).await)
    }
    async fn wrapped_key(&self, subject: SubjectId) -> Result<Option<Vec<u8>>, StoreError> {
        either!(self, store => store.wrapped_key(subject).await)
    }
    async fn wrapped_keys(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<(SubjectId, Vec<u8>)>, StoreError> {
        either!(self, store => store.wrapped_keys(subjects).await)
    }
    async fn sealed_rows(&self, subject: SubjectId) -> Result<Vec<SealedRow>, StoreError> {
        either!(self, store => store.sealed_rows(subject).await)
    }
    async fn sealed_row(
        &self,
        subject: SubjectId,
        field: &str,
    ) -> Result<Option<SealedRow>, StoreError> {
        either!(self, store => store.sealed_row(subject, field).await)
    }
    async fn sealed_field(
        &self,
        subjects: &[SubjectId],
        field: &str,
    ) -> Result<Vec<SealedRow>, StoreError> {
        either!(self, store => store.sealed_field(subjects, field).await)
    }
    async fn sealed_at(
        &self,
        places: &[(SubjectId, String)],
    ) -> Result<Vec<SealedRow>, StoreError> {
        either!(self, store => store.sealed_at(places).await)
    }
    async fn subjects(
        &self,
        after: Option<SubjectId>,
        limit: u32,
    ) -> Result<Vec<SubjectId>, StoreError> {
        either!(self, store => store.subjects(after, limit).await)
    }
    async fn log_state(&self) -> Result<Option<StoredCheckpoint>, StoreError> {
        either!(self, store => store.log_state().await)
    }
    async fn commit_checkpoint(
        &self,
        expected_size: u64,
        tiles: Vec<Tile>,
        checkpoint: StoredCheckpoint,
    ) -> Result<CheckpointOutcome, StoreError> {
        either!(self, store => store.commit_checkpoint(expected_size, tiles, checkpoint).await)
    }
    async fn checkpoint_covering(&self, size: u64) -> Result<Option<StoredCheckpoint>, StoreError> {
        either!(self, store => store.checkpoint_covering(size).await)
    }
    async fn checkpoints(
        &self,
        after_size: u64,
        limit: u32,
    ) -> Result<Vec<StoredCheckpoint>, StoreError> {
        either!(self, store => store.checkpoints(after_size, limit).await)
    }
    async fn tiles(&self, places: &[(u8, u64)]) -> Result<Vec<Tile>, StoreError> {
        either!(self, store => store.tiles(places).await)
    }
    async fn journal(&self, entries: Vec<JournalEntry>) -> Result<u64, StoreError> {
        either!(self, store => store.journal(entries).await)
    }
    async fn journal_of(
        &self,
        subject: SubjectId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<JournalRow>, StoreError> {
        either!(self, store => store.journal_of(subject, after, limit).await)
    }
    async fn audit(&self, derive: impl Derive) -> Result<Findings, StoreError> {
        either!(self, store => store.audit(derive).await)
    }
}
