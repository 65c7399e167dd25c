//! Making a signed credential, in two halves around the signature.

use super::{jcs, v2};
use crate::credential::claims::Claims;
use crate::credential::signed::{SealError, canonical};
use crate::domain::time::Instant;
use crate::keys::{KeyId, Purpose, Signature, Signer};
use serde_json::Value;

/// A credential waiting for its signature. Not yet anything to hand out.
#[derive(Clone)]
pub struct Prepared {
    document: Value,
    config: Value,
    bytes_to_sign: [u8; 64],
    unsigned_sha256: [u8; 32],
}

/// A signed credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The file: compact canonical JSON, UTF-8.
    pub document_bytes: Vec<u8>,
    /// SHA-256 of the canonical unsigned document: what the event and the public entry commit to.
    pub unsigned_sha256: [u8; 32],
    /// The signature.
    pub signature: Signature,
}

/// The first half: everything but the signature.
pub fn prepare(claims: &Claims, key: &KeyId, created: Instant) -> Result<Prepared, SealError> {
    claims.check()?;
    let document = v2::render(claims);
    let method = claims.issuer.did.verification_method(key);
    let config = jcs::proof_config(&document, &method, created);
    let bytes_to_sign = jcs::hash_data(&document, &config)?;
    let mut unsigned_sha256 = [0; 32];
    unsigned_sha256.copy_from_slice(&bytes_to_sign[32..]);
    Ok(Prepared {
        bytes_to_sign,
        unsigned_sha256,
        document,
        config,
    })
}

impl Prepared {
    /// What the body's certificate key signs.
    pub fn bytes_to_sign(&self) -> &[u8; 64] {
        &self.bytes_to_sign
    }
    /// SHA-256 of the canonical unsigned document.
    pub fn unsigned_sha256(&self) -> [u8; 32] {
        self.unsigned_sha256
    }
    /// The second half: the signature goes in.
    pub fn seal(self, signature: Signature) -> Result<Sealed, SealError> {
        let document = jcs::attach(self.document, self.config, &signature);
        Ok(Sealed {
            document_bytes: canonical(&document)?,
            unsigned_sha256: self.unsigned_sha256,
            signature,
        })
    }
}

/// Both halves with a signer at hand: a key of purpose `certificate`.
pub fn issue(claims: &Claims, created: Instant, signer: &dyn Signer) -> Result<Sealed, SealError> {
    let prepared = prepare(claims, signer.key_id(), created)?;
    let signature = signer.sign(Purpose::Certificate, prepared.bytes_to_sign())?;
    prepared.seal(signature)
}
