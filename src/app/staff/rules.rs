//! Rules about staff: adopted as data, each with its source and dates.

use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input;
use crate::app::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::StaffRulesAdopted;
use crate::domain::ids::StreamId;
use crate::domain::rules::staff::StaffRule;
use serde::{Deserialize, Serialize};

/// A document of rules.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleList(pub Vec<StaffRule>);

input!(Document: RuleList);

operation! {
    /// 采用人员规则 | Adopts an edition of rules about people who assess and teach.
    pub struct AdoptStaffRules = "staff.adopt-rules" {
        /// 版本 | Name of the edition.
        edition: String,
        /// 规则 | The rules: a JSON list.
        rules: RuleList,
    }
}

impl Operation for AdoptStaffRules {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let adopted = StaffRulesAdopted {
            edition: self.edition.clone(),
            rules: self.rules.0.clone(),
        };
        let stream = StreamId::catalogue(desk.ledger().id());
        desk.decide::<CatalogueDecider>(stream, &CatalogueCommand::AdoptStaffRules(adopted))
            .await?;
        Ok(())
    }
}
