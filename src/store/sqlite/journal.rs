//! The access journal: who looked at whose data, chained.

use super::SqliteStore;
use super::failure::read as engine;
use super::read::{blob, column, corrupt, end_of, id_or_null};
use crate::codec::canonical::{Chain, JournalRow};
use crate::domain::ids::{AccountId, SubjectId};
use crate::domain::time::Instant;
use crate::store::{JournalEntry, StoreError, check};
use sqlx::SqliteConnection;
use sqlx::sqlite::{SqlitePool, SqliteRow};

/// Reads sequence, at, actor, kind, subject, position, chain.
pub(super) fn row(row: &SqliteRow) -> Result<JournalRow, StoreError> {
    const TABLE: &str = "access_journal";
    let sequence: i64 = column(row, 0, TABLE, &"sequence ?", "sequence")?;
    let key = format!("sequence {sequence}");
    let actor = id_or_null(row, 2, TABLE, &key, "actor")?;
    let subject = id_or_null(row, 4, TABLE, &key, "subject")?;
    let position: Option<i64> = column(row, 5, TABLE, &key, "position")?;
    let chain: &[u8] = column(row, 6, TABLE, &key, "chain")?;
    let bad = |name| corrupt(TABLE, &key, name);
    Ok(JournalRow {
        sequence: u64::try_from(sequence).map_err(|_| bad("sequence"))?,
        at: Instant(column(row, 1, TABLE, &key, "at")?),
        actor: actor.map(AccountId),
        kind: column(row, 3, TABLE, &key, "kind")?,
        subject: subject.map(SubjectId),
        position: position
            .map(u64::try_from)
            .transpose()
            .map_err(|_| bad("position"))?,
        chain: chain.try_into().map_err(|_| bad("chain"))?,
    })
}

/// See [`EventStore::journal`](crate::store::EventStore::journal).
pub(super) async fn write(
    store: &SqliteStore,
    entries: Vec<JournalEntry>,
) -> Result<u64, StoreError> {
    let now = check::looks(&entries)?;
    let mut transaction = store.write().await?;
    let mut end = end_of(&mut *transaction, Chain::Journal).await?;
    let rows = check::chained_looks(&mut end, entries);
    let written = async {
        for row in rows {
            insert(&mut transaction, row).await?;
        }
        sqlx::query(
            "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = 'journal'",
        )
        .bind(i64::try_from(end.position).unwrap_or(i64::MAX))
        .bind(end.chain.to_vec())
        .bind(end.recorded_at.0)
        .execute(&mut *transaction)
        .await
    };
    written.await.map_err(|e| store.write_failed(&e, now))?;
    let committed = transaction.commit().await;
    committed.map_err(|e| store.write_failed(&e, now))?;
    Ok(end.position)
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    row: JournalRow,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO access_journal (sequence, at, actor, kind, subject, position, chain) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(i64::try_from(row.sequence).unwrap_or(i64::MAX))
    .bind(row.at.0)
    .bind(row.actor.map(|id| blob(id.0)))
    .bind(row.kind)
    .bind(row.subject.map(|id| blob(id.0)))
    .bind(row.position.map(|p| i64::try_from(p).unwrap_or(i64::MAX)))
    .bind(row.chain.to_vec())
    .execute(&mut *connection)
    .await?;
    Ok(())
}

/// The looks at one person's data.
pub(super) async fn of(
    pool: &SqlitePool,
    subject: SubjectId,
    after: u64,
    limit: u32,
) -> Result<Vec<JournalRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT sequence, at, actor, kind, subject, position, chain FROM access_journal \
         WHERE subject = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
    )
    .bind(blob(subject.0))
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    rows.iter().map(row).collect()
}
