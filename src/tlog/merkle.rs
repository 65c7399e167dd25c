//! The Merkle tree of RFC 6962 section 2.1, kept as C2SP tiles of height 8.
//!
//! A tile (level L, index N) holds up to 256 hashes: those of the complete subtrees of 2^(8·L)
//! leaves with the numbers N·256 and on. A tile of level 0 holds leaf hashes. Rows between
//! (1, 2, 4 … leaves) are not stored anywhere: they follow from the tile.
//!
//! Roots and proofs read a few tiles, never the tree. A caller whose tiles are far away asks
//! first which ones are needed ([`root_needs`], [`inclusion_needs`], [`consistency_needs`],
//! [`append_needs`]), fills a [`Tiles`] with them and then calls the function itself.

use super::leaf::{Hash, empty_root, node_hash};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Hashes in a full tile.
pub const TILE_WIDTH: u16 = 256;
/// Rows of the tree in one tile.
const TILE_HEIGHT: u8 = 8;
/// Most leaves of a tree: the top rows of a taller one would not fit a `u64` shift.
pub const TREE_SIZE_MAX: u64 = 1 << 62;

/// The name of one tile and how many hashes it must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Tile level: 0 holds leaf hashes, 1 the roots of full level-0 tiles, and so on.
    pub level: u8,
    /// Number of the tile within its level, from 0.
    pub index: u64,
    /// Hashes it holds, 1 to 256; fewer than 256 is a partial tile at the right edge.
    pub width: u16,
}

/// Why the tree could not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A tile that the answer needs was not given, or holds too few hashes.
    #[error("tile {0:?} is missing")]
    MissingTile(TileId),
    /// An index at or beyond the size, a size above [`TREE_SIZE_MAX`], or an old size above the new.
    #[error("no such leaf or tree size")]
    OutOfRange,
    /// A tile with no hashes, more than 256, or of an impossible level.
    #[error("tile of level {level}, index {index} is malformed")]
    BadTile {
        /// Its level.
        level: u8,
        /// Its index.
        index: u64,
    },
}

/// One tile with the rows that follow from it: `rows[k][i]` covers `2^k` of its hashes.
#[derive(Clone, Debug, Default)]
struct Tile {
    rows: [Vec<Hash>; TILE_HEIGHT as usize + 1],
}

impl Tile {
    fn push(&mut self, hash: Hash) {
        self.rows[0].push(hash);
        for k in 0..TILE_HEIGHT as usize {
            let len = self.rows[k].len();
            if !len.is_multiple_of(2) {
                break;
            }
            let parent = node_hash(&self.rows[k][len - 2], &self.rows[k][len - 1]);
            self.rows[k + 1].push(parent);
        }
    }
    fn width(&self) -> u16 {
        // At most 256 by construction.
        u16::try_from(self.rows[0].len()).unwrap_or(TILE_WIDTH)
    }
}

/// Where complete subtrees come from: `level` rows above the leaves, `index` from the left.
trait Nodes {
    fn node(&self, level: u8, index: u64, size: u64) -> Result<Hash, TreeError>;
}

/// Some tiles of a tree, in memory.
#[derive(Clone, Debug, Default)]
pub struct Tiles {
    tiles: BTreeMap<(u8, u64), Tile>,
}

impl Tiles {
    /// No tiles.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a stored tile, full or partial. Replaces what was there.
    pub fn insert(&mut self, level: u8, index: u64, hashes: &[Hash]) -> Result<(), TreeError> {
        if hashes.is_empty() || hashes.len() > TILE_WIDTH as usize || level > 7 {
            return Err(TreeError::BadTile { level, index });
        }
        let mut tile = Tile::default();
        for hash in hashes {
            tile.push(*hash);
        }
        self.tiles.insert((level, index), tile);
        Ok(())
    }

    /// The hashes of a tile, as they are stored.
    pub fn hashes(&self, level: u8, index: u64) -> Option<&[Hash]> {
        self.tiles
            .get(&(level, index))
            .map(|t| t.rows[0].as_slice())
    }

    /// Drops every full tile of which no later append needs anything, to stay small while
    /// a long log is rebuilt.
    pub fn keep_right_edge(&mut self, size: u64) {
        let edge: BTreeSet<(u8, u64)> = append_needs(size)
            .into_iter()
            .chain(root_needs(size))
            .map(|id| (id.level, id.index))
            .collect();
        self.tiles.retain(|id, _| edge.contains(id));
    }
}

impl Nodes for Tiles {
    fn node(&self, level: u8, index: u64, size: u64) -> Result<Hash, TreeError> {
        let (id, row, place) = tile_of(level, index, size)?;
        self.tiles
            .get(&(id.level, id.index))
            .filter(|t| t.width() >= id.width)
            .and_then(|t| t.rows[row].get(place).copied())
            .ok_or(TreeError::MissingTile(id))
    }
}

/// Notes which tiles are asked for and answers with zeros.
#[derive(Default)]
struct Needs(RefCell<BTreeSet<TileId>>);

impl Nodes for Needs {
    fn node(&self, level: u8, index: u64, size: u64) -> Result<Hash, TreeError> {
        let (id, _, _) = tile_of(level, index, size)?;
        self.0.borrow_mut().insert(id);
        Ok([0; 32])
    }
}

/// The tile that holds a node in a tree of `size` leaves, the row in it and the place in the row.
/// The width is the one that this size gives the tile: what a log of that size has published.
fn tile_of(level: u8, index: u64, size: u64) -> Result<(TileId, usize, usize), TreeError> {
    let (tile_level, row) = (level / TILE_HEIGHT, level % TILE_HEIGHT);
    let per_tile = u64::from(TILE_WIDTH) >> row;
    let tile_index = index / per_tile;
    let id = tile_in(tile_level, tile_index, size).ok_or(TreeError::OutOfRange)?;
    let place = usize::try_from(index % per_tile).map_err(|_| TreeError::OutOfRange)?;
    Ok((id, usize::from(row), place))
}

/// Tile (level, index) as it stands in a tree of `size` leaves; `None` where it has no hash yet.
pub fn tile_in(level: u8, index: u64, size: u64) -> Option<TileId> {
    let shift = u32::from(level) * u32::from(TILE_HEIGHT);
    let in_level = size.checked_shr(shift).unwrap_or(0);
    let first = index.checked_mul(u64::from(TILE_WIDTH))?;
    let left = in_level.checked_sub(first).filter(|n| *n > 0)?;
    Some(TileId {
        level,
        index,
        width: u16::try_from(left.min(u64::from(TILE_WIDTH))).ok()?,
    })
}

/// Root of the `count` leaves that start at `first`; `first` is a multiple of the largest power
/// of two not above `count`, as in every recursion of RFC 6962.
fn subtree(nodes: &impl Nodes, first: u64, count: u64, size: u64) -> Result<Hash, TreeError> {
    if count == 0 {
        return Ok(empty_root());
    }
    if count.is_power_of_two() {
        let level = count.trailing_zeros();
        let level = u8::try_from(level).map_err(|_| TreeError::OutOfRange)?;
        return nodes.node(level, first >> level, size);
    }
    let left = split(count);
    let l = subtree(nodes, first, left, size)?;
    let r = subtree(nodes, first + left, count - left, size)?;
    Ok(node_hash(&l, &r))
}

/// The largest power of two below `count`, for `count` > 1.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

fn inclusion(nodes: &impl Nodes, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
    if index >= size || size > TREE_SIZE_MAX {
        return Err(TreeError::OutOfRange);
    }
    let (mut first, mut count) = (0, size);
    let mut path = Vec::new();
    while count > 1 {
        let left = split(count);
        if index - first < left {
            path.push(subtree(nodes, first + left, count - left, size)?);
            count = left;
        } else {
            path.push(subtree(nodes, first, left, size)?);
            first += left;
            count -= left;
        }
    }
    path.reverse();
    Ok(path)
}

fn consistency(nodes: &impl Nodes, old: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
    if old > size || size > TREE_SIZE_MAX {
        return Err(TreeError::OutOfRange);
    }
    if old == 0 || old == size {
        return Ok(Vec::new());
    }
    // RFC 6962 section 2.1.2, SUBPROOF(m, D[n], b) as a loop.
    let (mut first, mut count, mut old_here, mut whole) = (0, size, old, true);
    let mut path = Vec::new();
    while old_here != count {
        let left = split(count);
        if old_here <= left {
            path.push(subtree(nodes, first + left, count - left, size)?);
            count = left;
        } else {
            path.push(subtree(nodes, first, left, size)?);
            first += left;
            count -= left;
            old_here -= left;
            whole = false;
        }
    }
    if !whole {
        path.push(subtree(nodes, first, count, size)?);
    }
    path.reverse();
    Ok(path)
}

/// Root of the tree of the first `size` leaves.
pub fn root(tiles: &Tiles, size: u64) -> Result<Hash, TreeError> {
    if size > TREE_SIZE_MAX {
        return Err(TreeError::OutOfRange);
    }
    subtree(tiles, 0, size, size)
}

/// Inclusion proof (RFC 6962 section 2.1.1) of leaf `index` in the tree of `size` leaves,
/// from the leaf's sibling up.
pub fn inclusion_proof(tiles: &Tiles, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
    inclusion(tiles, index, size)
}

/// Consistency proof (RFC 6962 section 2.1.2) from `old` leaves to `size`; empty when the old
/// tree is empty or the same.
pub fn consistency_proof(tiles: &Tiles, old: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
    consistency(tiles, old, size)
}

fn needs(of: impl FnOnce(&Needs)) -> Vec<TileId> {
    let needs = Needs::default();
    of(&needs);
    needs.0.into_inner().into_iter().collect()
}

/// The tiles that [`root`] reads.
pub fn root_needs(size: u64) -> Vec<TileId> {
    needs(|n| drop(subtree(n, 0, size.min(TREE_SIZE_MAX), size)))
}

/// The tiles that [`inclusion_proof`] reads.
pub fn inclusion_needs(index: u64, size: u64) -> Vec<TileId> {
    needs(|n| drop(inclusion(n, index, size)))
}

/// The tiles that [`consistency_proof`] reads.
pub fn consistency_needs(old: u64, size: u64) -> Vec<TileId> {
    needs(|n| drop(consistency(n, old, size)))
}

/// The partial tiles at the right edge of a tree of `size` leaves, which [`append`] fills up.
pub fn append_needs(size: u64) -> Vec<TileId> {
    (0..TILE_HEIGHT)
        .filter_map(|level| {
            let in_level = size >> (u32::from(level) * u32::from(TILE_HEIGHT));
            let width = u16::try_from(in_level % u64::from(TILE_WIDTH)).ok()?;
            (width > 0).then_some(TileId {
                level,
                index: in_level / u64::from(TILE_WIDTH),
                width,
            })
        })
        .collect()
}

/// Adds leaf hashes to a tree of `size` leaves whose right edge ([`append_needs`]) is in `tiles`.
/// Returns the tiles that are new or wider than before, in order; their hashes are in `tiles`.
pub fn append(tiles: &mut Tiles, size: u64, leaves: &[Hash]) -> Result<Vec<TileId>, TreeError> {
    let grown = size
        .checked_add(leaves.len() as u64)
        .filter(|n| *n <= TREE_SIZE_MAX)
        .ok_or(TreeError::OutOfRange)?;
    for id in append_needs(size) {
        let held = tiles.tiles.get(&(id.level, id.index)).map(Tile::width);
        if held != Some(id.width) {
            return Err(TreeError::MissingTile(id));
        }
    }
    let mut touched = BTreeSet::new();
    for (number, leaf) in (size..).zip(leaves) {
        let (mut hash, mut number, mut level) = (*leaf, number, 0);
        loop {
            let index = number / u64::from(TILE_WIDTH);
            let tile = tiles.tiles.entry((level, index)).or_default();
            tile.push(hash);
            touched.insert((level, index));
            // A full tile hands its root to the level above.
            let Some(top) = tile.rows[TILE_HEIGHT as usize].first() else {
                break;
            };
            hash = *top;
            number = index;
            level += 1;
        }
    }
    Ok(touched
        .into_iter()
        .filter_map(|(level, index)| tile_in(level, index, grown))
        .collect())
}

/// A proof that does not show what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not lead to the root")]
pub struct InvalidProof;

/// Checks an inclusion proof (RFC 9162 section 2.1.3.2).
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), InvalidProof> {
    if index >= size {
        return Err(InvalidProof);
    }
    let (mut f, mut s, mut hash) = (index, size - 1, *leaf);
    for p in proof {
        if s == 0 {
            return Err(InvalidProof);
        }
        if f & 1 == 1 || f == s {
            hash = node_hash(p, &hash);
            while f & 1 == 0 && f != 0 {
                f >>= 1;
                s >>= 1;
            }
        } else {
            hash = node_hash(&hash, p);
        }
        f >>= 1;
        s >>= 1;
    }
    if s == 0 && hash == *root {
        Ok(())
    } else {
        Err(InvalidProof)
    }
}

/// Checks a consistency proof (RFC 9162 section 2.1.4.2). An empty old tree is consistent with
/// everything, and equal sizes need equal roots; both with an empty proof.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), InvalidProof> {
    let holds = |yes: bool| if yes { Ok(()) } else { Err(InvalidProof) };
    if old_size > size {
        return Err(InvalidProof);
    }
    if old_size == 0 {
        return holds(proof.is_empty() && *old_root == empty_root());
    }
    if old_size == size {
        return holds(proof.is_empty() && old_root == root);
    }
    let mut path = proof.iter();
    let first = if old_size.is_power_of_two() {
        old_root
    } else {
        path.next().ok_or(InvalidProof)?
    };
    let (mut f, mut s) = (old_size - 1, size - 1);
    while f & 1 == 1 {
        f >>= 1;
        s >>= 1;
    }
    let (mut old_hash, mut hash) = (*first, *first);
    for c in path {
        if s == 0 {
            return Err(InvalidProof);
        }
        if f & 1 == 1 || f == s {
            old_hash = node_hash(c, &old_hash);
            hash = node_hash(c, &hash);
            while f & 1 == 0 && f != 0 {
                f >>= 1;
                s >>= 1;
            }
        } else {
            hash = node_hash(&hash, c);
        }
        f >>= 1;
        s >>= 1;
    }
    holds(s == 0 && old_hash == *old_root && hash == *root)
}
