//! Read models: what people and programs ask for, derived from the events and rebuildable.
//!
//! Nothing is decided on a view. Every answer is an [`AsOf`]: it carries the position it is true
//! at. [`Views::as_of`] asks all the same questions of a past position. No view holds a name, a
//! document number or a credential; a look-up about a person goes through the vault, journal first.
//!
//! [`Views`] are the views on either engine. A question is asked, and a change carried out, in one
//! way (`ask/`, `write/`) over statements that each engine has in its own words (`sqlite/`,
//! `postgres/`); a statement that both read the same stands where it is used.

mod ask;
pub mod body;
pub mod certificate;
pub mod change;
mod connection;
mod dump;
mod field;
pub mod passport;
mod postgres;
pub mod proposal;
pub mod published;
pub mod register;
pub mod session;
pub(crate) mod shadow;
mod sql;
mod sqlite;
mod views;
mod write;

pub use ask::{RegisterPage, ReviewCounts, Reviewed};
pub use change::ViewChange;
pub(crate) use connection::Connection;
pub use views::{SavedPosition, ViewStore, Views, Writing};
pub(crate) use views::{hold_position, save_position, saved_position};
pub(crate) use write::apply;

/// Most rows of one page; a larger `limit` is cut to it.
pub const PAGE_MAX: u32 = 1000;

/// An answer, and the position of the last event it reflects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf<T> {
    /// Position of the last event reflected.
    pub position: u64,
    /// The answer.
    pub value: T,
}

impl<T> AsOf<T> {
    /// The same position with another answer.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> AsOf<U> {
        AsOf {
            position: self.position,
            value: f(self.value),
        }
    }
}

/// A view could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// A stored value cannot be read back: rebuild the views.
    #[error("table {table}, {row}: column {column} cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row, by its key.
        row: String,
        /// The column.
        column: &'static str,
    },
    /// A value cannot be written as text: a program error.
    #[error("a value of {0} cannot be written")]
    Unwritable(&'static str),
    /// More rows than an answer may hold.
    #[error("more than {0} rows")]
    TooMany(usize),
    /// A position the views have not reached.
    #[error("the views are at position {position}, asked for {asked}")]
    NotReached {
        /// Asked for.
        asked: u64,
        /// Where the views are.
        position: u64,
    },
    /// Positions begin at 1: there is nothing as of position 0.
    #[error("positions begin at 1")]
    PositionZero,
    /// Asked as of a past position, of what is kept in its newest form only.
    #[error("{0} is kept in its newest form only")]
    NewestOnly(&'static str),
    /// Somebody else writes the views and did not end in time: try again.
    #[error("the views are busy, try again")]
    Busy,
    /// The engine failed.
    #[error("the views cannot be read or written: {0}")]
    Engine(String),
}

impl ViewError {
    /// A stable word for scripts and problem documents.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Corrupt { .. } => "view-corrupt",
            Self::Unwritable(_) => "view-unwritable",
            Self::TooMany(_) => "view-too-many",
            Self::NotReached { .. } => "view-not-reached",
            Self::PositionZero => "view-position-zero",
            Self::NewestOnly(_) => "view-newest-only",
            Self::Busy => "view-busy",
            Self::Engine(_) => "view-engine",
        }
    }
}

/// Something wrong in a view table, found by building the views again beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The row, by its key: `number Y0001…`.
    pub row: String,
    /// What is wrong: the column that differs, a missing row, a row that should not be.
    pub detail: String,
}
