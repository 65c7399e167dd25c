//! Salts and decoys, made from one secret: the same document can be made again, and nobody without
//! the secret can guess at a digest.
//!
//! The key of a document is BLAKE3 in key-derivation mode, context
//! `skill-ledger 2026 sd-jwt salts v1`, over the secret and the 16 bytes of the credential's id: an
//! issue of its own has salts of its own. A salt is the first 16 bytes of BLAKE3 keyed with it over
//! `salt` LF NAME; the nth decoy, from 0, is SHA-256 of BLAKE3 keyed with it over `decoy` LF n.

use super::super::jwt::base64url;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const CONTEXT: &str = "skill-ledger 2026 sd-jwt salts v1";

/// Where the salts and decoys of one document come from.
pub(super) struct Salts([u8; 32]);

impl Salts {
    pub fn new(secret: &[u8; 32], credential_id: Uuid) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
        hasher.update(secret).update(credential_id.as_bytes());
        Self(*hasher.finalize().as_bytes())
    }

    fn derive(&self, what: &str, of: &str) -> blake3::Hash {
        blake3::keyed_hash(&self.0, format!("{what}\n{of}").as_bytes())
    }

    /// 128 bits for the claim `name`.
    pub fn salt(&self, name: &str) -> [u8; 16] {
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.derive("salt", name).as_bytes()[..16]);
        salt
    }

    /// What looks like the digest of a disclosure, and is none.
    pub fn decoy(&self, n: usize) -> String {
        base64url(Sha256::digest(
            self.derive("decoy", &n.to_string()).as_bytes(),
        ))
    }
}
