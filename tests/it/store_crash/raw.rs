//! A writer of plain SQL, right or wrong as it is told: for controls, which must fail.

use super::Place;
use super::workload::Appends;
use skill_ledger::codec::batch::{AppendOutcome, Batch};
use skill_ledger::codec::canonical::{event_chain, payload_digest};
use skill_ledger::codec::row::Row;
use skill_ledger::domain::time::Instant;
use skill_ledger::store::StoreError;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::SqliteSynchronous;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};

/// How it writes. Whatever is false is a fault.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Raw {
    /// SQLite syncs its log at every commit.
    pub syncs: bool,
    /// PostgreSQL's head is locked from reading to writing, and must be where it was read.
    pub locks: bool,
}

pub enum RawStore {
    Sqlite(SqlitePool),
    Postgres(PgPool, bool),
}

impl Raw {
    pub async fn open(self, place: &Place) -> RawStore {
        match place {
            Place::Sqlite(path) => {
                let synchronous = match self.syncs {
                    true => SqliteSynchronous::Full,
                    false => SqliteSynchronous::Off,
                };
                let options = SqliteConnectOptions::new().filename(path);
                let options = options
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(synchronous);
                let pool = SqlitePoolOptions::new().max_connections(1);
                RawStore::Sqlite(pool.connect_with(options).await.unwrap())
            }
            Place::Postgres(url) => {
                let pool = PgPoolOptions::new().max_connections(8);
                RawStore::Postgres(pool.connect(url).await.unwrap(), self.locks)
            }
        }
    }
}

/// The rows of a batch after a head.
fn rows(batch: Batch, head: (i64, Vec<u8>, i64)) -> Vec<Row> {
    let mut versions: std::collections::HashMap<_, _> = batch.expected.into_iter().collect();
    let (mut position, mut chain) = (head.0 as u64, head.1.try_into().unwrap());
    let mut rows = Vec::new();
    for event in batch.events {
        let version = versions.get_mut(&event.stream).unwrap();
        *version += 1;
        position += 1;
        let mut row = Row {
            position,
            stream: event.stream,
            stream_version: *version,
            event_id: event.event_id,
            event_type: event.event_type.to_owned(),
            schema_version: event.schema_version,
            recorded_at: batch.now.max(Instant(head.2)),
            actor: batch.actor,
            command_id: batch.command_id,
            request_digest: batch.request_digest,
            causation: event.causation,
            payload_digest: payload_digest(&event.payload),
            payload: event.payload,
            chain,
        };
        row.chain = event_chain(&chain, &row);
        chain = row.chain;
        rows.push(row);
    }
    rows
}

macro_rules! append {
    ($transaction:expr, $batch:expr, $lock:expr, $place:expr, $id3:literal,
     $id7:literal, $id8:literal, $id10:literal, $id1:literal) => {{
        let c = &mut *$transaction;
        let head: (i64, Vec<u8>, i64) = sqlx::query_as($lock).fetch_one(&mut *c).await?;
        let read_at = head.0;
        let command = $batch.command_id.0.as_bytes().to_vec();
        let digest = $batch.request_digest.to_vec();
        let rows = rows($batch, head);
        for row in &rows {
            sqlx::query(concat!(
                "INSERT INTO event (position, stream_id, event_id, stream_version, event_type, \
                 schema_version, actor, command_id, request_digest, causation, recorded_at, \
                 payload, payload_digest, chain) VALUES ($1, $2, ",
                $id3,
                ", $4, $5, $6, ",
                $id7,
                ", ",
                $id8,
                ", $9, ",
                $id10,
                ", $11, $12, $13, $14)"
            ))
            .bind(row.position as i64)
            .bind(row.stream.to_string())
            .bind(row.event_id.0.as_bytes().to_vec())
            .bind(row.stream_version as i64)
            .bind(row.event_type.clone())
            .bind(i32::from(row.schema_version))
            .bind(row.actor.0.as_bytes().to_vec())
            .bind(row.command_id.0.as_bytes().to_vec())
            .bind(row.request_digest.to_vec())
            .bind(row.causation.map(|id| id.0.as_bytes().to_vec()))
            .bind(row.recorded_at.0)
            .bind(row.payload.clone())
            .bind(row.payload_digest.to_vec())
            .bind(row.chain.to_vec())
            .execute(&mut *c)
            .await?;
        }
        let (first, last) = (rows[0].position, &rows[rows.len() - 1]);
        sqlx::query(concat!(
            "INSERT INTO command (command_id, request_digest, first_position, last_position) \
             VALUES (",
            $id1,
            ", $2, $3, $4)"
        ))
        .bind(command)
        .bind(digest)
        .bind(first as i64)
        .bind(last.position as i64)
        .execute(&mut *c)
        .await?;
        let moved = sqlx::query($place)
            .bind(last.position as i64)
            .bind(last.chain.to_vec())
            .bind(last.recorded_at.0)
            .bind(read_at)
            .execute(&mut *c)
            .await?;
        assert_eq!(moved.rows_affected(), 1);
        AppendOutcome::Appended {
            first,
            last: last.position,
        }
    }};
}

const READ: &str = "SELECT position, chain, at FROM head WHERE chain_name = 'event'";
const LOCK: &str = "SELECT position, chain, at FROM head WHERE chain_name = 'event' FOR UPDATE";
const MOVE: &str = "UPDATE head SET position = $1, chain = $2, at = $3 \
    WHERE chain_name = 'event' AND position = $4";
/// Wherever it is.
const PUSH: &str = "UPDATE head SET position = $1, chain = $2, at = $3 \
    WHERE chain_name = 'event' AND $4 >= 0";

impl RawStore {
    async fn written(&self, batch: Batch) -> Result<AppendOutcome, sqlx::Error> {
        match self {
            Self::Sqlite(pool) => {
                let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
                let outcome = append!(
                    transaction,
                    batch,
                    READ,
                    MOVE,
                    "$3",
                    "$7",
                    "$8",
                    "$10",
                    "$1"
                );
                transaction.commit().await?;
                Ok(outcome)
            }
            Self::Postgres(pool, locks) => {
                let mut transaction = pool.begin().await?;
                let (read, place) = if *locks { (LOCK, MOVE) } else { (READ, PUSH) };
                let outcome = append!(
                    transaction,
                    batch,
                    read,
                    place,
                    "encode($3, 'hex')::uuid",
                    "encode($7, 'hex')::uuid",
                    "encode($8, 'hex')::uuid",
                    "encode($10, 'hex')::uuid",
                    "encode($1, 'hex')::uuid"
                );
                transaction.commit().await?;
                Ok(outcome)
            }
        }
    }
}

impl Appends for RawStore {
    async fn append(&self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        let written = self.written(batch).await;
        written.map_err(|error| StoreError::Refused(error.to_string()))
    }
}
