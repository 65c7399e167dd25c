//! Making a signed credential, in two halves around the signature.

use super::proof::{self, Cryptosuite};
use super::v2;
use crate::credential::claims::{Claims, InvalidClaims};
use crate::credential::coat::Coat;
use crate::credential::signed::{SealError, canonical};
use crate::domain::time::Instant;
use crate::keys::{KeyId, Purpose, Signature, Signer};
use serde_json::Value;

/// A credential waiting for its signature. Not yet anything to hand out.
#[derive(Clone)]
pub struct Prepared {
    document: Value,
    config: Value,
    coat: Coat,
    bytes_to_sign: [u8; 64],
    unsigned_sha256: [u8; 32],
}

/// A signed credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The file: compact canonical JSON, UTF-8.
    pub document_bytes: Vec<u8>,
    /// SHA-256 of the canonical unsigned document (RFC 8785), whatever the suite: what the event and
    /// the public entry commit to.
    pub unsigned_sha256: [u8; 32],
    /// The signature.
    pub signature: Signature,
}

/// The first half of the coat `vc-json`: everything but the signature.
pub fn prepare(claims: &Claims, key: &KeyId, created: Instant) -> Result<Prepared, SealError> {
    prepare_with(Cryptosuite::Jcs, claims, key, created)
}

/// The first half of the coat `vc-json-rdfc`, or of `vc-json-scores` if the claims have results.
pub fn prepare_rdfc(claims: &Claims, key: &KeyId, created: Instant) -> Result<Prepared, SealError> {
    prepare_with(Cryptosuite::Rdfc, claims, key, created)
}

fn prepare_with(
    suite: Cryptosuite,
    claims: &Claims,
    key: &KeyId,
    created: Instant,
) -> Result<Prepared, SealError> {
    claims.check()?;
    let document = v2::render(claims);
    let method = claims.issuer.did.verification_method(key);
    let config = suite.proof_config(&document, &method, created);
    let bytes_to_sign = suite.hash_data(&document, &config)?;
    Ok(Prepared {
        coat: suite.coat(claims).ok_or(InvalidClaims("results"))?,
        unsigned_sha256: suite.unsigned_sha256(&document, &bytes_to_sign)?,
        bytes_to_sign,
        document,
        config,
    })
}

impl Prepared {
    /// Which of the JSON coats it is.
    pub const fn coat(&self) -> Coat {
        self.coat
    }
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
        let document = proof::attach(self.document, self.config, &signature);
        Ok(Sealed {
            document_bytes: canonical(&document)?,
            unsigned_sha256: self.unsigned_sha256,
            signature,
        })
    }

    fn sign(self, signer: &dyn Signer) -> Result<Sealed, SealError> {
        let signature = signer.sign(Purpose::Certificate, self.bytes_to_sign())?;
        self.seal(signature)
    }
}

/// Both halves of the coat `vc-json` with a signer at hand: a key of purpose `certificate`.
pub fn issue(claims: &Claims, created: Instant, signer: &dyn Signer) -> Result<Sealed, SealError> {
    prepare(claims, signer.key_id(), created)?.sign(signer)
}

/// Both halves of the coat `vc-json-rdfc`, or of `vc-json-scores` if the claims have results, with a signer at hand: a key of purpose `certificate`.
pub fn issue_rdfc(
    claims: &Claims,
    created: Instant,
    signer: &dyn Signer,
) -> Result<Sealed, SealError> {
    prepare_rdfc(claims, signer.key_id(), created)?.sign(signer)
}
