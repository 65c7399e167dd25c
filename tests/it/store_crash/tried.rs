//! One command of the workload: everything its batch is made of, rebuilt from its line in the
//! journal.

use serde::{Deserialize, Serialize};
use skill_ledger::codec::batch::{Batch, NewEvent, NewSubject, Reservation, SealedRow};
use skill_ledger::codec::envelope;
use skill_ledger::domain::digest::SealedDigest;
use skill_ledger::domain::ids::*;
use skill_ledger::domain::time::Instant;
use uuid::Uuid;

pub const ACTOR: Uuid = Uuid::from_u128(77);

/// What an event says, for the store's audit.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Data {
    pub keys: Vec<String>,
    pub sealed: Vec<SealedDigest>,
    pub erased: Vec<SubjectId>,
    pub filling: String,
}

/// One command: everything its batch is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tried {
    pub command: Uuid,
    /// The caller's clock.
    pub now: i64,
    /// Streams: number, version before, events.
    pub writes: Vec<(u64, u64, u32)>,
    /// Streams guarded: number, version.
    pub guards: Vec<(u64, u64)>,
    /// Keys, each with the index of its event.
    pub keys: Vec<(String, usize)>,
    /// New persons.
    pub people: Vec<u64>,
    /// Sealed rows: person, field, version.
    pub sealed: Vec<(u64, String, u32)>,
    /// Persons erased.
    pub erase: Vec<u64>,
}

pub fn stream(n: u64) -> StreamId {
    WorkerId(Uuid::from_u128(u128::from(n))).into()
}
pub fn person(n: u64) -> SubjectId {
    SubjectId(Uuid::from_u128(u128::from(n)))
}

/// 32 bytes for each (command, what).
fn derived(command: Uuid, what: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(command.as_bytes());
    hasher.update(what.as_bytes());
    *hasher.finalize().as_bytes()
}

fn short<const N: usize>(bytes: [u8; 32]) -> [u8; N] {
    std::array::from_fn(|n| bytes[n])
}

impl Tried {
    pub fn events(&self) -> u32 {
        self.writes.iter().map(|(_, _, count)| count).sum()
    }
    pub fn digest(&self) -> [u8; 32] {
        derived(self.command, "request")
    }
    pub fn event_id(&self, n: usize) -> Uuid {
        Uuid::from_bytes(short(derived(self.command, &format!("event {n}"))))
    }
    pub fn subject(&self, n: u64) -> NewSubject {
        NewSubject {
            subject: person(n),
            wrapped_key: derived(self.command, &format!("key {n}")).repeat(2),
            blind_index: Some(derived(self.command, &format!("index {n}"))),
        }
    }
    pub fn row(&self, n: u64, field: &str, version: u32) -> SealedRow {
        SealedRow {
            subject: person(n),
            field: field.to_owned(),
            version,
            nonce: short(derived(self.command, &format!("nonce {n} {field}"))),
            ciphertext: derived(self.command, &format!("sealed {n} {field}")).repeat(3),
        }
    }
    /// The payload of event `n`; the first says everything that is beside the events.
    pub fn payload(&self, n: usize) -> Vec<u8> {
        let mut data = Data::default();
        let taken = self.keys.iter().filter(|(_, event)| *event == n);
        data.keys = taken.map(|(key, _)| key.clone()).collect();
        if n == 0 {
            let rows = self.sealed.iter();
            let rows = rows.map(|(who, field, version)| self.row(*who, field, *version).named());
            let people = self.people.iter().map(|who| self.subject(*who).named());
            data.sealed = rows.chain(people).collect();
            data.erased = self.erase.iter().map(|who| person(*who)).collect();
        }
        let bytes = derived(self.command, &format!("filling {n}"));
        data.filling = hex::encode(bytes).repeat(usize::from(bytes[0] % 8));
        envelope::encode(&data, short(derived(self.command, &format!("salt {n}")))).unwrap()
    }

    pub fn batch(&self) -> Batch {
        let streams = self.writes.iter();
        let streams = streams.flat_map(|(s, _, count)| (0..*count).map(|_| stream(*s)));
        let event = |(n, stream): (usize, StreamId)| NewEvent {
            stream,
            event_id: EventId(self.event_id(n)),
            event_type: "worker.noted",
            schema_version: 1,
            causation: (n > 0).then(|| EventId(self.event_id(n - 1))),
            payload: self.payload(n),
        };
        let keys = self.keys.iter().map(|(key, event)| Reservation {
            key: key.clone(),
            event: *event,
        });
        let sealed = self.sealed.iter();
        Batch {
            command_id: CommandId(self.command),
            request_digest: self.digest(),
            actor: AccountId(ACTOR),
            now: Instant(self.now),
            expected: self.writes.iter().map(|w| (stream(w.0), w.1)).collect(),
            events: streams.enumerate().map(event).collect(),
            guards: self.guards.iter().map(|g| (stream(g.0), g.1)).collect(),
            reservations: keys.collect(),
            subjects: self.people.iter().map(|who| self.subject(*who)).collect(),
            sealed: sealed
                .map(|(who, field, v)| self.row(*who, field, *v))
                .collect(),
            erase: self.erase.iter().map(|who| person(*who)).collect(),
        }
    }
}
