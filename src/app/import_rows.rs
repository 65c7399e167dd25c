//! Sheets of requests (导入): every row of a sheet is one operation, its columns the members.

use super::input;
use super::operation::{Field, Imported, RefusedRow, Take, Verb};
use super::operations::{VERBS, in_language};
use super::{Actor, AppError, Ledger};
use crate::domain::ids::CommandId;
use crate::locale::{self, Language};
use crate::sheet::{RequestRow, Said, Wanted, read_rows};
use serde_json::{Map, Value};

/// Between the values of a cell that holds several.
const BETWEEN: [char; 5] = ['；', ';', '、', '\n', '|'];

/// The operation whose requests are the rows of this kind of sheet.
pub fn kind(import: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.import == Some(import))
}

/// The header a sheet of this kind has, by Chinese names: what a template shows.
pub fn header(verb: &Verb) -> Vec<&'static str> {
    let zh = |field: &Field| in_language(field.doc, Language::Zh);
    verb.fields.iter().map(zh).collect()
}

impl Ledger {
    /// Reads a sheet and carries out its rows. `members` are given to every row that does not
    /// say otherwise: the session of a list of candidates, say.
    pub async fn import_rows(
        &self,
        actor: &Actor,
        command_id: CommandId,
        verb: &'static Verb,
        bytes: &[u8],
        members: &Map<String, Value>,
        take: Take,
    ) -> Result<Imported, AppError> {
        let rows = read_rows(bytes, &wanted(verb.fields, members))?;
        let mut requests = Vec::with_capacity(rows.len());
        let mut unread = Vec::new();
        for row in rows {
            match request(verb.fields, &row, members) {
                Ok(request) => requests.push((row.row, request)),
                Err(refused) => unread.push(refused),
            }
        }
        let take = match take {
            Take::All if !unread.is_empty() => Take::Nothing,
            take => take,
        };
        let mut imported = (verb.run_rows)(self, actor, command_id, requests, take).await?;
        imported.refused.extend(unread);
        imported.refused.sort_by_key(|refused| refused.row);
        Ok(imported)
    }
}

/// Most rows told of a sheet that makes no document.
const TOLD_MAX: usize = 50;

/// The lines of a sheet as the list that this member holds. A row that cannot be read refuses the
/// whole; the first [`TOLD_MAX`] of such rows are told, so that they are put right at once.
pub fn lines(of: &Field, bytes: &[u8]) -> Result<Value, RowsRefused> {
    let none = Map::new();
    let rows = read_rows(bytes, &wanted(of.columns, &none))?;
    let mut lines = Vec::with_capacity(rows.len());
    let mut refused = Vec::new();
    for row in rows {
        match line(of, &row) {
            Ok(line) => lines.push(Value::Object(line)),
            Err(no) if refused.len() < TOLD_MAX => refused.push(no),
            Err(_) => {}
        }
    }
    if refused.is_empty() {
        Ok(Value::Array(lines))
    } else {
        Err(RowsRefused::Rows(refused))
    }
}

fn line(of: &Field, row: &RequestRow) -> Result<Map<String, Value>, RefusedRow> {
    let line = members(of.columns, row, &Map::new())?;
    let unread = of.line.and_then(|unreadable_in| unreadable_in(&line));
    match unread.and_then(|name| of.columns.iter().find(|it| it.name == name)) {
        Some(column) => Err(unreadable(row.row, column, "field-unreadable")),
        None => Ok(line),
    }
}

/// Why the lines of a sheet make no document.
#[derive(Debug, thiserror::Error)]
pub enum RowsRefused {
    /// The sheet as a whole.
    #[error(transparent)]
    Sheet(#[from] crate::sheet::SheetError),
    /// Some rows, in order.
    #[error("{} rows", .0.len())]
    Rows(Vec<RefusedRow>),
}

fn wanted<'a>(fields: &'static [Field], members: &Map<String, Value>) -> Vec<Wanted<'a>> {
    fields
        .iter()
        .map(|field| Wanted {
            names: vec![
                in_language(field.doc, Language::Zh),
                field.name,
                in_language(field.doc, Language::En),
            ],
            required: field.required && !field.many && !members.contains_key(field.name),
        })
        .collect()
}

fn request(
    fields: &'static [Field],
    row: &RequestRow,
    given: &Map<String, Value>,
) -> Result<Value, RefusedRow> {
    members(fields, row, given).map(Value::Object)
}

fn members(
    fields: &'static [Field],
    row: &RequestRow,
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, RefusedRow> {
    let mut request = given.clone();
    for (place, said) in &row.cells {
        let Some(field) = fields.get(*place) else {
            continue;
        };
        let text = match said {
            Said::Text(text) => text,
            Said::Unreadable(code) => return Err(unreadable(row.row, field, code)),
        };
        let one = |text: &str| {
            input::read(field.shape, field.words, text)
                .ok_or_else(|| unreadable(row.row, field, "field-unreadable"))
        };
        let value = if field.many {
            let parts = text
                .split(BETWEEN)
                .map(str::trim)
                .filter(|it| !it.is_empty());
            Value::Array(parts.map(one).collect::<Result<_, _>>()?)
        } else {
            one(text)?
        };
        request.insert(field.name.to_owned(), value);
    }
    Ok(request)
}

/// A cell that cannot be read: its column and why, never what it says.
fn unreadable(row: u32, field: &Field, code: &'static str) -> RefusedRow {
    let said = |language| {
        let what = in_language(field.doc, language).to_owned();
        if code != "field-unreadable" {
            return locale::text(language, &format!("sheet-{code}"), &[("field", what)]);
        }
        let rule = locale::text(language, "rule-field-unreadable", &[]);
        locale::text(language, "app-bad-input", &[("what", what), ("rule", rule)])
    };
    RefusedRow {
        row,
        code: code.to_owned(),
        words: locale::Words {
            zh: said(Language::Zh),
            en: said(Language::En),
        },
    }
}
