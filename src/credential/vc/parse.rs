//! The strict reader of `vc-json`, `vc-json-rdfc` and `vc-json-scores`.
//!
//! One JSON object read by [`strict_json`]; `@context` exactly [`CONTEXTS`](super::v2::CONTEXTS);
//! one proof object of exactly the members that its suite has; and the claims found in it, rendered again,
//! must give the same document. So an added member, a second subject, an issuer that is an array,
//! a changed constant text are all refused before any signature is looked at.

use super::proof::{self, Cryptosuite, InvalidProof};
use super::{CREDENTIAL_BYTES_MAX, v2};
use crate::credential::claims::Claims;
use crate::credential::coat::Coat;
use crate::credential::strict_json::{self, InvalidJson};
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, Signature};
use serde_json::Value;

/// Why bytes are no credential of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCredential {
    /// Not JSON as we read it.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// Other contexts, or in another order.
    #[error("other contexts than a certificate has")]
    Context,
    /// No proof, several, or another kind.
    #[error(transparent)]
    Proof(#[from] InvalidProof),
    /// The verification method does not name a key of the issuer.
    #[error("the proof names no key of the issuer")]
    VerificationMethod,
    /// A member is missing, added or of another form. Names the place, in our own words only.
    #[error("not the form of a certificate, at {0}")]
    Form(String),
}

/// A credential whose form has been checked. Nothing in it is to be believed before
/// [`ParsedCredential::verify_signature`].
#[derive(Clone, Debug)]
pub struct ParsedCredential {
    /// Which of the three it is, by the suite of its proof and by whether it shows scores.
    pub coat: Coat,
    /// What it claims.
    pub claims: Claims,
    /// The key it says signed it.
    pub key_id: KeyId,
    /// When the proof says it was made: a claim.
    pub created: Instant,
    /// SHA-256 of the canonical unsigned document (RFC 8785), whatever the suite: what the log
    /// commits to.
    pub unsigned_sha256: [u8; 32],
    hash_data: [u8; 64],
    signature: Signature,
}

impl ParsedCredential {
    /// Reads a credential.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidCredential> {
        let value = strict_json::parse(bytes, CREDENTIAL_BYTES_MAX)?;
        if !value.is_object() {
            return Err(InvalidCredential::Form("/".into()));
        }
        if value.get("@context") != Some(&serde_json::json!(v2::CONTEXTS)) {
            return Err(InvalidCredential::Context);
        }
        let detached = proof::detach(value, &Cryptosuite::ALL)?;
        let document = &detached.document;
        let form = |place: &str| InvalidCredential::Form(place.to_owned());
        let claims = v2::read(document).ok_or_else(|| form("/"))?;
        claims.check().map_err(|e| form(e.0))?;
        if let Some(place) = first_difference(&v2::render(&claims), document) {
            return Err(InvalidCredential::Form(place));
        }
        let key_id = detached
            .verification_method
            .strip_prefix(&format!("{}#", claims.issuer.did))
            .and_then(|key| key.parse().ok())
            .ok_or(InvalidCredential::VerificationMethod)?;
        let suite = detached.suite;
        let coat = suite.coat(&claims).ok_or_else(|| form(v2::RESULT))?;
        let hash_data = detached.hash_data().map_err(|_| form("/"))?;
        let unsigned_sha256 = suite.unsigned_sha256(document, &hash_data);
        Ok(Self {
            coat,
            key_id,
            created: detached.created,
            unsigned_sha256: unsigned_sha256.map_err(|_| form("/"))?,
            hash_data,
            signature: detached.signature,
            claims,
        })
    }

    /// Which of the coats these bytes call themselves, whether or not they are one: for the report
    /// on bytes that [`ParsedCredential::parse`] refused.
    pub fn coat_named(bytes: &[u8]) -> Coat {
        let value = strict_json::parse(bytes, CREDENTIAL_BYTES_MAX).unwrap_or_default();
        let named = value.pointer("/proof/cryptosuite").and_then(Value::as_str);
        match named.and_then(Cryptosuite::from_name) {
            Some(Cryptosuite::Rdfc) if value.pointer(v2::RESULT).is_some() => Coat::VcJsonScores,
            Some(Cryptosuite::Rdfc) => Coat::VcJsonRdfc,
            Some(Cryptosuite::Jcs) | None => Coat::VcJson,
        }
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        let key = self.key_id.public_key();
        key.verify(&self.hash_data, &self.signature)
    }
}

/// Where two values first differ, as a JSON pointer made of the expected value's names only: the
/// other's are a stranger's text.
pub(crate) fn first_difference(expected: &Value, actual: &Value) -> Option<String> {
    if expected == actual {
        return None;
    }
    let inner = match (expected, actual) {
        (Value::Object(e), Value::Object(a)) => e
            .iter()
            .find(|(name, value)| a.get(*name) != Some(value))
            .map(|(name, value)| (name.clone(), value, a.get(name))),
        (Value::Array(e), Value::Array(a)) if e.len() == a.len() => e
            .iter()
            .zip(a)
            .enumerate()
            .find(|(_, (e, a))| e != a)
            .map(|(n, (e, a))| (n.to_string(), e, Some(a))),
        _ => None,
    };
    match inner {
        Some((name, expected, Some(actual))) => {
            let rest = first_difference(expected, actual).unwrap_or_default();
            Some(format!("/{name}{rest}"))
        }
        Some((name, _, None)) => Some(format!("/{name}")),
        None => Some("/".to_owned()),
    }
}
