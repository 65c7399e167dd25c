//! What a person has.

use crate::domain::background::{Background, RecordStruck};
use crate::domain::proposal::Proposals;
use crate::domain::rules::recognition::{Held, HeldBy, Holding};
use crate::domain::worker::appointment::Appointment;
use crate::domain::worker::apprenticeship::Apprenticeship;
use crate::domain::worker::components::ComponentPassed;
use crate::domain::worker::event::{
    LevelAwarded, LevelWithdrawn, TrainingCompleted, TrainingStruck,
};
use crate::domain::worker::honour::Honour;
use crate::domain::worker::question::AwardQuestioned;
use crate::domain::worker::recognition::state::Recognitions;

/// No such worker, or an enrolled one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "workers are loaded because they exist; boxing would cost each an allocation"
)]
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
    /// Questions about levels that wait for an answer.
    pub questions: Vec<AwardQuestioned>,
    /// Trainings that stand, in the order they were recorded.
    pub trainings: Vec<TrainingCompleted>,
    /// Trainings that were struck.
    pub trainings_struck: Vec<TrainingStruck>,
    /// Components kept (单科成绩保留), in the order they were passed.
    pub components: Vec<ComponentPassed>,
    /// What he brings along (履历).
    pub background: Background,
    /// Records that were struck; their ids are used up.
    pub struck: Vec<RecordStruck>,
    /// Appointments to posts (聘任), in the order they were made.
    pub appointments: Vec<Appointment>,
    /// Apprenticeships, in the order they were begun.
    pub apprenticeships: Vec<Apprenticeship>,
    /// Honours, in the order they were recorded.
    pub honours: Vec<Honour>,
    /// Recognitions applied for.
    pub recognitions: Recognitions,
    /// Acts of weight proposed.
    pub proposals: Proposals,
}

impl WorkerState {
    /// Everything held that recognition rules are put against: levels that stand, from the day
    /// they were awarded, and what the person brings along.
    pub fn held(&self) -> Vec<Held> {
        match self {
            Self::Absent => Vec::new(),
            Self::Enrolled(worker) => worker.held(),
        }
    }
}

impl Worker {
    /// Everything held, as [`WorkerState::held`] says.
    pub fn held(&self) -> Vec<Held> {
        let standing = self.levels.iter().filter(|level| level.withdrawn.is_none());
        let mut held: Vec<Held> = standing
            .map(|level| Held {
                holding: Holding::Level {
                    level: level.awarded.level,
                    occupation: level.awarded.occupation,
                },
                since: level.awarded.awarded_on,
                until: None,
                by: level.awarded.by.into(),
            })
            .collect();
        held.extend(self.background.held());
        let honours = self.honours.iter().filter(|it| it.withdrawn.is_none());
        held.extend(honours.map(|it| Held {
            holding: Holding::Honour {
                name: it.conferred.name.zh.clone(),
            },
            since: it.conferred.on,
            until: None,
            by: HeldBy::Record {
                record: it.conferred.record,
            },
        }));
        held
    }
}
