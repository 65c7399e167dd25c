//! One row of a results sheet, column by column.

use super::occupation::{self, Occupied};
use super::person;
use super::{Candidate, Context};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCatalogue;
use crate::domain::score::{Mark, Marks, Verdict};
use crate::sheet::column::Column;
use crate::sheet::grid::{Cell, Row};
use crate::sheet::problem::Problems;
use crate::sheet::score_words::{self, Read};
use crate::sheet::{Table, clean, level_words};
use jiff::civil::Date;
use zeroize::Zeroizing;

/// What was made out of a row.
pub(super) struct Judged {
    /// Present where nothing needed is missing; whether it is taken, the problems decide.
    pub(super) candidate: Option<Candidate>,
    /// Whom the row speaks of, once the number has passed its checks.
    pub(super) key: Option<Zeroizing<String>>,
}

/// A row with the columns of its table.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row,
    pub(super) table: &'a Table,
}

impl Cells<'_> {
    pub(super) fn cell(&self, column: Column) -> &Cell {
        match self.table.header.place(column) {
            Some(place) => self.row.cell(place),
            None => &Cell::Empty,
        }
    }
    /// The text of a cell, or `None` and a problem where it cannot be read. Nothing is empty.
    pub(super) fn text(
        &self,
        column: Column,
        problems: &mut Problems,
    ) -> Option<Zeroizing<String>> {
        match clean::text(self.cell(column)) {
            Ok(text) => Some(text),
            Err(unreadable) => {
                problems.refuse(column, unreadable.code());
                None
            }
        }
    }
    /// Free text, `None` where there is none or it cannot be read.
    fn phrase(&self, column: Column, problems: &mut Problems) -> Option<String> {
        let text = clean::phrase(&self.text(column, problems)?);
        (!clean::is_blank_mark(&text)).then_some(text)
    }
}

pub(super) fn judge(
    row: &Row,
    table: &Table,
    catalogue: &OccupationCatalogue,
    context: &Context,
    as_of: Date,
    problems: &mut Problems,
) -> Judged {
    let cells = Cells { row, table };
    let name = person::name(&cells, problems);
    let document = person::document(&cells, as_of, problems);
    let sex = person::sex(&cells, document.as_ref(), problems);
    let birth = person::birth(&cells, document.as_ref(), as_of, problems);
    let occupied = occupation::judge(&cells, catalogue, context, problems);
    let level = level(&cells, occupied.as_ref(), catalogue, context, problems);
    let marks = marks(&cells, level, problems);
    let derived = level
        .zip(marks)
        .map(|(level, marks)| Verdict::of(level, &marks));
    let verdict = verdict(&cells, derived.flatten(), problems);
    let education = cells.phrase(Column::Education, problems);
    let ground = cells.phrase(Column::Ground, problems);
    let employer = cells.phrase(Column::Employer, problems).map(Zeroizing::new);
    let phone = person::phone(&cells, problems);

    let key = document.as_ref().map(|document| document.key());
    let candidate = match (name, document, occupied, level, marks, verdict) {
        (Some(name), Some(document), Some(occupied), Some(level), Some(marks), Some(verdict)) => {
            Some(Candidate {
                row: row.number,
                name,
                document,
                sex,
                birth,
                education,
                occupation: occupied.code,
                work_type: occupied.work_type,
                level,
                ground,
                employer,
                phone,
                marks,
                verdict,
            })
        }
        _ => None,
    };
    Judged { candidate, key }
}

fn level(
    cells: &Cells<'_>,
    occupied: Option<&Occupied>,
    catalogue: &OccupationCatalogue,
    context: &Context,
    problems: &mut Problems,
) -> Option<SkillLevel> {
    let text = cells.text(Column::Level, problems)?;
    let session = context.session.as_ref();
    let level = if clean::is_blank_mark(&clean::word(&text)) {
        let only =
            session.filter(|s| s.levels.len() == 1 && !cells.table.header.has(Column::Level));
        let stated = only
            .and_then(|s| s.levels.first().copied())
            .or(cells.table.meta.level);
        if stated.is_none() {
            problems.refuse(Column::Level, "missing");
        }
        stated?
    } else {
        let level = level_words::read(&text);
        if level.is_none() {
            problems.refuse(Column::Level, "unknown-level");
        }
        level?
    };
    let occupation = occupied.and_then(|o| catalogue.by_code(o.code));
    let open = occupation.map_or(level.digit().is_some(), |o| o.opens(level));
    if !open {
        problems.refuse_with(
            Column::Level,
            "level-not-open",
            &[
                ("level", level.name_zh().to_owned()),
                ("level-en", level.name_en().to_owned()),
            ],
        );
    } else if session.is_some_and(|s| !s.levels.contains(&level)) {
        problems.refuse(Column::Level, "outside-session");
    }
    Some(level)
}

/// The marks of all components, or `None` where one is missing or unreadable. A person whose
/// result is 缺考 has taken no component that is left blank.
fn marks(cells: &Cells<'_>, level: Option<SkillLevel>, problems: &mut Problems) -> Option<Marks> {
    let stated_absent = clean::text(cells.cell(Column::Result))
        .ok()
        .and_then(|text| score_words::result(&text).ok())
        .flatten()
        == Some(Verdict::Absent);
    let mut component = |column: Column, required: bool| -> Option<Option<Mark>> {
        match score_words::score(cells.cell(column)) {
            Ok(Read::Mark(mark)) => Some(Some(mark)),
            Ok(Read::Evaluated(mark)) => {
                problems.warn(column, "formula-evaluated");
                Some(Some(mark))
            }
            Ok(Read::Blank) if !required => Some(None),
            Ok(Read::Blank) if stated_absent => Some(Some(Mark::Absent)),
            Ok(Read::Blank) => {
                problems.refuse(column, "missing");
                None
            }
            Err(code) => {
                problems.refuse(column, code);
                None
            }
        }
    };
    let theory = component(Column::Theory, true);
    let skill = component(Column::Skill, true);
    let review = component(Column::Review, level.is_some_and(SkillLevel::needs_review));
    Some(Marks {
        theory: theory?,
        skill: skill?,
        review: review?,
    })
}

/// The result that follows from the marks; one that is stated must be a result, and must not
/// contradict them.
fn verdict(
    cells: &Cells<'_>,
    derived: Option<Verdict>,
    problems: &mut Problems,
) -> Option<Verdict> {
    let text = cells.text(Column::Result, problems)?;
    match (score_words::result(&text), derived) {
        (Err(code), _) => {
            problems.refuse(Column::Result, code);
            return None;
        }
        (Ok(stated), Some(derived)) if !agrees(stated, derived) => {
            problems.refuse(Column::Result, "contradicts-scores");
        }
        (Ok(_), _) => {}
    }
    derived
}

/// A blank result agrees with any; 不合格 is also written for one who did not come.
const fn agrees(stated: Option<Verdict>, derived: Verdict) -> bool {
    match (stated, derived) {
        (None, _)
        | (Some(Verdict::Passed), Verdict::Passed)
        | (Some(Verdict::Failed), Verdict::Failed | Verdict::Absent)
        | (Some(Verdict::Absent), Verdict::Absent) => true,
        (Some(_), _) => false,
    }
}
