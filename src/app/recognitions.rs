//! Recognitions as use cases: an application is taken by one person and decided by another; the
//! comparison table, the issuers, the rules and the title series are kept by the authority.

use super::actor::Actor;
use super::desk::Desk;
use super::error::AppError;
use super::input::{input, input_words};
use super::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::background::OutsideKind;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::{
    ComparisonListed, IssuerRegistered, IssuerStruck, RecognitionRulesAdopted, TitleSeriesAdopted,
};
use crate::domain::digest::Digest;
use crate::domain::ids::{ProposalId, RecognitionId, RecordId, SessionId, StreamId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, Proposing};
use crate::domain::rules::recognition::{
    Accepted, Comparison, Directions, Effect, HeldBy, Issuer, RecognitionRule, TitleSeries,
};
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::recognition::decide::{Ruling, Shown};
use crate::domain::worker::recognition::event::RecognitionApplied;
use crate::domain::worker::recognition::rejection::RecognitionRejection;
use crate::domain::worker::rejection::WorkerRejection;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The rules of an edition, as a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleDocument(Vec<RecognitionRule>);

/// An edition of title series, as a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeriesDocument(TitleSeries);

input!(Document: RuleDocument, SeriesDocument);
input_words!(Effect:
    "申报资格" = "may-apply",
    "视同" = "counts-as",
    "待遇比照" = "treatment-alike",
    "直接认定" = "direct-recognition",
    "破格" = "exceptional",
);
input_words!(Directions:
    "证书至等级" = "to-level",
    "等级至证书" = "from-level",
    "双向" = "both",
);

operation! {
    /// 申请比照认定 | Takes an application for recognition.
    pub struct ApplyForRecognition = "recognition.apply" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 履历记录编号 | The record of the title, study, certificate or honour it rests on.
        record: Option<RecordId>,
        /// 认定批次 | Or the session that awarded the level it rests on.
        session: Option<SessionId>,
        /// 规则编号 | The rule applied under.
        rule: String,
        /// 版本 | The edition of that rule; the one in force if not given.
        edition: Option<String>,
        /// 适用地区 | Jurisdiction; the ledger's own if not given.
        jurisdiction: Option<String>,
        /// 职业编码 | The occupation, of a level applied for.
        occupation: Option<OccupationCode>,
        /// 申请日期 | The day of the application; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 准予比照认定 | Grants a recognition.
    pub struct GrantRecognition = "recognition.grant" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 申请编号 | The application.
        recognition: RecognitionId,
        /// 出示的条件 | A condition that was shown, by its id.
        shown: Vec<String>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
        /// 授予等级 | Whether the level is awarded.
        award: Option<bool>,
        /// 审核日期 | The day of the decision; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 不予比照认定 | Refuses a recognition.
    pub struct RefuseRecognition = "recognition.refuse" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 申请编号 | The application.
        recognition: RecognitionId,
        /// 出示的条件 | A condition that was shown, by its id.
        shown: Vec<String>,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
        /// 理由 | Why, beside the conditions that are not met.
        ground: Option<String>,
        /// 审核日期 | The day of the decision; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 提议撤销比照认定 | Proposes to withdraw a recognition.
    pub struct ProposeWithdrawal = "recognition.withdraw" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 申请编号 | The application.
        recognition: RecognitionId,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 登记发证机构 | Registers an issuer of foreign, Hong Kong, Macao, Taiwan or industry certificates.
    pub struct RegisterIssuer = "recognition.register-issuer", import "issuers" {
        /// 机构代码 | Its code.
        issuer: String,
        /// 证书类别 | What it issues: foreign, hong-kong-macao-taiwan, industry.
        kind: OutsideKind,
        /// 机构名称 | Its name.
        name: String,
        /// 机构英文名称 | Its English name.
        name_en: Option<String>,
        /// 国家或地区 | Its country or region, two capital letters.
        country: String,
        /// 证书名称 | A certificate that is accepted.
        certificate: String,
        /// 认可等次 | A grade of it that is accepted; any if none is named.
        grades: Vec<String>,
        /// 登记起始日期 | First day.
        valid_from: Date,
        /// 登记截止日期 | Last day.
        valid_to: Option<Date>,
        /// 依据 | The decision that registered it.
        basis: String,
        /// 已核对 | Whether it was compared with the official text.
        verified: Option<bool>,
        /// 演示 | Whether it is for demonstration only.
        demo: Option<bool>,
    }
}

operation! {
    /// 注销发证机构登记 | Strikes an issuer from the register.
    pub struct StrikeIssuer = "recognition.strike-issuer" {
        /// 机构代码 | Its code.
        issuer: String,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The first day on which it is not registered; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 列入比照目录 | Lists a row of a comparison table.
    pub struct ListComparison = "recognition.list-comparison", import "comparisons" {
        /// 行号 | The row's code.
        code: String,
        /// 版本 | The edition.
        edition: String,
        /// 适用地区 | Whose table; the ledger's jurisdiction if not given.
        jurisdiction: Option<String>,
        /// 证书类别 | Kind of certificate: foreign, hong-kong-macao-taiwan, industry.
        kind: OutsideKind,
        /// 发证机构 | Its issuer, by code.
        issuer: String,
        /// 证书名称 | Its name.
        certificate: String,
        /// 等次 | Its grade; any if not given.
        grade: Option<String>,
        /// 职业编码 | The occupation beside it.
        occupation: OccupationCode,
        /// 职业技能等级 | The level beside it.
        level: SkillLevel,
        /// 方向 | Which way it is read: to-level, from-level, both.
        directions: Directions,
        /// 效力 | The effect: may-apply, counts-as, treatment-alike, direct-recognition, exceptional.
        effect: Effect,
        /// 条件 | A condition that is to be shown.
        condition: Option<String>,
        /// 附带发证 | Whether a certificate may follow.
        with_certificate: Option<bool>,
        /// 起始日期 | First day.
        effective_from: Date,
        /// 截止日期 | Last day.
        effective_to: Option<Date>,
        /// 依据 | Document number and article.
        citation: String,
        /// 已核对 | Whether it was compared with the official text.
        verified: Option<bool>,
        /// 演示 | Whether it is for demonstration only.
        demo: Option<bool>,
    }
}

operation! {
    /// 启用比照规则 | Adopts an edition of recognition rules.
    pub struct AdoptRules = "recognition.adopt-rules" {
        /// 版本 | The edition.
        edition: String,
        /// 规则文件 | The rules, as a document.
        rules: RuleDocument,
    }
}

operation! {
    /// 启用职称系列 | Adopts an edition of title series and the occupations that belong to them.
    pub struct AdoptSeries = "recognition.adopt-series" {
        /// 系列文件 | The edition, as a document.
        series: SeriesDocument,
    }
}

fn need_authority_maker(actor: &Actor) -> Result<(), AppError> {
    actor.need(&[Role::AuthorityMaker], "authority-maker")
}

async fn own_jurisdiction(desk: &mut Desk<'_>) -> Result<String, AppError> {
    Ok(desk.ledger().authority().await?.established.jurisdiction)
}

async fn decide_catalogue(desk: &mut Desk<'_>, command: &CatalogueCommand) -> Result<(), AppError> {
    need_authority_maker(desk.actor())?;
    let stream = StreamId::catalogue(desk.ledger().id());
    desk.decide::<CatalogueDecider>(stream, command).await?;
    Ok(())
}

impl Operation for ApplyForRecognition {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let actor = desk.actor();
        actor.need(&[Role::AuthorityMaker, Role::BodyMaker], "maker")?;
        let held = match (self.record, self.session) {
            (Some(record), None) => HeldBy::Record { record },
            (None, Some(session)) => HeldBy::Session { session },
            _ => {
                return Err(AppError::BadInput {
                    what: "record",
                    rule: "needed",
                });
            }
        };
        let on = desk.day(self.on)?;
        let jurisdiction = match &self.jurisdiction {
            Some(jurisdiction) => jurisdiction.clone(),
            None => own_jurisdiction(desk).await?,
        };
        let rulebook = Arc::new(desk.catalogue().await?.rulebook.clone());
        let in_force = rulebook
            .rules_on(on, &jurisdiction)
            .into_iter()
            .find(|it| it.rule.id == self.rule)
            .map(|it| (it.edition.clone(), it.rule.to.clone()));
        let Some((edition, to)) = in_force else {
            let rule = self.rule.clone();
            let refusal = RecognitionRejection::RuleNotInForce { rule };
            return Err(WorkerRejection::from(refusal).into());
        };
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let applied = RecognitionApplied {
            recognition: RecognitionId(desk.fresh_id()),
            held,
            rule: self.rule.clone(),
            edition: self.edition.clone().unwrap_or(edition),
            jurisdiction,
            to,
            occupation: self.occupation,
            taken_by: actor.account,
            on,
        };
        let command = WorkerCommand::ApplyForRecognition { applied, rulebook };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

/// The decision on an application, by another than who took it.
async fn ruling(
    desk: &mut Desk<'_>,
    recognition: RecognitionId,
    shown: &[String],
    evidence: &[Digest],
    on: Option<Date>,
) -> Result<Ruling, AppError> {
    desk.actor().need_authority_checker()?;
    let shown = shown.iter().map(|condition| Shown {
        condition: condition.clone(),
        digests: evidence.to_vec(),
    });
    Ok(Ruling {
        recognition,
        shown: shown.collect(),
        rulebook: Arc::new(desk.catalogue().await?.rulebook.clone()),
        by: desk.actor().account,
        on: desk.day(on)?,
    })
}

impl Operation for GrantRecognition {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let ruling = ruling(desk, self.recognition, &self.shown, &self.evidence, self.on).await?;
        let worker = desk
            .existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let occupation = worker.recognised_occupation(self.recognition);
        let award = match (self.award, occupation) {
            (Some(true), Some(code)) => {
                let catalogue = desk.catalogue().await?;
                let listed = catalogue.occupation_on(code, ruling.on).cloned();
                Some(Box::new(
                    listed.ok_or(AppError::NotFound { what: "occupation" })?,
                ))
            }
            (Some(true), None) => {
                let refusal = RecognitionRejection::AwardsNothing;
                return Err(WorkerRejection::from(refusal).into());
            }
            _ => None,
        };
        let command = WorkerCommand::GrantRecognition { ruling, award };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for RefuseRecognition {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let ruling = ruling(desk, self.recognition, &self.shown, &self.evidence, self.on).await?;
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let ground = self.ground.clone();
        let command = WorkerCommand::RefuseRecognition { ruling, ground };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for ProposeWithdrawal {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_authority_maker(desk.actor())?;
        let act = Act::WithdrawRecognition {
            recognition: self.recognition,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        let proposing = Proposing {
            proposal: ProposalId(desk.fresh_id()),
            digest: desk
                .ledger()
                .request_digest("worker.propose", &(self.worker, &act))?,
            by: desk.actor().account,
            now: desk.now(),
        };
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let command = WorkerCommand::Propose { proposing, act };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        desk.reserve(format!("proposal:{}", proposing.proposal));
        Ok(())
    }
}

impl Operation for RegisterIssuer {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let issuer = Issuer {
            code: self.issuer.clone(),
            outside: self.kind,
            name: Name {
                zh: self.name.clone(),
                en: self.name_en.clone(),
            },
            country: self.country.clone(),
            certificates: vec![Accepted {
                name: self.certificate.clone(),
                grades: self.grades.clone(),
            }],
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            basis: self.basis.clone(),
            verified: self.verified.unwrap_or(false),
            demo: self.demo.unwrap_or(false),
        };
        let command = CatalogueCommand::RegisterIssuer(IssuerRegistered { issuer });
        decide_catalogue(desk, &command).await
    }
}

impl Operation for StrikeIssuer {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let struck = IssuerStruck {
            code: self.issuer.clone(),
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        decide_catalogue(desk, &CatalogueCommand::StrikeIssuer(struck)).await
    }
}

impl Operation for ListComparison {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let jurisdiction = match &self.jurisdiction {
            Some(jurisdiction) => jurisdiction.clone(),
            None => own_jurisdiction(desk).await?,
        };
        let comparison = Comparison {
            code: self.code.clone(),
            edition: self.edition.clone(),
            jurisdiction,
            outside: self.kind,
            issuer: self.issuer.clone(),
            certificate: self.certificate.clone(),
            grade: self.grade.clone(),
            occupation: self.occupation,
            level: self.level,
            directions: self.directions,
            effect: self.effect,
            condition: self.condition.clone(),
            with_certificate: self.with_certificate.unwrap_or(false),
            effective_from: self.effective_from,
            effective_to: self.effective_to,
            citation: self.citation.clone(),
            verified: self.verified.unwrap_or(false),
            demo: self.demo.unwrap_or(false),
        };
        let command = CatalogueCommand::ListComparison(ComparisonListed { comparison });
        decide_catalogue(desk, &command).await
    }
}

impl Operation for AdoptRules {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let adopted = RecognitionRulesAdopted {
            edition: self.edition.clone(),
            rules: self.rules.0.clone(),
        };
        let command = CatalogueCommand::AdoptRecognitionRules(adopted);
        decide_catalogue(desk, &command).await
    }
}

impl Operation for AdoptSeries {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let title_series = self.series.0.clone();
        let command = CatalogueCommand::AdoptTitleSeries(TitleSeriesAdopted { title_series });
        decide_catalogue(desk, &command).await
    }
}
