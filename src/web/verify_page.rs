//! `/verify`, and `/V`, the short address in QR codes (also `/v`): the page that verifies in the browser itself. The
//! server hands out the page, the trust list and, by digest, proofs; certificates stay with the reader.

use super::frame::{Asking, Frame};
use super::verifier::{folder, verifier_files};
use crate::credential::trust_list::fingerprint;
use crate::http::{Problem, Served};
use crate::locale::Language;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Our own scripts, and requests to ourselves: nothing leaves for another origin.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";
const PERMISSIONS: &str = "camera=(self), geolocation=(), microphone=()";
const SCRIPT: &str = "text/javascript; charset=utf-8";

#[derive(Template)]
#[template(path = "verify_page.html", config = "src/web/askama.toml")]
struct VerifyInBrowser {
    frame: Frame,
    /// The fingerprint of the authority's trust key, which the page pins.
    pin: String,
}

impl VerifyInBrowser {
    fn said(&self, key: &str) -> String {
        self.frame.t(&format!("verify-page-{key}"))
    }
    fn script(&self) -> String {
        format!("/assets/verify/{}/main.js", folder())
    }
}

async fn page(
    served: &Served,
    language: Language,
    path: &'static str,
) -> Result<(String, String), Problem> {
    let documents = served.documents.get(&served.ledger).await?;
    let pin = documents.trust_key.as_ref().map(fingerprint);
    let page = VerifyInBrowser {
        frame: Frame::of(served, language).await.on(path),
        pin: pin.unwrap_or_default(),
    };
    let style = page.frame.style();
    let html = page.render().map_err(|_| Problem::new("internal"))?;
    Ok((html, style))
}

/// `GET /verify`
pub(super) async fn verify(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    Ok(shown(page(&served, asking.language(), "/verify").await?.0))
}

/// `GET /V`
pub(super) async fn short(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    Ok(shown(page(&served, asking.language(), "/V").await?.0))
}

/// `GET /v`: some readers of QR codes write addresses in lower case. Browsers keep what stands behind `#`.
pub(super) async fn in_lower_case() -> Redirect {
    Redirect::permanent("/V")
}

fn shown(html: String) -> Response {
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    let security = HeaderValue::from_static(CONTENT_SECURITY);
    headers.insert(CONTENT_SECURITY_POLICY, security);
    let permissions = HeaderName::from_static("permissions-policy");
    headers.insert(permissions, HeaderValue::from_static(PERMISSIONS));
    response
}

/// `GET /verify-worker.js`: keeps the page and its scripts, all of one version, for when there is no
/// network. Any change of the page is another version.
pub(super) async fn worker(State(served): State<Served>) -> Result<Response, Problem> {
    let mut hasher = Sha256::new();
    hasher.update(folder());
    let mut kept = Vec::new();
    for path in ["/verify", "/V"] {
        for (language, query) in [(Language::Zh, ""), (Language::En, "?lang=en")] {
            let (html, style) = page(&served, language, path).await?;
            hasher.update(html);
            kept.push(format!("{path}{query}"));
            if !kept.contains(&style) {
                kept.push(style);
            }
        }
    }
    let bare = Frame::bare(Language::Zh);
    kept.extend([bare.script(), bare.icon()]);
    let files = verifier_files().iter();
    kept.extend(files.map(|file| format!("/assets/verify/{}/{}", folder(), file.name)));
    let version = hex::encode(&hasher.finalize()[..8]);
    let text = format!(
        "const VERSION = {};\nconst KEPT = {};\n{}",
        json!(version),
        json!(kept),
        include_str!("assets/verify_worker.js")
    );
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(SCRIPT));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // A worker's requests are judged by its own policy.
    let security = HeaderValue::from_static(CONTENT_SECURITY);
    headers.insert(CONTENT_SECURITY_POLICY, security);
    Ok(response)
}

/// `GET /assets/verify/{folder}/{file}`: never changes, kept for a year.
pub(super) async fn asset(Path((asked, name)): Path<(String, String)>) -> Response {
    let mut files = verifier_files().iter().filter(|_| asked == folder());
    let Some(file) = files.find(|file| file.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = file.text.as_str().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(CACHE_CONTROL, kept);
    response
}
