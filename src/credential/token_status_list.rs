//! The Token Status List (draft-ietf-oauth-status-list-21): the same truth as the two Bitstring
//! Status Lists of a number, for readers of tokens, signed by the same status key.
//!
//! A JWT ([`jwt`](super::jwt)) of type `statuslist+jwt` whose payload is exactly `iss` (the body's
//! URL), `sub` (the list's own), `iat`, `exp`, `ttl` and `status_list` = `{"bits":2,"lst":…}`: two
//! bits for each of 131,072 certificates, the first in the least significant bits of the first byte,
//! zlib, base64url. 0 is valid, 1 invalid (ended for good or superseded), 2 suspended.
//!
//! Both encodings come from one truth and differ in everything else: W3C counts from the most
//! significant bit and packs with gzip.
//!
//! Refused though allowed: other sizes and widths, the status 3, `aggregation_uri`, another `ttl`
//! than [`TTL_SECONDS`], an absent `iss`, `exp` or `ttl`, the CWT form, anything behind the zlib
//! stream.

use super::did::Did;
use super::jwt::{self, InvalidJwt, ParsedJwt};
use super::signed::SealError;
use super::status_list::{SIZE, STATUS_LIST_BYTES_MAX, StatusBits};
use super::vc::parse::first_difference;
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, Purpose, Signer};
use flate2::Compression;
use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use std::io::{Read, Write};

/// The media type of the token.
pub const TYP: &str = "statuslist+jwt";
/// How long a reader may keep a list before asking for a newer one.
pub const TTL_SECONDS: i64 = 3_600;
const BITS: usize = 2;
const BYTES: usize = SIZE as usize * BITS / 8;
/// Until the year 9999, as everywhere.
const SECONDS_MAX: i64 = 253_402_300_799;

/// What a list says of one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// 0x00
    Valid,
    /// 0x01: ended for good, or superseded.
    Invalid,
    /// 0x02: suspended for the time being (暂停).
    Suspended,
}

/// The statuses of one list.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenStatuses(Vec<u8>);

impl TokenStatuses {
    /// From the two bitstrings. What has ended is invalid, suspended or not.
    pub fn of(revoked: &StatusBits, suspended: &StatusBits) -> Self {
        let mut bytes = vec![0; BYTES];
        for index in 0..SIZE {
            let set = |bits: &StatusBits| bits.get(index) == Some(true);
            let status = match (set(revoked), set(suspended)) {
                (true, _) => 1,
                (false, true) => 2,
                (false, false) => continue,
            };
            write_status(&mut bytes, BITS, index as usize, status);
        }
        Self(bytes)
    }

    /// The status at an index; `None` beyond the list.
    pub fn get(&self, index: u32) -> Option<TokenStatus> {
        match read_status(&self.0, BITS, index as usize)? {
            0 => Some(TokenStatus::Valid),
            1 => Some(TokenStatus::Invalid),
            2 => Some(TokenStatus::Suspended),
            // Refused when it was read.
            _ => None,
        }
    }

    fn decode(lst: &str) -> Option<Self> {
        let bytes = inflate(lst, BYTES)?;
        let reserved = |byte: &u8| byte & (byte >> 1) & 0b0101_0101 != 0;
        (!bytes.iter().any(reserved)).then_some(Self(bytes))
    }
}

impl std::fmt::Debug for TokenStatuses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenStatuses(…)")
    }
}

/// The value at `index` of a list of `bits` bits a status, least significant first (section 4.1).
fn read_status(bytes: &[u8], bits: usize, index: usize) -> Option<u8> {
    let at = index.checked_mul(bits)?;
    let byte = bytes.get(at / 8)?;
    Some((byte >> (at % 8)) & mask(bits))
}

/// Writes a value that was zero; an index beyond the list is ignored.
fn write_status(bytes: &mut [u8], bits: usize, index: usize, status: u8) {
    let at = index * bits;
    if let Some(byte) = bytes.get_mut(at / 8) {
        *byte |= (status & mask(bits)) << (at % 8);
    }
}

const fn mask(bits: usize) -> u8 {
    (0xff_u16 >> (8 - bits)) as u8
}

/// `lst`: zlib at its best compression, base64url.
fn deflate(bytes: &[u8]) -> String {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to a Vec does not fail.
    let packed = zlib.write_all(bytes).and_then(|()| zlib.finish());
    jwt::base64url(packed.unwrap_or_default())
}

/// Exactly `size` bytes out of a `lst`.
fn inflate(lst: &str, size: usize) -> Option<Vec<u8>> {
    let packed = jwt::from_base64url(lst)?;
    let mut bytes = vec![0; size];
    let mut zlib = ZlibDecoder::new(packed.as_slice());
    zlib.read_exact(&mut bytes).ok()?;
    // The next read must find the checksum and the end of the stream.
    let ended = matches!(zlib.read(&mut [0]), Ok(0));
    (ended && zlib.into_inner().is_empty()).then_some(bytes)
}

/// One list with its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenStatusList {
    /// The body.
    pub did: Did,
    /// Number of the list, from 1.
    pub list: u32,
    /// The time the list is true at: whole seconds.
    pub valid_from: Instant,
    /// The time a newer one is to be had by: whole seconds.
    pub valid_until: Instant,
    /// The statuses.
    pub statuses: TokenStatuses,
}

impl TokenStatusList {
    /// Its address and subject.
    pub fn url(&self) -> String {
        self.did.token_status_list_url(self.list)
    }

    fn render(&self, lst: &str) -> Value {
        json!({
            "iss": self.did.url(),
            "sub": self.url(),
            "iat": self.valid_from.as_second(),
            "exp": self.valid_until.as_second(),
            "ttl": TTL_SECONDS,
            "status_list": {"bits": BITS, "lst": lst},
        })
    }

    /// The signed list, by the body's key of purpose `status`.
    pub fn sign(&self, signer: &dyn Signer) -> Result<String, SealError> {
        let payload = self.render(&deflate(&self.statuses.0));
        let input = jwt::signing_input(TYP, signer.key_id(), &payload)?;
        let signature = signer.sign(Purpose::Status, input.as_bytes())?;
        Ok(jwt::attach(&input, &signature))
    }
}

/// Why a text is no list of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTokenStatusList {
    /// The token is not of the expected form.
    #[error(transparent)]
    Jwt(#[from] InvalidJwt),
    /// A claim is missing, added or of another form. Names the place, in our own words only.
    #[error("not the form of a status list, at {0}")]
    Form(String),
}

/// A list whose form has been checked and whose signature has not.
#[derive(Clone, Debug)]
pub struct ParsedTokenStatusList {
    /// What it says.
    pub list: TokenStatusList,
    /// The key it says signed it.
    pub key_id: KeyId,
    jwt: ParsedJwt,
}

impl ParsedTokenStatusList {
    /// Reads a signed list.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidTokenStatusList> {
        let text = std::str::from_utf8(bytes).map_err(|_| InvalidJwt::Compact)?;
        let jwt = ParsedJwt::parse(text, TYP, STATUS_LIST_BYTES_MAX)?;
        let form = |place: &str| InvalidTokenStatusList::Form(place.to_owned());
        let (list, lst) = Self::read(&jwt.payload).ok_or_else(|| form("/"))?;
        if let Some(place) = first_difference(&list.render(&lst), &jwt.payload) {
            return Err(InvalidTokenStatusList::Form(place));
        }
        Ok(Self {
            list,
            key_id: jwt.key_id.clone(),
            jwt,
        })
    }

    fn read(payload: &Value) -> Option<(TokenStatusList, String)> {
        let text = |pointer: &str| payload.pointer(pointer).and_then(Value::as_str);
        let time = |member: &str| {
            let seconds = payload.get(member)?.as_i64()?;
            let fits = (0..=SECONDS_MAX).contains(&seconds);
            fits.then_some(Instant(seconds * 1_000_000))
        };
        let number = text("/sub")?.rsplit_once("/status/")?.1;
        let lst = text("/status_list/lst")?.to_owned();
        let list = TokenStatusList {
            did: Did::from_url(text("/iss")?)?,
            list: number.strip_suffix(".jwt")?.parse().ok()?,
            valid_from: time("iat")?,
            valid_until: time("exp")?,
            statuses: TokenStatuses::decode(&lst)?,
        };
        Some((list, lst))
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        self.jwt.verify_signature()
    }
}

#[cfg(test)]
mod tests;
