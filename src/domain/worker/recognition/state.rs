//! Where the recognitions of a worker stand.

use super::event::{
    RecognitionApplied, RecognitionGranted, RecognitionRefused, RecognitionUsed,
    RecognitionWithdrawn,
};
use crate::domain::ids::{RecognitionId, SessionId};
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::HeldBy;
use crate::domain::worker::event::AwardedBy;
use crate::domain::worker::state::{Level, Worker, WorkerState};
use std::collections::BTreeMap;

impl WorkerState {
    /// The occupation in which a level was applied for.
    pub fn recognised_occupation(&self, recognition: RecognitionId) -> Option<OccupationCode> {
        match self {
            Self::Absent => None,
            Self::Enrolled(worker) => worker.recognitions.case(recognition)?.applied.occupation,
        }
    }
}

impl Worker {
    /// The session whose certificate goes with an award: the one that awarded it, or that closed on
    /// the recognition that did.
    pub fn certified_in(&self, award: AwardedBy) -> Option<SessionId> {
        match award {
            AwardedBy::Session(session) => Some(session),
            AwardedBy::Recognition(recognition) => self.recognitions.case(recognition)?.used_in,
        }
    }

    /// The level whose certificate is of this session.
    pub fn level_certified_in(&self, session: SessionId) -> Option<&Level> {
        self.levels
            .iter()
            .find(|it| self.certified_in(it.awarded.by) == Some(session))
    }
}

/// One application and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// As applied for.
    pub applied: RecognitionApplied,
    /// What became of it.
    pub outcome: Outcome,
    /// The session from which its level has its certificate, if one closed on it.
    pub used_in: Option<SessionId>,
}

/// What became of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for its decision.
    Waiting,
    /// Granted.
    Granted(Box<RecognitionGranted>),
    /// Refused.
    Refused,
    /// Granted, and withdrawn.
    Withdrawn,
}

/// The recognitions of one worker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognitions(BTreeMap<RecognitionId, Case>);

impl Recognitions {
    /// An application.
    pub fn case(&self, recognition: RecognitionId) -> Option<&Case> {
        self.0.get(&recognition)
    }

    /// Every application, by its id.
    pub(in crate::domain::worker) fn cases(&self) -> impl Iterator<Item = (RecognitionId, &Case)> {
        self.0
            .iter()
            .map(|(recognition, case)| (*recognition, case))
    }

    /// Whether this holding waits or was granted under this rule.
    pub(super) fn has_live(&self, held: HeldBy, rule: &str) -> bool {
        self.0.values().any(|case| {
            case.applied.held == held
                && case.applied.rule == rule
                && matches!(case.outcome, Outcome::Waiting | Outcome::Granted(_))
        })
    }

    /// Takes in an application.
    pub fn apply(&mut self, applied: &RecognitionApplied) {
        let case = Case {
            applied: applied.clone(),
            outcome: Outcome::Waiting,
            used_in: None,
        };
        self.0.insert(applied.recognition, case);
    }

    /// Takes in a grant.
    pub fn grant(&mut self, granted: &RecognitionGranted) {
        let outcome = Outcome::Granted(Box::new(granted.clone()));
        self.end(granted.recognition, outcome);
    }

    /// Takes in a refusal.
    pub fn refuse(&mut self, refused: &RecognitionRefused) {
        self.end(refused.recognition, Outcome::Refused);
    }

    /// Takes in the close of a session on it.
    pub fn use_up(&mut self, used: &RecognitionUsed) {
        if let Some(case) = self.0.get_mut(&used.recognition) {
            case.used_in = Some(used.session);
        }
    }

    /// Takes in a withdrawal.
    pub fn withdraw(&mut self, withdrawn: &RecognitionWithdrawn) {
        self.end(withdrawn.recognition, Outcome::Withdrawn);
    }

    fn end(&mut self, recognition: RecognitionId, outcome: Outcome) {
        if let Some(case) = self.0.get_mut(&recognition) {
            case.outcome = outcome;
        }
    }
}
