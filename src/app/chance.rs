//! The one place that makes ids and draws randomness.

use rand::Rng;
use uuid::Uuid;

/// A fresh time-ordered id for the inside of the ledger.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the front door for fresh ids"
)]
pub fn internal_id() -> Uuid {
    Uuid::now_v7()
}

/// A fresh random id for what the public sees.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the front door for fresh ids"
)]
pub fn public_id() -> Uuid {
    Uuid::new_v4()
}

/// The process's cryptographic generator, seeded by the operating system.
pub fn rng() -> rand::rngs::ThreadRng {
    rand::rng()
}

/// `N` random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rng().fill_bytes(&mut bytes);
    bytes
}
