//! The tree: tiles and checkpoint roots recomputed from the events' leaves.

use super::{Derive, Derived, Findings};
use crate::store::{StoreError, StoredCheckpoint, Tile};
use crate::tlog::leaf::{Hash, node_hash};
use std::collections::{BTreeMap, VecDeque};

/// Hashes in a full tile (C2SP tlog-tiles, height 8).
const WIDTH: usize = 256;
/// Tile levels that a `u64` of leaves can need.
const LEVELS: usize = 8;
/// Consecutive events that may be missing before the rest of the tree is given up.
const MISSING_MAX: u64 = 10_000;

/// The walk along the leaves.
pub(super) struct Walk {
    /// Leaves the newest checkpoint covers: beyond it nothing is in the tiles yet.
    covered: u64,
    /// Leaves taken so far.
    size: u64,
    /// Per level: hashes of the tile being filled, and its index.
    filling: Vec<(Vec<Hash>, u64)>,
    /// Roots of the perfect subtrees of the leaves so far, largest first.
    peaks: Vec<Hash>,
    /// Tiles as stored, not yet compared.
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
    /// Checkpoints as stored, not yet compared, smallest first.
    checkpoints: VecDeque<StoredCheckpoint>,
    given_up: bool,
}

/// First and last index of the tiles over the leaves after `after` up to `to`, for each level.
pub(super) fn bounds(after: i64, to: i64) -> [(i64, i64); LEVELS] {
    let mut bounds = [(0, 0); LEVELS];
    for (level, bound) in bounds.iter_mut().enumerate() {
        let of = |leaf: i64| leaf.checked_shr(8 * (level as u32 + 1)).unwrap_or(0);
        *bound = (of(after), of((to - 1).max(after)));
    }
    bounds
}

impl Walk {
    pub(super) fn new(covered: i64) -> Self {
        Self {
            covered: u64::try_from(covered).unwrap_or(0),
            size: 0,
            filling: vec![(Vec::new(), 0); LEVELS],
            peaks: Vec::new(),
            tiles: BTreeMap::new(),
            checkpoints: VecDeque::new(),
            given_up: false,
        }
    }

    /// Takes in stored tiles and checkpoints, before the events they cover.
    pub(super) fn stored(
        &mut self,
        tiles: Vec<Result<Tile, StoreError>>,
        checkpoints: Vec<Result<StoredCheckpoint, StoreError>>,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        for tile in tiles {
            if let Some(tile) = found.readable(tile)? {
                self.tiles.insert((tile.level, tile.index), tile.hashes);
            }
        }
        for checkpoint in checkpoints {
            match checkpoint {
                Ok(checkpoint) => self.checkpoints.push_back(checkpoint),
                // The walk along the checkpoint chain says so.
                Err(StoreError::Corrupt { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Takes in the leaf of one more event. An event that could not be read is a problem already;
    /// its leaf is taken as the tile says, so that the rest of the tree is still compared.
    pub(super) fn event(
        &mut self,
        position: u64,
        derived: Option<&Derived>,
        derive: &impl Derive,
        found: &mut Findings,
    ) {
        if self.given_up {
            return;
        }
        if position.saturating_sub(self.size) > MISSING_MAX && self.size < self.covered {
            let detail = format!("it is not compared beyond leaf {}", self.size);
            found.add("log_tile", "all", detail);
            self.given_up = true;
            return;
        }
        while self.size + 1 < position && self.size < self.covered {
            let stand_in = self.stored_leaf();
            self.push(stand_in, derive, found);
        }
        if self.size < self.covered {
            let leaf = match derived {
                Some(derived) => derived.leaf,
                None => self.stored_leaf(),
            };
            self.push(leaf, derive, found);
        }
    }

    fn stored_leaf(&self) -> Hash {
        let width = WIDTH as u64;
        let tile = self.tiles.get(&(0, self.size / width));
        let at = usize::try_from(self.size % width).unwrap_or(0) * 32;
        let leaf = tile.and_then(|hashes| hashes.get(at..at + 32));
        leaf.and_then(|l| l.try_into().ok()).unwrap_or_default()
    }

    fn push(&mut self, leaf: Hash, derive: &impl Derive, found: &mut Findings) {
        self.size += 1;
        let mut subtree = leaf;
        // Each trailing zero of the size joins two subtrees of one height.
        for _ in 0..self.size.trailing_zeros() {
            if let Some(left) = self.peaks.pop() {
                subtree = node_hash(&left, &subtree);
            }
        }
        self.peaks.push(subtree);
        let mut hash = leaf;
        for level in 0..LEVELS {
            self.filling[level].0.push(hash);
            if self.filling[level].0.len() < WIDTH {
                break;
            }
            self.compare(level, found);
            // The tile is full, and so is the subtree over it.
            hash = root_of_full(std::mem::take(&mut self.filling[level].0));
            self.filling[level].1 += 1;
        }
        while let Some(checkpoint) = self.checkpoints.pop_front() {
            if checkpoint.tree_size > self.size {
                self.checkpoints.push_front(checkpoint);
                break;
            }
            let row = format!("tree_size {}", checkpoint.tree_size);
            match derive.of_checkpoint(&checkpoint) {
                Err(detail) => found.add("checkpoint", row, detail),
                Ok((size, root)) if size != self.size || root != self.root() => {
                    let detail = "its root is not that of the events it covers";
                    found.add("checkpoint", row, detail);
                }
                Ok(_) => {}
            }
        }
    }

    fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let last = peaks.next().copied().unwrap_or_default();
        peaks.fold(last, |right, left| node_hash(left, &right))
    }

    /// The stored tile must hold the hashes of the tile being filled.
    fn compare(&mut self, level: usize, found: &mut Findings) {
        let (hashes, index) = &self.filling[level];
        let row = format!("level {level} index {index}");
        let place = (u8::try_from(level).unwrap_or(u8::MAX), *index);
        match self.tiles.remove(&place) {
            None => found.add("log_tile", row, "the tile is missing"),
            Some(stored) if stored != hashes.as_flattened() => {
                found.add("log_tile", row, "its hashes are not those of the events");
            }
            Some(_) => {}
        }
    }

    /// The events are at their end. Answers how many tiles each level must have.
    pub(super) fn finish(&mut self, found: &mut Findings) -> [i64; LEVELS] {
        let mut tiles = [i64::MAX; LEVELS];
        if self.given_up {
            return tiles;
        }
        if self.size < self.covered {
            let detail = format!("it covers {} events, there are {}", self.covered, self.size);
            found.add("checkpoint", format!("tree_size {}", self.covered), detail);
        }
        for (level, tiles) in tiles.iter_mut().enumerate() {
            if !self.filling[level].0.is_empty() {
                self.compare(level, found);
            }
            let (hashes, index) = &self.filling[level];
            let many = index + u64::from(!hashes.is_empty());
            *tiles = i64::try_from(many).unwrap_or(i64::MAX);
        }
        tiles
    }
}

fn root_of_full(mut hashes: Vec<Hash>) -> Hash {
    while hashes.len() > 1 {
        hashes = hashes
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => node_hash(left, right),
                _ => pair.first().copied().unwrap_or_default(),
            })
            .collect();
    }
    hashes.first().copied().unwrap_or_default()
}
