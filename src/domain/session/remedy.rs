//! What puts a confirmed result right, after an objection upheld or a return.

use crate::domain::ids::WorkerId;
use crate::domain::session::event::ResultEntered;

/// What puts a confirmed result right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// It is struck.
    Strike(WorkerId),
    /// Another takes its place.
    Change(ResultEntered),
}

impl Remedy {
    /// Whose result it is about.
    pub const fn worker(&self) -> WorkerId {
        match self {
            Self::Strike(worker) => *worker,
            Self::Change(result) => result.worker,
        }
    }
}
