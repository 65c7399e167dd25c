//! What still stands although what it rested on has fallen (待复核).
//!
//! Nothing falls by itself. A level that was withdrawn as wrongly granted (撤销), a training or
//! record that was struck or an honour withdrawn may have carried a later level or a recognition;
//! whether that one falls too is an act of weight of its own, on its own ground, by two people. This
//! list says where to look. 吊销 is a penalty for what came after and casts no doubt on what was before.

use crate::domain::ids::{BodyId, RecognitionId};
use crate::domain::proposal::End;
use crate::domain::rules::recognition::HeldBy;
use crate::domain::worker::event::AwardedBy;
use crate::domain::worker::recognition::state::Outcome;
use crate::domain::worker::state::{Level, Worker, WorkerState};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt;

/// What is to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Doubtful {
    /// A level that stands.
    Level {
        /// What awarded it.
        by: AwardedBy,
    },
    /// A recognition that was granted, with the level awarded on it, if any.
    Recognition {
        /// Which.
        recognition: RecognitionId,
    },
}

/// What a level or a recognition rested on, or may have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RestedOn {
    /// Something held.
    #[serde(rename = "rested_on")]
    Held(HeldBy),
    /// The class hours of a training (课时).
    #[serde(rename = "rested_on_training")]
    Training {
        /// The training provider.
        provider: BodyId,
        /// Its class (班期).
        class: String,
    },
}

impl fmt::Display for RestedOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held(held) => held.fmt(f),
            Self::Training { provider, class } => write!(f, "{provider}/{class}"),
        }
    }
}

/// Something to be looked at again, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ReviewDue {
    /// What.
    #[serde(flatten)]
    pub doubtful: Doubtful,
    /// What it rested on, or may have: that has fallen.
    #[serde(flatten)]
    pub rested_on: RestedOn,
    /// The day that fell.
    pub fallen_on: Date,
}

impl WorkerState {
    /// Everything of this worker that is to be looked at again, oldest fall first.
    pub fn reviews_due(&self) -> Vec<ReviewDue> {
        self.worker().map(Worker::reviews_due).unwrap_or_default()
    }
}

impl Worker {
    /// Everything that is to be looked at again, oldest fall first.
    pub fn reviews_due(&self) -> Vec<ReviewDue> {
        let mut due: Vec<ReviewDue> = self.levels_in_doubt().collect();
        due.extend(self.levels_on_struck_training());
        due.extend(self.recognitions_in_doubt());
        due.sort_unstable_by_key(|it| (it.fallen_on, it.doubtful));
        due
    }

    /// Levels that stand, assessed while a lower level of the occupation was held that has since
    /// been withdrawn as wrongly granted. Those awarded on a recognition go with it.
    fn levels_in_doubt(&self) -> impl Iterator<Item = ReviewDue> {
        let stands = |it: &&Level| it.withdrawn.is_none() && it.awarded.by.session().is_some();
        self.levels.iter().filter(stands).flat_map(|level| {
            let later = &level.awarded;
            self.levels.iter().filter_map(move |prior| {
                let fallen = prior.withdrawn.as_ref()?;
                let prior = &prior.awarded;
                let rested = fallen.end == End::Revoked
                    && prior.occupation == later.occupation
                    && prior.level < later.level
                    && (prior.awarded_on..=fallen.on).contains(&later.assessed_on);
                rested.then(|| ReviewDue {
                    doubtful: Doubtful::Level { by: later.by },
                    rested_on: RestedOn::Held(prior.by.into()),
                    fallen_on: fallen.on,
                })
            })
        })
    }

    /// Levels that stand, assessed after a training for this very level and before it was struck:
    /// the hours may have been what let him apply.
    fn levels_on_struck_training(&self) -> impl Iterator<Item = ReviewDue> {
        self.trainings_struck.iter().flat_map(|struck| {
            let training = &struck.training;
            let rested = move |it: &&Level| {
                let awarded = &it.awarded;
                it.withdrawn.is_none()
                    && awarded.by.session().is_some()
                    && training.occupation == Some(awarded.occupation)
                    && training.level == Some(awarded.level)
                    && (training.to..=struck.on).contains(&awarded.assessed_on)
            };
            self.levels.iter().filter(rested).map(move |it| ReviewDue {
                doubtful: Doubtful::Level { by: it.awarded.by },
                rested_on: RestedOn::Training {
                    provider: training.provider,
                    class: training.class.clone(),
                },
                fallen_on: struck.on,
            })
        })
    }

    /// Recognitions granted of something that no longer stands.
    fn recognitions_in_doubt(&self) -> impl Iterator<Item = ReviewDue> {
        let granted = |outcome: &Outcome| matches!(outcome, Outcome::Granted(_));
        let cases = self.recognitions.cases();
        cases
            .filter(move |(_, case)| granted(&case.outcome))
            .filter_map(|(recognition, case)| {
                Some(ReviewDue {
                    doubtful: Doubtful::Recognition { recognition },
                    rested_on: RestedOn::Held(case.applied.held),
                    fallen_on: self.fallen_on(case.applied.held)?,
                })
            })
    }

    /// The day on which what this shows fell; none while it stands.
    fn fallen_on(&self, held: HeldBy) -> Option<Date> {
        let level = |by: AwardedBy| {
            let found = self.levels.iter().find(|it| it.awarded.by == by)?;
            Some(found.withdrawn.as_ref()?.on)
        };
        match held {
            HeldBy::Session { session } => level(AwardedBy::Session(session)),
            HeldBy::Recognition { recognition } => level(AwardedBy::Recognition(recognition)),
            HeldBy::Record { record } => {
                let struck = self.struck.iter().find(|it| it.record == record);
                let honour = self.honours.iter().find(|it| it.conferred.record == record);
                let withdrawn = || Some(honour?.withdrawn.as_ref()?.on);
                struck.map(|it| it.on).or_else(withdrawn)
            }
            HeldBy::Stated => None,
        }
    }
}
