//! Documents as RDF: what `eddsa-rdfc-2022` signs instead of JSON.
//!
//! A certificate of ours has one shape and every node of it an id, so its canonical N-Quads
//! (RDFC-1.0) are its statements in order, written straight from the document: [`certificate`]. No
//! JSON-LD is processed and no context is read to issue or to verify one. What a JSON-LD processor
//! makes of the same documents is held against it in the tests; by that way too the conformance door,
//! which is in no release, reads documents of others.

pub mod certificate;
#[cfg(any(test, feature = "conformance"))]
pub mod contexts;
#[cfg(any(test, feature = "conformance"))]
pub mod general;
#[cfg(any(test, feature = "conformance"))]
pub mod guard;
pub mod nquads;

use serde_json::Value;

/// Which documents are read as RDF, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Certificates of ours, by their shapes.
    Certificate,
    /// Any document, by a JSON-LD processor behind its guard.
    #[cfg(any(test, feature = "conformance"))]
    General,
}

impl Reader {
    /// The canonical N-Quads of a document without its proof, and those of its proof configuration,
    /// which is read under the document's contexts. `None` for what is not read.
    pub fn n_quads(self, document: &Value, config: &Value) -> Option<(String, String)> {
        match self {
            Self::Certificate => {
                let config = certificate::proof_config(config).ok()?;
                Some((certificate::document(document).ok()?, config))
            }
            #[cfg(any(test, feature = "conformance"))]
            Self::General => {
                let mut config = config.clone();
                let members = config.as_object_mut()?;
                members.insert("@context".into(), document.get("@context")?.clone());
                let config = general::canonical(&config).ok()?;
                Some((general::canonical(document).ok()?, config))
            }
        }
    }
}

#[cfg(test)]
mod tests;
