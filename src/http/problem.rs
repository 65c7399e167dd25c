//! RFC 9457: what went wrong, as `application/problem+json`, for programs and for people.
//!
//! `type` is `/problems/CODE`, stable; `title` is Chinese, `title_en` English; `detail` says more
//! where there is more to say, never a value that somebody sent.

use crate::app::error::AppError;
use crate::locale::{self, Words};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Every code a problem of this room has, with its status. Use cases add theirs.
pub const CODES: [(&str, StatusCode); 16] = [
    ("bad-request", StatusCode::BAD_REQUEST),
    ("unauthorized", StatusCode::UNAUTHORIZED),
    ("idempotency-key-needed", StatusCode::BAD_REQUEST),
    ("not-found", StatusCode::NOT_FOUND),
    ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED),
    ("request-timeout", StatusCode::REQUEST_TIMEOUT),
    ("too-large", StatusCode::PAYLOAD_TOO_LARGE),
    ("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ("name-or-document-needed", StatusCode::UNPROCESSABLE_ENTITY),
    ("too-many-requests", StatusCode::TOO_MANY_REQUESTS),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR),
    ("busy", StatusCode::SERVICE_UNAVAILABLE),
    ("not-ready", StatusCode::SERVICE_UNAVAILABLE),
    ("no-proof-yet", StatusCode::NOT_FOUND),
    ("not-signed-by-the-log", StatusCode::FORBIDDEN),
    ("not-consistent", StatusCode::UNPROCESSABLE_ENTITY),
];

/// Something went wrong, or was refused.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Stable kebab-case name.
    pub code: String,
    /// HTTP status.
    pub status: StatusCode,
    /// What it is, in both languages.
    pub title: Words,
    /// More about this case, if there is more.
    pub detail: Option<Words>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

impl Problem {
    /// One of [`CODES`].
    pub fn new(code: &'static str) -> Self {
        let status = CODES
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(StatusCode::INTERNAL_SERVER_ERROR, |(_, status)| *status);
        Self {
            code: code.to_owned(),
            status,
            title: locale::words(&format!("problem-{code}"), &[]),
            detail: None,
            retry_after: None,
        }
    }

    /// Says when to try again.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

/// Marks a response that says what is wrong in a form of its own, as another standard asks.
#[derive(Clone, Copy, Debug)]
pub struct OwnForm;

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match &error {
            AppError::NotFound { .. } => return Self::new("not-found"),
            AppError::Busy => return Self::new("busy").retry_after(1),
            AppError::Store(crate::store::StoreError::Busy { retry_after }) => {
                return Self::new("busy").retry_after(retry_after.as_secs().max(1));
            }
            _ => {}
        }
        if matches!(error, AppError::UnknownToken) {
            return Self::new("unauthorized");
        }
        let of_position = error.position_refused().is_some();
        let of_input = matches!(error, AppError::BadInput { .. } | AppError::Sheet(_));
        if of_position || error.is_refusal() || of_input {
            return Self {
                code: error.code(),
                status: StatusCode::UNPROCESSABLE_ENTITY,
                title: error.words(),
                detail: None,
                retry_after: None,
            };
        }
        // What failed inside is for the operator; errors never hold personal data.
        tracing::error!(code = %error.code(), %error, "a request could not be answered");
        Self::new("internal")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": format!("/problems/{}", self.code),
            "title": self.title.zh,
            "title_en": self.title.en,
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail.as_ref().map(|words| &words.zh),
            "detail_en": self.detail.as_ref().map(|words| &words.en),
        });
        let body = match body {
            serde_json::Value::Object(mut members) => {
                members.retain(|_, value| !value.is_null());
                serde_json::Value::Object(members).to_string()
            }
            other => other.to_string(),
        };
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Kept beside the body, so that the pages can show it as a page.
        response.extensions_mut().insert(self);
        response
    }
}
