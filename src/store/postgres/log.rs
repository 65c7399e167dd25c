//! The transparency log's tables: tiles, and checkpoints by compare-and-swap.

use super::PostgresStore;
use super::failure::read as engine;
use super::read::{column, corrupt, end_of, hold_end_of, number, signed};
use crate::codec::archive::ChainedCheckpoint;
use crate::codec::canonical::Chain;
use crate::domain::time::Instant;
use crate::store::check::{self, TILES_MAX};
use crate::store::{CheckpointOutcome, StoreError, StoredCheckpoint, Tile};
use sqlx::PgConnection;
use sqlx::postgres::{PgExecutor, PgPool, PgRow};

/// Tiles of one INSERT; a full one has 8 KiB.
const TILES_PER_INSERT: usize = 1_000;

/// Reads tree_size, note, signed_at.
pub(super) fn checkpoint(row: &PgRow) -> Result<StoredCheckpoint, StoreError> {
    let size: i64 = column(row, 0, "checkpoint", &"a size", "tree_size")?;
    let key = format!("tree_size {size}");
    Ok(StoredCheckpoint {
        tree_size: number(row, 0, "checkpoint", &key, "tree_size")?,
        note: column(row, 1, "checkpoint", &key, "note")?,
        signed_at: Instant(column(row, 2, "checkpoint", &key, "signed_at")?),
    })
}

/// The newest checkpoint.
pub(super) async fn newest(
    executor: impl PgExecutor<'_>,
) -> Result<Option<StoredCheckpoint>, StoreError> {
    let row = sqlx::query(
        "SELECT tree_size, note, signed_at FROM checkpoint ORDER BY tree_size DESC LIMIT 1",
    )
    .fetch_optional(executor)
    .await
    .map_err(|e| engine(&e))?;
    row.as_ref().map(checkpoint).transpose()
}

/// The checkpoints of more than `after` leaves, smallest first.
pub(super) async fn checkpoints(
    executor: impl PgExecutor<'_>,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredCheckpoint>, StoreError> {
    let rows = sqlx::query(
        "SELECT tree_size, note, signed_at FROM checkpoint WHERE tree_size > $1 \
         ORDER BY tree_size LIMIT $2",
    )
    .bind(signed(after))
    .bind(i64::from(limit))
    .fetch_all(executor)
    .await
    .map_err(|e| engine(&e))?;
    rows.iter().map(checkpoint).collect()
}

/// The tiles at these places.
pub(super) async fn tiles(pool: &PgPool, places: &[(u8, u64)]) -> Result<Vec<Tile>, StoreError> {
    if places.len() > TILES_MAX {
        return Err(StoreError::Malformed("too many tiles in one read"));
    }
    let levels: Vec<i16> = places.iter().map(|(level, _)| i16::from(*level)).collect();
    let indexes: Vec<i64> = places.iter().map(|(_, index)| signed(*index)).collect();
    let rows = sqlx::query(
        "SELECT log_tile.level, log_tile.tile_index, hashes \
         FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS wanted (level, at, place) \
         JOIN log_tile ON log_tile.level = wanted.level AND tile_index = wanted.at \
         ORDER BY wanted.place",
    )
    .bind(levels)
    .bind(indexes)
    .fetch_all(pool)
    .await
    .map_err(|e| engine(&e))?;
    rows.iter().map(tile).collect()
}

/// Reads level, tile_index, hashes.
pub(super) fn tile(row: &PgRow) -> Result<Tile, StoreError> {
    let level: i16 = column(row, 0, "log_tile", &"a tile", "level")?;
    let index: i64 = column(row, 1, "log_tile", &"a tile", "tile_index")?;
    let key = format!("level {level} index {index}");
    Ok(Tile {
        level: u8::try_from(level).map_err(|_| corrupt("log_tile", &key, "level"))?,
        index: number(row, 1, "log_tile", &key, "tile_index")?,
        hashes: column(row, 2, "log_tile", &key, "hashes")?,
    })
}

/// See [`EventStore::commit_checkpoint`](crate::store::EventStore::commit_checkpoint).
pub(super) async fn commit(
    store: &PostgresStore,
    expected_size: u64,
    tiles: Vec<Tile>,
    checkpoint: StoredCheckpoint,
) -> Result<CheckpointOutcome, StoreError> {
    check::checkpoint(&checkpoint, &tiles)?;
    let now = checkpoint.signed_at;
    let mut transaction = store.write().await?;
    let end = hold_end_of(&mut *transaction, Chain::Checkpoint).await?;
    if end.position != expected_size {
        return Ok(CheckpointOutcome::Conflict {
            actual_size: end.position,
        });
    }
    let events = end_of(&mut *transaction, Chain::Event).await?;
    let it = check::chained_checkpoint(&end, events.position, checkpoint)?;
    let (size, signed_at, chain) = (it.tree_size, it.signed_at, it.chain);
    let written = async {
        insert_tiles(&mut transaction, &tiles).await?;
        insert_checkpoint(&mut transaction, it).await?;
        sqlx::query(
            "UPDATE head SET position = $1, chain = $2, at = $3 WHERE chain_name = 'checkpoint'",
        )
        .bind(signed(size))
        .bind(chain)
        .bind(signed_at.0)
        .execute(&mut *transaction)
        .await
    };
    written.await.map_err(|e| store.write_failed(&e, now))?;
    let committed = transaction.commit().await;
    committed.map_err(|e| store.write_failed(&e, now))?;
    Ok(CheckpointOutcome::Committed)
}

pub(super) async fn insert_tiles(
    connection: &mut PgConnection,
    tiles: &[Tile],
) -> Result<(), sqlx::Error> {
    for chunk in tiles.chunks(TILES_PER_INSERT) {
        let levels: Vec<i16> = chunk.iter().map(|tile| i16::from(tile.level)).collect();
        let indexes: Vec<i64> = chunk.iter().map(|tile| signed(tile.index)).collect();
        let hashes: Vec<&[u8]> = chunk.iter().map(|tile| tile.hashes.as_slice()).collect();
        // The trigger demands that the new hashes begin with the old.
        sqlx::query(
            "INSERT INTO log_tile (level, tile_index, hashes) \
             SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[]) \
             ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes",
        )
        .bind(levels)
        .bind(indexes)
        .bind(hashes)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Writes a checkpoint where the chain has come to.
pub(super) async fn insert_checkpoint(
    connection: &mut PgConnection,
    it: ChainedCheckpoint,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO checkpoint (tree_size, previous_size, note, signed_at, chain) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(signed(it.tree_size))
    .bind(signed(it.previous_size))
    .bind(it.note)
    .bind(it.signed_at.0)
    .bind(it.chain)
    .execute(connection)
    .await
    .map(drop)
}
