//! Training bases for teachers (师资培训基地): public notice, list, off the list.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{TrainingBaseListed, TrainingBaseNoticed, TrainingBaseStruck};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::BodyId;
use jiff::civil::Date;

operation! {
    /// 公示师资培训基地 | Begins the public notice of a training base for teachers.
    pub struct NoticeTrainingBase = "training-base.notice" {
        /// 机构统一社会信用代码 | Credit code of the body.
        body: CreditCode,
        /// 公示开始日期 | First day of notice; today if not given.
        on: Option<Date>,
        /// 依据 | Document it rests on.
        basis: String,
    }
}

operation! {
    /// 公布师资培训基地 | Puts a body on the list of training bases, its notice over.
    pub struct ListTrainingBase = "training-base.list" {
        /// 机构统一社会信用代码 | Credit code of the body.
        body: CreditCode,
        /// 公布日期 | First day on the list; today if not given.
        from: Option<Date>,
        /// 有效期至 | Last day, if it has one.
        to: Option<Date>,
        /// 依据 | Document it rests on.
        basis: String,
    }
}

operation! {
    /// 撤下师资培训基地 | Strikes a body off the list of training bases.
    pub struct StrikeTrainingBase = "training-base.strike" {
        /// 机构统一社会信用代码 | Credit code of the body.
        body: CreditCode,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The first day off the list; today if not given.
        on: Option<Date>,
    }
}

async fn base(desk: &mut Desk<'_>, code: &CreditCode) -> Result<BodyId, AppError> {
    desk.actor()
        .need(&[Role::AuthorityMaker], "authority-maker")?;
    desk.ledger().find_body(code).await
}

impl Operation for NoticeTrainingBase {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let body = base(desk, &self.body).await?;
        let on = desk.day(self.on)?;
        let notice = desk.authority().await?.notice_from(on)?;
        // A notice that has to run cannot have begun before anybody could read of it.
        if notice.working_days > 0 && on < desk.today() {
            return Err(AppError::Refused {
                code: "notice-backdated",
                args: Vec::new(),
            });
        }
        let noticed = TrainingBaseNoticed {
            from: notice.from,
            closes_on: notice.closes_on,
            working_days: notice.working_days,
            basis: self.basis.clone(),
        };
        desk.decide::<BodyDecider>(body, &BodyCommand::NoticeTrainingBase(noticed))
            .await?;
        Ok(())
    }
}

impl Operation for ListTrainingBase {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let body = base(desk, &self.body).await?;
        let listed = TrainingBaseListed {
            from: desk.day(self.from)?,
            to: self.to,
            basis: self.basis.clone(),
        };
        desk.decide::<BodyDecider>(body, &BodyCommand::ListTrainingBase(listed))
            .await?;
        Ok(())
    }
}

impl Operation for StrikeTrainingBase {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let body = base(desk, &self.body).await?;
        let struck = TrainingBaseStruck {
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        desk.decide::<BodyDecider>(body, &BodyCommand::StrikeTrainingBase(struck))
            .await?;
        Ok(())
    }
}
