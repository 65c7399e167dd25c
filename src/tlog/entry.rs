//! The public entry (公开条目): what the log shows of one event, and what its leaf hashes.
//!
//! Canonical bytes: compact JSON, exactly these members in this order, no white space.
//!
//! ```text
//! {"v":1,"type":T,"at":A,"digest":D}                                  ; any event
//! {"v":2,"type":T,"at":A,"digest":D,"credential":C,"key":K,"coats":S} ; certificate.issued, .reissued
//! {"v":1,"type":T,"at":A,"digest":D,"credential":C,"key":K}           ; the same, of JSON coats alone
//! {"v":1,"type":T,"at":A,"digest":D,"document":C}                     ; a published list
//!
//! T  event type: lower-case words joined by "_", two groups joined by "."; at most 64 characters
//! A  recorded_at, microseconds since 1970-01-01T00:00:00Z, an integer
//! D  payload_digest, BLAKE3, 64 lower-case hexadecimal digits
//! C  SHA-256 of the canonical (RFC 8785) unsigned credential, or of the published document's bytes
//! K  the issuer's key id: its Multikey, "z…"
//! S  {"NAME":H,…}: SHA-256 of the signed bytes of each coat that does not carry the whole credential,
//!    64 lower-case hexadecimal digits, by the coat's name, names ascending; 1 to 8 of them
//! ```
//! The leaf is SHA-256(0x00 ‖ these bytes). Frozen: another shape is another `v`. A reader
//! accepts exactly the bytes that a writer of the same content makes.

use super::leaf::{Hash, leaf_hash};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most bytes of an entry.
pub const ENTRY_BYTES_MAX: usize = 2048;
/// Most coats that an entry commits to apart.
const COATS_MAX: usize = 8;

/// What an entry commits to besides the event itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commitment {
    /// Nothing.
    None,
    /// A credential handed out: `certificate.issued` and `certificate.reissued`, and only they.
    Credential {
        /// SHA-256 of the canonical unsigned credential.
        digest: Hash,
        /// The issuer's key id.
        key: String,
        /// SHA-256 of the signed bytes of each coat that does not carry the whole credential, by
        /// the coat's name.
        coats: BTreeMap<String, Hash>,
    },
    /// SHA-256 of a published document: a status list, its details, the trust list.
    Document(Hash),
}

/// The public header of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEntry {
    /// Event type.
    pub event_type: String,
    /// `recorded_at`, microseconds UTC.
    pub at: i64,
    /// BLAKE3 of the event's payload.
    pub digest: Hash,
    /// What else it commits to.
    pub commitment: Commitment,
}

/// Bytes that are no canonical public entry, or content that cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a canonical public entry")]
pub struct InvalidEntry;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    v: u8,
    r#type: String,
    at: i64,
    digest: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credential: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    coats: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

impl PublicEntry {
    /// The canonical bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, InvalidEntry> {
        let issues = matches!(
            self.event_type.as_str(),
            "certificate.issued" | "certificate.reissued"
        );
        let mut wire = Wire {
            v: 1,
            r#type: self.event_type.clone(),
            at: self.at,
            digest: hex::encode(self.digest),
            credential: None,
            key: None,
            coats: None,
            document: None,
        };
        match &self.commitment {
            Commitment::None => {}
            Commitment::Credential { digest, key, coats } => {
                wire.credential = Some(hex::encode(digest));
                wire.key = Some(key.clone());
                if !coats.is_empty() {
                    let named = coats
                        .iter()
                        .map(|(name, it)| (name.clone(), hex::encode(it)));
                    wire.v = 2;
                    wire.coats = Some(named.collect());
                }
            }
            Commitment::Document(digest) => wire.document = Some(hex::encode(digest)),
        }
        let key_is_good = wire.key.as_deref().is_none_or(key_id_is_good);
        let coats_are_good = wire.coats.as_ref().is_none_or(coats_are_good);
        if issues != wire.credential.is_some()
            || !key_is_good
            || !coats_are_good
            || !type_is_good(&self.event_type)
        {
            return Err(InvalidEntry);
        }
        serde_json::to_vec(&wire).map_err(|_| InvalidEntry)
    }

    /// Reads canonical bytes, and only those.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidEntry> {
        if bytes.len() > ENTRY_BYTES_MAX {
            return Err(InvalidEntry);
        }
        let wire: Wire = serde_json::from_slice(bytes).map_err(|_| InvalidEntry)?;
        let commitment = match (wire.credential, wire.key, wire.document) {
            (None, None, None) => Commitment::None,
            (Some(digest), Some(key), None) => {
                let coats = wire.coats.unwrap_or_default();
                let coats = coats.into_iter().map(|(name, it)| Ok((name, hash(&it)?)));
                Commitment::Credential {
                    digest: hash(&digest)?,
                    key,
                    coats: coats.collect::<Result<_, InvalidEntry>>()?,
                }
            }
            (None, None, Some(document)) => Commitment::Document(hash(&document)?),
            _ => return Err(InvalidEntry),
        };
        let entry = Self {
            event_type: wire.r#type,
            at: wire.at,
            digest: hash(&wire.digest)?,
            commitment,
        };
        // Written again it has the one `v` of its shape.
        if entry.to_bytes()? == bytes {
            Ok(entry)
        } else {
            Err(InvalidEntry)
        }
    }

    /// Hash of the leaf that carries it.
    pub fn leaf_hash(&self) -> Result<Hash, InvalidEntry> {
        Ok(leaf_hash(&self.to_bytes()?))
    }
}

fn hash(text: &str) -> Result<Hash, InvalidEntry> {
    let bytes = hex::decode(text).map_err(|_| InvalidEntry)?;
    bytes.try_into().map_err(|_| InvalidEntry)
}

fn type_is_good(text: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase());
    let group = |g: &str| g.split('_').all(word);
    text.len() <= 64 && matches!(text.split_once('.'), Some((a, b)) if group(a) && group(b))
}

fn coats_are_good(coats: &BTreeMap<String, String>) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase());
    let name = |name: &String| name.len() <= 32 && name.split('-').all(part);
    (1..=COATS_MAX).contains(&coats.len()) && coats.keys().all(name)
}

fn key_id_is_good(text: &str) -> bool {
    text.len() <= 128 && text.starts_with('z') && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
