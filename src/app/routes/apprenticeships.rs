//! Apprenticeships (学徒): the employer begins, completes and ends them, or the authority for it.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::operation::{Operation, operation};
use crate::app::whom::Whom;
use crate::domain::body::decider::BodyDecider;
use crate::domain::digest::Digest;
use crate::domain::ids::{BodyId, RecordId, SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::routes::apprenticeship::{ApprenticeshipKind, policy_of};
use crate::domain::worker::apprenticeship::{
    ApprenticeshipCompleted, ApprenticeshipEnded, ApprenticeshipStarted,
};
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use jiff::civil::Date;

input_words!(ApprenticeshipKind: "学徒工" = "ordinary", "企业新型学徒制" = "new-type");

operation! {
    /// 登记学徒培养 | Begins an apprenticeship.
    pub struct StartApprenticeship = "apprenticeship.start", import "apprenticeships" {
        /// 用人单位 | The employer, a body of this ledger.
        body: BodyId,
        /// 劳动者编号 | The apprentice, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 学徒类别 | ordinary or new-type.
        kind: ApprenticeshipKind,
        /// 协议摘要 | Digest of the agreement, 64 hexadecimal digits.
        agreement: Digest,
        /// 职业编码 | Occupation.
        occupation: OccupationCode,
        /// 培养目标等级 | The level it aims at.
        target: SkillLevel,
        /// 师傅编号 | The master, by pseudonym.
        master: Option<SubjectId>,
        /// 毕业年度实习生 | Whether an intern of the graduation year.
        intern: Option<bool>,
        /// 开始日期 | First day.
        from: Date,
        /// 协议月数 | Length of the agreement in months.
        term_months: u16,
    }
}

operation! {
    /// 登记学徒期满 | Completes an apprenticeship.
    pub struct CompleteApprenticeship = "apprenticeship.complete" {
        /// 用人单位 | The employer, a body of this ledger.
        body: BodyId,
        /// 劳动者编号 | The apprentice.
        worker: WorkerId,
        /// 学徒记录编号 | Which apprenticeship.
        record: RecordId,
        /// 期满日期 | The civil date; today if not given.
        on: Option<Date>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 解除学徒培养 | Ends an apprenticeship before its time.
    pub struct EndApprenticeship = "apprenticeship.end" {
        /// 用人单位 | The employer, a body of this ledger.
        body: BodyId,
        /// 劳动者编号 | The apprentice.
        worker: WorkerId,
        /// 学徒记录编号 | Which apprenticeship.
        record: RecordId,
        /// 理由 | Why.
        ground: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for StartApprenticeship {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor().need_maker_of(self.body)?;
        let body = desk.existing::<BodyDecider>(self.body, "body").await?;
        body.in_good_standing()?;
        let registered = body.body()?.registered.clone();
        let catalogue = desk.catalogue().await?;
        let occupation = catalogue
            .occupation_on(self.occupation, self.from)
            .ok_or(AppError::NotFound { what: "occupation" })?;
        let occupation_name = Name {
            zh: occupation.name_zh.clone(),
            en: Some(occupation.name_en.clone()),
        };
        let policies = catalogue.routes.apprenticeships.rules();
        let policy = policy_of(policies, self.kind, registered.region, self.from)?.clone();
        let worker = desk
            .whom(Whom {
                worker: self.worker,
                name: self.name.as_ref(),
                document_type: self.document_type.as_ref(),
                document_number: self.document_number.as_ref(),
            })
            .await?;
        let command = WorkerCommand::StartApprenticeship {
            worker,
            started: ApprenticeshipStarted {
                record: RecordId(desk.fresh_id()),
                employer: registered.credit_code,
                kind: self.kind,
                agreement: self.agreement,
                occupation: self.occupation,
                occupation_name,
                target: self.target,
                master: self.master,
                intern: self.intern.unwrap_or(false),
                from: self.from,
                term_months: self.term_months,
            },
            policy,
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(worker, &command).await?;
        Ok(())
    }
}

/// The employer's maker, on an apprenticeship with it.
async fn with_employer(
    desk: &mut Desk<'_>,
    body: BodyId,
    worker: WorkerId,
    record: RecordId,
) -> Result<(), AppError> {
    desk.actor().need_maker_of(body)?;
    let state = desk.existing::<BodyDecider>(body, "body").await?;
    let employer = state.body()?.registered.credit_code;
    let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
    let theirs = state.worker().is_some_and(|it| {
        it.apprenticeships
            .iter()
            .any(|it| it.started.record == record && it.started.employer == employer)
    });
    if theirs {
        Ok(())
    } else {
        Err(AppError::NotFound {
            what: "apprenticeship",
        })
    }
}

impl Operation for CompleteApprenticeship {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        with_employer(desk, self.body, self.worker, self.record).await?;
        let command = WorkerCommand::CompleteApprenticeship(ApprenticeshipCompleted {
            record: self.record,
            on: desk.day(self.on)?,
            evidence: self.evidence.clone(),
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for EndApprenticeship {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        with_employer(desk, self.body, self.worker, self.record).await?;
        let command = WorkerCommand::EndApprenticeship(ApprenticeshipEnded {
            record: self.record,
            ground: self.ground.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}
