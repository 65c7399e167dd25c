//! What an error of the engine means for writing: retry, refuse, or stop for good.

use crate::store::StoreError;
use std::time::Duration;

/// SQLite primary result codes (sqlite.org/rescode.html).
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const TOO_BIG: i32 = 18;
const CONSTRAINT: i32 = 19;

/// How long a caller told `Busy` should wait.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// An engine error, sorted.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The writer's turn did not come in time; nothing was stored.
    Busy,
    /// A key or check of the schema refused the rows; nothing was stored.
    Refused(String),
    /// Everything else: input-output error, full disk, corruption, a lost connection. Whether
    /// the write is on the disk is not known, and asking again could be told a lie.
    Stop(String),
}

impl Failure {
    /// Sorts an error met while writing. What is not known to be harmless stops writing.
    pub fn of(error: &sqlx::Error) -> Self {
        if let sqlx::Error::PoolTimedOut = error {
            return Self::Busy;
        }
        let Some(database) = error.as_database_error() else {
            return Self::Stop(error.to_string());
        };
        let code: Option<i32> = database.code().and_then(|code| code.parse().ok());
        // The low byte is the primary code, the rest says more.
        match code.map(|code| code & 0xff) {
            Some(BUSY | LOCKED) => Self::Busy,
            Some(CONSTRAINT | TOO_BIG) => Self::Refused(error.to_string()),
            _ => Self::Stop(error.to_string()),
        }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Busy => Self::Busy {
                retry_after: RETRY_AFTER,
            },
            Failure::Refused(detail) => Self::Refused(detail),
            Failure::Stop(detail) => Self::Engine(detail),
        }
    }
}

/// An error met while reading: it puts no write in doubt.
pub fn read(error: &sqlx::Error) -> StoreError {
    Failure::of(error).into()
}
