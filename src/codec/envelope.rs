//! The payload of an event: `{"data":…,"salt":"<32 hex digits>"}`.
//!
//! Compact JSON, these two members in this order, nothing before, between or after. The salt is
//! 16 random bytes, so that a payload's digest reveals nothing about its data. Refused though
//! legal JSON: white space around members, another order, other or repeated members, upper-case
//! hexadecimal digits. The bytes written are the bytes stored and hashed; nothing is serialised
//! again to check it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Random bytes that keep a payload's digest from being guessed.
pub type Salt = [u8; 16];

/// Most bytes of one payload.
pub const PAYLOAD_BYTES_MAX: usize = 1 << 20;

#[derive(Serialize)]
struct Written<'a, T> {
    data: &'a T,
    salt: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(borrow)]
    salt: std::borrow::Cow<'a, str>,
}

/// An opened payload; `data` borrows the bytes as stored.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// The event's data, JSON.
    pub data: &'a RawValue,
    /// The salt.
    pub salt: Salt,
}

/// Data that cannot be written as a payload.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The data does not serialise: a program error.
    #[error("the data of the event does not serialise: {0}")]
    Serialise(#[from] serde_json::Error),
    /// More than [`PAYLOAD_BYTES_MAX`].
    #[error("the payload has {0} bytes, the most is {PAYLOAD_BYTES_MAX}")]
    TooLong(usize),
}

/// Bytes that are no payload.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEnvelope {
    /// More than [`PAYLOAD_BYTES_MAX`].
    #[error("the payload has {0} bytes, the most is {PAYLOAD_BYTES_MAX}")]
    TooLong(usize),
    /// Not a JSON object of `data` and `salt`.
    #[error("the payload is not an object of data and salt")]
    NotJson,
    /// The salt is not 32 lower-case hexadecimal digits.
    #[error("the salt is not 32 hexadecimal digits")]
    BadSalt,
    /// JSON, but not in the one compact form.
    #[error("the payload is not in its one compact form")]
    NotCompact,
}

/// The payload of `data`.
pub fn encode<T: Serialize>(data: &T, salt: Salt) -> Result<Vec<u8>, EncodeError> {
    let written = Written {
        data,
        salt: hex::encode(salt),
    };
    let payload = serde_json::to_vec(&written)?;
    if payload.len() > PAYLOAD_BYTES_MAX {
        return Err(EncodeError::TooLong(payload.len()));
    }
    Ok(payload)
}

/// Opens a payload; its data is not read further.
pub fn open(payload: &[u8]) -> Result<Opened<'_>, NotAnEnvelope> {
    if payload.len() > PAYLOAD_BYTES_MAX {
        return Err(NotAnEnvelope::TooLong(payload.len()));
    }
    let read: Read<'_> = serde_json::from_slice(payload).map_err(|_| NotAnEnvelope::NotJson)?;
    let mut salt = Salt::default();
    hex::decode_to_slice(read.salt.as_bytes(), &mut salt).map_err(|_| NotAnEnvelope::BadSalt)?;
    let text = hex::encode(salt);
    let pieces: [&[u8]; 5] = [
        b"{\"data\":",
        read.data.get().as_bytes(),
        b",\"salt\":\"",
        text.as_bytes(),
        b"\"}",
    ];
    let rest = pieces
        .into_iter()
        .try_fold(payload, |rest, piece| rest.strip_prefix(piece));
    if rest != Some(&[]) {
        return Err(NotAnEnvelope::NotCompact);
    }
    Ok(Opened {
        data: read.data,
        salt,
    })
}
