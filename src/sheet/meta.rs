//! What is written above the header: 评价机构, 认定批次, 认定日期, 职业, 等级.

use super::clean::{self, word};
use super::grid::{Cell, Row};
use super::level_words;
use crate::domain::level::SkillLevel;
use crate::domain::width::half_width;
use jiff::civil::Date;

/// The particulars of a sheet as it states them itself; each may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetMeta {
    /// 认定日期
    pub assessed_on: Option<Date>,
    /// 认定批次
    pub batch: Option<String>,
    /// 评价机构
    pub body: Option<String>,
    /// 职业, as written
    pub occupation: Option<String>,
    /// 等级
    pub level: Option<SkillLevel>,
    /// The row whose 认定日期 is no date, if one is.
    pub unreadable_date_at: Option<u32>,
}

const DATES: &[&str] = &[
    "认定日期",
    "认定时间",
    "评价日期",
    "评价时间",
    "鉴定日期",
    "鉴定时间",
    "考核日期",
    "考核时间",
    "考试日期",
    "考试时间",
    "评定日期",
    "评定时间",
];
const BATCHES: &[&str] = &[
    "认定批次",
    "评价批次",
    "鉴定批次",
    "考核批次",
    "批次号",
    "批次编号",
    "批次",
];
const BODIES: &[&str] = &[
    "评价机构名称",
    "认定机构名称",
    "评价机构",
    "认定机构",
    "鉴定机构",
    "考核机构",
    "机构名称",
    "评价单位",
];
const OCCUPATIONS: &[&str] = &["职业名称", "申报职业", "认定职业", "评价职业", "职业"];
const LEVELS: &[&str] = &[
    "申报等级",
    "申报级别",
    "认定等级",
    "评价等级",
    "职业等级",
    "技能等级",
    "等级",
    "级别",
];

/// Reads the rows above the header.
pub(super) fn read(rows: &[Row]) -> SheetMeta {
    let mut meta = SheetMeta::default();
    for row in rows {
        let line = line(row);
        if let Some(found) = value(&line, DATES) {
            match date(&found) {
                Some(date) => _ = meta.assessed_on.get_or_insert(date),
                None => _ = meta.unreadable_date_at.get_or_insert(row.number),
            }
        }
        let keep = |kept: &mut Option<String>, names| {
            if kept.is_none() {
                *kept = value(&line, names).filter(|v| !clean::is_blank_mark(v));
            }
        };
        keep(&mut meta.batch, BATCHES);
        keep(&mut meta.body, BODIES);
        keep(&mut meta.occupation, OCCUPATIONS);
        if meta.level.is_none() {
            meta.level = value(&line, LEVELS).and_then(|v| level_words::read(&v));
        }
    }
    meta
}

/// A row as one line, its cells two spaces apart, half-width.
fn line(row: &Row) -> String {
    let cells: Vec<String> = row
        .filled()
        .filter_map(|(_, cell)| match cell {
            Cell::Text(text) if !text.chars().any(clean::is_forbidden) => {
                let mut text: String = text.chars().map(half_width).take(1_000).collect();
                // A label in a cell of its own often goes without its colon.
                if is_label(&word(&text)) {
                    text.push(':');
                }
                Some(text)
            }
            Cell::Date(date) => Some(date.to_string()),
            Cell::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect();
    cells.join("  ")
}

fn is_label(word: &str) -> bool {
    [DATES, BATCHES, BODIES, OCCUPATIONS, LEVELS]
        .iter()
        .any(|names| names.contains(&word))
}

/// What stands after `NAME:` or `NAME(…):`, up to the next two spaces or the next label.
fn value(line: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        line.match_indices(name).find_map(|(at, _)| {
            let before = line.get(..at)?.chars().next_back();
            if before.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '。' | '|')) {
                return None;
            }
            let after = line.get(at + name.len()..)?.trim_start();
            let after = match after.strip_prefix('(') {
                Some(bracket) => bracket.split_once(')')?.1.trim_start(),
                None => after,
            };
            let after = after.strip_prefix(':')?.trim_start();
            let end = after.find("  ").unwrap_or(after.len());
            let value = after.get(..end)?;
            // One space, and then another label with its colon.
            let value = match value.split_once(':') {
                Some((upto, _)) => upto.rsplit_once(' ').map_or(upto, |(value, _)| value),
                None => value,
            };
            let value = clean::phrase(value);
            (!value.is_empty() && value.chars().count() <= 200).then_some(value)
        })
    })
}

/// The first date in a text: 2026-07-13, 2026/7/13, 2026.7.13, 2026年7月13日, 20260713.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = word(text);
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let first = numbers.next()?;
    let (year, month, day) = match first.len() {
        8 => (first.get(..4)?, first.get(4..6)?, first.get(6..)?),
        4 => (first, numbers.next()?, numbers.next()?),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
