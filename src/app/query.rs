//! Queries: reading use cases declared once, for the API and the command line. Each is asked by somebody who may read,
//! and answers as of a position.

use super::operation::{Field, Request, Working, read};
use super::{Actor, AppError, Ledger};
use serde_json::Value;
use std::future::Future;

/// A reading use case. Its request is declared as an operation's is.
pub trait Query: Request {
    /// Checks who asks, and answers.
    fn answer(
        &self,
        ledger: &Ledger,
        actor: &Actor,
    ) -> impl Future<Output = Result<Value, AppError>>;
}

type Ask = for<'a> fn(&'a Ledger, &'a Actor, Value) -> Working<'a, Value>;

/// A query as the doors know it.
pub struct Question {
    /// `group.question`.
    pub name: &'static str,
    /// `中文 | English.`
    pub doc: &'static str,
    /// Its members.
    pub fields: &'static [Field],
    /// Answers it.
    pub ask: Ask,
}

impl Question {
    /// The question of a query.
    pub const fn of<Q: Query>() -> Self {
        Self {
            name: Q::NAME,
            doc: Q::DOC,
            fields: Q::FIELDS,
            ask: ask::<Q>,
        }
    }

    /// The group and the question.
    pub fn path(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or((self.name, ""))
    }
}

fn ask<'a, Q: Query>(ledger: &'a Ledger, actor: &'a Actor, request: Value) -> Working<'a, Value> {
    Box::pin(async move {
        let query: Q = read(Q::FIELDS, request)?;
        query.answer(ledger, actor).await
    })
}
