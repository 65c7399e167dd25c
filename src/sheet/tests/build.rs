//! Sheets built cell by cell, as csv text and as real workbooks.

use crate::domain::identity::check_character;
use crate::domain::rules::occupations;
use crate::sheet::results::{Context, Judgement, judge};
use crate::sheet::{SheetError, read_table};
use jiff::civil::Date;

pub(super) const TODAY: Date = Date::constant(2026, 11, 22);

pub(super) const HEADER: &str = "姓名,性别,证件类型,证件号码,职业名称,职业编码,工种名称,申报级别,理论成绩,技能成绩,综合评审成绩,评定结果";

/// A synthetic number that passes its check; an odd order is a man's.
pub(super) fn number(birth: &str, order: u32) -> String {
    let first = format!("330106{birth}{order:03}");
    format!("{first}{}", check_character(&first).unwrap())
}

pub(super) fn pre_flight() -> Context {
    Context {
        session: None,
        today: TODAY,
    }
}

pub(super) fn judge_bytes(bytes: &[u8]) -> Result<Judgement, SheetError> {
    judge(&read_table(bytes)?, occupations::built_in(), &pre_flight())
}

/// Judges a csv of the usual header and these rows; the first of them is row 2.
pub(super) fn judge_rows(rows: &[&str]) -> Judgement {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    judge_bytes(text.as_bytes()).unwrap()
}

/// A row that is accepted, with some of its columns replaced.
pub(super) fn row(changes: &[(&str, &str)]) -> String {
    let columns: Vec<&str> = HEADER.split(',').collect();
    let mut cells: Vec<String> = [
        "张三",
        "男",
        "居民身份证",
        &number("19900307", 999),
        "工业机器人系统运维员",
        "6-31-07-01",
        "",
        "三级",
        "80",
        "81.5",
        "",
        "合格",
    ]
    .map(str::to_owned)
    .to_vec();
    for (column, value) in changes {
        let place = columns.iter().position(|c| c == column).unwrap();
        cells[place] = (*value).to_owned();
    }
    cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect::<Vec<_>>()
        .join(",")
}

/// What a judgement refuses, as (row, field, code).
pub(super) fn refused(judgement: &Judgement) -> Vec<(u32, &'static str, &'static str)> {
    judgement
        .refused
        .iter()
        .map(|p| (p.row, p.field, p.code))
        .collect()
}

/// The one row of a sheet, with these columns replaced, is accepted.
#[track_caller]
pub(super) fn accepts(changes: &[(&str, &str)]) {
    let judgement = judge_rows(&[&row(changes)]);
    assert_eq!(refused(&judgement), [], "{changes:?}");
    assert_eq!(judgement.accepted.len(), 1, "{changes:?}");
}

/// The one row of a sheet, with these columns replaced, is refused for this and nothing else.
#[track_caller]
pub(super) fn refuses(changes: &[(&str, &str)], field: &str, code: &str) {
    let judgement = judge_rows(&[&row(changes)]);
    assert_eq!(refused(&judgement), [(2, field, code)], "{changes:?}");
    assert!(judgement.accepted.is_empty());
}
