//! What a group has to know before it is judged, in two statements at most.

use super::read::{column, corrupt, id};
use super::{failure, vault};
use crate::codec::row::Digest;
use crate::domain::ids::{StreamId, SubjectId};
use crate::domain::time::Instant;
use crate::store::group::judge::{Facts, Questions};
use crate::store::{CommandDone, Head, StoreError};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use std::collections::{HashMap, HashSet};

/// One row each: what it speaks of, the place of it in its list, and up to three values.
const FACTS: &str = "\
    SELECT 0 AS what, 0 AS place, position AS a, at AS b, chain AS c \
      FROM head WHERE chain_name = 'event' \
    UNION ALL \
    SELECT 1, wanted.key, first_position, last_position, request_digest \
      FROM json_each($1) AS wanted \
      CROSS JOIN command ON command_id = unhex(wanted.value) \
    UNION ALL \
    SELECT 2, wanted.key, (SELECT max(stream_version) FROM event WHERE stream_id = wanted.value), \
      NULL, NULL FROM json_each($2) AS wanted \
    UNION ALL \
    SELECT 3, wanted.key, position, NULL, NULL \
      FROM json_each($3) AS wanted CROSS JOIN reservation ON reservation.key = wanted.value";

/// Reads what is asked.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    asked: &Questions,
) -> Result<Facts, StoreError> {
    let commands = asked.commands.iter().map(|c| c.0.as_bytes().as_slice());
    let keys = serde_json::to_string(&asked.keys);
    let rows = sqlx::query(FACTS)
        .bind(vault::hex_json(commands))
        .bind(streams_json(&asked.streams))
        .bind(keys.map_err(|e| StoreError::Engine(e.to_string()))?)
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| failure::read(&e))?;
    let mut facts = Facts {
        head: Head {
            position: 0,
            chain: [0; 32],
            recorded_at: Instant(0),
        },
        versions: HashMap::with_capacity(asked.streams.len()),
        taken: HashMap::new(),
        done: HashMap::new(),
        identities: HashMap::new(),
        known: HashSet::new(),
        sealed: HashMap::new(),
    };
    let mut heads = 0;
    for row in &rows {
        let what: i64 = column(row, 0, "facts", &"a row", "what")?;
        let place: i64 = column(row, 1, "facts", &"a row", "place")?;
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        match what {
            0 => {
                heads += 1;
                facts.head = Head {
                    position: position(row, 2, "head", "position")?,
                    chain: digest(row, 4, "head", "chain")?,
                    recorded_at: Instant(column(row, 3, "head", &"event", "at")?),
                };
            }
            1 => {
                let done = CommandDone {
                    request_digest: digest(row, 4, "command", "request_digest")?,
                    first: position(row, 2, "command", "first_position")?,
                    last: position(row, 3, "command", "last_position")?,
                };
                let id = asked.commands.get(place);
                facts.done.extend(id.map(|id| (*id, done)));
            }
            2 => {
                let version: Option<i64> = column(row, 2, "event", &"a stream", "stream_version")?;
                let version = version.unwrap_or(0);
                let version = u64::try_from(version)
                    .map_err(|_| corrupt("event", &"a stream", "stream_version"))?;
                let stream = asked.streams.get(place);
                facts.versions.extend(stream.map(|s| (*s, version)));
            }
            _ => {
                let taken = position(row, 2, "reservation", "position")?;
                let key = asked.keys.get(place);
                facts.taken.extend(key.map(|key| (key.clone(), taken)));
            }
        }
    }
    if heads != 1 {
        return Err(corrupt("head", &"event", "chain_name"));
    }
    if !asked.indexes.is_empty() {
        let known = vault::by_index(&mut *connection, &asked.indexes).await?;
        facts.identities.extend(known);
    }
    if !asked.subjects.is_empty() {
        let known = vault::wrapped_keys(&mut *connection, &asked.subjects).await?;
        facts.known.extend(known.into_iter().map(|(who, _)| who));
        facts.sealed = versions(connection, &asked.subjects).await?;
    }
    Ok(facts)
}

fn position(
    row: &SqliteRow,
    index: usize,
    table: &'static str,
    name: &'static str,
) -> Result<u64, StoreError> {
    let value: i64 = column(row, index, table, &"a row", name)?;
    u64::try_from(value).map_err(|_| corrupt(table, &"a row", name))
}

fn digest(
    row: &SqliteRow,
    index: usize,
    table: &'static str,
    name: &'static str,
) -> Result<Digest, StoreError> {
    let bytes: &[u8] = column(row, index, table, &"a row", name)?;
    bytes.try_into().map_err(|_| corrupt(table, &"a row", name))
}

/// `["kind/uuid",…]`.
fn streams_json(streams: &[StreamId]) -> String {
    let mut json = String::with_capacity(2 + streams.len() * 56);
    json.push('[');
    for (n, stream) in streams.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        json.push_str(&format!("{comma}\"{stream}\""));
    }
    json.push(']');
    json
}

/// Versions of every sealed field of these persons.
async fn versions(
    connection: &mut SqliteConnection,
    subjects: &[SubjectId],
) -> Result<HashMap<(SubjectId, String), u32>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, field, version FROM json_each($1) AS wanted \
         CROSS JOIN vault_row ON subject = unhex(wanted.value)",
    )
    .bind(vault::subjects_json(subjects)?)
    .fetch_all(connection)
    .await
    .map_err(|e| failure::read(&e))?;
    let versions = rows.iter().map(|row| {
        let subject = SubjectId(id(row, 0, "vault_row", &"a subject", "subject")?);
        let field: String = column(row, 1, "vault_row", &subject, "field")?;
        let key = vault::place(subject, &field);
        let version: i64 = column(row, 2, "vault_row", &key, "version")?;
        let version = u32::try_from(version);
        let version = version.map_err(|_| corrupt("vault_row", &key, "version"))?;
        Ok(((subject, field), version))
    });
    versions.collect()
}
