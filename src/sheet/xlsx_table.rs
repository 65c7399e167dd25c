//! Office Open XML workbooks, cell by cell from the stream: no dense range is ever laid out, so
//! a cell at XFD1048576 costs what any other costs. The container has been checked before.

use super::grid::{Cell, Grid, Row};
use super::metered::{Metered, Part};
use super::{COLUMNS_MAX, INFLATED_READ_MAX, ROWS_MAX, SheetError};
use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Stray cells past the last column that is read, at most.
const STRAY_MAX: usize = 10;
/// Sheets of one workbook that are looked at.
const SHEETS_MAX: usize = 20;
/// Cells of one workbook, empty ones and those between included: several sheets may all name
/// one part of the container, so that its inflated size bounds nothing.
const CELLS_MAX: usize = 1_500_000;
/// Rows one vertical merge is carried down, all merges of a sheet together.
const MERGED_ROWS_MAX: usize = 200_000;

/// The visible worksheets of a workbook.
pub(super) fn read(bytes: &[u8], parts: &[Part]) -> Result<Vec<Grid>, SheetError> {
    let damaged = |_| SheetError::Damaged;
    let mut workbook =
        Xlsx::new(Metered::new(bytes, parts, INFLATED_READ_MAX)).map_err(|error| match error {
            calamine::XlsxError::Password => SheetError::PasswordProtected,
            _ => SheetError::Damaged,
        })?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .take(SHEETS_MAX)
        .collect();
    let mut grids = Vec::with_capacity(names.len());
    let mut budget = CELLS_MAX;
    for name in names {
        let mut rows = BTreeMap::new();
        let mut cut_off_at = None;
        cells(
            &mut workbook.worksheet_cells_reader(&name).map_err(damaged)?,
            &mut rows,
            &mut cut_off_at,
            &mut budget,
        )?;
        let merges = workbook.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        carry_down(&merges, &mut rows);
        grids.push(Grid {
            name,
            rows: rows
                .into_iter()
                .map(|(row, cells)| Row {
                    number: row.saturating_add(1),
                    cells,
                })
                .collect(),
            cut_off_at,
        });
    }
    Ok(grids)
}

fn cells(
    reader: &mut calamine::XlsxCellReader<'_, Metered<'_>>,
    rows: &mut BTreeMap<u32, Vec<Cell>>,
    cut_off_at: &mut Option<u32>,
    budget: &mut usize,
) -> Result<(), SheetError> {
    let mut stray = 0;
    while let Some(record) = reader
        .next_cell_with_formula_metadata()
        .map_err(|_| SheetError::Damaged)?
    {
        *budget = budget.checked_sub(1).ok_or(SheetError::Inflates)?;
        let cell = cell(record.value, record.formula);
        if cell.is_empty() {
            continue;
        }
        let (row, column) = record.pos;
        let column = column as usize;
        if column >= COLUMNS_MAX {
            stray += 1;
            cut_off_at.get_or_insert(row.saturating_add(1));
            if stray > STRAY_MAX {
                return Err(SheetError::TooManyColumns);
            }
            continue;
        }
        if rows.len() == ROWS_MAX && !rows.contains_key(&row) {
            return Err(SheetError::TooManyRows(ROWS_MAX));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            let between = column - cells.len();
            *budget = budget.checked_sub(between).ok_or(SheetError::Inflates)?;
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
    }
    Ok(())
}

fn cell(value: DataRef<'_>, formula: Option<XlsxFormulaMetadata>) -> Cell {
    match value {
        DataRef::Empty => match formula {
            Some(XlsxFormulaMetadata::Normal { formula }) => Cell::Formula(formula),
            Some(XlsxFormulaMetadata::Shared { formula, .. }) => Cell::Formula(formula),
            // A formula that stands elsewhere: there is nothing here to work out.
            Some(_) => Cell::Formula(String::new()),
            None => Cell::Empty,
        },
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text.to_owned()),
        DataRef::Bool(value) => Cell::Bool(value),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match date(year, month, day) {
                Some(date) if !moment.is_duration() => Cell::Date(date),
                _ => Cell::Number(moment.as_f64()),
            }
        }
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Cell::Date(date),
            None => Cell::text(text),
        },
        DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(_) => Cell::Error,
    }
}

fn date(year: u16, month: u8, day: u8) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

/// A cell merged over several rows holds for each of them: an occupation written once beside
/// ten people. Only rows that hold something of their own are touched.
fn carry_down(merges: &[Dimensions], rows: &mut BTreeMap<u32, Vec<Cell>>) {
    let mut left = MERGED_ROWS_MAX;
    for merge in merges {
        let column = merge.start.1 as usize;
        if merge.start.0 >= merge.end.0 || column >= COLUMNS_MAX {
            continue;
        }
        let Some(anchor) = rows
            .get(&merge.start.0)
            .and_then(|cells| cells.get(column))
            .filter(|cell| !cell.is_empty())
            .cloned()
        else {
            continue;
        };
        for (_, cells) in rows.range_mut(merge.start.0 + 1..=merge.end.0) {
            if left == 0 {
                return;
            }
            left -= 1;
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            if cells[column].is_empty() {
                cells[column] = anchor.clone();
            }
        }
    }
}
