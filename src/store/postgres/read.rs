//! Reading events, keys and commands back. A column that cannot be read names itself.

use super::failure::read as engine;
use crate::codec::canonical::Chain;
use crate::codec::row::{Digest, LeafRow, Row};
use crate::domain::ids::{AccountId, CommandId, EventId, StreamId};
use crate::domain::time::Instant;
pub(super) use crate::store::error::corrupt;
use crate::store::page::{self, Reader};
use crate::store::{CommandDone, Head, KEYS_MAX, Reserved, StoreError};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgExecutor, PgPool, PgRow};
use sqlx::{Decode, Postgres, Row as _, Type, ValueRef as _};
use std::fmt::Display;
use uuid::Uuid;

/// Most streams of one read.
const STREAMS_MAX: usize = 50_000;
/// Positions of one statement of a page.
const CHUNK: i64 = 1_024;
/// Bytes of a payload read among others: a chunk has at most 16 MiB of them.
const PAYLOAD_MAX: i32 = 1 << 14;
/// Place of the payload among the columns.
const PAYLOAD: usize = 11;

macro_rules! event_columns {
    () => {
        "position, stream_id, stream_version, event_id, event_type, schema_version, recorded_at, \
         actor, command_id, request_digest, causation, payload, payload_digest, chain"
    };
}

/// A column of one row as `T`, or the error that names table, row and column.
pub(super) fn column<'r, T>(
    row: &'r PgRow,
    index: usize,
    table: &'static str,
    key: &dyn Display,
    name: &'static str,
) -> Result<T, StoreError>
where
    T: Decode<'r, Postgres> + Type<Postgres>,
{
    row.try_get(index).map_err(|_| corrupt(table, key, name))
}

/// A column that counts, from 0.
pub(super) fn number(
    row: &PgRow,
    index: usize,
    table: &'static str,
    key: &dyn Display,
    name: &'static str,
) -> Result<u64, StoreError> {
    let value: i64 = column(row, index, table, key, name)?;
    u64::try_from(value).map_err(|_| corrupt(table, key, name))
}

/// A column of 32 bytes.
pub(super) fn digest(
    row: &PgRow,
    index: usize,
    table: &'static str,
    key: &dyn Display,
    name: &'static str,
) -> Result<Digest, StoreError> {
    let bytes: &[u8] = column(row, index, table, key, name)?;
    bytes.try_into().map_err(|_| corrupt(table, key, name))
}

/// A number as the engine takes it. Positions and times are far below `i64::MAX`; larger ones are
/// stopped before they are written, and match nothing when asked for.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads the columns of [`event_columns`].
pub(super) fn event(row: &PgRow) -> Result<Row, StoreError> {
    const TABLE: &str = "event";
    let position: i64 = column(row, 0, TABLE, &"position ?", "position")?;
    let key = format_args!("position {position}");
    let bad = |name| corrupt(TABLE, &key, name);
    let stream: &str = column(row, 1, TABLE, &key, "stream_id")?;
    let schema_version: i32 = column(row, 5, TABLE, &key, "schema_version")?;
    let causation: Option<Uuid> = column(row, 10, TABLE, &key, "causation")?;
    let parsed: StreamId = stream.parse().map_err(|_| bad("stream_id"))?;
    if !parsed.is_printed(stream) {
        // `Worker/…` or an id in capitals would read as the same stream and hash as it too.
        return Err(bad("stream_id"));
    }
    Ok(Row {
        position: u64::try_from(position).map_err(|_| bad("position"))?,
        stream: parsed,
        stream_version: number(row, 2, TABLE, &key, "stream_version")?,
        event_id: EventId(column(row, 3, TABLE, &key, "event_id")?),
        event_type: column(row, 4, TABLE, &key, "event_type")?,
        schema_version: u16::try_from(schema_version).map_err(|_| bad("schema_version"))?,
        recorded_at: Instant(column(row, 6, TABLE, &key, "recorded_at")?),
        actor: AccountId(column(row, 7, TABLE, &key, "actor")?),
        command_id: CommandId(column(row, 8, TABLE, &key, "command_id")?),
        request_digest: digest(row, 9, TABLE, &key, "request_digest")?,
        causation: causation.map(EventId),
        payload: column(row, 11, TABLE, &key, "payload")?,
        payload_digest: digest(row, 12, TABLE, &key, "payload_digest")?,
        chain: digest(row, 13, TABLE, &key, "chain")?,
    })
}

/// The end of the event chain.
pub(super) async fn head(executor: impl PgExecutor<'_>) -> Result<Head, StoreError> {
    end_of(executor, Chain::Event).await
}

/// The end of one chain.
pub(super) async fn end_of(
    executor: impl PgExecutor<'_>,
    chain: Chain,
) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT position, chain, at FROM head WHERE chain_name = $1")
        .bind(chain.name())
        .fetch_optional(executor)
        .await
        .map_err(|e| engine(&e))?;
    end(row.as_ref(), chain)
}

/// The end of one chain, held until the transaction ends: nobody else adds to it meanwhile.
pub(super) async fn hold_end_of(
    executor: impl PgExecutor<'_>,
    chain: Chain,
) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT position, chain, at FROM head WHERE chain_name = $1 FOR UPDATE")
        .bind(chain.name())
        .fetch_optional(executor)
        .await
        .map_err(|e| engine(&e))?;
    end(row.as_ref(), chain)
}

/// Reads position, chain, at.
pub(super) fn end(row: Option<&PgRow>, chain: Chain) -> Result<Head, StoreError> {
    let row = row.ok_or_else(|| corrupt("head", &chain.name(), "chain_name"))?;
    Ok(Head {
        position: number(row, 0, "head", &chain.name(), "position")?,
        chain: digest(row, 1, "head", &chain.name(), "chain")?,
        recorded_at: Instant(column(row, 2, "head", &chain.name(), "at")?),
    })
}

/// The events of several streams, in position order.
pub(super) async fn streams(
    pool: &PgPool,
    streams: &[(StreamId, u64)],
) -> Result<Vec<Row>, StoreError> {
    if streams.len() > STREAMS_MAX {
        return Err(StoreError::Malformed("too many streams in one read"));
    }
    let names: Vec<String> = streams.iter().map(|(s, _)| s.to_string()).collect();
    let from: Vec<i64> = streams.iter().map(|(_, from)| signed(*from)).collect();
    let rows = sqlx::query(concat!(
        "SELECT ",
        event_columns!(),
        " FROM unnest($1::text[], $2::bigint[]) AS wanted (stream, since) \
         CROSS JOIN LATERAL (SELECT * FROM event \
           WHERE stream_id = wanted.stream AND stream_version >= wanted.since \
           ORDER BY stream_version) AS found"
    ))
    .bind(names)
    .bind(from)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let mut rows: Vec<Row> = rows.iter().map(event).collect::<Result<_, _>>()?;
    rows.sort_unstable_by_key(|row| row.position);
    rows.dedup_by_key(|row| row.position);
    Ok(rows)
}

/// The events after a position, a page that ends early when it grows heavy.
pub(super) async fn all(pool: &PgPool, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
    type Connection = PoolConnection<Postgres>;
    let (after, limit) = (signed(after), i64::from(limit));
    let one = pool.acquire().await.map_err(|e| engine(&e))?;
    let second = page::has_halves::<Connection>(limit).then(|| pool.try_acquire());
    page::read(one, second.flatten(), after, limit).await
}

/// What the leaves of the events after a position are made from: a third of the columns, and so half
/// of the work. Where a payload is large, or missing, the page is read whole.
pub(super) async fn leaves(
    pool: &PgPool,
    after: u64,
    limit: u32,
) -> Result<Vec<LeafRow>, StoreError> {
    let from = signed(after);
    let rows = sqlx::query(
        "SELECT position, event_type, schema_version, recorded_at, \
           CASE WHEN octet_length(payload) <= $3 THEN payload END \
         FROM event WHERE position > $1 AND position <= $2 ORDER BY position",
    )
    .bind(from)
    .bind(from.saturating_add(i64::from(limit).min(CHUNK)))
    .bind(PAYLOAD_MAX)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let left_out = |row: &PgRow| row.try_get_raw(4).is_ok_and(|raw| raw.is_null());
    if rows.is_empty() || rows.iter().any(left_out) {
        let rows = all(pool, after, limit).await?;
        return Ok(rows.into_iter().map(LeafRow::from).collect());
    }
    rows.iter().map(leaf).collect()
}

fn leaf(row: &PgRow) -> Result<LeafRow, StoreError> {
    const TABLE: &str = "event";
    let position: i64 = column(row, 0, TABLE, &"position ?", "position")?;
    let key = format_args!("position {position}");
    let bad = |name| corrupt(TABLE, &key, name);
    let schema_version: i32 = column(row, 2, TABLE, &key, "schema_version")?;
    Ok(LeafRow {
        position: u64::try_from(position).map_err(|_| bad("position"))?,
        event_type: column(row, 1, TABLE, &key, "event_type")?,
        schema_version: u16::try_from(schema_version).map_err(|_| bad("schema_version"))?,
        recorded_at: Instant(column(row, 3, TABLE, &key, "recorded_at")?),
        payload: column(row, 4, TABLE, &key, "payload")?,
    })
}

impl Reader for PoolConnection<Postgres> {
    const CHUNK: i64 = CHUNK;

    async fn chunk(&mut self, after: i64, to: i64) -> Result<Option<Vec<Row>>, StoreError> {
        let rows = sqlx::query(
            "SELECT position, stream_id, stream_version, event_id, event_type, schema_version, \
           recorded_at, actor, command_id, request_digest, causation, \
           CASE WHEN octet_length(payload) <= $3 THEN payload END, payload_digest, chain \
         FROM event WHERE position > $1 AND position <= $2 ORDER BY position",
        )
        .bind(after)
        .bind(to)
        .bind(PAYLOAD_MAX)
        .fetch_all(&mut **self)
        .await
        .map_err(|e| engine(&e))?;
        let left_out = |row: &PgRow| row.try_get_raw(PAYLOAD).is_ok_and(|raw| raw.is_null());
        if rows.iter().any(left_out) {
            return Ok(None);
        }
        rows.iter().map(event).collect::<Result<_, _>>().map(Some)
    }

    async fn row_by_row(
        &mut self,
        after: i64,
        limit: i64,
        bytes_max: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            event_columns!(),
            " FROM event WHERE position > $1 AND position <= (\
           SELECT coalesce(max(position) FILTER (WHERE before < $3), $1) FROM (\
             SELECT position, sum(bytes) OVER (ORDER BY position) - bytes AS before FROM (\
               SELECT position, octet_length(payload)::bigint AS bytes FROM event \
               WHERE position > $1 ORDER BY position LIMIT $2) AS next) AS summed) \
         ORDER BY position"
        ))
        .bind(after)
        .bind(limit)
        .bind(i64::try_from(bytes_max).unwrap_or(i64::MAX))
        .fetch_all(&mut **self)
        .await
        .map_err(|e| engine(&e))?;
        rows.iter().map(event).collect()
    }
}

/// The rows after a position up to another, not read yet.
pub(super) async fn between(
    executor: impl PgExecutor<'_>,
    after: i64,
    to: i64,
) -> Result<Vec<PgRow>, StoreError> {
    sqlx::query(concat!(
        "SELECT ",
        event_columns!(),
        " FROM event WHERE position > $1 AND position <= $2 ORDER BY position"
    ))
    .bind(after)
    .bind(to)
    .fetch_all(executor)
    .await
    .map_err(|e| engine(&e))
}

/// The event at a position.
pub(super) async fn row(pool: &PgPool, position: u64) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        event_columns!(),
        " FROM event WHERE position = $1"
    ))
    .bind(signed(position))
    .fetch_optional(pool)
    .await
    .map_err(|e| engine(&e))?;
    row.as_ref().map(event).transpose()
}

/// The position of the event that took a key.
pub(super) async fn reservation(pool: &PgPool, key: &str) -> Result<Option<u64>, StoreError> {
    let row = sqlx::query("SELECT position FROM reservation WHERE key = $1")
        .bind(key)
        .fetch_optional(pool)
        .await
        .map_err(|e| engine(&e))?;
    // The key itself may not be shown: it names a certificate.
    row.map(|row| number(&row, 0, "reservation", &"a key", "position"))
        .transpose()
}

/// Those of the keys that are taken.
pub(super) async fn reservations(
    pool: &PgPool,
    keys: &[String],
) -> Result<Vec<Reserved>, StoreError> {
    if keys.len() > KEYS_MAX {
        return Err(StoreError::Malformed("too many keys in one read"));
    }
    let rows = sqlx::query(
        "SELECT found.key, found.position, event.stream_id \
         FROM unnest($1::text[]) AS wanted (key) \
         CROSS JOIN LATERAL (SELECT key, position FROM reservation \
           WHERE reservation.key = wanted.key) AS found \
         JOIN event ON event.position = found.position",
    )
    .bind(keys)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let reserved = rows.iter().map(|row| {
        const KEY: &str = "a key";
        let position = number(row, 1, "reservation", &KEY, "position")?;
        let stream: &str = column(row, 2, "event", &KEY, "stream_id")?;
        Ok(Reserved {
            key: column(row, 0, "reservation", &KEY, "key")?,
            position,
            stream: stream
                .parse()
                .map_err(|_| corrupt("event", &position, "stream_id"))?,
        })
    });
    reserved.collect()
}

/// What a command did.
pub(super) async fn command(
    executor: impl PgExecutor<'_>,
    id: CommandId,
) -> Result<Option<CommandDone>, StoreError> {
    let row = sqlx::query(
        "SELECT request_digest, first_position, last_position FROM command WHERE command_id = $1",
    )
    .bind(id.0)
    .fetch_optional(executor)
    .await
    .map_err(|e| engine(&e))?;
    row.map(|row| done(&row, 0, &id)).transpose()
}

/// Reads request_digest, first_position, last_position from a column on.
pub(super) fn done(row: &PgRow, from: usize, key: &dyn Display) -> Result<CommandDone, StoreError> {
    Ok(CommandDone {
        request_digest: digest(row, from, "command", key, "request_digest")?,
        first: number(row, from + 1, "command", key, "first_position")?,
        last: number(row, from + 2, "command", key, "last_position")?,
    })
}
