//! The whole API on one page. The pages for people are in `web/`.

use super::{Problem, Served, documents, problem, v1};
use crate::credential::wallet::ASK_BYTES_MAX;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

/// Every route of the API and of the static documents.
pub fn router(served: Served) -> Router {
    Router::new()
        // Asking about a certificate
        .route(
            "/v1/look-up",
            post(v1::look_up::look_up).layer(DefaultBodyLimit::max(v1::look_up::BYTES_MAX)),
        )
        .route(
            "/v1/verify",
            post(v1::verify::verify).layer(DefaultBodyLimit::max(v1::verify::BYTES_MAX)),
        )
        .route(
            "/v1/verify/report",
            post(v1::report::report).layer(DefaultBodyLimit::max(v1::verify::BYTES_MAX)),
        )
        .route(
            "/v1/verify/batch",
            post(v1::batch::batch).layer(DefaultBodyLimit::max(v1::batch::BYTES_MAX)),
        )
        .route("/v1/certificates/proofs/{sha256}", get(documents::proof))
        // Working with the ledger
        .route(
            "/v1/sessions/{session}/certificates",
            post(v1::certificates::issue).layer(DefaultBodyLimit::max(v1::certificates::BYTES_MAX)),
        )
        .route("/v1/certificates/{number}", get(v1::certificates::download))
        .route(
            "/v1/certificates/{number}/offers",
            post(v1::wallet::offer).layer(DefaultBodyLimit::max(v1::wallet::OFFER_BYTES_MAX)),
        )
        // What wallets ask
        .route(
            "/v1/wallet/token",
            post(v1::wallet::token).layer(DefaultBodyLimit::max(ASK_BYTES_MAX)),
        )
        .route(
            "/v1/wallet/credential",
            post(v1::wallet::credential).layer(DefaultBodyLimit::max(ASK_BYTES_MAX)),
        )
        .route(
            "/.well-known/openid-credential-issuer",
            get(v1::wallet::issuer),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(v1::wallet::server),
        )
        .route("/v1/openapi.json", get(v1::openapi::openapi))
        .route("/v1/commands", get(v1::commands::list))
        .route(
            "/v1/commands/{name}",
            post(v1::commands::command).layer(DefaultBodyLimit::max(v1::commands::BYTES_MAX)),
        )
        .route(
            "/v1/queries/{name}",
            post(v1::commands::query).layer(DefaultBodyLimit::max(v1::commands::BYTES_MAX)),
        )
        .route("/v1/registers", get(v1::registers::list))
        .route("/v1/registers/{kind}", get(v1::registers::page))
        .route("/v1/registers/{kind}/{key}", get(v1::registers::one))
        // What strangers verify with
        .route("/trust-list.json", get(documents::trust_list))
        .route("/bodies/{public_id}/did.json", get(documents::did))
        .route("/bodies/{public_id}/status/{file}", get(documents::status))
        .route(
            "/.well-known/jwt-vc-issuer/bodies/{public_id}",
            get(documents::jwt_vc_issuer),
        )
        .route("/vct/{kind}", get(documents::type_metadata))
        .route("/log/checkpoint", get(documents::checkpoint))
        .route("/log/tile/{*path}", get(documents::log_file))
        .route("/log/vkey", get(documents::log_key))
        .route("/log/keys", get(documents::log_keys))
        // For the operator
        .route("/healthz", get(v1::health::healthz))
        .route("/readyz", get(v1::health::readyz))
        .route("/problems/{code}", get(explain))
        .with_state(served)
}

/// `GET /problems/{code}`: what a problem's `type` means.
async fn explain(Path(code): Path<String>) -> Response {
    let known = problem::CODES.iter().find(|(known, _)| *known == code);
    let Some((code, status)) = known else {
        return Problem::new("not-found").into_response();
    };
    let title = Problem::new(code).title;
    axum::Json(serde_json::json!({
        "type": format!("/problems/{code}"),
        "title": title.zh,
        "title_en": title.en,
        "status": status.as_u16(),
    }))
    .into_response()
}
