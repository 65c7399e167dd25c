//! The verdict on every row of a results sheet (成绩汇总表): accepted as a candidate, or refused
//! with every reason that can be told.
//!
//! What is judged: the name is one, the document number passes the checks of its kind, sex and
//! birth date do not contradict it, the age is at least sixteen, the occupation and the level are
//! in the catalogue and open, every score is a score, the result follows from the scores, and
//! nobody stands in the sheet twice. After a number has failed, nothing derived from it is told.

mod occupation;
mod person;
mod row;

pub use super::problem::RowProblem;

use super::column::Column;
use super::problem::Problems;
use super::{SheetError, SheetMeta, Table};
use crate::domain::identity::{IdentityDocument, Sex};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::{OccupationCatalogue, OccupationCode};
use crate::domain::score::{Marks, Verdict};
use jiff::civil::Date;
use std::collections::HashMap;
use std::fmt;
use zeroize::Zeroizing;

/// What a session admits (认定批次): rows of anything else are refused as `outside-session`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionScope {
    /// 职业
    pub occupation: OccupationCode,
    /// 工种, where the session names one
    pub work_type: Option<String>,
    /// 等级, at least one
    pub levels: Vec<SkillLevel>,
    /// 认定日期: the day on which ages are taken
    pub assessed_on: Date,
}

/// What a sheet is judged against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The session it belongs to; none in a pre-flight.
    pub session: Option<SessionScope>,
    /// The civil date in China, used where neither session nor sheet states a date.
    pub today: Date,
}

/// A row that may be enrolled and have its results proposed. Personal data, wiped on drop.
#[derive(Clone, PartialEq)]
pub struct Candidate {
    /// The row the spreadsheet shows.
    pub row: u32,
    /// 姓名, normalised
    pub name: Zeroizing<String>,
    /// 证件
    pub document: IdentityDocument,
    /// 性别, from the number or the sheet
    pub sex: Option<Sex>,
    /// 出生日期, from the number or the sheet
    pub birth: Option<Date>,
    /// 文化程度
    pub education: Option<String>,
    /// 职业编码
    pub occupation: OccupationCode,
    /// 工种名称
    pub work_type: Option<String>,
    /// 申报级别
    pub level: SkillLevel,
    /// 申报条件
    pub ground: Option<String>,
    /// 工作单位
    pub employer: Option<Zeroizing<String>>,
    /// 手机号码
    pub phone: Option<Zeroizing<String>>,
    /// 成绩
    pub marks: Marks,
    /// 评定结果, as it follows from the marks
    pub verdict: Verdict,
}

/// Says the row and no more: everything else speaks of a person.
impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidate(row {})", self.row)
    }
}

/// What judging a sheet came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Rows of candidates in the sheet.
    pub rows: usize,
    /// Those that may be taken, in row order.
    pub accepted: Vec<Candidate>,
    /// Why the others are refused, in row order; a row may have several reasons.
    pub refused: Vec<RowProblem>,
    /// What was read leniently or left out, and should be looked at.
    pub warnings: Vec<RowProblem>,
    /// What the sheet says above its header.
    pub meta: SheetMeta,
    /// The day on which ages were taken.
    pub judged_on: Date,
}

impl Judgement {
    /// How many rows are refused.
    pub fn refused_rows(&self) -> usize {
        self.rows - self.accepted.len()
    }
    /// Refuses accepted rows whose document the ledger knows under another name.
    pub fn refuse_known_by_another_name(&mut self, rows: &[u32]) {
        self.refuse(rows, Column::Name, "contradicts-ledger");
    }

    /// Refuses the rows to which 转正定级 gives nothing by what the ledger knows of the apprentice.
    pub fn refuse_ungraded(&mut self, rows: &[u32]) {
        self.refuse(rows, Column::Level, "grading-not-due");
    }

    fn refuse(&mut self, rows: &[u32], column: Column, code: &'static str) {
        self.accepted
            .retain(|candidate| !rows.contains(&candidate.row));
        let problems = rows.iter().map(|row| RowProblem::new(*row, column, code));
        self.refused.extend(problems);
        self.refused.sort_by_key(|problem| problem.row);
    }
    /// How many of the accepted came to `verdict`.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.accepted
            .iter()
            .filter(|c| c.verdict == verdict)
            .count()
    }
}

/// Judges every row of a table against a catalogue and, where there is one, a session.
///
/// Ages are taken at the session's date, else at the sheet's own, else today. The only error is
/// a level or an occupation that neither a column, nor the rows above the header, nor the
/// session states.
pub fn judge(
    table: &Table,
    catalogue: &OccupationCatalogue,
    context: &Context,
) -> Result<Judgement, SheetError> {
    let missing = missing(table, context);
    if !missing.is_empty() {
        return Err(SheetError::MissingColumns(missing));
    }
    let as_of = context
        .session
        .as_ref()
        .map(|session| session.assessed_on)
        .or(table.meta.assessed_on)
        .unwrap_or(context.today);

    let mut warnings = sheet_warnings(table, context);
    let mut read = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let mut problems = Problems::new(row.number);
        let judged = row::judge(row, table, catalogue, context, as_of, &mut problems);
        warnings.append(&mut problems.warnings);
        read.push((row.number, judged, problems.refused));
    }
    refuse_twice(&mut read);

    let mut accepted = Vec::with_capacity(read.len());
    let mut refused = Vec::new();
    for (_, judged, mut problems) in read {
        match judged.candidate {
            Some(candidate) if problems.is_empty() => accepted.push(candidate),
            _ => refused.append(&mut problems),
        }
    }
    Ok(Judgement {
        rows: table.rows.len(),
        accepted,
        refused,
        warnings,
        meta: table.meta.clone(),
        judged_on: as_of,
    })
}

/// One person twice: both rows are refused and each names the others. A person is known by the
/// checked document number, whatever else is wrong with the row.
fn refuse_twice(read: &mut [(u32, row::Judged, Vec<RowProblem>)]) {
    let mut rows_of: HashMap<&str, Vec<u32>> = HashMap::with_capacity(read.len());
    for (number, judged, _) in read.iter() {
        if let Some(key) = &judged.key {
            rows_of.entry(key).or_default().push(*number);
        }
    }
    // The first few say enough: a sheet of one person twenty thousand times must not be
    // answered with a list squared.
    let others: Vec<Option<String>> = read
        .iter()
        .map(|(number, judged, _)| {
            let rows = rows_of.get(judged.key.as_ref()?.as_str())?;
            let others = rows.iter().filter(|other| *other != number).take(5);
            let others: Vec<String> = others.map(u32::to_string).collect();
            (!others.is_empty()).then(|| others.join(", "))
        })
        .collect();
    for ((number, _, problems), others) in read.iter_mut().zip(others) {
        if let Some(others) = others {
            problems.push(
                RowProblem::new(*number, Column::DocumentNumber, "duplicate-in-file")
                    .with("rows", others),
            );
        }
    }
}

fn missing(table: &Table, context: &Context) -> Vec<Column> {
    let mut missing = Vec::new();
    let single_level = context
        .session
        .as_ref()
        .is_some_and(|session| session.levels.len() == 1);
    if !table.header.has(Column::Level) && table.meta.level.is_none() && !single_level {
        missing.push(Column::Level);
    }
    let named = [
        Column::OccupationName,
        Column::OccupationCode,
        Column::WorkType,
    ]
    .into_iter()
    .any(|column| table.header.has(column));
    if !named && table.meta.occupation.is_none() && context.session.is_none() {
        missing.push(Column::OccupationName);
    }
    missing
}

/// What is to be said of the sheet as a whole, at the row it is about.
fn sheet_warnings(table: &Table, context: &Context) -> Vec<RowProblem> {
    let mut warnings = Vec::new();
    let at = table.header_row;
    if !table.header.has(Column::Result) {
        warnings.push(RowProblem::new(at, Column::Result, "column-absent"));
    }
    if let Some(row) = table.cut_off_at {
        warnings.push(RowProblem::new(row, Column::Remark, "cell-outside"));
    }
    if let Some(row) = table.meta.unreadable_date_at {
        warnings.push(RowProblem::about(
            row,
            "认定日期",
            "assessment date",
            "no-such-date",
        ));
    }
    if let (Some(session), Some(stated)) = (&context.session, table.meta.assessed_on)
        && session.assessed_on != stated
    {
        warnings.push(RowProblem::about(
            at,
            "认定日期",
            "assessment date",
            "contradicts-session",
        ));
    }
    warnings
}
