//! The access journal: who looked at whose data, chained.

use super::PostgresStore;
use super::failure::read as engine;
use super::read::{column, digest, hold_end_of, number, signed};
use crate::codec::canonical::{Chain, JournalRow};
use crate::codec::row::Digest;
use crate::domain::ids::{AccountId, SubjectId};
use crate::domain::time::Instant;
use crate::store::{JournalEntry, StoreError, check};
use sqlx::PgConnection;
use sqlx::postgres::{PgPool, PgRow};
use uuid::Uuid;

/// Reads sequence, at, actor, kind, subject, position, chain.
pub(super) fn row(row: &PgRow) -> Result<JournalRow, StoreError> {
    const TABLE: &str = "access_journal";
    let sequence: i64 = column(row, 0, TABLE, &"sequence ?", "sequence")?;
    let key = format!("sequence {sequence}");
    let actor: Option<Uuid> = column(row, 2, TABLE, &key, "actor")?;
    let subject: Option<Uuid> = column(row, 4, TABLE, &key, "subject")?;
    let position: Option<i64> = column(row, 5, TABLE, &key, "position")?;
    let bad = |_| super::read::corrupt(TABLE, &key, "position");
    Ok(JournalRow {
        sequence: number(row, 0, TABLE, &key, "sequence")?,
        at: Instant(column(row, 1, TABLE, &key, "at")?),
        actor: actor.map(AccountId),
        kind: column(row, 3, TABLE, &key, "kind")?,
        subject: subject.map(SubjectId),
        position: position.map(u64::try_from).transpose().map_err(bad)?,
        chain: digest(row, 6, TABLE, &key, "chain")?,
    })
}

/// See [`EventStore::journal`](crate::store::EventStore::journal).
pub(super) async fn write(
    store: &PostgresStore,
    entries: Vec<JournalEntry>,
) -> Result<u64, StoreError> {
    let now = check::looks(&entries)?;
    let mut transaction = store.write().await?;
    let mut end = hold_end_of(&mut *transaction, Chain::Journal).await?;
    let rows = check::chained_looks(&mut end, entries);
    let written = async {
        insert(&mut transaction, &rows).await?;
        sqlx::query(
            "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = 'journal'",
        )
        .bind(signed(end.position))
        .bind(end.chain)
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
    connection: &mut PgConnection,
    rows: &[JournalRow],
) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let persons = |of: fn(&JournalRow) -> Option<Uuid>| rows.iter().map(of).collect::<Vec<_>>();
    let chains: Vec<Digest> = rows.iter().map(|row| row.chain).collect();
    let positions: Vec<Option<i64>> = rows.iter().map(|r| r.position.map(signed)).collect();
    sqlx::query(
        "INSERT INTO access_journal (sequence, at, actor, kind, subject, position, chain) \
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::text[], $5::uuid[], \
           $6::bigint[], $7::bytea[]) AS row (sequence, at, actor, kind, subject, position, chain) \
         ORDER BY sequence",
    )
    .bind(rows.iter().map(|r| signed(r.sequence)).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.at.0).collect::<Vec<_>>())
    .bind(persons(|r| r.actor.map(|id| id.0)))
    .bind(rows.iter().map(|r| r.kind.as_str()).collect::<Vec<_>>())
    .bind(persons(|r| r.subject.map(|id| id.0)))
    .bind(positions)
    .bind(chains)
    .execute(connection)
    .await?;
    Ok(())
}

/// The looks at one person's data.
pub(super) async fn of(
    pool: &PgPool,
    subject: SubjectId,
    after: u64,
    limit: u32,
) -> Result<Vec<JournalRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT sequence, at, actor, kind, subject, position, chain FROM access_journal \
         WHERE subject = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
    )
    .bind(subject.0)
    .bind(signed(after))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    rows.iter().map(row).collect()
}
