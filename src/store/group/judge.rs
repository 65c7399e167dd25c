//! What becomes of each batch of a group, as if they came one after the other. Pure: what the
//! database says is in [`Facts`], what is to be written in [`Plan`].

use crate::codec::batch::{
    AppendOutcome, Batch, IdentityTaken, KeyTaken, NewEvent, NewSubject, SealedRow,
};
use crate::codec::canonical::{event_chain, payload_digest};
use crate::codec::row::{Digest, Row};
use crate::domain::ids::{CommandId, StreamId, SubjectId};
use crate::store::{CommandDone, Head, StoreError};
use std::collections::{HashMap, HashSet};

/// What has to be known of the database before a group is judged.
#[derive(Debug, Default)]
pub struct Questions {
    /// At which version they are.
    pub streams: Vec<StreamId>,
    /// Whether they are taken.
    pub keys: Vec<String>,
    /// Whether they were done.
    pub commands: Vec<CommandId>,
    /// Whether somebody has them.
    pub indexes: Vec<Digest>,
    /// Whether the vault knows them, and which fields of theirs in which version.
    pub subjects: Vec<SubjectId>,
}

impl Questions {
    /// What has to be known to judge these batches.
    pub fn of(batches: &[Batch]) -> Self {
        let mut asked = Self::default();
        let mut streams = HashSet::new();
        let mut subjects = HashSet::new();
        for batch in batches {
            asked.commands.push(batch.command_id);
            let named = batch.expected.iter().chain(&batch.guards);
            asked
                .streams
                .extend(named.map(|(s, _)| *s).filter(|s| streams.insert(*s)));
            let keys = batch.reservations.iter();
            asked.keys.extend(keys.map(|r| r.key.clone()));
            let indexes = batch.subjects.iter();
            asked.indexes.extend(indexes.filter_map(|s| s.blind_index));
            let sealed = batch.sealed.iter().map(|row| row.subject);
            let named = sealed.chain(batch.subjects.iter().map(|new| new.subject));
            asked.subjects.extend(named.filter(|s| subjects.insert(*s)));
        }
        asked
    }
}

/// What the database says, read in the transaction in which the group will be written.
#[derive(Debug)]
pub struct Facts {
    /// The end of the event chain.
    pub head: Head,
    /// Versions of the streams asked for that exist.
    pub versions: HashMap<StreamId, u64>,
    /// Keys asked for that are taken, and at which position.
    pub taken: HashMap<String, u64>,
    /// Commands asked for that were done.
    pub done: HashMap<CommandId, CommandDone>,
    /// Blind indexes asked for that are somebody's.
    pub identities: HashMap<Digest, SubjectId>,
    /// Persons asked for whom the vault knows.
    pub known: HashSet<SubjectId>,
    /// Versions of their sealed fields.
    pub sealed: HashMap<(SubjectId, String), u32>,
}

impl Facts {
    /// What is so if nothing stands in the way of a group on `head`: no command was done, no key
    /// is taken, every stream is at the version that the first batch to name it expects. The
    /// engine has to hold it against the database where it writes. `None` for a group that
    /// touches persons.
    pub fn supposed(head: Head, batches: &[Batch]) -> Option<Self> {
        if batches.iter().any(|batch| persons(batch).next().is_some()) {
            return None;
        }
        let mut versions = HashMap::with_capacity(batches.len());
        let named = batches
            .iter()
            .flat_map(|b| b.expected.iter().chain(&b.guards));
        for (stream, version) in named {
            versions.entry(*stream).or_insert(*version);
        }
        Some(Self {
            head,
            versions,
            taken: HashMap::new(),
            done: HashMap::new(),
            identities: HashMap::new(),
            known: HashSet::new(),
            sealed: HashMap::new(),
        })
    }
}

/// Everything that a group writes, in one commit.
#[derive(Debug)]
pub struct Plan {
    /// The end the group was judged on: what the head must still be.
    pub on: Head,
    /// The events.
    pub rows: Vec<Row>,
    /// The commands that have an effect.
    pub commands: Vec<(CommandId, CommandDone)>,
    /// The streams written, with their versions before and after.
    pub streams: Vec<(StreamId, u64, u64)>,
    /// The keys taken, with the positions that take them.
    pub reservations: Vec<(String, u64)>,
    /// The persons new to the vault.
    pub subjects: Vec<NewSubject>,
    /// Sealed rows, at most one of a field.
    pub sealed: Vec<SealedRow>,
    /// The persons erased.
    pub erase: Vec<SubjectId>,
}

impl Plan {
    /// A plan that writes nothing yet.
    pub fn on(head: Head) -> Self {
        Self {
            on: head,
            rows: Vec::new(),
            commands: Vec::new(),
            streams: Vec::new(),
            reservations: Vec::new(),
            subjects: Vec::new(),
            sealed: Vec::new(),
            erase: Vec::new(),
        }
    }

    /// The end of the event chain once this is written; `None` if nothing is.
    pub fn end(&self) -> Option<Head> {
        let last = self.rows.last()?;
        Some(Head {
            position: last.position,
            chain: last.chain,
            recorded_at: last.recorded_at,
        })
    }
}

/// A group, judged.
#[derive(Debug)]
pub struct Judged {
    /// What to answer to each batch, in order, once the plan is durable.
    pub verdicts: Vec<Result<AppendOutcome, StoreError>>,
    /// What to write.
    pub plan: Plan,
    /// Batches to be judged after this group is written: the first of them touches a person whom
    /// an earlier batch of the group touches.
    pub rest: Vec<Batch>,
}

/// Judges a group of batches that hold to their contract.
pub fn judge(facts: Facts, batches: Vec<Batch>) -> Judged {
    let mut group = Group::on(facts);
    let mut verdicts = Vec::with_capacity(batches.len());
    let mut rest = batches.into_iter();
    for batch in rest.by_ref() {
        if group.touches(&batch) {
            let rest = std::iter::once(batch).chain(rest).collect();
            return group.judged(verdicts, rest);
        }
        verdicts.push(match group.refusal(&batch) {
            Some(refusal) => refusal,
            None => group.accept(batch),
        });
    }
    group.judged(verdicts, Vec::new())
}

/// The facts as they are after the batches accepted so far, and what those write.
struct Group {
    facts: Facts,
    plan: Plan,
    /// Versions before the group of the streams it writes.
    before: HashMap<StreamId, u64>,
    touched: HashSet<SubjectId>,
}

impl Group {
    fn on(facts: Facts) -> Self {
        let plan = Plan::on(facts.head);
        Self {
            facts,
            plan,
            before: HashMap::new(),
            touched: HashSet::new(),
        }
    }

    fn judged(
        mut self,
        verdicts: Vec<Result<AppendOutcome, StoreError>>,
        rest: Vec<Batch>,
    ) -> Judged {
        let versions = &self.facts.versions;
        let written = self.before.iter().map(|(stream, before)| {
            let after = versions.get(stream).copied().unwrap_or(*before);
            (*stream, *before, after)
        });
        self.plan.streams = written.collect();
        // One order for all processes: rows of two groups are locked alike.
        self.plan.streams.sort_unstable();
        Judged {
            verdicts,
            plan: self.plan,
            rest,
        }
    }

    /// Whether a person of this batch's vault rows was touched by an accepted batch.
    fn touches(&self, batch: &Batch) -> bool {
        !self.touched.is_empty() && persons(batch).any(|subject| self.touched.contains(&subject))
    }

    /// The answer that writes nothing, if there is one. What was done before answers first.
    fn refusal(&self, batch: &Batch) -> Option<Result<AppendOutcome, StoreError>> {
        if let Some(done) = self.facts.done.get(&batch.command_id) {
            return Some(Ok(if done.request_digest == batch.request_digest {
                AppendOutcome::AlreadyDone {
                    first: done.first,
                    last: done.last,
                }
            } else {
                AppendOutcome::CommandIdReused
            }));
        }
        for (stream, expected) in batch.expected.iter().chain(&batch.guards) {
            let actual = self.facts.versions.get(stream).copied().unwrap_or(0);
            if actual != *expected {
                let stream = *stream;
                return Some(Ok(AppendOutcome::Conflict { stream, actual }));
            }
        }
        let keys = batch.reservations.iter().filter_map(|reservation| {
            let position = *self.facts.taken.get(&reservation.key)?;
            let key = reservation.key.clone();
            Some(KeyTaken { key, position })
        });
        let keys: Vec<_> = keys.collect();
        if !keys.is_empty() {
            return Some(Ok(AppendOutcome::KeyTaken(keys)));
        }
        let known = batch.subjects.iter().filter_map(|new| {
            let blind_index = new.blind_index?;
            let subject = *self.facts.identities.get(&blind_index)?;
            Some(IdentityTaken {
                blind_index,
                subject,
            })
        });
        let known: Vec<_> = known.collect();
        if !known.is_empty() {
            return Some(Ok(AppendOutcome::IdentityTaken(known)));
        }
        self.unfit_rows(batch).map(Err)
    }

    /// A new person who is known, a sealed row of an unknown one, or one whose version does not
    /// follow the stored one.
    fn unfit_rows(&self, batch: &Batch) -> Option<StoreError> {
        let new: HashSet<SubjectId> = batch.subjects.iter().map(|s| s.subject).collect();
        if new.iter().any(|subject| self.facts.known.contains(subject)) {
            return Some(StoreError::Malformed("a known person is new"));
        }
        for row in &batch.sealed {
            let subject = row.subject;
            if !new.contains(&subject) && !self.facts.known.contains(&subject) {
                return Some(StoreError::UnknownSubject(subject));
            }
            let stored = self.facts.sealed.get(&(subject, row.field.clone()));
            let actual = stored.copied().unwrap_or(0);
            if actual.checked_add(1) != Some(row.version) {
                return Some(StoreError::VaultVersion { subject, actual });
            }
        }
        None
    }

    /// Takes a batch that nothing refuses.
    fn accept(&mut self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        self.touched.extend(persons(&batch));
        let head = self.plan.end().unwrap_or(self.plan.on);
        let first = head.position + 1;
        let stamp = Stamp {
            command_id: batch.command_id,
            request_digest: batch.request_digest,
            actor: batch.actor,
            // The clock may step back; recorded time does not.
            recorded_at: batch.now.max(head.recorded_at),
        };
        for (stream, version) in &batch.expected {
            self.before.entry(*stream).or_insert(*version);
        }
        let mut end = (head.position, head.chain);
        for event in batch.events {
            let version = self.facts.versions.entry(event.stream).or_insert(0);
            *version += 1;
            let row = stamp.row(event, *version, end);
            end = (row.position, row.chain);
            self.plan.rows.push(row);
        }
        let done = CommandDone {
            request_digest: stamp.request_digest,
            first,
            last: end.0,
        };
        self.facts.done.insert(stamp.command_id, done);
        self.plan.commands.push((stamp.command_id, done));
        for reservation in batch.reservations {
            let position = first + reservation.event as u64;
            self.facts.taken.insert(reservation.key.clone(), position);
            self.plan.reservations.push((reservation.key, position));
        }
        let indexes = batch.subjects.iter();
        let indexes = indexes.filter_map(|new| Some((new.blind_index?, new.subject)));
        self.facts.identities.extend(indexes);
        self.plan.subjects.extend(batch.subjects);
        self.plan.sealed.extend(batch.sealed);
        self.plan.erase.extend(batch.erase);
        Ok(AppendOutcome::Appended { first, last: end.0 })
    }
}

/// Everybody whose vault rows a batch writes or destroys.
fn persons(batch: &Batch) -> impl Iterator<Item = SubjectId> {
    let new = batch.subjects.iter().map(|s| s.subject);
    let sealed = batch.sealed.iter().map(|r| r.subject);
    new.chain(sealed).chain(batch.erase.iter().copied())
}

/// What every row of one batch shares.
struct Stamp {
    command_id: CommandId,
    request_digest: Digest,
    actor: crate::domain::ids::AccountId,
    recorded_at: crate::domain::time::Instant,
}

impl Stamp {
    /// The row of an event after `end`, position and chain.
    fn row(&self, event: NewEvent, stream_version: u64, end: (u64, Digest)) -> Row {
        let mut row = Row {
            position: end.0 + 1,
            stream: event.stream,
            stream_version,
            event_id: event.event_id,
            event_type: event.event_type.to_owned(),
            schema_version: event.schema_version,
            recorded_at: self.recorded_at,
            actor: self.actor,
            command_id: self.command_id,
            request_digest: self.request_digest,
            causation: event.causation,
            payload_digest: payload_digest(&event.payload),
            payload: event.payload,
            chain: end.1,
        };
        row.chain = event_chain(&end.1, &row);
        row
    }
}
