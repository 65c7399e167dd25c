//! Ed25519, strictly. The only file that names the signature crate.
//!
//! Accepted is a subset of what every other library accepts, so a certificate that holds here
//! holds everywhere: keys are canonical, not of small order and free of torsion; signatures are
//! canonical, with R not of small order; the equation is checked without the cofactor. Validity
//! is never decided by batch verification.

use super::{InvalidSignature, KeyId, Purpose, SignError, Signature, Signer};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

/// A public key (公钥) that is safe to accept: every one of these has passed the checks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key of these bytes; `None` if not canonical, of small order, or of mixed order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes).ok()?;
        let point = key.to_edwards();
        let canonical = point.compress().as_bytes() == bytes;
        (canonical && !key.is_weak() && point.is_torsion_free()).then_some(Self(key))
    }
    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
    /// Its id: the key itself as a Multikey.
    pub fn id(&self) -> KeyId {
        KeyId::of(self)
    }
    /// Checks a signature over exactly these bytes.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), InvalidSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0
            .verify_strict(message, &signature)
            .map_err(|_| InvalidSignature)
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.id())
    }
}

/// Whether the key is acceptable and the signature holds; for formats that carry raw keys.
pub fn verify_strict(public_key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    PublicKey::from_bytes(public_key)
        .is_some_and(|key| key.verify(message, &Signature(*signature)).is_ok())
}

/// A secret key (私钥) in memory, for one purpose. Wiped when dropped.
pub struct Ed25519Key {
    secret: SigningKey,
    public: PublicKey,
    id: KeyId,
    purpose: Purpose,
}

impl Ed25519Key {
    /// The key of a 32-byte seed (RFC 8032 section 5.1.5).
    pub fn from_seed(seed: &Zeroizing<[u8; 32]>, purpose: Purpose) -> Self {
        let secret = SigningKey::from_bytes(seed);
        let public = PublicKey(secret.verifying_key());
        Self {
            id: public.id(),
            secret,
            public,
            purpose,
        }
    }
}

impl Signer for Ed25519Key {
    fn key_id(&self) -> &KeyId {
        &self.id
    }
    fn public_key(&self) -> &PublicKey {
        &self.public
    }
    fn purpose(&self) -> Purpose {
        self.purpose
    }
    fn sign(&self, purpose: Purpose, message: &[u8]) -> Result<Signature, SignError> {
        if purpose != self.purpose {
            return Err(SignError::WrongPurpose {
                key: self.purpose,
                asked: purpose,
            });
        }
        let signature = Signature(self.secret.sign(message).to_bytes());
        // A flipped bit while signing can give the secret away: nothing unverified leaves.
        self.public
            .verify(message, &signature)
            .map_err(|_| SignError::Faulty)?;
        Ok(signature)
    }
}

impl std::fmt::Debug for Ed25519Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ed25519Key({}, {})", self.id, self.purpose)
    }
}

/// Signs and checks RFC 8032 section 7.1 test 2, and refuses it changed. Run at start.
pub fn self_test() -> bool {
    let seed = hex32("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    let public = hex32("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    let key = Ed25519Key::from_seed(&Zeroizing::new(seed), Purpose::Request);
    let Ok(signature) = key.sign(Purpose::Request, &[0x72]) else {
        return false;
    };
    let expected = concat!(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    );
    *key.public.as_bytes() == public
        && hex::encode(signature.0) == expected
        && key.public.verify(&[0x73], &signature).is_err()
}

fn hex32(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    // A wrong literal leaves zeros, and the self-test fails.
    let _ = hex::decode_to_slice(text, &mut bytes);
    bytes
}
