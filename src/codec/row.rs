//! One event as it is stored for ever, and the hash chain over every column of it.

use crate::domain::ids::{AccountId, CommandId, EventId, StreamId};
use crate::domain::time::Instant;

/// A BLAKE3 or SHA-256 value; which one, the field's comment says.
pub type Digest = [u8; 32];

/// One stored event (事件): every column of its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place in the whole ledger, from 1, gapless.
    pub position: u64,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Place in its stream, from 1, gapless.
    pub stream_version: u64,
    /// The event's own id, UUID v7.
    pub event_id: EventId,
    /// What happened: `certificate.issued`.
    pub event_type: String,
    /// The shape of the payload.
    pub schema_version: u16,
    /// When the store took it; never goes backwards; nothing is decided on it.
    pub recorded_at: Instant,
    /// Who acted.
    pub actor: AccountId,
    /// The command it came from.
    pub command_id: CommandId,
    /// BLAKE3 of the request, keyed where it may speak of a person.
    pub request_digest: Digest,
    /// The event this one answers to, if any.
    pub causation: Option<EventId>,
    /// `{"data":…,"salt":"…"}`, compact JSON; the bytes stored are the bytes hashed.
    pub payload: Vec<u8>,
    /// BLAKE3 of `payload`.
    pub payload_digest: Digest,
    /// BLAKE3 over the previous chain value and every column above.
    pub chain: Digest,
}

/// What of a stored event its leaf in the log is made from: a few of its columns, for whoever reads
/// many and needs no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafRow {
    /// As in [`Row`].
    pub position: u64,
    /// As in [`Row`].
    pub event_type: String,
    /// As in [`Row`].
    pub schema_version: u16,
    /// As in [`Row`].
    pub recorded_at: Instant,
    /// As in [`Row`].
    pub payload: Vec<u8>,
}

/// The same, of whichever it is read from.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// As in [`Row`].
    pub event_type: &'a str,
    /// As in [`Row`].
    pub schema_version: u16,
    /// As in [`Row`].
    pub recorded_at: Instant,
    /// As in [`Row`].
    pub payload: &'a [u8],
}

impl Row {
    /// What its leaf is made from.
    pub fn leaf(&self) -> Leaf<'_> {
        Leaf {
            event_type: &self.event_type,
            schema_version: self.schema_version,
            recorded_at: self.recorded_at,
            payload: &self.payload,
        }
    }
}

impl LeafRow {
    /// What the leaf is made from.
    pub fn leaf(&self) -> Leaf<'_> {
        Leaf {
            event_type: &self.event_type,
            schema_version: self.schema_version,
            recorded_at: self.recorded_at,
            payload: &self.payload,
        }
    }
}

impl From<Row> for LeafRow {
    fn from(row: Row) -> Self {
        Self {
            position: row.position,
            event_type: row.event_type,
            schema_version: row.schema_version,
            recorded_at: row.recorded_at,
            payload: row.payload,
        }
    }
}
