//! The row that the bare drivers write: every column of the product's event, with the same keys
//! on it and nothing else. Its digests are given, not computed.

use crate::event::{self, Event};
use uuid::Uuid;

/// One row; its position is given by the writer.
#[derive(Debug)]
pub struct BareRow {
    /// `worker/…`.
    pub stream: String,
    /// From 1.
    pub version: i64,
    /// UUID v7.
    pub event: Uuid,
    /// UUID v7.
    pub command: Uuid,
    /// Stands for each of the three digests.
    pub digest: [u8; 32],
    /// 600 bytes.
    pub payload: String,
}

/// Who acts, in every row.
pub const ACTOR: Uuid = Uuid::from_u128(77);
/// When, in every row.
pub const AT: i64 = 1_795_000_000_000_000;

impl BareRow {
    /// The row of an event.
    pub fn of(event: &Event) -> Self {
        let mut digest = [0; 32];
        for (place, part) in digest.chunks_mut(8).enumerate() {
            let word = event::scattered(event.n + place as u64);
            part.copy_from_slice(&word.to_be_bytes());
        }
        Self {
            stream: stream(event.stream),
            version: event.version as i64,
            event: event::event_id(event.n),
            command: event::command_id(event.n),
            digest,
            payload: event::payload(event.n),
        }
    }
}

/// The id of a stream as it is stored.
pub fn stream(number: u64) -> String {
    format!("worker/{}", event::stream_id(number))
}
