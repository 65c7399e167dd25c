//! A list given back: the sheet as it was handed in, row for row, with columns beside it.
//!
//! No cell can be taken for a formula: in a workbook every text is a string marked as quoted; in
//! delimited text what begins like a formula has an apostrophe before it.

use super::{List, ListColumn};
use crate::sheet::clean::word;
use crate::sheet::grid::{Cell, Row};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, Workbook, Worksheet};
use std::collections::HashMap;

/// Characters of a text that a workbook can hold (Excel's limit, less one for the ellipsis).
const TEXT_CHARS_MAX: usize = 32_766;

/// What an empty list says of when it was made: 1 January 2026, the same at every time.
const TEMPLATE_MADE_AT: i64 = 1_767_225_600;

/// The form in which a list is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML workbook.
    Xlsx,
    /// RFC 4180, UTF-8 with its mark, so that spreadsheets know the encoding.
    Csv,
}

/// The columns that are put beside a list.
pub struct Beside {
    /// Their names.
    pub headings: Vec<String>,
    /// The same in other languages: columns of an earlier answer, which are written over.
    pub other_headings: Vec<Vec<String>>,
    /// What stands in them, by the row the spreadsheet shows; as many as there are names.
    pub cells: HashMap<u32, Vec<String>>,
    /// When the answer was made, in seconds since 1970 (UTC).
    pub made_at: i64,
}

/// The list could not be written as a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct Unwritable;

impl List {
    /// The sheet with columns beside it. Rows keep the numbers they had.
    pub fn write(&self, format: Format, beside: &Beside) -> Result<Vec<u8>, Unwritable> {
        let from = self.first_column_beside(beside);
        match format {
            Format::Xlsx => self.workbook(beside, from).map_err(|_| Unwritable),
            Format::Csv => Ok(self.delimited(beside, from)),
        }
    }

    fn header_number(&self) -> u32 {
        self.grid.rows.get(self.header).map_or(1, |row| row.number)
    }

    /// The first column after all that hold anything from the header on; of a list that was
    /// answered before, the first of the answer.
    fn first_column_beside(&self, beside: &Beside) -> usize {
        let table = || self.grid.rows.iter().skip(self.header);
        let end = table()
            .filter_map(|row| row.filled().last())
            .map(|(place, _)| place + 1)
            .max()
            .unwrap_or(0);
        let header = table().next();
        let said = |place: usize| header.and_then(|row| row.cell(place).as_text()).map(word);
        let answered = |headings: &[String]| {
            let from = end.checked_sub(headings.len())?;
            let same = headings
                .iter()
                .enumerate()
                .all(|(n, heading)| said(from + n) == Some(word(heading)));
            same.then_some(from)
        };
        let known = beside.other_headings.iter().chain([&beside.headings]);
        known
            .filter_map(|headings| answered(headings))
            .next()
            .unwrap_or(end)
    }

    /// What stands beside a row: names beside the header, an answer beside a row that has one.
    fn beside<'a>(&self, row: u32, beside: &'a Beside) -> Option<&'a [String]> {
        if row == self.header_number() {
            return Some(&beside.headings);
        }
        beside.cells.get(&row).map(Vec::as_slice)
    }

    fn workbook(
        &self,
        beside: &Beside,
        from: usize,
    ) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        let mut book = Workbook::new();
        let made_at = ExcelDateTime::from_timestamp(beside.made_at)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
        let text = Look::new().set_quote_prefix();
        let heading = Look::new().set_quote_prefix().set_bold();
        let sheet = book.add_worksheet();
        // A name that a workbook cannot have is left to the program's own.
        let _ = sheet.set_name(&self.grid.name);
        let header = self.header_number();
        for row in &self.grid.rows {
            let look = if row.number == header {
                &heading
            } else {
                &text
            };
            let answered = self.beside(row.number, beside);
            for (place, cell) in row.filled() {
                if answered.is_none() || place < from {
                    put(sheet, row.number, place, cell, look)?;
                }
            }
            for (n, said) in answered.unwrap_or_default().iter().enumerate() {
                let place = column(from + n);
                sheet.write_string_with_format(row.number - 1, place, shortened(said), look)?;
            }
        }
        for n in 0..beside.headings.len() {
            // 原因 is read, the others are looked at.
            let width = if n == 1 { 60 } else { 18 };
            sheet.set_column_width(column(from + n), width)?;
        }
        sheet.set_freeze_panes(header, 0)?;
        book.save_to_buffer()
    }

    fn delimited(&self, beside: &Beside, from: usize) -> Vec<u8> {
        let mut text = String::from("\u{FEFF}");
        let mut next = 1;
        for row in &self.grid.rows {
            // Rows with nothing in them are rows all the same.
            while next < row.number {
                text.push_str("\r\n");
                next += 1;
            }
            next = row.number + 1;
            match self.beside(row.number, beside) {
                Some(answer) => {
                    let own = (0..from).map(|place| field(row.cell(place)));
                    let said = answer.iter().map(|said| quoted(&guarded(said)));
                    line(&mut text, own.chain(said));
                }
                None => line(&mut text, own_fields(row)),
            }
        }
        text.into_bytes()
    }
}

/// An empty list: the columns that are read, their cells kept as text, so that no number loses
/// its zeros or its last digits.
pub fn template(english: bool) -> Result<Vec<u8>, Unwritable> {
    let write = || {
        let mut book = Workbook::new();
        let made_at = ExcelDateTime::from_timestamp(TEMPLATE_MADE_AT)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
        let sheet = book.add_worksheet();
        let columns = [
            (ListColumn::Number, 28),
            (ListColumn::Name, 18),
            (ListColumn::DocumentEnding, 30),
        ];
        for (place, (named, width)) in columns.into_iter().enumerate() {
            let name = match english {
                true => named.name_en(),
                false => named.name_zh(),
            };
            let place = column(place);
            sheet.set_column_format(place, &Look::new().set_num_format("@"))?;
            sheet.set_column_width(place, width)?;
            sheet.write_string_with_format(0, place, name, &Look::new().set_bold())?;
        }
        sheet.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    };
    write().map_err(|_: rust_xlsxwriter::XlsxError| Unwritable)
}

fn own_fields(row: &Row) -> impl Iterator<Item = String> {
    let end = row.filled().last().map_or(0, |(place, _)| place + 1);
    row.cells.iter().take(end).map(field)
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (n, field) in fields.enumerate() {
        if n > 0 {
            text.push(',');
        }
        text.push_str(&field);
    }
    text.push_str("\r\n");
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    place: usize,
    cell: &Cell,
    look: &Look,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let (row, place) = (row - 1, column(place));
    match cell {
        Cell::Empty => {}
        Cell::Number(number) => _ = sheet.write_number(row, place, *number)?,
        Cell::Bool(value) => _ = sheet.write_boolean(row, place, *value)?,
        other => {
            let text = shown(other);
            sheet.write_string_with_format(row, place, shortened(&text), look)?;
        }
    }
    Ok(())
}

/// Places come from the columns that are read: far below the limit.
fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// A cell as text; a formula nobody calculated stands as it was written.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Cell::Error => String::from("#N/A"),
        Cell::Formula(formula) => format!("={formula}"),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(_) | Cell::Formula(_) => quoted(&guarded(&shown(cell))),
        other => shown(other),
    }
}

/// An apostrophe before what a spreadsheet would take for a formula, full-width signs too. A plain
/// number is none.
fn guarded(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A field of RFC 4180.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n', ';', '\t']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
