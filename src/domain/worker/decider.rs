//! The decisions of a worker's stream.

use crate::domain::decider::Decider;
use crate::domain::level::SkillLevel;
use crate::domain::proposal::Act;
use crate::domain::route::Route;
use crate::domain::wording::check_text;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::event::{AwardedBy, LevelAwarded, LevelWithdrawn, WorkerEvent};
use crate::domain::worker::recognition::decide as recognition;
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::{Level, Worker, WorkerState};
use crate::domain::worker::{
    appointment, apprenticeship, background, components, honour, question, training,
};

/// Decides for one worker (劳动者).
#[derive(Debug)]
pub struct WorkerDecider;

impl Decider for WorkerDecider {
    type State = WorkerState;
    type Command = WorkerCommand;
    type Event = WorkerEvent;
    type Decision = WorkerEvent;
    type Rejection = No;

    fn initial() -> WorkerState {
        WorkerState::Absent
    }

    fn evolve(state: WorkerState, event: &WorkerEvent) -> WorkerState {
        let mut worker = match (state, event) {
            (WorkerState::Absent, WorkerEvent::Enrolled(_)) => Worker::default(),
            (WorkerState::Absent, _) => return WorkerState::Absent,
            (WorkerState::Enrolled(worker), _) => worker,
        };
        question::evolve(&mut worker.questions, event);
        match event {
            WorkerEvent::Enrolled(_)
            | WorkerEvent::DetailsSealed(_)
            | WorkerEvent::AwardQuestioned(_)
            | WorkerEvent::AwardUpheld(_) => {}
            WorkerEvent::LevelAwarded(awarded) => worker.levels.push(Level {
                awarded: awarded.clone(),
                withdrawn: None,
            }),
            WorkerEvent::LevelWithdrawn(withdrawn) => {
                let by = |level: &&mut Level| level.awarded.by == withdrawn.by;
                if let Some(level) = worker.levels.iter_mut().find(by) {
                    level.withdrawn = Some(withdrawn.clone());
                }
            }
            WorkerEvent::TrainingCompleted(training) => worker.trainings.push(training.clone()),
            WorkerEvent::TrainingStruck(struck) => {
                worker.trainings.retain(|it| *it != struck.training);
                worker.trainings_struck.push(struck.clone());
            }
            WorkerEvent::WorkRecorded(work) => worker.background.works.push(work.clone()),
            WorkerEvent::WorkEnded(ended) => worker.background.end_work(ended),
            WorkerEvent::StudyRecorded(study) => worker.background.studies.push(study.clone()),
            WorkerEvent::TitleRecorded(title) => worker.background.titles.push(title.clone()),
            WorkerEvent::OutsideCertificateRecorded(certificate) => {
                worker.background.outside.push(certificate.clone());
            }
            WorkerEvent::ComponentPassed(passed) => worker.components.push(*passed),
            WorkerEvent::RecordStruck(struck) => {
                worker.background.strike(struck.record);
                worker.struck.push(struck.clone());
            }
            WorkerEvent::Appointed(_)
            | WorkerEvent::PerformanceReviewed(_)
            | WorkerEvent::AppointmentRenewed(_)
            | WorkerEvent::AppointmentEnded(_) => {
                appointment::evolve(&mut worker.appointments, event);
            }
            WorkerEvent::ApprenticeshipStarted(_)
            | WorkerEvent::ApprenticeshipCompleted(_)
            | WorkerEvent::ApprenticeshipEnded(_) => {
                apprenticeship::evolve(&mut worker.apprenticeships, event);
            }
            WorkerEvent::HonourConferred(_) | WorkerEvent::HonourWithdrawn(_) => {
                honour::evolve(&mut worker.honours, event);
            }
            WorkerEvent::RecognitionApplied(applied) => worker.recognitions.apply(applied),
            WorkerEvent::RecognitionGranted(granted) => worker.recognitions.grant(granted),
            WorkerEvent::RecognitionRefused(refused) => worker.recognitions.refuse(refused),
            WorkerEvent::RecognitionUsed(used) => worker.recognitions.use_up(used),
            WorkerEvent::RecognitionWithdrawn(withdrawn) => {
                worker.recognitions.withdraw(withdrawn);
            }
            WorkerEvent::Proposal(event) => worker.proposals.record(event),
        }
        WorkerState::Enrolled(worker)
    }

    fn decide(state: &WorkerState, command: &WorkerCommand) -> Result<Vec<WorkerEvent>, No> {
        if let WorkerCommand::Enrol(enrolled) = command {
            let WorkerState::Absent = state else {
                return Err(No::AlreadyEnrolled);
            };
            if enrolled.sealed.is_empty() {
                return Err(No::NothingSealed);
            }
            return Ok(vec![enrolled.clone().into()]);
        }
        let WorkerState::Enrolled(worker) = state else {
            return Err(No::NotEnrolled);
        };
        match command {
            WorkerCommand::Enrol(_) => Err(No::AlreadyEnrolled),
            WorkerCommand::SealDetails(details) => {
                if details.sealed.is_empty() {
                    return Err(No::NothingSealed);
                }
                Ok(vec![details.clone().into()])
            }
            WorkerCommand::AwardLevel(awarded) => decide_award(worker, awarded),
            WorkerCommand::WithdrawLevel(withdrawn) => decide_withdraw(worker, withdrawn),
            WorkerCommand::QuestionAward(questioned) => question::question(worker, questioned),
            WorkerCommand::RecordTraining { training, on } => {
                training::record(worker, training, *on)
            }
            WorkerCommand::RecordWork { work, on } => background::work(worker, work, *on),
            WorkerCommand::EndWork { ended, on } => background::end_work(worker, ended, *on),
            WorkerCommand::RecordStudy { study, on } => background::study(worker, study, *on),
            WorkerCommand::RecordTitle { title, on } => background::title(worker, title, *on),
            WorkerCommand::RecordOutsideCertificate { certificate, on } => {
                background::outside_certificate(worker, certificate, *on)
            }
            WorkerCommand::KeepComponent(passed) => components::keep(worker, passed),
            WorkerCommand::StrikeRecord(struck) => background::strike(worker, struck),
            WorkerCommand::Appoint { appointed, policy } => {
                appointment::appoint(worker, appointed, policy)
            }
            WorkerCommand::ReviewPerformance(review) => appointment::review(worker, review),
            WorkerCommand::RenewAppointment {
                session,
                to,
                policy,
                on,
            } => appointment::renew(worker, *session, *to, policy, *on),
            WorkerCommand::EndAppointment(ended) => appointment::end(worker, ended),
            WorkerCommand::StartApprenticeship {
                worker: id,
                started,
                policy,
                on,
            } => apprenticeship::start(worker, *id, started, policy, *on),
            WorkerCommand::CompleteApprenticeship(completed) => {
                apprenticeship::complete(worker, completed)
            }
            WorkerCommand::EndApprenticeship(ended) => apprenticeship::end(worker, ended),
            WorkerCommand::ConferHonour { conferred, on } => honour::confer(worker, conferred, *on),
            WorkerCommand::WithdrawHonour(withdrawn) => honour::withdraw(worker, withdrawn),
            WorkerCommand::ApplyForRecognition { applied, rulebook } => {
                recognition::apply(worker, applied, rulebook)
            }
            WorkerCommand::GrantRecognition { ruling, award } => {
                recognition::grant(worker, ruling, award.as_deref())
            }
            WorkerCommand::RefuseRecognition { ruling, ground } => {
                recognition::refuse(worker, ruling, ground.as_deref())
            }
            WorkerCommand::Propose { proposing, act } => match act {
                Act::UpholdAward { .. } | Act::WithdrawAward { .. } => {
                    question::propose(worker, proposing, act)
                }
                Act::StrikeTraining { .. } => training::propose(worker, proposing, act),
                _ => recognition::propose(worker, proposing, act),
            },
            WorkerCommand::UseRecognition(it) => recognition::use_up(worker, it),
            WorkerCommand::Approve {
                approval,
                certificate,
            } => match worker.proposals.check_approval(approval)? {
                act @ (Act::UpholdAward { .. } | Act::WithdrawAward { .. }) => {
                    question::approve(worker, approval, act, *certificate)
                }
                act @ Act::StrikeTraining { .. } => training::approve(worker, approval, act),
                _ => recognition::approve(worker, approval, *certificate),
            },
            WorkerCommand::Reject(turn_down) => worker
                .proposals
                .turn_down::<No>(turn_down)
                .map(|event| vec![WorkerEvent::Proposal(event)]),
        }
    }
}

fn decide_award(worker: &Worker, awarded: &LevelAwarded) -> Result<Vec<WorkerEvent>, No> {
    check_route(awarded)?;
    if awarded.awarded_on < awarded.assessed_on {
        return Err(No::DateBefore {
            earliest: awarded.assessed_on,
        });
    }
    if worker.levels.iter().any(|it| it.awarded.by == awarded.by) {
        return Err(No::AlreadyAwarded);
    }
    Ok(vec![awarded.clone().into()])
}

/// 学徒工 is a post and never awarded; 特级技师 and 首席技师 come by 评聘 and 评聘 leads to nothing
/// else (人社部发〔2022〕14号); a recognition, and only that, comes without a session and a body.
fn check_route(awarded: &LevelAwarded) -> Result<(), No> {
    let LevelAwarded { level, route, .. } = awarded;
    if *level == SkillLevel::Apprentice {
        return Err(No::LevelNotCertified { level: *level });
    }
    let by_appointment = matches!(level, SkillLevel::Special | SkillLevel::Chief);
    let recognised = matches!(awarded.by, AwardedBy::Recognition(_));
    let fits = by_appointment == (*route == Route::Appointment)
        && recognised == (*route == Route::Recognition)
        && recognised == awarded.body.is_none();
    if fits {
        Ok(())
    } else {
        Err(No::RouteUnfit {
            level: *level,
            route: *route,
        })
    }
}

fn decide_withdraw(worker: &Worker, withdrawn: &LevelWithdrawn) -> Result<Vec<WorkerEvent>, No> {
    check_text("ground", &withdrawn.ground)?;
    if !withdrawn.end.withdraws_level() {
        return Err(No::EndKeepsLevel { end: withdrawn.end });
    }
    let level = worker
        .levels
        .iter()
        .find(|level| level.awarded.by == withdrawn.by)
        .ok_or(No::NotAwarded)?;
    if level.withdrawn.is_some() {
        return Err(No::AlreadyWithdrawn);
    }
    if withdrawn.on < level.awarded.awarded_on {
        return Err(No::DateBefore {
            earliest: level.awarded.awarded_on,
        });
    }
    let session = withdrawn.by.session();
    let post = appointment::end_with_level(worker, session, withdrawn.on);
    Ok(std::iter::once(withdrawn.clone().into())
        .chain(post)
        .collect())
}
