//! What is known of a person when he applies: levels, trainings, apprenticeships, and what he
//! brings along. Nothing here decides.

use crate::domain::background::Background;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::worker::event::{AwardedBy, TrainingCompleted};
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use std::fmt;

/// A date of birth. It comes from the vault and goes nowhere: it is never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Birth(pub Date);

impl fmt::Debug for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Birth(sealed)")
    }
}

/// A level by this ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelHeld {
    /// What awarded it.
    pub by: AwardedBy,
    /// The occupation.
    pub occupation: OccupationCode,
    /// The level.
    pub level: SkillLevel,
    /// The day it was awarded.
    pub awarded_on: Date,
    /// Whether it stands; a withdrawn one gives nothing.
    pub standing: bool,
}

/// An apprenticeship served to its end (学徒期满).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprenticeshipServed {
    /// The occupation.
    pub occupation: OccupationCode,
    /// The last day of its term.
    pub ended_on: Date,
}

/// That something no record holds was shown to the reviewer ([`Condition::Stated`]).
///
/// [`Condition::Stated`]: super::condition::Condition::Stated
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The code of the condition.
    pub code: String,
    /// The day it was shown.
    pub on: Date,
}

/// A person's history, as application conditions are put against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// From the vault; without it no age is judged.
    pub birth: Option<Birth>,
    /// Levels by this ledger.
    pub levels: Vec<LevelHeld>,
    /// Trainings completed.
    pub trainings: Vec<TrainingCompleted>,
    /// Apprenticeships served.
    pub apprenticeships: Vec<ApprenticeshipServed>,
    /// What he brings along (履历).
    pub background: Background,
    /// What the reviewer was shown.
    pub shown: Vec<Shown>,
}

impl History {
    /// The history in a worker's stream. The birth comes from the vault.
    pub fn of(worker: &Worker, birth: Option<Date>) -> Self {
        Self {
            birth: birth.map(Birth),
            levels: worker
                .levels
                .iter()
                .map(|level| LevelHeld {
                    by: level.awarded.by,
                    occupation: level.awarded.occupation,
                    level: level.awarded.level,
                    awarded_on: level.awarded.awarded_on,
                    standing: level.withdrawn.is_none(),
                })
                .collect(),
            trainings: worker.trainings.clone(),
            apprenticeships: worker
                .apprenticeships
                .iter()
                .filter_map(|it| {
                    Some(ApprenticeshipServed {
                        occupation: it.started.occupation,
                        ended_on: it.completed.as_ref()?.on,
                    })
                })
                .collect(),
            background: worker.background.clone(),
            shown: Vec::new(),
        }
    }

    /// The same history with what the reviewer was shown.
    pub fn with_shown(mut self, codes: impl IntoIterator<Item = String>, on: Date) -> Self {
        self.shown
            .extend(codes.into_iter().map(|code| Shown { code, on }));
        self
    }
}
