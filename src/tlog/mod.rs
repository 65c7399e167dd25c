//! The transparency log (透明日志) as mathematics and text: RFC 6962 tree over tiles, C2SP
//! signed notes, checkpoints, cosignatures and proofs, paths of tiles and entry bundles, what a
//! witness decides, what a trust policy asks, and the public entry of each event.
//!
//! Nothing here signs, stores or fetches, and nothing knows the time. Signatures come and go
//! through functions the caller passes in, and tiles through [`merkle::Tiles`].

pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
pub mod entry;
pub mod leaf;
pub mod log_keys;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod proof;
pub mod tile_path;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use entry::PublicEntry;
pub use leaf::{Hash, leaf_hash, node_hash};
pub use note::{Note, NoteKey};
pub use policy::Policy;
pub use proof::TlogProof;

#[cfg(test)]
mod tests;
