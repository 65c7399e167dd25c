//! Many events in one row: each column of a range is aggregated, which is several times faster
//! than a row an event. Where a value has not the length it must have, row by row.

use super::failure::read as engine;
use super::read;
use crate::codec::row::Row;
use crate::domain::ids::{AccountId, CommandId, EventId};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::audit::snapshot::{Events, Unread};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

/// Columns one after the other, all of one range, in order of position. The first holds the
/// numbers and lengths of each event, `,` between them and `;` between events; a NULL where none
/// may be leaves its event out of it.
const TOGETHER: &str = "\
    SELECT count(*), \
      coalesce(sum(octet_length(event_id) = 16 AND octet_length(actor) = 16 \
        AND octet_length(command_id) = 16 AND octet_length(request_digest) = 32 \
        AND octet_length(payload_digest) = 32 AND octet_length(chain) = 32 \
        AND (causation IS NULL OR octet_length(causation) = 16)), 0), \
      group_concat(position || ',' || stream_version || ',' || schema_version || ',' \
        || recorded_at || ',' || octet_length(stream_id) || ',' || octet_length(event_type) || ',' \
        || octet_length(payload) || ',' || (causation IS NOT NULL), ';'), \
      CAST(group_concat(stream_id, '') AS BLOB), CAST(group_concat(event_type, '') AS BLOB), \
      CAST(group_concat(event_id, '') AS BLOB), CAST(group_concat(actor, '') AS BLOB), \
      CAST(group_concat(command_id, '') AS BLOB), CAST(group_concat(request_digest, '') AS BLOB), \
      coalesce(CAST(group_concat(causation, '') AS BLOB), x''), \
      CAST(group_concat(payload, '') AS BLOB), CAST(group_concat(payload_digest, '') AS BLOB), \
      CAST(group_concat(chain, '') AS BLOB) \
    FROM (SELECT * FROM event WHERE position > $1 AND position <= $2 ORDER BY position)";

/// A range of events as fetched.
pub(in crate::store::sqlite) enum Fetched {
    Together(Box<Columns>),
    Singly(Vec<SqliteRow>),
}

/// See [`TOGETHER`].
pub(in crate::store::sqlite) struct Columns {
    numbers: String,
    stream: Vec<u8>,
    event_type: Vec<u8>,
    event_id: Vec<u8>,
    actor: Vec<u8>,
    command: Vec<u8>,
    request: Vec<u8>,
    causation: Vec<u8>,
    payload: Vec<u8>,
    digest: Vec<u8>,
    chain: Vec<u8>,
}

impl Fetched {
    pub(super) async fn fetch(
        connection: &mut SqliteConnection,
        after: i64,
        to: i64,
    ) -> Result<Self, StoreError> {
        let row = sqlx::query(TOGETHER)
            .bind(after)
            .bind(to)
            .fetch_one(&mut *connection)
            .await
            .map_err(|e| engine(&e))?;
        if let Some(columns) = columns(&row) {
            return Ok(Self::Together(Box::new(columns)));
        }
        let rows = read::between(connection, after, to).await?;
        Ok(Self::Singly(rows))
    }
}

/// The columns, if every event is whole.
fn columns(row: &SqliteRow) -> Option<Columns> {
    let many: i64 = row.try_get(0).ok()?;
    let whole: i64 = row.try_get(1).ok()?;
    let numbers: String = row.try_get(2).ok()?;
    let listed = numbers.split(';').count();
    if whole != many || i64::try_from(listed) != Ok(many) {
        return None;
    }
    let bytes = |index| row.try_get::<Vec<u8>, _>(index).ok();
    Some(Columns {
        stream: bytes(3)?,
        event_type: bytes(4)?,
        event_id: bytes(5)?,
        actor: bytes(6)?,
        command: bytes(7)?,
        request: bytes(8)?,
        causation: bytes(9)?,
        payload: bytes(10)?,
        digest: bytes(11)?,
        chain: bytes(12)?,
        numbers,
    })
}

/// Takes the next bytes off a column.
fn next<'a>(column: &mut &'a [u8], many: usize) -> &'a [u8] {
    let (taken, rest) = column.split_at(many.min(column.len()));
    *column = rest;
    taken
}

fn id(column: &mut &[u8]) -> Option<Uuid> {
    Uuid::from_slice(next(column, 16)).ok()
}

impl Columns {
    fn rows(&self) -> Vec<Result<Row, Unread>> {
        let mut stream = self.stream.as_slice();
        let mut event_type = self.event_type.as_slice();
        let mut event_id = self.event_id.as_slice();
        let mut actor = self.actor.as_slice();
        let mut command = self.command.as_slice();
        let mut request = self.request.as_slice();
        let mut causation = self.causation.as_slice();
        let mut payload = self.payload.as_slice();
        let mut digest = self.digest.as_slice();
        let mut chain = self.chain.as_slice();
        let mut rows = Vec::with_capacity(self.chain.len() / 32);
        for numbers in self.numbers.split(';') {
            let mut numbers = numbers.split(',').map(|n| n.parse::<i64>().unwrap_or(-1));
            let mut number = || numbers.next().unwrap_or(-1);
            let (position, stream_version, schema_version) = (number(), number(), number());
            let recorded_at = number();
            let mut length = || usize::try_from(number()).unwrap_or(0);
            let stream = next(&mut stream, length());
            let event_type = next(&mut event_type, length());
            let payload = next(&mut payload, length());
            let caused = length() == 1;
            let event_id = id(&mut event_id);
            let actor = id(&mut actor);
            let command = id(&mut command);
            let causation = match caused {
                true => id(&mut causation).map(Some),
                false => Some(None),
            };
            let request = next(&mut request, 32).try_into().ok();
            let digest = next(&mut digest, 32).try_into().ok();
            let chain = next(&mut chain, 32).try_into().ok();
            let row = || -> Result<Row, &'static str> {
                let text = |bytes| std::str::from_utf8(bytes);
                let printed = text(stream).map_err(|_| "stream_id")?;
                let stream = printed.parse().map_err(|_| "stream_id")?;
                let stream: crate::domain::ids::StreamId = stream;
                if !stream.is_printed(printed) {
                    return Err("stream_id");
                }
                Ok(Row {
                    position: u64::try_from(position).map_err(|_| "position")?,
                    stream,
                    stream_version: u64::try_from(stream_version).map_err(|_| "stream_version")?,
                    event_id: EventId(event_id.ok_or("event_id")?),
                    event_type: text(event_type).map_err(|_| "event_type")?.to_owned(),
                    schema_version: u16::try_from(schema_version).map_err(|_| "schema_version")?,
                    recorded_at: Instant(recorded_at),
                    actor: AccountId(actor.ok_or("actor")?),
                    command_id: CommandId(command.ok_or("command_id")?),
                    request_digest: request.ok_or("request_digest")?,
                    causation: causation.ok_or("causation")?.map(EventId),
                    payload: payload.to_vec(),
                    payload_digest: digest.ok_or("payload_digest")?,
                    chain: chain.ok_or("chain")?,
                })
            };
            rows.push(row().map_err(|name| Unread {
                position: u64::try_from(position).ok(),
                chain,
                error: read::corrupt("event", &format_args!("position {position}"), name),
            }));
        }
        rows
    }
}

impl Events for Fetched {
    fn read(self) -> Vec<Result<Row, Unread>> {
        match self {
            Self::Together(columns) => columns.rows(),
            Self::Singly(rows) => rows.iter().map(singly).collect(),
        }
    }
}

fn singly(row: &SqliteRow) -> Result<Row, Unread> {
    read::event(row).map_err(|error| Unread {
        position: row.try_get(0).ok().and_then(|p: i64| u64::try_from(p).ok()),
        chain: row.try_get(13).ok().and_then(|c: &[u8]| c.try_into().ok()),
        error,
    })
}
