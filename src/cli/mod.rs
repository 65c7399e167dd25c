//! The command line: one file per subcommand. Data goes to stdout, words to stderr.
//!
//! To add a subcommand: a file with a clap `Args` struct and a `run(self, &Output) -> Exit`, a
//! variant of [`Command`] and a line in [`dispatch`].

mod import_results;
mod output;
pub mod verify;

use clap::{Parser, Subcommand, ValueEnum};
use output::{Exit, Output};
use std::ffi::OsString;
use std::process::ExitCode;

/// skill-ledger: the append-only ledger of vocational skill levels (职业技能台账).
#[derive(Parser)]
#[command(name = "skill-ledger", version, disable_help_subcommand = true)]
struct Arguments {
    /// Print one JSON document on stdout instead of words.
    #[arg(long, global = true)]
    json: bool,
    /// Language of the words: zh (中文) or en.
    #[arg(long, global = true, value_enum, default_value_t = Lang::Zh)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

#[derive(Subcommand)]
enum Command {
    /// Read an xlsx or csv file into the ledger, or only check it (导入).
    #[command(subcommand)]
    Import(Import),
    /// Check credentials offline (核验).
    Verify(verify::VerifyArgs),
}

#[derive(Subcommand)]
enum Import {
    /// Results of an assessment session (成绩汇总表).
    Results(import_results::Results),
}

/// Runs the program with these arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, everything else is misuse.
            let exit = if error.use_stderr() {
                Exit::Misuse
            } else {
                Exit::Done
            };
            // A closed pipe leaves nobody to tell.
            let _ = error.print();
            return exit.into();
        }
    };
    let language = match arguments.lang {
        Lang::Zh => crate::locale::Language::Zh,
        Lang::En => crate::locale::Language::En,
    };
    let output = Output {
        json: arguments.json,
        language,
    };
    dispatch(arguments.command, &output).into()
}

fn dispatch(command: Command, output: &Output) -> Exit {
    match command {
        Command::Import(Import::Results(results)) => results.run(output),
        Command::Verify(verify) => verify.run(output),
    }
}
