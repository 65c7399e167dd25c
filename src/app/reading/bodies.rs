//! Bodies and keys.

use super::{limit, next};
use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger};
use crate::domain::credit_code::CreditCode;
use crate::view::AsOf;
use crate::view::body::KeyRow;
use serde_json::{Value, json};

operation! {
    /// 机构档案 | A body: its standing, scopes, run-offs and keys, each with its stretch of positions.
    pub struct ShowBody = "body.show" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 机构名册 | Bodies in order of registration, with their standing.
    pub struct ListBodies = "body.list" {
        /// 上一页末位 | The `next` of the page before.
        after: Option<u64>,
        /// 条数 | Most rows of the page; 100 if not given, at most 1,000.
        limit: Option<u32>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 密钥清单 | The keys of a body, or of the authority and the log.
    pub struct ListKeys = "keys.list" {
        /// 统一社会信用代码 | The body; the authority and the log if not given.
        body: Option<CreditCode>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Query for ShowBody {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let body = ledger.find_body(&self.body).await?;
        let found = ledger.views.as_of(self.at).body_trust(body).await?;
        let body = found.value.ok_or(AppError::NotFound { what: "body" })?;
        Ok(json!({"as_of_position": found.position, "body": body}))
    }
}

impl Query for ListBodies {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let limit = limit(self.limit);
        let views = ledger.views.as_of(self.at);
        let page = views.bodies(self.after.unwrap_or(0), limit).await?;
        Ok(json!({
            "as_of_position": page.position,
            "next": next(&page.value, limit, |row| row.position),
            "bodies": page.value,
        }))
    }
}

impl Ledger {
    /// The keys of a body, or of the authority and the log, oldest first.
    pub async fn keys(
        &self,
        body: Option<&CreditCode>,
        at: Option<u64>,
    ) -> Result<AsOf<Vec<KeyRow>>, AppError> {
        let body = match body {
            Some(code) => Some(self.find_body(code).await?),
            None => None,
        };
        Ok(self.views.as_of(at).keys(body).await?)
    }
}

impl Query for ListKeys {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let keys = ledger.keys(self.body.as_ref(), self.at).await?;
        Ok(json!({"as_of_position": keys.position, "keys": keys.value}))
    }
}
