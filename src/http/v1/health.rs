//! Whether the process lives, and whether it can do its work.

use crate::http::Served;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers, the newest event is under a signed checkpoint, the views
/// are up to it, the log's key signs. 503 with the part that is not, else 200.
pub async fn readyz(State(served): State<Served>) -> Response {
    let parts = served.ledger.readiness().await;
    let ready = parts.iter().all(|(_, is)| *is);
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let parts: Map<String, Value> = parts
        .into_iter()
        .map(|(part, is)| (part.to_owned(), Value::Bool(is)))
        .collect();
    (status, Json(json!({"ready": ready, "parts": parts}))).into_response()
}
