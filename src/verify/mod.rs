//! Verification (核验), offline: credential, proof and trust list in, a report out.
//!
//! Opens no database, follows no address found in a document, and says one of three things:
//! valid, invalid with the reason, could not check with what was missing. Every check stands on
//! its own line.

mod input;
mod known;
mod log_head;
mod pipeline;
mod presented;
mod report;
mod status;

pub use input::{Container, FILE_BYTES_MAX, Input, NoInput};
pub use known::{Known, Policy};
pub use pipeline::verify;
pub use presented::reference;
pub use report::{Check, CheckId, CheckResult, Outcome, Report, Shown};
