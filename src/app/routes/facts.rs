//! The facts that the rules of a route are put to, as the streams on the desk say them.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::ledger::Ledger;
use crate::app::people;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::BodyRegistered;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::routes::RouteTables;
use crate::domain::competition::decider::CompetitionDecider;
use crate::domain::ids::{CompetitionId, SessionId, StreamId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::rules::routes::given::Facts;
use crate::domain::rules::routes::promotion::Placing;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::{ResultEntered, SessionOpened};
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::state::Worker;
use crate::sheet::results::Candidate;

/// Facts of one candidate, copied from the desk.
pub(super) struct Gathered {
    pub tables: RouteTables,
    pub body: BodyRegistered,
    pub opened: SessionOpened,
    pub worker: Worker,
    pub placing: Option<Placing>,
}

impl Gathered {
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            tables: &self.tables,
            body: &self.body,
            opened: &self.opened,
            worker: &self.worker,
            placing: self.placing.as_ref(),
        }
    }
}

/// The session of this route, for its body's maker, and the candidate.
pub(super) async fn gather(
    desk: &mut Desk<'_>,
    session: SessionId,
    route: Route,
    worker: WorkerId,
    place: Option<(CompetitionId, OccupationCode)>,
) -> Result<Gathered, AppError> {
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let opened = state
        .sitting()
        .map(|it| it.opened.clone())
        .ok_or(AppError::NotFound { what: "session" })?;
    desk.actor().need_maker_of(opened.body)?;
    if opened.route != route {
        return Err(AppError::Refused {
            code: "basis-unfit",
            args: vec![("route", opened.route.name().to_owned())],
        });
    }
    let body = desk.existing::<BodyDecider>(opened.body, "body").await?;
    body.may_have_assessed(&opened.assessed, opened.region, opened.assessed_on)?;
    let body = body.body()?.registered.clone();
    let tables = desk.catalogue().await?.routes.clone();
    let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
    let person = state
        .worker()
        .cloned()
        .ok_or(AppError::NotFound { what: "worker" })?;
    let placing = match place {
        None => None,
        Some((competition, occupation)) => desk
            .existing::<CompetitionDecider>(competition, "competition")
            .await?
            .placing(worker, occupation),
    };
    Ok(Gathered {
        tables,
        body,
        opened,
        worker: person,
        placing,
    })
}

/// Asks 转正定级 of a result that is about to be entered.
pub(in crate::app) async fn check_grading(
    desk: &mut Desk<'_>,
    session: SessionId,
    result: &ResultEntered,
) -> Result<(), AppError> {
    let route = Route::ApprenticeGrading;
    let gathered = gather(desk, session, route, result.worker, None).await?;
    gathered.facts().given(result)?;
    Ok(())
}

/// The rows of a sheet that 转正定级 gives nothing; none in a session of another route.
pub(in crate::app) async fn not_graded(
    ledger: &Ledger,
    opened: &SessionOpened,
    candidates: &[Candidate],
) -> Result<Vec<u32>, AppError> {
    if opened.route != Route::ApprenticeGrading {
        return Ok(Vec::new());
    }
    let body = ledger
        .load_existing::<BodyDecider>(opened.body, "body")
        .await?;
    let body = &body.state.body()?.registered;
    let catalogue = ledger
        .load_existing::<CatalogueDecider>(StreamId::catalogue(ledger.id()), "catalogue")
        .await?;
    let known = people::known(ledger, candidates).await?;
    let streams: Vec<StreamId> = known.iter().flatten().map(|it| (*it).into()).collect();
    let workers = ledger.load_all::<WorkerDecider>(&streams).await?;
    let stranger = Worker::default();
    let refused = |(candidate, worker): &(&Candidate, Option<WorkerId>)| {
        let known = worker.and_then(|it| workers.get(&StreamId::from(it)));
        let facts = Facts {
            tables: &catalogue.state.routes,
            body,
            opened,
            worker: known.and_then(|it| it.state.worker()).unwrap_or(&stranger),
            placing: None,
        };
        let Some(occupation) = opened.assessed.occupation() else {
            return false;
        };
        facts.graded(occupation, candidate.level).is_err()
    };
    Ok(candidates
        .iter()
        .zip(known)
        .filter(refused)
        .map(|(candidate, _)| candidate.row)
        .collect())
}
