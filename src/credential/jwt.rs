//! JSON Web Signatures in compact form (RFC 7515), as ours are made: `HEADER.PAYLOAD.SIGNATURE`.
//!
//! HEADER is exactly `{"alg":"EdDSA","kid":KEY,"typ":TYPE}`, KEY an Ed25519 Multikey; PAYLOAD is one
//! JSON object in its canonical form (RFC 8785); SIGNATURE is Ed25519 over `HEADER.PAYLOAD`. All
//! three are base64url without padding, in their one spelling.
//!
//! Refused though RFC 7515 allows them: other algorithms, further header members (so `crit`, `jwk`,
//! `x5c`, `jku`), white space, members in another order, the JSON serialisations.

use super::signed::{NotCanonical, canonical};
use super::strict_json::{self, InvalidJson};
use crate::keys::{InvalidSignature, KeyId, Signature};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Base64url without padding (RFC 4648, section 5).
pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding; unused last bits must be zero.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// The header of a token of ours.
fn header(typ: &str, key: &KeyId) -> Value {
    json!({"alg": "EdDSA", "kid": key.as_str(), "typ": typ})
}

/// `HEADER.PAYLOAD`: the bytes to sign.
pub fn signing_input(typ: &str, key: &KeyId, payload: &Value) -> Result<String, NotCanonical> {
    let header = base64url(canonical(&header(typ, key))?);
    Ok(format!("{header}.{}", base64url(canonical(payload)?)))
}

/// The token.
pub fn attach(signing_input: &str, signature: &Signature) -> String {
    format!("{signing_input}.{}", base64url(signature.0))
}

/// The public key as a JSON Web Key (RFC 8037), its id the key's own.
pub fn jwk(key: &KeyId) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
        "kid": key.as_str(), "x": base64url(key.public_key().as_bytes())})
}

/// Why a text is no token of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidJwt {
    /// Not three parts of base64url, or a signature of another length.
    #[error("not a signed token in compact form")]
    Compact,
    /// The header or payload is not JSON as we read it.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// Another kind of token, another algorithm, or no key of a kind we know.
    #[error("another kind of token")]
    OtherKind,
    /// Header or payload is spelt otherwise than we would.
    #[error("the token is not written in its canonical form")]
    NotCanonical,
}

/// A token whose form has been checked and whose signature has not.
#[derive(Clone, Debug)]
pub struct ParsedJwt {
    /// The key it says signed it.
    pub key_id: KeyId,
    /// What it says: an object.
    pub payload: Value,
    signing_input: String,
    signature: Signature,
}

impl ParsedJwt {
    /// Reads a token of the media type `typ` and at most `bytes_max` bytes.
    pub fn parse(text: &str, typ: &str, bytes_max: usize) -> Result<Self, InvalidJwt> {
        if text.len() > bytes_max {
            return Err(InvalidJson::TooLarge.into());
        }
        let mut parts = text.split('.');
        let (Some(head), Some(body), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvalidJwt::Compact);
        };
        let bytes = |part| from_base64url(part).ok_or(InvalidJwt::Compact);
        let (head_bytes, body_bytes) = (bytes(head)?, bytes(body)?);
        let signature: [u8; 64] = bytes(signature)?
            .try_into()
            .map_err(|_| InvalidJwt::Compact)?;
        let head = strict_json::parse(&head_bytes, bytes_max)?;
        let payload = strict_json::parse(&body_bytes, bytes_max)?;
        let is = |member: &str, word: &str| head.get(member).and_then(Value::as_str) == Some(word);
        if !is("alg", "EdDSA") || !is("typ", typ) || !payload.is_object() {
            return Err(InvalidJwt::OtherKind);
        }
        let key = head.get("kid").and_then(Value::as_str);
        let key_id: KeyId = key
            .and_then(|key| key.parse().ok())
            .ok_or(InvalidJwt::OtherKind)?;
        let signing_input =
            signing_input(typ, &key_id, &payload).map_err(|_| InvalidJwt::NotCanonical)?;
        let signature = Signature(signature);
        if attach(&signing_input, &signature) != text {
            return Err(InvalidJwt::NotCanonical);
        }
        Ok(Self {
            key_id,
            payload,
            signing_input,
            signature,
        })
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        let key = self.key_id.public_key();
        key.verify(self.signing_input.as_bytes(), &self.signature)
    }
}
