//! Proof of possession: a key is registered only with a signature of its own over who it is.
//!
//! Signed bytes: `skill-ledger/v1/key-registration` LF ledger id LF purpose LF key id LF.
//! It shows that whoever registers the key holds it, for this ledger and this purpose only.

use super::{InvalidSignature, KeyId, Purpose, SignError, Signature, Signer};
use crate::domain::ids::LedgerId;

/// The bytes that a key signs to be registered.
pub fn registration_bytes(ledger: LedgerId, purpose: Purpose, key: &KeyId) -> Vec<u8> {
    format!("skill-ledger/v1/key-registration\n{ledger}\n{purpose}\n{key}\n").into_bytes()
}

/// The proof that the holder of `signer` registers it for its own purpose.
pub fn prove_possession(signer: &dyn Signer, ledger: LedgerId) -> Result<Signature, SignError> {
    let purpose = signer.purpose();
    signer.sign(
        purpose,
        &registration_bytes(ledger, purpose, signer.key_id()),
    )
}

/// Checks a proof of possession.
pub fn check_possession(
    key: &KeyId,
    purpose: Purpose,
    ledger: LedgerId,
    proof: &Signature,
) -> Result<(), InvalidSignature> {
    let bytes = registration_bytes(ledger, purpose, key);
    key.public_key().verify(&bytes, proof)
}
