//! Certificates over the API: issued, and downloaded again, each with its proof in the same answer.

use super::bearer;
use super::commands::aside;
use crate::app::export::HandedOut;
use crate::app::{Actor, AppError, Ledger};
use crate::credential::Coat;
use crate::credential::qr::text;
use crate::domain::ids::{CommandId, SessionId};
use crate::domain::number::CertificateNumber;
use crate::http::{Problem, Served};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

/// Bytes of a request.
pub const BYTES_MAX: usize = 4096;
/// Most certificates of one answer.
const PAGE_MAX: usize = 200;

/// What to issue, and which page of it to answer with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// 发证日期; today if not given.
    on: Option<Date>,
    /// How many of the certificates were received before: `next` of the page before.
    #[serde(default)]
    after: usize,
    /// Most of this page; 100 if not given, at most 200.
    limit: Option<usize>,
}

/// `POST /v1/sessions/{session}/certificates`: issues the certificates of a closed session, once per
/// `Idempotency-Key`, and answers with a page of them, each with its proof. The same key again, with
/// `after`, gives the next page.
pub async fn issue(
    State(served): State<Served>,
    Path(session): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Issue>, JsonRejection>,
) -> Result<Json<Value>, Problem> {
    let session: SessionId = session.parse().map_err(|_| Problem::new("not-found"))?;
    let actor = bearer::actor(&served.ledger, &headers).await?;
    let id = bearer::command_id(&headers)?;
    let Json(asked) = body.map_err(|_| Problem::new("bad-request"))?;
    let answer = aside(&served.ledger, actor, move |ledger, actor| {
        Box::pin(async move { issued(ledger, actor, id, session, &asked).await })
    })
    .await?;
    Ok(Json(answer))
}

async fn issued(
    ledger: &Ledger,
    actor: &Actor,
    id: CommandId,
    session: SessionId,
    asked: &Issue,
) -> Result<Value, AppError> {
    let on = ledger.day_of(id, asked.on).await?;
    let done = ledger
        .issue_certificates(actor, id, session, on, &|_, _| {})
        .await?;
    let all = done.issued.len();
    let limit = asked.limit.unwrap_or(PAGE_MAX / 2).clamp(1, PAGE_MAX);
    let from = asked.after.min(all);
    let to = from.saturating_add(limit).min(all);
    let page = ledger.hand_out(&done.issued[from..to]).await?;
    Ok(json!({
        "session": session,
        "count": all,
        "repeated": done.repeated,
        "certificates": shown(&page)?,
        "next": (to < all).then_some(to),
    }))
}

/// `GET /v1/certificates/{number}`: every issue of a certificate with its proof, for its body or the
/// authority. The look is journalled.
pub async fn download(
    State(served): State<Served>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let number: CertificateNumber = number.parse().map_err(|_| Problem::new("not-found"))?;
    let actor = bearer::actor(&served.ledger, &headers).await?;
    let answer = aside(&served.ledger, actor, move |ledger, actor| {
        Box::pin(async move {
            let issues = ledger.issues_for(actor, &number).await?;
            let issues = ledger.hand_out(&issues).await?;
            Ok(json!({"number": number, "certificates": shown(&issues)?}))
        })
    })
    .await?;
    Ok(Json(answer))
}

fn shown(documents: &[HandedOut]) -> Result<Vec<Value>, AppError> {
    let one = |document: &HandedOut| {
        // What was signed is JSON: its form, not its spelling, is under the signature (RFC 8785).
        let json = |bytes: &[u8]| {
            serde_json::from_slice::<Value>(bytes)
                .map_err(|_| AppError::Inconsistent("a certificate's document is no JSON".into()))
        };
        let mut coats = serde_json::Map::new();
        for coat in document.opened.coats().filter(|it| *it != Coat::VcJson) {
            let Some(bytes) = document.opened.coat(coat)? else {
                continue;
            };
            let told = match coat {
                Coat::VcJson | Coat::VcJsonRdfc | Coat::VcJsonScores => json(&bytes)?,
                Coat::SdJwtVc => json!(String::from_utf8_lossy(&bytes)),
                Coat::Qr => {
                    let issuer = &document.opened.said()?.claims.issuer.did;
                    json!(text::to_url(issuer.host(), &bytes))
                }
            };
            coats.insert(coat.name().to_owned(), told);
        }
        Ok(json!({
            "number": document.number,
            "issue": document.issue,
            "position": document.position,
            "credential": json(document.opened.document())?,
            "proof": document.proof.to_string(),
            "coats": coats,
        }))
    };
    documents.iter().map(one).collect()
}
