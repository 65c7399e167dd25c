//! Data Integrity proofs of the suite `eddsa-jcs-2022` (W3C vc-di-eddsa 1.0, section 3.3).
//!
//! Signed are 64 bytes: SHA-256(RFC 8785 of the proof without `proofValue`) ‖ SHA-256(RFC 8785 of
//! the document without `proof`), with Ed25519. `proof.@context` is a copy of the document's.
//!
//! Refused though the suite allows it: several proofs, a context that only starts alike, any
//! member besides the seven here (so `expires`, `challenge`, `domain`, `previousProof`), another
//! purpose than `assertionMethod`, a `created` with fractions or an offset.

use crate::credential::signed::{
    NotCanonical, canonical_sha256, date_time, multibase, parse_date_time, parse_signature,
};
use crate::domain::time::Instant;
use crate::keys::Signature;
use serde_json::{Map, Value, json};

/// The suite's name.
pub const SUITE: &str = "eddsa-jcs-2022";

/// A proof that does not have exactly the expected form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// No member `proof`.
    #[error("no proof")]
    Missing,
    /// Not one object with exactly the seven members.
    #[error("the proof is not of the expected form")]
    Form,
    /// Another suite, proof type or purpose.
    #[error("another kind of proof")]
    OtherSuite,
    /// `proof.@context` is not the document's.
    #[error("the proof's context is not the document's")]
    Context,
}

/// The proof configuration for a document: what is hashed of the proof.
pub fn proof_config(document: &Value, verification_method: &str, created: Instant) -> Value {
    json!({
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": date_time(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
        "@context": document.get("@context").cloned().unwrap_or(Value::Null),
    })
}

/// The 64 bytes to sign for a document without proof and its proof configuration.
pub fn hash_data(document: &Value, config: &Value) -> Result<[u8; 64], NotCanonical> {
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(&canonical_sha256(config)?);
    bytes[32..].copy_from_slice(&canonical_sha256(document)?);
    Ok(bytes)
}

/// The document with its proof.
pub fn attach(mut document: Value, mut config: Value, signature: &Signature) -> Value {
    config["proofValue"] = Value::String(multibase(&signature.0));
    document["proof"] = config;
    document
}

/// A document taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The document without its proof.
    pub document: Value,
    /// The proof without its value.
    pub config: Value,
    /// The signature.
    pub signature: Signature,
    /// `DID#KEY`.
    pub verification_method: String,
    /// When the proof says it was made: a claim.
    pub created: Instant,
}

/// Takes the one proof off a document, refusing every other form.
pub fn detach(mut document: Value) -> Result<Detached, InvalidProof> {
    let object = document.as_object_mut().ok_or(InvalidProof::Missing)?;
    let proof = object.remove("proof").ok_or(InvalidProof::Missing)?;
    let Value::Object(mut config) = proof else {
        return Err(InvalidProof::Form);
    };
    let text = |config: &Map<String, Value>, name: &str| {
        let text = config.get(name).and_then(Value::as_str);
        text.map(str::to_owned).ok_or(InvalidProof::Form)
    };
    let is = |config: &Map<String, Value>, name: &str, expected: &str| {
        if text(config, name)? == expected {
            Ok(())
        } else {
            Err(InvalidProof::OtherSuite)
        }
    };
    is(&config, "type", "DataIntegrityProof")?;
    is(&config, "cryptosuite", SUITE)?;
    is(&config, "proofPurpose", "assertionMethod")?;
    let verification_method = text(&config, "verificationMethod")?;
    let created = parse_date_time(&text(&config, "created")?).ok_or(InvalidProof::Form)?;
    let signature = parse_signature(&text(&config, "proofValue")?).ok_or(InvalidProof::Form)?;
    if config.get("@context") != object.get("@context") {
        return Err(InvalidProof::Context);
    }
    config.remove("proofValue");
    let config = Value::Object(config);
    if config != proof_config(&document, &verification_method, created) {
        return Err(InvalidProof::Form);
    }
    Ok(Detached {
        document,
        config,
        signature,
        verification_method,
        created,
    })
}
