//! What an audit reads of a PostgreSQL database: one REPEATABLE READ, read-only transaction, in
//! which writers beside us change nothing of what we see. Whole tables are read by cursors.

mod schema;

use super::PostgresStore;
use super::failure::read as engine;
use super::read::{self, column, digest, end_of, number};
use super::{journal, log, vault};
use crate::codec::batch::{NewSubject, SealedRow};
use crate::codec::canonical::{Chain, JournalRow};
use crate::codec::row::{Digest, Row};
use crate::domain::ids::{CommandId, SubjectId};
use crate::domain::time::Instant;
use crate::store::audit::snapshot::{
    CHECKPOINTS_MAX, CheckpointRow, Done, Events, KEYS_MAX, ROWS_MAX, SEALED_MAX, Snapshot, Unread,
};
use crate::store::audit::{Derive, Findings, run as walk};
use crate::store::{Head, StoreError, StoredCheckpoint, Tile};
use sqlx::postgres::{PgArguments, PgPool, PgRow};
use sqlx::{AssertSqlSafe, Postgres, Row as _, Transaction};
use std::collections::VecDeque;
use uuid::Uuid;

/// What begins the transaction. Reading a large ledger may take longer than any statement else;
/// a plan must not depend on what was analysed when.
const BEGIN: &str = "\
    SET LOCAL statement_timeout = 0; \
    SET LOCAL idle_in_transaction_session_timeout = 0; \
    SET LOCAL cursor_tuple_fraction = 1.0; \
    DECLARE audit_command NO SCROLL CURSOR FOR \
      SELECT command_id, request_digest, first_position, last_position FROM command \
      ORDER BY first_position; \
    DECLARE audit_reservation NO SCROLL CURSOR FOR \
      SELECT key, position FROM reservation ORDER BY position, key; \
    DECLARE audit_checkpoint NO SCROLL CURSOR FOR \
      SELECT tree_size, previous_size, note, signed_at, chain FROM checkpoint ORDER BY tree_size; \
    DECLARE audit_journal NO SCROLL CURSOR FOR \
      SELECT sequence, at, actor, kind, subject, position, chain FROM access_journal \
      ORDER BY sequence; \
    DECLARE audit_sealed NO SCROLL CURSOR FOR \
      SELECT subject, field, version, nonce, ciphertext FROM vault_row \
      ORDER BY subject, field; \
    DECLARE audit_person NO SCROLL CURSOR FOR \
      SELECT subject, wrapped_key, blind_index, digest FROM vault_subject ORDER BY subject";

/// Rows fetched at a time of a cursor that is read up to a position.
const AHEAD: i64 = 2_000;

/// See [`EventStore::audit`](crate::store::EventStore::audit).
pub(super) async fn run(
    store: &PostgresStore,
    derive: impl Derive,
) -> Result<Findings, StoreError> {
    walk(&mut Moment::of(store).await?, derive).await
}

/// The transaction, with the cursors that are read along the events.
pub(super) struct Moment {
    pool: PgPool,
    transaction: Transaction<'static, Postgres>,
    commands: Ahead,
    keys: Ahead,
}

/// A cursor that is read up to a position, and what was read beyond it.
struct Ahead {
    fetch: &'static str,
    rows: VecDeque<PgRow>,
    ended: bool,
}

impl Ahead {
    fn of(fetch: &'static str) -> Self {
        Self {
            fetch,
            rows: VecDeque::new(),
            ended: false,
        }
    }
}

type Asked = sqlx::query::Query<'static, Postgres, PgArguments>;

impl Moment {
    /// The tables as they are now.
    pub(super) async fn of(store: &PostgresStore) -> Result<Self, StoreError> {
        let mut transaction = store
            .pool()
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await
            .map_err(|e| engine(&e))?;
        sqlx::raw_sql(BEGIN)
            .execute(&mut *transaction)
            .await
            .map_err(|e| engine(&e))?;
        Ok(Self {
            pool: store.pool().clone(),
            transaction,
            commands: Ahead::of("FETCH 2000 FROM audit_command"),
            keys: Ahead::of("FETCH 2000 FROM audit_reservation"),
        })
    }

    async fn all(&mut self, asked: Asked) -> Result<Vec<PgRow>, StoreError> {
        let rows = asked.fetch_all(&mut *self.transaction).await;
        rows.map_err(|e| engine(&e))
    }

    /// The next rows of a cursor.
    async fn fetch(&mut self, many: i64, cursor: &str) -> Result<Vec<PgRow>, StoreError> {
        let fetch = format!("FETCH {many} FROM {cursor}");
        self.all(sqlx::query(AssertSqlSafe(fetch))).await
    }
}

/// The rows whose column `index` is at most `to`, at most [`KEYS_MAX`].
async fn up_to(
    transaction: &mut Transaction<'static, Postgres>,
    ahead: &mut Ahead,
    index: usize,
    to: i64,
) -> Result<Vec<PgRow>, StoreError> {
    let within = |row: &PgRow| row.try_get::<i64, _>(index).is_ok_and(|at| at <= to);
    let mut taken = Vec::new();
    let most = usize::try_from(KEYS_MAX).unwrap_or(usize::MAX);
    loop {
        while taken.len() < most && ahead.rows.front().is_some_and(within) {
            taken.extend(ahead.rows.pop_front());
        }
        if ahead.ended || !ahead.rows.is_empty() {
            return Ok(taken);
        }
        let fetched = sqlx::query(ahead.fetch).fetch_all(&mut **transaction).await;
        let fetched = fetched.map_err(|e| engine(&e))?;
        ahead.ended = i64::try_from(fetched.len()) != Ok(AHEAD);
        ahead.rows.extend(fetched);
    }
}

/// Events as fetched.
pub(in crate::store::postgres) struct Fetched(Vec<PgRow>);

impl Events for Fetched {
    fn read(self) -> Vec<Result<Row, Unread>> {
        let read = |row: &PgRow| {
            read::event(row).map_err(|error| Unread {
                position: row.try_get(0).ok().and_then(|p: i64| u64::try_from(p).ok()),
                chain: row.try_get(13).ok().and_then(|c: &[u8]| c.try_into().ok()),
                error,
            })
        };
        self.0.iter().map(read).collect()
    }
}

impl Snapshot for Moment {
    type Events = Fetched;

    async fn schema(&mut self, found: &mut Findings) -> Result<(), StoreError> {
        schema::check(&mut self.transaction, &self.pool, found).await
    }

    async fn ledger(&mut self) -> Result<Vec<Result<(i64, Uuid), StoreError>>, StoreError> {
        let rows = sqlx::query("SELECT one::bigint, ledger_id FROM ledger");
        let row = |row: &PgRow| {
            let one = column(row, 0, "ledger", &"one 1", "one")?;
            Ok((one, column(row, 1, "ledger", &"one 1", "ledger_id")?))
        };
        Ok(self.all(rows).await?.iter().map(row).collect())
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
            "SELECT count(*), coalesce(sum(octet_length(payload)), 0)::bigint FROM event \
             WHERE position > $1 AND position <= $2",
        )
        .bind(after)
        .bind(to)
        .fetch_one(&mut *self.transaction)
        .await
        .map_err(|e| engine(&e))
    }

    async fn events(&mut self, after: i64, to: i64) -> Result<Fetched, StoreError> {
        let rows = read::between(&mut *self.transaction, after, to).await?;
        Ok(Fetched(rows))
    }

    async fn commands(&mut self, to: i64) -> Result<Vec<Result<Done, StoreError>>, StoreError> {
        let rows = up_to(&mut self.transaction, &mut self.commands, 2, to).await?;
        Ok(rows.iter().map(done).collect())
    }

    async fn reservations(
        &mut self,
        to: i64,
    ) -> Result<Vec<Result<(String, i64), StoreError>>, StoreError> {
        let rows = up_to(&mut self.transaction, &mut self.keys, 1, to).await?;
        let row = |row: &PgRow| {
            let key = column(row, 0, "reservation", &"a key", "key")?;
            Ok((key, column(row, 1, "reservation", &"a key", "position")?))
        };
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
        let rows = sqlx::query(
            "SELECT log_tile.level, tile_index, hashes \
             FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) \
               AS wanted (level, least, most) \
             JOIN log_tile ON log_tile.level = wanted.level \
               AND tile_index BETWEEN least AND most",
        );
        let (least, most): (Vec<i64>, Vec<i64>) = bounds.into_iter().unzip();
        let levels: Vec<i16> = (0..8).collect();
        let rows = rows.bind(levels).bind(least).bind(most);
        Ok(self.all(rows).await?.iter().map(log::tile).collect())
    }

    async fn tiles_beyond(&mut self, tiles: [i64; 8]) -> Result<Vec<(i64, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT log_tile.level::bigint, tile_index FROM log_tile \
             LEFT JOIN unnest($1::bigint[]) WITH ORDINALITY AS wanted (tiles, place) \
               ON log_tile.level = wanted.place - 1 \
             WHERE tiles IS NULL OR tile_index >= tiles OR tile_index < 0 \
             ORDER BY 1, 2 LIMIT 100",
        );
        let place = |row: &PgRow| {
            let level = column(row, 0, "log_tile", &"a tile", "level")?;
            Ok((level, column(row, 1, "log_tile", &"a tile", "tile_index")?))
        };
        let rows = self.all(rows.bind(tiles.to_vec())).await?;
        rows.iter().map(place).collect()
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
        let rows = self.fetch(CHECKPOINTS_MAX, "audit_checkpoint").await?;
        Ok(rows.iter().map(checkpoint).collect())
    }

    async fn journal(&mut self) -> Result<Vec<Result<JournalRow, StoreError>>, StoreError> {
        let rows = self.fetch(ROWS_MAX, "audit_journal").await?;
        Ok(rows.iter().map(journal::row).collect())
    }

    async fn sealed(&mut self) -> Result<Vec<Result<SealedRow, StoreError>>, StoreError> {
        let rows = self.fetch(SEALED_MAX, "audit_sealed").await?;
        Ok(rows.iter().map(vault::sealed).collect())
    }

    async fn people(
        &mut self,
    ) -> Result<Vec<Result<(NewSubject, Digest), StoreError>>, StoreError> {
        let rows = self.fetch(ROWS_MAX, "audit_person").await?;
        Ok(rows.iter().map(person).collect())
    }
}

fn done(row: &PgRow) -> Result<Done, StoreError> {
    let id = CommandId(column(row, 0, "command", &"a command", "command_id")?);
    Ok(Done {
        id,
        digest: digest(row, 1, "command", &id, "request_digest")?,
        first: number(row, 2, "command", &id, "first_position")?,
        last: number(row, 3, "command", &id, "last_position")?,
    })
}

fn checkpoint(row: &PgRow) -> Result<CheckpointRow, StoreError> {
    const TABLE: &str = "checkpoint";
    let size: i64 = column(row, 0, TABLE, &"a size", "tree_size")?;
    let key = format!("tree_size {size}");
    Ok(CheckpointRow {
        size: number(row, 0, TABLE, &key, "tree_size")?,
        previous: number(row, 1, TABLE, &key, "previous_size")?,
        note: column(row, 2, TABLE, &key, "note")?,
        at: Instant(column(row, 3, TABLE, &key, "signed_at")?),
        chain: digest(row, 4, TABLE, &key, "chain")?,
    })
}

fn person(row: &PgRow) -> Result<(NewSubject, Digest), StoreError> {
    const TABLE: &str = "vault_subject";
    let subject: Uuid = column(row, 0, TABLE, &"a subject", "subject")?;
    let key = format!("subject {subject}");
    let index: Option<&[u8]> = column(row, 2, TABLE, &key, "blind_index")?;
    let index = index.map(Digest::try_from).transpose();
    let person = NewSubject {
        subject: SubjectId(subject),
        wrapped_key: column(row, 1, TABLE, &key, "wrapped_key")?,
        blind_index: index.map_err(|_| read::corrupt(TABLE, &key, "blind_index"))?,
    };
    Ok((person, digest(row, 3, TABLE, &key, "digest")?))
}
