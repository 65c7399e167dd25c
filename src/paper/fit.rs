//! Text into a box: lines broken as Chinese and Latin are, and the largest size at which they fit.

use super::error::PaperError;
use super::font::{Fonts, Glyph, Weight};

/// One character, ready to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letter {
    pub character: char,
    pub glyph: Glyph,
}

/// Text broken into lines at one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub weight: Weight,
    /// In points.
    pub size: f32,
    pub lines: Vec<Vec<Letter>>,
}

/// From line to line, in parts of the size.
pub(super) const LEADING: f32 = 1.3;

/// How large a text may and must be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub largest: f32,
    pub smallest: f32,
}

impl Sizes {
    pub(super) const fn only(size: f32) -> Self {
        Self {
            largest: size,
            smallest: size,
        }
    }
    pub(super) const fn between(smallest: f32, largest: f32) -> Self {
        Self { largest, smallest }
    }
}

/// The width of letters, in parts of the size.
pub(super) fn width(letters: &[Letter]) -> f32 {
    letters.iter().map(|it| it.glyph.advance).sum()
}

/// The letters of a text of `field`.
pub(super) fn letters(
    fonts: &Fonts,
    weight: Weight,
    text: &str,
    field: &'static str,
) -> Result<Vec<Letter>, PaperError> {
    text.chars()
        .map(|character| {
            let glyph = fonts.glyph(weight, character, field)?;
            Ok(Letter { character, glyph })
        })
        .collect()
}

impl Block {
    /// The text at the largest of `sizes` at which it fits `wide` × `high` points.
    pub(super) fn fit(
        letters: &[Letter],
        weight: Weight,
        sizes: Sizes,
        (wide, high): (f32, f32),
        field: &'static str,
    ) -> Result<Self, PaperError> {
        let mut size = sizes.largest;
        loop {
            let lines = broken(letters, wide / size);
            let tall = (lines.len() as f32 - 1.0) * LEADING * size + size;
            if tall <= high + 0.01 {
                return Ok(Self {
                    weight,
                    size,
                    lines,
                });
            }
            if size <= sizes.smallest {
                return Err(PaperError::TooLong(field));
            }
            size = (size - 0.25).max(sizes.smallest);
        }
    }

    /// How tall it is, in points.
    pub(super) fn height(&self) -> f32 {
        (self.lines.len() as f32 - 1.0) * LEADING * self.size + self.size
    }
}

/// Written without spaces: Han, kana, and the punctuation that goes with them.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0xa4cf | 0xf900..=0xfaff | 0xfe30..=0xfe4f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1_f000..=0x3_ffff)
}

/// What may not begin a line (避头).
fn ends(c: char) -> bool {
    "，。、；：？！）》〉】」』”’…·,.;:?!)]}%/".contains(c)
}

/// What may not end a line (避尾).
fn begins(c: char) -> bool {
    "（《〈【「『“‘([{".contains(c)
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    if after == ' ' || ends(after) || begins(before) {
        return false;
    }
    before == ' ' || before == '-' || is_wide(before) || is_wide(after)
}

/// The lines of a text when `wide` times the size is there. A word that is longer than a line is
/// broken where the line ends.
fn broken(letters: &[Letter], wide: f32) -> Vec<Vec<Letter>> {
    let mut lines = Vec::new();
    let mut rest = letters;
    while !rest.is_empty() {
        let mut taken = 0.0;
        let fits = rest
            .iter()
            .take_while(|it| {
                taken += it.glyph.advance;
                taken <= wide + 0.001 || it.character == ' '
            })
            .count()
            .max(1);
        let end = if fits == rest.len() {
            fits
        } else {
            (1..=fits)
                .rev()
                .find(|n| may_break(rest[n - 1].character, rest[*n].character))
                .unwrap_or(fits)
        };
        let (line, more) = rest.split_at(end);
        lines.push(trimmed(line));
        rest = more;
    }
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    lines
}

fn trimmed(line: &[Letter]) -> Vec<Letter> {
    let end = line
        .iter()
        .rposition(|it| it.character != ' ')
        .map_or(0, |at| at + 1);
    line[..end].to_vec()
}
