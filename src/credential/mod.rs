//! Credentials (凭证): one claim set in its coats, the status lists and details that follow it
//! through life, DID documents, and the trust list that a verifier pins.
//!
//! Everything here is bytes in, bytes out. Signing is in two halves: a `prepare` step gives the
//! bytes to sign, a `seal` step takes the signature, so that the key can be anywhere.

pub mod claims;
pub mod coat;
pub mod coats;
pub mod container;
pub mod did;
pub mod disclosed;
pub mod jwt;
pub mod qr;
pub mod rdf;
pub mod reference;
pub mod sd_jwt;
pub mod signed;
pub mod status_details;
pub mod status_list;
pub mod strict_json;
pub mod token_status_list;
pub mod trust_list;
pub mod vc;
pub mod wallet;

pub use claims::Claims;
pub use coat::Coat;
pub use coats::{Material, SealedCoat};
pub use did::Did;
pub use disclosed::Disclosed;
pub use reference::CredentialRef;

#[cfg(test)]
#[path = "../../tests/it/support/random_claims.rs"]
mod random_claims;
#[cfg(test)]
mod tests;
