//! Brings the tree up to the last event and signs a checkpoint over it.

use super::{SequencerError, public_entry};
use crate::domain::time::Instant;
use crate::keys::{Ed25519Key, Purpose, SignError, Signer as _};
use crate::store::{CheckpointOutcome, EventStore, StoredCheckpoint, Tile};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::leaf::Hash;
use crate::tlog::log_keys::LogKeys;
use crate::tlog::merkle::{self, TileId, Tiles};
use crate::tlog::note::NoteKey;

/// Events read at a time.
const PAGE: u32 = 2_000;

/// The log's keys, and what signs with them.
pub struct Log<'a> {
    /// Every key, as of the position up to which the log is brought, or a later one.
    pub keys: &'a LogKeys,
    /// One for each key in use: it signs checkpoints, and nothing else.
    pub signers: &'a [Ed25519Key],
}

impl Log<'_> {
    fn sign(&self, key: &NoteKey, bytes: &[u8]) -> Result<[u8; 64], SignError> {
        let mut signers = self.signers.iter();
        let signer = signers.find(|it| it.public_key().as_bytes() == key.public_key());
        let signer = signer.ok_or(SignError::Unavailable)?;
        Ok(signer.sign(Purpose::Log, bytes)?.0)
    }
}

/// Adds every event up to `head` that the last checkpoint does not cover, signs a new checkpoint and
/// stores it with the tiles. Answers the newest checkpoint, also when there was nothing to do. `head`
/// is the ledger's last position, looked up before the keys were: so no key signs beyond its life.
pub async fn advance<S: EventStore>(
    store: &S,
    log: &Log<'_>,
    head: u64,
    now: Instant,
) -> Result<StoredCheckpoint, SequencerError> {
    let last = store.log_state().await?;
    if let Some(stored) = last.as_ref().filter(|it| it.tree_size > head) {
        // Signed since the look, with keys that may be newer too; or this is an older copy.
        let events = store.head().await?.position;
        return Err(match stored.tree_size > events {
            true => SequencerError::RolledBack {
                signed: stored.tree_size,
                events,
            },
            false => SequencerError::Conflict(stored.tree_size),
        });
    }
    let signed = match &last {
        Some(stored) => open(stored, log.keys)?,
        None => Checkpoint {
            origin: log.keys.origin().to_owned(),
            size: 0,
            root: crate::tlog::leaf::empty_root(),
            extensions: Vec::new(),
        },
    };
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
        let rows = store.read_leaves(size, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        let mut leaves: Vec<Hash> = Vec::with_capacity(rows.len());
        for row in rows.iter().filter(|row| row.position <= head) {
            // A leaf has its place by its position: where a row is missing, nothing is signed.
            let due = size + leaves.len() as u64 + 1;
            if row.position != due {
                return Err(SequencerError::Entry(due));
            }
            let entry = public_entry(row.leaf())?;
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
        origin: log.keys.origin().to_owned(),
        size,
        root: merkle::root(&tiles, size)?,
        extensions: Vec::new(),
    };
    let note = log
        .keys
        .sign(&checkpoint, |key, bytes| log.sign(key, bytes))
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
    if open(&stored, log.keys)? != checkpoint {
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
pub(super) fn open(
    stored: &StoredCheckpoint,
    keys: &LogKeys,
) -> Result<Checkpoint, SequencerError> {
    let refuse = |detail: String| SequencerError::Checkpoint {
        size: stored.tree_size,
        detail,
    };
    let checkpoint = keys
        .open(stored.note.as_bytes(), &crate::keys::verify_strict)
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
