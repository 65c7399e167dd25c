//! The newest of each signed list, as published.

use crate::domain::digest::Digest;
use crate::domain::ids::StreamId;
use serde::{Deserialize, Serialize};

/// The kind of register that keeps which document of each list was the newest between two
/// positions; the documents stand in the events.
pub const REGISTER: &str = "published";

/// What was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedKind {
    /// The signed trust list (信任列表).
    TrustList,
    /// A body's signed revocation list.
    Revocation,
    /// A body's signed suspension list.
    Suspension,
    /// The signed details by index.
    Details,
    /// A body's signed Token Status List.
    Token,
}

impl PublishedKind {
    /// The stable word, also in addresses: `revocation`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TrustList => "trust-list",
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
            Self::Details => "details",
            Self::Token => "token",
        }
    }
}

/// A published document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    /// What it is.
    pub kind: PublishedKind,
    /// The stream that published it: the authority's or a body's.
    pub owner: StreamId,
    /// Number of the status list; 0 for the trust list.
    pub list: u32,
    /// Position of the publication.
    pub position: u64,
    /// Every event up to this position is reflected in the document.
    pub as_of_position: u64,
    /// SHA-256 of the document.
    pub digest: Digest,
    /// The document.
    pub document: String,
}
