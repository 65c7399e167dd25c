//! Batches (评聘批次): how many levels a session awarded, by level and route, and how many of them to
//! students (学历证书+职业技能等级证书).

use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger};
use crate::domain::ids::SessionId;
use crate::view::AsOf;
use crate::view::session::LevelCount;
use serde_json::{Value, json};

operation! {
    /// 批次人数 | How many levels a session awarded, by level and route.
    pub struct CountBatch = "session.counts" {
        /// 批次 | The session.
        session: SessionId,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Ledger {
    /// The levels that a session awarded and that stand, counted by level and route.
    pub async fn count_batch(
        &self,
        actor: &Actor,
        session: SessionId,
        at: Option<u64>,
    ) -> Result<AsOf<Vec<LevelCount>>, AppError> {
        actor.need_reader()?;
        Ok(self.views.as_of(at).levels_of_session(session).await?)
    }
}

impl Query for CountBatch {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        let counts = ledger.count_batch(actor, self.session, self.at).await?;
        Ok(json!({
            "as_of_position": counts.position,
            "session": self.session,
            "counts": counts.value,
        }))
    }
}
