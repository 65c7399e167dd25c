//! Writing the rows of a group: events, commands, keys and the new head in one statement.

use super::read::signed;
use crate::codec::row::Row;
use crate::domain::ids::CommandId;
use crate::store::group::judge::Plan;
use crate::store::{CommandDone, Head};
use sqlx::PgConnection;
use sqlx::postgres::PgArguments;
use sqlx::{Arguments as _, error::BoxDynError};
use uuid::Uuid;

/// The head moves or nothing is written: every part hangs on it. It does not move from another
/// place, nor if something supposed is not so: the statement's snapshot is not older than the head
/// it finds in place, for whatever is committed moves the head. Who follows the log in another
/// process is told once this is committed; the hint costs a lock at commit, which whoever holds
/// the head does not contend for.
const WRITE: &str = "\
    WITH moved AS (\
      UPDATE head SET position = $1, chain = $2, at = $3 \
      WHERE chain_name = 'event' AND position = $4 AND chain = $5 \
        AND NOT EXISTS (SELECT 1 FROM unnest($25::uuid[]) AS supposed (id) \
          JOIN command ON command_id = supposed.id) \
        AND NOT EXISTS (SELECT 1 FROM unnest($26::text[], $27::bigint[]) AS supposed (id, version) \
          WHERE supposed.version <> coalesce((SELECT stream_version FROM event \
            WHERE stream_id = supposed.id ORDER BY stream_version DESC LIMIT 1), 0)) \
        AND NOT EXISTS (SELECT 1 FROM unnest($28::text[]) AS supposed (id) \
          JOIN reservation ON key = supposed.id) \
      RETURNING 1), \
    written AS (\
      INSERT INTO event (position, stream_id, stream_version, event_id, event_type, \
        schema_version, recorded_at, actor, command_id, request_digest, causation, payload, \
        payload_digest, chain) \
      SELECT $4 + place, stream_id, stream_version, event_id, event_type, schema_version, \
        recorded_at, actor, command_id, request_digest, causation, payload, payload_digest, chain \
      FROM unnest($6::text[], $7::bigint[], $8::uuid[], $9::text[], $10::integer[], \
        $11::bigint[], $12::uuid[], $13::uuid[], $14::bytea[], $15::uuid[], $16::bytea[], \
        $17::bytea[], $18::bytea[]) WITH ORDINALITY AS row (stream_id, stream_version, event_id, \
        event_type, schema_version, recorded_at, actor, command_id, request_digest, causation, \
        payload, payload_digest, chain, place) CROSS JOIN moved), \
    done AS (\
      INSERT INTO command (command_id, request_digest, first_position, last_position) \
      SELECT * FROM unnest($19::uuid[], $20::bytea[], $21::bigint[], $22::bigint[]) \
        AS row (command_id, request_digest, first_position, last_position) \
      WHERE EXISTS (SELECT 1 FROM moved)), \
    taken AS (\
      INSERT INTO reservation (key, position) \
      SELECT * FROM unnest($23::text[], $24::bigint[]) AS row (key, position) \
      WHERE EXISTS (SELECT 1 FROM moved)) \
    SELECT pg_notify('skill_ledger_event', $1::text) FROM moved";

/// What a plan was judged on without having been asked: the statement asks it.
#[derive(Debug, Default)]
pub(super) struct Supposed {
    /// Commands not done.
    pub commands: Vec<Uuid>,
    /// Streams, and the versions they are at.
    pub streams: Vec<String>,
    pub versions: Vec<i64>,
    /// Keys not taken.
    pub keys: Vec<String>,
}

/// Writes everything of a plan but its vault rows; answers whether the head was still where the
/// plan was judged, and all that was supposed so. If not, nothing is written.
pub(super) async fn write(
    connection: &mut PgConnection,
    plan: &mut Plan,
    end: &Head,
    supposed: Supposed,
) -> Result<bool, sqlx::Error> {
    let values = values(plan, end, supposed).map_err(sqlx::Error::Encode)?;
    let moved = sqlx::query_with(WRITE, values).execute(connection).await?;
    Ok(moved.rows_affected() == 1)
}

fn values(plan: &mut Plan, end: &Head, supposed: Supposed) -> Result<PgArguments, BoxDynError> {
    let mut values = PgArguments::default();
    values.add(signed(end.position))?;
    values.add(end.chain.as_slice())?;
    values.add(end.recorded_at.0)?;
    values.add(signed(plan.on.position))?;
    values.add(plan.on.chain.as_slice())?;
    let rows = &plan.rows;
    let ids = |of: fn(&Row) -> Uuid| rows.iter().map(of).collect::<Vec<Uuid>>();
    let digests = |of: fn(&Row) -> &[u8]| rows.iter().map(of).collect::<Vec<&[u8]>>();
    let numbers = |of: fn(&Row) -> i64| rows.iter().map(of).collect::<Vec<i64>>();
    values.add(
        rows.iter()
            .map(|r| r.stream.to_string())
            .collect::<Vec<_>>(),
    )?;
    values.add(numbers(|r| signed(r.stream_version)))?;
    values.add(ids(|r| r.event_id.0))?;
    values.add(
        rows.iter()
            .map(|r| r.event_type.as_str())
            .collect::<Vec<_>>(),
    )?;
    let versions = rows.iter().map(|r| i32::from(r.schema_version));
    values.add(versions.collect::<Vec<i32>>())?;
    values.add(numbers(|r| r.recorded_at.0))?;
    values.add(ids(|r| r.actor.0))?;
    values.add(ids(|r| r.command_id.0))?;
    values.add(digests(|r| &r.request_digest))?;
    let causes = rows.iter().map(|r| r.causation.map(|id| id.0));
    values.add(causes.collect::<Vec<Option<Uuid>>>())?;
    values.add(digests(|r| &r.payload))?;
    values.add(digests(|r| &r.payload_digest))?;
    values.add(digests(|r| &r.chain))?;
    let commands = &plan.commands;
    values.add(commands.iter().map(|(id, _)| id.0).collect::<Vec<_>>())?;
    let asked = commands
        .iter()
        .map(|(_, done)| done.request_digest.as_slice());
    values.add(asked.collect::<Vec<_>>())?;
    let first = commands.iter().map(|(_, done)| signed(done.first));
    values.add(first.collect::<Vec<_>>())?;
    let last = commands.iter().map(|(_, done)| signed(done.last));
    values.add(last.collect::<Vec<_>>())?;
    let (keys, positions): (Vec<String>, Vec<u64>) = plan.reservations.drain(..).unzip();
    values.add(keys)?;
    values.add(positions.into_iter().map(signed).collect::<Vec<_>>())?;
    values.add(supposed.commands)?;
    values.add(supposed.streams)?;
    values.add(supposed.versions)?;
    values.add(supposed.keys)?;
    Ok(values)
}

/// Writes what commands did, without events: a restore comes to them later.
pub(super) async fn commands(
    connection: &mut PgConnection,
    commands: &[(CommandId, CommandDone)],
) -> Result<(), sqlx::Error> {
    if commands.is_empty() {
        return Ok(());
    }
    let asked = commands.iter().map(|(_, done)| done.request_digest);
    let first = commands.iter().map(|(_, done)| signed(done.first));
    let last = commands.iter().map(|(_, done)| signed(done.last));
    sqlx::query(
        "INSERT INTO command (command_id, request_digest, first_position, last_position) \
         SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bigint[], $4::bigint[])",
    )
    .bind(commands.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind(asked.collect::<Vec<_>>())
    .bind(first.collect::<Vec<_>>())
    .bind(last.collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes keys taken, without events.
pub(super) async fn reservations(
    connection: &mut PgConnection,
    reservations: Vec<(String, u64)>,
) -> Result<(), sqlx::Error> {
    if reservations.is_empty() {
        return Ok(());
    }
    let (keys, positions): (Vec<String>, Vec<u64>) = reservations.into_iter().unzip();
    sqlx::query(
        "INSERT INTO reservation (key, position) SELECT * FROM unnest($1::text[], $2::bigint[])",
    )
    .bind(keys)
    .bind(positions.into_iter().map(signed).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}
