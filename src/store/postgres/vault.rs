//! The vault's tables: sealed rows and wrapped keys, which the store keeps and cannot open.

use super::failure::read as engine;
use super::read::{column, corrupt, digest, number};
use crate::codec::batch::SealedRow;
use crate::codec::row::Digest;
use crate::domain::ids::SubjectId;
use crate::store::StoreError;
use crate::store::group::judge::Plan;
use sqlx::PgConnection;
use sqlx::postgres::{PgExecutor, PgPool, PgRow};
use uuid::Uuid;

/// Most persons of one question.
const SUBJECTS_MAX: usize = 100_000;
/// Places asked for in one statement.
const PLACES_PER_QUERY: usize = 1_000;
/// Rows of one INSERT.
const ROWS_PER_INSERT: usize = 1_000;

/// Persons as the engine takes them.
pub(super) fn ids(subjects: &[SubjectId]) -> Result<Vec<Uuid>, StoreError> {
    if subjects.len() > SUBJECTS_MAX {
        return Err(StoreError::Malformed("too many persons in one read"));
    }
    Ok(subjects.iter().map(|s| s.0).collect())
}

/// How a row of `vault_row` is named.
pub(super) fn place(subject: SubjectId, field: &str) -> String {
    format!("subject {subject} field {field}")
}

/// Those of the indexes that are known, with their persons.
pub(super) async fn by_index(
    executor: impl PgExecutor<'_>,
    indexes: &[Digest],
) -> Result<Vec<(Digest, SubjectId)>, StoreError> {
    if indexes.len() > SUBJECTS_MAX {
        return Err(StoreError::Malformed("too many persons in one read"));
    }
    let rows = sqlx::query(
        "SELECT subject, blind_index FROM unnest($1::bytea[]) WITH ORDINALITY AS wanted (id, place) \
         JOIN vault_subject ON blind_index = wanted.id ORDER BY wanted.place",
    )
    .bind(indexes)
    .fetch_all(executor)
    .await
    .map_err(|e| engine(&e))?;
    let known = rows.iter().map(|row| {
        let subject = SubjectId(column(row, 0, "vault_subject", &"a subject", "subject")?);
        let index = digest(row, 1, "vault_subject", &subject, "blind_index")?;
        Ok((index, subject))
    });
    known.collect()
}

/// Writes new persons and sealed rows, and destroys what is erased.
pub(super) async fn write(connection: &mut PgConnection, plan: &Plan) -> Result<(), sqlx::Error> {
    for chunk in plan.subjects.chunks(ROWS_PER_INSERT) {
        let subjects: Vec<Uuid> = chunk.iter().map(|new| new.subject.0).collect();
        let keys: Vec<&[u8]> = chunk.iter().map(|new| new.wrapped_key.as_slice()).collect();
        let indexes: Vec<Option<Digest>> = chunk.iter().map(|new| new.blind_index).collect();
        let digests: Vec<Digest> = chunk.iter().map(|new| new.digest()).collect();
        sqlx::query(
            "INSERT INTO vault_subject (subject, wrapped_key, blind_index, digest) \
             SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[])",
        )
        .bind(subjects)
        .bind(keys)
        .bind(indexes)
        .bind(digests)
        .execute(&mut *connection)
        .await?;
    }
    for chunk in plan.sealed.chunks(ROWS_PER_INSERT) {
        let subjects: Vec<Uuid> = chunk.iter().map(|row| row.subject.0).collect();
        let fields: Vec<&str> = chunk.iter().map(|row| row.field.as_str()).collect();
        let versions: Vec<i64> = chunk.iter().map(|row| i64::from(row.version)).collect();
        let nonces: Vec<&[u8]> = chunk.iter().map(|row| row.nonce.as_slice()).collect();
        let sealed: Vec<&[u8]> = chunk.iter().map(|row| row.ciphertext.as_slice()).collect();
        // The newest version takes the place of the one before; its trigger demands +1.
        sqlx::query(
            "INSERT INTO vault_row (subject, field, version, nonce, ciphertext) \
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[], $5::bytea[]) \
             ON CONFLICT (subject, field) DO UPDATE SET version = excluded.version, \
             nonce = excluded.nonce, ciphertext = excluded.ciphertext",
        )
        .bind(subjects)
        .bind(fields)
        .bind(versions)
        .bind(nonces)
        .bind(sealed)
        .execute(&mut *connection)
        .await?;
    }
    if !plan.erase.is_empty() {
        let erased: Vec<Uuid> = plan.erase.iter().map(|s| s.0).collect();
        for statement in [
            "DELETE FROM vault_row WHERE subject = ANY ($1)",
            "DELETE FROM vault_subject WHERE subject = ANY ($1)",
        ] {
            sqlx::query(statement)
                .bind(&erased)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Wrapped data keys of the persons that have one.
pub(super) async fn wrapped_keys(
    executor: impl PgExecutor<'_>,
    subjects: &[SubjectId],
) -> Result<Vec<(SubjectId, Vec<u8>)>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, wrapped_key FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) \
         JOIN vault_subject ON subject = wanted.id ORDER BY wanted.place",
    )
    .bind(ids(subjects)?)
    .fetch_all(executor)
    .await
    .map_err(|e| engine(&e))?;
    let keys = rows.iter().map(|row| {
        let subject = SubjectId(column(row, 0, "vault_subject", &"a subject", "subject")?);
        let key = column(row, 1, "vault_subject", &subject, "wrapped_key")?;
        Ok((subject, key))
    });
    keys.collect()
}

/// Reads subject, field, version, nonce, ciphertext.
pub(super) fn sealed(row: &PgRow) -> Result<SealedRow, StoreError> {
    const TABLE: &str = "vault_row";
    let subject = SubjectId(column(row, 0, TABLE, &"a subject", "subject")?);
    let field: String = column(row, 1, TABLE, &subject, "field")?;
    let key = place(subject, &field);
    let version = number(row, 2, TABLE, &key, "version")?;
    let nonce: &[u8] = column(row, 3, TABLE, &key, "nonce")?;
    let bad = |name| corrupt(TABLE, &key, name);
    Ok(SealedRow {
        subject,
        version: u32::try_from(version).map_err(|_| bad("version"))?,
        nonce: nonce.try_into().map_err(|_| bad("nonce"))?,
        ciphertext: column(row, 4, TABLE, &key, "ciphertext")?,
        field,
    })
}

/// Sealed rows of persons: all fields, or one.
pub(super) async fn rows(
    pool: &PgPool,
    subjects: &[SubjectId],
    field: Option<&str>,
) -> Result<Vec<SealedRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, field, version, nonce, ciphertext \
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) \
         JOIN vault_row ON subject = wanted.id AND ($2::text IS NULL OR field = $2) \
         ORDER BY wanted.place, field",
    )
    .bind(ids(subjects)?)
    .bind(field)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    rows.iter().map(sealed).collect()
}

/// Sealed rows at places.
pub(super) async fn rows_at(
    pool: &PgPool,
    places: &[(SubjectId, String)],
) -> Result<Vec<SealedRow>, StoreError> {
    let mut sealed_rows = Vec::with_capacity(places.len());
    for chunk in places.chunks(PLACES_PER_QUERY) {
        let subjects: Vec<Uuid> = chunk.iter().map(|(subject, _)| subject.0).collect();
        let fields: Vec<&str> = chunk.iter().map(|(_, field)| field.as_str()).collect();
        let rows = sqlx::query(
            "SELECT vault_row.subject, vault_row.field, version, nonce, ciphertext \
             FROM unnest($1::uuid[], $2::text[]) AS wanted (subject, field) \
             JOIN vault_row ON vault_row.subject = wanted.subject \
             AND vault_row.field = wanted.field",
        )
        .bind(subjects)
        .bind(fields)
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
    pool: &PgPool,
    after: Option<SubjectId>,
    limit: u32,
) -> Result<Vec<SubjectId>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject FROM vault_subject WHERE $1::uuid IS NULL OR subject > $1 \
         ORDER BY subject LIMIT $2",
    )
    .bind(after.map(|s| s.0))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    let subjects = rows.iter();
    let subjects = subjects.map(|row| column(row, 0, "vault_subject", &"a subject", "subject"));
    subjects.map(|id| Ok(SubjectId(id?))).collect()
}
