//! The documents strangers verify with, each where its own address says it is.

use super::cached::{ASK_AGAIN, FIVE_MINUTES, FOR_EVER, document};
use super::{Problem, Served};
use crate::domain::attainment::AttainmentKind;
use crate::view::published::PublishedKind;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use uuid::Uuid;

const DID: &str = "application/did+json";
const CREDENTIAL: &str = "application/vc";
const TOKEN: &str = "application/statuslist+jwt";
const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
const TEXT: &str = "text/plain; charset=utf-8";

/// `GET /trust-list.json`: the signed trust list with the newest status lists and checkpoint; this
/// one file is enough to verify offline.
pub async fn trust_list(
    State(served): State<Served>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let file = served.documents.get(&served.ledger).await?;
    Ok(document(&headers, JSON, ASK_AGAIN, file.trust_file.clone()))
}

/// `GET /bodies/{public_id}/did.json`: where the body's did:web resolves to.
pub async fn did(
    State(served): State<Served>,
    Path(public_id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let bytes = served.ledger.did_document_of(public_id).await?;
    Ok(document(&headers, DID, FIVE_MINUTES, bytes))
}

/// `GET /.well-known/jwt-vc-issuer/bodies/{public_id}`: the body's keys for readers of SD-JWT VC.
pub async fn jwt_vc_issuer(
    State(served): State<Served>,
    Path(public_id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let bytes = served.ledger.jwt_vc_issuer_of(public_id).await?;
    Ok(document(&headers, JSON, FIVE_MINUTES, bytes))
}

/// `GET /vct/{kind}`: the metadata of a type of certificate, where its `vct` says.
pub async fn type_metadata(
    State(served): State<Served>,
    Path(kind): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut kinds = AttainmentKind::ALL.into_iter();
    let kind = kinds.find(|known| known.name() == kind);
    let kind = kind.ok_or_else(|| Problem::new("not-found"))?;
    let (_, bytes) = served.ledger.type_metadata_file(kind).await?;
    Ok(document(&headers, JSON, FIVE_MINUTES, bytes))
}

/// `GET /bodies/{public_id}/status/{list}-{revocation|suspension|details}.json` and `{list}.jwt`: the
/// newest of a body's signed lists. The list's `id`, or `sub`, is this address.
pub async fn status(
    State(served): State<Served>,
    Path((public_id, file)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (list, kind) = parse_file(&file).ok_or_else(|| Problem::new("not-found"))?;
    let text = served.ledger.status_document(public_id, list, kind).await?;
    let content_type = match kind {
        PublishedKind::Token => TOKEN,
        PublishedKind::Details => JSON,
        _ => CREDENTIAL,
    };
    Ok(document(&headers, content_type, FIVE_MINUTES, text))
}

/// `1-revocation.json`, `1.jwt`.
fn parse_file(file: &str) -> Option<(u32, PublishedKind)> {
    let (list, kind) = if let Some(list) = file.strip_suffix(".jwt") {
        (list, PublishedKind::Token)
    } else {
        let (list, kind) = file.strip_suffix(".json")?.split_once('-')?;
        let mut kinds = [
            PublishedKind::Revocation,
            PublishedKind::Suspension,
            PublishedKind::Details,
        ]
        .into_iter();
        (list, kinds.find(|known| known.name() == kind)?)
    };
    let number: u32 = list.parse().ok()?;
    (number.to_string() == list).then_some((number, kind))
}

/// `GET /log/checkpoint`: the newest signed checkpoint (C2SP tlog-checkpoint), with the cosignatures
/// of witnesses where they are asked.
pub async fn checkpoint(
    State(served): State<Served>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let head = served.ledger.published_head().await?;
    Ok(document(&headers, TEXT, ASK_AGAIN, head.note))
}

/// `GET /log/tile/{path}`: a tile of hashes or a bundle of entries (C2SP tlog-tiles).
pub async fn log_file(
    State(served): State<Served>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let bytes = served.ledger.log_file(&format!("tile/{path}")).await?;
    Ok(document(&headers, BYTES, FOR_EVER, bytes))
}

/// `GET /log/vkey`: the log's name and newest public key (C2SP signed-note verifier key). For comparing;
/// what you trust comes from elsewhere.
pub async fn log_key(
    State(served): State<Served>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = format!("{}\n", served.ledger.log_key().await?);
    Ok(document(&headers, TEXT, FIVE_MINUTES, key))
}

/// `GET /log/keys`: every key the log ever had, its life, and the note by which the one before it
/// handed over. For following; what you trust comes from elsewhere.
pub async fn log_keys(
    State(served): State<Served>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let keys = served.ledger.published_log_keys().await?;
    Ok(document(&headers, JSON, ASK_AGAIN, keys))
}

/// `GET /v1/certificates/proofs/{sha256}`: the inclusion proof (C2SP tlog-proof) of a credential,
/// by the SHA-256 of its canonical unsigned form, 64 hexadecimal digits, or the first 32 of them, as a
/// QR code has them.
pub async fn proof(
    State(served): State<Served>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let digest = sha256.parse().map_err(|_| Problem::new("not-found"))?;
    let proof = served.ledger.proof_of_credential(digest).await?;
    let proof = proof.ok_or_else(|| Problem::new("no-proof-yet"))?;
    Ok(document(&headers, TEXT, ASK_AGAIN, proof))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_addresses_that_lists_name_are_read() {
        assert_eq!(
            parse_file("1-revocation.json"),
            Some((1, PublishedKind::Revocation))
        );
        assert_eq!(
            parse_file("12-details.json"),
            Some((12, PublishedKind::Details))
        );
        assert_eq!(parse_file("12.jwt"), Some((12, PublishedKind::Token)));
        for other in [
            "01-revocation.json",
            "+1-revocation.json",
            "1-trust-list.json",
            "1-revocation",
            "revocation.json",
            "-1-revocation.json",
            "1-revocation.json.json",
            "1-token.json",
            "1-revocation.jwt",
            "01.jwt",
            ".jwt",
        ] {
            assert_eq!(parse_file(other), None, "{other}");
        }
    }
}
