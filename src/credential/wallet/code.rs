//! Codes and access tokens: 32 random bytes that say nothing. What one is good for, the ledger keeps
//! for a few minutes under its digest; whoever reads that has no code.

use super::super::jwt::base64url;

/// Digits of a transaction code.
pub const TX_CODE_DIGITS: u32 = 6;
/// Longest text that is taken for a code.
const TEXT_BYTES_MAX: usize = 64;

/// What a text is for. The digest of one kind is never that of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// Handed to the wallet in the offer.
    PreAuthorised,
    /// Handed to the wallet for the code.
    AccessToken,
}

impl CodeKind {
    const fn context(self) -> &'static str {
        match self {
            Self::PreAuthorised => "skill-ledger 2026 pre-authorised code of a wallet v1",
            Self::AccessToken => "skill-ledger 2026 access token of a wallet v1",
        }
    }

    /// What a text of this kind is kept by: BLAKE3 of it, keyed by what it is for. `None` for a text
    /// that no code is as long as.
    pub fn digest(self, text: &str) -> Option<[u8; 32]> {
        let fits = text.len() <= TEXT_BYTES_MAX;
        fits.then(|| blake3::derive_key(self.context(), text.as_bytes()))
    }
}

/// A code as it is handed out. Whoever has it may fetch.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// From 32 random bytes: 43 characters of base64url.
    pub fn new(random: [u8; 32]) -> Self {
        Self(base64url(random))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The transaction code that goes with a code by another way: digits.
pub fn tx_code(random: [u8; 8]) -> String {
    // 2^64 is no multiple of a power of ten; the lean is below 1 in 10^13.
    let number = u64::from_be_bytes(random) % 10_u64.pow(TX_CODE_DIGITS);
    format!("{number:0width$}", width = TX_CODE_DIGITS as usize)
}

/// What a transaction code is kept by: BLAKE3 keyed by its code. The digest alone cannot be guessed
/// from, few as the digits are.
pub fn tx_code_digest(code: &str, tx_code: &str) -> [u8; 32] {
    let key = blake3::derive_key(
        "skill-ledger 2026 transaction code of a wallet v1",
        code.as_bytes(),
    );
    *blake3::keyed_hash(&key, tx_code.as_bytes()).as_bytes()
}
