//! What a cell says, once what typing and pasting leave behind is gone.

use super::CELL_CHARS_MAX;
use super::grid::Cell;
use crate::domain::width::half_width;
use zeroize::Zeroizing;

/// Why the text of a cell is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// A control, bidirectional or other invisible character.
    ControlCharacter,
    /// More than [`CELL_CHARS_MAX`] characters.
    TooLong,
    /// An error value such as #REF!.
    CellError,
    /// A formula that was never calculated.
    Formula,
}

impl Unreadable {
    /// The stable code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::ControlCharacter => "control-character",
            Self::TooLong => "too-long",
            Self::CellError => "cell-error",
            Self::Formula => "formula-unreadable",
        }
    }
}

/// Characters that change how a text is shown, or show nothing: all controls but tab and line
/// ends, the bidirectional ones, zero-width ones, byte order marks, tags, and the mark that
/// stands for lost bytes. Variation selectors, which names use, are not among them.
pub(super) fn is_forbidden(c: char) -> bool {
    if matches!(c, '\t' | '\n' | '\r' | '\u{0085}' | '\u{000B}' | '\u{000C}') {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{00AD}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF0}'..='\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}')
}

/// The text of a cell as it stands; numbers as they are written. Empty cells are empty text.
pub(super) fn text(cell: &Cell) -> Result<Zeroizing<String>, Unreadable> {
    Ok(Zeroizing::new(match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => {
            if text.chars().any(is_forbidden) {
                return Err(Unreadable::ControlCharacter);
            }
            if text.chars().nth(CELL_CHARS_MAX).is_some() {
                return Err(Unreadable::TooLong);
            }
            return Ok(text.clone());
        }
        // Whole numbers print without a fraction; nothing larger than they can hold is asked.
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
        Cell::Error => return Err(Unreadable::CellError),
        Cell::Formula(_) => return Err(Unreadable::Formula),
    }))
}

/// For words of a fixed list: half-width, without any white space.
pub(super) fn word(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// For free text: white space of any kind to one space, none at the ends.
pub(super) fn phrase(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the text says that there is nothing to say: a dash, a slash, 无.
pub(super) fn is_blank_mark(word: &str) -> bool {
    matches!(
        word,
        "" | "-" | "--" | "---" | "—" | "——" | "–" | "―" | "/" | "//" | "\\" | "无" | "空"
    )
}

/// A word without its bracketed parts: 职业(工种) is 职业.
pub(super) fn without_brackets(word: &str) -> String {
    let mut depth = 0_u32;
    word.chars()
        .filter(|&c| match c {
            '(' | '[' | '【' | '〔' | '<' | '《' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' | '〕' | '>' | '》' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}
