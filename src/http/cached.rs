//! Documents that anybody may keep: their bytes with an `ETag`, answered with 304 where known.

use crate::app::error::AppError;
use crate::app::ledger::Ledger;
use crate::app::public::PublicDocuments;
use axum::body::Bytes;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// How long a document may be kept without asking again.
pub const FIVE_MINUTES: &str = "public, max-age=300";
/// For what never changes (C2SP tlog-tiles, "Parameters").
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For what changes with every event.
pub const ASK_AGAIN: &str = "public, no-cache";

/// A public document for any origin; 304 if the asker has it already.
pub fn document(
    request: &HeaderMap,
    content_type: &'static str,
    cache: &'static str,
    bytes: impl Into<Bytes>,
) -> Response {
    let bytes = bytes.into();
    let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..16]));
    let known = request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == etag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        bytes.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    response
}

/// The trust list file and what verification takes from it, put together once for each state of
/// the ledger.
#[derive(Default)]
pub struct DocumentsCache(Mutex<Option<Arc<PublicDocuments>>>);

impl DocumentsCache {
    /// The documents as the ledger stands now.
    pub async fn get(&self, ledger: &Ledger) -> Result<Arc<PublicDocuments>, AppError> {
        let now = ledger.public_state().await?;
        let held = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(held) = held.filter(|held| held.is_fresh(now)) {
            return Ok(held);
        }
        let made = Arc::new(ledger.public_documents().await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
        Ok(made)
    }
}
