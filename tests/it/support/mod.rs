//! What several modules of tests build on.

pub mod issued;
pub mod ledger;
pub mod server;
