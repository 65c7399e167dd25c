//! The vault's tables: sealed rows and wrapped keys, which the store keeps and cannot open.

use super::failure::read as engine;
use super::read::{blob, column, corrupt, id};
use crate::codec::batch::{NewSubject, SealedRow};
use crate::codec::row::Digest;
use crate::domain::ids::SubjectId;
use crate::store::StoreError;
use sqlx::sqlite::{SqliteExecutor, SqlitePool, SqliteRow};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

/// Rows of one INSERT.
const ROWS_PER_INSERT: usize = 128;
/// Most persons of one question.
const SUBJECTS_MAX: usize = 100_000;

/// `["0a1b…",…]`: ids or digests in the form in which many go into one statement.
pub(super) fn hex_json<'a>(values: impl Iterator<Item = &'a [u8]>) -> String {
    let values: Vec<String> = values.map(|v| format!("\"{}\"", hex::encode(v))).collect();
    format!("[{}]", values.join(","))
}

pub(super) fn subjects_json(subjects: &[SubjectId]) -> Result<String, StoreError> {
    if subjects.len() > SUBJECTS_MAX {
        return Err(StoreError::Malformed("too many persons in one read"));
    }
    Ok(hex_json(subjects.iter().map(|s| s.0.as_bytes().as_slice())))
}

/// Those of the indexes that are known, with their persons.
pub(super) async fn by_index(
    executor: impl SqliteExecutor<'_>,
    indexes: &[Digest],
) -> Result<Vec<(Digest, SubjectId)>, StoreError> {
    if indexes.len() > SUBJECTS_MAX {
        return Err(StoreError::Malformed("too many persons in one read"));
    }
    let rows = sqlx::query(
        "SELECT subject, blind_index FROM json_each($1) AS wanted \
         CROSS JOIN vault_subject ON blind_index = unhex(wanted.value) ORDER BY wanted.key",
    )
    .bind(hex_json(indexes.iter().map(|i| i.as_slice())))
    .fetch_all(executor)
    .await
    .map_err(|e| engine(&e))?;
    let mut known = Vec::with_capacity(rows.len());
    for row in &rows {
        let subject = id(row, 0, "vault_subject", &"a subject", "subject")?;
        let index: &[u8] = column(row, 1, "vault_subject", &subject, "blind_index")?;
        let bad = |_| corrupt("vault_subject", &subject, "blind_index");
        known.push((index.try_into().map_err(bad)?, SubjectId(subject)));
    }
    Ok(known)
}

/// Writes new persons and sealed rows, and destroys what is erased.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    new: Vec<NewSubject>,
    sealed: Vec<SealedRow>,
    erase: &[SubjectId],
) -> Result<(), sqlx::Error> {
    for chunk in new.chunks(ROWS_PER_INSERT) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO vault_subject (subject, wrapped_key, blind_index, digest) ",
        );
        query.push_values(chunk, |mut values, new| {
            values
                .push_bind(blob(new.subject.0))
                .push_bind(new.wrapped_key.clone())
                .push_bind(new.blind_index.map(|index| index.to_vec()))
                .push_bind(new.digest().to_vec());
        });
        let query = query.build().persistent(chunk.len() == ROWS_PER_INSERT);
        query.execute(&mut *connection).await?;
    }
    for chunk in sealed.chunks(ROWS_PER_INSERT) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO vault_row (subject, field, version, nonce, ciphertext) ",
        );
        query.push_values(chunk, |mut values, row| {
            values
                .push_bind(blob(row.subject.0))
                .push_bind(row.field.clone())
                .push_bind(i64::from(row.version))
                .push_bind(row.nonce.to_vec())
                .push_bind(row.ciphertext.clone());
        });
        // The newest version takes the place of the one before; its trigger demands +1.
        query.push(
            " ON CONFLICT (subject, field) DO UPDATE SET version = excluded.version, \
             nonce = excluded.nonce, ciphertext = excluded.ciphertext",
        );
        let query = query.build().persistent(chunk.len() == ROWS_PER_INSERT);
        query.execute(&mut *connection).await?;
    }
    if !erase.is_empty() {
        let subjects = hex_json(erase.iter().map(|s| s.0.as_bytes().as_slice()));
        for statement in [
            "DELETE FROM vault_row WHERE subject IN (SELECT unhex(value) FROM json_each($1))",
            "DELETE FROM vault_subject WHERE subject IN (SELECT unhex(value) FROM json_each($1))",
        ] {
            sqlx::query(statement)
                .bind(subjects.clone())
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Wrapped data keys of the persons that have one.
pub(super) async fn wrapped_keys(
    executor: impl SqliteExecutor<'_>,
    subjects: &[SubjectId],
) -> Result<Vec<(SubjectId, Vec<u8>)>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, wrapped_key FROM json_each($1) AS wanted \
         CROSS JOIN vault_subject ON subject = unhex(wanted.value) ORDER BY wanted.key",
    )
    .bind(subjects_json(subjects)?)
    .fetch_all(executor)
    .await
    .map_err(|e| engine(&e))?;
    let keys = rows.iter().map(|row| {
        let subject = id(row, 0, "vault_subject", &"a subject", "subject")?;
        let key = column(row, 1, "vault_subject", &subject, "wrapped_key")?;
        Ok((SubjectId(subject), key))
    });
    keys.collect()
}

/// How a row of `vault_row` is named.
pub(super) fn place(subject: SubjectId, field: &str) -> String {
    format!("subject {subject} field {field}")
}

/// Places asked for in one statement.
const PLACES_PER_QUERY: usize = 1_000;

/// Reads subject, field, version, nonce, ciphertext.
pub(super) fn sealed(row: &SqliteRow) -> Result<SealedRow, StoreError> {
    let subject = id(row, 0, "vault_row", &"a subject", "subject")?;
    let field: String = column(row, 1, "vault_row", &subject, "field")?;
    let key = place(SubjectId(subject), &field);
    let version: i64 = column(row, 2, "vault_row", &key, "version")?;
    let nonce: &[u8] = column(row, 3, "vault_row", &key, "nonce")?;
    Ok(SealedRow {
        subject: SubjectId(subject),
        version: u32::try_from(version).map_err(|_| corrupt("vault_row", &key, "version"))?,
        nonce: nonce
            .try_into()
            .map_err(|_| corrupt("vault_row", &key, "nonce"))?,
        ciphertext: column(row, 4, "vault_row", &key, "ciphertext")?,
        field,
    })
}

/// Sealed rows of persons: all fields, or one.
pub(super) async fn rows(
    pool: &SqlitePool,
    subjects: &[SubjectId],
    field: Option<&str>,
) -> Result<Vec<SealedRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, field, version, nonce, ciphertext FROM json_each($1) AS wanted \
         CROSS JOIN vault_row ON subject = unhex(wanted.value) AND ($2 IS NULL OR field = $2) \
         ORDER BY wanted.key, field",
    )
    .bind(subjects_json(subjects)?)
    .bind(field)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    rows.iter().map(sealed).collect()
}

/// Sealed rows at places.
pub(super) async fn rows_at(
    pool: &SqlitePool,
    places: &[(SubjectId, String)],
) -> Result<Vec<SealedRow>, StoreError> {
    let mut sealed_rows = Vec::with_capacity(places.len());
    for chunk in places.chunks(PLACES_PER_QUERY) {
        let wanted: Vec<(String, &str)> = chunk
            .iter()
            .map(|(subject, field)| (hex::encode(subject.0.as_bytes()), field.as_str()))
            .collect();
        let wanted = serde_json::to_string(&wanted)
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        let rows = sqlx::query(
            "SELECT subject, vault_row.field, version, nonce, ciphertext \
             FROM json_each($1) AS wanted \
             CROSS JOIN vault_row ON subject = unhex(wanted.value ->> 0) \
             AND vault_row.field = wanted.value ->> 1",
        )
        .bind(wanted)
        .fetch_all(pool)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            sealed_rows.push(sealed(row)?);
        }
    }
    Ok(sealed_rows)
}

/// Persons in order of pseudonym.
pub(super) async fn subjects(
    pool: &SqlitePool,
    after: Option<SubjectId>,
    limit: u32,
) -> Result<Vec<SubjectId>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject FROM vault_subject WHERE $1 IS NULL OR subject > $1 \
         ORDER BY subject LIMIT $2",
    )
    .bind(after.map(|s| blob(s.0)))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let subjects = rows.iter().map(|row| {
        let subject = id(row, 0, "vault_subject", &"a subject", "subject")?;
        Ok(SubjectId(subject))
    });
    subjects.collect()
}
