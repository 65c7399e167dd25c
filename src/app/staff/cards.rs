//! Cards (证卡) of examiners, supervisors, teachers and the rest, from grant to withdrawal.

use super::number::{card_key, normal_number};
use super::person::StaffMeant;
use crate::app::actor::Actor;
use crate::app::chance;
use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::operation::{Operation, operation};
use crate::app::seal::sealed_digest;
use crate::domain::account::event::Role;
use crate::domain::body::decider::BodyDecider;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, CardId, SubjectId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::staff::command::StaffCommand;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::{
    CardGranted, CardReinstated, CardRenewed, CardSuspended, CardWithdrawn,
};
use crate::domain::staff::role::StaffRole;
use crate::store::EventStore;
use crate::vault::card_field;
use jiff::civil::Date;

input_words!(StaffRole:
    "考评员" = "examiner",
    "高级考评员" = "senior-examiner",
    "专项职业能力考评员" = "special-skill-examiner",
    "外部质量督导员" = "quality-supervisor-external",
    "外督" = "quality-supervisor-external",
    "内部质量督导员" = "quality-supervisor-internal",
    "内督" = "quality-supervisor-internal",
    "考务人员" = "invigilator",
    "监考" = "invigilator",
    "专家" = "expert",
    "裁判" = "referee",
    "场地经理" = "site-manager",
    "技术翻译" = "technical-translator",
    "教师" = "teacher",
);

operation! {
    /// 登记证卡 | Records a card; its holder is enrolled if the registers do not know him.
    pub struct GrantCard = "staff.grant-card", import "staff-cards" {
        /// 人员编号 | The member of staff, if known.
        staff: Option<SubjectId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 人员类别 | Role: examiner, senior-examiner, teacher and so on.
        role: StaffRole,
        /// 证卡编号 | Number of the card; kept in the vault.
        number: String,
        /// 职业编码 | Occupations it names.
        occupations: Vec<OccupationCode>,
        /// 等级 | Levels it names; all its rank allows if none.
        levels: Vec<SkillLevel>,
        /// 考核项目编码 | Items it names, of special-skill examiners.
        items: Vec<ItemCode>,
        /// 证卡等级 | Its own grade, in the issuer's words.
        grade: Option<String>,
        /// 所属机构统一社会信用代码 | Credit code of the body whose staff he is by it.
        body: Option<CreditCode>,
        /// 有效期起 | First day.
        from: Date,
        /// 有效期至 | Last day; none if the card states none.
        to: Option<Date>,
        /// 依据 | Document it rests on.
        basis: String,
    }
}

operation! {
    /// 延续证卡 | Renews a card: another term under the same number.
    pub struct RenewCard = "staff.renew-card", import "staff-renewals" {
        /// 证卡编号 | Number of the card.
        number: String,
        /// 有效期起 | First day of the new term.
        from: Date,
        /// 有效期至 | Its last day.
        to: Date,
        /// 依据 | Document it rests on.
        basis: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 暂停证卡 | Suspends a card.
    pub struct SuspendCard = "staff.suspend-card" {
        /// 证卡编号 | Number of the card.
        number: String,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The first day without it; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 恢复证卡 | Ends a card's suspension.
    pub struct ReinstateCard = "staff.reinstate-card" {
        /// 证卡编号 | Number of the card.
        number: String,
        /// 理由 | Why.
        ground: String,
        /// 日期 | The first day with it again; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 取消证卡 | Withdraws a card, for good.
    pub struct WithdrawCard = "staff.withdraw-card" {
        /// 证卡编号 | Number of the card.
        number: String,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The first day without it; today if not given.
        on: Option<Date>,
    }
}

/// A body grants the cards of its own house to its own people; the others are the authority's.
fn need_granter(actor: &Actor, role: StaffRole, body: Option<BodyId>) -> Result<(), AppError> {
    match body {
        Some(body) if role.granted_by_body() => actor.need_maker_of(body),
        _ => actor.need(&[Role::AuthorityMaker], "authority-maker"),
    }
}

impl Operation for GrantCard {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let body = match &self.body {
            Some(code) => Some(desk.ledger().find_body(code).await?),
            None => None,
        };
        need_granter(desk.actor(), self.role, body)?;
        if let Some(body) = body {
            desk.existing::<BodyDecider>(body, "body").await?;
        }
        let number = normal_number(&self.number)?;
        let jurisdiction = desk.authority().await?.authority()?;
        let jurisdiction = jurisdiction.established.jurisdiction.clone();
        let rules = desk
            .catalogue()
            .await?
            .staff_rules_on(&jurisdiction, self.from);
        rules.check_number(self.role, &number, self.from)?;
        let digest = desk.ledger().card_digest(&number)?;
        let key = card_key(digest);
        let drafted = desk.draft().reservations.iter().any(|(it, _)| *it == key);
        if drafted || desk.ledger().store.reservation(&key).await?.is_some() {
            return Err(AppError::Taken {
                what: "card".to_owned(),
            });
        }

        let staff = desk
            .staff_meant(StaffMeant {
                staff: self.staff,
                number: None,
                name: self.name.as_ref(),
                document_type: self.document_type.as_ref(),
                document_number: self.document_number.as_ref(),
            })
            .await?;
        let card = CardId(desk.fresh_id());
        let row = desk.key_of(staff).await?.seal_bytes(
            &card_field(card),
            1,
            number.as_bytes(),
            &mut chance::rng(),
        )?;
        let granted = CardGranted {
            card,
            role: self.role,
            occupations: self.occupations.clone(),
            levels: self.levels.clone(),
            items: self.items.clone(),
            grade: self.grade.clone(),
            body,
            from: self.from,
            to: self.to,
            basis: self.basis.clone(),
            number: digest,
            sealed: vec![sealed_digest(&row)],
        };
        desk.decide::<StaffDecider>(staff, &StaffCommand::GrantCard(granted))
            .await?;
        desk.reserve(key);
        desk.draft().seal(row);
        Ok(())
    }
}

/// The card of this number, whose holder's stream is on the desk; demands who may act on it.
async fn card(desk: &mut Desk<'_>, number: &str) -> Result<(SubjectId, CardId), AppError> {
    let (staff, card) = desk.ledger().staff_card(number).await?;
    let state = desk.existing::<StaffDecider>(staff, "staff").await?;
    let granted = &state.staff()?.card(card)?.granted;
    let (role, body) = (granted.role, granted.body);
    need_granter(desk.actor(), role, body)?;
    Ok((staff, card))
}

impl Operation for RenewCard {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let (staff, card) = card(desk, &self.number).await?;
        let renewed = CardRenewed {
            card,
            from: self.from,
            to: self.to,
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        desk.decide::<StaffDecider>(staff, &StaffCommand::RenewCard(renewed))
            .await?;
        Ok(())
    }
}

impl Operation for SuspendCard {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let (staff, card) = card(desk, &self.number).await?;
        let suspended = CardSuspended {
            card,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        desk.decide::<StaffDecider>(staff, &StaffCommand::SuspendCard(suspended))
            .await?;
        Ok(())
    }
}

impl Operation for ReinstateCard {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let (staff, card) = card(desk, &self.number).await?;
        let reinstated = CardReinstated {
            card,
            ground: self.ground.clone(),
            on: desk.day(self.on)?,
        };
        desk.decide::<StaffDecider>(staff, &StaffCommand::ReinstateCard(reinstated))
            .await?;
        Ok(())
    }
}

impl Operation for WithdrawCard {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let (staff, card) = card(desk, &self.number).await?;
        let withdrawn = CardWithdrawn {
            card,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        desk.decide::<StaffDecider>(staff, &StaffCommand::WithdrawCard(withdrawn))
            .await?;
        Ok(())
    }
}
