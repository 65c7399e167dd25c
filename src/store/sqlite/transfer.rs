//! The whole ledger out of a file, and into a new one.

use super::failure::read as engine;
use super::read::{self, blob, column, corrupt, end_of, id};
use super::{SqliteStore, connect, insert, journal, log, vault};
use crate::codec::archive::{ChainedCheckpoint, End, Item};
use crate::codec::batch::NewSubject;
use crate::codec::canonical::Chain;
use crate::codec::row::Digest;
use crate::domain::ids::{LedgerId, SubjectId};
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::restore::{Chunk, Filling};
use sqlx::sqlite::SqlitePool;
use sqlx::{Row as _, SqliteConnection};
use std::path::Path;

/// Rows of one page.
const PAGE: u32 = 1_000;

/// Gives out every row of the store as of one moment, and the ends of the chains.
pub(super) async fn copy_out<E: From<StoreError>>(
    store: &SqliteStore,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<[End; 3], E> {
    let mut snapshot = store.pool().begin().await.map_err(|e| engine(&e))?;
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
    snapshot: &mut SqliteConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    let mut after = String::new();
    loop {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT key, position FROM reservation WHERE key > $1 ORDER BY key LIMIT $2",
        )
        .bind(after.clone())
        .bind(PAGE)
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        let Some((last, _)) = rows.last() else {
            return Ok(());
        };
        after.clone_from(last);
        for (key, position) in rows {
            let bad = |_| corrupt("reservation", &"a key", "position");
            let position = u64::try_from(position).map_err(bad)?;
            give(Item::Reservation { key, position })?;
        }
    }
}

async fn persons<E: From<StoreError>>(
    snapshot: &mut SqliteConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    const TABLE: &str = "vault_subject";
    let mut after = Vec::new();
    loop {
        let rows = sqlx::query(
            "SELECT subject, wrapped_key, blind_index, digest FROM vault_subject \
             WHERE subject > $1 ORDER BY subject LIMIT $2",
        )
        .bind(after.clone())
        .bind(PAGE)
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        let mut subjects = Vec::with_capacity(rows.len());
        for row in &rows {
            let subject = SubjectId(id(row, 0, TABLE, &"a subject", "subject")?);
            let index: Option<&[u8]> = column(row, 2, TABLE, &subject, "blind_index")?;
            let index = index.map(Digest::try_from).transpose();
            let new = NewSubject {
                subject,
                wrapped_key: column(row, 1, TABLE, &subject, "wrapped_key")?,
                blind_index: index.map_err(|_| corrupt(TABLE, &subject, "blind_index"))?,
            };
            let digest: &[u8] = column(row, 3, TABLE, &subject, "digest")?;
            if new.digest() != digest {
                Err(corrupt(TABLE, &subject, "digest"))?;
            }
            subjects.push(subject);
            give(Item::Subject(new))?;
        }
        let Some(last) = subjects.last() else {
            return Ok(());
        };
        after = blob(last.0);
        // One person's rows at a time: together they may be large.
        for subject in subjects {
            let rows = sqlx::query(
                "SELECT subject, field, version, nonce, ciphertext FROM vault_row \
                 WHERE subject = $1 ORDER BY field",
            )
            .bind(blob(subject.0))
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
    snapshot: &mut SqliteConnection,
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
        .bind(PAGE)
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        let place = |index: usize| last.try_get::<i64, _>(index).map_err(|e| engine(&e));
        after = (place(0)?, place(1)?);
        for row in &rows {
            let tile = log::tile(row)?;
            give(Item::Tile {
                level: tile.level,
                index: tile.index,
                hashes: tile.hashes,
            })?;
        }
    }
}

async fn checkpoints<E: From<StoreError>>(
    snapshot: &mut SqliteConnection,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    const TABLE: &str = "checkpoint";
    let mut after = 0;
    loop {
        let rows = sqlx::query(
            "SELECT tree_size, previous_size, note, signed_at, chain FROM checkpoint \
             WHERE tree_size > $1 ORDER BY tree_size LIMIT $2",
        )
        .bind(after)
        .bind(PAGE)
        .fetch_all(&mut *snapshot)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            let size: i64 = column(row, 0, TABLE, &"a size", "tree_size")?;
            let key = format!("tree_size {size}");
            let previous: i64 = column(row, 1, TABLE, &key, "previous_size")?;
            let chain: &[u8] = column(row, 4, TABLE, &key, "chain")?;
            let bad = |name| corrupt(TABLE, &key, name);
            after = size;
            give(Item::Checkpoint(ChainedCheckpoint {
                tree_size: u64::try_from(size).map_err(|_| bad("tree_size"))?,
                previous_size: u64::try_from(previous).map_err(|_| bad("previous_size"))?,
                note: column(row, 2, TABLE, &key, "note")?,
                signed_at: Instant(column(row, 3, TABLE, &key, "signed_at")?),
                chain: chain.try_into().map_err(|_| bad("chain"))?,
            }))?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

/// A new file that is being filled from an archive.
pub struct SqliteFilling {
    pool: SqlitePool,
}

impl SqliteFilling {
    /// Makes the file, with the schema and the beginnings of the chains. Refused where a file is.
    pub async fn begin(path: &Path, ledger: LedgerId) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let pool = connect::new_file(path).await?;
        let mut connection = pool.acquire().await.map_err(|e| engine(&e))?;
        connect::begin_chains(&mut connection, ledger).await?;
        drop(connection);
        Ok(Self { pool })
    }
}

impl Filling for SqliteFilling {
    async fn put(&mut self, mut chunk: Chunk) -> Result<(), StoreError> {
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            if let Some(end) = chunk.plan.end() {
                insert::events(&mut transaction, &chunk.plan.rows).await?;
                insert::head(&mut transaction, &chunk.plan.on, &end).await?;
            }
            if !chunk.plan.commands.is_empty() {
                insert::commands(&mut transaction, &chunk.plan.commands).await?;
            }
            insert::reservations(&mut transaction, &chunk.plan.reservations).await?;
            let subjects = std::mem::take(&mut chunk.plan.subjects);
            let sealed = std::mem::take(&mut chunk.plan.sealed);
            vault::write(&mut transaction, subjects, sealed, &[]).await?;
            log::insert_tiles(&mut transaction, chunk.tiles).await?;
            insert_checkpoints(&mut transaction, chunk.checkpoints).await?;
            for look in chunk.looks {
                journal::insert(&mut transaction, look).await?;
            }
            transaction.commit().await
        };
        written.await.map_err(|e| engine(&e))
    }

    async fn finish(self, ledger: LedgerId, ends: [End; 3]) -> Result<(), StoreError> {
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(|e| engine(&e))?;
        let written = async {
            for (chain, (position, value, at)) in Chain::ALL.into_iter().zip(ends) {
                if chain != Chain::Event && position > 0 {
                    sqlx::query(
                        "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = $4",
                    )
                    .bind(insert::signed(position))
                    .bind(value.to_vec())
                    .bind(at.0)
                    .bind(chain.name())
                    .execute(&mut *transaction)
                    .await?;
                }
            }
            connect::name_ledger(&mut transaction, ledger).await?;
            transaction.commit().await
        };
        written.await.map_err(|e| engine(&e))?;
        self.pool.close().await;
        Ok(())
    }
}

async fn insert_checkpoints(
    connection: &mut SqliteConnection,
    checkpoints: Vec<ChainedCheckpoint>,
) -> Result<(), sqlx::Error> {
    for it in checkpoints {
        sqlx::query(
            "INSERT INTO checkpoint (tree_size, previous_size, note, signed_at, chain) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(insert::signed(it.tree_size))
        .bind(insert::signed(it.previous_size))
        .bind(it.note)
        .bind(it.signed_at.0)
        .bind(it.chain.to_vec())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
