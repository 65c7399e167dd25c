//! The coats `vc-json` and `vc-json-rdfc`: W3C Verifiable Credential 2.0 and Open Badge 3.0 in one
//! document, issuer `did:web`, one proof each: `eddsa-jcs-2022` or `eddsa-rdfc-2022`. And
//! `vc-json-scores`, a document of its own that shows the scores too.

pub(crate) mod achievement;
pub mod parse;
pub mod proof;
pub mod v2;

mod issue;
pub(crate) mod result;

pub(crate) use achievement::{level_code, level_of};
pub use issue::{Prepared, Sealed, issue, issue_rdfc, prepare, prepare_rdfc};
pub use parse::{InvalidCredential, ParsedCredential};

/// Most bytes of a credential.
pub const CREDENTIAL_BYTES_MAX: usize = 1 << 20;

#[cfg(test)]
pub(super) mod tests;
