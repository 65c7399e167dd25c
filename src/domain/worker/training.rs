//! Trainings (培训): recorded once they are over, struck by two people if they were not so.

use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::wording::{check_code, check_text};
use crate::domain::worker::event::{TrainingCompleted, TrainingStruck, WorkerEvent};
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;

type Decided = Result<Vec<WorkerEvent>, No>;

pub(super) fn record(worker: &Worker, training: &TrainingCompleted, on: Date) -> Decided {
    check_code("class", &training.class)?;
    check_text("course", &training.course)?;
    if training.hours == 0 {
        return Err(No::NoHours);
    }
    if training.to < training.from {
        return Err(No::DatesDisagree);
    }
    if on < training.to {
        return Err(No::TrainingNotOver);
    }
    let same =
        |it: &TrainingCompleted| it.provider == training.provider && it.class == training.class;
    if worker.trainings.iter().any(same) {
        return Err(No::TrainingTwice);
    }
    Ok(vec![training.clone().into()])
}

pub(super) fn propose(worker: &Worker, proposing: &Proposing, act: &Act) -> Decided {
    worker.proposals.check_new(proposing.proposal)?;
    struck_by(worker, act)?;
    let made = ProposalEvent::from(proposing.made(act.clone()));
    Ok(vec![WorkerEvent::Proposal(made)])
}

/// `act`: what the approval lets happen.
pub(super) fn approve(worker: &Worker, approval: &Approval, act: &Act) -> Decided {
    let struck = struck_by(worker, act)?;
    if approval.now.date_in_china() < struck.on {
        return Err(No::TrainingStrikeNotYet { on: struck.on });
    }
    Ok(vec![
        WorkerEvent::Proposal(ProposalEvent::from(approval.approved())),
        struck.into(),
    ])
}

/// What an act to strike a training (撤下虚假培训) would strike from this worker's record, once approved.
///
/// # Errors
/// Another act, a text that is missing or too long, no such training that stands, or a day before its
/// last one.
pub fn struck_by(worker: &Worker, act: &Act) -> Result<TrainingStruck, No> {
    let Act::StrikeTraining {
        provider,
        class,
        ground,
        basis,
        on,
    } = act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    check_text("ground", ground)?;
    check_text("basis", basis)?;
    let training = worker
        .trainings
        .iter()
        .find(|it| it.provider == *provider && it.class == *class)
        .ok_or(No::TrainingUnknown)?;
    if *on < training.to {
        return Err(No::DateBefore {
            earliest: training.to,
        });
    }
    Ok(TrainingStruck {
        training: training.clone(),
        ground: ground.clone(),
        basis: basis.clone(),
        on: *on,
    })
}
