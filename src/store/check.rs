//! The contracts of what is written, held to before any engine is asked anything; and how the two
//! smaller chains go on, which is the same on every engine.

use super::{Head, JournalEntry, StoreError, StoredCheckpoint, Tile};
use crate::codec::archive::ChainedCheckpoint;
use crate::codec::batch::{Batch, NewSubject};
use crate::codec::canonical::{JournalRow, checkpoint_chain, journal_chain};
use crate::codec::envelope::PAYLOAD_BYTES_MAX;
use crate::domain::time::Instant;
use std::collections::HashSet;

/// Most bytes of a reservation's key or a sealed row's field.
const KEY_BYTES_MAX: usize = 200;
/// Most bytes of an event type.
const TYPE_BYTES_MAX: usize = 64;
/// Most looks of one write.
const LOOKS_MAX: usize = 10_000;
/// Most bytes of the kind of a look.
const KIND_BYTES_MAX: usize = 64;
/// Most tiles of one question or one checkpoint.
pub(super) const TILES_MAX: usize = 100_000;
/// Most bytes of a signed note, as C2SP witnesses bound it and more.
const NOTE_BYTES_MAX: usize = 64 << 10;

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

/// Looks that may be written; answers the newest clock among them.
pub(super) fn looks(entries: &[JournalEntry]) -> Result<Instant, StoreError> {
    let newest = entries.iter().map(|entry| entry.at).max();
    let newest = newest.ok_or(StoreError::Malformed("a journal write without a look"))?;
    let fits = |e: &JournalEntry| (1..=KIND_BYTES_MAX).contains(&e.kind.len());
    if entries.len() > LOOKS_MAX || !entries.iter().all(fits) {
        return Err(StoreError::Malformed(
            "too many looks, or a kind out of bounds",
        ));
    }
    Ok(newest)
}

/// The rows of looks after the journal's end, which moves to the last of them.
pub(super) fn chained_looks(end: &mut Head, entries: Vec<JournalEntry>) -> Vec<JournalRow> {
    let rows = entries.into_iter().map(|entry| {
        let mut row = JournalRow {
            sequence: end.position + 1,
            // The clock may step back; recorded time does not.
            at: entry.at.max(end.recorded_at),
            actor: entry.actor,
            kind: entry.kind.to_owned(),
            subject: entry.subject,
            position: entry.position,
            chain: end.chain,
        };
        row.chain = journal_chain(&end.chain, &row);
        *end = Head {
            position: row.sequence,
            chain: row.chain,
            recorded_at: row.at,
        };
        row
    });
    rows.collect()
}

/// A checkpoint with its tiles that may be stored as far as they go by themselves.
pub(super) fn checkpoint(checkpoint: &StoredCheckpoint, tiles: &[Tile]) -> Result<(), StoreError> {
    if checkpoint.note.len() > NOTE_BYTES_MAX {
        return Err(StoreError::Malformed("a checkpoint is too long"));
    }
    if tiles.len() > TILES_MAX {
        return Err(StoreError::Malformed("too many tiles in one checkpoint"));
    }
    Ok(())
}

/// A checkpoint after the one the chain ends with, over no more than `events`.
pub(super) fn chained_checkpoint(
    end: &Head,
    events: u64,
    checkpoint: StoredCheckpoint,
) -> Result<ChainedCheckpoint, StoreError> {
    let (tree_size, previous_size) = (checkpoint.tree_size, end.position);
    if tree_size <= previous_size {
        return Err(StoreError::Malformed("a checkpoint does not grow the tree"));
    }
    if tree_size > events {
        return Err(StoreError::Malformed(
            "a checkpoint covers more than the events",
        ));
    }
    let signed_at = checkpoint.signed_at.max(end.recorded_at);
    let note = checkpoint.note;
    Ok(ChainedCheckpoint {
        chain: checkpoint_chain(&end.chain, tree_size, previous_size, &note, signed_at),
        tree_size,
        previous_size,
        note,
        signed_at,
    })
}
