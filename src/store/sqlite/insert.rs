//! Writing the rows of a group, one statement a table.
//!
//! sqlx runs every statement in a thread of its own, which costs more than the statement; and a
//! value bound is a value copied. So many rows go in as one BLOB that SQL takes apart again with
//! `substr`: one static text, no limit on parameters.

use crate::codec::row::Row;
use crate::domain::ids::CommandId;
use crate::store::group::judge::Plan;
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

macro_rules! events {
    () => {
        "\
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
    FROM frame"
    };
}

/// What commands did, from a parameter with frames of 88 bytes.
macro_rules! commands {
    ($frame:literal) => {
        concat!(
            "WITH RECURSIVE frame (at) AS (\
               SELECT 1 UNION ALL SELECT at + 88 FROM frame WHERE at + 88 < length(",
            $frame,
            ")) INSERT INTO command (command_id, request_digest, first_position, last_position) \
             SELECT substr(",
            $frame,
            ", at, 16), substr(",
            $frame,
            ", at + 16, 32), CAST(CAST(substr(",
            $frame,
            ", at + 48, 20) AS TEXT) AS INTEGER), CAST(CAST(substr(",
            $frame,
            ", at + 68, 20) AS TEXT) AS INTEGER) FROM frame"
        )
    };
}

/// The new end of the chain, if the old one is where it was.
macro_rules! head {
    ($position:literal, $chain:literal, $at:literal, $on:literal, $on_chain:literal) => {
        concat!(
            "UPDATE head SET position = ",
            $position,
            ", chain = ",
            $chain,
            ", at = ",
            $at,
            " WHERE chain_name = 'event' AND position = ",
            $on,
            " AND chain = ",
            $on_chain
        )
    };
}

const EVENTS: &str = events!();
const COMMANDS: &str = commands!("$1");
const HEAD: &str = head!("$1", "$2", "$3", "$4", "$5");

/// A group in one trip: its last frame of events, its commands, the new end of the chain.
const GROUP: &str = concat!(
    events!(),
    "; ",
    commands!("$4"),
    "; ",
    head!("$5", "$6", "$7", "$8", "$9")
);

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

/// Events of one statement.
struct Frame {
    bytes: Vec<u8>,
    count: u32,
    first: u64,
}

/// The next frame of events, in order of position.
fn next_frame<'r>(rows: &mut impl Iterator<Item = &'r Row>) -> Option<Frame> {
    let row = rows.next()?;
    let mut frame = Frame {
        bytes: Vec::with_capacity(EVENT_FIXED + 96 + row.payload.len()),
        count: 0,
        first: row.position,
    };
    let mut row = Some(row);
    while let Some(this) = row {
        frame.bytes.reserve(EVENT_FIXED + 96 + this.payload.len());
        put(&mut frame.bytes, this, &this.stream.to_string());
        frame.count += 1;
        row = (frame.bytes.len() < FRAME_BYTES)
            .then(|| rows.next())
            .flatten();
    }
    Some(frame)
}

async fn frame(connection: &mut SqliteConnection, frame: Frame) -> Result<(), sqlx::Error> {
    let query = sqlx::query(EVENTS)
        .bind(frame.bytes)
        .bind(i64::from(frame.count))
        .bind(signed(frame.first));
    query.execute(connection).await.map(drop)
}

fn commands_frame(commands: &[(CommandId, CommandDone)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut frame = Vec::with_capacity(commands.len() * 88);
    for (id, done) in commands {
        frame.extend_from_slice(id.0.as_bytes());
        frame.extend_from_slice(&done.request_digest);
        // Writing to memory does not fail.
        let _ = write!(frame, "{:020}{:020}", done.first, done.last);
    }
    frame
}

/// Writes the events of a group, what its commands did and the new end of the chain; answers
/// whether the chain ended where it was judged on, which it must.
pub(super) async fn group(
    connection: &mut SqliteConnection,
    plan: &Plan,
    end: &Head,
) -> Result<bool, sqlx::Error> {
    let mut rows = plan.rows.iter();
    let Some(mut last) = next_frame(&mut rows) else {
        return Ok(false);
    };
    while let Some(next) = next_frame(&mut rows) {
        frame(&mut *connection, std::mem::replace(&mut last, next)).await?;
    }
    let written = u64::from(last.count) + plan.commands.len() as u64 + 1;
    let done = sqlx::query(GROUP)
        .bind(last.bytes)
        .bind(i64::from(last.count))
        .bind(signed(last.first))
        .bind(commands_frame(&plan.commands))
        .bind(signed(end.position))
        .bind(end.chain.to_vec())
        .bind(end.recorded_at.0)
        .bind(signed(plan.on.position))
        .bind(plan.on.chain.to_vec())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == written)
}

/// Writes events, in order of position.
pub(super) async fn events(
    connection: &mut SqliteConnection,
    rows: &[Row],
) -> Result<(), sqlx::Error> {
    let mut rows = rows.iter();
    while let Some(next) = next_frame(&mut rows) {
        frame(&mut *connection, next).await?;
    }
    Ok(())
}

/// Writes what commands did.
pub(super) async fn commands(
    connection: &mut SqliteConnection,
    commands: &[(CommandId, CommandDone)],
) -> Result<(), sqlx::Error> {
    let query = sqlx::query(COMMANDS).bind(commands_frame(commands));
    query.execute(connection).await.map(drop)
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
    let done = sqlx::query(HEAD)
        .bind(signed(end.position))
        .bind(end.chain.to_vec())
        .bind(end.recorded_at.0)
        .bind(signed(on.position))
        .bind(on.chain.to_vec())
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}
