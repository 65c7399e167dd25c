//! What several modules of tests build on.

pub mod clock;
pub mod issued;
pub mod ledger;
pub mod outside;
pub mod picture;
pub mod postgres;
pub mod program;
pub mod random_claims;
pub mod server;
pub mod sheet;
