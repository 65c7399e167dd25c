//! The append: every check and every row of a batch in one transaction, one commit.

use super::read::{self, blob, streams_json};
use super::{SqliteStore, failure, vault};
use crate::codec::batch::{AppendOutcome, Batch, KeyTaken, NewSubject};
use crate::codec::canonical::{event_chain, payload_digest};
use crate::codec::envelope::PAYLOAD_BYTES_MAX;
use crate::codec::row::Row;
use crate::domain::ids::StreamId;
use crate::domain::time::Instant;
use crate::store::{Head, StoreError};
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};
use std::collections::{HashMap, HashSet};

/// Rows of one INSERT: enough to spare the trips, few enough to keep the statement cached.
const ROWS_PER_INSERT: usize = 128;
/// Most bytes of a reservation's key or a sealed row's field.
const KEY_BYTES_MAX: usize = 200;
/// Most bytes of an event type.
const TYPE_BYTES_MAX: usize = 64;

/// See [`EventStore::append`](crate::store::EventStore::append).
pub(super) async fn append(store: &SqliteStore, batch: Batch) -> Result<AppendOutcome, StoreError> {
    check(&batch)?;
    let now = batch.now;
    let erases = !batch.erase.is_empty();
    let mut transaction = store.write().await?;
    if let Some(outcome) = refusal(&mut transaction, &batch).await? {
        // Dropping the transaction rolls it back; nothing was written.
        return Ok(outcome);
    }
    vault::check_versions(&mut transaction, &batch).await?;
    let head = read::head(&mut *transaction).await?;
    let rest = Rest::of(&batch, &head);
    let rows = rows(batch.events, &batch.expected, &rest.stamp, &head)?;
    let Some(end) = rows.last().map(|row| (row.position, row.chain)) else {
        return Err(StoreError::Malformed("a batch has at least one event"));
    };
    let written = async {
        insert_events(&mut transaction, rows).await?;
        insert_reservations(&mut transaction, &rest.reservations).await?;
        vault::write(&mut transaction, batch.subjects, batch.sealed, &batch.erase).await?;
        sqlx::query(
            "INSERT INTO command (command_id, request_digest, first_position, last_position) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(blob(rest.stamp.command_id.0))
        .bind(rest.stamp.request_digest.to_vec())
        .bind(signed(rest.first))
        .bind(signed(end.0))
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "UPDATE head SET position = $1, chain = $2, at = $3 \
             WHERE chain_name = 'event' AND position = $4 AND chain = $5",
        )
        .bind(signed(end.0))
        .bind(end.1.to_vec())
        .bind(rest.stamp.recorded_at.0)
        .bind(signed(head.position))
        .bind(head.chain.to_vec())
        .execute(&mut *transaction)
        .await
        .map(|done| done.rows_affected())
    };
    let heads = written.await.map_err(|e| store.write_failed(&e, now))?;
    if heads != 1 {
        return Err(StoreError::Engine("the head moved under the lock".into()));
    }
    let committed = transaction.commit().await;
    committed.map_err(|e| store.write_failed(&e, now))?;
    if erases {
        empty_journal(store).await;
    }
    Ok(AppendOutcome::Appended {
        first: rest.first,
        last: end.0,
    })
}

/// Erased rows are overwritten in the database by `secure_delete`; their old pages may still stand
/// in the write-ahead log until it is emptied. A long reader can keep it from being emptied now:
/// the erasure is durable either way, and the next emptying takes the pages with it.
async fn empty_journal(store: &SqliteStore) {
    let Ok(writer) = store.writer() else { return };
    let emptied = sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&writer.pool)
        .await;
    if let Err(error) = emptied {
        tracing::warn!(%error, "the write-ahead log was not emptied after an erasure");
    }
}

/// Positions and times are far below `i64::MAX`; a larger number is stopped by [`check`].
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The batch's own contract, before the engine is asked anything.
fn check(batch: &Batch) -> Result<(), StoreError> {
    let ensure = |holds: bool, why| holds.then_some(()).ok_or(StoreError::Malformed(why));
    let events = batch.events.len();
    ensure(events > 0, "a batch has at least one event")?;
    ensure(events <= Batch::EVENTS_MAX, "too many events")?;
    let lists = [
        batch.expected.len() + batch.guards.len(),
        batch.reservations.len(),
        batch.subjects.len(),
        batch.sealed.len(),
        batch.erase.len(),
    ];
    let lists_fit = lists.into_iter().all(|n| n <= 4 * Batch::EVENTS_MAX);
    ensure(lists_fit, "too many rows beside the events")?;
    let bytes = batch.events.iter().map(|e| e.payload.len()).sum::<usize>()
        + batch
            .sealed
            .iter()
            .map(|s| s.ciphertext.len())
            .sum::<usize>()
        + batch
            .subjects
            .iter()
            .map(|s| s.wrapped_key.len())
            .sum::<usize>();
    ensure(bytes <= Batch::BYTES_MAX, "too many bytes")?;
    let versions = batch.expected.iter().chain(&batch.guards);
    let versions_fit = versions.into_iter().all(|(_, v)| *v <= u64::from(u32::MAX));
    ensure(versions_fit, "a version out of range")?;

    let mut written = HashSet::new();
    for (stream, _) in &batch.expected {
        ensure(written.insert(*stream), "a stream is expected twice")?;
    }
    for event in &batch.events {
        ensure(
            written.contains(&event.stream),
            "a written stream has no expected version",
        )?;
        let named = (1..=TYPE_BYTES_MAX).contains(&event.event_type.len());
        ensure(
            named && event.schema_version > 0,
            "an event without type or version",
        )?;
        ensure(
            event.payload.len() <= PAYLOAD_BYTES_MAX,
            "a payload is too long",
        )?;
    }
    let mut keys = HashSet::new();
    for reservation in &batch.reservations {
        ensure(
            reservation.event < events,
            "a reservation without its event",
        )?;
        let fits = (1..=KEY_BYTES_MAX).contains(&reservation.key.len());
        ensure(fits, "a reservation's key is empty or too long")?;
        ensure(keys.insert(&reservation.key), "a key is reserved twice")?;
    }
    let mut people = HashSet::new();
    let mut indexes = HashSet::new();
    for new in &batch.subjects {
        ensure(people.insert(new.subject), "a person is new twice")?;
        let fresh = new.blind_index.is_none_or(|index| indexes.insert(index));
        ensure(fresh, "an identity stands twice")?;
    }
    let erased: HashSet<_> = batch.erase.iter().collect();
    ensure(
        erased.len() == batch.erase.len(),
        "a person is erased twice",
    )?;
    ensure(
        people.iter().all(|p| !erased.contains(p)),
        "a person is new and erased",
    )?;
    let mut sealed = HashSet::new();
    for row in &batch.sealed {
        let fits = (1..=KEY_BYTES_MAX).contains(&row.field.len()) && row.version > 0;
        ensure(fits, "a sealed row without field or version")?;
        ensure(
            row.field != NewSubject::FIELD,
            "a sealed row of a kept field",
        )?;
        ensure(
            sealed.insert((row.subject, &row.field)),
            "a field is sealed twice",
        )?;
        ensure(
            !erased.contains(&row.subject),
            "a person is sealed and erased",
        )?;
    }
    Ok(())
}

/// The outcome that is not `Appended`, if there is one. What was done before answers first.
async fn refusal(
    connection: &mut SqliteConnection,
    batch: &Batch,
) -> Result<Option<AppendOutcome>, StoreError> {
    if let Some(done) = read::command(&mut *connection, batch.command_id).await? {
        return Ok(Some(if done.request_digest == batch.request_digest {
            AppendOutcome::AlreadyDone {
                first: done.first,
                last: done.last,
            }
        } else {
            AppendOutcome::CommandIdReused
        }));
    }
    if let Some((stream, actual)) = moved_stream(connection, batch).await? {
        return Ok(Some(AppendOutcome::Conflict { stream, actual }));
    }
    let taken = keys_taken(connection, batch).await?;
    if !taken.is_empty() {
        return Ok(Some(AppendOutcome::KeyTaken(taken)));
    }
    let known = vault::identities_taken(connection, &batch.subjects).await?;
    if !known.is_empty() {
        return Ok(Some(AppendOutcome::IdentityTaken(known)));
    }
    Ok(None)
}

/// The first stream that is not at the version the decision was taken on.
async fn moved_stream(
    connection: &mut SqliteConnection,
    batch: &Batch,
) -> Result<Option<(StreamId, u64)>, StoreError> {
    let all: Vec<(StreamId, u64)> = batch
        .expected
        .iter()
        .chain(&batch.guards)
        .copied()
        .collect();
    let row = sqlx::query(
        "SELECT stream, actual FROM (\
           SELECT key AS n, json_extract(value, '$[0]') AS stream, \
             json_extract(value, '$[1]') AS expected, \
             (SELECT coalesce(max(stream_version), 0) FROM event \
              WHERE stream_id = json_extract(value, '$[0]')) AS actual \
           FROM json_each($1)) \
         WHERE actual <> expected ORDER BY n LIMIT 1",
    )
    .bind(streams_json(&all))
    .fetch_optional(&mut *connection)
    .await
    .map_err(|e| failure::read(&e))?;
    let Some(row) = row else { return Ok(None) };
    let stream: String = row.try_get(0).map_err(|e| failure::read(&e))?;
    let actual: i64 = row.try_get(1).map_err(|e| failure::read(&e))?;
    let bad = || read::corrupt("event", &stream, "stream_version");
    let parsed = stream.parse().map_err(|_| bad())?;
    Ok(Some((parsed, u64::try_from(actual).map_err(|_| bad())?)))
}

async fn keys_taken(
    connection: &mut SqliteConnection,
    batch: &Batch,
) -> Result<Vec<KeyTaken>, StoreError> {
    if batch.reservations.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&str> = batch.reservations.iter().map(|r| r.key.as_str()).collect();
    let keys = serde_json::to_string(&keys).map_err(|e| StoreError::Engine(e.to_string()))?;
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT reservation.key, position FROM json_each($1) AS wanted \
         CROSS JOIN reservation ON reservation.key = wanted.value ORDER BY wanted.key",
    )
    .bind(keys)
    .fetch_all(&mut *connection)
    .await
    .map_err(|e| failure::read(&e))?;
    let mut taken = Vec::with_capacity(rows.len());
    for (key, position) in rows {
        let position = u64::try_from(position)
            .map_err(|_| read::corrupt("reservation", &"a key", "position"))?;
        taken.push(KeyTaken { key, position });
    }
    Ok(taken)
}

/// What every row of an append shares.
struct Stamp {
    command_id: crate::domain::ids::CommandId,
    request_digest: crate::codec::row::Digest,
    actor: crate::domain::ids::AccountId,
    recorded_at: Instant,
}

/// What is left of a batch once its events are rows.
struct Rest {
    stamp: Stamp,
    first: u64,
    reservations: Vec<(String, u64)>,
}

impl Rest {
    fn of(batch: &Batch, head: &Head) -> Self {
        let first = head.position + 1;
        let taken = batch.reservations.iter();
        Self {
            stamp: Stamp {
                command_id: batch.command_id,
                request_digest: batch.request_digest,
                actor: batch.actor,
                // The clock may step back; recorded time does not.
                recorded_at: batch.now.max(head.recorded_at),
            },
            first,
            reservations: taken
                .map(|r| (r.key.clone(), first + r.event as u64))
                .collect(),
        }
    }
}

/// The rows of a batch, chained after `head`.
fn rows(
    events: Vec<crate::codec::batch::NewEvent>,
    expected: &[(StreamId, u64)],
    stamp: &Stamp,
    head: &Head,
) -> Result<Vec<Row>, StoreError> {
    let mut versions: HashMap<StreamId, u64> = expected.iter().copied().collect();
    let (mut position, mut chain) = (head.position, head.chain);
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let version = versions
            .get_mut(&event.stream)
            .ok_or(StoreError::Malformed(
                "a written stream has no expected version",
            ))?;
        *version += 1;
        position += 1;
        let mut row = Row {
            position,
            stream: event.stream,
            stream_version: *version,
            event_id: event.event_id,
            event_type: event.event_type.to_owned(),
            schema_version: event.schema_version,
            recorded_at: stamp.recorded_at,
            actor: stamp.actor,
            command_id: stamp.command_id,
            request_digest: stamp.request_digest,
            causation: event.causation,
            payload_digest: payload_digest(&event.payload),
            payload: event.payload,
            chain,
        };
        row.chain = event_chain(&chain, &row);
        chain = row.chain;
        rows.push(row);
    }
    Ok(rows)
}

async fn insert_events(
    connection: &mut SqliteConnection,
    rows: Vec<Row>,
) -> Result<(), sqlx::Error> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Row> = rows.by_ref().take(ROWS_PER_INSERT).collect();
        let whole = chunk.len() == ROWS_PER_INSERT;
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO event (position, stream_id, stream_version, event_id, event_type, \
             schema_version, recorded_at, actor, command_id, request_digest, causation, payload, \
             payload_digest, chain) ",
        );
        query.push_values(chunk, |mut values, row| {
            values
                .push_bind(signed(row.position))
                .push_bind(row.stream.to_string())
                .push_bind(signed(row.stream_version))
                .push_bind(blob(row.event_id.0))
                .push_bind(row.event_type)
                .push_bind(i64::from(row.schema_version))
                .push_bind(row.recorded_at.0)
                .push_bind(blob(row.actor.0))
                .push_bind(blob(row.command_id.0))
                .push_bind(row.request_digest.to_vec())
                .push_bind(row.causation.map(|id| blob(id.0)))
                .push_bind(row.payload)
                .push_bind(row.payload_digest.to_vec())
                .push_bind(row.chain.to_vec());
        });
        let query = query.build().persistent(whole);
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_reservations(
    connection: &mut SqliteConnection,
    reservations: &[(String, u64)],
) -> Result<(), sqlx::Error> {
    for chunk in reservations.chunks(ROWS_PER_INSERT) {
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO reservation (key, position) ");
        query.push_values(chunk, |mut values, (key, position)| {
            values.push_bind(key.clone()).push_bind(signed(*position));
        });
        let whole = chunk.len() == ROWS_PER_INSERT;
        let query = query.build().persistent(whole);
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
