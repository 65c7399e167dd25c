//! Certificates into wallets: OpenID for Verifiable Credential Issuance 1.0, pre-authorised code.
//!
//! Errors on the two routes of wallets have the form of RFC 6749, `{"error":CODE}`, as the
//! specification asks; limits of the server answer as everywhere (RFC 9457).

use super::bearer;
use super::commands::aside;
use crate::app::wallet::WalletError;
use crate::credential::wallet::{InvalidAsk, TokenRequest};
use crate::domain::number::CertificateNumber;
use crate::http::cached::{FIVE_MINUTES, document};
use crate::http::problem::OwnForm;
use crate::http::{Problem, Served};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Bytes of a request for an offer.
pub const OFFER_BYTES_MAX: usize = 1024;
/// User units of a module in the picture of the QR code.
const MODULE: u32 = 4;

/// `GET /.well-known/openid-credential-issuer`: the forms in which certificates are to be had.
pub async fn issuer(State(served): State<Served>, headers: HeaderMap) -> Result<Response, Problem> {
    let bytes = served.ledger.wallet_issuer_metadata().await?;
    Ok(document(&headers, "application/json", FIVE_MINUTES, bytes))
}

/// `GET /.well-known/oauth-authorization-server`: where a code is changed for a token (RFC 8414).
pub async fn server(State(served): State<Served>, headers: HeaderMap) -> Result<Response, Problem> {
    let bytes = served.ledger.wallet_server_metadata().await?;
    Ok(document(&headers, "application/json", FIVE_MINUTES, bytes))
}

/// What the offer is to be like.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Whether the wallet is to ask for a transaction code; it is, if not said otherwise.
    #[serde(default = "yes")]
    tx_code: bool,
}

fn yes() -> bool {
    true
}

/// `POST /v1/certificates/{number}/offers`: offers a certificate to its holder's wallet, for its body
/// or the authority. Answer: `{"number","issue","offer","qr","tx_code","expires"}`, `qr` an SVG. The
/// look is journalled.
pub async fn offer(
    State(served): State<Served>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Wanted>, JsonRejection>,
) -> Result<Response, Problem> {
    let number: CertificateNumber = number.parse().map_err(|_| Problem::new("not-found"))?;
    let actor = bearer::actor(&served.ledger, &headers).await?;
    let Json(wanted) = body.map_err(|_| Problem::new("bad-request"))?;
    let answer = aside(&served.ledger, actor, move |ledger, actor| {
        Box::pin(async move {
            let offered = ledger.offer_certificate(actor, &number, wanted.tx_code);
            let offered = offered.await?;
            Ok(json!({
                "number": number,
                "issue": offered.issue,
                "offer": offered.uri.as_str(),
                "qr": offered.symbol.to_svg(MODULE),
                "tx_code": offered.tx_code.as_ref().map(|it| it.as_str()),
                "expires": offered.expires.to_string(),
            }))
        })
    })
    .await?;
    Ok(told(StatusCode::OK, &answer))
}

/// `POST /v1/wallet/token` (section 6): a code, and its transaction code, for an access token.
pub async fn token(
    State(served): State<Served>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let form = "application/x-www-form-urlencoded";
    if !is_of_type(&headers, form) {
        return Ok(refused(InvalidAsk::Request));
    }
    let body = body.map_err(|_| Problem::new("too-large"))?;
    let asked = match TokenRequest::parse(&body) {
        Ok(asked) => asked,
        Err(why) => return Ok(refused(why)),
    };
    let ledger = Arc::clone(&served.ledger);
    // On a task of its own: a code that was used up is used up, although the wallet has gone.
    let done = tokio::spawn(async move { ledger.redeem_offer(&asked).await });
    answered(done.await)
}

/// `POST /v1/wallet/credential` (section 8): a certificate in one form, for an access token. The look
/// is journalled.
pub async fn credential(
    State(served): State<Served>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let Some(token) = access_token(&headers) else {
        return Ok(refused(InvalidAsk::Token));
    };
    if !is_of_type(&headers, "application/json") {
        return Ok(refused(InvalidAsk::CredentialRequest));
    }
    let body = body.map_err(|_| Problem::new("too-large"))?;
    let ledger = Arc::clone(&served.ledger);
    let done = tokio::spawn(async move { ledger.credential_for_wallet(&token, &body).await });
    answered(done.await)
}

#[expect(
    clippy::result_large_err,
    reason = "handlers answer with a problem as it is"
)]
fn answered(
    done: Result<Result<Value, WalletError>, tokio::task::JoinError>,
) -> Result<Response, Problem> {
    match done {
        Ok(Ok(answer)) => Ok(told(StatusCode::OK, &answer)),
        Ok(Err(WalletError::Refused(why))) => Ok(refused(why)),
        Ok(Err(WalletError::Failed(error))) => Err(error.into()),
        Err(_) => Err(Problem::new("internal")),
    }
}

/// `Authorization: Bearer TOKEN` (RFC 6750); the scheme in any case.
fn access_token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let bearer = scheme.eq_ignore_ascii_case("bearer");
    bearer.then(|| token.trim().to_owned())
}

fn is_of_type(headers: &HeaderMap, media_type: &str) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let essence = value.and_then(|it| it.split(';').next());
    essence.is_some_and(|it| it.trim().eq_ignore_ascii_case(media_type))
}

/// `{"error":CODE}`: 400, or 401 with the challenge of RFC 6750, section 3.
fn refused(why: InvalidAsk) -> Response {
    let status = match why {
        InvalidAsk::Token => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response = told(status, &json!({"error": why.to_string()}));
    if why == InvalidAsk::Token {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response.extensions_mut().insert(OwnForm);
    response
}

fn told(status: StatusCode, answer: &Value) -> Response {
    let mut response = (status, Json(answer)).into_response();
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, never);
    response
}
