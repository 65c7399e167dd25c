//! Tables of the routes' rules: built in, and adopted from a document.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input;
use crate::app::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::routes::{
    AppointmentPoliciesAdopted, ApprenticeshipPoliciesAdopted, DirectGroundsAdopted,
    PromotionRulesAdopted,
};
use crate::domain::ids::StreamId;
use crate::domain::rules::routes::appointment::AppointmentPolicy;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipPolicy;
use crate::domain::rules::routes::direct::DirectGround;
use crate::domain::rules::routes::promotion::PromotionRule;
use crate::domain::rules::routes::{appointment_cn, apprenticeship_cn, direct_cn, promotion_cn};
use serde::{Deserialize, Serialize};

/// A document of rules of promotion.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PromotionTable(Vec<PromotionRule>);
/// A document of grounds of direct recognition.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroundTable(Vec<DirectGround>);
/// A document of policies of appointment.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AppointmentTable(Vec<AppointmentPolicy>);
/// A document of policies of apprenticeship.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApprenticeshipTable(Vec<ApprenticeshipPolicy>);

input!(Document: PromotionTable, GroundTable, AppointmentTable, ApprenticeshipTable);

operation! {
    /// 采用竞赛晋升规则 | Adopts rules of promotion from competitions.
    pub struct AdoptPromotionRules = "route.adopt-promotion-rules" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 规则文件 | The rules, a JSON list.
        rules: PromotionTable,
    }
}

operation! {
    /// 采用直接认定情形 | Adopts grounds of direct recognition.
    pub struct AdoptDirectGrounds = "route.adopt-direct-grounds" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 规则文件 | The grounds, a JSON list.
        rules: GroundTable,
    }
}

operation! {
    /// 采用评聘办法 | Adopts policies of appointment.
    pub struct AdoptAppointmentPolicies = "route.adopt-appointment-policies" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 规则文件 | The policies, a JSON list.
        rules: AppointmentTable,
    }
}

operation! {
    /// 采用学徒办法 | Adopts policies of apprenticeship.
    pub struct AdoptApprenticeshipPolicies = "route.adopt-apprenticeship-policies" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 规则文件 | The policies, a JSON list.
        rules: ApprenticeshipTable,
    }
}

async fn adopt(desk: &mut Desk<'_>, command: CatalogueCommand) -> Result<(), AppError> {
    desk.actor()
        .need(&[Role::AuthorityMaker], "authority-maker")?;
    let catalogue = StreamId::catalogue(desk.ledger().id());
    desk.decide::<CatalogueDecider>(catalogue, &command).await?;
    Ok(())
}

impl Operation for AdoptPromotionRules {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let adopted = PromotionRulesAdopted {
            edition: self.edition.clone(),
            rules: self.rules.0.clone(),
        };
        adopt(desk, CatalogueCommand::AdoptPromotionRules(adopted)).await
    }
}

impl Operation for AdoptDirectGrounds {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let adopted = DirectGroundsAdopted {
            edition: self.edition.clone(),
            rules: self.rules.0.clone(),
        };
        adopt(desk, CatalogueCommand::AdoptDirectGrounds(adopted)).await
    }
}

impl Operation for AdoptAppointmentPolicies {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let adopted = AppointmentPoliciesAdopted {
            edition: self.edition.clone(),
            rules: self.rules.0.clone(),
        };
        adopt(desk, CatalogueCommand::AdoptAppointmentPolicies(adopted)).await
    }
}

impl Operation for AdoptApprenticeshipPolicies {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let adopted = ApprenticeshipPoliciesAdopted {
            edition: self.edition.clone(),
            rules: self.rules.0.clone(),
        };
        adopt(desk, CatalogueCommand::AdoptApprenticeshipPolicies(adopted)).await
    }
}

/// What a ledger begins with.
pub(in crate::app) fn built_in() -> Vec<CatalogueCommand> {
    vec![
        CatalogueCommand::AdoptPromotionRules(PromotionRulesAdopted {
            edition: promotion_cn::EDITION.to_owned(),
            rules: promotion_cn::built_in(),
        }),
        CatalogueCommand::AdoptDirectGrounds(DirectGroundsAdopted {
            edition: direct_cn::EDITION.to_owned(),
            rules: direct_cn::built_in(),
        }),
        CatalogueCommand::AdoptAppointmentPolicies(AppointmentPoliciesAdopted {
            edition: appointment_cn::EDITION.to_owned(),
            rules: appointment_cn::built_in(),
        }),
        CatalogueCommand::AdoptApprenticeshipPolicies(ApprenticeshipPoliciesAdopted {
            edition: apprenticeship_cn::EDITION.to_owned(),
            rules: apprenticeship_cn::built_in(),
        }),
    ]
}
