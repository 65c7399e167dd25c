//! Posts of 特级技师 and 首席技师 after their appointment: performance, renewal, end. The appointment
//! itself comes with the close of the session (`awards.rs`).

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::operation::{Operation, operation};
use crate::domain::body::decider::BodyDecider;
use crate::domain::digest::Digest;
use crate::domain::ids::{SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::domain::rules::routes::appointment::{certificate_ending, policy_of};
use crate::domain::rules::routes::rejection::RouteRejection;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::state::SessionState;
use crate::domain::worker::appointment::{
    Appointed, AppointmentEnd, AppointmentEnded, Performance, PerformanceReviewed,
};
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use jiff::civil::Date;

input_words!(Performance:
    "优秀" = "excellent",
    "合格" = "competent",
    "基本合格" = "adequate",
    "不合格" = "incompetent",
);
input_words!(AppointmentEnd:
    "聘期届满" = "term-over",
    "解聘" = "dismissed",
    "辞聘" = "resigned",
    "离职" = "left",
    "退休" = "retired",
);

operation! {
    /// 登记聘期考核 | Records a review of performance in the post.
    pub struct ReviewPerformance = "appointment.review", import "performance-reviews" {
        /// 劳动者编号 | The holder.
        worker: WorkerId,
        /// 评聘批次 | The session of the appointment.
        session: SessionId,
        /// 考核年度 | The year reviewed.
        year: i16,
        /// 考核等次 | excellent, competent, adequate, incompetent.
        outcome: Performance,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 续聘 | Appoints for another term.
    pub struct RenewAppointment = "appointment.renew" {
        /// 劳动者编号 | The holder.
        worker: WorkerId,
        /// 评聘批次 | The session of the appointment.
        session: SessionId,
        /// 新聘期截止日期 | Last day of the new term.
        to: Date,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 终止聘任 | Ends an appointment.
    pub struct EndAppointment = "appointment.end" {
        /// 劳动者编号 | The holder.
        worker: WorkerId,
        /// 评聘批次 | The session of the appointment.
        session: SessionId,
        /// 终止原因 | term-over, dismissed, resigned, left, retired.
        ground: AppointmentEnd,
        /// 证书编号 | The certificate of the level, where the policy cancels it with the appointment; a checker approves.
        certificate: Option<CertificateNumber>,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

/// The appointment, for the maker of its employer.
async fn of_maker(
    desk: &mut Desk<'_>,
    worker: WorkerId,
    session: SessionId,
) -> Result<Appointed, AppError> {
    let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
    let appointed = state
        .worker()
        .and_then(|it| {
            it.appointments
                .iter()
                .find(|it| it.appointed.session == session)
        })
        .map(|it| it.appointed.clone())
        .ok_or(AppError::NotFound {
            what: "appointment",
        })?;
    desk.actor().need_maker_of(appointed.body)?;
    Ok(appointed)
}

impl Operation for ReviewPerformance {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_maker(desk, self.worker, self.session).await?;
        let command = WorkerCommand::ReviewPerformance(PerformanceReviewed {
            session: self.session,
            year: self.year,
            outcome: self.outcome,
            evidence: self.evidence.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for RenewAppointment {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let appointed = of_maker(desk, self.worker, self.session).await?;
        let on = desk.day(self.on)?;
        let body = desk.existing::<BodyDecider>(appointed.body, "body").await?;
        body.in_good_standing()?;
        let place = body.body()?.registered.region;
        let policies = desk.catalogue().await?.routes.appointments.rules();
        let policy = policy_of(policies, appointed.level, place, on)?.clone();
        let command = WorkerCommand::RenewAppointment {
            session: self.session,
            to: self.to,
            policy,
            on,
        };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for EndAppointment {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let appointed = of_maker(desk, self.worker, self.session).await?;
        let on = desk.day(self.on)?;
        let command = WorkerCommand::EndAppointment(AppointmentEnded {
            session: self.session,
            ground: self.ground,
            on,
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;

        let body = desk.existing::<BodyDecider>(appointed.body, "body").await?;
        let place = body.body()?.registered.region;
        let session = desk
            .existing::<SessionDecider>(self.session, "session")
            .await?;
        let issued = matches!(session, SessionState::Issued { .. });
        let policies = desk.catalogue().await?.routes.appointments.rules();
        let policy = policy_of(policies, appointed.level, place, on).ok();
        let basis = policy.map(|it| it.source.clone()).unwrap_or_default();
        let Some(number) = certificate_ending(policy, issued, self.certificate.as_ref())? else {
            return Ok(());
        };
        let ledger = desk.ledger();
        let held = ledger.newest_of(&number).await?;
        let award = &held.issued.award;
        if (award.session, award.worker) != (self.session, self.worker) {
            return Err(RouteRejection::AppointmentCertificateUnnamed.into());
        }
        let act = Act::EndCertificate {
            end: End::Cancelled,
            ground: format!("聘任终止：{}", word(self.ground)),
            basis,
            on: on.max(held.issued.issued_on),
        };
        ledger.propose_end_on(desk, held, act).await
    }
}

/// The ground in the words of the trade.
fn word(ground: AppointmentEnd) -> &'static str {
    match ground {
        AppointmentEnd::TermOver => "聘期届满",
        AppointmentEnd::Dismissed => "解聘",
        AppointmentEnd::Resigned => "辞聘",
        AppointmentEnd::Left => "离职",
        AppointmentEnd::Retired => "退休",
        AppointmentEnd::Superseded => "改聘",
        AppointmentEnd::LevelWithdrawn => "等级取消",
    }
}
