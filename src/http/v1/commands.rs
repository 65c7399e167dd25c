//! Operations and queries over the API.

use super::bearer;
use crate::app::operation::Field;
use crate::app::operations::{self, VERBS, in_language};
use crate::app::queries::{self, QUESTIONS};
use crate::app::{Actor, Ledger};
use crate::http::{Problem, Served};
use crate::locale::Language;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use std::sync::Arc;

/// Bytes of a request: a document may be a whole catalogue.
pub const BYTES_MAX: usize = 8 << 20;

/// `POST /v1/commands/{name}`: carries out an operation, once per `Idempotency-Key`.
///
/// Headers: `Authorization: Bearer TOKEN`, `Idempotency-Key: UUID` (both needed). Body: the
/// members of the request, as `GET /v1/commands` lists them. Answer: `{"position","repeated",
/// "events":[{"position","stream","type","data"}…]}`; the same at every retry under the same key.
pub async fn command(
    State(served): State<Served>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let verb = operations::verb(&name).ok_or_else(|| Problem::new("not-found"))?;
    let actor = bearer::actor(&served.ledger, &headers).await?;
    let id = bearer::command_id(&headers)?;
    let request = document(body)?;
    let done = aside(&served.ledger, actor, move |ledger, actor| {
        Box::pin(async move { Ok(json!((verb.run)(ledger, actor, id, request).await?)) })
    })
    .await?;
    Ok(Json(done))
}

/// `POST /v1/queries/{name}`: answers a query. Headers: `Authorization: Bearer TOKEN`. Body: the
/// members of the request, as `GET /v1/commands` lists them.
pub async fn query(
    State(served): State<Served>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let question = queries::question(&name).ok_or_else(|| Problem::new("not-found"))?;
    let actor = bearer::actor(&served.ledger, &headers).await?;
    let request = document(body)?;
    let answer = aside(&served.ledger, actor, move |ledger, actor| {
        (question.ask)(ledger, actor, request)
    })
    .await?;
    Ok(Json(answer))
}

/// `GET /v1/commands`: every operation and every query, with the members of its request.
pub async fn list() -> Json<Value> {
    let commands: Vec<Value> = VERBS
        .iter()
        .map(|verb| described(verb.name, verb.doc, verb.fields))
        .collect();
    let queries: Vec<Value> = QUESTIONS
        .iter()
        .map(|question| described(question.name, question.doc, question.fields))
        .collect();
    Json(json!({"commands": commands, "queries": queries}))
}

fn described(name: &str, doc: &'static str, fields: &'static [Field]) -> Value {
    let members: Vec<Value> = fields
        .iter()
        .map(|field| {
            let words: Vec<&str> = field.words.iter().map(|(_, word)| *word).collect();
            json!({
                "name": field.name,
                "zh": in_language(field.doc, Language::Zh),
                "en": in_language(field.doc, Language::En),
                "shape": format!("{:?}", field.shape).to_lowercase(),
                "required": field.required && !field.many,
                "many": field.many,
                "words": words,
            })
        })
        .collect();
    json!({
        "name": name,
        "zh": in_language(doc, Language::Zh),
        "en": in_language(doc, Language::En),
        "members": members,
    })
}

#[expect(
    clippy::result_large_err,
    reason = "handlers answer with a problem as it is"
)]
fn document(body: Result<Bytes, BytesRejection>) -> Result<Value, Problem> {
    let body = body.map_err(|_| Problem::new("too-large"))?;
    serde_json::from_slice(&body).map_err(|_| Problem::new("bad-request"))
}

type Working<'a> = crate::app::operation::Working<'a, Value>;

/// Runs a use case on a thread of its own: it goes on to its end although the asker has gone, and
/// a long one keeps nobody else waiting.
pub(super) async fn aside<W>(ledger: &Arc<Ledger>, actor: Actor, work: W) -> Result<Value, Problem>
where
    W: for<'a> FnOnce(&'a Ledger, &'a Actor) -> Working<'a> + Send + 'static,
{
    let ledger = Arc::clone(ledger);
    let runtime = tokio::runtime::Handle::current();
    let done = tokio::task::spawn_blocking(move || runtime.block_on(work(&ledger, &actor)));
    match done.await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Problem::new("internal")),
    }
}
