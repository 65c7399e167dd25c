//! The coat `sd-jwt-vc`: a certificate as SD-JWT VC (RFC 9901 and draft-ietf-oauth-sd-jwt-vc-25), of
//! which the holder chooses what to disclose.
//!
//! ```text
//! TOKEN "~" *( DISCLOSURE "~" )
//! ```
//!
//! TOKEN is a JWT ([`jwt`](super::jwt)) of type `dc+sd-jwt`, signed by the body's certificate key.
//! Its payload holds the claims that are always disclosed, `_sd` with exactly [`DIGESTS`] digests by
//! rising text, of disclosures and of decoys, and `_sd_alg`. Disclosures stand in the order of their
//! digests when we write them, and in any order when we read them: wallets order them as they like, and
//! the order says nothing. Each is canonical JSON with a salt of 128 bits. What is where is written in
//! `docs/formats.md`.
//!
//! Refused though allowed: the type `vc+sd-jwt` of old drafts, claims we do not issue (so `exp`,
//! `cnf`, `aud`), nested disclosures, key binding, the JSON serialisations, more than [`SD_JWT_BYTES_MAX`] bytes.

pub mod disclosure;
mod form;
mod issue;
mod metadata;
mod parse;
mod present;
mod salts;

pub use form::{Disclosable, vct};
pub use issue::{Prepared, Sealed, prepare};
pub use metadata::{jwt_vc_issuer, jwt_vc_issuer_path, type_metadata};
pub use parse::{InvalidSdJwt, ParsedSdJwt};
pub use present::{Preset, present};

use disclosure::Disclosure;

/// The media type of the token.
pub const TYP: &str = "dc+sd-jwt";
/// Most bytes of a presentation.
pub const SD_JWT_BYTES_MAX: usize = 32 * 1024;
/// How many digests every token has, so that their number tells nothing.
pub const DIGESTS: usize = 20;

/// A token and disclosures in compact form.
fn join<'a>(token: &str, disclosures: impl IntoIterator<Item = &'a Disclosure>) -> String {
    let mut compact = format!("{token}~");
    for disclosure in disclosures {
        compact.push_str(disclosure.as_str());
        compact.push('~');
    }
    compact
}

#[cfg(test)]
mod mutation_tests;
#[cfg(test)]
mod scores_tests;
#[cfg(test)]
mod tests;
