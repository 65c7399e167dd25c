//! Names of tiles and entry bundles (C2SP tlog-tiles, "Merkle Tree", "Partial Tiles", "Log
//! entries"), and which of them a tree of a given size has.
//!
//! ```text
//! path   = "tile/" (level / "entries") "/" number [".p/" width]
//! level  = decimal, 0 to 63
//! number = *("x" 3DIGIT "/") 3DIGIT             ; 1234067 is x001/x234/067
//! width  = decimal, 1 to 255                    ; absent: 256, full and for ever
//! ```
//! One thing has one path: leading zeros, a leading group `x000`, a width of 0 or 256, and
//! anything before or behind are refused. A path says nothing about the log: ask
//! [`TileId::stands_in`] or [`BundleId::stands_in`] with its size.

use super::checkpoint::decimal;
use super::merkle::{TILE_WIDTH, TileId, tile_in};
use std::fmt;
use std::str::FromStr;

/// Levels of tiles that a tree whose size is a `u64` can have.
const LEVELS: u8 = 8;
/// Highest level that a path may name (C2SP tlog-tiles, "Merkle Tree").
const LEVEL_MAX: u64 = 63;

/// Not the path of a tile or of an entry bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a tile or an entry bundle")]
pub struct InvalidTilePath;

/// The name of one entry bundle and how many entries it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundleId {
    /// Its number, from 0: the first entry is the leaf `index * 256`.
    pub index: u64,
    /// Entries it holds, 1 to 256; fewer than 256 is the partial bundle at the right edge.
    pub width: u16,
}

impl BundleId {
    /// Path of C2SP tlog-tiles: `tile/entries/x001/067`, with `.p/5` if partial.
    pub fn path(self) -> String {
        path("entries", self.index, self.width)
    }
    /// The bundle with this number in a log of `size` entries; `None` where it has no entry yet.
    pub fn in_log(index: u64, size: u64) -> Option<Self> {
        tile_in(0, index, size).map(|TileId { index, width, .. }| Self { index, width })
    }
    /// Whether a log of `size` entries has as many entries in it: such a bundle can be served.
    pub fn stands_in(self, size: u64) -> bool {
        Self::in_log(self.index, size).is_some_and(|now| now.width >= self.width)
    }
    /// Index of its first leaf; `None` past every log.
    pub fn first_leaf(self) -> Option<u64> {
        self.index.checked_mul(u64::from(TILE_WIDTH))
    }
}

impl TileId {
    /// Path of C2SP tlog-tiles: `tile/0/x001/067`, `tile/0/x001/067.p/5` for a partial tile.
    pub fn path(self) -> String {
        path(&self.level.to_string(), self.index, self.width)
    }
    /// Whether a tree of `size` leaves has as many hashes in it: such a tile can be served.
    pub fn stands_in(self, size: u64) -> bool {
        tile_in(self.level, self.index, size).is_some_and(|now| now.width >= self.width)
    }
}

/// What a path below the log's prefix names, the checkpoint apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TilePath {
    /// `tile/<L>/<N>[.p/<W>]`: hashes of the tree.
    Hashes(TileId),
    /// `tile/entries/<N>[.p/<W>]`: the entries themselves.
    Entries(BundleId),
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Hashes(tile) => tile.path(),
            Self::Entries(bundle) => bundle.path(),
        })
    }
}

impl FromStr for TilePath {
    type Err = InvalidTilePath;
    fn from_str(text: &str) -> Result<Self, InvalidTilePath> {
        let rest = text.strip_prefix("tile/").ok_or(InvalidTilePath)?;
        let (kind, rest) = rest.split_once('/').ok_or(InvalidTilePath)?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, partial_width(width).ok_or(InvalidTilePath)?),
            None => (rest, TILE_WIDTH),
        };
        let index = index(number).ok_or(InvalidTilePath)?;
        if kind == "entries" {
            return Ok(Self::Entries(BundleId { index, width }));
        }
        let level = decimal(kind).filter(|level| *level <= LEVEL_MAX);
        let level = level.and_then(|level| u8::try_from(level).ok());
        Ok(Self::Hashes(TileId {
            level: level.ok_or(InvalidTilePath)?,
            index,
            width,
        }))
    }
}

/// Every tile of a tree of `size` leaves, level by level, from the left.
pub fn tiles_of(size: u64) -> impl Iterator<Item = TileId> {
    tiles_between(0, size)
}

/// The tiles of a tree of `size` leaves that the tree of `old` leaves did not have, or had
/// narrower: what an export has to write that wrote `old` before. Nothing if `old` is not smaller.
/// Partial tiles of the old size stay where they are; they may be deleted once the full one is
/// there (C2SP tlog-tiles, "Partial Tiles").
pub fn tiles_between(old: u64, size: u64) -> impl Iterator<Item = TileId> {
    (0..LEVELS).flat_map(move |level| {
        let shift = u32::from(level) * 8;
        numbers_between(old >> shift, size >> shift)
            .filter_map(move |index| tile_in(level, index, size))
    })
}

/// Every entry bundle of a log of `size` entries, from the left.
pub fn bundles_of(size: u64) -> impl Iterator<Item = BundleId> {
    bundles_between(0, size)
}

/// The bundles of a log of `size` entries that a log of `old` entries did not have, or had
/// shorter. Nothing if `old` is not smaller.
pub fn bundles_between(old: u64, size: u64) -> impl Iterator<Item = BundleId> {
    numbers_between(old, size).filter_map(move |index| BundleId::in_log(index, size))
}

/// Numbers of the tiles in which the hashes `old` to `new` − 1 of a level lie.
fn numbers_between(old: u64, new: u64) -> impl Iterator<Item = u64> {
    let width = u64::from(TILE_WIDTH);
    let end = if old < new { new.div_ceil(width) } else { 0 };
    old / width..end
}

fn path(kind: &str, index: u64, width: u16) -> String {
    let mut groups = vec![format!("{:03}", index % 1000)];
    let mut rest = index / 1000;
    while rest > 0 {
        groups.push(format!("x{:03}", rest % 1000));
        rest /= 1000;
    }
    groups.reverse();
    let partial = if width < TILE_WIDTH {
        format!(".p/{width}")
    } else {
        String::new()
    };
    format!("tile/{kind}/{}{partial}", groups.join("/"))
}

fn partial_width(text: &str) -> Option<u16> {
    let width = u16::try_from(decimal(text)?).ok()?;
    (1..TILE_WIDTH).contains(&width).then_some(width)
}

fn index(text: &str) -> Option<u64> {
    let (above, last) = match text.rsplit_once('/') {
        Some((above, last)) => (Some(above), last),
        None => (None, text),
    };
    let mut index: u64 = 0;
    for (place, group) in above.into_iter().flat_map(|it| it.split('/')).enumerate() {
        let group = three_digits(group.strip_prefix('x')?)?;
        if place == 0 && group == 0 {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(group)?;
    }
    index.checked_mul(1000)?.checked_add(three_digits(last)?)
}

fn three_digits(text: &str) -> Option<u64> {
    let plain = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
