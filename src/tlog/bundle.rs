//! Entry bundles (C2SP tlog-tiles, "Log entries"): the entries of the log, 256 to a file.
//!
//! ```text
//! bundle = 1*256(length entry)
//! length = 2 bytes, big-endian            ; of the entry, 0 to 65,535
//! ```
//! The leaf hash is that of the entry alone, without its length. The number of entries stands in
//! the bundle's path and not in the bundle: the reader is told, and refuses any other number and
//! any byte behind the last entry.

use super::leaf::{Hash, leaf_hash};
use super::merkle::TILE_WIDTH;

/// Most bytes of an entry that a length can state.
pub const BUNDLED_ENTRY_BYTES_MAX: usize = u16::MAX as usize;
/// Most bytes of a bundle.
pub const BUNDLE_BYTES_MAX: usize = TILE_WIDTH as usize * (2 + BUNDLED_ENTRY_BYTES_MAX);

/// What a bundle does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBundle {
    /// No entries, more than 256, or not as many as its path says.
    #[error("the entry bundle does not hold the right number of entries")]
    Count,
    /// An entry is longer than 65,535 bytes.
    #[error("an entry is too long for a bundle")]
    EntryTooLong,
    /// It ends within an entry.
    #[error("the entry bundle is cut short")]
    CutShort,
    /// Bytes follow the last entry.
    #[error("bytes follow the last entry of the bundle")]
    Trailing,
}

/// The bundle of these entries, 1 to 256 of them.
pub fn write_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, InvalidBundle> {
    if entries.is_empty() || entries.len() > usize::from(TILE_WIDTH) {
        return Err(InvalidBundle::Count);
    }
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| InvalidBundle::EntryTooLong)?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle that must hold `width` of them.
pub fn read_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, InvalidBundle> {
    if width == 0 || width > TILE_WIDTH {
        return Err(InvalidBundle::Count);
    }
    let mut rest = bytes;
    let mut entries = Vec::with_capacity(usize::from(width));
    while let Some((length, behind)) = rest.split_first_chunk::<2>() {
        if entries.len() == usize::from(width) {
            return Err(InvalidBundle::Trailing);
        }
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, behind) = behind
            .split_at_checked(length)
            .ok_or(InvalidBundle::CutShort)?;
        entries.push(entry);
        rest = behind;
    }
    match (rest.is_empty(), entries.len() == usize::from(width)) {
        (true, true) => Ok(entries),
        (true, false) => Err(InvalidBundle::Count),
        (false, true) => Err(InvalidBundle::Trailing),
        (false, false) => Err(InvalidBundle::CutShort),
    }
}

/// The leaf hashes of a bundle of `width` entries: the hashes of the level-0 tile with the same
/// number and width.
pub fn bundle_leaves(bytes: &[u8], width: u16) -> Result<Vec<Hash>, InvalidBundle> {
    let entries = read_bundle(bytes, width)?;
    Ok(entries.into_iter().map(leaf_hash).collect())
}
