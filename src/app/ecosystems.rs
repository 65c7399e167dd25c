//! Ecosystems of leading enterprises (链主企业技能生态圈) and their members.

use super::desk::Desk;
use super::error::AppError;
use super::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{
    EcosystemClosed, EcosystemMemberJoined, EcosystemMemberLeft, EcosystemOpened,
};
use crate::domain::credit_code::CreditCode;
use crate::domain::name::Name;
use crate::domain::region::RegionCode;
use jiff::civil::Date;

operation! {
    /// 建立生态圈 | Opens the ecosystem of a chain's leading enterprise.
    pub struct OpenEcosystem = "ecosystem.open" {
        /// 链主统一社会信用代码 | The leading enterprise, by its unified social credit code.
        body: CreditCode,
        /// 生态圈名称 | What it is called.
        name: String,
        /// 行政区划代码 | The county or wider division it is listed for.
        region: RegionCode,
        /// 起始日期 | First day.
        from: Date,
        /// 文号 | Filing document.
        basis: String,
    }
}

operation! {
    /// 加入生态圈 | Takes an enterprise into an ecosystem.
    pub struct JoinEcosystem = "ecosystem.join", import "ecosystem-members" {
        /// 链主统一社会信用代码 | The leading enterprise, by its unified social credit code.
        body: CreditCode,
        /// 成员统一社会信用代码 | The member, by its unified social credit code.
        member: CreditCode,
        /// 成员名称 | Its name.
        name: String,
        /// 加入日期 | First day.
        from: Date,
        /// 文号 | Filing document.
        basis: String,
    }
}

operation! {
    /// 退出生态圈 | Lets a member go.
    pub struct LeaveEcosystem = "ecosystem.leave" {
        /// 链主统一社会信用代码 | The leading enterprise, by its unified social credit code.
        body: CreditCode,
        /// 成员统一社会信用代码 | The member, by its unified social credit code.
        member: CreditCode,
        /// 原因 | Why.
        reason: String,
        /// 日期 | The first day outside; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 撤销生态圈 | Closes an ecosystem, and with it every membership.
    pub struct CloseEcosystem = "ecosystem.close" {
        /// 链主统一社会信用代码 | The leading enterprise, by its unified social credit code.
        body: CreditCode,
        /// 原因 | Why.
        reason: String,
        /// 日期 | The first day without it; today if not given.
        on: Option<Date>,
    }
}

impl Operation for OpenEcosystem {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let command = BodyCommand::OpenEcosystem(EcosystemOpened {
            name: self.name.clone(),
            region: self.region,
            from: self.from,
            basis: self.basis.clone(),
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

impl Operation for JoinEcosystem {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let command = BodyCommand::JoinEcosystem(EcosystemMemberJoined {
            member: self.member,
            name: Name {
                zh: self.name.clone(),
                en: None,
            },
            from: self.from,
            basis: self.basis.clone(),
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

impl Operation for LeaveEcosystem {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let command = BodyCommand::LeaveEcosystem(EcosystemMemberLeft {
            member: self.member,
            on: desk.day(self.on)?,
            reason: self.reason.clone(),
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

impl Operation for CloseEcosystem {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let command = BodyCommand::CloseEcosystem(EcosystemClosed {
            on: desk.day(self.on)?,
            reason: self.reason.clone(),
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}
