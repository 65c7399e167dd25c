//! Status lists (W3C Bitstring Status List 1.0): one bit per certificate, signed by the body's
//! status key under the body's own DID.
//!
//! Always 131,072 entries, bit 0 leftmost, gzip, multibase base64url (`u…`). Two lists go together,
//! `revocation` (revoked, cancelled, forfeited, voided, superseded: final) and `suspension`, with
//! the same index for a certificate. Which index is the next is a permutation drawn from a seed, so
//! that an index tells nothing about when a certificate was issued.
//!
//! Refused though the specification allows it: other sizes, `statusSize`, `statusMessage`, `ttl`,
//! several purposes, more than one gzip member, anything that inflates beyond 16 KiB.

use super::did::Did;
use super::signed::{SealError, canonical, date_time, parse_date_time};
use super::strict_json;
use super::vc::parse::{InvalidCredential, first_difference};
use super::vc::proof::{self, Cryptosuite};
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, Purpose, Signature, Signer};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::{Read, Write};

/// Entries of every list (Bitstring Status List 1.0, section 6.1: at least 131,072).
pub const SIZE: u32 = 131_072;
const BYTES: usize = SIZE as usize / 8;
/// Most bytes of a signed list. A list of random bits takes 22 KiB.
pub const STATUS_LIST_BYTES_MAX: usize = 64 * 1024;
const CONTEXT: [&str; 1] = ["https://www.w3.org/ns/credentials/v2"];

/// What a set bit means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusPurpose {
    /// Ended for good, or superseded.
    Revocation,
    /// Suspended for the time being (暂停).
    Suspension,
}

impl StatusPurpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Revocation, Self::Suspension];
    /// The word of the specification.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }
}

/// The bits of one list.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusBits(Box<[u8; BYTES]>);

impl Default for StatusBits {
    fn default() -> Self {
        Self(Box::new([0; BYTES]))
    }
}

impl StatusBits {
    /// Sets the bit of `index`; an index beyond the list is ignored.
    pub fn set(&mut self, index: u32) {
        if let Some(byte) = self.0.get_mut(index as usize / 8) {
            *byte |= 0x80 >> (index % 8);
        }
    }
    /// Whether the bit of `index` is set; `None` beyond the list.
    pub fn get(&self, index: u32) -> Option<bool> {
        let byte = self.0.get(index as usize / 8)?;
        Some(byte & (0x80 >> (index % 8)) != 0)
    }
    /// How many bits are set.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|byte| byte.count_ones()).sum()
    }

    fn encode(&self) -> String {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        // Writing to a Vec does not fail.
        let packed = gzip.write_all(&self.0[..]).and_then(|()| gzip.finish());
        format!("u{}", URL_SAFE_NO_PAD.encode(packed.unwrap_or_default()))
    }

    fn decode(text: &str) -> Option<Self> {
        let packed = URL_SAFE_NO_PAD.decode(text.strip_prefix('u')?).ok()?;
        let mut bits = Self::default();
        let mut gzip = GzDecoder::new(packed.as_slice());
        gzip.read_exact(&mut bits.0[..]).ok()?;
        // Exactly 16 KiB: the next read must find the checksum and the end of the member.
        let ended = matches!(gzip.read(&mut [0]), Ok(0));
        (ended && gzip.into_inner().is_empty()).then_some(bits)
    }
}

impl std::fmt::Debug for StatusBits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusBits({} set)", self.count())
    }
}

/// The order in which a list's indices are handed out.
///
/// A permutation of 0..131,072: eight Feistel rounds over 18 bits, halves of 9, the round function
/// the first 9 bits of BLAKE3 keyed with the seed over (round, half); values beyond the list are
/// sent through again. Frozen: an index once given must be found again.
#[derive(Clone)]
pub struct StatusIndexes {
    seed: [u8; 32],
}

impl StatusIndexes {
    /// The permutation of a seed (`body.status_list_opened`).
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed }
    }
    /// The `n`th index handed out, from 0; `None` when the list is used up.
    pub fn at(&self, n: u32) -> Option<u32> {
        if n >= SIZE {
            return None;
        }
        let mut value = self.shuffle(n);
        while value >= SIZE {
            value = self.shuffle(value);
        }
        Some(value)
    }
    fn shuffle(&self, value: u32) -> u32 {
        let (mut left, mut right) = (value >> 9, value & 0x1ff);
        for round in 0..8u8 {
            let [low, high] = (right as u16).to_be_bytes();
            let hash = blake3::keyed_hash(&self.seed, &[round, low, high]);
            let [a, b, ..] = hash.as_bytes();
            let mix = (u32::from(*a) << 1) | (u32::from(*b) >> 7);
            (left, right) = (right, left ^ mix);
        }
        (left << 9) | right
    }
}

/// One list with its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    /// The body.
    pub did: Did,
    /// Number of the list, from 1.
    pub list: u32,
    /// What a set bit means.
    pub purpose: StatusPurpose,
    /// The time the list is true at.
    pub valid_from: Instant,
    /// The time a newer one is to be had by.
    pub valid_until: Instant,
    /// The bits.
    pub bits: StatusBits,
}

impl StatusList {
    /// Its id and address.
    pub fn url(&self) -> String {
        self.did.status_list_url(self.list, self.purpose)
    }

    fn render(&self, encoded: &str) -> Value {
        let url = self.url();
        json!({
            "@context": CONTEXT,
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did.to_string(),
            "validFrom": date_time(self.valid_from),
            "validUntil": date_time(self.valid_until),
            "credentialSubject": {
                "id": format!("{url}#list"),
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose.name(),
                "encodedList": encoded,
            },
        })
    }

    /// The signed list, compact canonical JSON, by the body's key of purpose `status`.
    pub fn sign(&self, created: Instant, signer: &dyn Signer) -> Result<Vec<u8>, SealError> {
        let document = self.render(&self.bits.encode());
        let method = self.did.verification_method(signer.key_id());
        let suite = Cryptosuite::Jcs;
        let config = suite.proof_config(&document, &method, created);
        let signature = signer.sign(Purpose::Status, &suite.hash_data(&document, &config)?)?;
        Ok(canonical(&proof::attach(document, config, &signature))?)
    }
}

/// A list whose form has been checked and whose signature has not.
#[derive(Clone, Debug)]
pub struct ParsedStatusList {
    /// What it says.
    pub list: StatusList,
    /// The key it says signed it.
    pub key_id: KeyId,
    hash_data: [u8; 64],
    signature: Signature,
}

impl ParsedStatusList {
    /// Reads a signed list.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidCredential> {
        Self::from_value(strict_json::parse(bytes, STATUS_LIST_BYTES_MAX)?)
    }

    /// Reads a signed list that stands in another document.
    pub fn from_value(value: Value) -> Result<Self, InvalidCredential> {
        let detached = proof::detach(value, &[Cryptosuite::Jcs])?;
        let document = &detached.document;
        let form = |place: &str| InvalidCredential::Form(place.to_owned());
        let (list, encoded) = Self::read(document).ok_or_else(|| form("/"))?;
        if let Some(place) = first_difference(&list.render(&encoded), document) {
            return Err(InvalidCredential::Form(place));
        }
        let key_id = detached
            .verification_method
            .strip_prefix(&format!("{}#", list.did))
            .and_then(|key| key.parse().ok())
            .ok_or(InvalidCredential::VerificationMethod)?;
        Ok(Self {
            list,
            key_id,
            hash_data: detached.hash_data().map_err(|_| form("/"))?,
            signature: detached.signature,
        })
    }

    fn read(document: &Value) -> Option<(StatusList, String)> {
        let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str);
        let purpose = text("/credentialSubject/statusPurpose")?;
        let purpose = StatusPurpose::ALL
            .into_iter()
            .find(|p| p.name() == purpose)?;
        let number = text("/id")?.rsplit_once("/status/")?.1;
        let number = number.strip_suffix(&format!("-{}.json", purpose.name()))?;
        let encoded = text("/credentialSubject/encodedList")?.to_owned();
        let list = StatusList {
            did: text("/issuer")?.parse().ok()?,
            list: number.parse().ok()?,
            purpose,
            valid_from: parse_date_time(text("/validFrom")?)?,
            valid_until: parse_date_time(text("/validUntil")?)?,
            bits: StatusBits::decode(&encoded)?,
        };
        Some((list, encoded))
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        let key = self.key_id.public_key();
        key.verify(&self.hash_data, &self.signature)
    }
}

#[cfg(test)]
mod tests;
