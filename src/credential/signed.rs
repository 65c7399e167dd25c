//! What our own signed documents share: canonical bytes, times, signatures with a kind in front.
//!
//! A document of ours is an object with a member `kind`. Its signature is over
//! `KIND LF` ‖ RFC 8785 bytes of the object, so that a signature of one kind is never one of another.

use super::strict_json::INTEGER_MAX;
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, Purpose, SignError, Signature, Signer, Suite};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A value that has no canonical form. Does not happen to values read by
/// [`strict_json`](super::strict_json) or made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value without canonical form")]
pub struct NotCanonical;

/// The canonical bytes of a JSON value (JCS, RFC 8785).
pub fn canonical(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let written = match is_written_canonically(value) {
        true => serde_json::to_vec(value),
        false => serde_json_canonicalizer::to_vec(value),
    };
    written.map_err(|_| NotCanonical)
}

/// Whether what `serde_json` writes of a value is its canonical form, as it is of every document of
/// ours, at a tenth of the canonicaliser's cost: strings are escaped alike, so what is left are numbers,
/// which are alike as safe integers, and names, whose order is alike in ASCII.
fn is_written_canonically(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(number) => number
            .as_i64()
            .is_some_and(|it| it.unsigned_abs() <= INTEGER_MAX),
        Value::Array(items) => items.iter().all(is_written_canonically),
        Value::Object(members) => {
            // Whether an object keeps its names in order is a feature of `serde_json`.
            members.keys().is_sorted()
                && members
                    .iter()
                    .all(|(name, value)| name.is_ascii() && is_written_canonically(value))
        }
    }
}

/// SHA-256 of the canonical bytes.
pub fn canonical_sha256(value: &Value) -> Result<[u8; 32], NotCanonical> {
    Ok(Sha256::digest(canonical(value)?).into())
}

/// `2026-07-13T01:30:00Z`: whole seconds, UTC.
pub fn date_time(at: Instant) -> String {
    jiff::Timestamp::from_second(at.as_second())
        .unwrap_or(jiff::Timestamp::MAX)
        .to_string()
}

/// Reads what [`date_time`] writes, and nothing else.
pub fn parse_date_time(text: &str) -> Option<Instant> {
    let at = text.parse::<jiff::Timestamp>().ok()?;
    let at = Instant(at.as_microsecond());
    (date_time(at) == text).then_some(at)
}

/// Base58btc multibase: `z…`.
pub fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Reads a 64-byte signature in base58btc multibase, in its one spelling.
pub fn parse_signature(text: &str) -> Option<Signature> {
    let encoded = text.strip_prefix('z').filter(|t| t.len() <= 90)?;
    let mut bytes = [0; 64];
    // No two texts are the same bytes: leading `1`s are leading zeros, each one byte.
    let length = bs58::decode(encoded).onto(&mut bytes).ok()?;
    (length == bytes.len()).then_some(Signature(bytes))
}

/// The signature beside a document of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentSignature {
    /// The key that signed.
    pub key_id: KeyId,
    /// The signature suite.
    pub suite: Suite,
    /// The signature, base58btc multibase.
    pub value: String,
}

/// The bytes that are signed for `document`, whose member `kind` is `kind`.
pub fn bytes_to_sign(kind: &str, document: &Value) -> Result<Vec<u8>, NotCanonical> {
    if document.get("kind").and_then(Value::as_str) != Some(kind) {
        return Err(NotCanonical);
    }
    let mut bytes = format!("{kind}\n").into_bytes();
    bytes.extend(canonical(document)?);
    Ok(bytes)
}

/// Why a document was not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The signer refused or failed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The document has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// The claims cannot stand in a credential.
    #[error(transparent)]
    Claims(#[from] super::claims::InvalidClaims),
}

/// Signs a document of ours.
pub fn sign_document(
    kind: &str,
    document: &Value,
    purpose: Purpose,
    signer: &dyn Signer,
) -> Result<DocumentSignature, SealError> {
    let signature = signer.sign(purpose, &bytes_to_sign(kind, document)?)?;
    Ok(DocumentSignature {
        key_id: signer.key_id().clone(),
        suite: Suite::Ed25519,
        value: multibase(&signature.0),
    })
}

/// Checks the signature of a document of ours under the key it names. Whether that key may sign
/// such a document is the caller's to know.
pub fn verify_document(
    kind: &str,
    document: &Value,
    signature: &DocumentSignature,
) -> Result<(), InvalidSignature> {
    let bytes = bytes_to_sign(kind, document).map_err(|_| InvalidSignature)?;
    let value = parse_signature(&signature.value).ok_or(InvalidSignature)?;
    signature.key_id.public_key().verify(&bytes, &value)
}

#[cfg(test)]
mod tests;
