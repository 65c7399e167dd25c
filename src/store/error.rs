//! Why the store could not do what it was asked. What it *refuses* is an outcome, not an error.

use crate::domain::ids::{CommandId, SubjectId};
use crate::domain::time::Instant;
use crate::locale::{self, Words};
use std::fmt::Display;
use std::path::PathBuf;
use std::time::Duration;

/// The store could not.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process writes to this ledger.
    #[error("another process writes to this ledger: {holder}")]
    Locked {
        /// What the lock file says: process id and since when.
        holder: String,
    },
    /// The database has a migration this program does not know.
    #[error(
        "the database has schema {found}, this program knows up to {known}: use the newer program"
    )]
    NewerSchema {
        /// Newest migration applied to the database.
        found: i64,
        /// Newest migration of this program.
        known: i64,
    },
    /// A reader met a database that a writer of this program has not opened yet.
    #[error(
        "the database has schema {found}, this program needs {known}: open it once for writing"
    )]
    OlderSchema {
        /// Newest migration applied to the database.
        found: i64,
        /// Newest migration of this program.
        known: i64,
    },
    /// There is a file where a ledger was to be created.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// There is no file where a ledger was to be opened.
    #[error("{0} does not exist")]
    Missing(PathBuf),
    /// The file is no ledger, or its creation was not finished.
    #[error("not a ledger: {0}")]
    NotALedger(String),
    /// A pragma that durability rests on did not take.
    #[error("the engine did not accept {pragma}: it says {found}")]
    Pragma {
        /// Its name.
        pragma: &'static str,
        /// What was read back.
        found: String,
    },
    /// A write was asked of a reader.
    #[error("this ledger is open for reading only")]
    ReadOnly,
    /// The writer was busy for too long. Nothing was stored.
    #[error("busy, retry after {} ms", retry_after.as_millis())]
    Busy {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The batch breaks the contract of [`Batch`](crate::codec::batch::Batch): a program error.
    #[error("the batch is not well formed: {0}")]
    Malformed(&'static str),
    /// A sealed row does not follow the version in the vault.
    #[error("the vault holds version {actual} of a sealed row of {subject}")]
    VaultVersion {
        /// Whose row.
        subject: SubjectId,
        /// The version there is; 0 for none.
        actual: u32,
    },
    /// A person is neither in the vault nor new in the batch.
    #[error("the vault does not know {0}")]
    UnknownSubject(SubjectId),
    /// Stored data cannot be read back.
    #[error("table {table}, {row}: column {column} cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row, by its key.
        row: String,
        /// The column.
        column: &'static str,
    },
    /// Writing has stopped: an earlier write failed in a way that leaves the disk in doubt.
    /// Restart once the cause is mended; what was acknowledged is stored.
    #[error("writing has stopped since {since}: {cause}")]
    Stopped {
        /// The time of the write that failed.
        since: Instant,
        /// What the engine said.
        cause: String,
    },
    /// The server does not answer, or the connection was lost. Nothing was stored.
    #[error("the database does not answer: {0}")]
    Unreachable(String),
    /// The connection was lost while a commit was on its way, and nobody can be asked.
    #[error("whether command {command} was stored is not known: ask again with the same id")]
    OutcomeUnknown {
        /// The command.
        command: CommandId,
    },
    /// The server takes no writes: a replica, or made read-only.
    #[error("the database server is read-only (a replica?)")]
    ReadOnlyServer,
    /// The address of the database cannot be read.
    #[error("the address of the database cannot be read: {0}")]
    Address(String),
    /// The server refuses the user or the password.
    #[error("the database refuses the user or the password")]
    Denied,
    /// The server has no such database.
    #[error("the server has no database {0}")]
    NoDatabase(String),
    /// The server is older than what is needed.
    #[error("the server is PostgreSQL {found}, needed is {needed} or newer")]
    OlderServer {
        /// Its version.
        found: String,
        /// The oldest that will do.
        needed: &'static str,
    },
    /// The database role may not do what is needed.
    #[error("the database role may not do this: {0}")]
    Forbidden(String),
    /// A ledger stands in the database where one was to be created.
    #[error("the database {0} holds a ledger already")]
    Taken(String),
    /// A copy of the database file was asked for, and the database stands on a server.
    #[error("the database stands on a server and has no file to copy")]
    NoFile,
    /// A key or check of the schema refused the rows. Nothing was stored.
    #[error("the database refused the rows: {0}")]
    Refused(String),
    /// The engine failed in another way.
    #[error("the database failed: {0}")]
    Engine(String),
    /// The file system failed.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl StoreError {
    /// The same error for another who met it in the same commit.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::Locked { holder } => Self::Locked {
                holder: holder.clone(),
            },
            Self::ReadOnly => Self::ReadOnly,
            Self::Busy { retry_after } => Self::Busy {
                retry_after: *retry_after,
            },
            Self::Corrupt { table, row, column } => Self::Corrupt {
                table,
                row: row.clone(),
                column,
            },
            Self::Stopped { since, cause } => Self::Stopped {
                since: *since,
                cause: cause.clone(),
            },
            Self::Refused(detail) => Self::Refused(detail.clone()),
            Self::Unreachable(detail) => Self::Unreachable(detail.clone()),
            Self::ReadOnlyServer => Self::ReadOnlyServer,
            Self::Forbidden(detail) => Self::Forbidden(detail.clone()),
            other => Self::Engine(other.to_string()),
        }
    }

    /// A stable word for scripts and problem documents; also the message key, after `store-`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Locked { .. } => "locked",
            Self::NewerSchema { .. } => "newer-schema",
            Self::OlderSchema { .. } => "older-schema",
            Self::Exists(_) => "exists",
            Self::Missing(_) => "missing",
            Self::NotALedger(_) => "not-a-ledger",
            Self::Pragma { .. } => "pragma",
            Self::ReadOnly => "read-only",
            Self::Busy { .. } => "busy",
            Self::Malformed(_) => "malformed-batch",
            Self::VaultVersion { .. } => "vault-version",
            Self::UnknownSubject(_) => "unknown-subject",
            Self::Corrupt { .. } => "corrupt",
            Self::Stopped { .. } => "stopped",
            Self::Unreachable(_) => "unreachable",
            Self::OutcomeUnknown { .. } => "outcome-unknown",
            Self::ReadOnlyServer => "read-only-server",
            Self::Address(_) => "address",
            Self::Denied => "denied",
            Self::NoDatabase(_) => "no-database",
            Self::OlderServer { .. } => "older-server",
            Self::Forbidden(_) => "forbidden",
            Self::Taken(_) => "taken",
            Self::NoFile => "no-file",
            Self::Refused(_) => "refused",
            Self::Engine(_) => "engine",
            Self::File { .. } => "file",
        }
    }

    /// The words for people.
    pub fn words(&self) -> Words {
        let args: Vec<(&str, String)> = match self {
            Self::Locked { holder } => vec![("holder", holder.clone())],
            Self::NewerSchema { found, known } | Self::OlderSchema { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            Self::Exists(path) | Self::Missing(path) => {
                vec![("path", path.display().to_string())]
            }
            Self::Pragma { pragma, found } => {
                vec![("pragma", (*pragma).to_owned()), ("found", found.clone())]
            }
            Self::Busy { retry_after } => {
                vec![("milliseconds", retry_after.as_millis().to_string())]
            }
            Self::Corrupt { table, row, column } => vec![
                ("table", (*table).to_owned()),
                ("row", row.clone()),
                ("column", (*column).to_owned()),
            ],
            Self::Stopped { since, cause } => {
                vec![("since", since.show_in_china()), ("cause", cause.clone())]
            }
            Self::Refused(detail)
            | Self::Engine(detail)
            | Self::Unreachable(detail)
            | Self::Address(detail)
            | Self::Forbidden(detail) => vec![("detail", detail.clone())],
            Self::OutcomeUnknown { command } => vec![("command", command.to_string())],
            Self::NoDatabase(name) | Self::Taken(name) => vec![("name", name.clone())],
            Self::OlderServer { found, needed } => {
                vec![("found", found.clone()), ("needed", (*needed).to_owned())]
            }
            Self::File { path, source } => vec![
                ("path", path.display().to_string()),
                ("detail", source.to_string()),
            ],
            Self::NotALedger(_)
            | Self::ReadOnly
            | Self::ReadOnlyServer
            | Self::Denied
            | Self::NoFile
            | Self::Malformed(_)
            | Self::VaultVersion { .. }
            | Self::UnknownSubject(_) => Vec::new(),
        };
        locale::words(&format!("store-{}", self.code()), &args)
    }
}

/// The error that names table, row and column.
pub(super) fn corrupt(table: &'static str, key: &dyn Display, column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table,
        row: key.to_string(),
        column,
    }
}
