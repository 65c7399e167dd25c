//! What a use case wants to append, before it is encoded.

use super::error::AppError;
use crate::codec::batch::{NewSubject, SealedRow};
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{StreamId, SubjectId};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// One stream, loaded and folded.
pub struct Loaded<D: Decider> {
    /// Its name.
    pub stream: StreamId,
    /// Its version; 0 if it has no event yet.
    pub version: u64,
    /// What its events add up to.
    pub state: D::State,
}

impl<D: Decider> Loaded<D> {
    /// A stream that has no event yet.
    pub fn new_stream(stream: impl Into<StreamId>) -> Self {
        Self {
            stream: stream.into(),
            version: 0,
            state: D::initial(),
        }
    }

    /// Decides, and advances the state past what was decided.
    pub fn decide(&mut self, command: &D::Command) -> Result<Vec<D::Event>, AppError>
    where
        D: Decider<Decision = <D as Decider>::Event>,
        AppError: From<D::Rejection>,
    {
        let events = D::decide(&self.state, command)?;
        self.advance(&events);
        Ok(events)
    }

    /// Advances the state past events that will be appended.
    pub fn advance(&mut self, events: &[D::Event]) {
        let state = std::mem::replace(&mut self.state, D::initial());
        self.state = events.iter().fold(state, D::evolve);
    }
}

/// The events, guards, reservations and vault rows of one append.
#[derive(Default)]
pub struct Draft {
    pub(super) expected: BTreeMap<StreamId, u64>,
    /// The streams of `expected` in the order they were first written to.
    written: Vec<StreamId>,
    pub(super) guards: BTreeMap<StreamId, u64>,
    pub(super) events: Vec<(StreamId, Event)>,
    pub(super) reservations: Vec<(String, usize)>,
    pub(super) subjects: Vec<NewSubject>,
    pub(super) sealed: Vec<SealedRow>,
    pub(super) shuffled: bool,
}

/// How far a draft had come.
pub(super) struct Mark {
    written: usize,
    events: usize,
    reservations: usize,
    subjects: usize,
    sealed: usize,
}

impl Draft {
    /// How far it has come.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            written: self.written.len(),
            events: self.events.len(),
            reservations: self.reservations.len(),
            subjects: self.subjects.len(),
            sealed: self.sealed.len(),
        }
    }

    /// Takes back what came after `mark`. What was read since stays guarded.
    pub(super) fn go_back_to(&mut self, mark: Mark) {
        for stream in self.written.drain(mark.written..) {
            self.expected.remove(&stream);
        }
        self.events.truncate(mark.events);
        self.reservations.truncate(mark.reservations);
        self.subjects.truncate(mark.subjects);
        self.sealed.truncate(mark.sealed);
    }

    /// The person new in this draft who has this blind index.
    pub(super) fn subject_of(&self, index: &[u8; 32]) -> Option<SubjectId> {
        let has = |subject: &&NewSubject| subject.blind_index.as_ref() == Some(index);
        self.subjects.iter().find(has).map(|it| it.subject)
    }

    /// Adds events of a loaded stream, in order.
    pub fn write<D: Decider>(&mut self, loaded: &Loaded<D>, events: Vec<D::Event>)
    where
        D::Event: Into<Event>,
    {
        if events.is_empty() {
            return;
        }
        if let Entry::Vacant(first) = self.expected.entry(loaded.stream) {
            first.insert(loaded.version);
            self.written.push(loaded.stream);
        }
        let stream = loaded.stream;
        self.events
            .extend(events.into_iter().map(|event| (stream, event.into())));
    }

    /// The events of one stream that this draft holds so far.
    pub fn events_of<E: TryFrom<Event>>(&self, stream: StreamId) -> Vec<E> {
        let of_stream = self.events.iter().filter(|(of, _)| *of == stream);
        of_stream
            .filter_map(|(_, event)| event.clone().try_into().ok())
            .collect()
    }

    /// Says that the decision rests on this stream as it was read.
    pub fn guard<D: Decider>(&mut self, loaded: &Loaded<D>) {
        self.guards.insert(loaded.stream, loaded.version);
    }

    /// Takes a key for ever with the last event written.
    pub fn reserve(&mut self, key: String) {
        self.reservations
            .push((key, self.events.len().saturating_sub(1)));
    }

    /// A person new to the vault.
    pub fn subject(&mut self, subject: NewSubject) {
        self.subjects.push(subject);
    }

    /// A sealed row; its digest belongs into an event of this draft.
    pub fn seal(&mut self, row: SealedRow) {
        self.sealed.push(row);
    }

    /// Lets events of different streams take positions in random order, so that position does
    /// not pair an enrolment with a certificate. Within a stream the order stays.
    pub fn shuffle(&mut self) {
        self.shuffled = true;
    }

    /// Whether there is nothing to append.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}
