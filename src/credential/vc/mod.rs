//! The coat `vc-json`: W3C Verifiable Credential 2.0 and Open Badge 3.0 in one document, proof
//! `eddsa-jcs-2022`, issuer `did:web`.

pub(crate) mod achievement;
pub mod jcs;
pub mod parse;
pub mod v2;

mod issue;

pub(crate) use achievement::{level_code, level_of};
pub use issue::{Prepared, Sealed, issue, prepare};
pub use parse::{InvalidCredential, ParsedCredential};

/// Most bytes of a credential.
pub const CREDENTIAL_BYTES_MAX: usize = 1 << 20;
