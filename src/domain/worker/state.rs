//! What a person has.

use crate::domain::background::Background;
use crate::domain::rules::recognise::{Held, Holding};
use crate::domain::worker::event::{LevelAwarded, LevelWithdrawn, TrainingCompleted};

/// No such worker, or an enrolled one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WorkerState {
    /// No such worker.
    #[default]
    Absent,
    /// In the ledger.
    Enrolled(Worker),
}

/// A level awarded, and its withdrawal if it came to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The award.
    pub awarded: LevelAwarded,
    /// The withdrawal.
    pub withdrawn: Option<LevelWithdrawn>,
}

/// A worker (劳动者), by what was awarded and completed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worker {
    /// Levels, in the order of their award.
    pub levels: Vec<Level>,
    /// Trainings, in the order they were recorded.
    pub trainings: Vec<TrainingCompleted>,
    /// What he brings along (履历).
    pub background: Background,
}

impl WorkerState {
    /// The levels that stand, as recognition rules are put against them. A level is held from
    /// the day it was awarded.
    pub fn held(&self) -> Vec<Held> {
        let Self::Enrolled(worker) = self else {
            return Vec::new();
        };
        worker
            .levels
            .iter()
            .filter(|level| level.withdrawn.is_none())
            .map(|level| Held {
                holding: Holding::Level {
                    level: level.awarded.level,
                    occupation: level.awarded.occupation,
                },
                since: level.awarded.awarded_on,
            })
            .collect()
    }
}
