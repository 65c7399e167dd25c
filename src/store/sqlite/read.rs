//! Reading events, keys and commands back. A column that cannot be read names itself.

use super::failure::read as engine;
use super::together::{CHUNK, Chunk};
use crate::codec::canonical::Chain;
use crate::codec::row::{Digest, Row};
use crate::domain::ids::{AccountId, CommandId, EventId, StreamId};
use crate::domain::time::Instant;
pub(super) use crate::store::error::corrupt;
use crate::store::page::{self, Reader};
use crate::store::{CommandDone, Head, KEYS_MAX, Reserved, StoreError};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteExecutor, SqlitePool, SqliteRow};
use sqlx::{Decode, Row as _, Sqlite, Type};
use std::fmt::Display;
use uuid::Uuid;

/// Most streams of one read.
const STREAMS_MAX: usize = 50_000;

macro_rules! event_columns {
    () => {
        "position, stream_id, stream_version, event_id, event_type, schema_version, recorded_at, \
         actor, command_id, request_digest, causation, payload, payload_digest, chain"
    };
}

/// A column of one row as `T`, or the error that names table, row and column.
pub(super) fn column<'r, T>(
    row: &'r SqliteRow,
    index: usize,
    table: &'static str,
    key: &dyn Display,
    name: &'static str,
) -> Result<T, StoreError>
where
    T: Decode<'r, Sqlite> + Type<Sqlite>,
{
    row.try_get(index).map_err(|_| corrupt(table, key, name))
}

/// A column of 16 bytes.
pub(super) fn id(
    row: &SqliteRow,
    index: usize,
    table: &'static str,
    key: &dyn Display,
    name: &'static str,
) -> Result<Uuid, StoreError> {
    let bytes: &[u8] = column(row, index, table, key, name)?;
    Uuid::from_slice(bytes).map_err(|_| corrupt(table, key, name))
}

/// A column of 16 bytes or NULL.
pub(super) fn id_or_null(
    row: &SqliteRow,
    index: usize,
    table: &'static str,
    key: &dyn Display,
    name: &'static str,
) -> Result<Option<Uuid>, StoreError> {
    let bytes: Option<&[u8]> = column(row, index, table, key, name)?;
    let id = bytes.map(Uuid::from_slice).transpose();
    id.map_err(|_| corrupt(table, key, name))
}

/// An id in the form in which it is bound: a BLOB of 16 bytes.
pub(super) fn blob(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

/// Reads the columns of [`event_columns`].
pub(super) fn event(row: &SqliteRow) -> Result<Row, StoreError> {
    let position: i64 = column(row, 0, "event", &"position ?", "position")?;
    let key = format_args!("position {position}");
    let bad = |name| corrupt("event", &key, name);
    let id = |index, name| id(row, index, "event", &key, name);
    let digest = |index, name| -> Result<Digest, StoreError> {
        let bytes: &[u8] = column(row, index, "event", &key, name)?;
        bytes.try_into().map_err(|_| bad(name))
    };
    let stream: &str = column(row, 1, "event", &key, "stream_id")?;
    let stream_version: i64 = column(row, 2, "event", &key, "stream_version")?;
    let schema_version: i64 = column(row, 5, "event", &key, "schema_version")?;
    let causation = id_or_null(row, 10, "event", &key, "causation")?;
    let parsed: StreamId = stream.parse().map_err(|_| bad("stream_id"))?;
    if !parsed.is_printed(stream) {
        // `Worker/…` or an id in capitals would read as the same stream and hash as it too.
        return Err(bad("stream_id"));
    }
    Ok(Row {
        position: u64::try_from(position).map_err(|_| bad("position"))?,
        stream: parsed,
        stream_version: u64::try_from(stream_version).map_err(|_| bad("stream_version"))?,
        event_id: EventId(id(3, "event_id")?),
        event_type: column(row, 4, "event", &key, "event_type")?,
        schema_version: u16::try_from(schema_version).map_err(|_| bad("schema_version"))?,
        recorded_at: Instant(column(row, 6, "event", &key, "recorded_at")?),
        actor: AccountId(id(7, "actor")?),
        command_id: CommandId(id(8, "command_id")?),
        request_digest: digest(9, "request_digest")?,
        causation: causation.map(EventId),
        payload: column(row, 11, "event", &key, "payload")?,
        payload_digest: digest(12, "payload_digest")?,
        chain: digest(13, "chain")?,
    })
}

/// The end of the event chain.
pub(super) async fn head(executor: impl SqliteExecutor<'_>) -> Result<Head, StoreError> {
    end_of(executor, Chain::Event).await
}

/// The end of one chain.
pub(super) async fn end_of(
    executor: impl SqliteExecutor<'_>,
    chain: Chain,
) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT position, chain, at FROM head WHERE chain_name = $1")
        .bind(chain.name())
        .fetch_optional(executor)
        .await
        .map_err(|e| engine(&e))?
        .ok_or_else(|| corrupt("head", &chain.name(), "chain_name"))?;
    let position: i64 = column(&row, 0, "head", &chain.name(), "position")?;
    let value: &[u8] = column(&row, 1, "head", &chain.name(), "chain")?;
    let bad = |name| corrupt("head", &chain.name(), name);
    Ok(Head {
        position: u64::try_from(position).map_err(|_| bad("position"))?,
        chain: value.try_into().map_err(|_| bad("chain"))?,
        recorded_at: Instant(column(&row, 2, "head", &chain.name(), "at")?),
    })
}

/// `[["kind/uuid",version],…]`, the form in which many streams go into one statement.
pub(super) fn streams_json(streams: &[(StreamId, u64)]) -> String {
    let mut json = String::with_capacity(2 + streams.len() * 64);
    json.push('[');
    for (n, (stream, version)) in streams.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        json.push_str(&format!("{comma}[\"{stream}\",{version}]"));
    }
    json.push(']');
    json
}

/// The events of several streams, in position order.
pub(super) async fn streams(
    pool: &SqlitePool,
    streams: &[(StreamId, u64)],
) -> Result<Vec<Row>, StoreError> {
    if streams.len() > STREAMS_MAX {
        return Err(StoreError::Malformed("too many streams in one read"));
    }
    let rows = sqlx::query(concat!(
        "SELECT ",
        event_columns!(),
        " FROM json_each($1) AS wanted CROSS JOIN event \
         WHERE stream_id = json_extract(wanted.value, '$[0]') \
         AND stream_version >= json_extract(wanted.value, '$[1]')"
    ))
    .bind(streams_json(streams))
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let mut rows: Vec<Row> = rows.iter().map(event).collect::<Result<_, _>>()?;
    rows.sort_unstable_by_key(|row| row.position);
    rows.dedup_by_key(|row| row.position);
    Ok(rows)
}

/// The events after a position, a page that ends early when it grows heavy.
pub(super) async fn all(pool: &SqlitePool, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
    type Connection = PoolConnection<Sqlite>;
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let limit = i64::from(limit);
    let one = pool.acquire().await.map_err(|e| engine(&e))?;
    let second = page::has_halves::<Connection>(limit).then(|| pool.try_acquire());
    page::read(one, second.flatten(), after, limit).await
}

impl Reader for PoolConnection<Sqlite> {
    const CHUNK: i64 = CHUNK;

    async fn chunk(&mut self, after: i64, to: i64) -> Result<Option<Vec<Row>>, StoreError> {
        let Some(chunk) = Chunk::fetch(self, after, to).await else {
            return Ok(None);
        };
        let rows = chunk.rows().map(|row| row.map_err(|unread| unread.error));
        rows.collect::<Result<_, _>>().map(Some)
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
               SELECT position, octet_length(payload) AS bytes FROM event \
               WHERE position > $1 ORDER BY position LIMIT $2))) \
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
    executor: impl SqliteExecutor<'_>,
    after: i64,
    to: i64,
) -> Result<Vec<SqliteRow>, StoreError> {
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
pub(super) async fn row(pool: &SqlitePool, position: u64) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        event_columns!(),
        " FROM event WHERE position = $1"
    ))
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .fetch_optional(pool)
    .await
    .map_err(|e| engine(&e))?;
    row.as_ref().map(event).transpose()
}

/// The position of the event that took a key.
pub(super) async fn reservation(pool: &SqlitePool, key: &str) -> Result<Option<u64>, StoreError> {
    let position: Option<i64> =
        sqlx::query_scalar("SELECT position FROM reservation WHERE key = $1")
            .bind(key)
            .fetch_optional(pool)
            .await
            .map_err(|e| engine(&e))?;
    // The key itself may not be shown: it names a certificate.
    position
        .map(|p| u64::try_from(p).map_err(|_| corrupt("reservation", &"a key", "position")))
        .transpose()
}

/// Those of the keys that are taken.
pub(super) async fn reservations(
    pool: &SqlitePool,
    keys: &[String],
) -> Result<Vec<Reserved>, StoreError> {
    if keys.len() > KEYS_MAX {
        return Err(StoreError::Malformed("too many keys in one read"));
    }
    let wanted = serde_json::to_string(keys).map_err(|e| StoreError::Engine(e.to_string()))?;
    let rows = sqlx::query(
        "SELECT reservation.key, event.position, stream_id FROM json_each($1) AS wanted \
         CROSS JOIN reservation ON reservation.key = wanted.value \
         CROSS JOIN event ON event.position = reservation.position",
    )
    .bind(wanted)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let reserved = rows.iter().map(|row| {
        const KEY: &str = "a key";
        let position: i64 = column(row, 1, "reservation", &KEY, "position")?;
        let stream: &str = column(row, 2, "event", &KEY, "stream_id")?;
        Ok(Reserved {
            key: column(row, 0, "reservation", &KEY, "key")?,
            position: u64::try_from(position)
                .map_err(|_| corrupt("reservation", &KEY, "position"))?,
            stream: stream
                .parse()
                .map_err(|_| corrupt("event", &position, "stream_id"))?,
        })
    });
    reserved.collect()
}

/// What a command did.
pub(super) async fn command(
    executor: impl SqliteExecutor<'_>,
    id: CommandId,
) -> Result<Option<CommandDone>, StoreError> {
    let row = sqlx::query(
        "SELECT request_digest, first_position, last_position FROM command WHERE command_id = $1",
    )
    .bind(blob(id.0))
    .fetch_optional(executor)
    .await
    .map_err(|e| engine(&e))?;
    let Some(row) = row else { return Ok(None) };
    let bad = |name| corrupt("command", &id, name);
    let digest: &[u8] = column(&row, 0, "command", &id, "request_digest")?;
    let first: i64 = column(&row, 1, "command", &id, "first_position")?;
    let last: i64 = column(&row, 2, "command", &id, "last_position")?;
    Ok(Some(CommandDone {
        request_digest: digest.try_into().map_err(|_| bad("request_digest"))?,
        first: u64::try_from(first).map_err(|_| bad("first_position"))?,
        last: u64::try_from(last).map_err(|_| bad("last_position"))?,
    }))
}
