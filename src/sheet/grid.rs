//! Cells as a spreadsheet keeps them, with the row numbers it shows.

use jiff::civil::Date;
use zeroize::Zeroizing;

/// One cell. Text may be personal data and is wiped when dropped; nothing here can be printed.
#[derive(Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing, or white space only.
    Empty,
    /// Text.
    Text(Zeroizing<String>),
    /// A number: spreadsheets keep fifteen digits of it.
    Number(f64),
    /// A number shown as a date.
    Date(Date),
    /// True or false.
    Bool(bool),
    /// An error value such as #REF!.
    Error,
    /// A formula that was never calculated, without its equals sign.
    Formula(String),
}

impl Cell {
    /// A text cell; white space alone is nothing.
    pub(super) fn text(text: String) -> Self {
        if text.trim().is_empty() {
            Self::Empty
        } else {
            Self::Text(Zeroizing::new(text))
        }
    }
    /// Whether there is nothing in it.
    pub(super) const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
    /// The text, of a text cell.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One row with something in it.
pub(super) struct Row {
    /// The number the spreadsheet shows, from 1.
    pub(super) number: u32,
    /// Its cells from column A; cells past the end are empty.
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column from 0.
    pub(super) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
    /// The cells that hold something, with their columns.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, c)| !c.is_empty())
    }
}

/// One sheet: its rows that hold something, in order.
pub(super) struct Grid {
    /// The name on its tab; empty for a csv file.
    pub(super) name: String,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// The row of a cell that was left out because it lies past the columns that are read.
    pub(super) cut_off_at: Option<u32>,
}
