//! The command line: one file per subcommand. Data goes to stdout, words to stderr.
//!
//! To add a subcommand: a file with a clap `Args` struct and a `run(self, &Output) -> Exit`, a
//! variant of [`Command`] and a line in [`dispatch`].

mod access;
mod account;
mod archive;
mod ask;
mod audit;
mod body;
mod catalogue;
mod certificate;
#[cfg(feature = "conformance")]
mod conformance;
mod demo;
mod eligibility;
mod export;
mod import_results;
mod import_rows;
mod init;
mod issue;
mod keys;
mod log;
mod migrate;
mod monitor;
mod new_file;
mod offer;
mod operate;
mod output;
mod passport;
mod policy;
mod progress;
mod projections;
mod proposal;
mod recognise;
mod serve;
mod session;
mod staff;
mod training;
mod trust;
pub mod verify;
mod verify_list;
mod witness;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
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
    Demo(demo::Demo),
    Init(init::Init),
    #[command(subcommand)]
    Body(body::Body),
    #[command(subcommand)]
    Account(account::Account),
    #[command(subcommand)]
    Keys(keys::Keys),
    #[command(subcommand)]
    Calendar(policy::Calendar),
    #[command(subcommand)]
    Policy(policy::Policy),
    #[command(subcommand)]
    Session(session::Session),
    /// Read an xlsx or csv file into the ledger, or only check it (导入).
    #[command(subcommand)]
    Import(Import),
    Proposal(proposal::Show),
    Approve(proposal::Approve),
    Reject(proposal::Reject),
    Issue(issue::Issue),
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    #[command(subcommand)]
    Training(training::Training),
    #[command(subcommand)]
    Staff(staff::Staff),
    Passport(passport::Passport),
    Eligibility(eligibility::EligibilityArgs),
    #[command(subcommand)]
    Catalogue(catalogue::Catalogue),
    Recognise(recognise::Recognise),
    #[command(subcommand)]
    Trust(trust::Trust),
    Audit(audit::Audit),
    Migrate(migrate::Migrate),
    Export(archive::Export),
    Restore(archive::Restore),
    #[command(subcommand)]
    Projections(projections::Projections),
    #[command(subcommand)]
    Log(log::Log),
    /// Serve the API and the pages (启动服务).
    Serve(serve::Serve),
    /// Check credentials offline (核验).
    Verify(verify::VerifyArgs),
    VerifyList(verify_list::VerifyList),
    #[cfg(feature = "conformance")]
    Conformance(conformance::Conformance),
}

#[derive(Subcommand)]
enum Import {
    /// Results of an assessment session (成绩汇总表).
    Results(import_results::Results),
}

/// Runs the program with these arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let own = Arguments::command();
    let program = ask::with_questions(operate::with_operations(own.clone()));
    let parsed = program.try_get_matches_from(arguments).and_then(|matches| {
        if let Some((verb, options)) = operate::asked(&matches) {
            return Ok(Asked::Operation {
                verb,
                output: output_of(&options),
                options: Box::new(options),
            });
        }
        if let Some((question, options)) = ask::asked(&own, &matches) {
            return Ok(Asked::Question {
                question,
                output: output_of(&options),
                options: Box::new(options),
            });
        }
        Arguments::from_arg_matches(&matches).map(|it| Asked::Own(Box::new(it)))
    });
    let asked = match parsed {
        Ok(asked) => asked,
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
    match asked {
        Asked::Operation {
            verb,
            options,
            output,
        } => operate::run(verb, &options, &output).into(),
        Asked::Question {
            question,
            options,
            output,
        } => ask::run(question, &options, &output).into(),
        Asked::Own(arguments) => {
            let output = output(arguments.json, arguments.lang);
            dispatch(arguments.command, &output).into()
        }
    }
}

/// What the arguments ask for.
enum Asked {
    /// An operation.
    Operation {
        verb: &'static crate::app::operation::Verb,
        options: Box<ArgMatches>,
        output: Output,
    },
    /// A query.
    Question {
        question: &'static crate::app::query::Question,
        options: Box<ArgMatches>,
        output: Output,
    },
    /// A subcommand of its own.
    Own(Box<Arguments>),
}

/// Where answers go, by the options every command has.
fn output_of(options: &ArgMatches) -> Output {
    let lang = options.get_one::<Lang>("lang").copied().unwrap_or(Lang::Zh);
    output(options.get_flag("json"), lang)
}

fn output(json: bool, lang: Lang) -> Output {
    let language = match lang {
        Lang::Zh => crate::locale::Language::Zh,
        Lang::En => crate::locale::Language::En,
    };
    Output { json, language }
}

fn dispatch(command: Command, output: &Output) -> Exit {
    match command {
        Command::Demo(demo) => demo.run(output),
        Command::Init(init) => init.run(output),
        Command::Body(body) => body.run(output),
        Command::Account(account) => account.run(output),
        Command::Keys(keys) => keys.run(output),
        Command::Calendar(calendar) => calendar.run(output),
        Command::Policy(policy) => policy.run(output),
        Command::Session(session) => session.run(output),
        Command::Proposal(show) => show.run(output),
        Command::Approve(approve) => approve.run(output),
        Command::Reject(reject) => reject.run(output),
        Command::Issue(issue) => issue.run(output),
        Command::Certificate(certificate) => certificate.run(output),
        Command::Training(training) => training.run(output),
        Command::Staff(staff) => staff.run(output),
        Command::Passport(passport) => passport.run(output),
        Command::Eligibility(eligibility) => eligibility.run(output),
        Command::Catalogue(catalogue) => catalogue.run(output),
        Command::Recognise(recognise) => recognise.run(output),
        Command::Trust(trust) => trust.run(output),
        Command::Audit(audit) => audit.run(output),
        Command::Migrate(migrate) => migrate.run(output),
        Command::Export(export) => export.run(output),
        Command::Restore(restore) => restore.run(output),
        Command::Projections(projections) => projections.run(output),
        Command::Log(log) => log.run(output),
        Command::Serve(serve) => serve.run(output),
        Command::Import(Import::Results(results)) => results.run(output),
        Command::Verify(verify) => verify.run(output),
        Command::VerifyList(list) => list.run(output),
        #[cfg(feature = "conformance")]
        Command::Conformance(door) => door.run(output),
    }
}
