//! The oracle: holds what callers were told against what is stored, by the letter of the format
//! (docs/formats.md) and with none of the store's code.
//!
//! I1 an acknowledged event is there once, byte for byte; I2 one that was not is there whole or not
//! at all; I3 versions of a stream have no gap; I4 nor have positions, and recorded time never goes
//! back; I5 the chain is whole, ends at the head, and everything ever shown of it is part of it;
//! I6 no key is taken twice; I8 commands, keys and the vault are what the events say; I9 an answer
//! to a command never changes. (I7 and I10 speak of certificates: `inject_issue` holds to them.)

use super::LEDGER;
use super::journal::{Attempts, Journal, Word};
use super::stored::{Event, Sealed, Stored};
use super::tried::{ACTOR, Tried, person, stream};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Violations listed at most.
const LISTED: usize = 20;

/// What is wrong; empty if nothing is.
pub fn check(journal: &Journal, stored: &Stored) -> Vec<String> {
    let mut found = Violations::default();
    numbering(stored, &mut found);
    chain(stored, &mut found);
    shown(journal, stored, &mut found);
    let effects = effects(journal, stored, &mut found);
    for (command, attempts) in &journal.commands {
        told(*command, attempts, effects.get(command), &mut found);
    }
    beside(journal, stored, &effects, &mut found);
    found.0
}

#[derive(Default)]
struct Violations(Vec<String>);

impl Violations {
    fn add(&mut self, violation: String) {
        if self.0.len() < LISTED {
            self.0.push(violation);
        }
    }
    fn unless(&mut self, holds: bool, violation: impl FnOnce() -> String) {
        if !holds {
            self.add(violation());
        }
    }
}

fn numbering(stored: &Stored, found: &mut Violations) {
    let mut versions: HashMap<&str, i64> = HashMap::new();
    let mut ids = BTreeSet::new();
    let mut time = i64::MIN;
    for (n, event) in (1..).zip(&stored.events) {
        let at = event.position;
        found.unless(at == n, || {
            format!("I4: position {at} stands where {n} must")
        });
        found.unless(event.recorded_at >= time, || {
            format!("I4: time goes back at {at}")
        });
        time = event.recorded_at;
        let version = versions.entry(&event.stream_id).or_insert(0);
        *version += 1;
        found.unless(event.stream_version == *version, || {
            let (stream, is) = (&event.stream_id, event.stream_version);
            format!("I3: {stream} has version {is} where {version} must be, at {at}")
        });
        found.unless(ids.insert(&event.event_id), || {
            format!("I1: an event twice, at {at}")
        });
    }
}

/// One column of a chained row: its length, then its bytes.
fn column(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

fn genesis() -> Vec<u8> {
    let mut hasher = blake3::Hasher::new_derive_key("skill-ledger 2026 event chain v1");
    column(&mut hasher, b"genesis");
    column(&mut hasher, LEDGER.0.as_bytes());
    hasher.finalize().as_bytes().to_vec()
}

fn next(previous: &[u8], event: &Event) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new_derive_key("skill-ledger 2026 event chain v1");
    hasher.update(previous);
    for bytes in [
        &event.position.to_be_bytes()[..],
        event.stream_id.as_bytes(),
        &event.stream_version.to_be_bytes(),
        &event.event_id,
        event.event_type.as_bytes(),
        &event.schema_version.to_be_bytes(),
        &event.recorded_at.to_be_bytes(),
        &event.actor,
        &event.command_id,
        &event.request_digest,
        event.causation.as_deref().unwrap_or_default(),
        &event.payload,
        &event.payload_digest,
    ] {
        column(&mut hasher, bytes);
    }
    hasher.finalize().as_bytes().to_vec()
}

fn chain(stored: &Stored, found: &mut Violations) {
    let mut previous = genesis();
    for event in &stored.events {
        let at = event.position;
        let digest = blake3::hash(&event.payload);
        found.unless(event.payload_digest == digest.as_bytes(), || {
            format!("I5: the payload of {at} is not its digest's")
        });
        let expected = next(&previous, event);
        found.unless(event.chain == expected, || {
            format!("I5: the chain breaks at {at}")
        });
        previous = event.chain.clone();
    }
    let last = stored.events.last().map_or(0, |e| e.position);
    let (position, chain, _) = &stored.head;
    found.unless((*position, chain) == (last, &previous), || {
        format!("I5: the head says {position}, the last event is {last}")
    });
}

/// Whatever a reader was shown is still there.
fn shown(journal: &Journal, stored: &Stored, found: &mut Violations) {
    for (position, chain) in &journal.heads {
        let event = position
            .checked_sub(1)
            .map(|n| stored.events.get(n as usize));
        let same = event.is_none_or(|e| e.is_some_and(|e| hex::encode(&e.chain) == *chain));
        found.unless(same, || {
            format!("I5: a head of {position} that was read is gone")
        });
    }
    let kept: BTreeSet<_> = stored.checkpoints.iter().collect();
    for (size, note) in &journal.signed {
        let there = kept.contains(&(*size as i64, note.clone()));
        found.unless(there, || {
            format!("I5: the checkpoint of {size} events is gone")
        });
    }
}

/// The positions of every command that had an effect, whole and as it asked.
fn effects(
    journal: &Journal,
    stored: &Stored,
    found: &mut Violations,
) -> BTreeMap<Uuid, (u64, u64)> {
    let mut effects = BTreeMap::new();
    let mut time = i64::MIN;
    let mut events = &stored.events[..];
    while let Some(first) = events.first() {
        let same = events
            .iter()
            .take_while(|e| e.command_id == first.command_id);
        let (effect, later) = events.split_at(same.count());
        events = later;
        let at = first.position;
        let command = Uuid::from_slice(&first.command_id).unwrap();
        let last = effect.last().map_or(at, |e| e.position);
        let twice = effects.insert(command, (at as u64, last as u64));
        found.unless(twice.is_none(), || {
            format!("I1: {command} has two effects, at {at}")
        });
        match journal.commands.get(&command) {
            None => found.add(format!("I2: nobody asked for the event at {at}")),
            Some(Attempts { tried, .. }) => {
                found.unless(tried.events() as usize == effect.len(), || {
                    format!("I2: {command} is torn at {at}")
                });
                whole(tried, effect, found);
                let recorded = tried.now.max(time);
                let kept = effect.iter().all(|e| e.recorded_at == recorded);
                found.unless(kept, || format!("I4: {at} is not recorded at {recorded}"));
            }
        }
        time = effect.last().map_or(time, |e| e.recorded_at);
    }
    effects
}

fn whole(tried: &Tried, effect: &[Event], found: &mut Violations) {
    let streams = tried.writes.iter();
    let places = streams.flat_map(|(s, before, count)| {
        (1..=u64::from(*count)).map(move |n| (stream(*s).to_string(), (before + n) as i64))
    });
    for (n, (event, (stream, version))) in effect.iter().zip(places).enumerate() {
        let cause = (n > 0).then(|| tried.event_id(n - 1).as_bytes().to_vec());
        let same = event.stream_id == stream
            && event.stream_version == version
            && event.event_id == tried.event_id(n).as_bytes()
            && (event.event_type.as_str(), event.schema_version) == ("worker.noted", 1)
            && event.actor == ACTOR.as_bytes()
            && event.request_digest == tried.digest()
            && event.causation == cause
            && event.payload == tried.payload(n);
        found.unless(same, || {
            format!("I1: {} is not as it was asked", event.position)
        });
    }
}

/// Every answer to a command against its effect.
fn told(command: Uuid, attempts: &Attempts, effect: Option<&(u64, u64)>, found: &mut Violations) {
    let mut acks = 0;
    let mut open = false;
    for word in &attempts.words {
        match word {
            Word::Ack(first, last) | Word::Was(first, last) => match effect {
                None => found.add(format!(
                    "I1: {command} was acknowledged at {first} and is lost"
                )),
                Some(is) => found.unless(*is == (*first, *last), || {
                    format!("I9: {command} was told {first}..={last} and is at {is:?}")
                }),
            },
            Word::No | Word::Maybe => {}
        }
        match word {
            Word::Ack(..) => acks += 1,
            Word::Was(..) => found.unless(acks > 0 || open, || {
                format!("I9: {command} was done when every answer said it was not")
            }),
            Word::No => found.unless(acks == 0, || {
                format!("I9: {command} was acknowledged, then refused")
            }),
            Word::Maybe => open = true,
        }
    }
    found.unless(acks <= 1, || {
        format!("I9: {command} was appended {acks} times")
    });
    let refused = acks == 0 && !open;
    found.unless(!refused || effect.is_none(), || {
        format!("I9: {command} was told that nothing is stored, and is at {effect:?}")
    });
}

/// Commands, keys and the vault, replayed from the events.
fn beside(
    journal: &Journal,
    stored: &Stored,
    effects: &BTreeMap<Uuid, (u64, u64)>,
    found: &mut Violations,
) {
    let mut in_order: Vec<_> = effects.iter().collect();
    in_order.sort_by_key(|(_, (first, _))| *first);
    let mut commands = Vec::new();
    let mut keys = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    let mut sealed = BTreeMap::new();
    for (command, (first, last)) in in_order {
        let Some(Attempts { tried, .. }) = journal.commands.get(command) else {
            continue;
        };
        commands.push((
            command.as_bytes().to_vec(),
            tried.digest().to_vec(),
            *first,
            *last,
        ));
        for (key, event) in &tried.keys {
            let earlier = keys.insert(key.clone(), (*first as i64) + *event as i64);
            found.unless(earlier.is_none(), || format!("I6: {key} is taken twice"));
        }
        for who in &tried.people {
            let new = tried.subject(*who);
            let row = (new.wrapped_key, new.blind_index.map(|i| i.to_vec()));
            subjects.insert(person(*who).0.as_bytes().to_vec(), row);
        }
        for (who, field, version) in &tried.sealed {
            let row = tried.row(*who, field, *version);
            let row = Sealed {
                subject: row.subject.0.as_bytes().to_vec(),
                field: row.field,
                version: row.version.into(),
                nonce: row.nonce.to_vec(),
                ciphertext: row.ciphertext,
            };
            sealed.insert((row.subject.clone(), row.field.clone()), row);
        }
        for who in &tried.erase {
            let id = person(*who).0.as_bytes().to_vec();
            subjects.remove(&id);
            sealed.retain(|(subject, _), _| *subject != id);
        }
    }
    let kept = stored.commands.iter().map(|c| {
        let places = (c.first_position as u64, c.last_position as u64);
        (
            c.command_id.clone(),
            c.request_digest.clone(),
            places.0,
            places.1,
        )
    });
    found.unless(kept.eq(commands), || {
        "I8: commands are not what the events say".into()
    });
    let kept: BTreeMap<_, _> = stored.keys.iter().cloned().collect();
    found.unless(kept == keys, || {
        "I8: keys are not what the events say".into()
    });
    let kept = stored.subjects.iter().cloned();
    let kept: BTreeMap<_, _> = kept.map(|(who, key, index)| (who, (key, index))).collect();
    found.unless(kept == subjects, || {
        "I8: persons are not what the events say".into()
    });
    let mut kept = stored.sealed.clone();
    kept.sort();
    let mut sealed: Vec<_> = sealed.into_values().collect();
    sealed.sort();
    found.unless(kept == sealed, || {
        "I8: sealed rows are not what the events say".into()
    });
}
