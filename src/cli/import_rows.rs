//! `import KIND FILE`: a sheet whose rows are operations.

use super::access::{Access, Answer, Once, answer};
use super::operate::{doc, value};
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::app::import_rows::header;
use crate::app::operation::{Imported, Take, Verb};
use crate::locale::Language;
use crate::sheet::{CONTAINER_BYTES_MAX, SheetError};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use serde_json::{Map, Value, json};
use std::io::Read;
use zeroize::Zeroizing;

/// The argument that tells an import from an operation.
pub(super) const FILE: &str = "sheet-file";
const DRY_RUN: &str = "sheet-dry-run";
const ACCEPT_VALID: &str = "sheet-accept-valid";
const SET: &str = "sheet-set";

/// Refused rows shown to a person; `--json` shows all.
const LINES_MAX: usize = 200;

/// The subcommand of one kind of sheet.
pub(super) fn subcommand(verb: &'static Verb, kind: &'static str) -> Command {
    let columns = header(verb).join("，");
    let flag = |name: &'static str, long: &'static str, help: &'static str| {
        Arg::new(name)
            .long(long)
            .help(help)
            .action(ArgAction::SetTrue)
    };
    let command = Command::new(kind)
        .after_help(format!("Columns: {columns}"))
        .arg(
            Arg::new(FILE)
                .value_name("FILE")
                .required(true)
                .help("The sheet: .xlsx or .csv"),
        )
        .arg(flag(
            DRY_RUN,
            "dry-run",
            "Judge every row and write nothing",
        ))
        .arg(flag(
            ACCEPT_VALID,
            "accept-valid",
            "Take the rows that may be taken, although others are refused",
        ))
        .arg(
            Arg::new(SET)
                .long("set")
                .value_name("COLUMN=VALUE")
                .action(ArgAction::Append)
                .help("A value for every row that does not say otherwise"),
        );
    Once::augment_args(Access::augment_args(command)).about(doc(verb.doc))
}

/// 0: every row may be taken, or was. 1: some are refused. 2: the file cannot be read as a table.
pub(super) fn run(verb: &'static Verb, options: &ArgMatches, output: &Output) -> Exit {
    let (Ok(access), Ok(once)) = (
        Access::from_arg_matches(options),
        Once::from_arg_matches(options),
    ) else {
        return Exit::Misuse;
    };
    answer(output, async {
        let path = options.get_one::<String>(FILE).cloned().unwrap_or_default();
        let bytes = read_bounded(&path)?;
        let members = members(verb, options)?;
        let take = match (options.get_flag(DRY_RUN), options.get_flag(ACCEPT_VALID)) {
            (true, _) => Take::Nothing,
            (false, true) => Take::Valid,
            (false, false) => Take::All,
        };
        let (ledger, actor) = access.open_as(output).await?;
        let id = once.id(output);
        let imported = ledger
            .import_rows(&actor, id, verb, &bytes, &members, take)
            .await?;
        let exit = match imported.refused.is_empty() || imported.done.is_some() {
            true => Exit::Done,
            false => Exit::Refused,
        };
        Ok(Answer {
            lines: lines(output, &imported),
            json: json!(imported),
            exit,
        })
    })
}

fn members(verb: &'static Verb, options: &ArgMatches) -> Result<Map<String, Value>, AppError> {
    let mut members = Map::new();
    for text in options.get_many::<String>(SET).into_iter().flatten() {
        let unknown = AppError::BadInput {
            what: "set",
            rule: "request-unknown-member",
        };
        let Some((name, said)) = text.split_once('=') else {
            return Err(unknown);
        };
        let name = name.replace('-', "_");
        let Some(field) = verb.fields.iter().find(|field| field.name == name) else {
            return Err(unknown);
        };
        let value = value(field, said)?;
        let value = match field.many {
            true => Value::Array(vec![value]),
            false => value,
        };
        members.insert(name, value);
    }
    Ok(members)
}

/// At most one byte more than may be read is read, whatever the file's size is or becomes.
fn read_bounded(path: &str) -> Result<Zeroizing<Vec<u8>>, AppError> {
    let failed = |error| AppError::File {
        path: path.to_owned(),
        error,
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(CONTAINER_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > CONTAINER_BYTES_MAX {
        return Err(SheetError::TooLarge.into());
    }
    Ok(bytes)
}

fn lines(output: &Output, imported: &Imported) -> Vec<String> {
    let Some(accepted) = imported.accepted else {
        return vec![output.text("cli-rows-imported-before", &[])];
    };
    let words = [
        ("accepted", accepted.to_string()),
        ("refused", imported.refused.len().to_string()),
    ];
    let head = match imported.done {
        Some(_) => "cli-rows-imported",
        None => "cli-rows-judged",
    };
    let mut lines = vec![output.text(head, &words)];
    lines.extend(imported.refused.iter().take(LINES_MAX).map(|refused| {
        let said = match output.language {
            Language::Zh => &refused.words.zh,
            Language::En => &refused.words.en,
        };
        let words = [
            ("row", refused.row.to_string()),
            ("said", said.clone()),
            ("code", refused.code.clone()),
        ];
        output.text("cli-row-refused", &words)
    }));
    if imported.refused.len() > LINES_MAX {
        lines.push(output.text("cli-rows-more", &[]));
    }
    lines
}
