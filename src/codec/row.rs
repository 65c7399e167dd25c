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
