//! Load, fold, decide, seal, append: the one road of every command.

use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::ledger::Ledger;
use super::{chance, clock};
use crate::codec::batch::{AppendOutcome, Batch, NewEvent, Reservation};
use crate::codec::registry;
use crate::codec::row::Row;
use crate::domain::account::decider::AccountDecider;
use crate::domain::account::state::AccountState;
use crate::domain::decider::Decider;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{AccountId, CommandId, EventId, StreamId};
use crate::store::EventStore;
use jiff::civil::Date;
use rand::seq::SliceRandom;
use serde::Serialize;
use std::collections::BTreeMap;

/// How often a decision is taken anew when the streams moved under it.
const ATTEMPTS: u32 = 5;

/// Who asks, and under which command id.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// One command id, one effect.
    pub command_id: CommandId,
    /// Who acts.
    pub actor: AccountId,
}

/// What a command stored, read back: the answer is made from this, the first time and at every
/// retry alike.
pub struct Committed {
    /// The events, in position order.
    pub events: Vec<CommittedEvent>,
    /// Whether the command had been done before and nothing was stored now.
    pub repeated: bool,
}

/// One event of a command.
pub struct CommittedEvent {
    /// Its row.
    pub row: Row,
    /// What it says.
    pub event: Event,
}

impl Committed {
    /// The first event that `pick` recognises.
    pub fn find<T>(&self, pick: impl Fn(StreamId, &Event) -> Option<T>) -> Result<T, AppError> {
        self.events
            .iter()
            .find_map(|committed| pick(committed.row.stream, &committed.event))
            .ok_or_else(|| AppError::Inconsistent("a command lacks the event it promises".into()))
    }
}

impl Ledger {
    /// Loads and folds one stream.
    pub async fn load<D>(&self, stream: impl Into<StreamId>) -> Result<Loaded<D>, AppError>
    where
        D: Decider,
        D::Event: TryFrom<Event>,
    {
        let stream = stream.into();
        let mut loaded = self.load_all::<D>(&[stream]).await?;
        Ok(loaded
            .remove(&stream)
            .unwrap_or_else(|| Loaded::new_stream(stream)))
    }

    /// Loads and folds several streams of one kind in one round trip.
    pub async fn load_all<D>(
        &self,
        streams: &[StreamId],
    ) -> Result<BTreeMap<StreamId, Loaded<D>>, AppError>
    where
        D: Decider,
        D::Event: TryFrom<Event>,
    {
        self.load_all_at(streams, u64::MAX).await
    }

    /// Loads a stream that must exist.
    pub async fn load_existing<D>(
        &self,
        stream: impl Into<StreamId>,
        what: &'static str,
    ) -> Result<Loaded<D>, AppError>
    where
        D: Decider,
        D::Event: TryFrom<Event>,
    {
        let loaded = self.load::<D>(stream).await?;
        if loaded.version == 0 {
            return Err(AppError::NotFound { what });
        }
        Ok(loaded)
    }

    /// The digest of a request, keyed, so that nobody can guess against it.
    pub fn request_digest(&self, name: &str, request: &impl Serialize) -> Result<Digest, AppError> {
        let mut bytes = name.as_bytes().to_vec();
        bytes.push(b'\n');
        serde_json::to_writer(&mut bytes, request).map_err(AppError::unwritable)?;
        let digest = self.vault()?.keyed_digest(&bytes);
        zeroize::Zeroize::zeroize(&mut bytes);
        Ok(Digest(digest))
    }

    /// The digest kept with a command: the request and who made it. Nobody is given the answer to
    /// somebody else's command by knowing its id.
    fn request_of(&self, actor: AccountId, request: Digest) -> Result<Digest, AppError> {
        let mut bytes = b"command\n".to_vec();
        bytes.extend(actor.0.as_bytes());
        bytes.extend(request.0);
        Ok(Digest(self.vault()?.keyed_digest(&bytes)))
    }

    /// The day a command is about if it names none: today or, for a command done before, the day
    /// it was done. So a retry after midnight is still the same request.
    pub async fn day_of(&self, command: CommandId, on: Option<Date>) -> Result<Date, AppError> {
        if let Some(on) = on {
            return Ok(on);
        }
        let Some(done) = self.store.command(command).await? else {
            return Ok(clock::today());
        };
        let row = self.store.row(done.first).await?;
        Ok(row.map_or_else(clock::today, |row| row.recorded_at.date_in_china()))
    }

    /// Does a command once. `decide` may run again if the streams moved meanwhile; a command that
    /// was done before is answered from its events and decided no more.
    pub async fn execute(
        &self,
        asked: Asked,
        request: Digest,
        decide: impl AsyncFn() -> Result<Draft, AppError>,
    ) -> Result<Committed, AppError> {
        let request = self.request_of(asked.actor, request)?;
        if let Some(done) = self.store.command(asked.command_id).await? {
            if done.request_digest != request.0 {
                return Err(AppError::CommandIdReused);
            }
            return self.committed(done.first, done.last, true).await;
        }
        for _ in 0..ATTEMPTS {
            let account = self.load::<AccountDecider>(asked.actor).await?;
            if account.state == AccountState::Closed {
                return Err(AppError::UnknownToken);
            }
            let mut draft = decide().await?;
            draft.guard(&account);
            if draft.is_empty() {
                return Ok(Committed {
                    events: Vec::new(),
                    repeated: false,
                });
            }
            let batch = encode(asked, request, draft)?;
            match self.store.append(batch).await? {
                AppendOutcome::Appended { first, last } => {
                    return self.committed(first, last, false).await;
                }
                AppendOutcome::AlreadyDone { first, last } => {
                    return self.committed(first, last, true).await;
                }
                AppendOutcome::CommandIdReused => return Err(AppError::CommandIdReused),
                AppendOutcome::KeyTaken(taken) => {
                    let kind = taken.first().and_then(|t| t.key.split(':').next());
                    return Err(AppError::Taken {
                        what: kind.unwrap_or("key").to_owned(),
                    });
                }
                // Somebody enrolled the same person, or a stream moved: decide on the new past.
                AppendOutcome::IdentityTaken(_) | AppendOutcome::Conflict { .. } => {}
            }
        }
        Err(AppError::Busy)
    }

    /// The events at `first..=last`, decoded.
    async fn committed(
        &self,
        first: u64,
        last: u64,
        repeated: bool,
    ) -> Result<Committed, AppError> {
        let mut events = Vec::new();
        let mut after = first - 1;
        while after < last {
            let limit = u32::try_from((last - after).min(5_000)).unwrap_or(5_000);
            let rows = self.store.read_all(after, limit).await?;
            let Some(end) = rows.last().map(|row| row.position) else {
                break;
            };
            after = end;
            for row in rows {
                let event = registry::decode(&row)?;
                events.push(CommittedEvent { row, event });
            }
        }
        Ok(Committed { events, repeated })
    }
}

/// Encodes, salts and, if asked, shuffles a draft.
fn encode(asked: Asked, request: Digest, draft: Draft) -> Result<Batch, AppError> {
    let order = order_of(&draft);
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut events = Vec::with_capacity(order.len());
    for old in order {
        let (stream, event) = &draft.events[old];
        let encoded = registry::encode(event, chance::bytes())?;
        events.push(NewEvent {
            stream: *stream,
            event_id: EventId(chance::internal_id()),
            event_type: encoded.event_type,
            schema_version: encoded.schema_version,
            causation: None,
            payload: encoded.payload,
        });
    }
    let guards = draft
        .guards
        .into_iter()
        .filter(|(stream, _)| !draft.expected.contains_key(stream))
        .collect();
    Ok(Batch {
        command_id: asked.command_id,
        request_digest: request.0,
        actor: asked.actor,
        now: clock::now(),
        expected: draft.expected.into_iter().collect(),
        events,
        guards,
        reservations: draft
            .reservations
            .into_iter()
            .map(|(key, event)| Reservation {
                key,
                event: place[event],
            })
            .collect(),
        subjects: draft.subjects,
        sealed: draft.sealed,
        erase: Vec::new(),
    })
}

/// The order in which a draft's events take positions: as written or, shuffled, any order that
/// keeps the order within each stream.
fn order_of(draft: &Draft) -> Vec<usize> {
    let as_written: Vec<usize> = (0..draft.events.len()).collect();
    if !draft.shuffled {
        return as_written;
    }
    let mut slots = as_written.clone();
    slots.shuffle(&mut chance::rng());
    let mut of_stream: BTreeMap<StreamId, Vec<usize>> = BTreeMap::new();
    for slot in &slots {
        of_stream
            .entry(draft.events[*slot].0)
            .or_default()
            .push(*slot);
    }
    for waiting in of_stream.values_mut() {
        waiting.sort_unstable_by(|a, b| b.cmp(a));
    }
    slots
        .iter()
        .filter_map(|slot| of_stream.get_mut(&draft.events[*slot].0).and_then(Vec::pop))
        .collect()
}
