//! What a person brings along (履历), recorded by whoever has checked it: a body or the authority.

use super::actor::Actor;
use super::desk::Desk;
use super::error::AppError;
use super::operation::{Operation, operation};
use super::whom::Whom;
use crate::domain::account::event::Role;
use crate::domain::background::{
    Education, OutsideCertificateRecorded, OutsideKind, RecordStruck, Relation, School,
    StudyRecorded, TitleRecorded, WorkEnded, WorkRecorded,
};
use crate::domain::credit_code::CreditCode;
use crate::domain::digest::Digest;
use crate::domain::ids::{RecordId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::{Title, TitleGrade};
use crate::domain::width::fold_identifier;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use jiff::civil::Date;

operation! {
    /// 登记从业经历 | Records work that was checked.
    pub struct RecordWork = "background.record-work", import "works" {
        /// 劳动者编号 | The worker, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 用人单位统一社会信用代码 | The employer's unified social credit code.
        employer: Option<CreditCode>,
        /// 用工形式 | Relation: staff, dispatched, outsourced, apprentice, intern, self-employed.
        relation: Relation,
        /// 职业编码 | Occupation worked in.
        occupation: Option<OccupationCode>,
        /// 开始日期 | First day.
        from: Date,
        /// 结束日期 | Last day; none while it goes on.
        to: Option<Date>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 登记离职 | Records that work which went on has ended.
    pub struct EndWork = "background.end-work" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 记录编号 | The record of the work.
        record: RecordId,
        /// 结束日期 | Its last day.
        to: Date,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 登记学历 | Records study that was checked.
    pub struct RecordStudy = "background.record-study", import "studies" {
        /// 劳动者编号 | The worker, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 办学类型 | Kind of school.
        school: School,
        /// 学校统一社会信用代码 | The school itself, by its unified social credit code.
        institution: Option<CreditCode>,
        /// 学历 | Education it leads to.
        education: Education,
        /// 专业 | Speciality.
        speciality: String,
        /// 相关职业编码 | Occupations the speciality belongs to.
        related: Vec<OccupationCode>,
        /// 入学日期 | First day.
        from: Date,
        /// 毕业日期 | Day of graduation; none while it goes on.
        graduated_on: Option<Date>,
        /// 预计毕业日期 | Day graduation is expected.
        expected_on: Option<Date>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 登记职称 | Records a professional title that was checked.
    pub struct RecordTitle = "background.record-title", import "titles" {
        /// 劳动者编号 | The worker, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 职称系列 | Series.
        series: String,
        /// 职称层级 | Grade: technician, assistant, intermediate, associate-senior, senior.
        grade: TitleGrade,
        /// 职称名称 | Its name.
        title: String,
        /// 相关职业编码 | Occupations its speciality belongs to.
        related: Vec<OccupationCode>,
        /// 授予日期 | The day it was awarded.
        awarded_on: Date,
        /// 授予单位 | Who awarded it.
        awarded_by: String,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 登记外部证书 | Records a certificate that others issued.
    pub struct RecordOutsideCertificate = "background.record-certificate", import "outside-certificates" {
        /// 劳动者编号 | The worker, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 证书类别 | Kind of certificate.
        kind: OutsideKind,
        /// 发证机构 | Issuer, by the code of the register of issuers or by name.
        issuer: String,
        /// 证书名称 | Name of the certificate.
        certificate: String,
        /// 证书英文名称 | English name of the certificate.
        certificate_en: Option<String>,
        /// 证书编号 | Number of the certificate; only its keyed digest is kept.
        number: String,
        /// 等次 | Grade, in the issuer's words.
        grade: Option<String>,
        /// 职业编码 | Occupation.
        occupation: Option<OccupationCode>,
        /// 职业技能等级 | Skill level it states.
        level: Option<SkillLevel>,
        /// 发证日期 | The day it was awarded.
        awarded_on: Date,
        /// 有效期至 | Last day it is valid.
        valid_to: Option<Date>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
    }
}

operation! {
    /// 撤下履历记录 | Strikes a record that was not so.
    pub struct StrikeRecord = "background.strike" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 记录编号 | The record.
        record: RecordId,
        /// 理由 | Why.
        ground: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

/// Who may record what he has checked.
fn need_checker_of_facts(actor: &Actor) -> Result<(), AppError> {
    actor.need(&[Role::AuthorityMaker, Role::BodyMaker], "maker")
}

macro_rules! whom {
    ($request:ident) => {
        Whom {
            worker: $request.worker,
            name: $request.name.as_ref(),
            document_type: $request.document_type.as_ref(),
            document_number: $request.document_number.as_ref(),
        }
    };
}

impl Operation for RecordWork {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_checker_of_facts(desk.actor())?;
        let worker = desk.whom(whom!(self)).await?;
        let command = WorkerCommand::RecordWork {
            work: WorkRecorded {
                record: RecordId(desk.fresh_id()),
                employer: self.employer,
                relation: self.relation,
                occupation: self.occupation,
                from: self.from,
                to: self.to,
                evidence: self.evidence.clone(),
            },
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(worker, &command).await?;
        Ok(())
    }
}

impl Operation for EndWork {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_checker_of_facts(desk.actor())?;
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let command = WorkerCommand::EndWork {
            ended: WorkEnded {
                record: self.record,
                to: self.to,
                evidence: self.evidence.clone(),
            },
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for RecordStudy {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_checker_of_facts(desk.actor())?;
        let worker = desk.whom(whom!(self)).await?;
        let command = WorkerCommand::RecordStudy {
            study: StudyRecorded {
                record: RecordId(desk.fresh_id()),
                school: self.school,
                institution: self.institution,
                education: self.education,
                speciality: self.speciality.clone(),
                related: self.related.clone(),
                from: self.from,
                graduated_on: self.graduated_on,
                expected_on: self.expected_on,
                evidence: self.evidence.clone(),
            },
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(worker, &command).await?;
        Ok(())
    }
}

impl Operation for RecordTitle {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_checker_of_facts(desk.actor())?;
        let worker = desk.whom(whom!(self)).await?;
        let command = WorkerCommand::RecordTitle {
            title: TitleRecorded {
                record: RecordId(desk.fresh_id()),
                title: Title {
                    series: self.series.clone(),
                    grade: self.grade,
                    name: self.title.clone(),
                },
                related: self.related.clone(),
                awarded_on: self.awarded_on,
                awarded_by: self.awarded_by.clone(),
                evidence: self.evidence.clone(),
            },
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(worker, &command).await?;
        Ok(())
    }
}

impl Operation for RecordOutsideCertificate {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_checker_of_facts(desk.actor())?;
        let worker = desk.whom(whom!(self)).await?;
        let number = desk
            .ledger()
            .vault()?
            .keyed_digest(fold_identifier(&self.number).as_bytes());
        let command = WorkerCommand::RecordOutsideCertificate {
            certificate: OutsideCertificateRecorded {
                record: RecordId(desk.fresh_id()),
                kind: self.kind,
                issuer: self.issuer.clone(),
                name: Name {
                    zh: self.certificate.clone(),
                    en: self.certificate_en.clone(),
                },
                grade: self.grade.clone(),
                occupation: self.occupation,
                level: self.level,
                number: Digest(number),
                awarded_on: self.awarded_on,
                valid_to: self.valid_to,
                evidence: self.evidence.clone(),
            },
            on: desk.today(),
        };
        desk.decide::<WorkerDecider>(worker, &command).await?;
        Ok(())
    }
}

impl Operation for StrikeRecord {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_checker_of_facts(desk.actor())?;
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let command = WorkerCommand::StrikeRecord(RecordStruck {
            record: self.record,
            ground: self.ground.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}
