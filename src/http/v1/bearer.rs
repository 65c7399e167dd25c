//! Who asks, and under which command id: `Authorization: Bearer TOKEN`, `Idempotency-Key: UUID`.

use crate::app::{Actor, Ledger};
use crate::domain::ids::CommandId;
use crate::http::Problem;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// Longest token read.
const TOKEN_BYTES_MAX: usize = 200;

/// The account of the request's token; none if it names none. A token that is not known is
/// refused.
pub async fn actor_if_named(
    ledger: &Ledger,
    headers: &HeaderMap,
) -> Result<Option<Actor>, Problem> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("Bearer "))
        .filter(|token| token.len() <= TOKEN_BYTES_MAX)
        .ok_or_else(|| Problem::new("unauthorized"))?;
    match ledger.actor(token.trim()).await {
        Ok(actor) => Ok(Some(actor)),
        Err(crate::app::AppError::UnknownToken) => Err(Problem::new("unauthorized")),
        Err(error) => Err(error.into()),
    }
}

/// `Idempotency-Key: UUID`: the id of the command, one effect however often it is asked.
#[expect(
    clippy::result_large_err,
    reason = "handlers answer with a problem as it is"
)]
pub fn command_id(headers: &HeaderMap) -> Result<CommandId, Problem> {
    headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| Problem::new("idempotency-key-needed"))
}

/// The account of the request's token.
pub async fn actor(ledger: &Ledger, headers: &HeaderMap) -> Result<Actor, Problem> {
    actor_if_named(ledger, headers)
        .await?
        .ok_or_else(|| Problem::new("unauthorized"))
}
