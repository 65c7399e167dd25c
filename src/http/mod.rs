//! The JSON API and the static documents.
//!
//! Nothing is decided in a handler: each reads bounded input, asks one use case and shows the
//! answer. No address, log line or error holds what a person typed.

pub mod cached;
pub mod documents;
pub mod limits;
pub mod listen;
pub mod problem;
pub mod router;
pub mod secure;
pub mod v1;
pub mod witness;

pub use limits::Limits;
pub use problem::Problem;
pub use router::router;

use crate::app::ledger::Ledger;
use std::sync::Arc;

/// What every handler holds: the open ledger and the documents kept ready.
#[derive(Clone)]
pub struct Served {
    /// The ledger.
    pub ledger: Arc<Ledger>,
    /// The trust list file and what verification takes from it.
    pub documents: Arc<cached::DocumentsCache>,
}

impl Served {
    /// Serves this ledger.
    pub fn new(ledger: Arc<Ledger>) -> Self {
        Self {
            ledger,
            documents: Arc::default(),
        }
    }
}
