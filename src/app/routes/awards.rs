//! What goes with the levels that a session of another route awards at its close: the rules are
//! asked once more, a promotion uses up its year, an appointment begins, a recognition is used up.

use crate::app::draft::{Draft, Loaded};
use crate::app::error::AppError;
use crate::app::ledger::Ledger;
use crate::domain::attainment::Assessed;
use crate::domain::body::state::BodyState;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::competition::decider::CompetitionDecider;
use crate::domain::ids::{CompetitionId, SessionId, StreamId, WorkerId};
use crate::domain::route::Route;
use crate::domain::rules::routes::appointment::policy_of;
use crate::domain::rules::routes::given::Facts;
use crate::domain::score::Verdict;
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::event::ResultEntered;
use crate::domain::session::state::SessionState;
use crate::domain::worker::appointment::Appointed;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::recognition::decide::Use;
use crate::domain::worker::recognition::event::RecognitionUsed;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The key of the one promotion a person may have in a year.
pub(in crate::app) fn promotion_key(worker: WorkerId, year: i16) -> String {
    format!("promotion:{worker}:{year}")
}

/// What is to be done once the levels are awarded.
#[derive(Default)]
pub(in crate::app) struct Following {
    /// The year that a promotion uses up, to be reserved with its award.
    years: BTreeMap<WorkerId, i16>,
    commands: Vec<(WorkerId, WorkerCommand)>,
}

/// Asks the rules of the route for everybody who passed; nothing of plain assessment.
pub(in crate::app) async fn before_close(
    ledger: &Ledger,
    session_id: SessionId,
    session: &SessionState,
    body: &BodyState,
    on: Date,
    draft: &mut Draft,
) -> Result<Following, AppError> {
    let mut following = Following::default();
    let Some(sitting) = session.sitting() else {
        return Ok(following);
    };
    let opened = &sitting.opened;
    let Assessed::Levels {
        occupation,
        occupation_name,
        ..
    } = &opened.assessed
    else {
        return Ok(following);
    };
    if opened.route == Route::Assessment {
        return Ok(following);
    }
    let passed: Vec<&ResultEntered> = sitting
        .results
        .values()
        .filter(|it| it.verdict == Verdict::Passed)
        .collect();
    let catalogue = ledger
        .load_existing::<CatalogueDecider>(StreamId::catalogue(ledger.id()), "catalogue")
        .await?;
    draft.guard(&catalogue);
    let streams: Vec<StreamId> = passed.iter().map(|it| it.worker.into()).collect();
    let workers = ledger.load_all::<WorkerDecider>(&streams).await?;
    let contests: Vec<StreamId> = passed
        .iter()
        .filter_map(|it| competition(it).map(StreamId::from))
        .collect();
    let contests = ledger.load_all::<CompetitionDecider>(&contests).await?;
    for contest in contests.values() {
        draft.guard(contest);
    }
    let registered = &body.body()?.registered;
    for result in passed {
        let Some(worker) = workers
            .get(&StreamId::from(result.worker))
            .and_then(|it| it.state.worker())
        else {
            continue;
        };
        let placing = competition(result)
            .and_then(|it| contests.get(&StreamId::from(it)))
            .and_then(|it| it.state.placing(result.worker, *occupation));
        let facts = Facts {
            tables: &catalogue.state.routes,
            body: registered,
            opened,
            worker,
            placing: placing.as_ref(),
        };
        if let (Some(level), ResultBasis::Recognition { recognition }) =
            (result.level, &result.basis)
        {
            let command = WorkerCommand::UseRecognition(Use {
                used: RecognitionUsed {
                    recognition: *recognition,
                    session: session_id,
                    on,
                },
                occupation: *occupation,
                level,
                assessed_on: opened.assessed_on,
            });
            following.commands.push((result.worker, command));
        }
        let given = facts.given(result)?;
        if let Some(year) = given.uses_year {
            following.years.insert(result.worker, year);
        }
        if let (Some(policy), Some(level), ResultBasis::Review { post, from, to, .. }) =
            (given.policy, result.level, &result.basis)
        {
            let appointed = Appointed {
                session: session_id,
                body: opened.body,
                occupation: *occupation,
                occupation_name: occupation_name.clone(),
                level,
                post: post.clone(),
                from: *from,
                to: *to,
            };
            let command = WorkerCommand::Appoint { appointed, policy };
            following.commands.push((result.worker, command));
        }
    }
    Ok(following)
}

/// Fewest working days of notice that the policy of a 评聘 asks for, which is the one of the day of
/// its assessment; 0 of every other route.
pub(in crate::app) async fn notice_least(
    ledger: &Ledger,
    session: &SessionState,
) -> Result<u16, AppError> {
    let opened = session.sitting().map(|it| &it.opened);
    let Some(opened) = opened.filter(|it| it.route == Route::Appointment) else {
        return Ok(0);
    };
    let catalogue = ledger
        .load_existing::<CatalogueDecider>(StreamId::catalogue(ledger.id()), "catalogue")
        .await?;
    let policies = catalogue.state.routes.appointments.rules();
    let mut least = 0;
    for level in opened.assessed.levels() {
        let policy = policy_of(policies, *level, opened.region, opened.assessed_on)?;
        least = least.max(policy.notice_working_days);
    }
    Ok(least)
}

const fn competition(result: &ResultEntered) -> Option<CompetitionId> {
    match &result.basis {
        ResultBasis::Rank { competition, .. } => Some(*competition),
        _ => None,
    }
}

impl Following {
    /// Takes the year that a promotion uses up with the award just written, if it uses one.
    pub(in crate::app) fn reserve_year(&self, worker: WorkerId, draft: &mut Draft) {
        if let Some(year) = self.years.get(&worker) {
            draft.reserve(promotion_key(worker, *year));
        }
    }

    /// Who something follows for.
    pub(in crate::app) fn workers(&self) -> impl Iterator<Item = WorkerId> {
        self.commands.iter().map(|(worker, _)| *worker)
    }

    /// Takes down what follows, after the awards.
    pub(in crate::app) fn write(
        self,
        workers: &mut BTreeMap<StreamId, Loaded<WorkerDecider>>,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        for (worker, command) in self.commands {
            if let Some(worker) = workers.get_mut(&StreamId::from(worker)) {
                let events = worker.decide(&command)?;
                draft.write(worker, events);
            }
        }
        Ok(())
    }
}
