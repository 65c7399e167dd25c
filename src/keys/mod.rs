//! Keys (密钥): identifiers, purposes, strict signatures, the encrypted keyring.
//!
//! One key has one purpose and is refused for any other. Only `ed25519.rs` knows the signature
//! crate. Secrets live in memory that is wiped when dropped, and never in an error or a log.

mod ed25519;
mod id;
pub mod keyring;
mod purpose;
pub mod registration;

pub use ed25519::{Ed25519Key, PublicKey, self_test, verify_strict};
pub use id::{InvalidKeyId, KeyId};
pub use keyring::{KdfParams, Keyring, KeyringError, Secret};
pub use purpose::Purpose;

use serde::{Deserialize, Serialize};

/// A signature scheme; named wherever a signature is written down, so that SM2/SM3 can join it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Suite {
    /// Ed25519 (RFC 8032), verified strictly.
    #[serde(rename = "ed25519")]
    Ed25519,
}

impl Suite {
    /// The word written beside signatures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
        }
    }
}

/// A signature of [`Suite::Ed25519`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signature({})", hex::encode(self.0))
    }
}

/// A signature that does not verify under the key, in the strict sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not valid")]
pub struct InvalidSignature;

/// Why a signer did not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key is for something else.
    #[error("a {key} key does not sign for {asked}")]
    WrongPurpose {
        /// What the key is for.
        key: Purpose,
        /// What it was asked to sign for.
        asked: Purpose,
    },
    /// The signature just made does not verify: a fault in memory or hardware. It is not released.
    #[error("a fresh signature did not verify")]
    Faulty,
    /// The device that holds the key did not answer.
    #[error("the signing device failed")]
    Unavailable,
}

/// Something that signs with one key for one purpose: a key file, a token, a remote service.
pub trait Signer: Send + Sync {
    /// The key's id.
    fn key_id(&self) -> &KeyId;
    /// The key's public half.
    fn public_key(&self) -> &PublicKey;
    /// What the key is for.
    fn purpose(&self) -> Purpose;
    /// Signs `message`; refused unless `purpose` is the key's own.
    fn sign(&self, purpose: Purpose, message: &[u8]) -> Result<Signature, SignError>;
}

#[cfg(test)]
mod tests;
