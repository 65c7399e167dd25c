//! The tree: tiles and checkpoint roots recomputed from the events' leaves.

use super::super::failure::read as engine;
use super::super::log;
use super::{Page, readable};
use crate::store::audit::{Derive, Findings};
use crate::store::{StoreError, StoredCheckpoint};
use crate::tlog::leaf::{Hash, node_hash};
use sqlx::SqliteConnection;

/// Hashes in a full tile (C2SP tlog-tiles, height 8).
const WIDTH: usize = 256;
/// Tile levels that a `u64` of leaves can need.
const LEVELS: usize = 8;

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
    /// The next checkpoint to compare.
    next: Option<StoredCheckpoint>,
}

impl Walk {
    pub(super) async fn new(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let covered: i64 = sqlx::query_scalar("SELECT coalesce(max(tree_size), 0) FROM checkpoint")
            .fetch_one(&mut *connection)
            .await
            .map_err(|e| engine(&e))?;
        let mut walk = Self {
            covered: u64::try_from(covered).unwrap_or(0),
            size: 0,
            filling: vec![(Vec::new(), 0); LEVELS],
            peaks: Vec::new(),
            next: None,
        };
        walk.advance(connection, 0).await?;
        Ok(walk)
    }

    async fn advance(
        &mut self,
        connection: &mut SqliteConnection,
        after: u64,
    ) -> Result<(), StoreError> {
        // A checkpoint that cannot be read is reported by the walk along the checkpoint chain.
        let mut ignored = Findings::default();
        let next = readable(log::after(connection, after).await, &mut ignored)?;
        self.next = next.flatten();
        Ok(())
    }

    pub(super) async fn check(
        &mut self,
        connection: &mut SqliteConnection,
        page: &Page,
        derive: &impl Derive,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        for (row, derived) in &page.events {
            // A row that could not be read is a problem already; its leaf is taken as the tile
            // says, so that the rest of the tree is still compared.
            while self.size + 1 < row.position && self.size < self.covered {
                let stand_in = self.stored_leaf(connection).await?;
                self.push(connection, stand_in, derive, found).await?;
            }
            if self.size >= self.covered {
                break;
            }
            let leaf = match derived {
                Some(derived) => derived.leaf,
                None => self.stored_leaf(connection).await?,
            };
            self.push(connection, leaf, derive, found).await?;
        }
        Ok(())
    }

    async fn stored_leaf(&self, connection: &mut SqliteConnection) -> Result<Hash, StoreError> {
        let width = WIDTH as u64;
        let hashes = log::hashes(connection, 0, self.size / width).await?;
        let at = usize::try_from(self.size % width).unwrap_or(0) * 32;
        let leaf = hashes.as_deref().and_then(|h| h.get(at..at + 32));
        Ok(leaf.and_then(|l| l.try_into().ok()).unwrap_or_default())
    }

    async fn push(
        &mut self,
        connection: &mut SqliteConnection,
        leaf: Hash,
        derive: &impl Derive,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
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
            self.compare(connection, level, found).await?;
            hash = root_of_full(std::mem::take(&mut self.filling[level].0));
            self.filling[level].1 += 1;
        }
        while let Some(checkpoint) = self.next.take_if(|c| c.tree_size == self.size) {
            let row = format!("tree_size {}", checkpoint.tree_size);
            match derive.of_checkpoint(&checkpoint) {
                Err(detail) => found.add("checkpoint", row, detail),
                Ok((size, root)) if size != self.size || root != self.root() => {
                    found.add(
                        "checkpoint",
                        row,
                        "its root is not that of the events it covers",
                    );
                }
                Ok(_) => {}
            }
            self.advance(connection, self.size).await?;
        }
        Ok(())
    }

    fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let last = peaks.next().copied().unwrap_or_default();
        peaks.fold(last, |right, left| node_hash(left, &right))
    }

    /// The stored tile must hold the hashes of the tile being filled.
    async fn compare(
        &self,
        connection: &mut SqliteConnection,
        level: usize,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        let (hashes, index) = &self.filling[level];
        let row = format!("level {level} index {index}");
        match log::hashes(connection, level, *index).await? {
            None => found.add("log_tile", row, "the tile is missing"),
            Some(stored) if stored != hashes.concat() => {
                found.add("log_tile", row, "its hashes are not those of the events");
            }
            Some(_) => {}
        }
        Ok(())
    }

    pub(super) async fn finish(
        &mut self,
        connection: &mut SqliteConnection,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        let events = self.size;
        if self.size < self.covered {
            let detail = format!("it covers {} events, there are {events}", self.covered);
            found.add("checkpoint", format!("tree_size {}", self.covered), detail);
        }
        for level in 0..LEVELS {
            if !self.filling[level].0.is_empty() {
                self.compare(connection, level, found).await?;
            }
            let (hashes, index) = &self.filling[level];
            let tiles = index + u64::from(!hashes.is_empty());
            for stray in log::places_from(connection, level, tiles).await? {
                let row = format!("level {level} index {stray}");
                found.add("log_tile", row, "the tree has no such tile");
            }
        }
        Ok(())
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
