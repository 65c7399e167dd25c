//! Lists of certificates to be checked (批量核验): numbers and names as an employer keeps them,
//! read row by row, and written back with what was found beside each row.
//!
//! A header row anywhere near the top names 证书编号 and 姓名, perhaps the end of the document
//! number, in any order and among any others. Everything else in the sheet is kept as it stands.

mod column;
mod row;
#[cfg(test)]
mod tests;
mod write;

pub use column::ListColumn;
pub use row::{DocumentStated, Stated};
pub use write::{Beside, Format, Unwritable, template};

use super::clean::word;
use super::grid::{Cell, Grid, Row};
use super::layout::is_footer;
use super::problem::RowProblem;
use super::{SheetError, container, csv_table, xlsx_table};
use crate::domain::person_name::is_name;
use row::Cells;
use std::collections::HashMap;
use zeroize::Zeroizing;

/// Rows of one list.
pub const LIST_ROWS_MAX: usize = 5_000;
/// Rows from the top among which the header is looked for.
const DEPTH_MAX: usize = 60;

/// One row of a list.
pub struct ListRow {
    /// The number the spreadsheet shows, or the place in a list that is none, from 1.
    pub row: u32,
    /// What it states, or what cannot be read of it.
    pub stated: Result<Stated, Vec<RowProblem>>,
    /// The first row with the same certificate number, if that is another one.
    pub same_number_as: Option<u32>,
}

impl ListRow {
    /// The row of fields that stand in no sheet, judged as a sheet's row is.
    pub fn of_fields(row: u32, number: &str, name: &str, document: Option<&str>) -> Self {
        let cell = |text: &str| Cell::text(text.to_owned());
        let (number, name) = (cell(number), cell(name));
        let document = document.map(cell);
        let document = document.as_ref().map(|cell| (ListColumn::Document, cell));
        Self {
            row,
            stated: row::judge(&Cells {
                row,
                number: &number,
                name: &name,
                document,
            }),
            same_number_as: None,
        }
    }
}

/// Marks every row whose number an earlier row has.
pub fn mark_same_numbers(rows: &mut [ListRow]) {
    let mut first = HashMap::with_capacity(rows.len());
    for row in rows {
        if let Ok(stated) = &row.stated {
            let earlier = *first.entry(stated.number.clone()).or_insert(row.row);
            row.same_number_as = (earlier != row.row).then_some(earlier);
        }
    }
}

/// A list as it was handed in. Holds personal data: it cannot be printed.
pub struct List {
    grid: Grid,
    /// The index of the header in the grid.
    header: usize,
    rows: Vec<ListRow>,
}

impl List {
    /// Its rows, in order.
    pub fn rows(&self) -> &[ListRow] {
        &self.rows
    }
}

/// Reads the bytes of an xlsx or csv file and finds the list in it.
///
/// The bytes are bounded as those of every sheet are; more than [`LIST_ROWS_MAX`] rows are refused.
pub fn read_list(bytes: &[u8]) -> Result<List, SheetError> {
    let grids = match container::detect(bytes)? {
        container::Container::Xlsx(parts) => xlsx_table::read(bytes, &parts)?,
        container::Container::Text(text) => csv_table::read(&text, columns_of)?,
    };
    let mut found = None;
    for grid in grids {
        let Some(header) = locate(&grid) else {
            continue;
        };
        if found.is_some() {
            return Err(SheetError::SeveralTables);
        }
        found = Some((grid, header));
    }
    let Some((grid, header)) = found else {
        let needed = [ListColumn::Number, ListColumn::Name];
        let names = needed.map(|column| column.name_zh().to_owned());
        return Err(SheetError::MissingNames(names.to_vec()));
    };
    let places = places(&grid, header)?;
    let mut rows: Vec<ListRow> = grid
        .rows
        .iter()
        .skip(header + 1)
        .filter(|row| is_stated(row, &places))
        .take(LIST_ROWS_MAX + 1)
        .map(|row| places.read(row))
        .collect();
    if rows.is_empty() {
        return Err(SheetError::NoRows);
    }
    if rows.len() > LIST_ROWS_MAX {
        return Err(SheetError::TooManyRows(LIST_ROWS_MAX));
    }
    mark_same_numbers(&mut rows);
    Ok(List { grid, header, rows })
}

/// Where the columns stand.
struct Places {
    number: usize,
    name: usize,
    document: Option<usize>,
    ending: Option<usize>,
}

impl Places {
    fn read(&self, row: &Row) -> ListRow {
        let documents = [
            (ListColumn::Document, self.document),
            (ListColumn::DocumentEnding, self.ending),
        ];
        let document = documents
            .into_iter()
            .filter_map(|(column, place)| Some((column, row.cell(place?))))
            .find(|(_, cell)| !cell.is_empty());
        ListRow {
            row: row.number,
            stated: row::judge(&Cells {
                row: row.number,
                number: row.cell(self.number),
                name: row.cell(self.name),
                document,
            }),
            same_number_as: None,
        }
    }
}

fn columns(row: &Row) -> impl Iterator<Item = (ListColumn, usize)> {
    row.filled()
        .filter_map(|(place, cell)| Some((ListColumn::of(cell.as_text()?)?, place)))
}

/// The first row near the top that names number and name.
fn locate(grid: &Grid) -> Option<usize> {
    let names_both = |row: &Row| {
        let has = |wanted| columns(row).any(|(column, _)| column == wanted);
        has(ListColumn::Number) && has(ListColumn::Name)
    };
    grid.rows.iter().take(DEPTH_MAX).position(names_both)
}

/// How many columns a grid names, to tell under which delimiter a text is a list.
fn columns_of(grid: &Grid) -> usize {
    locate(grid)
        .and_then(|header| grid.rows.get(header))
        .map_or(0, |row| columns(row).count())
}

fn places(grid: &Grid, header: usize) -> Result<Places, SheetError> {
    let mut places = [None; ListColumn::ALL.len()];
    for (column, place) in grid.rows.get(header).into_iter().flat_map(columns) {
        if places[column as usize].replace(place).is_some() {
            return Err(SheetError::NameTwice(column.name_zh().to_owned()));
        }
    }
    let at = |column: ListColumn| places[column as usize];
    match (at(ListColumn::Number), at(ListColumn::Name)) {
        (Some(number), Some(name)) => Ok(Places {
            number,
            name,
            document: at(ListColumn::Document),
            ending: at(ListColumn::DocumentEnding),
        }),
        _ => Err(SheetError::NoHeader),
    }
}

/// Whether a row speaks of a certificate: not a footer, not a note, not a line left blank, not the
/// header printed anew. A row with any trace of one is read, so that nobody is lost.
fn is_stated(row: &Row, places: &Places) -> bool {
    let said = |place: Option<usize>| match place.map(|place| row.cell(place)) {
        Some(Cell::Text(text)) => Zeroizing::new(word(text)),
        Some(Cell::Empty) | None => Zeroizing::default(),
        Some(_) => Zeroizing::new(String::from("0")),
    };
    let number = said(Some(places.number));
    let name = said(Some(places.name));
    let document = said(places.document.filter(|at| !row.cell(*at).is_empty()));
    let ending = said(places.ending);
    if ListColumn::of(&number) == Some(ListColumn::Number) {
        return false;
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 6 {
        return true;
    }
    let first = row.filled().find_map(|(_, cell)| {
        let text = word(cell.as_text()?);
        (!text.is_empty() && !text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
    });
    if first.is_some_and(|first| is_footer(&first)) || is_footer(&name) {
        return false;
    }
    if row.filled().count() == 1 {
        // A note in one cell of its own; a lone name or number is somebody's.
        return is_name(&name) && name.chars().count() <= 8 || digits > 0;
    }
    [number, name, document, ending]
        .iter()
        .any(|text| !text.is_empty())
}
