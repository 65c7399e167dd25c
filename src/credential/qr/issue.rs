//! Making a `qr`, in two halves around the signature.

use super::contents::Contents;
use crate::credential::claims::Claims;
use crate::credential::signed::{NotCanonical, SealError, canonical_sha256};
use crate::credential::vc::v2;
use crate::domain::time::Instant;
use crate::keys::{KeyId, Signature};
use coset::cbor::Value;
use coset::iana::{Algorithm, CoapContentFormat};
use coset::{CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable};
use sha2::{Digest, Sha256};

/// typ (RFC 9596): what this COSE object is.
const TYP: i64 = 16;

/// A credential waiting for its signature. Not yet anything to hand out.
#[derive(Clone)]
pub struct Prepared {
    unsigned: CoseSign1,
    bytes_to_sign: Vec<u8>,
}

/// A signed credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The COSE_Sign1, tagged.
    pub bytes: Vec<u8>,
    /// SHA-256 of these bytes: what the public entry commits to.
    pub digest: [u8; 32],
}

/// The first half: everything but the signature.
pub fn prepare(claims: &Claims, key: &KeyId, created: Instant) -> Result<Prepared, SealError> {
    claims.check()?;
    let public = key.public_key();
    let document = canonical_sha256(&v2::render(claims))?;
    let mut credential_prefix = [0; 16];
    credential_prefix.copy_from_slice(&document[..16]);
    let contents = Contents::of(claims, created, credential_prefix).lean();
    let payload = contents.and_then(|it| it.to_bytes()).ok_or(NotCanonical)?;
    let unsigned = unsigned(payload, public.as_bytes());
    Ok(Prepared {
        bytes_to_sign: unsigned.tbs_data(&[]),
        unsigned,
    })
}

impl Prepared {
    /// What the body's certificate key signs: the Sig_structure (RFC 9052 section 4.4).
    pub fn bytes_to_sign(&self) -> &[u8] {
        &self.bytes_to_sign
    }

    /// The second half: the signature goes in.
    pub fn seal(self, signature: Signature) -> Result<Sealed, SealError> {
        let bytes = sealed(self.unsigned, &signature).ok_or(NotCanonical)?;
        let digest = Sha256::digest(&bytes).into();
        Ok(Sealed { bytes, digest })
    }
}

/// The one COSE_Sign1 with these claims and this key.
pub(super) fn unsigned(payload: Vec<u8>, key: &[u8; 32]) -> CoseSign1 {
    let typ = Value::from(CoapContentFormat::Cwt as i64);
    let protected = HeaderBuilder::new()
        .algorithm(Algorithm::EdDSA)
        .key_id(key.to_vec())
        .value(TYP, typ)
        .build();
    CoseSign1Builder::new()
        .protected(protected)
        .payload(payload)
        .build()
}

/// Its bytes with the signature in place.
pub(super) fn sealed(mut unsigned: CoseSign1, signature: &Signature) -> Option<Vec<u8>> {
    unsigned.signature = signature.0.to_vec();
    unsigned.to_tagged_vec().ok()
}
