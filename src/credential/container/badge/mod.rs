//! Baked badges (徽章图片, Open Badges 3.0 section 5.3): a picture with the signed credential inside,
//! SVG or PNG. The picture signs nothing, and what it shows counts for nothing.

pub mod png;
pub mod svg;

/// The largest file that is read.
pub const FILE_BYTES_MAX: usize = 8 << 20;

/// Why nothing is read from a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBadge {
    /// The file is too large, or opens into too much.
    #[error("too large")]
    TooLarge,
    /// It is cut short or not what it says it is.
    #[error("damaged")]
    Damaged,
    /// Two credentials in one picture: nobody could say which is meant.
    #[error("two credentials")]
    Ambiguous,
}

#[cfg(test)]
mod tests;
