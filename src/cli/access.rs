//! How a subcommand gets at a ledger: its folder, its passphrase, who acts, under which command.

use super::output::{Exit, Output};
use crate::app::home::Home;
use crate::app::{Actor, AppError, Ledger, chance};
use crate::domain::ids::CommandId;
use crate::store::StoreError;
use crate::view::ViewError;
use clap::Args;
use serde_json::Value;
use std::future::Future;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Longest passphrase or token read from a file.
const SECRET_BYTES_MAX: u64 = 4096;

/// Where the ledger is.
#[derive(Args, Clone)]
pub(super) struct Place {
    /// Data directory of the ledger.
    #[arg(long, value_name = "DIR", env = "SKILL_LEDGER_DATA")]
    pub data: PathBuf,
    #[command(flatten)]
    pub server: Server,
}

/// The server the database is on, if it is on one.
#[derive(Args, Clone)]
pub(super) struct Server {
    /// PostgreSQL database of the ledger, postgres://USER@HOST:PORT/DATABASE; without it, a file
    /// in the data directory. A password is better given by PGPASSWORD or ~/.pgpass.
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

impl Place {
    /// The data directory with its database.
    pub(super) fn home(&self) -> Home {
        Home::new(&self.data, self.server.database_url.as_deref())
    }
}

impl From<&Place> for Home {
    fn from(place: &Place) -> Self {
        place.home()
    }
}

/// Where the passphrase of the ledger's keys comes from. Without either, it is asked for.
#[derive(Args, Clone)]
pub(super) struct Passphrase {
    /// File whose first line is the passphrase of the ledger's keys.
    #[arg(long, value_name = "FILE", env = "SKILL_LEDGER_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// The passphrase itself, from the environment only.
    #[arg(
        long,
        env = "SKILL_LEDGER_PASSPHRASE",
        hide = true,
        hide_env_values = true
    )]
    passphrase: Option<String>,
}

/// What a command that acts needs.
#[derive(Args, Clone)]
pub(super) struct Access {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub passphrase: Passphrase,
    #[command(flatten)]
    pub token: Token,
}

/// Who acts.
#[derive(Args, Clone)]
pub(super) struct Token {
    /// Token of the account that acts.
    #[arg(
        long = "as",
        value_name = "TOKEN",
        env = "SKILL_LEDGER_TOKEN",
        hide_env_values = true
    )]
    token: Option<String>,
}

/// As of which position a question is asked.
#[derive(Args, Clone, Copy)]
pub(super) struct At {
    /// As of this position; now if not given.
    #[arg(long, value_name = "POSITION")]
    pub at: Option<u64>,
}

/// The id of a writing command.
#[derive(Args, Clone)]
pub(super) struct Once {
    /// Id of this command: the same id never has two effects. Made and shown if not given.
    #[arg(long, value_name = "UUID")]
    command_id: Option<CommandId>,
}

impl Once {
    /// The given id, or a fresh one, shown before anything is stored.
    pub(super) fn id(&self, output: &Output) -> CommandId {
        self.command_id.unwrap_or_else(|| {
            let id = CommandId(chance::internal_id());
            output.say(&output.text("cli-command-id", &[("id", id.to_string())]));
            id
        })
    }
}

impl Passphrase {
    /// Reads the passphrase.
    pub(super) fn read(&self, output: &Output) -> Result<Zeroizing<String>, AppError> {
        if let Some(path) = &self.passphrase_file {
            return first_line(path);
        }
        if let Some(passphrase) = &self.passphrase {
            return Ok(Zeroizing::new(passphrase.clone()));
        }
        if !std::io::stdin().is_terminal() {
            return Err(AppError::Locked);
        }
        rpassword::prompt_password(output.text("cli-passphrase-prompt", &[]))
            .map(Zeroizing::new)
            .map_err(|error| AppError::File {
                path: "terminal".into(),
                error,
            })
    }
}

fn first_line(path: &std::path::Path) -> Result<Zeroizing<String>, AppError> {
    let failed = |error| AppError::File {
        path: path.display().to_string(),
        error,
    };
    let mut text = Zeroizing::new(String::new());
    std::fs::File::open(path)
        .and_then(|file| file.take(SECRET_BYTES_MAX).read_to_string(&mut text))
        .map_err(failed)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(AppError::BadInput {
            what: "passphrase-file",
            rule: "passphrase-line",
        });
    }
    Ok(Zeroizing::new(line.to_owned()))
}

impl Access {
    /// Whether a token was given.
    pub(super) fn names_actor(&self) -> bool {
        self.token.token.is_some()
    }

    /// Opens the ledger for writing.
    pub(super) async fn open(&self, output: &Output) -> Result<Ledger, AppError> {
        let passphrase = self.passphrase.read(output)?;
        Ledger::open(&self.place, &passphrase).await
    }

    /// Opens the ledger for writing and says who acts.
    pub(super) async fn open_as(&self, output: &Output) -> Result<(Ledger, Actor), AppError> {
        let ledger = self.open(output).await?;
        let actor = ledger
            .actor(self.token.token.as_deref().unwrap_or_default())
            .await?;
        Ok((ledger, actor))
    }
}

/// What a subcommand answers: a document for programs, lines for people.
pub(super) struct Answer {
    pub json: Value,
    pub lines: Vec<String>,
    pub exit: Exit,
}

impl Answer {
    /// Done.
    pub(super) fn done(json: Value, lines: Vec<String>) -> Self {
        Self {
            json,
            lines,
            exit: Exit::Done,
        }
    }
}

/// Runs a use case and shows its answer or its error.
pub(super) fn answer(
    output: &Output,
    asked: impl Future<Output = Result<Answer, AppError>>,
) -> Exit {
    work(output, async {
        let answer = asked.await?;
        if output.json {
            output.print_json(&answer.json);
        } else {
            answer.lines.iter().for_each(|line| output.print(line));
        }
        Ok(answer.exit)
    })
}

/// Runs what prints its own lines as it goes, and shows its error.
pub(super) fn work(output: &Output, work: impl Future<Output = Result<Exit, AppError>>) -> Exit {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            output.say(&error.to_string());
            return Exit::Unable;
        }
    };
    match runtime.block_on(work) {
        Ok(exit) => exit,
        Err(error) => show_error(output, &error),
    }
}

/// Shows an error; its exit says whether a rule refused or something could not be done.
pub(super) fn show_error(output: &Output, error: &AppError) -> Exit {
    output.error_words(&error.code(), error.words());
    match error {
        AppError::BadInput { .. } | AppError::Rows(_) | AppError::Policy(_) => Exit::Misuse,
        AppError::Store(StoreError::Address(_)) => Exit::Misuse,
        AppError::View(ViewError::PositionZero) => Exit::Misuse,
        error if error.is_refusal() => Exit::Refused,
        _ => Exit::Unable,
    }
}
