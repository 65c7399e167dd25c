//! What one append carries: events of several streams, guards, reservations and vault rows,
//! all committed together or not at all.

use super::row::Digest;
use crate::domain::digest::SealedDigest;
use crate::domain::ids::{AccountId, CommandId, EventId, StreamId, SubjectId};
use crate::domain::time::Instant;

/// An event on its way into the store, encoded and salted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The stream it goes to.
    pub stream: StreamId,
    /// Its own id.
    pub event_id: EventId,
    /// What happened.
    pub event_type: &'static str,
    /// The shape of the payload.
    pub schema_version: u16,
    /// The event it answers to, if any.
    pub causation: Option<EventId>,
    /// `{"data":…,"salt":"…"}`.
    pub payload: Vec<u8>,
}

/// A key taken for ever in the commit that carries it: a certificate number, say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// `number:Y0001…`; the part before the colon says what kind of key.
    pub key: String,
    /// Index into [`Batch::events`] of the event that takes it.
    pub event: usize,
}

/// A sealed piece of personal data. The store keeps it and cannot open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRow {
    /// Whose.
    pub subject: SubjectId,
    /// What: `identity`, `contact`, `credential:<certificate>`.
    pub field: String,
    /// Version of this field, from 1.
    pub version: u32,
    /// XChaCha20-Poly1305 nonce.
    pub nonce: [u8; 24],
    /// Ciphertext and tag, bound to (subject, field, version).
    pub ciphertext: Vec<u8>,
}

impl SealedRow {
    /// BLAKE3 over every column, length-prefixed: what the event beside it commits to.
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new_derive_key("skill-ledger 2026 sealed row v1");
        hasher.update(self.subject.0.as_bytes());
        hasher.update(&(self.field.len() as u64).to_be_bytes());
        hasher.update(self.field.as_bytes());
        hasher.update(&self.version.to_be_bytes());
        hasher.update(&self.nonce);
        hasher.update(&(self.ciphertext.len() as u64).to_be_bytes());
        hasher.update(&self.ciphertext);
        *hasher.finalize().as_bytes()
    }

    /// What the event beside it says of this row.
    pub fn named(&self) -> SealedDigest {
        SealedDigest {
            subject: self.subject,
            field: self.field.clone(),
            version: self.version,
            digest: crate::domain::digest::Digest(self.digest()),
        }
    }
}

/// A person new to the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSubject {
    /// The pseudonym.
    pub subject: SubjectId,
    /// The person's data key, wrapped by the ledger's key-encryption key.
    pub wrapped_key: Vec<u8>,
    /// Keyed BLAKE3 of the normalised document number; UNIQUE in the vault. `None` for staff.
    pub blind_index: Option<Digest>,
}

impl NewSubject {
    /// The field, version 1, under which an event names [`NewSubject::digest`] among its sealed
    /// digests. No sealed row has this field.
    pub const FIELD: &str = "subject";

    /// BLAKE3 over every column, length-prefixed. Kept in the row; where the event that makes the
    /// person known names it too, the log commits to the wrapped key and the blind index.
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new_derive_key("skill-ledger 2026 vault subject v1");
        hasher.update(self.subject.0.as_bytes());
        hasher.update(&(self.wrapped_key.len() as u64).to_be_bytes());
        hasher.update(&self.wrapped_key);
        match &self.blind_index {
            Some(index) => hasher.update(&32u64.to_be_bytes()).update(index),
            None => hasher.update(&0u64.to_be_bytes()),
        };
        *hasher.finalize().as_bytes()
    }

    /// What the event that makes the person known says of this row, beside the sealed rows.
    pub fn named(&self) -> SealedDigest {
        SealedDigest {
            subject: self.subject,
            field: Self::FIELD.to_owned(),
            version: 1,
            digest: crate::domain::digest::Digest(self.digest()),
        }
    }
}

/// One all-or-nothing append. At most [`Batch::EVENTS_MAX`] events and [`Batch::BYTES_MAX`] bytes.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The command; taken once.
    pub command_id: CommandId,
    /// Digest of the request; the same command id with another digest is a conflict.
    pub request_digest: Digest,
    /// Who acts.
    pub actor: AccountId,
    /// The caller's clock; the store records `max(now, last)`.
    pub now: Instant,
    /// Version each written stream must have before this append; 0 = no such stream yet.
    pub expected: Vec<(StreamId, u64)>,
    /// The events in the order they take positions.
    pub events: Vec<NewEvent>,
    /// Streams read for the decision and not written: stale if they moved.
    pub guards: Vec<(StreamId, u64)>,
    /// Keys taken for ever.
    pub reservations: Vec<Reservation>,
    /// People new to the vault.
    pub subjects: Vec<NewSubject>,
    /// Their sealed data.
    pub sealed: Vec<SealedRow>,
    /// People whose key, index and sealed rows are destroyed in this commit (erasure, 删除个人信息).
    pub erase: Vec<SubjectId>,
}

impl Batch {
    /// Most events of one append.
    pub const EVENTS_MAX: usize = 25_000;
    /// Most payload and vault bytes of one append.
    pub const BYTES_MAX: usize = 128 << 20;
}

/// What became of an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendOutcome {
    /// Stored; the positions taken are `first..=last`.
    Appended {
        /// Position of the first event.
        first: u64,
        /// Position of the last event.
        last: u64,
    },
    /// A stream is not at the expected version: load again, decide again.
    Conflict {
        /// The stream that moved.
        stream: StreamId,
        /// Its version now.
        actual: u64,
    },
    /// Reserved keys that belong to earlier events.
    KeyTaken(Vec<KeyTaken>),
    /// Document numbers that belong to known people: use their pseudonyms.
    IdentityTaken(Vec<IdentityTaken>),
    /// This command was done before, with these positions.
    AlreadyDone {
        /// Position of its first event.
        first: u64,
        /// Position of its last event.
        last: u64,
    },
    /// This command id was used for another request.
    CommandIdReused,
}

/// A reservation that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTaken {
    /// The key.
    pub key: String,
    /// The position of the event that took it.
    pub position: u64,
}

/// A person the vault already knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityTaken {
    /// The index that was offered.
    pub blind_index: Digest,
    /// The pseudonym it belongs to.
    pub subject: SubjectId,
}
