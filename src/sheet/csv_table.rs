//! Delimited text (csv) as spreadsheets write it: RFC 4180 with a comma, a semicolon or a tab,
//! and any line end. Blank lines count as rows, as a spreadsheet shows them, which is why this
//! is read here and not by a library that drops them.

use super::grid::{Cell, Grid, Row};
use super::header;
use super::{COLUMNS_MAX, ROWS_MAX, SheetError};

/// Stray cells past the last column that is read, at most.
const STRAY_MAX: usize = 10;

/// How many columns of a results sheet a grid names.
pub(super) fn of_results(grid: &Grid) -> usize {
    header::locate(grid).map_or(0, |h| h.columns.len())
}

/// The one grid of a text file: of the three delimiters, the one under which most columns are
/// `recognised`.
pub(super) fn read(
    text: &str,
    recognised: impl Fn(&Grid) -> usize,
) -> Result<Vec<Grid>, SheetError> {
    let mut best: Option<(usize, Grid)> = None;
    let mut failed = None;
    for delimiter in [',', ';', '\t'] {
        match parse(text, delimiter) {
            Ok(grid) => {
                let columns = recognised(&grid);
                if best.as_ref().is_none_or(|(most, _)| columns > *most) {
                    best = Some((columns, grid));
                }
            }
            Err(error) => failed = Some(error),
        }
    }
    match (best, failed) {
        // A header under one delimiter wins over a limit broken under another.
        (Some((columns, grid)), _) if columns > 0 => Ok(vec![grid]),
        (_, Some(error)) => Err(error),
        (Some((_, grid)), None) => Ok(vec![grid]),
        (None, None) => Err(SheetError::NoHeader),
    }
}

fn parse(text: &str, delimiter: char) -> Result<Grid, SheetError> {
    let mut grid = Grid {
        name: String::new(),
        rows: Vec::new(),
        cut_off_at: None,
    };
    let mut stray = 0;
    let mut number = 0_u32;
    let mut characters = text.chars().peekable();
    while characters.peek().is_some() {
        number += 1;
        let mut cells = Vec::new();
        loop {
            let (field, end) = field(&mut characters, delimiter);
            if cells.len() < COLUMNS_MAX {
                cells.push(Cell::text(field));
            } else if !field.trim().is_empty() {
                stray += 1;
                grid.cut_off_at.get_or_insert(number);
            }
            if end {
                break;
            }
        }
        if stray > STRAY_MAX {
            return Err(SheetError::TooManyColumns);
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            if grid.rows.len() == ROWS_MAX {
                return Err(SheetError::TooManyRows(ROWS_MAX));
            }
            grid.rows.push(Row { number, cells });
        }
    }
    Ok(grid)
}

/// One field and whether its record ends with it.
fn field(
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    delimiter: char,
) -> (String, bool) {
    let mut field = String::new();
    // A quote opens only at the very start; elsewhere it is a character like any other.
    let mut quoted = characters.next_if_eq(&'"').is_some();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted => {
                if characters.next_if_eq(&'"').is_some() {
                    field.push('"');
                } else {
                    quoted = false;
                }
            }
            _ if quoted => field.push(c),
            '\r' => {
                characters.next_if_eq(&'\n');
                return (field, true);
            }
            '\n' => return (field, true),
            _ if c == delimiter => return (field, false),
            _ => field.push(c),
        }
    }
    (field, true)
}
