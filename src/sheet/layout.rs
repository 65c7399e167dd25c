//! The table of a sheet: which sheet of the workbook, its header, its rows of people, and what
//! is no row of a person.

use super::clean::word;
use super::column::Column;
use super::grid::{Cell, Grid, Row};
use super::header::{self, Header};
use super::meta::{self, SheetMeta};
use super::{SheetError, clean};

/// A results table, found and ready to be judged. Holds personal data: it cannot be printed.
pub struct Table {
    pub(super) header: Header,
    /// The row the header stands in.
    pub(super) header_row: u32,
    /// The rows of candidates, in order.
    pub(super) rows: Vec<Row>,
    pub(super) meta: SheetMeta,
    /// The row of a cell past the columns that are read.
    pub(super) cut_off_at: Option<u32>,
}

impl Table {
    /// How many rows of candidates there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there is none; [`super::read_table`] never answers such a table.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// What the sheet says above its header.
    pub const fn meta(&self) -> &SheetMeta {
        &self.meta
    }
}

/// The columns without which no row can be judged, whatever else is known. A level and an
/// occupation are required too, but may be stated above the header or by the session.
const ALWAYS_REQUIRED: [Column; 4] = [
    Column::Name,
    Column::DocumentNumber,
    Column::Theory,
    Column::Skill,
];

/// Picks the sheet that holds results. Sheets without a header are instructions; sheets whose
/// name says that they are an example are left alone where another one holds results.
pub(super) fn find(grids: Vec<Grid>) -> Result<Table, SheetError> {
    let (examples, sheets): (Vec<Grid>, Vec<Grid>) =
        grids.into_iter().partition(|grid| is_example(&grid.name));
    match among(sheets) {
        Err(SheetError::NoHeader) => among(examples),
        found => found,
    }
}

fn among(grids: Vec<Grid>) -> Result<Table, SheetError> {
    let mut found: Option<Table> = None;
    let mut failed: Option<SheetError> = None;
    for grid in grids {
        let Some(header) = header::locate(&grid) else {
            continue;
        };
        match table(grid, header) {
            Ok(table) if found.is_none() => found = Some(table),
            Ok(_) => return Err(SheetError::SeveralTables),
            // The fault of the first sheet with a header is the one to tell.
            Err(error) => _ = failed.get_or_insert(error),
        }
    }
    found.ok_or(failed.unwrap_or(SheetError::NoHeader))
}

fn is_example(name: &str) -> bool {
    let name = word(name);
    [
        "说明",
        "示例",
        "样例",
        "样表",
        "模板",
        "范例",
        "填报",
        "字典",
        "代码表",
    ]
    .iter()
    .any(|w| name.contains(w))
}

fn table(grid: Grid, header: Header) -> Result<Table, SheetError> {
    let mut above = grid.rows;
    let mut rows = above.split_off(header.first);
    let header_row = rows.first().map_or(0, |row| row.number);
    let mut rows = rows.split_off(header.end - header.first);
    let meta = meta::read(&above);

    if let Some((column, _)) = header.columns.iter().enumerate().find_map(|(i, entry)| {
        let earlier = header.columns.get(..i)?;
        (entry.0.must_be_one() && earlier.iter().any(|(c, _)| c == &entry.0)).then_some(entry)
    }) {
        return Err(SheetError::ColumnTwice(*column));
    }
    let missing: Vec<Column> = ALWAYS_REQUIRED
        .into_iter()
        .filter(|column| !header.has(*column))
        .collect();
    if !missing.is_empty() {
        return Err(SheetError::MissingColumns(missing));
    }

    let mut printed_above: Vec<String> = above.iter().map(row_text).collect();
    printed_above.retain(|text| !text.is_empty());
    rows.retain(|row| {
        !header.is_reprinted_in(row)
            && !printed_above.contains(&row_text(row))
            && is_candidate(row, &header)
    });
    if rows.is_empty() {
        return Err(SheetError::NoRows);
    }
    Ok(Table {
        header,
        header_row,
        rows,
        meta,
        cut_off_at: grid.cut_off_at,
    })
}

fn row_text(row: &Row) -> String {
    let mut text = String::new();
    for (_, cell) in row.filled() {
        if let Some(part) = cell.as_text() {
            text.push_str(&word(part));
            text.push('|');
        }
    }
    text
}

/// Words that open a row under, or between, the rows of people.
const FOOTERS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "本页",
    "制表",
    "填表",
    "复核",
    "审核",
    "审批",
    "校对",
    "经办",
    "负责人",
    "单位负责人",
    "主管",
    "录入",
    "统计",
    "打印",
    "盖章",
    "签字",
    "签名",
    "签章",
    "以下空白",
    "以下无正文",
    "合格人数",
    "不合格人数",
    "参考人数",
    "考生人数",
    "通过人数",
    "合格率",
    "通过率",
    "平均分",
    "最高分",
    "最低分",
    "注:",
    "备注:",
    "说明:",
    "日期:",
    "填报",
    "评价机构",
    "认定机构",
    "认定批次",
    "认定日期",
    "考评员",
    "考评人员",
    "考评组长",
    "监考",
    "主考",
    "督导员",
    "质量督导",
    "单位(盖章)",
    "单位盖章",
    "机构盖章",
    "制单",
    "联系人",
    "报送",
];

/// Whether a row is one of a candidate: not a footer, not a note, not a numbered line left
/// blank. A row in which a person has left any trace is a candidate, so that a missing name or
/// number is told and nobody is lost.
fn is_candidate(row: &Row, header: &Header) -> bool {
    let number = filled_word(row, header, Column::DocumentNumber);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    // A date beside 填表人 has digits too, but not fifteen.
    if digits >= 15 {
        return true;
    }
    let own = |column: Column| {
        header
            .place(column)
            .is_some_and(|p| !row.cell(p).is_empty())
    };
    let name = filled_word(row, header, Column::Name);
    let named = crate::domain::person_name::is_name(&name) && !is_footer(&name);
    if named && (own(Column::Theory) || own(Column::Skill) || own(Column::Result)) {
        return true;
    }
    let first = row.filled().find_map(|(_, cell)| {
        let text = word(cell.as_text()?);
        let text =
            text.trim_matches(|c: char| matches!(c, '-' | '—' | '_' | '=' | '*' | '.' | '…'));
        (!text.is_empty() && !text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
    });
    if first.is_some_and(|first| is_footer(&first)) {
        return false;
    }
    if digits >= 6 {
        return true;
    }
    let of_a_person = [
        Column::Name,
        Column::DocumentNumber,
        Column::Sex,
        Column::Birth,
        Column::Phone,
        Column::Theory,
        Column::Skill,
        Column::Review,
        Column::Result,
    ];
    let traces = of_a_person.into_iter().filter(|c| own(*c)).count();
    if row.filled().count() == 1 {
        // A note in the first column, whichever that is; a lone name or number is a person.
        return (named && name.chars().count() <= 8) || digits > 0;
    }
    traces > 0
}

pub(super) fn is_footer(text: &str) -> bool {
    let text = clean::without_brackets(text);
    FOOTERS
        .iter()
        .any(|w| text.starts_with(&clean::without_brackets(w)))
        || (text.starts_with('第') && text.contains('页'))
        || (text.starts_with('共') && (text.ends_with('页') || text.ends_with('人')))
}

fn filled_word(row: &Row, header: &Header, column: Column) -> String {
    match header.place(column).map(|place| row.cell(place)) {
        Some(Cell::Text(text)) => word(text),
        Some(Cell::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
