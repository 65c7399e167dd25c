//! A session on the desk: who may act on it, and the days its steps are due.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::{SessionOpened, Standard};
use jiff::civil::Date;

/// The session as opened.
pub(super) async fn opened(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<SessionOpened, AppError> {
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    state
        .sitting()
        .map(|it| it.opened.clone())
        .ok_or(AppError::NotFound { what: "session" })
}

/// The session as opened, for its body's maker; the body must stand.
pub(super) async fn of_maker(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<SessionOpened, AppError> {
    let opened = opened(desk, session).await?;
    desk.actor().need_maker_of(opened.body)?;
    desk.existing::<BodyDecider>(opened.body, "body")
        .await?
        .in_good_standing()?;
    Ok(opened)
}

/// The session as opened, for its body's maker; the body stands, and did on the day of the
/// assessment, in scope.
pub(super) async fn of_maker_who_assessed(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<SessionOpened, AppError> {
    let opened = of_maker(desk, session).await?;
    desk.existing::<BodyDecider>(opened.body, "body")
        .await?
        .may_have_assessed(&opened.assessed, opened.region, opened.assessed_on)?;
    Ok(opened)
}

/// The session as opened, for its body's checker; the body must stand.
pub(super) async fn of_checker(
    desk: &mut Desk<'_>,
    session: SessionId,
) -> Result<SessionOpened, AppError> {
    let opened = opened(desk, session).await?;
    desk.actor().need_checker_of(opened.body)?;
    desk.existing::<BodyDecider>(opened.body, "body")
        .await?
        .in_good_standing()?;
    Ok(opened)
}

/// How assessments of this day are held.
pub(super) async fn policy(desk: &mut Desk<'_>, on: Date) -> Result<AssessmentPolicy, AppError> {
    let policy = desk.authority().await?.assessment_policy_on(on).cloned();
    policy.ok_or(AppError::Refused {
        code: "assessment-policy-missing",
        args: Vec::new(),
    })
}

/// What kind of body this is.
pub(super) async fn body_kind(desk: &mut Desk<'_>, body: BodyId) -> Result<BodyKind, AppError> {
    let state = desk.existing::<BodyDecider>(body, "body").await?;
    Ok(state.body()?.registered.kind)
}

/// The last day of so many working days after `from`.
pub(super) async fn due_on(
    desk: &mut Desk<'_>,
    from: Date,
    working_days: u16,
) -> Result<Date, AppError> {
    Ok(desk
        .authority()
        .await?
        .working_day_after(from, working_days)?)
}

/// A standard in words: code and edition.
pub(super) fn words_of(standard: &Standard) -> String {
    format!("{}（{}）", standard.code, standard.edition)
}
