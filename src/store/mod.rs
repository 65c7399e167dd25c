//! The event store: what it keeps, and the contract every engine holds to.
//!
//! An append is all or nothing, and durable when it answers. Reads see everything that was
//! acknowledged before they began. What a caller may have to handle is an outcome; what could
//! not be done is a [`StoreError`].

mod any;
pub mod audit;
mod check;
mod copy_out;
pub mod error;
mod group;
mod page;
pub mod postgres;
pub mod restore;
pub mod sqlite;
pub mod subscribe;
pub mod wallet;

use crate::codec::batch::{AppendOutcome, Batch, SealedRow};
use crate::codec::canonical::JournalRow;
use crate::codec::row::{Digest, LeafRow, Row};
use crate::domain::ids::{AccountId, CommandId, LedgerId, StreamId, SubjectId};
use crate::domain::time::Instant;
pub use any::{AnyStore, Database};
pub use error::StoreError;
pub use postgres::{PostgresFilling, PostgresStore};
pub use sqlite::{SqliteFilling, SqliteStore};
use std::future::Future;
use tokio::sync::watch;

/// Most keys of one question about reservations.
pub const KEYS_MAX: usize = 10_000;

/// The end of the event chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Position of the last event, 0 in an empty ledger.
    pub position: u64,
    /// Chain value of the last event, or the genesis value.
    pub chain: Digest,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// What a command did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandDone {
    /// Digest of its request.
    pub request_digest: Digest,
    /// Position of its first event.
    pub first: u64,
    /// Position of its last event.
    pub last: u64,
}

/// A key that is taken, and by what.
#[derive(Clone, PartialEq, Eq)]
pub struct Reserved {
    /// The key. It may name a certificate: it is not for a log.
    pub key: String,
    /// Position of the event that took it.
    pub position: u64,
    /// The stream of that event.
    pub stream: StreamId,
}

/// A signed checkpoint (C2SP tlog-checkpoint) as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// Number of leaves it covers.
    pub tree_size: u64,
    /// The signed note, text.
    pub note: String,
    /// When it was signed.
    pub signed_at: Instant,
}

/// One tile of the tree (C2SP tlog-tiles, height 8), full or partial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// 0 holds leaf hashes; each level above, the roots of 256 hashes below. At most 7.
    pub level: u8,
    /// Which one of its level, from 0.
    pub index: u64,
    /// 1 to 256 hashes of 32 bytes.
    pub hashes: Vec<u8>,
}

/// What became of a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointOutcome {
    /// Stored; it may be published.
    Committed,
    /// Somebody else signed since: the log's newest checkpoint has this size. Stop and look.
    Conflict {
        /// Size of the newest stored checkpoint, 0 for none.
        actual_size: u64,
    },
}

/// One look at a person's data, on its way into the access journal (查阅日志).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// When, by the caller's clock; the store records `max(at, last)`.
    pub at: Instant,
    /// Who looks; `None` for the public look-up.
    pub actor: Option<AccountId>,
    /// What kind of look, kebab-case, at most 64 bytes.
    pub kind: &'static str,
    /// Whose data, by pseudonym.
    pub subject: Option<SubjectId>,
    /// The event it is about.
    pub position: Option<u64>,
}

/// The event store (事件库) with the vault's sealed rows, the log's tiles and the access journal.
///
/// Every page answered may be shorter than its limit; an empty page is the end.
pub trait EventStore: Send + Sync {
    /// The ledger this store keeps.
    fn ledger(&self) -> LedgerId;

    /// Stores a batch, or says why not; durable when it answers `Appended`.
    fn append(
        &self,
        batch: Batch,
    ) -> impl Future<Output = Result<AppendOutcome, StoreError>> + Send;

    /// The end of the event chain.
    fn head(&self) -> impl Future<Output = Result<Head, StoreError>> + Send;
    /// The events of several streams from a version on (1 = all), in position order.
    fn read_streams(
        &self,
        streams: &[(StreamId, u64)],
    ) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;
    /// The events after a position, at most `limit`.
    fn read_all(
        &self,
        after: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;
    /// Of the events after a position, at most `limit`, what their leaves in the log are made from.
    fn read_leaves(
        &self,
        after: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<LeafRow>, StoreError>> + Send {
        async move {
            let rows = self.read_all(after, limit).await?;
            Ok(rows.into_iter().map(LeafRow::from).collect())
        }
    }
    /// Says so when the event chain has grown, with a position it has reached. A hint: it may come
    /// late, be lost, or come for nothing; [`subscribe::Subscription`] makes it reliable.
    fn growth(&self) -> watch::Receiver<u64>;
    /// The event at a position.
    fn row(&self, position: u64) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;
    /// The position of the event that took a key.
    fn reservation(
        &self,
        key: &str,
    ) -> impl Future<Output = Result<Option<u64>, StoreError>> + Send;
    /// Those of the keys that are taken, in no order, at most [`KEYS_MAX`] of them asked at once.
    fn reservations(
        &self,
        keys: &[String],
    ) -> impl Future<Output = Result<Vec<Reserved>, StoreError>> + Send;
    /// What a command did, if it had an effect.
    fn command(
        &self,
        id: CommandId,
    ) -> impl Future<Output = Result<Option<CommandDone>, StoreError>> + Send;

    /// The person a blind index belongs to.
    fn subject_by_index(
        &self,
        index: &Digest,
    ) -> impl Future<Output = Result<Option<SubjectId>, StoreError>> + Send;
    /// Those of the indexes the vault knows, with their persons.
    fn subjects_by_index(
        &self,
        indexes: &[Digest],
    ) -> impl Future<Output = Result<Vec<(Digest, SubjectId)>, StoreError>> + Send;
    /// A person's wrapped data key; `None` when unknown or erased.
    fn wrapped_key(
        &self,
        subject: SubjectId,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;
    /// The wrapped data keys of several persons; those unknown or erased are left out.
    fn wrapped_keys(
        &self,
        subjects: &[SubjectId],
    ) -> impl Future<Output = Result<Vec<(SubjectId, Vec<u8>)>, StoreError>> + Send;
    /// All sealed rows of a person.
    fn sealed_rows(
        &self,
        subject: SubjectId,
    ) -> impl Future<Output = Result<Vec<SealedRow>, StoreError>> + Send;
    /// One sealed row of a person, newest version.
    fn sealed_row(
        &self,
        subject: SubjectId,
        field: &str,
    ) -> impl Future<Output = Result<Option<SealedRow>, StoreError>> + Send;
    /// One field of several persons; those without it are left out.
    fn sealed_field(
        &self,
        subjects: &[SubjectId],
        field: &str,
    ) -> impl Future<Output = Result<Vec<SealedRow>, StoreError>> + Send;
    /// One sealed row each of several (person, field), newest versions, in no order; those that
    /// do not exist are left out.
    fn sealed_at(
        &self,
        places: &[(SubjectId, String)],
    ) -> impl Future<Output = Result<Vec<SealedRow>, StoreError>> + Send;
    /// The persons of the vault after `after`, in order of pseudonym, at most `limit`.
    fn subjects(
        &self,
        after: Option<SubjectId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<SubjectId>, StoreError>> + Send;

    /// The newest signed checkpoint.
    fn log_state(
        &self,
    ) -> impl Future<Output = Result<Option<StoredCheckpoint>, StoreError>> + Send;
    /// Stores tiles and a signed checkpoint, provided the newest one still covers
    /// `expected_size` leaves (0 for none). Durable when it answers `Committed`.
    fn commit_checkpoint(
        &self,
        expected_size: u64,
        tiles: Vec<Tile>,
        checkpoint: StoredCheckpoint,
    ) -> impl Future<Output = Result<CheckpointOutcome, StoreError>> + Send;
    /// The checkpoint of the smallest tree of at least `size` leaves.
    fn checkpoint_covering(
        &self,
        size: u64,
    ) -> impl Future<Output = Result<Option<StoredCheckpoint>, StoreError>> + Send;
    /// The checkpoints of more than `after_size` leaves, smallest first, at most `limit`.
    fn checkpoints(
        &self,
        after_size: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<StoredCheckpoint>, StoreError>> + Send;
    /// The tiles at these places (level, index); those that do not exist are left out.
    fn tiles(
        &self,
        places: &[(u8, u64)],
    ) -> impl Future<Output = Result<Vec<Tile>, StoreError>> + Send;

    /// Writes looks into the access journal; answers the sequence of the last one.
    fn journal(
        &self,
        entries: Vec<JournalEntry>,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
    /// The looks at one person's data after a sequence, at most `limit`.
    fn journal_of(
        &self,
        subject: SubjectId,
        after: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<JournalRow>, StoreError>> + Send;

    /// Reads every table of the store, in one snapshot, and names what is not as it must be.
    fn audit(
        &self,
        derive: impl audit::Derive,
    ) -> impl Future<Output = Result<audit::Findings, StoreError>> + Send;
}
