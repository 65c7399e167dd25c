//! 微技能 stacked: which of an occupation's micro-skills a worker holds and which are still open.
//!
//! Stacking (可叠加) is shown and nothing more: no number of micro-skills is a level, and what a set
//! of them leads to is for rules of recognition to say.

use super::error::AppError;
use super::ledger::Ledger;
use super::operation::operation;
use super::query::Query;
use super::{Actor, clock};
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::ids::{StreamId, WorkerId};
use crate::domain::item::ItemCode;
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::occupation::OccupationCode;
use crate::view::PAGE_MAX;
use crate::view::RegisterPage;
use crate::view::certificate::{CertificateState, REGISTER};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The micro-skills of one occupation, or of none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MicroStack {
    /// The occupation they are part of; none for those of no occupation.
    pub occupation: Option<OccupationCode>,
    /// Those held by a certificate that stands.
    pub held: Vec<MicroSkillHeld>,
    /// Those of the occupation that the catalogue of the day lists and that are not held.
    pub open: Vec<MicroSkillOpen>,
}

/// A micro-skill held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MicroSkillHeld {
    /// The item.
    pub item: ItemCode,
    /// Its name on the certificate.
    pub name: Name,
    /// The certificate.
    pub number: CertificateNumber,
    /// 发证日期
    pub issued_on: Date,
}

/// A micro-skill not held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MicroSkillOpen {
    /// The item.
    pub item: ItemCode,
    /// Its name that day.
    pub name: Name,
}

/// What the register of certificates says of one, as far as it is read here.
#[derive(Deserialize)]
struct Registered {
    state: CertificateState,
    kind: String,
    occupation: Option<OccupationCode>,
    item: Option<ItemCode>,
    name: Name,
    issued_on: Date,
}

operation! {
    /// 微技能叠加情况 | The micro-skills a worker holds, by occupation, and those still open.
    pub struct WorkerMicroSkills = "worker.micro-skills" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 日期 | The day whose catalogue is compared; today if not given.
        on: Option<Date>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Query for WorkerMicroSkills {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let on = self.on.unwrap_or_else(clock::today);
        let position = ledger.position_asked(self.at).await?;
        let stacks = ledger.micro_skills(self.worker, on, Some(position)).await?;
        Ok(json!({
            "worker": self.worker,
            "on": on,
            "as_of_position": position,
            "micro_skills": stacks,
        }))
    }
}

impl Ledger {
    /// The micro-skills of a worker by occupation, as of a position, beside what the catalogue of a
    /// day lists. Who may ask is for the caller to check.
    pub async fn micro_skills(
        &self,
        worker: WorkerId,
        on: Date,
        at: Option<u64>,
    ) -> Result<Vec<MicroStack>, AppError> {
        let mut held: BTreeMap<Option<OccupationCode>, Vec<MicroSkillHeld>> = BTreeMap::new();
        let owner = worker.to_string();
        let mut after: Option<String> = None;
        loop {
            let page = RegisterPage {
                owner: Some(&owner),
                prefix: None,
                at,
                after: after.as_deref(),
                limit: PAGE_MAX,
            };
            let rows = self.views.register_page(REGISTER, page).await?.value;
            let Some(last) = rows.last() else { break };
            after = Some(last.key.clone());
            for row in rows {
                let is: Registered =
                    serde_json::from_value(row.data).map_err(AppError::unwritable)?;
                let (Some(item), CertificateState::Active, "micro-skill") =
                    (is.item, is.state, is.kind.as_str())
                else {
                    continue;
                };
                let number = row.key.parse().map_err(|_| {
                    AppError::Inconsistent("a certificate registered without a number".into())
                })?;
                held.entry(is.occupation).or_default().push(MicroSkillHeld {
                    item,
                    name: is.name,
                    number,
                    issued_on: is.issued_on,
                });
            }
        }
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let stream = StreamId::catalogue(self.id());
        let position = self.position_asked(at).await?;
        let catalogue = self
            .load_at::<CatalogueDecider>(stream, "catalogue", position)
            .await?;
        let stacks = held.into_iter().map(|(occupation, mut held)| {
            held.sort_by(|a, b| (a.issued_on, &a.item).cmp(&(b.issued_on, &b.item)));
            let listed = occupation.map(|of| catalogue.state.micro_skills_of(of, on));
            let open = listed
                .into_iter()
                .flatten()
                .filter(|listed| held.iter().all(|it| it.item != listed.code))
                .map(|listed| MicroSkillOpen {
                    item: listed.code.clone(),
                    name: listed.name.clone(),
                })
                .collect();
            MicroStack {
                occupation,
                held,
                open,
            }
        });
        Ok(stacks.collect())
    }
}
