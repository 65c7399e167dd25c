//! Which occupation a row speaks of (职业, 工种).

use super::Context;
use super::row::Cells;
use crate::domain::occupation::{Occupation, OccupationCatalogue, OccupationCode};
use crate::domain::width::half_width;
use crate::sheet::clean;
use crate::sheet::column::Column;
use crate::sheet::problem::Problems;

/// The occupation of a row and its work type, if one is named.
pub(super) struct Occupied {
    pub(super) code: OccupationCode,
    pub(super) work_type: Option<String>,
}

/// The occupation by its code, which a name must not contradict; without a code, by its name;
/// without either, by the session or by what stands above the header.
pub(super) fn judge(
    cells: &Cells<'_>,
    catalogue: &OccupationCatalogue,
    context: &Context,
    problems: &mut Problems,
) -> Option<Occupied> {
    let code = cells.text(Column::OccupationCode, problems);
    let name = cells.text(Column::OccupationName, problems);
    let work_type = cells.text(Column::WorkType, problems);
    let (code, name, work_type) = (clean::word(&code?), clean::word(&name?), work_type?);
    let work_type = Some(clean::word(&work_type)).filter(|w| !clean::is_blank_mark(w));

    let coded = !clean::is_blank_mark(&code);
    let named = !clean::is_blank_mark(&name);
    let occupation = if coded {
        let Some(occupation) = by_code(&code, catalogue) else {
            problems.refuse(Column::OccupationCode, "unknown-occupation");
            return None;
        };
        if named && !is_called(occupation, &name) {
            problems.refuse_with(
                Column::OccupationName,
                "contradicts-code",
                &[
                    ("code", occupation.code.to_string()),
                    ("listed", occupation.name_zh.clone()),
                    ("listed-en", occupation.name_en.clone()),
                ],
            );
        }
        occupation
    } else if named {
        let Some(occupation) = by_name(&name, catalogue) else {
            problems.refuse(Column::OccupationName, "unknown-occupation");
            return None;
        };
        occupation
    } else if let Some(session) = &context.session {
        let Some(occupation) = catalogue.by_code(session.occupation) else {
            problems.refuse(Column::OccupationName, "unknown-occupation");
            return None;
        };
        occupation
    } else if let Some(occupation) = elsewhere(cells, catalogue, work_type.as_deref()) {
        occupation
    } else {
        let stated = work_type.is_some() || cells.table.meta.occupation.is_some();
        let column = if work_type.is_some() {
            Column::WorkType
        } else {
            Column::OccupationName
        };
        problems.refuse(
            column,
            if stated {
                "unknown-occupation"
            } else {
                "missing"
            },
        );
        return None;
    };

    if !occupation.code.carries_level_certificates() {
        let column = if coded {
            Column::OccupationCode
        } else {
            Column::OccupationName
        };
        problems.refuse(column, "no-level-certificates");
    }
    let work_type = work_type
        .or_else(|| {
            // 职业(工种) columns often hold the work type alone.
            (named && stripped(&name) != occupation.name_zh)
                .then(|| {
                    occupation
                        .work_type(&stripped(&name))
                        .map(|w| w.name_zh.clone())
                })
                .flatten()
        })
        .filter(|w| *w != occupation.name_zh);
    if let Some(work_type) = &work_type
        && !occupation.work_types.is_empty()
        && occupation.work_type(work_type).is_none()
    {
        problems.warn(Column::WorkType, "unknown-work-type");
    }
    check_session(occupation, work_type.as_deref(), coded, context, problems);
    Some(Occupied {
        code: occupation.code,
        work_type,
    })
}

fn check_session(
    occupation: &Occupation,
    work_type: Option<&str>,
    coded: bool,
    context: &Context,
    problems: &mut Problems,
) {
    let Some(session) = &context.session else {
        return;
    };
    if occupation.code != session.occupation {
        let column = if coded {
            Column::OccupationCode
        } else {
            Column::OccupationName
        };
        if !problems.refuses(column) {
            problems.refuse(column, "outside-session");
        }
    } else if let (Some(stated), Some(admitted)) = (work_type, session.work_type.as_deref())
        && stated != clean::word(admitted)
    {
        problems.refuse(Column::WorkType, "outside-session");
    }
}

/// The code may carry the marks of the catalogue: S for digital, L for green occupations.
fn by_code<'a>(code: &str, catalogue: &'a OccupationCatalogue) -> Option<&'a Occupation> {
    let code = code.trim_matches(['(', ')', '\'']);
    let code = code.trim_end_matches(['S', 'L', '/']);
    catalogue.by_code(code.parse().ok()?)
}

fn by_name<'a>(name: &str, catalogue: &'a OccupationCatalogue) -> Option<&'a Occupation> {
    catalogue.by_name(name).or_else(|| {
        catalogue.by_name(&stripped(name)).or_else(|| {
            // 电工(6-31-01-03)
            let inside = name.split(['(', ')']).nth(1)?;
            by_code(inside, catalogue)
        })
    })
}

/// Whether a name is the occupation's own, or that of one of its work types, with or without
/// what stands in brackets: 焊工, 焊工(电焊工), 电焊工.
fn is_called(occupation: &Occupation, name: &str) -> bool {
    let own = |name: &str| occupation.name_zh == name || occupation.work_type(name).is_some();
    own(name) || own(&stripped(name))
}

fn stripped(name: &str) -> String {
    let name = clean::without_brackets(name);
    name.split(['/', '-', '—', ':'])
        .next()
        .unwrap_or("")
        .to_owned()
}

/// From the column 工种 alone, else from the rows above the header.
fn elsewhere<'a>(
    cells: &Cells<'_>,
    catalogue: &'a OccupationCatalogue,
    work_type: Option<&str>,
) -> Option<&'a Occupation> {
    if let Some(found) = work_type.and_then(|name| by_name(name, catalogue)) {
        return Some(found);
    }
    let above: String = cells
        .table
        .meta
        .occupation
        .as_deref()?
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace())
        .collect();
    by_name(&above, catalogue)
}
