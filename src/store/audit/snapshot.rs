//! What an audit reads of an engine: one moment of its tables, in pages, each in its own SQL.

use super::Findings;
use crate::codec::batch::{NewSubject, SealedRow};
use crate::codec::canonical::JournalRow;
use crate::codec::row::{Digest, Row};
use crate::domain::ids::CommandId;
use crate::domain::time::Instant;
use crate::store::{Head, StoreError, StoredCheckpoint, Tile};
use std::future::Future;
use uuid::Uuid;

/// Most commands or keys of one answer.
pub(in crate::store) const KEYS_MAX: i64 = 200_000;
/// Sealed rows of one answer; each may have a megabyte.
pub(in crate::store) const SEALED_MAX: i64 = 64;
/// Rows of one answer of the smaller tables.
pub(in crate::store) const ROWS_MAX: i64 = 5_000;
/// Checkpoints of one answer; a note has up to 64 KiB.
pub(in crate::store) const CHECKPOINTS_MAX: i64 = 100;

/// An event that cannot be read: where it stands, and its chain value if that is whole.
pub(in crate::store) struct Unread {
    pub position: Option<u64>,
    pub chain: Option<Digest>,
    pub error: StoreError,
}

/// What a row of `command` says, or the events say it must.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Done {
    pub id: CommandId,
    pub digest: Digest,
    pub first: u64,
    pub last: u64,
}

/// A row of `checkpoint`.
pub(in crate::store) struct CheckpointRow {
    pub size: u64,
    pub previous: u64,
    pub note: String,
    pub at: Instant,
    pub chain: Digest,
}

/// Events as the engine gave them, decoded where there is time for it.
pub(in crate::store) trait Events: Send + 'static {
    fn read(self) -> Vec<Result<Row, Unread>>;
}

/// Consecutive rows of one range of positions, with what stands in other tables for that range.
pub(in crate::store) struct Portion<E> {
    pub events: E,
    pub commands: Vec<Result<Done, StoreError>>,
    pub reservations: Vec<Result<(String, i64), StoreError>>,
    pub tiles: Vec<Result<Tile, StoreError>>,
    pub checkpoints: Vec<Result<StoredCheckpoint, StoreError>>,
}

/// Rows, each as it could be read.
pub(in crate::store) type Rows<T> = Result<Vec<Result<T, StoreError>>, StoreError>;

/// The tables of a store at one moment. What answers in pages goes on where it stopped; an empty
/// page is the end. A row that cannot be read is `Corrupt` and names itself.
pub(in crate::store) trait Snapshot: Send {
    /// See [`Events`].
    type Events: Events;

    /// Compares the schema with what the migrations make.
    fn schema(
        &mut self,
        found: &mut Findings,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// The rows of `ledger`.
    fn ledger(&mut self) -> impl Future<Output = Rows<(i64, Uuid)>> + Send;
    /// How many rows `head` has, and those of the three chains.
    fn heads(
        &mut self,
    ) -> impl Future<Output = Result<(i64, [Result<Head, StoreError>; 3]), StoreError>> + Send;
    /// The first position after one.
    fn first_after(
        &mut self,
        position: i64,
    ) -> impl Future<Output = Result<Option<i64>, StoreError>> + Send;
    /// How many events stand after `after` up to `to`, and the bytes of their payloads.
    fn extent(
        &mut self,
        after: i64,
        to: i64,
    ) -> impl Future<Output = Result<(i64, i64), StoreError>> + Send;
    /// The events after `after` up to `to`, in order.
    fn events(
        &mut self,
        after: i64,
        to: i64,
    ) -> impl Future<Output = Result<Self::Events, StoreError>> + Send;
    /// The next commands in order of their first position, up to `to`; at most [`KEYS_MAX`].
    fn commands(&mut self, to: i64) -> impl Future<Output = Rows<Done>> + Send;
    /// The next keys in order of their positions, up to `to`; at most [`KEYS_MAX`].
    fn reservations(&mut self, to: i64) -> impl Future<Output = Rows<(String, i64)>> + Send;
    /// Size of the largest tree that was signed, 0 for none.
    fn covered(&mut self) -> impl Future<Output = Result<i64, StoreError>> + Send;
    /// The tiles of every level whose index is within that level's bounds.
    fn tiles(&mut self, bounds: [(i64, i64); 8]) -> impl Future<Output = Rows<Tile>> + Send;
    /// (level, index) of tiles outside these first ones of each level, at most a hundred.
    fn tiles_beyond(
        &mut self,
        tiles: [i64; 8],
    ) -> impl Future<Output = Result<Vec<(i64, i64)>, StoreError>> + Send;
    /// The checkpoints over more than `after` leaves, up to `to`.
    fn signed(
        &mut self,
        after: i64,
        to: i64,
    ) -> impl Future<Output = Rows<StoredCheckpoint>> + Send;
    /// Streams whose versions are not 1, 2, 3, …
    fn broken_streams(&mut self) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;
    /// The next rows of `checkpoint`, by size.
    fn checkpoints(&mut self) -> impl Future<Output = Rows<CheckpointRow>> + Send;
    /// The next rows of `access_journal`, by sequence.
    fn journal(&mut self) -> impl Future<Output = Rows<JournalRow>> + Send;
    /// The next rows of `vault_row`.
    fn sealed(&mut self) -> impl Future<Output = Rows<SealedRow>> + Send;
    /// The next rows of `vault_subject`, each with its digest.
    fn people(&mut self) -> impl Future<Output = Rows<(NewSubject, Digest)>> + Send;
}
