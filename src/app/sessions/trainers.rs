//! Who taught the candidates of a session.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::domain::ids::{SessionId, StreamId, SubjectId};
use crate::domain::session::decider::SessionDecider;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::TrainingCompleted;
use crate::domain::worker::state::WorkerState;
use std::collections::BTreeSet;

/// Everybody who taught one of the candidates who may be assessed, for the occupation assessed.
pub(super) async fn of_candidates(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<BTreeSet<SubjectId>, AppError> {
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let sitting = state
        .sitting()
        .ok_or(AppError::NotFound { what: "session" })?;
    let occupation = sitting.opened.assessed.occupation();
    let eligible = sitting.proceedings.eligible();
    let candidates: Vec<StreamId> = eligible.map(|(it, _)| StreamId::from(*it)).collect();
    let mut trainers = BTreeSet::new();
    for worker in desk
        .ledger()
        .load_all::<WorkerDecider>(&candidates)
        .await?
        .into_values()
    {
        let WorkerState::Enrolled(worker) = worker.state else {
            continue;
        };
        let for_it =
            |it: &&TrainingCompleted| it.occupation.is_some() && it.occupation == occupation;
        let trainings = worker.trainings.iter().filter(for_it);
        trainers.extend(trainings.flat_map(|it| it.teachers.iter().copied()));
    }
    Ok(trainers)
}
