//! The logical audit (L1) of the store's own tables: what it is told, and what it says.
//!
//! Any change of any column of any row of these tables is found, except a consistent rewrite of
//! everything by somebody who also holds the log's key: that is what witnesses are for. Views are
//! audited by rebuilding them; the migration tool's timings are outside.
//!
//! [`run`] walks over a [`Snapshot`](snapshot::Snapshot), which each engine reads in its own SQL.

mod chains;
mod events;
mod keys;
pub(in crate::store) mod run;
pub(super) mod snapshot;
mod steps;
mod tree;
mod vault;

pub(super) use run::run;
pub(super) use steps::{Step, compare_steps};

use super::StoreError;
use crate::domain::digest::SealedDigest;
use crate::domain::ids::SubjectId;
use crate::store::StoredCheckpoint;
use crate::tlog::leaf::Hash;

/// Most problems of one report; more are only counted.
pub const PROBLEMS_MAX: usize = 1_000;

/// A place where the database is not what it must be.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The table.
    pub table: &'static str,
    /// The row, by its key: `position 17`.
    pub row: String,
    /// What is wrong with it.
    pub detail: String,
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Findings {
    /// Events read.
    pub events: u64,
    /// Signed checkpoints read.
    pub checkpoints: u64,
    /// Looks in the access journal read.
    pub looks: u64,
    /// Sealed rows read.
    pub sealed_rows: u64,
    /// The problems, in the order they were met; at most [`PROBLEMS_MAX`].
    pub problems: Vec<Problem>,
    /// Problems beyond those listed.
    pub unlisted: u64,
    /// Parts that could not be checked, kebab-case: `schema` where the database role may not
    /// make a schema to compare with.
    pub not_checked: Vec<&'static str>,
}

impl Findings {
    /// Adds a problem.
    pub(crate) fn add(&mut self, table: &'static str, row: impl ToString, detail: impl ToString) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem {
                table,
                row: row.to_string(),
                detail: detail.to_string(),
            });
        } else {
            self.unlisted += 1;
        }
    }

    /// Adds what was found beside this.
    pub(super) fn join(&mut self, beside: Self) {
        for Problem { table, row, detail } in beside.problems {
            self.add(table, row, detail);
        }
        self.unlisted += beside.unlisted;
    }

    /// A value that was read; where it could not be, that becomes a problem. Other errors stay
    /// errors.
    pub(super) fn readable<T>(
        &mut self,
        read: Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(StoreError::Corrupt { table, row, column }) => {
                self.add(table, row, format!("column {column} cannot be read"));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }
}

/// What one event says must stand elsewhere in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// Keys it takes for ever.
    pub reservations: Vec<String>,
    /// Sealed rows it names, and under
    /// [`NewSubject::FIELD`](crate::codec::batch::NewSubject::FIELD) new persons.
    pub sealed: Vec<SealedDigest>,
    /// Persons it erases.
    pub erased: Vec<SubjectId>,
    /// Hash of its leaf in the tree.
    pub leaf: Hash,
}

/// What the store cannot know by itself: the meaning of events and of signed notes.
pub trait Derive: Send + Sync + 'static {
    /// What an event says; an error if its payload cannot be read. Called once for each event, in
    /// order; afterwards again for an event whose sealed rows are missing.
    fn of_event(&self, row: &crate::codec::row::Row) -> Result<Derived, String>;
    /// Size and root that a checkpoint states; an error if its signature does not hold.
    fn of_checkpoint(&self, checkpoint: &StoredCheckpoint) -> Result<(u64, Hash), String>;
}
