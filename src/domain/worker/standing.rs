//! What the rules of the routes ask of a worker's stream.

use crate::domain::ids::RecordId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::rules::routes::promotion::PromotionFacts;
use crate::domain::worker::state::{Level, Worker, WorkerState};
use jiff::civil::Date;

impl Worker {
    /// Every level that stands in the occupation, with the day it was awarded.
    pub fn held_in(&self, occupation: OccupationCode) -> Vec<(SkillLevel, Date)> {
        let stands = |it: &&Level| it.withdrawn.is_none() && it.awarded.occupation == occupation;
        self.levels
            .iter()
            .filter(stands)
            .map(|it| (it.awarded.level, it.awarded.awarded_on))
            .collect()
    }

    /// The highest level that stands in the occupation.
    pub fn highest_in(&self, occupation: OccupationCode) -> Option<SkillLevel> {
        self.held_in(occupation)
            .into_iter()
            .map(|(level, _)| level)
            .max()
    }

    /// The days of the assessments by which he was graded in the occupation (转正定级), as far as the
    /// level stands.
    pub fn graded_in(&self, occupation: OccupationCode) -> Vec<Date> {
        let graded = |it: &&Level| {
            it.withdrawn.is_none()
                && it.awarded.occupation == occupation
                && it.awarded.route == Route::ApprenticeGrading
        };
        let graded = self.levels.iter().filter(graded);
        graded.map(|it| it.awarded.assessed_on).collect()
    }

    /// What a promotion looks at. A promotion that was withdrawn has used up its year.
    pub fn promotion_facts(&self, occupation: OccupationCode) -> PromotionFacts {
        PromotionFacts {
            held: self.highest_in(occupation),
            promoted_in: self
                .levels
                .iter()
                .filter(|it| it.awarded.route == Route::Competition)
                .map(|it| it.awarded.assessed_on.year())
                .collect(),
        }
    }

    /// Whether he is a student of the graduation year (毕业年度): graduates, or is to graduate, in
    /// that calendar year.
    pub fn graduates_in(&self, year: i16) -> bool {
        self.background.studies.iter().any(|study| {
            study
                .graduated_on
                .or(study.expected_on)
                .is_some_and(|day| day.year() == year)
        })
    }

    /// Whether anything of his stands, or ever stood, under this record id.
    pub fn has_record(&self, record: RecordId) -> bool {
        self.background.has(record)
            || self.struck.iter().any(|it| it.record == record)
            || self
                .apprenticeships
                .iter()
                .any(|it| it.started.record == record)
            || self.honours.iter().any(|it| it.conferred.record == record)
    }
}

impl WorkerState {
    /// The worker, if he is in the ledger.
    pub const fn worker(&self) -> Option<&Worker> {
        match self {
            Self::Absent => None,
            Self::Enrolled(worker) => Some(worker),
        }
    }
}
