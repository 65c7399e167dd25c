//! Codes and access tokens: texts that say what they are good for, under a secret of the ledger.
//!
//! `B64(KIND ‖ ISSUE ‖ OFFER ‖ EXPIRES ‖ MAC ‖ NUMBER)`: one byte, 2, 8 and 8 big-endian, the first 16
//! bytes of BLAKE3 keyed over the rest in this order, and the certificate's number. KIND 1 is a
//! pre-authorised code, 2 an access token; OFFER is the place of the offer in the access journal, by
//! which a code is used once; EXPIRES is in seconds. No id of the ledger's inside is in it.

use super::super::jwt::{base64url, from_base64url};
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use subtle::ConstantTimeEq;

const FIXED: usize = 1 + 2 + 8 + 8;
const MAC: usize = 16;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// Handed to the wallet in the offer.
    PreAuthorised,
    /// Handed to the wallet for the code.
    AccessToken,
}

impl CodeKind {
    const fn byte(self) -> u8 {
        match self {
            Self::PreAuthorised => 1,
            Self::AccessToken => 2,
        }
    }
}

/// What a code or token entitles to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Which certificate.
    pub number: CertificateNumber,
    /// Which issue of it.
    pub issue: u16,
    /// Place of the offer in the access journal.
    pub offer: u64,
    /// Good before this time; whole seconds.
    pub expires: Instant,
}

/// A code as it is handed out. Whoever has it may fetch.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
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

/// The secret that codes are made and known by.
pub struct WalletSecret([u8; 32]);

impl WalletSecret {
    /// From 32 secret bytes that serve this and nothing else.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    fn mac(&self, fixed: &[u8], number: &[u8]) -> [u8; MAC] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        let hash = hasher.update(fixed).update(number).finalize();
        let mut mac = [0; MAC];
        mac.copy_from_slice(&hash.as_bytes()[..MAC]);
        mac
    }

    /// Makes a code.
    pub fn make(&self, kind: CodeKind, ticket: &Ticket) -> Code {
        let mut bytes = vec![kind.byte()];
        bytes.extend_from_slice(&ticket.issue.to_be_bytes());
        bytes.extend_from_slice(&ticket.offer.to_be_bytes());
        bytes.extend_from_slice(&ticket.expires.as_second().to_be_bytes());
        let number = ticket.number.as_str().as_bytes();
        let mac = self.mac(&bytes, number);
        bytes.extend_from_slice(&mac);
        bytes.extend_from_slice(number);
        Code(base64url(bytes))
    }

    /// What a text entitles to; `None` if it was not made here, or for something else. Says nothing
    /// of its time.
    pub fn read(&self, kind: CodeKind, text: &str) -> Option<Ticket> {
        let bytes = from_base64url(text)?;
        let (fixed, rest) = bytes.split_at_checked(FIXED)?;
        let (mac, number) = rest.split_at_checked(MAC)?;
        let genuine: bool = self.mac(fixed, number).as_slice().ct_eq(mac).into();
        if !genuine || fixed[0] != kind.byte() {
            return None;
        }
        let (issue, rest) = fixed[1..].split_first_chunk::<2>()?;
        let (offer, rest) = rest.split_first_chunk::<8>()?;
        let seconds = i64::from_be_bytes(rest.try_into().ok()?);
        Some(Ticket {
            number: std::str::from_utf8(number).ok()?.parse().ok()?,
            issue: u16::from_be_bytes(*issue),
            offer: u64::from_be_bytes(*offer),
            expires: Instant(seconds.checked_mul(1_000_000)?),
        })
    }

    /// The transaction code that goes with a code by another way: digits.
    pub fn tx_code(&self, code: &str, digits: u32) -> String {
        let hash = blake3::keyed_hash(&self.0, format!("tx_code\n{code}").as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        // 2^64 is no multiple of a power of ten; the lean is below 1 in 10^13.
        let number = u64::from_be_bytes(first) % 10_u64.pow(digits);
        format!("{number:0width$}", width = digits as usize)
    }

    /// Whether this is the transaction code of a code. Takes the same time for every guess.
    pub fn tx_code_fits(&self, code: &str, digits: u32, given: &str) -> bool {
        let expected = self.tx_code(code, digits);
        expected.as_bytes().ct_eq(given.as_bytes()).into()
    }
}
