//! The log as anybody reads it (C2SP tlog-tiles): tiles of hashes and bundles of public entries, made
//! from what is stored.

use super::advance::load;
use super::{SequencerError, public_entry};
use crate::store::EventStore;
use crate::tlog::bundle::write_bundle;
use crate::tlog::leaf::Hash;
use crate::tlog::merkle::{self, TileId, Tiles, TreeError};
use crate::tlog::tile_path::{BundleId, TilePath};

/// What a path names in a log whose newest checkpoint covers `size` entries; `None` where there is
/// no such thing. The bytes of one path never change.
pub async fn published<S: EventStore>(
    store: &S,
    path: TilePath,
    size: u64,
) -> Result<Option<Vec<u8>>, SequencerError> {
    Ok(match path {
        TilePath::Hashes(tile) if tile.stands_in(size) => Some(hashes(store, tile).await?),
        TilePath::Entries(bundle) if bundle.stands_in(size) => Some(entries(store, bundle).await?),
        _ => None,
    })
}

/// The root of the tree of the first `size` entries, from the stored tiles.
pub async fn root_at<S: EventStore>(store: &S, size: u64) -> Result<Hash, SequencerError> {
    let mut tiles = Tiles::new();
    load(store, &merkle::root_needs(size), &mut tiles).await?;
    Ok(merkle::root(&tiles, size)?)
}

/// The consistency proof (RFC 6962 section 2.1.2) from the tree of `old` entries to that of `size`;
/// empty from nothing and between equals.
pub async fn consistency<S: EventStore>(
    store: &S,
    old: u64,
    size: u64,
) -> Result<Vec<Hash>, SequencerError> {
    if old == 0 || old == size {
        return Ok(Vec::new());
    }
    let mut tiles = Tiles::new();
    load(store, &merkle::consistency_needs(old, size), &mut tiles).await?;
    Ok(merkle::consistency_proof(&tiles, old, size)?)
}

/// A tile only grows, so a narrower one is its beginning.
async fn hashes<S: EventStore>(store: &S, tile: TileId) -> Result<Vec<u8>, SequencerError> {
    let stored = store.tiles(&[(tile.level, tile.index)]).await?;
    let stored = stored.into_iter().next().map(|tile| tile.hashes);
    let mut hashes = stored.unwrap_or_default();
    let length = usize::from(tile.width) * size_of::<Hash>();
    if hashes.len() < length {
        return Err(TreeError::MissingTile(tile).into());
    }
    hashes.truncate(length);
    Ok(hashes)
}

async fn entries<S: EventStore>(store: &S, bundle: BundleId) -> Result<Vec<u8>, SequencerError> {
    let first = bundle.first_leaf().ok_or(TreeError::OutOfRange)?;
    let last = first + u64::from(bundle.width);
    let mut entries = Vec::with_capacity(usize::from(bundle.width));
    let mut after = first;
    while after < last {
        // A heavy page ends early.
        let limit = u32::try_from(last - after).unwrap_or(u32::from(bundle.width));
        let rows = store.read_leaves(after, limit).await?;
        for row in &rows {
            if row.position != after + 1 {
                return Err(SequencerError::Entry(after + 1));
            }
            after = row.position;
            let entry = public_entry(row.leaf())?.to_bytes();
            entries.push(entry.map_err(|_| SequencerError::Entry(row.position))?);
        }
        if rows.is_empty() {
            return Err(SequencerError::Entry(after + 1));
        }
    }
    write_bundle(&entries).map_err(|_| SequencerError::Entry(last))
}
