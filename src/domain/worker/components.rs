//! 单科成绩保留: a component passed without the whole, kept for a term.

use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::score::{Component, Score};
use crate::domain::session::basis::Retained;
use crate::domain::worker::event::WorkerEvent;
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A component was passed and is kept, for the same occupation and level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentPassed {
    /// In which session.
    pub session: SessionId,
    /// The occupation.
    pub occupation: OccupationCode,
    /// The level applied for.
    pub level: SkillLevel,
    /// Which component.
    pub component: Component,
    /// The score, 60.0 or more.
    pub score: Score,
    /// 评定日期
    pub passed_on: Date,
    /// Last day on which an assessment may count it, by the policy of that day.
    pub valid_to: Date,
}

/// Keeps a component.
pub(super) fn keep(worker: &Worker, passed: &ComponentPassed) -> Result<Vec<WorkerEvent>, No> {
    if !passed.score.passes() {
        return Err(No::ComponentNotPassed);
    }
    if passed.valid_to < passed.passed_on {
        return Err(No::DatesDisagree);
    }
    let same =
        |it: &ComponentPassed| it.session == passed.session && it.component == passed.component;
    if worker.components.iter().any(same) {
        return Err(No::ComponentKeptTwice);
    }
    Ok(vec![(*passed).into()])
}

impl Worker {
    /// The components kept for this occupation and level that an assessment of that day may count.
    pub fn components_kept(
        &self,
        occupation: OccupationCode,
        level: SkillLevel,
        on: Date,
    ) -> impl Iterator<Item = Retained> {
        let counts = move |it: &&ComponentPassed| {
            it.occupation == occupation
                && it.level == level
                && (it.passed_on..=it.valid_to).contains(&on)
        };
        self.components.iter().filter(counts).map(|it| Retained {
            component: it.component,
            session: it.session,
            score: it.score,
        })
    }
}
