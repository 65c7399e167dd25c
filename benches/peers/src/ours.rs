//! The product's event store, through its public trait: the whole schema, every check.

use crate::event::{self, Event};
use crate::work::Store;
use anyhow::{Result, bail, ensure};
use skill_ledger::codec::batch::{AppendOutcome, Batch, NewEvent};
use skill_ledger::codec::envelope;
use skill_ledger::codec::row::Row;
use skill_ledger::domain::ids::{AccountId, CommandId, EventId, StreamId, WorkerId};
use skill_ledger::domain::time::Instant;
use skill_ledger::store::audit::{Derive, Derived};
use skill_ledger::store::subscribe::Subscription;
use skill_ledger::store::{EventStore, StoredCheckpoint};
use skill_ledger::tlog::leaf::{Hash, leaf_hash};
use std::collections::HashSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// Events of one page of a replay.
const PAGE: u32 = 5_000;
/// How long a subscriber waits before it says that nothing came.
const PATIENCE: Duration = Duration::from_secs(1);

/// The product's store on one of its engines.
pub struct Ours<E>(pub E);

/// The machine's clock, as a caller of the store has it.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Instant(since.map_or(0, |since| since.as_micros() as i64))
}

fn stream(number: u64) -> StreamId {
    WorkerId(event::stream_id(number)).into()
}

fn batch(events: &[Event]) -> Batch {
    let first = events.first().map_or(0, |event| event.n);
    let command = event::command_id(first);
    let mut named = HashSet::new();
    let expected = events.iter().filter(|event| named.insert(event.stream));
    Batch {
        command_id: CommandId(command),
        request_digest: [7; 32],
        actor: AccountId(Uuid::from_u128(77)),
        now: now(),
        expected: expected
            .map(|event| (stream(event.stream), event.version - 1))
            .collect(),
        events: events
            .iter()
            .map(|event| NewEvent {
                stream: stream(event.stream),
                event_id: EventId(event::event_id(event.n)),
                event_type: event::TYPE,
                schema_version: 1,
                causation: None,
                payload: event::payload(event.n).into_bytes(),
            })
            .collect(),
        guards: Vec::new(),
        reservations: Vec::new(),
        subjects: Vec::new(),
        sealed: Vec::new(),
        erase: Vec::new(),
    }
}

impl<E: EventStore + 'static> Store for Ours<E> {
    async fn append(&self, _caller: usize, events: Vec<Event>) -> Result<()> {
        match self.0.append(batch(&events)).await? {
            AppendOutcome::Appended { .. } => Ok(()),
            outcome => bail!("not appended: {outcome:?}"),
        }
    }

    async fn replay(&self) -> Result<u64> {
        let (mut after, mut events) = (0, 0);
        loop {
            let page = self.0.read_all(after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(events);
            };
            after = last.position;
            let bytes: usize = page.iter().map(|row| row.payload.len()).sum();
            ensure!(bytes == page.len() * event::BYTES, "a payload is missing");
            events += page.len() as u64;
        }
    }

    async fn load(&self, number: u64) -> Result<(u64, u64)> {
        let rows = self.0.read_streams(&[(stream(number), 1)]).await?;
        let mut sum = 0;
        for row in &rows {
            sum += event::number(&row.payload)?;
        }
        Ok((rows.len() as u64, sum))
    }

    async fn next(&self, after: u64, limit: u32) -> Result<(Vec<u64>, u64)> {
        let mut subscription = Subscription::new(&self.0, after);
        let page = tokio::time::timeout(PATIENCE, subscription.next(limit)).await;
        let page = page.unwrap_or_else(|_| Ok(Vec::new()))?;
        let last = subscription.after();
        let numbers = page.iter().map(|row| event::number(&row.payload));
        Ok((numbers.collect::<Result<_>>()?, last))
    }

    async fn audit(&self) -> Result<u64> {
        let findings = self.0.audit(Plain).await?;
        ensure!(findings.is_clean(), "{:?}", findings.problems.first());
        Ok(findings.events)
    }
}

/// What the audit is told of these events: each envelope is opened and hashed to its leaf.
struct Plain;

impl Derive for Plain {
    fn of_event(&self, row: &Row) -> Result<Derived, String> {
        envelope::open(&row.payload).map_err(|error| error.to_string())?;
        Ok(Derived {
            leaf: leaf_hash(&row.payload_digest),
            ..Derived::default()
        })
    }
    fn of_checkpoint(&self, _checkpoint: &StoredCheckpoint) -> Result<(u64, Hash), String> {
        Err("nobody signed here".into())
    }
}
