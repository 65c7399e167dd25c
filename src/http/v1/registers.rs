//! Registers over the API, as of now or of any position.

use super::bearer;
use crate::app::registers::{PUBLIC, RegisterRequest};
use crate::http::{Problem, Served};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

/// What is asked of a register.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    owner: Option<String>,
    prefix: Option<String>,
    at: Option<u64>,
    after: Option<String>,
    limit: Option<u32>,
}

/// `GET /v1/registers`: the registers that anybody may read.
pub async fn list() -> Json<Value> {
    Json(json!({"public": PUBLIC}))
}

/// `GET /v1/registers/{kind}`: a page of a register, in the order of its keys.
///
/// Query: `owner`, `prefix` (of the key), `at` (a position: as it was then), `after` (the key the
/// page before ended with), `limit` (100; at most 1,000). Registers that speak of people need
/// `Authorization: Bearer TOKEN`. Answer: `{"as_of_position","rows":[{"kind","key","owner",
/// "from_position","to_position","data"}…],"next"}`; `next` is the `after` of the next page.
pub async fn page(
    State(served): State<Served>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::new("bad-request"))?;
    let limit = asked.limit.unwrap_or(100).clamp(1, crate::view::PAGE_MAX);
    let request = RegisterRequest {
        kind,
        key: None,
        owner: asked.owner,
        prefix: asked.prefix,
        at: asked.at,
        after: asked.after,
        limit: Some(limit),
    };
    let actor = bearer::actor_if_named(&served.ledger, &headers).await?;
    let answer = served
        .ledger
        .read_register(actor.as_ref(), &request)
        .await?;
    let full = answer.value.len() == limit as usize;
    let next = answer.value.last().filter(|_| full).map(|row| &row.key);
    Ok(Json(json!({
        "as_of_position": answer.position,
        "rows": answer.value,
        "next": next,
    })))
}

/// `GET /v1/registers/{kind}/{key}`: one thing; `at` says as of which position.
pub async fn one(
    State(served): State<Served>,
    Path((kind, key)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::new("bad-request"))?;
    let request = RegisterRequest {
        kind,
        key: Some(key),
        at: asked.at,
        ..RegisterRequest::default()
    };
    let actor = bearer::actor_if_named(&served.ledger, &headers).await?;
    let answer = served
        .ledger
        .read_register(actor.as_ref(), &request)
        .await?;
    let row = answer
        .value
        .into_iter()
        .next()
        .ok_or_else(|| Problem::new("not-found"))?;
    Ok(Json(json!({"as_of_position": answer.position, "row": row})))
}
