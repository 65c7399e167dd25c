//! Where the header is: one row or two, anywhere near the top, its columns in any order.

use super::clean::word;
use super::column::{Column, is_score_word};
use super::grid::{Cell, Grid, Row};

/// Rows from the top among which the header is looked for.
const DEPTH_MAX: usize = 60;
/// Columns that must be recognised before a row counts as a header.
const COLUMNS_MIN: usize = 3;

/// A header that was found.
pub(super) struct Header {
    /// The index of its first row in the grid.
    pub(super) first: usize,
    /// The index of the first row under it.
    pub(super) end: usize,
    /// The columns that are read, with where they stand; one that stands twice is here twice.
    pub(super) columns: Vec<(Column, usize)>,
    /// The texts of its rows by column, folded, to know it again where it is printed anew.
    texts: Vec<Vec<String>>,
}

impl Header {
    /// Where a column stands.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns
            .iter()
            .find(|(c, _)| *c == column)
            .map(|(_, place)| *place)
    }
    /// Whether the column stands anywhere.
    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }
    /// Whether a row is this header, or its second half, printed again.
    pub(super) fn is_reprinted_in(&self, row: &Row) -> bool {
        let mut same = 0;
        for (place, cell) in row.filled() {
            let Some(text) = cell.as_text() else {
                return false;
            };
            let text = word(text);
            if !self.texts.iter().any(|t| t.get(place) == Some(&text)) {
                return false;
            }
            same += 1;
        }
        same >= 2
    }
}

/// The header of a grid: of the rows near its top, and the pairs of rows, the one in which most
/// columns are recognised.
pub(super) fn locate(grid: &Grid) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (index, row) in grid.rows.iter().enumerate().take(DEPTH_MAX) {
        let next = grid
            .rows
            .get(index + 1)
            .filter(|next| next.number == row.number + 1 && may_be_lower_half(row, next))
            // A title above a header is no upper half of it.
            .filter(|_| {
                row.filled()
                    .any(|(place, _)| Column::of(text(row, place)).is_some())
            });
        for lower in [None, next] {
            let columns = columns(row, lower);
            let candidate = distinct(&columns) >= COLUMNS_MIN
                && columns
                    .iter()
                    .any(|(c, _)| matches!(c, Column::Name | Column::DocumentNumber));
            // 得分 under 理论考试 names no further column, and is a header all the same.
            let heads = lower.is_some_and(|lower| heads_scores(row, lower));
            let better = best.as_ref().is_none_or(|best| {
                let (most, here) = (distinct(&best.columns), distinct(&columns));
                here > most || (heads && here == most && best.first == index)
            });
            if candidate && better {
                best = Some(Header {
                    first: index,
                    end: index + 1 + usize::from(lower.is_some()),
                    columns,
                    texts: [Some(row), lower]
                        .into_iter()
                        .flatten()
                        .map(texts)
                        .collect(),
                });
            }
        }
    }
    best
}

fn distinct(columns: &[(Column, usize)]) -> usize {
    let mut seen: Vec<Column> = columns.iter().map(|(column, _)| *column).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

fn texts(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .map(|cell| cell.as_text().map(word).unwrap_or_default())
        .collect()
}

/// The lower half of a header holds names of columns only, and never under a person's name.
fn may_be_lower_half(upper: &Row, lower: &Row) -> bool {
    lower.filled().all(|(place, cell)| {
        let Some(text) = cell.as_text() else {
            return false;
        };
        let above = upper.cell(place).as_text().map(word).unwrap_or_default();
        let text = word(text);
        let repeats = text == above;
        let names_a_person = matches!(
            Column::of(&above),
            Some(Column::Name | Column::DocumentNumber)
        );
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        repeats || (!names_a_person && digits < 6)
    })
}

fn heads_scores(upper: &Row, lower: &Row) -> bool {
    lower.filled().any(|(place, cell)| {
        let named = |text: &str| is_score_word(text) || Column::of(text).is_some();
        cell.as_text()
            .is_some_and(|below| named(below) && word(below) != word(text(upper, place)))
    })
}

fn columns(upper: &Row, lower: Option<&Row>) -> Vec<(Column, usize)> {
    let width = upper
        .cells
        .len()
        .max(lower.map_or(0, |lower| lower.cells.len()));
    let mut columns = Vec::new();
    // A heading over several columns stands in the first of them.
    let mut over = "";
    for place in 0..width {
        let top = text(upper, place);
        let bottom = lower.map_or("", |lower| text(lower, place));
        if !top.is_empty() {
            over = top;
        }
        let column = match (top, bottom) {
            ("", "") => None,
            (top, "") => Column::of(top),
            (top, bottom) if word(top) == word(bottom) => Column::of(top),
            (_, bottom) => under(over, bottom),
        };
        columns.extend(column.map(|column| (column, place)));
    }
    columns
}

fn text(row: &Row, place: usize) -> &str {
    match row.cell(place) {
        Cell::Text(text) => text,
        _ => "",
    }
}

/// The column of a lower heading under an upper one: 成绩 over 理论知识, 理论考试 over 得分.
fn under(over: &str, bottom: &str) -> Option<Column> {
    let above = Column::of(over);
    if let Some(joined) = Column::of(&format!("{over}{bottom}")).filter(|c| Some(*c) == above) {
        return Some(joined);
    }
    match Column::of(bottom) {
        // 理论考试 over 是否合格 is the result of one component, not of the assessment.
        Some(Column::Result) if above.is_some_and(Column::is_score) => None,
        Some(column) => Some(column),
        None if is_score_word(bottom) => above.filter(|column| column.is_score()),
        None => None,
    }
}
