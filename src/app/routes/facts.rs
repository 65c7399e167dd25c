//! The facts that the rules of a route are put to, as the streams on the desk say them.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::BodyRegistered;
use crate::domain::catalogue::routes::RouteTables;
use crate::domain::competition::decider::CompetitionDecider;
use crate::domain::ids::{CompetitionId, SessionId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::rules::routes::given::Facts;
use crate::domain::rules::routes::promotion::Placing;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::SessionOpened;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::state::Worker;

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
    body.in_good_standing()?;
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
