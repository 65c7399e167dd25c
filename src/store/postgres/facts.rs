//! What a group has to know before it is judged, in one statement, and in three where persons are
//! new or written.

use super::read::{column, done, number};
use super::{failure, vault};
use crate::domain::ids::SubjectId;
use crate::store::group::judge::{Facts, Questions};
use crate::store::{Head, StoreError};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};

/// One row each: what it speaks of, the place of it in its list, and up to three values.
const FACTS: &str = "\
    SELECT 1 AS what, wanted.place, request_digest AS a, first_position AS b, last_position AS c \
      FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) \
      JOIN command ON command_id = wanted.id \
    UNION ALL \
    SELECT 2, wanted.place, NULL, newest.stream_version, NULL \
      FROM unnest($2::text[]) WITH ORDINALITY AS wanted (id, place) \
      CROSS JOIN LATERAL (SELECT stream_version FROM event WHERE stream_id = wanted.id \
        ORDER BY stream_version DESC LIMIT 1) AS newest \
    UNION ALL \
    SELECT 3, wanted.place, NULL, position, NULL \
      FROM unnest($3::text[]) WITH ORDINALITY AS wanted (key, place) \
      JOIN reservation ON reservation.key = wanted.key";

/// Reads what is asked, on a connection that holds the event chain at `head`.
pub(super) async fn read(
    connection: &mut PgConnection,
    asked: &Questions,
    head: Head,
) -> Result<Facts, StoreError> {
    let commands: Vec<uuid::Uuid> = asked.commands.iter().map(|c| c.0).collect();
    let streams: Vec<String> = asked.streams.iter().map(ToString::to_string).collect();
    let rows = sqlx::query(FACTS)
        .bind(commands)
        .bind(streams)
        .bind(&asked.keys)
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| failure::read(&e))?;
    let mut facts = Facts {
        head,
        versions: HashMap::with_capacity(asked.streams.len()),
        taken: HashMap::new(),
        done: HashMap::new(),
        identities: HashMap::new(),
        known: HashSet::new(),
        sealed: HashMap::new(),
    };
    for row in &rows {
        let what: i32 = column(row, 0, "facts", &"a row", "what")?;
        let place: i64 = column(row, 1, "facts", &"a row", "place")?;
        // Ordinality counts from 1.
        let place = usize::try_from(place - 1).unwrap_or(usize::MAX);
        match what {
            1 => {
                let id = asked.commands.get(place);
                let done = done(row, 2, &"a command")?;
                facts.done.extend(id.map(|id| (*id, done)));
            }
            2 => {
                let version = number(row, 3, "event", &"a stream", "stream_version")?;
                let stream = asked.streams.get(place);
                facts.versions.extend(stream.map(|s| (*s, version)));
            }
            _ => {
                let taken = number(row, 3, "reservation", &"a key", "position")?;
                let key = asked.keys.get(place);
                facts.taken.extend(key.map(|key| (key.clone(), taken)));
            }
        }
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

/// Versions of every sealed field of these persons.
async fn versions(
    connection: &mut PgConnection,
    subjects: &[SubjectId],
) -> Result<HashMap<(SubjectId, String), u32>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, field, version FROM unnest($1::uuid[]) AS wanted (id) \
         JOIN vault_row ON subject = wanted.id",
    )
    .bind(vault::ids(subjects)?)
    .fetch_all(connection)
    .await
    .map_err(|e| failure::read(&e))?;
    let versions = rows.iter().map(|row| {
        let subject = SubjectId(column(row, 0, "vault_row", &"a subject", "subject")?);
        let field: String = column(row, 1, "vault_row", &subject, "field")?;
        let key = vault::place(subject, &field);
        let version = number(row, 2, "vault_row", &key, "version")?;
        let version = u32::try_from(version);
        let bad = |_| super::read::corrupt("vault_row", &key, "version");
        Ok(((subject, field), version.map_err(bad)?))
    });
    versions.collect()
}
