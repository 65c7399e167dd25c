//! What wallets may fetch in the next minutes: codes of offers and access tokens, by their digests.
//!
//! No fact of the trade: nothing here is an event, stands in a chain or is copied out, and what has
//! passed is deleted. A code is changed for a token in one transaction, so that it is used once.

use crate::codec::row::Digest;
use crate::domain::time::Instant;
use subtle::ConstantTimeEq;

/// Wrong transaction codes after which a code is good for nothing.
pub const WRONG_MAX: u32 = 5;

/// What a digest entitles to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletGrant {
    /// Number of the certificate (证书编号).
    pub number: String,
    /// Which issue of it.
    pub issue: u16,
}

/// A code on its way into the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletOffer {
    /// Digest of the code.
    pub code: Digest,
    /// Digest of its transaction code, if one is asked.
    pub tx_code: Option<Digest>,
    /// What for.
    pub grant: WalletGrant,
    /// Good before this time.
    pub expires: Instant,
}

/// A code to be changed for an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redeeming {
    /// Digest of the code.
    pub code: Digest,
    /// Digest of the transaction code that came with it.
    pub tx_code: Option<Digest>,
    /// Digest of the access token.
    pub token: Digest,
    /// The token is good before this time.
    pub token_expires: Instant,
    /// The time it is asked at.
    pub now: Instant,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// It is used up; the token is good.
    Done,
    /// No such code: never made, used, past, or guessed at too often.
    Unknown,
    /// It is asked with a transaction code.
    TxCodeNeeded,
    /// It is asked without one.
    TxCodeUnasked,
    /// The transaction code is wrong, which is counted.
    TxCodeWrong,
}

/// Whether a transaction code fits.
pub(super) fn judge(held: Option<&[u8]>, given: Option<&Digest>) -> Redeemed {
    match (held, given) {
        (None, None) => Redeemed::Done,
        (Some(held), Some(given)) if held.ct_eq(given).into() => Redeemed::Done,
        (Some(_), Some(_)) => Redeemed::TxCodeWrong,
        (Some(_), None) => Redeemed::TxCodeNeeded,
        (None, Some(_)) => Redeemed::TxCodeUnasked,
    }
}
