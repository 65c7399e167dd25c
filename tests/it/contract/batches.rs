//! Small batches for the contract suite: ids from numbers, payloads from words.

use skill_ledger::codec::batch::{Batch, NewEvent, NewSubject, Reservation, SealedRow};
use skill_ledger::codec::envelope;
use skill_ledger::domain::ids::*;
use skill_ledger::domain::time::Instant;
use uuid::Uuid;

/// The stream of worker `n`.
pub fn worker(n: u128) -> StreamId {
    WorkerId(Uuid::from_u128(n)).into()
}

/// The person `n`.
pub fn person(n: u128) -> SubjectId {
    SubjectId(Uuid::from_u128(n))
}

/// A batch of command `n` without events yet.
pub fn batch(n: u128) -> Batch {
    Batch {
        command_id: CommandId(Uuid::from_u128(n)),
        request_digest: [n as u8; 32],
        actor: AccountId(Uuid::from_u128(77)),
        now: Instant(1_000_000 * n as i64),
        expected: Vec::new(),
        events: Vec::new(),
        guards: Vec::new(),
        reservations: Vec::new(),
        subjects: Vec::new(),
        sealed: Vec::new(),
        erase: Vec::new(),
    }
}

/// The parts of a batch, added one by one.
pub trait With: Sized {
    /// `count` more events on `stream`, expected at `version` before the batch.
    fn writing(self, stream: StreamId, version: u64, count: usize) -> Self;
    /// A stream that must stand at `version`.
    fn guarding(self, stream: StreamId, version: u64) -> Self;
    /// A key taken by the batch's event `event`.
    fn reserving(self, key: &str, event: usize) -> Self;
    /// A person with the identity `identity`.
    fn enrolling(self, subject: SubjectId, identity: u8) -> Self;
    /// A sealed row.
    fn sealing(self, subject: SubjectId, field: &str, version: u32) -> Self;
}

impl With for Batch {
    fn writing(mut self, stream: StreamId, version: u64, count: usize) -> Self {
        self.expected.push((stream, version));
        for n in 0..count {
            let number = (self.command_id.0.as_u128() << 32) + self.events.len() as u128;
            let data = serde_json::json!({ "n": n });
            self.events.push(NewEvent {
                stream,
                event_id: EventId(Uuid::from_u128(number)),
                event_type: "worker.noted",
                schema_version: 1,
                causation: (n > 0).then(|| EventId(Uuid::from_u128(number - 1))),
                payload: envelope::encode(&data, number.to_be_bytes()).unwrap(),
            });
        }
        self
    }
    fn guarding(mut self, stream: StreamId, version: u64) -> Self {
        self.guards.push((stream, version));
        self
    }
    fn reserving(mut self, key: &str, event: usize) -> Self {
        let key = key.to_owned();
        self.reservations.push(Reservation { key, event });
        self
    }
    fn enrolling(mut self, subject: SubjectId, identity: u8) -> Self {
        self.subjects.push(NewSubject {
            subject,
            wrapped_key: vec![identity; 73],
            blind_index: Some([identity; 32]),
        });
        self
    }
    fn sealing(mut self, subject: SubjectId, field: &str, version: u32) -> Self {
        self.sealed.push(SealedRow {
            subject,
            field: field.to_owned(),
            version,
            nonce: [version as u8; 24],
            ciphertext: vec![version as u8; 60],
        });
        self
    }
}
