//! The conformance door: a server that speaks the simplified VC-API of the W3C test suites, over the
//! canonicalising, signing and verifying code of the product (`credential/vc/proof.rs`, `credential/rdf/`).
//!
//! It issues and verifies any well-formed credential, for a throw-away key under its `did:key`. It is for
//! test suites alone: behind the cargo feature `conformance`, never in a release build, and it knows no
//! ledger. What it signs says nothing about anybody.

#[cfg(not(debug_assertions))]
compile_error!(
    "the conformance door signs whatever it is handed: it has no place in a release build"
);

mod api;
mod digest;
mod model;
mod proof;
mod time;
mod tls;

pub use api::{Door, router};
pub use model::{Malformed, credential, presentation};
pub use time::date_time_stamp;
pub use tls::{Certified, serve};
