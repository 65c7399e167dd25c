//! Queries as subcommands: `GROUP QUESTION --option …`, made from the list of queries. A question
//! that has a subcommand of its own keeps that one.

use super::access::{Access, Answer, answer};
use super::operate::{doc, option, request};
use super::output::{Exit, Output};
use crate::app::queries::QUESTIONS;
use crate::app::query::Question;
use crate::locale::Language;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use serde_json::Value;

/// The program's commands with every query's subcommand among them.
pub(super) fn with_questions(mut program: Command) -> Command {
    for question in QUESTIONS {
        let (group, name) = question.path();
        if program.find_subcommand(group).is_none() {
            let about = crate::locale::text(Language::En, &format!("group-{group}"), &[]);
            program = program.subcommand(
                Command::new(group)
                    .about(about)
                    .subcommand_required(true)
                    .arg_required_else_help(true),
            );
        }
        program = program.mut_subcommand(group, |it| match it.find_subcommand(name) {
            Some(_) => it,
            None => it.subcommand(subcommand(question, name)),
        });
    }
    program
}

/// The query that was asked, if one was, among those without a subcommand in `own`.
pub(super) fn asked(
    own: &Command,
    matches: &ArgMatches,
) -> Option<(&'static Question, ArgMatches)> {
    let (group, inner) = matches.subcommand()?;
    let (name, options) = inner.subcommand()?;
    let has_its_own = own
        .find_subcommand(group)
        .is_some_and(|group| group.find_subcommand(name).is_some());
    let question = QUESTIONS.iter().find(|it| it.path() == (group, name))?;
    (!has_its_own).then(|| (question, options.clone()))
}

fn subcommand(question: &'static Question, name: &'static str) -> Command {
    let mut command = Command::new(name);
    for field in question.fields {
        command = command.arg(option(field));
    }
    // The shared options bring a description of their own: ours comes last.
    Access::augment_args(command).about(doc(question.doc))
}

/// Answers the query that was asked.
pub(super) fn run(question: &'static Question, options: &ArgMatches, output: &Output) -> Exit {
    let Ok(access) = Access::from_arg_matches(options) else {
        return Exit::Misuse;
    };
    answer(output, async {
        let request = request(question.fields, options)?;
        let (ledger, actor) = access.open_as(output).await?;
        let found = (question.ask)(&ledger, &actor, request).await?;
        let mut lines = Vec::new();
        outline(&found, 0, &mut lines);
        Ok(Answer::done(found, lines))
    })
}

/// A document as an outline: a line a member, what it holds further in.
fn outline(value: &Value, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match plain(value) {
                    Some(text) => lines.push(format!("{indent}{name}: {text}")),
                    None => {
                        lines.push(format!("{indent}{name}:"));
                        outline(value, depth + 1, lines);
                    }
                }
            }
        }
        Value::Array(values) => {
            for value in values {
                match plain(value) {
                    Some(text) => lines.push(format!("{indent}- {text}")),
                    None => {
                        lines.push(format!("{indent}-"));
                        outline(value, depth + 1, lines);
                    }
                }
            }
        }
        value => lines.extend(plain(value).map(|text| format!("{indent}{text}"))),
    }
}

/// A value that fits on its line: one that holds no others, or only plain ones in a row.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::from("-")),
        Value::String(text) => Some(text.clone()),
        Value::Object(members) if members.is_empty() => Some(String::from("-")),
        Value::Array(values) => {
            let nested = values.iter().any(|it| it.is_object() || it.is_array());
            let texts = values.iter().filter_map(plain).collect::<Vec<_>>();
            (!nested).then(|| texts.join(", "))
        }
        Value::Object(_) => None,
        value => Some(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_is_an_outline_with_a_line_a_member() {
        let mut lines = Vec::new();
        let document = json!({
            "at": 7,
            "body": {"name": "示范", "levels": [3, 4], "end": null},
            "keys": [{"id": "a"}, {"id": "b"}],
        });
        outline(&document, 0, &mut lines);
        let expected = [
            "at: 7",
            "body:",
            "  name: 示范",
            "  levels: 3, 4",
            "  end: -",
            "keys:",
            "  -",
            "    id: a",
            "  -",
            "    id: b",
        ];
        let mut expected = expected.map(String::from).to_vec();
        // The order of members is the document's own, whatever keeps it.
        lines.sort();
        expected.sort();
        assert_eq!(lines, expected);
    }
}
