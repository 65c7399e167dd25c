//! Events to leaves, leaves to the tree, the tree to a signed checkpoint.
//!
//! Every event is one leaf, `leaf_index = position - 1`. The leaf hash is computed from the stored
//! bytes before anything is signed. A checkpoint is signed only by compare-and-swap on the last
//! one; the tree never shrinks and never contradicts what was signed.

pub mod advance;
pub mod entry;
pub mod proof;
pub mod published;

pub use advance::{Log, advance};
pub use entry::public_entry;
pub use proof::{proof, proofs};
pub use published::{consistency, published, root_at};

/// Why the log could not be advanced or read.
#[derive(Debug, thiserror::Error)]
pub enum SequencerError {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// A stored event cannot be read back.
    #[error(transparent)]
    Decode(#[from] crate::codec::registry::DecodeError),
    /// The log's key could not sign.
    #[error(transparent)]
    Sign(#[from] crate::keys::SignError),
    /// The tree's tiles contradict each other or are missing.
    #[error("the tree of the log cannot be read: {0}")]
    Tree(#[from] crate::tlog::merkle::TreeError),
    /// A stored checkpoint cannot be read or is not signed by the log's key.
    #[error("checkpoint of size {size}: {detail}")]
    Checkpoint {
        /// Its tree size.
        size: u64,
        /// What is wrong.
        detail: String,
    },
    /// The event at this position makes no public entry.
    #[error("event at position {0} makes no public entry")]
    Entry(u64),
    /// The last signed checkpoint covers more events than the ledger has: it was rolled back.
    #[error(
        "the log was signed at size {signed}, the ledger has {events} events: this is an older \
         copy of the ledger; nothing is signed. Restore the newest copy"
    )]
    RolledBack {
        /// Size of the last checkpoint.
        signed: u64,
        /// Events in the ledger.
        events: u64,
    },
    /// Somebody else signed in the meantime.
    #[error("another process signed a checkpoint of size {0}")]
    Conflict(u64),
    /// No checkpoint covers this position yet.
    #[error("no checkpoint covers position {0} yet")]
    NotCovered(u64),
}
