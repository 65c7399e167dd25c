//! Verification of a credential somebody holds (核验).

use crate::credential::vc::CREDENTIAL_BYTES_MAX;
use crate::http::{Problem, Served};
use crate::locale::Language;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::Value;

/// Bytes of a credential.
pub const BYTES_MAX: usize = CREDENTIAL_BYTES_MAX;

/// `POST /v1/verify`: verifies the credential that is the body, as `skill-ledger verify` would,
/// against this ledger's own trust list, status lists and checkpoint. The inclusion proof is
/// found by the credential's SHA-256. Nothing of the body is kept.
///
/// Answer, always 200, since "invalid" is an answer: `{"file":null,"coat","outcome":
/// "valid|invalid|unknown","checks":[{"check","result":"pass|fail|unknown","code","detail","zh",
/// "en"}…],"as_of","certificate":{…}|null}`.
pub async fn verify(
    State(served): State<Served>,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let body = body.map_err(|_| Problem::new("too-large"))?;
    let documents = served.documents.get(&served.ledger).await?;
    let report = served.ledger.verify_held(&body, &documents).await?;
    let mut told = report.to_json(Language::Zh);
    if let Some(told) = told.as_object_mut() {
        told.insert("file".to_owned(), Value::Null);
    }
    Ok(Json(told))
}
