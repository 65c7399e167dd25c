//! The pages: Chinese, with English one click away (`?lang=en`). Whole pages made here, readable
//! and usable without scripts; the script only adds dropping, pasting and focus. One page more verifies
//! in the browser itself, without asking us.

mod assets;
mod error;
mod frame;
mod log;
mod result;
#[cfg(test)]
mod tests;
mod verifier;
mod verify;
mod verify_list;
mod verify_page;

pub use verifier::{VerifierFile, verifier_files};

use crate::http::limits::limited;
use crate::http::secure::secured;
use crate::http::v1::batch;
use crate::http::{Limits, Served};
use error::pages_for_problems;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Bytes of a form with a credential in it: the file's own limit, that of a credential as text, and
/// what multipart adds.
const FORM_BYTES_MAX: usize =
    crate::verify::FILE_BYTES_MAX + crate::credential::vc::CREDENTIAL_BYTES_MAX + 64 * 1024;

/// The whole service: the API's routes and the pages, with limits and headers around them, and
/// problems shown as pages to browsers.
pub fn around(api: Router, served: Served, limits: Limits) -> Router {
    let routes = api.merge(router(served));
    secured(pages_for_problems(limited(routes, limits)))
}

/// Every page and asset.
fn router(served: Served) -> Router {
    let look_up = post(verify::look_up).layer(DefaultBodyLimit::max(8 * 1024));
    let held = post(verify::held).layer(DefaultBodyLimit::max(FORM_BYTES_MAX));
    let list = post(verify_list::check).layer(DefaultBodyLimit::max(batch::BYTES_MAX));
    let search = post(log::search).layer(DefaultBodyLimit::max(8 * 1024));
    Router::new()
        .route("/", get(verify::empty))
        .route("/log", search.get(log::empty))
        .route("/look-up", look_up.get(verify::back))
        .route("/verify", held.get(verify_page::verify))
        .route("/verify/list", list.get(verify_list::empty))
        .route("/verify/list/template.xlsx", get(verify_list::template))
        .route("/V", get(verify_page::short))
        .route("/v", get(verify_page::in_lower_case))
        .route("/verify-worker.js", get(verify_page::worker))
        .route("/assets/verify/{folder}/{*file}", get(verify_page::asset))
        .route("/assets/{file}", get(assets::asset))
        .with_state(served)
}
