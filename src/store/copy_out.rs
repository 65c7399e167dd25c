//! A whole store given out row by row, as of one moment and in the order of an archive.

use super::StoreError;
use super::audit::run::next_range;
use super::audit::snapshot::{Events as _, Snapshot};
use crate::codec::archive::{ChainedCheckpoint, End, Item};

/// Levels of tiles that a `u64` of leaves can need.
const LEVELS: usize = 8;
/// Tiles of one page; a full one has 8 KiB.
const TILES: i64 = 1_000;

/// Gives out every row of a snapshot; answers where its chains end.
pub(super) async fn copy_out<S: Snapshot, E: From<StoreError>>(
    snapshot: &mut S,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<[End; 3], E> {
    let (_, [event, checkpoint, journal]) = snapshot.heads().await?;
    let mut after = 0;
    while let Some(to) = next_range(snapshot, &mut after).await? {
        for row in snapshot.events(after, to).await?.read() {
            let row = row.map_err(|unread| unread.error)?;
            give(Item::Event(Box::new(row)))?;
        }
        after = to;
    }
    keys(snapshot, give).await?;
    persons(snapshot, give).await?;
    tiles(snapshot, give).await?;
    loop {
        let checkpoints = snapshot.checkpoints().await?;
        if checkpoints.is_empty() {
            break;
        }
        for it in checkpoints {
            let it = it?;
            give(Item::Checkpoint(ChainedCheckpoint {
                tree_size: it.size,
                previous_size: it.previous,
                note: it.note,
                signed_at: it.at,
                chain: it.chain,
            }))?;
        }
    }
    loop {
        let looks = snapshot.journal().await?;
        if looks.is_empty() {
            break;
        }
        for look in looks {
            give(Item::Look(look?))?;
        }
    }
    let (event, checkpoint, journal) = (event?, checkpoint?, journal?);
    Ok([event, checkpoint, journal].map(|end| (end.position, end.chain, end.recorded_at)))
}

async fn keys<S: Snapshot, E: From<StoreError>>(
    snapshot: &mut S,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    loop {
        let keys = snapshot.reservations(i64::MAX).await?;
        if keys.is_empty() {
            return Ok(());
        }
        for key in keys {
            let (key, position) = key?;
            let bad = |_| super::error::corrupt("reservation", &"a key", "position");
            let position = u64::try_from(position).map_err(bad)?;
            give(Item::Reservation { key, position })?;
        }
    }
}

async fn persons<S: Snapshot, E: From<StoreError>>(
    snapshot: &mut S,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    loop {
        let people = snapshot.people().await?;
        if people.is_empty() {
            break;
        }
        for person in people {
            let (new, digest) = person?;
            if new.digest() != digest {
                Err(super::error::corrupt(
                    "vault_subject",
                    &new.subject,
                    "digest",
                ))?;
            }
            give(Item::Subject(new))?;
        }
    }
    loop {
        let rows = snapshot.sealed().await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            give(Item::Sealed(row?))?;
        }
    }
}

/// Level by level, and on each from the first tile to the first page without one.
async fn tiles<S: Snapshot, E: From<StoreError>>(
    snapshot: &mut S,
    give: &mut (impl FnMut(Item) -> Result<(), E> + Send),
) -> Result<(), E> {
    /// Bounds within which no tile is.
    const NONE: (i64, i64) = (1, 0);
    for level in 0..LEVELS {
        let mut from = 0;
        loop {
            let mut bounds = [NONE; LEVELS];
            bounds[level] = (from, from + TILES - 1);
            let found = snapshot.tiles(bounds).await?;
            let mut found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
            if found.is_empty() {
                break;
            }
            found.sort_unstable_by_key(|tile| tile.index);
            for tile in found {
                give(Item::Tile {
                    level: tile.level,
                    index: tile.index,
                    hashes: tile.hashes,
                })?;
            }
            from += TILES;
        }
    }
    Ok(())
}
