//! Canonical bytes and the three hash chains: events, checkpoints, access journal.
//!
//! Every column stands in declaration order as an 8-byte big-endian length and that many bytes:
//! integers as 8 bytes big-endian, a stream id as its printed text, an id as its 16 bytes, an
//! absent column as length 0. No two rows have the same bytes. A chain value is BLAKE3 in
//! key-derivation mode, one context per chain, over the previous chain value and these bytes;
//! the first previous value is derived from the ledger's id.

use super::row::{Digest, Row};
use crate::domain::ids::{AccountId, LedgerId, SubjectId};
use crate::domain::time::Instant;
use std::sync::LazyLock;

const EVENT: &str = "skill-ledger 2026 event chain v1";
const CHECKPOINT: &str = "skill-ledger 2026 checkpoint chain v1";
const JOURNAL: &str = "skill-ledger 2026 access journal chain v1";

/// One of the ledger's three hash chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// The events (事件).
    Event,
    /// The signed checkpoints of the transparency log.
    Checkpoint,
    /// The access journal (查阅日志).
    Journal,
}

impl Chain {
    /// Every chain.
    pub const ALL: [Self; 3] = [Self::Event, Self::Checkpoint, Self::Journal];

    /// The word used in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Checkpoint => "checkpoint",
            Self::Journal => "journal",
        }
    }

    const fn context(self) -> &'static str {
        match self {
            Self::Event => EVENT,
            Self::Checkpoint => CHECKPOINT,
            Self::Journal => JOURNAL,
        }
    }

    /// The value before the first row of this chain in the ledger `ledger`.
    pub fn genesis(self, ledger: LedgerId) -> Digest {
        let mut hasher = blake3::Hasher::new_derive_key(self.context());
        let mut column = |bytes: &[u8]| {
            put(
                &mut |b| {
                    hasher.update(b);
                },
                bytes,
            )
        };
        column(b"genesis");
        column(ledger.0.as_bytes());
        *hasher.finalize().as_bytes()
    }

    fn next(self, previous: &Digest, columns: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Digest {
        // The context is hashed once, not once a row.
        static BEGUN: LazyLock<[blake3::Hasher; 3]> = LazyLock::new(|| {
            Chain::ALL.map(|chain| blake3::Hasher::new_derive_key(chain.context()))
        });
        let mut hasher = BEGUN[self as usize].clone();
        hasher.update(previous);
        columns(&mut |bytes| {
            hasher.update(bytes);
        });
        *hasher.finalize().as_bytes()
    }
}

/// One column: its length, then its bytes.
fn put(sink: &mut dyn FnMut(&[u8]), column: &[u8]) {
    sink(&(column.len() as u64).to_be_bytes());
    sink(column);
}

fn event_columns(row: &Row, sink: &mut dyn FnMut(&[u8])) {
    put(sink, &row.position.to_be_bytes());
    put(sink, row.stream.to_string().as_bytes());
    put(sink, &row.stream_version.to_be_bytes());
    put(sink, row.event_id.0.as_bytes());
    put(sink, row.event_type.as_bytes());
    put(sink, &u64::from(row.schema_version).to_be_bytes());
    put(sink, &row.recorded_at.0.to_be_bytes());
    put(sink, row.actor.0.as_bytes());
    put(sink, row.command_id.0.as_bytes());
    put(sink, &row.request_digest);
    match &row.causation {
        Some(id) => put(sink, id.0.as_bytes()),
        None => put(sink, &[]),
    }
    put(sink, &row.payload);
    put(sink, &row.payload_digest);
}

/// The canonical bytes of every column of `row` except `chain`.
pub fn event_bytes(row: &Row) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(400 + row.payload.len());
    event_columns(row, &mut |piece| bytes.extend_from_slice(piece));
    bytes
}

/// The chain value of `row` after `previous`; `row.chain` itself is not read.
pub fn event_chain(previous: &Digest, row: &Row) -> Digest {
    // In one piece: the hash takes whole blocks at once.
    let bytes = event_bytes(row);
    Chain::Event.next(previous, |sink| sink(&bytes))
}

/// BLAKE3 of a payload's bytes as stored.
pub fn payload_digest(payload: &[u8]) -> Digest {
    *blake3::hash(payload).as_bytes()
}

/// The chain value of a signed checkpoint after `previous`.
pub fn checkpoint_chain(
    previous: &Digest,
    tree_size: u64,
    previous_size: u64,
    note: &str,
    signed_at: Instant,
) -> Digest {
    Chain::Checkpoint.next(previous, |sink| {
        put(sink, &tree_size.to_be_bytes());
        put(sink, &previous_size.to_be_bytes());
        put(sink, note.as_bytes());
        put(sink, &signed_at.0.to_be_bytes());
    })
}

/// One look at a person's data (查阅记录). Pseudonyms and positions only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// Place in the journal, from 1, gapless.
    pub sequence: u64,
    /// When; never goes backwards.
    pub at: Instant,
    /// Who looked; `None` for the public look-up.
    pub actor: Option<AccountId>,
    /// What kind of look: `certificate-lookup`.
    pub kind: String,
    /// Whose data.
    pub subject: Option<SubjectId>,
    /// The event it was about.
    pub position: Option<u64>,
    /// BLAKE3 over the previous chain value and every column above.
    pub chain: Digest,
}

/// The chain value of a journal row after `previous`; `row.chain` itself is not read.
pub fn journal_chain(previous: &Digest, row: &JournalRow) -> Digest {
    Chain::Journal.next(previous, |sink| {
        put(sink, &row.sequence.to_be_bytes());
        put(sink, &row.at.0.to_be_bytes());
        match &row.actor {
            Some(id) => put(sink, id.0.as_bytes()),
            None => put(sink, &[]),
        }
        put(sink, row.kind.as_bytes());
        match &row.subject {
            Some(id) => put(sink, id.0.as_bytes()),
            None => put(sink, &[]),
        }
        match row.position {
            Some(position) => put(sink, &position.to_be_bytes()),
            None => put(sink, &[]),
        }
    })
}
