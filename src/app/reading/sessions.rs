//! Assessment sessions (认定批次).

use super::{limit, next};
use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::SessionId;
use crate::view::AsOf;
use crate::view::session::SessionRow;
use serde_json::{Value, json};

operation! {
    /// 批次情况 | Where a session stands, and how many results it has.
    pub struct ShowSession = "session.show" {
        /// 批次 | The session.
        session: SessionId,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 批次清单 | A body's sessions, oldest first.
    pub struct ListSessions = "session.list" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 上一页末位 | The `next` of the page before.
        after: Option<u64>,
        /// 条数 | Most rows of the page; 100 if not given, at most 1,000.
        limit: Option<u32>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Ledger {
    /// A session as the views have it, as of a position or now. No candidate is named.
    pub async fn show_session(
        &self,
        session: SessionId,
        at: Option<u64>,
    ) -> Result<AsOf<SessionRow>, AppError> {
        let AsOf { position, value } = self.views.as_of(at).session(session).await?;
        let value = value.ok_or(AppError::NotFound { what: "session" })?;
        Ok(AsOf { position, value })
    }
}

impl Query for ShowSession {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let found = ledger.show_session(self.session, self.at).await?;
        Ok(json!({"as_of_position": found.position, "session": found.value}))
    }
}

impl Query for ListSessions {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let body = ledger.find_body(&self.body).await?;
        let limit = limit(self.limit);
        let views = ledger.views.as_of(self.at);
        let page = views.sessions(body, self.after.unwrap_or(0), limit).await?;
        Ok(json!({
            "as_of_position": page.position,
            "next": next(&page.value, limit, |row| row.position),
            "sessions": page.value,
        }))
    }
}
