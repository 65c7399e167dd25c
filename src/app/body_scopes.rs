//! The scope of a body (备案范围) in full: work types, items, other provinces; and taking it back.

use super::bodies::number_code_key;
use super::desk::Desk;
use super::error::AppError;
use super::input::input_words;
use super::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{CrossRegionPermitted, ScopeGranted, ScopedWorkType, Side};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, GrantId, ProposalId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::number::NumberCode;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, Proposing};
use crate::domain::region::RegionCode;
use jiff::civil::Date;

input_words!(Side: "备案地" = "home", "业务所在地" = "host");

operation! {
    /// 核定备案范围 | Grants a scope: occupations or work types with levels, items, regions, days.
    pub struct GrantScope = "body.grant-scope", import "scopes" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 职业编码 | Occupations.
        occupation: Vec<OccupationCode>,
        /// 职业编码与工种 | The only work types of an occupation that are covered: code, slash, name.
        work_type: Vec<String>,
        /// 职业技能等级 | Levels.
        level: Vec<SkillLevel>,
        /// 项目编码 | Items assessed without a level.
        item: Vec<ItemCode>,
        /// 行政区划代码 | Regions; a code that ends in zeros covers what lies within.
        region: Vec<RegionCode>,
        /// 有效期起 | First day.
        from: Date,
        /// 有效期至 | Last day.
        to: Date,
        /// 备案文号 | Filing document.
        basis: String,
    }
}

operation! {
    /// 提请取消备案范围 | Proposes to take a scope back, whole or for some occupations; another person approves.
    pub struct TakeBackScope = "body.take-back-scope" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 范围编号 | Which scope.
        grant: GrantId,
        /// 职业编码 | Occupations taken back; the whole scope if none is named.
        occupation: Vec<OccupationCode>,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The first day without it; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 登记跨区域许可 | Permits work in another province, and says whose rules and numbers apply there.
    pub struct PermitCrossRegion = "body.permit-cross-region", import "cross-region-permits" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 业务所在地 | The province or division it may work in.
        host: RegionCode,
        /// 有效期起 | First day.
        from: Date,
        /// 有效期至 | Last day.
        to: Date,
        /// 适用规则 | Whose rules of assessment apply: home or host.
        rules: Side,
        /// 编码规则 | Whose number prefix applies: home or host.
        number_rule: Side,
        /// 所在地编码 | The codes the host assigned, as S-0000-33-000021.
        number_code: Option<String>,
        /// 双方文件 | Document of both sides.
        basis: String,
    }
}

operation! {
    /// 提请终止跨区域许可 | Proposes to end a permit early, and the scopes that rest on it; another person approves.
    pub struct EndCrossRegion = "body.end-cross-region" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 业务所在地 | Where.
        host: RegionCode,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The first day without it; today if not given.
        on: Option<Date>,
    }
}

const fn unreadable(what: &'static str) -> AppError {
    AppError::BadInput {
        what,
        rule: "field-unreadable",
    }
}

/// `6-18-02-04/电焊工`
fn read_work_type(text: &str) -> Result<ScopedWorkType, AppError> {
    let (code, name) = text.split_once('/').ok_or(unreadable("work_type"))?;
    Ok(ScopedWorkType {
        occupation: code.parse().map_err(|_| unreadable("work_type"))?,
        name: name.trim().to_owned(),
    })
}

/// `S-0000-33-000021`: letter, body, province, site.
fn read_number_code(text: &str) -> Result<NumberCode, AppError> {
    match text.split('-').collect::<Vec<_>>()[..] {
        [letter, body, province, sequence] => Ok(NumberCode {
            letter: letter.into(),
            body: body.into(),
            province: province.into(),
            sequence: sequence.into(),
        }),
        _ => Err(unreadable("number_code")),
    }
}

/// The maker's word; the act waits for a checker's.
async fn propose(desk: &mut Desk<'_>, body: BodyId, act: Act) -> Result<(), AppError> {
    let proposing = Proposing {
        proposal: ProposalId(desk.fresh_id()),
        digest: desk
            .ledger()
            .request_digest("body.propose", &(body, &act))?,
        by: desk.actor().account,
        now: desk.now(),
    };
    desk.decide::<BodyDecider>(body, &BodyCommand::Propose { proposing, act })
        .await?;
    desk.reserve(format!("proposal:{}", proposing.proposal));
    Ok(())
}

impl Operation for GrantScope {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let work_types = self.work_type.iter().map(|text| read_work_type(text));
        let granted = ScopeGranted {
            grant: GrantId(desk.fresh_id()),
            occupations: self.occupation.clone(),
            work_types: work_types.collect::<Result<_, _>>()?,
            levels: self.level.clone(),
            items: self.item.clone(),
            regions: self.region.clone(),
            from: self.from,
            to: self.to,
            basis: self.basis.clone(),
        };
        desk.decide::<BodyDecider>(body, &BodyCommand::GrantScope(granted))
            .await?;
        Ok(())
    }
}

impl Operation for TakeBackScope {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let whole = self.occupation.is_empty();
        let act = Act::TakeBackScope {
            grant: self.grant,
            occupations: self.occupation.clone(),
            rest: (!whole).then(|| GrantId(desk.fresh_id())),
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        propose(desk, body, act).await
    }
}

impl Operation for PermitCrossRegion {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let number_code = self.number_code.as_deref().map(read_number_code);
        let number_code = number_code.transpose()?;
        let today = desk.today();
        let grammar =
            desk.catalogue()
                .await?
                .grammar_on(today)
                .cloned()
                .ok_or(AppError::NotFound {
                    what: "number-grammar",
                })?;
        let permitted = CrossRegionPermitted {
            host: self.host,
            from: self.from,
            to: self.to,
            rules: self.rules,
            number_rule: self.number_rule,
            number_code: number_code.clone(),
            basis: self.basis.clone(),
        };
        let command = BodyCommand::PermitCrossRegion { permitted, grammar };
        desk.decide::<BodyDecider>(body, &command).await?;
        if let Some(code) = &number_code {
            desk.reserve(number_code_key(code));
        }
        Ok(())
    }
}

impl Operation for EndCrossRegion {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let act = Act::EndCrossRegion {
            host: self.host,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        propose(desk, body, act).await
    }
}
