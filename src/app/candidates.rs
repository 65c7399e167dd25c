//! Whom a body may assess (评价对象), asked of the ledger: own staff, members' staff, own students, and
//! nobody it has trained too lately (考培分离).

use super::error::AppError;
use super::operation::operation;
use super::query::Query;
use super::{Actor, Ledger, clock};
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::body::affiliation::Affiliation;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::separation::{Assessing, Taught, check_separation};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, StreamId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::state::WorkerState;
use jiff::civil::Date;
use serde_json::{Value, json};

operation! {
    /// 能否评价该人员 | Whether a body may assess a person on a day, and which rule refuses.
    pub struct MayAssess = "body.may-assess" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 职业编码 | The occupation assessed.
        occupation: OccupationCode,
        /// 评定日期 | The day of the assessment; today if not given.
        on: Option<Date>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Ledger {
    /// Whether this body may assess this person for an occupation on a day: what ties them, and
    /// that it has not trained him too lately, as known at a position or now. Its scope is asked when a
    /// session is opened.
    pub async fn may_assess(
        &self,
        body: BodyId,
        worker: WorkerId,
        occupation: OccupationCode,
        on: Date,
        at: Option<u64>,
    ) -> Result<(), AppError> {
        let position = self.position_asked(at).await?;
        let assessor = self.load_at::<BodyDecider>(body, "body", position).await?;
        let person = self
            .load_at::<WorkerDecider>(worker, "worker", position)
            .await?;
        let authority = StreamId::authority(self.id());
        let authority = self
            .load_at::<AuthorityDecider>(authority, "authority", position)
            .await?;
        let policy = authority.state.body_policy_on(on)?;
        let WorkerState::Enrolled(person) = &person.state else {
            return Err(AppError::NotFound { what: "worker" });
        };
        let candidate = Affiliation::from(&person.background);
        assessor.state.may_assess_person(&candidate, policy, on)?;
        let taught = person.trainings.iter().map(|training| Taught {
            provider: training.provider,
            teachers: &training.teachers,
            occupation: training.occupation,
            until: training.to,
        });
        let assessing = Assessing {
            body,
            examiners: &[],
            occupation,
            on,
        };
        check_separation(&policy.separations, taught, &assessing)?;
        Ok(())
    }
}

impl Query for MayAssess {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let body = ledger.find_body(&self.body).await?;
        let on = self.on.unwrap_or_else(clock::today);
        let position = ledger.position_asked(self.at).await?;
        let judged = ledger
            .may_assess(body, self.worker, self.occupation, on, Some(position))
            .await;
        match judged {
            Ok(()) => Ok(json!({ "as_of_position": position, "on": on, "may": true })),
            Err(error) if error.is_refusal() => Ok(json!({
                "as_of_position": position,
                "on": on,
                "may": false,
                "refused": error.code(),
                "words": error.words(),
            })),
            Err(error) => Err(error),
        }
    }
}
