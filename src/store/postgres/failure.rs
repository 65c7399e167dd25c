//! What an error of the engine means for writing: retry, refuse, reconnect, or stop for good.

use crate::store::StoreError;
use std::time::Duration;

/// How long a caller told `Busy` should wait.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// An engine error, sorted by its SQLSTATE (PostgreSQL documentation, appendix A).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Somebody else holds what is needed, or the server sheds load; nothing was stored.
    Busy,
    /// A key, check or trigger of the schema refused the rows; nothing was stored.
    Refused(String),
    /// The connection is gone. Whether a commit on its way was done has to be asked.
    Lost(String),
    /// The role has not the right to it; nothing was stored.
    Forbidden(String),
    /// The server is a replica or was made read-only: nothing can be written here.
    ReadOnly,
    /// Everything else: input-output error, full disk, corruption. Writing stops.
    Stop(String),
}

impl Failure {
    /// Sorts an error. What is not known to be harmless stops writing.
    pub fn of(error: &sqlx::Error) -> Self {
        let said = || error.to_string();
        match error {
            sqlx::Error::PoolTimedOut => return Self::Busy,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            // What comes after half a message is not what was expected.
            | sqlx::Error::Protocol(_) => return Self::Lost(said()),
            _ => {}
        }
        let Some(database) = error.as_database_error() else {
            return Self::Stop(said());
        };
        match database.code().as_deref().unwrap_or_default() {
            // Connection exceptions; the server goes down, comes up, or ends sessions.
            code if code.starts_with("08") => Self::Lost(said()),
            "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => Self::Lost(said()),
            // Serialisation, deadlock, lock not available, time ran out, too many connections.
            "40001" | "40P01" | "55P03" | "57014" | "53300" => Self::Busy,
            // Integrity, data out of range, a trigger's word, a limit of the program.
            code if code.starts_with("23") || code.starts_with("22") => Self::Refused(said()),
            code if code.starts_with("54") => Self::Refused(said()),
            "P0001" => Self::Refused(said()),
            "25006" => Self::ReadOnly,
            "42501" => Self::Forbidden(said()),
            _ => Self::Stop(said()),
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
            Failure::Lost(detail) => Self::Unreachable(detail),
            Failure::ReadOnly => Self::ReadOnlyServer,
            Failure::Forbidden(detail) => Self::Forbidden(detail),
            Failure::Stop(detail) => Self::Engine(detail),
        }
    }
}

/// An error met while reading: it puts no write in doubt.
pub fn read(error: &sqlx::Error) -> StoreError {
    Failure::of(error).into()
}
