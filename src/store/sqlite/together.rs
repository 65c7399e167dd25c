//! Many events in one row: each column of sqlx's rows is a copy and each row a message between
//! threads, which costs several times what SQLite does. Where a value has not the length it must
//! have, or a payload is large, the caller reads row by row.

use super::read;
use crate::codec::row::{Digest, Row};
use crate::domain::ids::{AccountId, CommandId, EventId, StreamId};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::audit::snapshot::Unread;
use serde::Deserialize;
use sqlx::{Row as _, SqliteConnection};
use std::borrow::Cow;
use uuid::Uuid;

/// Events of one row: few enough that all copies of them stay in the processor's caches.
pub(super) const CHUNK: i64 = 256;

/// Bytes of a payload read together with others: a chunk has at most 16 MiB of them.
const PAYLOAD_MAX: i64 = 1 << 16;

/// What is told in JSON, then the ids and digests, then the payloads: each of a range, in order of
/// position. `whole` is 1 where every value that is cut out by its length has it.
const TOGETHER: &str = "\
    SELECT json_group_array(json_array(position, stream_version, schema_version, recorded_at, \
        stream_id, event_type, octet_length(stream_id) + octet_length(event_type), \
        octet_length(payload), causation IS NOT NULL, octet_length(event_id) = 16 AND octet_length(actor) = 16 \
          AND octet_length(command_id) = 16 AND octet_length(request_digest) = 32 \
          AND octet_length(payload_digest) = 32 AND octet_length(chain) = 32 \
          AND (causation IS NULL OR octet_length(causation) = 16))), \
      CAST(group_concat(event_id || actor || command_id || request_digest || payload_digest \
        || chain || coalesce(causation, x''), '') AS BLOB), \
      CAST(group_concat(CASE WHEN octet_length(payload) <= $3 THEN payload ELSE x'' END, '') \
        AS BLOB) \
    FROM (SELECT * FROM event WHERE position > $1 AND position <= $2 ORDER BY position)";

/// See [`TOGETHER`].
#[derive(Deserialize)]
struct Told<'a> {
    position: i64,
    stream_version: i64,
    schema_version: i64,
    recorded_at: i64,
    #[serde(borrow)]
    stream: Cow<'a, str>,
    #[serde(borrow)]
    event_type: Cow<'a, str>,
    words: i64,
    payload: i64,
    caused: i64,
    whole: i64,
}

/// The events of one chunk, their bytes not yet taken apart.
pub(super) struct Chunk {
    told: Vec<Begun>,
    ids: Vec<u8>,
    payloads: Vec<u8>,
}

/// What is told of one event.
struct Begun {
    position: i64,
    /// Without ids, digests and payload; or the column that cannot be read.
    row: Result<Row, &'static str>,
    payload: usize,
    caused: bool,
}

impl Chunk {
    /// The events after one position up to another, at most [`CHUNK`] positions on. None if they
    /// have to be read row by row.
    pub(super) async fn fetch(
        connection: &mut SqliteConnection,
        after: i64,
        to: i64,
    ) -> Option<Self> {
        let row = sqlx::query(TOGETHER)
            .bind(after)
            .bind(to)
            .bind(PAYLOAD_MAX)
            .fetch_one(connection)
            .await;
        // What SQLite cannot put together it may yet read: the rows will say what is wrong.
        let row = row.ok()?;
        let told: &str = row.try_get(0).ok()?;
        let told: Vec<Told> = serde_json::from_str(told).ok()?;
        let bytes = |index| row.try_get::<Option<Vec<u8>>, _>(index);
        let chunk = Self {
            ids: bytes(1).ok()?.unwrap_or_default(),
            payloads: bytes(2).ok()?.unwrap_or_default(),
            told: told.iter().map(Told::begun).collect::<Option<_>>()?,
        };
        let ids: usize = chunk
            .told
            .iter()
            .map(|it| 144 + 16 * usize::from(it.caused))
            .sum();
        let payloads: usize = chunk.told.iter().map(|it| it.payload).sum();
        (ids == chunk.ids.len() && payloads == chunk.payloads.len()).then_some(chunk)
    }

    /// The events, in order of position.
    pub(super) fn rows(self) -> impl Iterator<Item = Result<Row, Unread>> {
        let mut ids = Cut(self.ids, 0);
        let mut payloads = Cut(self.payloads, 0);
        self.told.into_iter().map(move |begun| {
            let mut row = begun.row;
            let (event, actor, command) = (ids.id(), ids.id(), ids.id());
            let (request, digest, chain) = (ids.digest(), ids.digest(), ids.digest());
            let causation = begun.caused.then(|| EventId(ids.id()));
            let payload = payloads.next(begun.payload);
            if let Ok(row) = &mut row {
                row.event_id = EventId(event);
                row.actor = AccountId(actor);
                row.command_id = CommandId(command);
                row.request_digest = request;
                row.payload_digest = digest;
                row.chain = chain;
                row.causation = causation;
                row.payload = payload.to_vec();
            }
            row.map_err(|column| Unread {
                position: u64::try_from(begun.position).ok(),
                chain: Some(chain),
                error: read::corrupt(
                    "event",
                    &format_args!("position {}", begun.position),
                    column,
                ),
            })
        })
    }
}

impl Told<'_> {
    /// None if the event has to be read by itself.
    fn begun(&self) -> Option<Begun> {
        let words = self.stream.len() + self.event_type.len();
        // A NUL within a text is one of the things that JSON and SQLite may not agree on.
        let whole = self.whole == 1 && usize::try_from(self.words) == Ok(words);
        if !whole || !(0..=PAYLOAD_MAX).contains(&self.payload) {
            return None;
        }
        Some(Begun {
            position: self.position,
            row: self.row(),
            payload: usize::try_from(self.payload).ok()?,
            caused: self.caused == 1,
        })
    }

    fn row(&self) -> Result<Row, &'static str> {
        let stream: StreamId = self.stream.parse().map_err(|_| "stream_id")?;
        if !stream.is_printed(&self.stream) {
            return Err("stream_id");
        }
        Ok(Row {
            position: u64::try_from(self.position).map_err(|_| "position")?,
            stream,
            stream_version: u64::try_from(self.stream_version).map_err(|_| "stream_version")?,
            event_id: EventId(Uuid::nil()),
            event_type: self.event_type.as_ref().to_owned(),
            schema_version: u16::try_from(self.schema_version).map_err(|_| "schema_version")?,
            recorded_at: Instant(self.recorded_at),
            actor: AccountId(Uuid::nil()),
            command_id: CommandId(Uuid::nil()),
            request_digest: [0; 32],
            causation: None,
            payload: Vec::new(),
            payload_digest: [0; 32],
            chain: [0; 32],
        })
    }
}

/// Bytes taken off one after the other; their sum was checked before.
struct Cut(Vec<u8>, usize);

impl Cut {
    fn next(&mut self, many: usize) -> &[u8] {
        let from = self.1.min(self.0.len());
        self.1 = from.saturating_add(many).min(self.0.len());
        &self.0[from..self.1]
    }
    fn id(&mut self) -> Uuid {
        Uuid::from_slice(self.next(16)).unwrap_or_default()
    }
    fn digest(&mut self) -> Digest {
        self.next(32).try_into().unwrap_or_default()
    }
}

/// Events in the order of their positions, as they were fetched.
pub(super) struct Fetched(Vec<Piece>);

enum Piece {
    Together(Chunk),
    Singly(Vec<sqlx::sqlite::SqliteRow>),
}

impl Fetched {
    /// The events after one position up to another.
    pub(super) async fn fetch(
        connection: &mut SqliteConnection,
        after: i64,
        to: i64,
    ) -> Result<Self, StoreError> {
        let mut pieces = Vec::new();
        let mut at = after;
        while at < to {
            let end = at.saturating_add(CHUNK).min(to);
            pieces.push(match Chunk::fetch(connection, at, end).await {
                Some(chunk) => Piece::Together(chunk),
                None => Piece::Singly(read::between(&mut *connection, at, end).await?),
            });
            at = end;
        }
        Ok(Self(pieces))
    }
}

impl crate::store::audit::snapshot::Events for Fetched {
    fn read(self) -> Vec<Result<Row, Unread>> {
        let mut rows = Vec::new();
        for piece in self.0 {
            match piece {
                Piece::Together(chunk) => rows.extend(chunk.rows()),
                Piece::Singly(singly) => rows.extend(singly.iter().map(one)),
            }
        }
        rows
    }
}

fn one(row: &sqlx::sqlite::SqliteRow) -> Result<Row, Unread> {
    read::event(row).map_err(|error| Unread {
        position: row.try_get(0).ok().and_then(|p: i64| u64::try_from(p).ok()),
        chain: row.try_get(13).ok().and_then(|c: &[u8]| c.try_into().ok()),
        error,
    })
}
