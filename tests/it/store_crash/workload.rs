//! What the writers do: commands on random streams, with guards, keys taken for ever, persons and
//! sealed rows.

use super::LEDGER;
use super::journal::{Lines, Word};
use super::raw::Raw;
use super::tried::{Tried, stream};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde::{Deserialize, Serialize};
use skill_ledger::codec::batch::{AppendOutcome, Batch};
use skill_ledger::store::{EventStore, StoreError};
use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

const BEGINNING: i64 = 1_780_000_000_000_000;
const DAY: i64 = 86_400_000_000;

/// How much, by how many, on what.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Work {
    pub seed: u64,
    pub writers: u32,
    /// Commands of each writer; none: until told to stop.
    pub steps: Option<u32>,
    /// Most events of one command on one stream.
    pub events_max: u32,
    /// Each writer on streams and keys of its own: nothing to refuse.
    pub apart: bool,
    /// Events alone, without keys, persons and sealed rows.
    pub plain: bool,
    /// By the faulty writer that acknowledges before it commits.
    pub acks_early: bool,
    /// By the writer of plain SQL, and how.
    pub raw: Option<Raw>,
    /// The callers' clock jumps, a day back at most.
    pub clock_jumps: bool,
    /// Heads are read, and checkpoints of the tree committed, beside.
    pub signs: bool,
}

impl Work {
    pub fn until_told(seed: u64) -> Self {
        Self {
            seed,
            writers: 32,
            steps: None,
            events_max: 4,
            apart: false,
            plain: false,
            acks_early: false,
            raw: None,
            clock_jumps: false,
            signs: true,
        }
    }
    pub fn steps(seed: u64, writers: u32, steps: u32) -> Self {
        Self {
            writers,
            steps: Some(steps),
            ..Self::until_told(seed)
        }
    }
}

/// Whatever appends.
pub trait Appends: Send + Sync + 'static {
    fn append(
        &self,
        batch: Batch,
    ) -> impl Future<Output = Result<AppendOutcome, StoreError>> + Send;
}

impl<S: EventStore + 'static> Appends for S {
    async fn append(&self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        EventStore::append(self, batch).await
    }
}

/// Streams for everybody.
const STREAMS: u64 = 256;

struct Writer {
    work: Work,
    number: u32,
    rng: ChaCha20Rng,
    versions: Arc<Mutex<HashMap<u64, u64>>>,
    /// Persons nobody else touches, with the version of their contact.
    people: Vec<(u64, u32)>,
}

impl Writer {
    fn stream(&mut self) -> u64 {
        match self.work.apart {
            // Versions of an earlier run are not known: streams of this run alone.
            true => {
                let own = self.rng.random_range(0..4);
                ((self.work.seed & 0xffff_ffff) << 16)
                    + (u64::from(self.number) << 4)
                    + own
                    + STREAMS
            }
            false => self.rng.random_range(0..STREAMS),
        }
    }

    fn proposed(&mut self) -> Tried {
        let command = Uuid::from_u128(self.rng.random());
        let mut writes: Vec<(u64, u64, u32)> = Vec::new();
        let mut guards = Vec::new();
        let (streams, guarded) = (self.rng.random_range(1..=2), self.rng.random_bool(0.2));
        let chosen: Vec<u64> = (0..streams + u32::from(guarded))
            .map(|_| self.stream())
            .collect();
        for (n, stream) in (0..).zip(chosen) {
            let version = self
                .versions
                .lock()
                .unwrap()
                .get(&stream)
                .copied()
                .unwrap_or(0);
            let met = writes.iter().any(|w| w.0 == stream);
            if n >= streams && !met {
                guards.push((stream, version));
            } else if !met {
                let count = self.rng.random_range(1..=self.work.events_max);
                writes.push((stream, version, count));
            }
        }
        let drift = match self.work.clock_jumps {
            true => self.rng.random_range(-DAY..=DAY / 10),
            false => self.rng.random_range(0..1_000),
        };
        let mut tried = Tried {
            command,
            now: BEGINNING + drift,
            writes,
            guards,
            keys: Vec::new(),
            people: Vec::new(),
            sealed: Vec::new(),
            erase: Vec::new(),
        };
        let last = tried.events() as usize - 1;
        let what = self.rng.random_range(0..10);
        match what {
            _ if self.work.plain => {}
            0..3 => tried.keys.push((format!("number:{command}"), last)),
            // A key that others want too.
            3 if !self.work.apart => {
                let key = format!("wanted:{}", self.rng.random_range(0..500));
                tried.keys.push((key, self.rng.random_range(0..=last)));
            }
            4 | 5 => {
                let who = command.as_u64_pair().0 >> 1;
                tried.people.push(who);
                tried.sealed.push((who, "identity".into(), 1));
                tried.sealed.push((who, "contact".into(), 1));
            }
            6 | 7 if !self.people.is_empty() => {
                let of = self.rng.random_range(0..self.people.len());
                let (who, version) = self.people.swap_remove(of);
                match self.rng.random_bool(0.2) {
                    true => tried.erase.push(who),
                    false => tried.sealed.push((who, "contact".into(), version + 1)),
                }
            }
            _ => {}
        }
        tried
    }

    /// What an acknowledged command leaves known.
    fn learn(&mut self, tried: &Tried) {
        let mut versions = self.versions.lock().unwrap();
        for (stream, before, count) in &tried.writes {
            let known = versions.entry(*stream).or_insert(0);
            *known = (*known).max(before + u64::from(*count));
        }
        let contacts = tried
            .sealed
            .iter()
            .filter(|(_, field, _)| field == "contact");
        self.people
            .extend(contacts.map(|(who, _, version)| (*who, *version)));
    }

    async fn run<A: Appends>(mut self, target: Arc<A>, lines: Arc<Lines>, stop: Arc<AtomicBool>) {
        let mut step = 0;
        let mut again = None;
        while !stop.load(Ordering::Relaxed) && self.work.steps.is_none_or(|steps| step < steps) {
            step += 1;
            let tried = again.take().unwrap_or_else(|| self.proposed());
            lines.tried(&tried);
            let answer = target.append(tried.batch()).await;
            lines.told(tried.command, word(&answer), &why(&answer));
            match answer {
                Ok(AppendOutcome::Appended { .. } | AppendOutcome::AlreadyDone { .. }) => {
                    self.learn(&tried);
                }
                Ok(AppendOutcome::Conflict {
                    stream: moved,
                    actual,
                }) => {
                    let number = tried.writes.iter().map(|w| w.0);
                    let mut number = number.chain(tried.guards.iter().map(|g| g.0));
                    let number = number.find(|n| stream(*n) == moved).unwrap();
                    self.versions.lock().unwrap().insert(number, actual);
                }
                Err(StoreError::Stopped { .. }) => break,
                Err(_) => {
                    // A server on its way up; the same command asks once more.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    again = self.rng.random_bool(0.7).then_some(tried);
                }
                Ok(_) => {}
            }
        }
    }
}

/// What an answer says about the command.
pub fn word(answer: &Result<AppendOutcome, StoreError>) -> Word {
    match answer {
        Ok(AppendOutcome::Appended { first, last }) => Word::Ack(*first, *last),
        Ok(AppendOutcome::AlreadyDone { first, last }) => Word::Was(*first, *last),
        Ok(_) => Word::No,
        Err(StoreError::Stopped { .. } | StoreError::OutcomeUnknown { .. }) => Word::Maybe,
        Err(StoreError::Engine(_)) => Word::Maybe,
        Err(_) => Word::No,
    }
}

pub fn why(answer: &Result<AppendOutcome, StoreError>) -> String {
    match answer {
        Ok(AppendOutcome::Conflict { .. }) => "conflict".into(),
        Ok(AppendOutcome::KeyTaken(_)) => "key-taken".into(),
        Ok(_) => "other".into(),
        Err(error) => format!("{} {}", error.code(), error.to_string().replace('\n', " ")),
    }
}

/// Runs the work to its end. `versions` of streams by their text.
pub async fn run<A: Appends>(
    target: &Arc<A>,
    lines: &Arc<Lines>,
    work: &Work,
    versions: HashMap<String, u64>,
    stop: &Arc<AtomicBool>,
) {
    let known = (0..STREAMS).filter_map(|n| Some((n, *versions.get(&stream(n).to_string())?)));
    let versions = Arc::new(Mutex::new(known.collect::<HashMap<u64, u64>>()));
    let mut writers = Vec::new();
    for number in 0..work.writers {
        let seed = work.seed.wrapping_add(u64::from(number) << 32);
        let writer = Writer {
            work: work.clone(),
            number,
            rng: ChaCha20Rng::seed_from_u64(seed),
            versions: Arc::clone(&versions),
            people: Vec::new(),
        };
        let run = writer.run(Arc::clone(target), Arc::clone(lines), Arc::clone(stop));
        writers.push(tokio::spawn(run));
    }
    for writer in writers {
        writer.await.unwrap();
    }
}

/// Versions of all streams of a ledger.
pub async fn versions(store: &impl EventStore) -> HashMap<String, u64> {
    let mut versions = HashMap::new();
    let mut after = 0;
    loop {
        let page = store.read_all(after, 1_000).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        versions.extend(
            page.iter()
                .map(|row| (row.stream.to_string(), row.stream_version)),
        );
    }
    assert_eq!(store.ledger(), LEDGER);
    versions
}
