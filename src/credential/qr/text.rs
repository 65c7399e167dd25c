//! The text in the symbol: `HTTPS://HOST/V#` and the credential in digits.
//!
//! ```text
//! url     = "HTTPS://" HOST "/V#" payload       HOST in upper case; read in any case, V also as v
//! payload = "1" *group [last]                   "1" is the version of this encoding
//! group   = 17DIGIT                             7 bytes, big-endian
//! last    = 3 / 5 / 8 / 10 / 13 / 15 DIGIT      the last 1 / 2 / 3 / 4 / 5 / 6 bytes, big-endian
//! ```
//!
//! Digits, because ten bits hold three of them in a symbol (numeric mode): 7 bytes cost 56.7 bits,
//! where base45 costs 57.8 and base64 74.7. Capitals, because what stands before `#` then fits the
//! symbol's alphanumeric mode. A number of digits belongs to one number of bytes, and a group beyond its
//! bytes is refused, so bytes have one spelling.
//!
//! A browser sends nothing behind `#` to a server.

use super::QR_BYTES_MAX;

/// Digits for a last group of so many bytes.
const DIGITS: [usize; 8] = [0, 3, 5, 8, 10, 13, 15, 17];
const GROUP: usize = 7;
const VERSION: char = '1';
/// Most characters of a host with its port: what a [`Did`](crate::credential::Did) may have.
const HOST_MAX: usize = 259;
/// Most characters of a text that is read.
pub const TEXT_MAX: usize = "https:///V#1".len() + HOST_MAX + QR_BYTES_MAX.div_ceil(GROUP) * 17;

/// A text that holds no credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Neither an address as ours nor digits.
    #[error("not the text of a certificate's QR code")]
    Form,
    /// Another version of the encoding than this program reads.
    #[error("an encoding of another version")]
    Version,
    /// Digits that no bytes have.
    #[error("digits that stand for no bytes")]
    Digits,
}

/// The address for a symbol. `host` is `name` or `name:port`.
pub fn to_url(host: &str, bytes: &[u8]) -> String {
    let host = host.to_ascii_uppercase();
    format!("HTTPS://{host}/V#{}", to_payload(bytes))
}

/// The digits for `bytes`.
pub fn to_payload(bytes: &[u8]) -> String {
    let mut payload = String::from(VERSION);
    for group in bytes.chunks(GROUP) {
        let value = group.iter().fold(0_u64, |v, b| v << 8 | u64::from(*b));
        let width = DIGITS.get(group.len()).copied().unwrap_or_default();
        payload.push_str(&format!("{value:0width$}"));
    }
    payload
}

/// The bytes of a text that came out of a symbol: the address, or the digits alone. White space
/// around it is passed over.
pub fn from_text(text: &str) -> Result<Vec<u8>, InvalidText> {
    let text = text.trim_ascii();
    if text.len() > TEXT_MAX {
        return Err(InvalidText::Form);
    }
    from_payload(match text.split_once('#') {
        Some((address, payload)) if is_ours(address) => payload,
        Some(_) => return Err(InvalidText::Form),
        None => text,
    })
}

fn is_ours(address: &str) -> bool {
    let scheme = address.get(..8);
    let rest = address.get(8..).unwrap_or_default();
    let host = rest.strip_suffix("/V").or(rest.strip_suffix("/v"));
    let of_a_host = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
    scheme.is_some_and(|it| it.eq_ignore_ascii_case("https://"))
        && host.is_some_and(|it| (1..=HOST_MAX).contains(&it.len()) && it.bytes().all(of_a_host))
}

fn from_payload(payload: &str) -> Result<Vec<u8>, InvalidText> {
    if payload.is_empty() || !payload.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InvalidText::Form);
    }
    let digits = payload.strip_prefix(VERSION).ok_or(InvalidText::Version)?;
    let mut bytes = Vec::with_capacity(digits.len() / 17 * GROUP + GROUP);
    for group in digits.as_bytes().chunks(17) {
        let size = DIGITS.iter().position(|width| *width == group.len());
        let size = size.ok_or(InvalidText::Digits)?;
        let value = group
            .iter()
            .fold(0_u64, |v, d| v * 10 + u64::from(d - b'0'));
        if value >> (8 * size) != 0 {
            return Err(InvalidText::Digits);
        }
        bytes.extend_from_slice(&value.to_be_bytes()[8 - size..]);
    }
    Ok(bytes)
}
