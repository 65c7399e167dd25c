//! Sheets of requests: a header that names members, and a row for each request. Which members
//! there are, the caller says.

use super::clean::{is_blank_mark, text, word};
use super::grid::{Grid, Row};
use super::{SheetError, container, csv_table, xlsx_table};
use zeroize::Zeroizing;

/// Rows from the top among which the header is looked for.
const DEPTH_MAX: usize = 60;

/// A column that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// What it may be called: the Chinese name first, as messages say it.
    pub names: Vec<&'a str>,
    /// Whether no row can be read without it.
    pub required: bool,
}

/// What a cell says.
#[derive(Clone, PartialEq, Eq)]
pub enum Said {
    /// This; may be personal data.
    Text(Zeroizing<String>),
    /// Something that is not read: an error value, a control character, too much.
    Unreadable(&'static str),
}

/// One row under the header.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// The number the spreadsheet shows.
    pub row: u32,
    /// What it says, by the place of the column among those wanted; empty cells are left out.
    pub cells: Vec<(usize, Said)>,
}

/// The rows of the one sheet in which the wanted columns stand, in order.
///
/// The bytes are bounded as those of every sheet are. A header row names every required column,
/// in any order, among others that are not wanted.
pub fn read_rows(bytes: &[u8], wanted: &[Wanted<'_>]) -> Result<Vec<RequestRow>, SheetError> {
    let grids = match container::detect(bytes)? {
        container::Container::Xlsx(parts) => xlsx_table::read(bytes, &parts)?,
        container::Container::Text(text) => csv_table::read(&text, csv_table::of_results)?,
    };
    let mut found: Option<(&Grid, Header)> = None;
    for grid in &grids {
        if let Some(header) = locate(grid, wanted)? {
            if found.is_some() {
                return Err(SheetError::SeveralTables);
            }
            found = Some((grid, header));
        }
    }
    let Some((grid, (header, places))) = found else {
        let missing = wanted.iter().filter(|it| it.required);
        let names = missing.filter_map(|it| it.names.first());
        return Err(SheetError::MissingNames(
            names.map(|name| (*name).to_owned()).collect(),
        ));
    };
    let rows: Vec<RequestRow> = grid
        .rows
        .iter()
        .skip(header + 1)
        .map(|row| read(row, &places))
        .filter(|row| !row.cells.is_empty())
        .collect();
    if rows.is_empty() {
        return Err(SheetError::NoRows);
    }
    Ok(rows)
}

/// The header's place in the grid, and each wanted column with the column it stands in.
type Header = (usize, Vec<(usize, usize)>);

fn locate(grid: &Grid, wanted: &[Wanted<'_>]) -> Result<Option<Header>, SheetError> {
    for (index, row) in grid.rows.iter().enumerate().take(DEPTH_MAX) {
        let mut places = Vec::new();
        for (place, cell) in row.filled() {
            let Some(said) = cell.as_text() else { continue };
            let said = word(said).to_lowercase();
            let is = |it: &Wanted<'_>| {
                it.names
                    .iter()
                    .any(|name| word(name).to_lowercase() == said)
            };
            if let Some(column) = wanted.iter().position(is) {
                if places.iter().any(|(known, _)| *known == column) {
                    let name = wanted[column].names.first().copied().unwrap_or_default();
                    return Err(SheetError::NameTwice(name.to_owned()));
                }
                places.push((column, place));
            }
        }
        let has = |column: usize| places.iter().any(|(known, _)| *known == column);
        let complete = wanted
            .iter()
            .enumerate()
            .all(|(column, it)| !it.required || has(column));
        if complete && !places.is_empty() {
            return Ok(Some((index, places)));
        }
    }
    Ok(None)
}

fn read(row: &Row, places: &[(usize, usize)]) -> RequestRow {
    let cells = places.iter().filter_map(|(column, place)| {
        let said = match text(row.cell(*place)) {
            Ok(said) if is_blank_mark(&word(&said)) => return None,
            Ok(said) => Said::Text(said),
            Err(unreadable) => Said::Unreadable(unreadable.code()),
        };
        Some((*column, said))
    });
    RequestRow {
        row: row.number,
        cells: cells.collect(),
    }
}

/// A date as people write it: `2026-03-01`, `2026/3/1`, `2026年3月1日`, `20260301`.
pub fn date(text: &str) -> Option<jiff::civil::Date> {
    let text = word(text);
    let plain = |c: char| c.is_ascii_digit() || "-/.年月日".contains(c);
    if text.chars().all(plain) {
        super::meta::date(&text)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Vec<Wanted<'static>> {
        let column = |zh, en, required| Wanted {
            names: vec![zh, en],
            required,
        };
        vec![
            column("竞赛名称", "name", true),
            column("级别", "tier", true),
            column("备注", "note", false),
        ]
    }

    fn texts(csv: &str) -> Vec<(u32, Vec<(usize, String)>)> {
        let rows = read_rows(csv.as_bytes(), &wanted()).unwrap();
        rows.into_iter()
            .map(|row| {
                let said = row.cells.into_iter().map(|(column, said)| match said {
                    Said::Text(text) => (column, text.to_string()),
                    Said::Unreadable(code) => (column, code.to_owned()),
                });
                (row.row, said.collect())
            })
            .collect()
    }

    #[test]
    fn columns_stand_in_any_order_under_a_title_and_by_either_name() {
        let csv = "2026年竞赛一览\n级别,无关,竞赛名称\n省级,x,焊工大赛\n\n市级,,车工大赛\n";
        let is =
            |n: u32, name: &str, tier: &str| (n, vec![(1, tier.to_owned()), (0, name.to_owned())]);
        assert_eq!(
            texts(csv),
            [is(3, "焊工大赛", "省级"), is(5, "车工大赛", "市级")]
        );
        let csv = "Name,Tier,Note\na,b,/\n";
        assert_eq!(
            texts(csv),
            [(2, vec![(0, "a".to_owned()), (1, "b".to_owned())])]
        );
    }

    #[test]
    fn what_is_missing_or_stands_twice_is_named() {
        let read = |csv: &str| read_rows(csv.as_bytes(), &wanted()).err();
        let missing = SheetError::MissingNames(vec!["竞赛名称".into(), "级别".into()]);
        assert_eq!(read("竞赛名称,其他\na,b\n"), Some(missing));
        let twice = SheetError::NameTwice("级别".into());
        assert_eq!(read("竞赛名称,级别,级别\na,b,c\n"), Some(twice));
        assert_eq!(read("竞赛名称,级别\n"), Some(SheetError::NoRows));
    }
}
