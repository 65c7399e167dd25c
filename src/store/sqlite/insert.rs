//! Writing the rows of a group, one statement a table.
//!
//! sqlx runs every statement in a thread of its own, which costs more than the statement; and a
//! value bound is a value copied. So many rows go in as one BLOB that SQL takes apart again with
//! `substr`: one static text, no limit on parameters.

use crate::codec::row::Row;
use crate::domain::ids::CommandId;
use crate::store::{CommandDone, Head};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

/// Bytes of events in one statement: a frame lies in memory three times over while it is written.
const FRAME_BYTES: usize = 8 << 20;
/// Reservations of one INSERT.
const KEYS_PER_INSERT: usize = 128;

/// Positions and times are far below `i64::MAX`; larger numbers were stopped before.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The fixed part of an event's frame, in bytes; `stream_id`, `event_type` and `payload` follow.
/// Numbers are decimal text, because SQL cannot read a binary one out of a BLOB.
const EVENT_FIXED: usize = 214;

const EVENTS: &str = "\
    WITH RECURSIVE frame (n, at, stream, type, payload) AS (\
      SELECT 0, 1, CAST(CAST(substr($1, 197, 4) AS TEXT) AS INTEGER), \
        CAST(CAST(substr($1, 201, 4) AS TEXT) AS INTEGER), \
        CAST(CAST(substr($1, 205, 10) AS TEXT) AS INTEGER) \
      UNION ALL \
      SELECT n + 1, at + 214 + stream + type + payload, \
        CAST(CAST(substr($1, at + 214 + stream + type + payload + 196, 4) AS TEXT) AS INTEGER), \
        CAST(CAST(substr($1, at + 214 + stream + type + payload + 200, 4) AS TEXT) AS INTEGER), \
        CAST(CAST(substr($1, at + 214 + stream + type + payload + 204, 10) AS TEXT) AS INTEGER) \
      FROM frame WHERE n + 1 < $2) \
    INSERT INTO event (position, stream_id, stream_version, event_id, event_type, \
      schema_version, recorded_at, actor, command_id, request_digest, causation, payload, \
      payload_digest, chain) \
    SELECT $3 + n, CAST(substr($1, at + 214, stream) AS TEXT), \
      CAST(CAST(substr($1, at + 181, 10) AS TEXT) AS INTEGER), substr($1, at, 16), \
      CAST(substr($1, at + 214 + stream, type) AS TEXT), \
      CAST(CAST(substr($1, at + 191, 5) AS TEXT) AS INTEGER), \
      CAST(CAST(substr($1, at + 161, 20) AS TEXT) AS INTEGER), substr($1, at + 16, 16), \
      substr($1, at + 32, 16), substr($1, at + 48, 32), \
      CASE substr($1, at + 160, 1) WHEN x'31' THEN substr($1, at + 144, 16) END, \
      substr($1, at + 214 + stream + type, payload), substr($1, at + 80, 32), \
      substr($1, at + 112, 32) \
    FROM frame";

/// Adds the frame of one event.
fn put(frame: &mut Vec<u8>, row: &Row, stream: &str) {
    use std::io::Write as _;
    frame.extend_from_slice(row.event_id.0.as_bytes());
    frame.extend_from_slice(row.actor.0.as_bytes());
    frame.extend_from_slice(row.command_id.0.as_bytes());
    frame.extend_from_slice(&row.request_digest);
    frame.extend_from_slice(&row.payload_digest);
    frame.extend_from_slice(&row.chain);
    let causation = row.causation.map(|id| id.0);
    frame.extend_from_slice(causation.unwrap_or_default().as_bytes());
    frame.push(if causation.is_some() { b'1' } else { b'0' });
    // Writing to memory does not fail.
    let _ = write!(
        frame,
        "{:020}{:010}{:05}{:04}{:04}{:010}",
        row.recorded_at.0,
        row.stream_version,
        row.schema_version,
        stream.len(),
        row.event_type.len(),
        row.payload.len()
    );
    frame.extend_from_slice(stream.as_bytes());
    frame.extend_from_slice(row.event_type.as_bytes());
    frame.extend_from_slice(&row.payload);
}

/// Writes events, in order of position.
pub(super) async fn events(
    connection: &mut SqliteConnection,
    rows: &[Row],
) -> Result<(), sqlx::Error> {
    let mut rows = rows.iter().peekable();
    while let Some(first) = rows.peek().map(|row| row.position) {
        let mut frame = Vec::new();
        let mut count = 0u32;
        while frame.len() < FRAME_BYTES {
            let Some(row) = rows.next() else { break };
            frame.reserve(EVENT_FIXED + 96 + row.payload.len());
            put(&mut frame, row, &row.stream.to_string());
            count += 1;
        }
        sqlx::query(EVENTS)
            .bind(frame)
            .bind(i64::from(count))
            .bind(signed(first))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Writes what commands did.
pub(super) async fn commands(
    connection: &mut SqliteConnection,
    commands: &[(CommandId, CommandDone)],
) -> Result<(), sqlx::Error> {
    use std::io::Write as _;
    let mut frame = Vec::with_capacity(commands.len() * 88);
    for (id, done) in commands {
        frame.extend_from_slice(id.0.as_bytes());
        frame.extend_from_slice(&done.request_digest);
        let _ = write!(frame, "{:020}{:020}", done.first, done.last);
    }
    sqlx::query(
        "WITH RECURSIVE frame (at) AS (\
           SELECT 1 UNION ALL SELECT at + 88 FROM frame WHERE at + 88 < length($1)) \
         INSERT INTO command (command_id, request_digest, first_position, last_position) \
         SELECT substr($1, at, 16), substr($1, at + 16, 32), \
           CAST(CAST(substr($1, at + 48, 20) AS TEXT) AS INTEGER), \
           CAST(CAST(substr($1, at + 68, 20) AS TEXT) AS INTEGER) FROM frame",
    )
    .bind(frame)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the keys taken.
pub(super) async fn reservations(
    connection: &mut SqliteConnection,
    reservations: &[(String, u64)],
) -> Result<(), sqlx::Error> {
    for chunk in reservations.chunks(KEYS_PER_INSERT) {
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO reservation (key, position) ");
        query.push_values(chunk, |mut values, (key, position)| {
            values.push_bind(key.clone()).push_bind(signed(*position));
        });
        let query = query.build().persistent(chunk.len() == KEYS_PER_INSERT);
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Moves the head from `on` to `end`; answers how many heads moved.
pub(super) async fn head(
    connection: &mut SqliteConnection,
    on: &Head,
    end: &Head,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE head SET position = $1, chain = $2, at = $3 \
         WHERE chain_name = 'event' AND position = $4 AND chain = $5",
    )
    .bind(signed(end.position))
    .bind(end.chain.to_vec())
    .bind(end.recorded_at.0)
    .bind(signed(on.position))
    .bind(on.chain.to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
