//! Operations as subcommands: `GROUP VERB --option …`, made from the list of operations. A verb of
//! a group that has subcommands of its own stands beside them.

use super::access::{Access, Answer, Once, answer};
use super::import_rows as rows;
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::app::import_rows::{RowsRefused, lines as lines_of};
use crate::app::input::{self, Shape};
use crate::app::operation::{Done, Field, Verb};
use crate::app::operations::VERBS;
use crate::locale::Language;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use serde_json::{Map, Value, json};
use std::io::Read;
use std::path::PathBuf;

/// Most bytes of a document read from a file.
const DOCUMENT_BYTES_MAX: u64 = 64 << 20;

/// The program's commands with every operation's subcommand among them.
pub(super) fn with_operations(mut program: Command) -> Command {
    for verb in VERBS {
        let (group, _) = verb.path();
        if program.find_subcommand(group).is_none() {
            program = program.subcommand(
                Command::new(group)
                    .about(crate::locale::text(
                        Language::En,
                        &format!("group-{group}"),
                        &[],
                    ))
                    .subcommand_required(true)
                    .arg_required_else_help(true),
            );
        }
        program = program.mut_subcommand(group, |it| it.subcommand(subcommand(verb)));
        if let Some(kind) = verb.import {
            program =
                program.mut_subcommand("import", |it| it.subcommand(rows::subcommand(verb, kind)));
        }
    }
    program
}

/// The operation that was asked for, if one was.
pub(super) fn asked(matches: &ArgMatches) -> Option<(&'static Verb, ArgMatches)> {
    let (group, inner) = matches.subcommand()?;
    let (name, options) = inner.subcommand()?;
    let verb = VERBS.iter().find(|verb| match group {
        "import" => verb.import == Some(name),
        group => verb.path() == (group, name),
    })?;
    Some((verb, options.clone()))
}

fn subcommand(verb: &'static Verb) -> Command {
    let (_, name) = verb.path();
    let mut command = Command::new(name);
    for field in verb.fields {
        command = command.arg(option(field));
    }
    // The shared options bring a description of their own: ours comes last.
    Once::augment_args(Access::augment_args(command)).about(doc(verb.doc))
}

/// `中文 | English.` as help shows it.
pub(super) fn doc(doc: &'static str) -> String {
    match doc.split_once('|') {
        Some((zh, en)) => format!("{} ({})", en.trim().trim_end_matches('.'), zh.trim()),
        None => doc.trim().to_owned(),
    }
}

/// The option's name. Those that every command has are kept apart by the word `of-`.
fn option_name(field: &Field) -> String {
    let name = field.name.replace('_', "-");
    match name.as_str() {
        "data" | "database-url" | "as" | "command-id" | "json" | "lang" | "passphrase-file" => {
            format!("of-{name}")
        }
        _ => name,
    }
}

pub(super) fn option(field: &'static Field) -> Arg {
    let value = match field.shape {
        Shape::Text => "TEXT",
        Shape::Number => "NUMBER",
        Shape::Flag => "YES|NO",
        Shape::Level => "LEVEL",
        Shape::Date => "DATE",
        Shape::Document => "FILE",
    };
    Arg::new(field.name)
        .long(option_name(field))
        .value_name(value)
        .help(match field.words {
            [] => doc(field.doc),
            words => {
                let words = words.iter().map(|(zh, word)| format!("{word} {zh}"));
                format!(
                    "{}: {}",
                    doc(field.doc),
                    words.collect::<Vec<_>>().join(", ")
                )
            }
        })
        .required(field.required && !field.many)
        .action(match field.many {
            true => ArgAction::Append,
            false => ArgAction::Set,
        })
}

/// Carries out the operation that was asked for, or the rows of a sheet.
pub(super) fn run(verb: &'static Verb, options: &ArgMatches, output: &Output) -> Exit {
    if options.try_contains_id(rows::FILE).unwrap_or(false) {
        return rows::run(verb, options, output);
    }
    let access = Access::from_arg_matches(options);
    let once = Once::from_arg_matches(options);
    let (Ok(access), Ok(once)) = (access, once) else {
        return Exit::Misuse;
    };
    answer(output, async {
        let request = request(verb.fields, options)?;
        let (ledger, actor) = access.open_as(output).await?;
        let id = once.id(output);
        let done = (verb.run)(&ledger, &actor, id, request).await?;
        Ok(Answer::done(json!(done), lines(output, &done)))
    })
}

/// What was stored, as people read it.
pub(super) fn lines(output: &Output, done: &Done) -> Vec<String> {
    if done.events.is_empty() {
        return vec![output.text("cli-nothing-to-do", &[])];
    }
    let line = |it: &crate::app::operation::DoneEvent| {
        let words = [
            ("position", it.position.to_string()),
            ("type", it.event_type.clone()),
            ("stream", it.stream.clone()),
        ];
        output.text("cli-event-stored", &words)
    };
    done.events.iter().map(line).collect()
}

/// The request that the options make.
pub(super) fn request(fields: &'static [Field], options: &ArgMatches) -> Result<Value, AppError> {
    let mut members = Map::new();
    for field in fields {
        let given: Vec<&String> = options
            .get_many::<String>(field.name)
            .into_iter()
            .flatten()
            .collect();
        let mut values = Vec::with_capacity(given.len());
        for text in given {
            values.push(value(field, text)?);
        }
        if field.many {
            members.insert(field.name.to_owned(), Value::Array(values));
        } else if let Some(value) = values.pop() {
            members.insert(field.name.to_owned(), value);
        }
    }
    Ok(Value::Object(members))
}

pub(super) fn value(field: &Field, text: &str) -> Result<Value, AppError> {
    let read = match field.shape {
        Shape::Document => document(field, text)?,
        shape => input::read(shape, field.words, text),
    };
    read.ok_or(AppError::BadInput {
        what: field.name,
        rule: "field-unreadable",
    })
}

/// The document in a file: JSON or, where lines are asked for, a sheet of them.
fn document(field: &Field, path: &str) -> Result<Option<Value>, AppError> {
    let failed = |error| AppError::File {
        path: path.to_owned(),
        error,
    };
    let file = std::fs::File::open(PathBuf::from(path)).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(DOCUMENT_BYTES_MAX)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    let is_sheet = path.ends_with(".csv") || path.ends_with(".xlsx");
    if !is_sheet || field.columns.is_empty() {
        return Ok(serde_json::from_slice(&bytes).ok());
    }
    match lines_of(field, &bytes) {
        Ok(lines) => Ok(Some(lines)),
        Err(RowsRefused::Sheet(error)) => Err(error.into()),
        Err(RowsRefused::Rows(refused)) => {
            let told = refused.into_iter().map(|it| (it.row, it.words));
            Err(AppError::Rows(told.collect()))
        }
    }
}
