//! The strict reader of `qr`: makes the bytes again from what it read, and accepts no others. First the
//! frame, then the spelling of the claims, then what they say: whatever reader has these steps, such as
//! the browser's, names the same fault.

use super::QR_BYTES_MAX;
use super::contents::{Contents, value_of};
use super::issue::{sealed, unsigned};
use crate::credential::disclosed::Disclosed;
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, PublicKey, Signature};
use coset::{CoseSign1, TaggedCborSerializable};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Why bytes are no `qr` of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidQr {
    /// More bytes than are read.
    #[error("too large for a credential of a QR code")]
    TooLarge,
    /// Not the one COSE_Sign1, under its tag, that these claims have with this key and signature.
    #[error("not a COSE_Sign1 as a certificate has it")]
    Cose,
    /// The header names no key that we would accept.
    #[error("the header names no Ed25519 key that is safe to accept")]
    Key,
    /// A member is missing or of another form. Names the place, in our own words only.
    #[error("not the form of a certificate, at {0}")]
    Form(&'static str),
    /// The claims are no CBOR, or the same could be said in other bytes, and is: another order, a
    /// longer form, something added.
    #[error("not in the one form a certificate has")]
    Spelling,
}

/// A credential whose form has been checked. Nothing in it is to be believed before
/// [`ParsedQr::verify_signature`].
#[derive(Clone, Debug)]
pub struct ParsedQr {
    /// What it discloses.
    pub disclosed: Disclosed,
    /// The credential's random id.
    pub credential_id: Uuid,
    /// The key it says signed it.
    pub key_id: KeyId,
    /// When it says it was made: a claim.
    pub created: Instant,
    /// SHA-256 of the bytes: what the log commits to.
    pub digest: [u8; 32],
    /// First half of the SHA-256 of the canonical unsigned VC document: finds the proof on a server.
    pub credential_prefix: [u8; 16],
    public_key: PublicKey,
    bytes_to_sign: Vec<u8>,
    signature: Signature,
}

impl ParsedQr {
    /// Reads a credential.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidQr> {
        if bytes.len() > QR_BYTES_MAX {
            return Err(InvalidQr::TooLarge);
        }
        let read = CoseSign1::from_tagged_slice(bytes).map_err(|_| InvalidQr::Cose)?;
        let key = read.protected.header.key_id.as_slice();
        let key: [u8; 32] = key.try_into().map_err(|_| InvalidQr::Cose)?;
        let signature = read.signature.as_slice().try_into();
        let signature = Signature(signature.map_err(|_| InvalidQr::Cose)?);
        let payload = read.payload.ok_or(InvalidQr::Cose)?;
        let again = unsigned(payload.clone(), &key);
        let bytes_to_sign = again.tbs_data(&[]);
        if sealed(again, &signature).as_deref() != Some(bytes) {
            return Err(InvalidQr::Cose);
        }
        let public_key = PublicKey::from_bytes(&key).ok_or(InvalidQr::Key)?;
        let claims = value_of(&payload).ok_or(InvalidQr::Spelling)?;
        let contents = Contents::read(&claims).map_err(InvalidQr::Form)?;
        if contents.to_bytes() != Some(payload) {
            return Err(InvalidQr::Spelling);
        }
        Ok(Self {
            disclosed: contents.disclosed,
            credential_id: contents.credential_id,
            key_id: KeyId::of(&public_key),
            created: contents.created,
            digest: Sha256::digest(bytes).into(),
            credential_prefix: contents.credential_prefix,
            public_key,
            bytes_to_sign,
            signature,
        })
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        self.public_key.verify(&self.bytes_to_sign, &self.signature)
    }
}
