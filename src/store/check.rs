//! The contract of a batch, held to before any engine is asked anything.

use super::StoreError;
use crate::codec::batch::{Batch, NewSubject};
use crate::codec::envelope::PAYLOAD_BYTES_MAX;
use std::collections::HashSet;

/// Most bytes of a reservation's key or a sealed row's field.
const KEY_BYTES_MAX: usize = 200;
/// Most bytes of an event type.
const TYPE_BYTES_MAX: usize = 64;

/// The batch's own contract, before the engine is asked anything.
pub(super) fn check(batch: &Batch) -> Result<(), StoreError> {
    let ensure = |holds: bool, why| holds.then_some(()).ok_or(StoreError::Malformed(why));
    let events = batch.events.len();
    ensure(events > 0, "a batch has at least one event")?;
    ensure(events <= Batch::EVENTS_MAX, "too many events")?;
    let lists = [
        batch.expected.len() + batch.guards.len(),
        batch.reservations.len(),
        batch.subjects.len(),
        batch.sealed.len(),
        batch.erase.len(),
    ];
    let lists_fit = lists.into_iter().all(|n| n <= 4 * Batch::EVENTS_MAX);
    ensure(lists_fit, "too many rows beside the events")?;
    let bytes = batch.events.iter().map(|e| e.payload.len()).sum::<usize>()
        + batch
            .sealed
            .iter()
            .map(|s| s.ciphertext.len())
            .sum::<usize>()
        + batch
            .subjects
            .iter()
            .map(|s| s.wrapped_key.len())
            .sum::<usize>();
    ensure(bytes <= Batch::BYTES_MAX, "too many bytes")?;
    let versions = batch.expected.iter().chain(&batch.guards);
    let versions_fit = versions.into_iter().all(|(_, v)| *v <= u64::from(u32::MAX));
    ensure(versions_fit, "a version out of range")?;

    let mut written = HashSet::new();
    for (stream, _) in &batch.expected {
        ensure(written.insert(*stream), "a stream is expected twice")?;
    }
    for event in &batch.events {
        ensure(
            written.contains(&event.stream),
            "a written stream has no expected version",
        )?;
        let named = (1..=TYPE_BYTES_MAX).contains(&event.event_type.len());
        ensure(
            named && event.schema_version > 0,
            "an event without type or version",
        )?;
        ensure(
            event.payload.len() <= PAYLOAD_BYTES_MAX,
            "a payload is too long",
        )?;
    }
    let mut keys = HashSet::new();
    for reservation in &batch.reservations {
        ensure(
            reservation.event < events,
            "a reservation without its event",
        )?;
        let fits = (1..=KEY_BYTES_MAX).contains(&reservation.key.len());
        ensure(fits, "a reservation's key is empty or too long")?;
        ensure(keys.insert(&reservation.key), "a key is reserved twice")?;
    }
    let mut people = HashSet::new();
    let mut indexes = HashSet::new();
    for new in &batch.subjects {
        ensure(people.insert(new.subject), "a person is new twice")?;
        let fresh = new.blind_index.is_none_or(|index| indexes.insert(index));
        ensure(fresh, "an identity stands twice")?;
    }
    let erased: HashSet<_> = batch.erase.iter().collect();
    ensure(
        erased.len() == batch.erase.len(),
        "a person is erased twice",
    )?;
    ensure(
        people.iter().all(|p| !erased.contains(p)),
        "a person is new and erased",
    )?;
    let mut sealed = HashSet::new();
    for row in &batch.sealed {
        let fits = (1..=KEY_BYTES_MAX).contains(&row.field.len()) && row.version > 0;
        ensure(fits, "a sealed row without field or version")?;
        ensure(
            row.field != NewSubject::FIELD,
            "a sealed row of a kept field",
        )?;
        ensure(
            sealed.insert((row.subject, &row.field)),
            "a field is sealed twice",
        )?;
        ensure(
            !erased.contains(&row.subject),
            "a person is sealed and erased",
        )?;
    }
    Ok(())
}
