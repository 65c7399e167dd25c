//! The HTTP side of a witness (C2SP tlog-witness): `add-checkpoint`, and what monitors fetch.

use super::cached::{ASK_AGAIN, FIVE_MINUTES, document};
use super::limits::limited;
use super::secure::secured;
use super::{Limits, Problem};
use crate::app::clock;
use crate::app::error::AppError;
use crate::app::witness::{NotCosigned, Witness};
use crate::tlog::witness::{REQUEST_BYTES_MAX, Refusal, SIZE_MEDIA_TYPE};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::num::NonZeroU32;
use std::sync::Arc;

const TEXT: &str = "text/plain; charset=utf-8";
/// Checkpoints a minute from one address: a log asks once a second, and again after a conflict.
const ASKS_PER_MINUTE: NonZeroU32 = match NonZeroU32::new(240) {
    Some(asks) => asks,
    None => NonZeroU32::MIN,
};

/// The whole service of a witness.
pub fn service(witness: Arc<Witness>, limits: Limits) -> Router {
    let limits = Limits {
        body_bytes_max: REQUEST_BYTES_MAX,
        asks_per_minute: ASKS_PER_MINUTE,
        asks_burst: ASKS_PER_MINUTE,
        ..limits
    };
    let routes = Router::new()
        .route(
            "/add-checkpoint",
            post(add_checkpoint).layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX)),
        )
        .route("/vkey", get(vkey))
        .route("/{origin}/checkpoint", get(checkpoint))
        .with_state(witness);
    secured(limited(routes, limits))
}

/// `POST /add-checkpoint`: the witness's signature line, once it is remembered.
async fn add_checkpoint(
    State(witness): State<Arc<Witness>>,
    request: Bytes,
) -> Result<Response, Problem> {
    let now = u64::try_from(clock::now().0 / 1_000_000).unwrap_or(0);
    // It reads and writes files, and waits for its turn.
    let answer = tokio::task::spawn_blocking(move || witness.add_checkpoint(&request, now)).await;
    match answer.map_err(|_| Problem::new("internal"))? {
        Ok(line) => Ok(([(CONTENT_TYPE, TEXT)], line.to_string()).into_response()),
        Err(NotCosigned::Failed(error)) => Err(error.into()),
        Err(NotCosigned::Refused(refusal)) => match refusal.size_body() {
            Some(size) => {
                let sized = [(CONTENT_TYPE, SIZE_MEDIA_TYPE)];
                Ok((StatusCode::CONFLICT, sized, size).into_response())
            }
            None => Err(refused(refusal)),
        },
    }
}

fn refused(refusal: Refusal) -> Problem {
    Problem::new(match refusal {
        Refusal::Malformed | Refusal::OldAboveNew => "bad-request",
        Refusal::UnknownLog => "not-found",
        Refusal::NotSigned => "not-signed-by-the-log",
        Refusal::Inconsistent | Refusal::Conflict { .. } => "not-consistent",
    })
}

/// `GET /vkey`: the witness's name and public key. For comparing; what you trust comes from
/// elsewhere.
async fn vkey(State(witness): State<Arc<Witness>>, headers: HeaderMap) -> Response {
    let key = format!("{}\n", witness.key());
    document(&headers, TEXT, FIVE_MINUTES, key)
}

/// `GET /{SHA-256 of the origin, hexadecimal}/checkpoint`: the last checkpoint of a log that the
/// witness cosigned: what a log's own readers hold its head against.
async fn checkpoint(
    State(witness): State<Arc<Witness>>,
    Path(origin): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let head = tokio::task::spawn_blocking(move || witness.head(&origin)).await;
    let head = head.map_err(|_| Problem::new("internal"))?;
    let note = head?.ok_or(AppError::NotFound { what: "checkpoint" })?;
    Ok(document(&headers, TEXT, ASK_AGAIN, note.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_the_status_of_the_specification() {
        for refusal in [
            Refusal::Malformed,
            Refusal::UnknownLog,
            Refusal::NotSigned,
            Refusal::OldAboveNew,
            Refusal::Inconsistent,
        ] {
            assert_eq!(refused(refusal).status.as_u16(), refusal.status());
        }
    }
}
