//! Verification of a credential somebody holds (核验).

use crate::http::{Problem, Served};
use crate::locale::Language;
use crate::verify::{Container, FILE_BYTES_MAX};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

/// Bytes of a file that is verified.
pub const BYTES_MAX: usize = FILE_BYTES_MAX;

/// `POST /v1/verify`: verifies the file that is the body, any coat or a PDF, as `skill-ledger verify`
/// would, against this ledger's own trust list, status lists and checkpoint. The inclusion proof is
/// found by the digest of the document that it names. Nothing of the body is kept.
///
/// Answer, always 200, since "invalid" is an answer: `{"file":null,"container","coat","outcome":
/// "valid|invalid|unknown","checks":[{"check","result":"pass|fail|unknown","code","detail","zh",
/// "en"}…],"as_of","certificate":{…}|null}`.
pub async fn verify(
    State(served): State<Served>,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let body = body.map_err(|_| Problem::new("too-large"))?;
    let documents = served.documents.get(&served.ledger).await?;
    let answered = served.ledger.verify_held(&body, &documents).await?;
    let mut told = answered.report.to_json(Language::Zh);
    if let Some(told) = told.as_object_mut() {
        let container = answered.container.map(Container::name);
        told.insert("file".to_owned(), Value::Null);
        told.insert("container".to_owned(), json!(container));
    }
    Ok(Json(told))
}
