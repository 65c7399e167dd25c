//! What an audit reads of a SQLite file: one read transaction, in which a writer beside us changes
//! nothing of what we see.

mod commands;
mod schema;

use super::SqliteStore;
use super::failure::read as engine;
use super::read::{column, corrupt, end_of, id};
use super::together::Fetched;
use super::{journal, log, vault};
use crate::codec::batch::{NewSubject, SealedRow};
use crate::codec::canonical::{Chain, JournalRow};
use crate::codec::row::Digest;
use crate::domain::ids::SubjectId;
use crate::domain::time::Instant;
use crate::store::audit::snapshot::{
    CHECKPOINTS_MAX, CheckpointRow, Done, KEYS_MAX, ROWS_MAX, SEALED_MAX, Snapshot,
};
use crate::store::audit::{Derive, Findings, run as walk};
use crate::store::{Head, StoreError, StoredCheckpoint, Tile};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Sqlite, Transaction};
use uuid::Uuid;

/// See [`EventStore::audit`](crate::store::EventStore::audit). The engine's own checks take as long
/// as the walk: where a second connection is idle, they go beside it.
pub(super) async fn run(store: &SqliteStore, derive: impl Derive) -> Result<Findings, StoreError> {
    let mut moment = Moment::of(store).await?;
    let (mut found, checked) = match store.pool().try_acquire() {
        Some(mut other) => {
            tokio::try_join!(walk(&mut moment, derive), schema::engine_checks(&mut other))?
        }
        None => {
            let found = walk(&mut moment, derive).await?;
            (found, schema::engine_checks(&mut moment.transaction).await?)
        }
    };
    // Given back now, not when somebody comes to it: whoever audits next finds both idle.
    let ended = moment.transaction.rollback().await;
    ended.map_err(|e| engine(&e))?;
    found.join(checked);
    Ok(found)
}

/// The read transaction, and how far each table has been read.
pub(super) struct Moment {
    transaction: Transaction<'static, Sqlite>,
    command: i64,
    key: (i64, String),
    checkpoint: i64,
    look: i64,
    sealed: (Vec<u8>, String),
    person: Vec<u8>,
}

type Asked = sqlx::query::Query<'static, Sqlite, SqliteArguments>;

impl Moment {
    /// The tables as they are now.
    pub(super) async fn of(store: &SqliteStore) -> Result<Self, StoreError> {
        let transaction = store.pool().begin().await.map_err(|e| engine(&e))?;
        Ok(Self {
            transaction,
            command: i64::MIN,
            key: (i64::MIN, String::new()),
            checkpoint: i64::MIN,
            look: i64::MIN,
            sealed: (Vec::new(), String::new()),
            person: Vec::new(),
        })
    }

    async fn all(&mut self, asked: Asked) -> Result<Vec<SqliteRow>, StoreError> {
        let rows = asked.fetch_all(&mut *self.transaction).await;
        rows.map_err(|e| engine(&e))
    }
}

impl Snapshot for Moment {
    type Events = Fetched;

    async fn schema(&mut self, found: &mut Findings) -> Result<(), StoreError> {
        schema::check(&mut self.transaction, found).await
    }

    async fn ledger(&mut self) -> Result<Vec<Result<(i64, Uuid), StoreError>>, StoreError> {
        let rows = sqlx::query("SELECT one, ledger_id FROM ledger");
        let rows = self.all(rows).await?;
        let row = |row: &SqliteRow| {
            let one = column(row, 0, "ledger", &"one 1", "one")?;
            Ok((one, id(row, 1, "ledger", &"one 1", "ledger_id")?))
        };
        Ok(rows.iter().map(row).collect())
    }

    async fn heads(&mut self) -> Result<(i64, [Result<Head, StoreError>; 3]), StoreError> {
        let rows = self.all(sqlx::query("SELECT 1 FROM head")).await?.len();
        let heads = [
            end_of(&mut *self.transaction, Chain::Event).await,
            end_of(&mut *self.transaction, Chain::Checkpoint).await,
            end_of(&mut *self.transaction, Chain::Journal).await,
        ];
        Ok((i64::try_from(rows).unwrap_or(i64::MAX), heads))
    }

    async fn first_after(&mut self, position: i64) -> Result<Option<i64>, StoreError> {
        sqlx::query_scalar("SELECT min(position) FROM event WHERE position > $1")
            .bind(position)
            .fetch_one(&mut *self.transaction)
            .await
            .map_err(|e| engine(&e))
    }

    async fn extent(&mut self, after: i64, to: i64) -> Result<(i64, i64), StoreError> {
        sqlx::query_as(
            "SELECT count(*), coalesce(sum(octet_length(payload)), 0) FROM event \
             WHERE position > $1 AND position <= $2",
        )
        .bind(after)
        .bind(to)
        .fetch_one(&mut *self.transaction)
        .await
        .map_err(|e| engine(&e))
    }

    async fn events(&mut self, after: i64, to: i64) -> Result<Fetched, StoreError> {
        Fetched::fetch(&mut self.transaction, after, to).await
    }

    async fn commands(&mut self, to: i64) -> Result<Vec<Result<Done, StoreError>>, StoreError> {
        let done = commands::fetch(&mut self.transaction, self.command, to).await?;
        self.command = done.last.unwrap_or(self.command);
        Ok(done.rows)
    }

    async fn reservations(
        &mut self,
        to: i64,
    ) -> Result<Vec<Result<(String, i64), StoreError>>, StoreError> {
        let rows = sqlx::query(
            "SELECT key, position FROM reservation \
             WHERE (position, key) > ($1, $2) AND position <= $3 ORDER BY position, key LIMIT $4",
        );
        let (position, key) = self.key.clone();
        let rows = rows.bind(position).bind(key).bind(to).bind(KEYS_MAX);
        let rows = self.all(rows).await?;
        let row = |row: &SqliteRow| {
            let key = column(row, 0, "reservation", &"a key", "key")?;
            Ok((key, column(row, 1, "reservation", &"a key", "position")?))
        };
        if let Some(last) = rows.last() {
            let (key, position) = row(last)?;
            self.key = (position, key);
        }
        Ok(rows.iter().map(row).collect())
    }

    async fn covered(&mut self) -> Result<i64, StoreError> {
        sqlx::query_scalar("SELECT coalesce(max(tree_size), 0) FROM checkpoint")
            .fetch_one(&mut *self.transaction)
            .await
            .map_err(|e| engine(&e))
    }

    async fn tiles(
        &mut self,
        bounds: [(i64, i64); 8],
    ) -> Result<Vec<Result<Tile, StoreError>>, StoreError> {
        let mut rows = sqlx::query(
            "WITH wanted (level, least, most) AS (VALUES (0, $1, $2), (1, $3, $4), (2, $5, $6), \
               (3, $7, $8), (4, $9, $10), (5, $11, $12), (6, $13, $14), (7, $15, $16)) \
             SELECT log_tile.level, tile_index, hashes FROM wanted CROSS JOIN log_tile \
             ON log_tile.level = wanted.level AND tile_index BETWEEN least AND most",
        );
        for (least, most) in bounds {
            rows = rows.bind(least).bind(most);
        }
        Ok(self.all(rows).await?.iter().map(log::tile).collect())
    }

    async fn tiles_beyond(&mut self, tiles: [i64; 8]) -> Result<Vec<(i64, i64)>, StoreError> {
        let mut rows = sqlx::query(
            "WITH wanted (level, tiles) AS (VALUES (0, $1), (1, $2), (2, $3), (3, $4), (4, $5), \
               (5, $6), (6, $7), (7, $8)) \
             SELECT log_tile.level, tile_index FROM log_tile \
             LEFT JOIN wanted ON log_tile.level = wanted.level \
             WHERE tiles IS NULL OR tile_index >= tiles OR tile_index < 0 \
             ORDER BY 1, 2 LIMIT 100",
        );
        for tiles in tiles {
            rows = rows.bind(tiles);
        }
        let place = |row: &SqliteRow| {
            let level = column(row, 0, "log_tile", &"a tile", "level")?;
            Ok((level, column(row, 1, "log_tile", &"a tile", "tile_index")?))
        };
        self.all(rows).await?.iter().map(place).collect()
    }

    async fn signed(
        &mut self,
        after: i64,
        to: i64,
    ) -> Result<Vec<Result<StoredCheckpoint, StoreError>>, StoreError> {
        let rows = sqlx::query(
            "SELECT tree_size, note, signed_at FROM checkpoint \
             WHERE tree_size > $1 AND tree_size <= $2 ORDER BY tree_size",
        );
        let rows = self.all(rows.bind(after).bind(to)).await?;
        Ok(rows.iter().map(log::checkpoint).collect())
    }

    async fn broken_streams(&mut self) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar(
            "SELECT stream_id FROM event GROUP BY stream_id \
             HAVING min(stream_version) <> 1 OR max(stream_version) <> count(*) LIMIT 1000",
        )
        .fetch_all(&mut *self.transaction)
        .await
        .map_err(|e| engine(&e))
    }

    async fn checkpoints(&mut self) -> Result<Vec<Result<CheckpointRow, StoreError>>, StoreError> {
        let rows = sqlx::query(
            "SELECT tree_size, previous_size, note, signed_at, chain FROM checkpoint \
             WHERE tree_size > $1 ORDER BY tree_size LIMIT $2",
        );
        let rows = rows.bind(self.checkpoint).bind(CHECKPOINTS_MAX);
        let rows = self.all(rows).await?;
        if let Some(last) = rows.last() {
            self.checkpoint = column(last, 0, "checkpoint", &"a size", "tree_size")?;
        }
        Ok(rows.iter().map(checkpoint).collect())
    }

    async fn journal(&mut self) -> Result<Vec<Result<JournalRow, StoreError>>, StoreError> {
        let rows = sqlx::query(
            "SELECT sequence, at, actor, kind, subject, position, chain FROM access_journal \
             WHERE sequence > $1 ORDER BY sequence LIMIT $2",
        );
        let rows = self.all(rows.bind(self.look).bind(ROWS_MAX)).await?;
        if let Some(last) = rows.last() {
            self.look = column(last, 0, "access_journal", &"a look", "sequence")?;
        }
        Ok(rows.iter().map(journal::row).collect())
    }

    async fn sealed(&mut self) -> Result<Vec<Result<SealedRow, StoreError>>, StoreError> {
        let rows = sqlx::query(
            "SELECT subject, field, version, nonce, ciphertext FROM vault_row \
             WHERE (subject, field) > ($1, $2) ORDER BY subject, field LIMIT $3",
        );
        let (subject, field) = self.sealed.clone();
        let rows = rows.bind(subject).bind(field).bind(SEALED_MAX);
        let rows = self.all(rows).await?;
        if let Some(last) = rows.last() {
            self.sealed = (
                column(last, 0, "vault_row", &"a subject", "subject")?,
                column(last, 1, "vault_row", &"a subject", "field")?,
            );
        }
        Ok(rows.iter().map(vault::sealed).collect())
    }

    async fn people(
        &mut self,
    ) -> Result<Vec<Result<(NewSubject, Digest), StoreError>>, StoreError> {
        let rows = sqlx::query(
            "SELECT subject, wrapped_key, blind_index, digest FROM vault_subject \
             WHERE subject > $1 ORDER BY subject LIMIT $2",
        );
        let rows = rows.bind(self.person.clone()).bind(ROWS_MAX);
        let rows = self.all(rows).await?;
        if let Some(last) = rows.last() {
            self.person = column(last, 0, "vault_subject", &"a subject", "subject")?;
        }
        Ok(rows.iter().map(person).collect())
    }
}

fn checkpoint(row: &SqliteRow) -> Result<CheckpointRow, StoreError> {
    const TABLE: &str = "checkpoint";
    let size: i64 = column(row, 0, TABLE, &"a size", "tree_size")?;
    let key = format!("tree_size {size}");
    let bad = |name| corrupt(TABLE, &key, name);
    let previous: i64 = column(row, 1, TABLE, &key, "previous_size")?;
    let chain: &[u8] = column(row, 4, TABLE, &key, "chain")?;
    Ok(CheckpointRow {
        size: u64::try_from(size).map_err(|_| bad("tree_size"))?,
        previous: u64::try_from(previous).map_err(|_| bad("previous_size"))?,
        note: column(row, 2, TABLE, &key, "note")?,
        at: Instant(column(row, 3, TABLE, &key, "signed_at")?),
        chain: chain.try_into().map_err(|_| bad("chain"))?,
    })
}

fn person(row: &SqliteRow) -> Result<(NewSubject, Digest), StoreError> {
    const TABLE: &str = "vault_subject";
    let subject = id(row, 0, TABLE, &"a subject", "subject")?;
    let key = format!("subject {subject}");
    let bad = |name| corrupt(TABLE, &key, name);
    let index: Option<&[u8]> = column(row, 2, TABLE, &key, "blind_index")?;
    let index = index.map(Digest::try_from).transpose();
    let digest: &[u8] = column(row, 3, TABLE, &key, "digest")?;
    let person = NewSubject {
        subject: SubjectId(subject),
        wrapped_key: column(row, 1, TABLE, &key, "wrapped_key")?,
        blind_index: index.map_err(|_| bad("blind_index"))?,
    };
    Ok((person, digest.try_into().map_err(|_| bad("digest"))?))
}
