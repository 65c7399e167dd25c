//! The whole ledger out of a database, and into an empty one.

use super::failure::read as engine;
use super::read::{self, column, corrupt, digest, end_of, number, signed};
use super::{PostgresStore, connect, insert, journal, log, vault};
use crate::codec::archive::{ChainedCheckpoint, End, Item};
use crate::codec::batch::NewSubject;
use crate::codec::canonical::Chain;
use crate::codec::row::Digest;
use crate::domain::ids::{LedgerId, SubjectId};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::restore::{Chunk, Filling};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

/// Rows of one page.
const PAGE: u32 = 1_000;

/// Gives out every row of the store as of one moment, and the ends of the chains.
pub(super) async fn copy_out<E: From<StoreError>>(
    store: &PostgresStore,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<[End; 3], E> {
    let begun = store
        .pool()
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await;
    let mut snapshot = begun.map_err(|e| engine(&e))?;
    let snapshot = &mut *snapshot;
    let mut after = 0;
    loop {
        let rows = read::all(&mut *snapshot, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.position;
        for row in rows {
            give(Item::Event(Box::new(row)))?;
        }
    }
    reservations(snapshot, give).await?;
    persons(snapshot, give).await?;
    tree(snapshot, give).await?;
    checkpoints(snapshot, give).await?;
    let mut after = 0;
    loop {
        let looks = journal::after(snapshot, after, PAGE).await?;
        let Some(last) = looks.last() else { break };
        after = last.sequence;
        for look in looks {
            give(Item::Look(look))?;
        }
    }
    let mut ends = Vec::with_capacity(Chain::ALL.len());
    for chain in Chain::ALL {
        let end = end_of(&mut *snapshot, chain).await?;
        ends.push((end.position, end.chain, end.recorded_at));
    }
    let ends: Result<[End; 3], _> = ends.try_into();
    Ok(ends.map_err(|_| corrupt("head", &"all", "chain_name"))?)
}

async fn reservations<E: From<StoreError>>(
    snapshot: &mut PgConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    let mut after = String::new();
    loop {
        let rows = sqlx::query(
            "SELECT key, position FROM reservation WHERE key > $1 ORDER BY key LIMIT $2",
        )
        .bind(&after)
        .bind(i64::from(PAGE))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            let key: String = column(row, 0, "reservation", &"a key", "key")?;
            after.clone_from(&key);
            let position = number(row, 1, "reservation", &"a key", "position")?;
            give(Item::Reservation { key, position })?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

async fn persons<E: From<StoreError>>(
    snapshot: &mut PgConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    const TABLE: &str = "vault_subject";
    let mut after: Option<Uuid> = None;
    loop {
        let rows = sqlx::query(
            "SELECT subject, wrapped_key, blind_index, digest FROM vault_subject \
             WHERE $1::uuid IS NULL OR subject > $1 ORDER BY subject LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(PAGE))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut subjects = Vec::with_capacity(rows.len());
        for row in &rows {
            let subject = SubjectId(column(row, 0, TABLE, &"a subject", "subject")?);
            let index: Option<&[u8]> = column(row, 2, TABLE, &subject, "blind_index")?;
            let index = index.map(Digest::try_from).transpose();
            let new = NewSubject {
                subject,
                wrapped_key: column(row, 1, TABLE, &subject, "wrapped_key")?,
                blind_index: index.map_err(|_| corrupt(TABLE, &subject, "blind_index"))?,
            };
            if new.digest() != digest(row, 3, TABLE, &subject, "digest")? {
                Err(corrupt(TABLE, &subject, "digest"))?;
            }
            after = Some(subject.0);
            subjects.push(subject);
            give(Item::Subject(new))?;
        }
        // One person's rows at a time: together they may be large.
        for subject in subjects {
            let rows = sqlx::query(
                "SELECT subject, field, version, nonce, ciphertext FROM vault_row \
                 WHERE subject = $1 ORDER BY field",
            )
            .bind(subject.0)
            .fetch_all(&mut *snapshot)
            .await
            .map_err(|e| engine(&e))?;
            for row in &rows {
                give(Item::Sealed(vault::sealed(row)?))?;
            }
        }
    }
}

async fn tree<E: From<StoreError>>(
    snapshot: &mut PgConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    let mut after = (-1, 0);
    loop {
        let rows = sqlx::query(
            "SELECT level, tile_index, hashes FROM log_tile \
             WHERE (level, tile_index) > ($1, $2) ORDER BY level, tile_index LIMIT $3",
        )
        .bind(after.0)
        .bind(after.1)
        .bind(i64::from(PAGE))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            let tile = log::tile(row)?;
            after = (i16::from(tile.level), signed(tile.index));
            give(Item::Tile {
                level: tile.level,
                index: tile.index,
                hashes: tile.hashes,
            })?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

async fn checkpoints<E: From<StoreError>>(
    snapshot: &mut PgConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    const TABLE: &str = "checkpoint";
    let mut after = 0;
    loop {
        let rows = sqlx::query(
            "SELECT tree_size, previous_size, note, signed_at, chain FROM checkpoint \
             WHERE tree_size > $1 ORDER BY tree_size LIMIT $2",
        )
        .bind(signed(after))
        .bind(i64::from(PAGE))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            let tree_size = number(row, 0, TABLE, &"a size", "tree_size")?;
            let key = format!("tree_size {tree_size}");
            after = tree_size;
            give(Item::Checkpoint(ChainedCheckpoint {
                tree_size,
                previous_size: number(row, 1, TABLE, &key, "previous_size")?,
                note: column(row, 2, TABLE, &key, "note")?,
                signed_at: Instant(column(row, 3, TABLE, &key, "signed_at")?),
                chain: digest(row, 4, TABLE, &key, "chain")?,
            }))?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

/// An empty database that is being filled from an archive.
pub struct PostgresFilling {
    connection: PgConnection,
}

impl PostgresFilling {
    /// Makes the schema and the beginnings of the chains. Refused where a ledger is, or where an
    /// earlier filling was not finished.
    pub async fn begin(url: &str, ledger: LedgerId) -> Result<Self, StoreError> {
        let mut connection = connect::to_empty(url).await?;
        connect::begin_chains(&mut connection, ledger).await?;
        Ok(Self { connection })
    }
}

impl Filling for PostgresFilling {
    async fn put(&mut self, mut chunk: Chunk) -> Result<(), StoreError> {
        let begun = self.connection.begin().await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            let keys = std::mem::take(&mut chunk.plan.reservations);
            let commands = std::mem::take(&mut chunk.plan.commands);
            if let Some(end) = chunk.plan.end() {
                insert::write(&mut transaction, &mut chunk.plan, &end).await?;
            }
            insert::commands(&mut transaction, &commands).await?;
            insert::reservations(&mut transaction, keys).await?;
            vault::write(&mut transaction, &chunk.plan).await?;
            log::insert_tiles(&mut transaction, &chunk.tiles).await?;
            for it in chunk.checkpoints {
                sqlx::query(
                    "INSERT INTO checkpoint (tree_size, previous_size, note, signed_at, chain) \
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(signed(it.tree_size))
                .bind(signed(it.previous_size))
                .bind(it.note)
                .bind(it.signed_at.0)
                .bind(it.chain)
                .execute(&mut *transaction)
                .await?;
            }
            journal::insert(&mut transaction, &chunk.looks).await?;
            transaction.commit().await
        };
        written.await.map_err(|e| engine(&e))
    }

    async fn finish(mut self, ledger: LedgerId, ends: [End; 3]) -> Result<(), StoreError> {
        let begun = self.connection.begin().await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            for (chain, (position, value, at)) in Chain::ALL.into_iter().zip(ends) {
                if chain != Chain::Event && position > 0 {
                    sqlx::query(
                        "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = $4",
                    )
                    .bind(signed(position))
                    .bind(value)
                    .bind(at.0)
                    .bind(chain.name())
                    .execute(&mut *transaction)
                    .await?;
                }
            }
            connect::name_ledger(&mut transaction, ledger).await?;
            transaction.commit().await
        };
        written.await.map(drop).map_err(|e| engine(&e))
    }
}
