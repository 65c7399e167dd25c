//! The page's own files, compiled in, under names that change with their content.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// One file.
pub(super) struct Asset {
    name: String,
    content_type: &'static str,
    text: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, content_type: &'static str, text: &'static str) -> Self {
        let digest = hex::encode(&Sha256::digest(text)[..6]);
        Self {
            name: format!("{stem}.{digest}.{extension}"),
            content_type,
            text,
        }
    }
    /// Where it is served.
    pub(super) fn path(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("assets/style.css");
    Asset::new("style", "css", "text/css; charset=utf-8", text)
});
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("assets/page.js");
    Asset::new("page", "js", "text/javascript; charset=utf-8", text)
});
pub(super) static LOG_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("assets/log.js");
    Asset::new("log", "js", "text/javascript; charset=utf-8", text)
});
pub(super) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("assets/icon.svg");
    Asset::new("icon", "svg", "image/svg+xml", text)
});

/// `GET /assets/{name}.{digest}.{extension}`: never changes, kept for a year.
pub(super) async fn asset(Path(file): Path<String>) -> Response {
    let known = [&STYLE, &SCRIPT, &LOG_SCRIPT, &ICON];
    let Some(asset) = known.into_iter().find(|asset| asset.name == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = asset.text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    response
}
