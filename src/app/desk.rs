//! The desk an operation decides on: streams loaded once, decided on, guarded, and everything that
//! comes of it in one draft.

use super::actor::Actor;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::ledger::Ledger;
use super::operation::{Operation, RefusedRow};
use super::people::{self, Person};
use super::{chance, clock};
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::state::AuthorityState;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{CommandId, StreamId, WorkerId};
use crate::domain::time::Instant;
use crate::domain::worker::decider::WorkerDecider;
use jiff::civil::Date;
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A loaded stream of any kind.
trait Slot: Any + Send {
    fn any(&self) -> &dyn Any;
    fn any_mut(&mut self) -> &mut dyn Any;
}

impl<D> Slot for Loaded<D>
where
    D: Decider + 'static,
    D::State: Send,
{
    fn any(&self) -> &dyn Any {
        self
    }
    fn any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// Where a row's decisions began, to go back to if a rule refuses it half-way.
struct RowStart {
    draft: super::draft::Mark,
    decided: BTreeSet<StreamId>,
}

/// One operation being decided.
pub struct Desk<'a> {
    ledger: &'a Ledger,
    actor: &'a Actor,
    today: Date,
    draft: Draft,
    streams: BTreeMap<StreamId, Box<dyn Slot>>,
    row: Option<RowStart>,
}

impl<'a> Desk<'a> {
    pub(super) async fn new(
        ledger: &'a Ledger,
        actor: &'a Actor,
        command_id: CommandId,
    ) -> Result<Self, AppError> {
        Ok(Self {
            ledger,
            actor,
            today: ledger.day_of(command_id, None).await?,
            draft: Draft::default(),
            streams: BTreeMap::new(),
            row: None,
        })
    }

    /// Who asks.
    pub fn actor(&self) -> &'a Actor {
        self.actor
    }

    /// The ledger.
    pub fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// Today in China.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The given day of the trade, which must have come, or today.
    pub fn day(&self, on: Option<Date>) -> Result<Date, AppError> {
        on.map_or(Ok(self.today), clock::has_come)
    }

    /// Now.
    pub fn now(&self) -> Instant {
        clock::now()
    }

    /// A fresh internal id.
    pub fn fresh_id(&self) -> Uuid {
        chance::internal_id()
    }

    /// The state of a stream as it stands on this desk; empty for one that has no event. The
    /// decision rests on it: it is guarded.
    pub async fn state<D>(&mut self, stream: impl Into<StreamId>) -> Result<&D::State, AppError>
    where
        D: Decider + 'static,
        D::Event: TryFrom<Event>,
        D::State: Send,
    {
        Ok(&self.loaded::<D>(stream.into()).await?.state)
    }

    /// [`Desk::state`] of a stream that must exist.
    pub async fn existing<D>(
        &mut self,
        stream: impl Into<StreamId>,
        what: &'static str,
    ) -> Result<&D::State, AppError>
    where
        D: Decider + 'static,
        D::Event: TryFrom<Event>,
        D::State: Send,
    {
        let stream = stream.into();
        let in_draft = self.draft.expected.contains_key(&stream);
        let loaded = self.loaded::<D>(stream).await?;
        if loaded.version == 0 && !in_draft {
            return Err(AppError::NotFound { what });
        }
        Ok(&loaded.state)
    }

    /// Decides on a stream and takes down what comes of it.
    pub async fn decide<D>(
        &mut self,
        stream: impl Into<StreamId>,
        command: &D::Command,
    ) -> Result<Vec<D::Event>, AppError>
    where
        D: Decider<Decision = <D as Decider>::Event> + 'static,
        D::Event: TryFrom<Event> + Into<Event> + Clone,
        D::State: Send,
        AppError: From<D::Rejection>,
    {
        let stream = stream.into();
        self.loaded::<D>(stream).await?;
        let loaded = self
            .streams
            .get_mut(&stream)
            .and_then(|slot| slot.any_mut().downcast_mut::<Loaded<D>>())
            .ok_or_else(|| of_two_kinds(stream))?;
        let events = loaded.decide(command)?;
        self.draft.write(loaded, events.clone());
        self.note_decided(stream);
        Ok(events)
    }

    async fn loaded<D>(&mut self, stream: StreamId) -> Result<&Loaded<D>, AppError>
    where
        D: Decider + 'static,
        D::Event: TryFrom<Event>,
        D::State: Send,
    {
        if !self.streams.contains_key(&stream) {
            let mut loaded = self.ledger.load::<D>(stream).await?;
            loaded.advance(&self.draft.events_of(stream));
            self.draft.guard(&loaded);
            self.streams.insert(stream, Box::new(loaded));
        }
        self.streams
            .get(&stream)
            .and_then(|slot| slot.any().downcast_ref())
            .ok_or_else(|| of_two_kinds(stream))
    }

    /// Loads many streams of one kind in one round trip, before they are decided on one by one.
    pub async fn prefetch<D>(&mut self, streams: &[StreamId]) -> Result<(), AppError>
    where
        D: Decider + 'static,
        D::Event: TryFrom<Event>,
        D::State: Send,
    {
        let missing: Vec<StreamId> = streams
            .iter()
            .filter(|stream| !self.streams.contains_key(stream))
            .copied()
            .collect();
        for (stream, mut loaded) in self.ledger.load_all::<D>(&missing).await? {
            loaded.advance(&self.draft.events_of(stream));
            self.draft.guard(&loaded);
            self.streams.insert(stream, Box::new(loaded));
        }
        Ok(())
    }

    /// The catalogue.
    pub async fn catalogue(&mut self) -> Result<&CatalogueState, AppError> {
        let stream = StreamId::catalogue(self.ledger.id());
        self.existing::<CatalogueDecider>(stream, "catalogue").await
    }

    /// The authority.
    pub async fn authority(&mut self) -> Result<&AuthorityState, AppError> {
        let stream = StreamId::authority(self.ledger.id());
        self.existing::<AuthorityDecider>(stream, "authority").await
    }

    /// The worker this person is: known by the document, or enrolled on this desk. Another name
    /// under a known document is refused.
    pub async fn worker(&mut self, person: &Person<'_>) -> Result<WorkerId, AppError> {
        people::check_name(person.name)?;
        let index = self.ledger.vault()?.blind_index(&person.document.key());
        if let Some(subject) = self.draft.subject_of(&index) {
            return Ok(WorkerId(subject.0));
        }
        let worker = people::enrol_one(self.ledger, person, &mut self.draft).await?;
        let stream = StreamId::from(worker);
        if self.draft.expected.contains_key(&stream) && !self.streams.contains_key(&stream) {
            self.note_decided(stream);
            let mut loaded = self.ledger.load::<WorkerDecider>(stream).await?;
            loaded.advance(&self.draft.events_of(stream));
            self.streams.insert(stream, Box::new(loaded));
        }
        Ok(worker)
    }

    /// Takes a key for ever with the last event taken down.
    pub fn reserve(&mut self, key: String) {
        self.draft.reserve(key);
    }

    /// The draft, for what the desk has no words for: vault rows and their digests.
    pub(super) fn draft(&mut self) -> &mut Draft {
        &mut self.draft
    }

    pub(super) fn into_draft(self) -> Draft {
        self.draft
    }

    /// Decides row by row; a row that a rule refuses leaves nothing behind.
    pub(super) async fn take_rows<O: Operation>(
        &mut self,
        rows: &[(u32, O)],
    ) -> Result<Vec<RefusedRow>, AppError> {
        let mut refused = Vec::new();
        for (row, operation) in rows {
            self.row = Some(RowStart {
                draft: self.draft.mark(),
                decided: BTreeSet::new(),
            });
            let decided = operation.decide(self).await;
            let start = self.row.take();
            match decided {
                Ok(()) => {}
                Err(error) if is_about_the_row(&error) => {
                    if let Some(start) = start {
                        self.go_back_to(start);
                    }
                    refused.push(RefusedRow::of(*row, &error));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(refused)
    }

    /// Notes that the row has decided on a stream: if it is refused after all, the stream is read
    /// anew. Most refused rows have decided nothing yet.
    fn note_decided(&mut self, stream: StreamId) {
        if let Some(row) = &mut self.row {
            row.decided.insert(stream);
        }
    }

    fn go_back_to(&mut self, start: RowStart) {
        self.draft.go_back_to(start.draft);
        for stream in start.decided {
            self.streams.remove(&stream);
        }
    }
}

/// Whether an error speaks of the row alone, so that the others may be taken.
fn is_about_the_row(error: &AppError) -> bool {
    error.is_refusal()
        || matches!(
            error,
            AppError::BadInput { .. } | AppError::NotFound { .. } | AppError::Taken { .. }
        )
}

fn of_two_kinds(stream: StreamId) -> AppError {
    AppError::Inconsistent(format!("{stream} was loaded as another kind of stream"))
}
