//! The coat `qr`: a compact signed credential for a QR code (二维码), a CWT (RFC 8392) in a
//! COSE_Sign1 (RFC 9052), EdDSA with Ed25519.
//!
//! ```text
//! qr        = 18([ protected, {}, bstr .cbor claims, signature: bstr .size 64 ])
//! protected = bstr .cbor { 1: -8, 4: bstr .size 32, 16: 61 }   alg EdDSA, kid the public key, typ CWT
//! claims    = { 6: int, 7: bstr .size 16, -65537: certificate }  iat, cti the credential's id
//! ```
//!
//! What stands in `certificate` is in [`contents`], the whole CDDL in `docs/formats.md`.
//!
//! Refused though the RFCs allow it: the untagged form, anything in the unprotected header, another
//! algorithm, other claims, another order of map keys, integers and lengths not in their shortest
//! form, indefinite lengths, floating-point numbers, a key twice. The reader does not look for each of
//! these: it makes the bytes again from what it read, and only the same bytes are accepted
//! (deterministic encoding, RFC 8949 section 4.2.1).
//!
//! The credential's random id is in it and public nowhere else, so that a signature or a digest is
//! no test of a guess at the holder's name. Left out, because the symbol is small: standard, name of
//! the region, 统一社会信用代码, English names; see [`contents::Contents::lean`] for what more goes when texts are long.

pub(crate) mod attained;
mod contents;
mod issue;
mod parse;
pub mod symbol;
pub mod text;

pub use issue::{Prepared, Sealed, prepare};
pub use parse::{InvalidQr, ParsedQr};
pub use symbol::Symbol;

use std::borrow::Cow;

/// Most bytes of a COSE_Sign1 that is read.
pub const QR_BYTES_MAX: usize = 4096;
/// What a tagged COSE_Sign1 begins with: tag 18, an array of four.
pub const COSE_SIGN1: [u8; 2] = [0xd2, 0x84];

/// The COSE_Sign1 out of a file: the bytes themselves, or the text of a symbol.
pub fn bytes_of(file: &[u8]) -> Result<Cow<'_, [u8]>, text::InvalidText> {
    if file.starts_with(&COSE_SIGN1) {
        return Ok(Cow::Borrowed(file));
    }
    let text = std::str::from_utf8(file).map_err(|_| text::InvalidText::Form)?;
    text::from_text(text).map(Cow::Owned)
}

#[cfg(test)]
mod tests;
