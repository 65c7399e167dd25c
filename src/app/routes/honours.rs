//! Honours (荣誉): recorded and withdrawn by the authority. Never a level.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::operation::{Operation, operation};
use crate::app::routes::questions;
use crate::app::whom::Whom;
use crate::domain::account::event::Role;
use crate::domain::digest::Digest;
use crate::domain::ids::{RecordId, WorkerId};
use crate::domain::name::Name;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::honour::{HonourConferred, HonourWithdrawn};
use jiff::civil::Date;

operation! {
    /// 登记荣誉 | Records an honour.
    pub struct ConferHonour = "honour.confer", import "honours" {
        /// 劳动者编号 | The worker, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 荣誉名称 | The honour.
        honour: String,
        /// 荣誉英文名称 | Its English name.
        honour_en: Option<String>,
        /// 荣誉层级 | How high it is: national, provincial, municipal, county, industry, enterprise.
        rank: String,
        /// 授予单位 | Who conferred it.
        conferred_by: String,
        /// 授予文件 | The document.
        basis: String,
        /// 授予日期 | The civil date it was conferred.
        conferred_on: Date,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 撤销荣誉 | Withdraws an honour.
    pub struct WithdrawHonour = "honour.withdraw" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 荣誉记录编号 | Which.
        record: RecordId,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for ConferHonour {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let worker = desk
            .whom(Whom {
                worker: self.worker,
                name: self.name.as_ref(),
                document_type: self.document_type.as_ref(),
                document_number: self.document_number.as_ref(),
            })
            .await?;
        let command = WorkerCommand::ConferHonour {
            conferred: HonourConferred {
                record: RecordId(desk.fresh_id()),
                name: Name {
                    zh: self.honour.clone(),
                    en: self.honour_en.clone(),
                },
                rank: self.rank.clone(),
                by: self.conferred_by.clone(),
                basis: self.basis.clone(),
                on: self.conferred_on,
                evidence: self.evidence.clone(),
            },
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(worker, &command).await?;
        Ok(())
    }
}

impl Operation for WithdrawHonour {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let on = desk.day(self.on)?;
        let command = WorkerCommand::WithdrawHonour(HonourWithdrawn {
            record: self.record,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on,
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        let words = (self.ground.as_str(), self.basis.as_str());
        questions::question_honour(desk, self.worker, self.record, words, on).await
    }
}
