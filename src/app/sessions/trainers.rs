//! Who taught the candidates of a session, and whom they have declared to be close to.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::domain::ids::{SessionId, StreamId, StreamKind, SubjectId, WorkerId};
use crate::domain::session::decider::SessionDecider;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::state::StaffState;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::TrainingCompleted;
use crate::domain::worker::state::WorkerState;
use std::collections::{BTreeMap, BTreeSet};

/// The candidates of a session who may be assessed.
async fn candidates(desk: &mut Desk<'_>, session: SessionId) -> Result<Vec<WorkerId>, AppError> {
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let sitting = state
        .sitting()
        .ok_or(AppError::NotFound { what: "session" })?;
    let eligible = sitting.proceedings.eligible();
    Ok(eligible.map(|(it, _)| *it).collect())
}

/// Everybody who taught one of the candidates who may be assessed, for the occupation assessed, as
/// far back as the policy of that day looks (考培分离).
pub(super) async fn of_candidates(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<BTreeSet<SubjectId>, AppError> {
    let candidates: Vec<StreamId> = candidates(desk, session)
        .await?
        .into_iter()
        .map(StreamId::from)
        .collect();
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let sitting = state
        .sitting()
        .ok_or(AppError::NotFound { what: "session" })?;
    let assessed_on = sitting.opened.assessed_on;
    let Some(occupation) = sitting.opened.assessed.occupation() else {
        return Ok(BTreeSet::new());
    };
    let authority = desk.authority().await?;
    let policy = authority.body_policy_on(assessed_on)?.clone();
    desk.prefetch::<WorkerDecider>(&candidates).await?;
    let mut trainers = BTreeSet::new();
    for candidate in candidates {
        let WorkerState::Enrolled(worker) = desk.state::<WorkerDecider>(candidate).await? else {
            continue;
        };
        let binds = |it: &&TrainingCompleted| {
            it.occupation == Some(occupation)
                && policy.trainer_stands_back(occupation, it.to, assessed_on)
        };
        let trainings = worker.trainings.iter().filter(binds);
        trainers.extend(trainings.flat_map(|it| it.teachers.iter().copied()));
    }
    Ok(trainers)
}

/// For everybody to whom a candidate who may be assessed has declared to be close: those
/// candidates. A candidate may be staff too, and a relation (回避关系) binds both, whoever of them
/// declared it.
pub(super) async fn close_to_candidates(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<BTreeMap<SubjectId, Vec<SubjectId>>, AppError> {
    let candidates: Vec<SubjectId> = candidates(desk, session)
        .await?
        .into_iter()
        .map(SubjectId::from)
        .collect();
    let stream = |it: &SubjectId| StreamId::new(StreamKind::Staff, it.0);
    let streams: Vec<StreamId> = candidates.iter().map(stream).collect();
    desk.prefetch::<StaffDecider>(&streams).await?;
    let mut close: BTreeMap<SubjectId, Vec<SubjectId>> = BTreeMap::new();
    for candidate in candidates {
        let StaffState::Enrolled(staff) = desk.state::<StaffDecider>(stream(&candidate)).await?
        else {
            continue;
        };
        for other in staff.relations.keys() {
            close.entry(*other).or_default().push(candidate);
        }
    }
    Ok(close)
}
