//! Brings the tree up to the last event and signs a checkpoint over it.

use super::{SequencerError, public_entry};
use crate::domain::time::Instant;
use crate::keys::{Purpose, Signer};
use crate::store::{CheckpointOutcome, EventStore, StoredCheckpoint, Tile};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::leaf::Hash;
use crate::tlog::merkle::{self, TileId, Tiles};
use crate::tlog::note::NoteKey;

/// Events read at a time.
const PAGE: u32 = 2_000;

/// The log's name and key.
pub struct Log<'a> {
    /// Origin and public key.
    pub key: NoteKey,
    /// The key that signs checkpoints, and nothing else.
    pub signer: &'a dyn Signer,
}

/// Adds every event that the last checkpoint does not cover, signs a new checkpoint and stores
/// it with the tiles. Answers the newest checkpoint, also when there was nothing to do.
pub async fn advance<S: EventStore>(
    store: &S,
    log: &Log<'_>,
    now: Instant,
) -> Result<StoredCheckpoint, SequencerError> {
    let head = store.head().await?.position;
    let last = store.log_state().await?;
    let signed = match &last {
        Some(stored) => open(stored, &log.key)?,
        None => Checkpoint {
            origin: log.key.name().to_owned(),
            size: 0,
            root: crate::tlog::leaf::empty_root(),
            extensions: Vec::new(),
        },
    };
    if signed.size > head {
        return Err(SequencerError::RolledBack {
            signed: signed.size,
            events: head,
        });
    }
    if let Some(stored) = last.filter(|_| signed.size == head) {
        return Ok(stored);
    }

    let mut tiles = Tiles::new();
    let mut needed = merkle::append_needs(signed.size);
    needed.extend(merkle::root_needs(signed.size));
    load(store, &needed, &mut tiles).await?;
    if merkle::root(&tiles, signed.size)? != signed.root {
        return Err(SequencerError::Checkpoint {
            size: signed.size,
            detail: "the stored tiles lead to another root".into(),
        });
    }

    let mut changed = std::collections::BTreeMap::new();
    let mut size = signed.size;
    while size < head {
        let rows = store.read_all(size, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        let mut leaves: Vec<Hash> = Vec::with_capacity(rows.len());
        for row in rows.iter().filter(|row| row.position <= head) {
            let entry = public_entry(row)?;
            let leaf = entry
                .leaf_hash()
                .map_err(|_| SequencerError::Entry(row.position))?;
            leaves.push(leaf);
        }
        for tile in merkle::append(&mut tiles, size, &leaves)? {
            if let Some(hashes) = tiles.hashes(tile.level, tile.index) {
                changed.insert((tile.level, tile.index), hashes.concat());
            }
        }
        size += leaves.len() as u64;
        tiles.keep_right_edge(size);
    }

    let checkpoint = Checkpoint {
        origin: log.key.name().to_owned(),
        size,
        root: merkle::root(&tiles, size)?,
        extensions: Vec::new(),
    };
    let note = checkpoint
        .sign(&log.key, |bytes| {
            log.signer
                .sign(Purpose::Log, bytes)
                .map(|signature| signature.0)
        })
        .map_err(|error| SequencerError::Checkpoint {
            size,
            detail: error.to_string(),
        })??;
    let stored = StoredCheckpoint {
        tree_size: size,
        note: note.to_string(),
        signed_at: now,
    };
    // The signature is checked as a stranger would check it, before it is kept or shown.
    if open(&stored, &log.key)? != checkpoint {
        return Err(SequencerError::Checkpoint {
            size,
            detail: "reads back otherwise".into(),
        });
    }
    let tiles = changed
        .into_iter()
        .map(|((level, index), hashes)| Tile {
            level,
            index,
            hashes,
        })
        .collect();
    match store
        .commit_checkpoint(signed.size, tiles, stored.clone())
        .await?
    {
        CheckpointOutcome::Committed => Ok(stored),
        CheckpointOutcome::Conflict { actual_size } => Err(SequencerError::Conflict(actual_size)),
    }
}

/// A stored checkpoint, its signature checked.
pub(super) fn open(stored: &StoredCheckpoint, key: &NoteKey) -> Result<Checkpoint, SequencerError> {
    let refuse = |detail: String| SequencerError::Checkpoint {
        size: stored.tree_size,
        detail,
    };
    let checkpoint = Checkpoint::open(stored.note.as_bytes(), key, &crate::keys::verify_strict)
        .map_err(|error| refuse(error.to_string()))?;
    if checkpoint.size != stored.tree_size {
        return Err(refuse("the note states another size".into()));
    }
    Ok(checkpoint)
}

/// Fills `tiles` with the stored ones that are needed.
pub(super) async fn load<S: EventStore>(
    store: &S,
    needed: &[TileId],
    tiles: &mut Tiles,
) -> Result<(), SequencerError> {
    let mut places: Vec<(u8, u64)> = needed.iter().map(|id| (id.level, id.index)).collect();
    places.sort_unstable();
    places.dedup();
    for tile in store.tiles(&places).await? {
        let hashes: Vec<Hash> = tile
            .hashes
            .chunks_exact(32)
            .filter_map(|chunk| chunk.try_into().ok())
            .collect();
        tiles.insert(tile.level, tile.index, &hashes)?;
    }
    Ok(())
}
