//! Use cases: one file per verb of the trade, and the only room with clock, randomness and keys
//! in hand. What a use case decides, a decider decides; what it stores, one append stores.

pub mod accounts;
pub mod actor;
pub mod audit;
pub mod background;
pub mod bodies;
pub mod catalogue;
pub mod certificates;
pub mod chance;
pub mod clock;
pub mod desk;
pub mod document;
mod draft;
pub mod eligibility;
pub mod error;
pub mod events;
mod execute;
pub mod export;
mod files;
pub mod import_results;
pub mod import_rows;
pub mod initialise;
pub mod input;
pub mod issue_certificates;
pub mod ledger;
pub mod look_up;
pub mod number_grammars;
pub mod operation;
pub mod operations;
pub mod people;
pub mod policies;
pub mod proposals;
pub mod public;
pub mod publish;
pub mod queries;
pub mod query;
pub mod recognition;
pub mod recognitions;
mod register;
pub mod registers;
pub mod reissue;
mod seal;
pub mod sessions;
mod signed_head;
pub mod staff;
#[cfg(test)]
mod tests;
pub mod training;
mod trust;
pub mod whom;

pub use actor::Actor;
pub use error::AppError;
pub use ledger::Ledger;
