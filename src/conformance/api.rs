//! The routes: one base path a cryptosuite.
//!
//! | Route | Body | Answer |
//! |---|---|---|
//! | `POST /SUITE/credentials/issue` | `{"credential"}` | 201 `{"verifiableCredential"}` |
//! | `POST /SUITE/credentials/verify` | `{"verifiableCredential"}` | 200, or 400 |
//! | `POST /SUITE/presentations/verify` | `{"verifiablePresentation", "options"}` | 200, or 400 |
//!
//! The issuer of what is issued is the door's own DID, whatever the credential said, but what it said
//! must be a URL. What is refused is answered with 400 and `{"errors": […]}`, and never fetched for.

use super::model::{self, Malformed};
use super::proof::{self, Asked, ProofError};
use crate::app::{chance, clock};
use crate::credential::strict_json;
use crate::credential::vc::proof::Cryptosuite;
use crate::keys::{Ed25519Key, Purpose, Signer};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::sync::Arc;
use zeroize::Zeroizing;

const BODY_BYTES_MAX: usize = 256 * 1024;

/// The door's key and the DID made of it.
pub struct Door {
    key: Ed25519Key,
    did: String,
}

impl Door {
    /// A door with a fresh key, which lives as long as the door.
    pub fn open() -> Self {
        let seed = Zeroizing::new(chance::bytes());
        let key = Ed25519Key::from_seed(&seed, Purpose::Certificate);
        let did = format!("did:key:{}", key.key_id());
        Self { key, did }
    }

    /// The DID that its credentials name as issuer.
    pub fn did(&self) -> &str {
        &self.did
    }
}

/// Why something was refused.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("not JSON as it is read here: {0}")]
    Json(#[from] strict_json::InvalidJson),
    #[error("no {0} in the body")]
    Body(&'static str),
    #[error("no such suite")]
    Suite,
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({"verified": false, "errors": [self.to_string()]});
        (StatusCode::BAD_REQUEST, Json(body)).into_response()
    }
}

/// The whole door.
pub fn router(door: Arc<Door>) -> Router {
    Router::new()
        .route("/{suite}/credentials/issue", post(issue))
        .route("/{suite}/credentials/verify", post(verify_credential))
        .route("/{suite}/presentations/verify", post(verify_presentation))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(door)
}

fn read(
    suite: &str,
    body: &[u8],
    member: &'static str,
) -> Result<(Cryptosuite, Value, Value), Refused> {
    let suite = Cryptosuite::from_name(suite).ok_or(Refused::Suite)?;
    let mut body = strict_json::parse(body, BODY_BYTES_MAX)?;
    let options = body.get("options").cloned().unwrap_or_default();
    let document = body.as_object_mut().and_then(|it| it.remove(member));
    Ok((suite, document.ok_or(Refused::Body(member))?, options))
}

async fn issue(
    State(door): State<Arc<Door>>,
    Path(suite): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let (suite, mut credential, _) = read(&suite, &body, "credential")?;
    if let Some(members) = credential.as_object_mut() {
        // Suites leave it to the issuer to name itself.
        members.entry("issuer").or_insert(json!(door.did));
        if members.contains_key("proof") {
            return Err(Malformed("proof", "is not there yet").into());
        }
    }
    model::credential(&credential)?;
    match &mut credential["issuer"] {
        Value::Object(issuer) => drop(issuer.insert("id".into(), json!(door.did))),
        issuer => *issuer = json!(door.did),
    }
    let method = format!("{}#{}", door.did, door.key.key_id());
    let signed = proof::sign(suite, credential, &method, clock::now(), &door.key)?;
    let answer = Json(json!({"verifiableCredential": signed}));
    Ok((StatusCode::CREATED, answer).into_response())
}

fn check_credential(suite: Cryptosuite, credential: &Value) -> Result<Vec<String>, Refused> {
    model::credential(credential)?;
    let issuer = &credential["issuer"];
    let issuer = issuer.as_str().or_else(|| issuer["id"].as_str());
    let asked = Asked {
        suite,
        purpose: "assertionMethod",
        controller: issuer,
        challenge: None,
        domain: None,
        now: clock::now(),
    };
    Ok(proof::verify(credential, &asked)?)
}

fn good(document: &Value, media_type: &str) -> Response {
    Json(json!({"verified": true, "document": document, "mediaType": media_type})).into_response()
}

async fn verify_credential(Path(suite): Path<String>, body: Bytes) -> Result<Response, Refused> {
    let (suite, credential, _) = read(&suite, &body, "verifiableCredential")?;
    check_credential(suite, &credential)?;
    Ok(good(&credential, "application/vc"))
}

async fn verify_presentation(Path(suite): Path<String>, body: Bytes) -> Result<Response, Refused> {
    let (suite, presentation, options) = read(&suite, &body, "verifiablePresentation")?;
    model::presentation(&presentation)?;
    let text = |name: &str| options.get(name).and_then(Value::as_str);
    let holder = &presentation["holder"];
    let holder = holder.as_str().or_else(|| holder["id"].as_str());
    let asked = Asked {
        suite,
        purpose: "authentication",
        controller: None,
        challenge: text("challenge"),
        domain: text("domain"),
        now: clock::now(),
    };
    let presenters = proof::verify(&presentation, &asked)?;
    let inner = match &presentation["verifiableCredential"] {
        Value::Array(inner) => inner.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    // One without a proof, or in an envelope, is one that nobody here can verify.
    for credential in inner {
        let issuers = check_credential(suite, credential)?;
        // Who vouches for himself says who he is (section 4.13.4).
        let own = issuers.iter().find(|it| presenters.contains(it));
        if own.is_some_and(|it| holder != Some(it)) {
            return Err(
                Malformed("holder", "is the issuer of what the presenter vouches for").into(),
            );
        }
    }
    Ok(good(&presentation, "application/vp"))
}
