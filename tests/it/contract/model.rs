//! Random batches against the store and against a model of it in plain maps: same outcomes, same
//! contents.

use super::batches::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use skill_ledger::codec::batch::{AppendOutcome, Batch, IdentityTaken, KeyTaken};
use skill_ledger::domain::ids::{StreamId, SubjectId};
use skill_ledger::store::EventStore;
use std::collections::BTreeMap;

/// What the contract says a store holds.
#[derive(Default)]
struct Model {
    position: u64,
    versions: BTreeMap<StreamId, u64>,
    keys: BTreeMap<String, u64>,
    identities: BTreeMap<[u8; 32], SubjectId>,
    commands: BTreeMap<u128, ([u8; 32], u64, u64)>,
}

impl Model {
    fn append(&mut self, batch: &Batch) -> AppendOutcome {
        if let Some((digest, first, last)) = self.commands.get(&batch.command_id.0.as_u128()) {
            return if *digest == batch.request_digest {
                AppendOutcome::AlreadyDone {
                    first: *first,
                    last: *last,
                }
            } else {
                AppendOutcome::CommandIdReused
            };
        }
        for (stream, version) in batch.expected.iter().chain(&batch.guards) {
            let actual = self.versions.get(stream).copied().unwrap_or(0);
            if actual != *version {
                let stream = *stream;
                return AppendOutcome::Conflict { stream, actual };
            }
        }
        let taken = batch.reservations.iter().filter_map(|r| {
            let position = *self.keys.get(&r.key)?;
            let key = r.key.clone();
            Some(KeyTaken { key, position })
        });
        let taken: Vec<KeyTaken> = taken.collect();
        if !taken.is_empty() {
            return AppendOutcome::KeyTaken(taken);
        }
        let known = batch.subjects.iter().filter_map(|new| {
            let blind_index = new.blind_index?;
            let subject = *self.identities.get(&blind_index)?;
            Some(IdentityTaken {
                blind_index,
                subject,
            })
        });
        let known: Vec<IdentityTaken> = known.collect();
        if !known.is_empty() {
            return AppendOutcome::IdentityTaken(known);
        }
        let first = self.position + 1;
        for event in &batch.events {
            *self.versions.entry(event.stream).or_default() += 1;
            self.position += 1;
        }
        let new_keys = batch.reservations.iter();
        let new_keys = new_keys.map(|r| (r.key.clone(), first + r.event as u64));
        self.keys.extend(new_keys);
        let new = batch.subjects.iter();
        self.identities
            .extend(new.filter_map(|new| Some((new.blind_index?, new.subject))));
        let done = (batch.request_digest, first, self.position);
        self.commands.insert(batch.command_id.0.as_u128(), done);
        AppendOutcome::Appended {
            first,
            last: self.position,
        }
    }
}

/// One act of a random history, before versions are filled in.
#[derive(Clone, Debug)]
struct Act {
    command: u128,
    other_request: bool,
    writes: Vec<(u128, usize)>,
    guard: Option<u128>,
    stale: bool,
    key: Option<u8>,
    identity: Option<u8>,
}

fn act() -> impl Strategy<Value = Act> {
    (
        1u128..40,
        prop::bool::weighted(0.2),
        prop::collection::btree_map(0u128..5, 1usize..4, 1..3),
        prop::option::of(0u128..5),
        prop::bool::weighted(0.2),
        prop::option::of(0u8..12),
        prop::option::of(0u8..12),
    )
        .prop_map(
            |(command, other_request, writes, guard, stale, key, identity)| Act {
                command,
                other_request,
                writes: writes.into_iter().collect(),
                guard,
                stale,
                key,
                identity,
            },
        )
}

fn batch_of(act: &Act, step: u128, model: &Model) -> Batch {
    let version = |n: u128| model.versions.get(&worker(n)).copied().unwrap_or(0);
    // Ids of events and people come from the step: a command tried again writes new ones.
    let mut batch = batch(1_000 + step);
    for (n, (stream, count)) in act.writes.iter().enumerate() {
        let stale = u64::from(act.stale && n == 0);
        batch = batch.writing(worker(*stream), version(*stream) + stale, *count);
    }
    if let Some(guard) = act.guard {
        batch = batch.guarding(worker(guard), version(guard));
    }
    if let Some(key) = act.key {
        batch = batch.reserving(&format!("number:{key}"), 0);
    }
    if let Some(identity) = act.identity {
        batch = batch.enrolling(person(5_000 + step), identity).sealing(
            person(5_000 + step),
            "identity",
            1,
        );
    }
    batch.command_id.0 = uuid::Uuid::from_u128(act.command);
    batch.request_digest = [u8::from(act.other_request); 32];
    batch
}

/// A few hundred random acts on one store.
pub async fn a_random_history_goes_as_the_model_says(store: impl EventStore) {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let acts = prop::collection::vec(act(), 250)
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let mut model = Model::default();
    let mut seen = [0; 6];
    for (step, act) in acts.iter().enumerate() {
        let batch = batch_of(act, step as u128, &model);
        let expected = model.append(&batch);
        let kind = match &expected {
            AppendOutcome::Appended { .. } => 0,
            AppendOutcome::Conflict { .. } => 1,
            AppendOutcome::KeyTaken(_) => 2,
            AppendOutcome::IdentityTaken(_) => 3,
            AppendOutcome::AlreadyDone { .. } => 4,
            AppendOutcome::CommandIdReused => 5,
        };
        seen[kind] += 1;
        assert_eq!(
            store.append(batch).await.unwrap(),
            expected,
            "step {step}: {act:?}"
        );
        assert_eq!(store.head().await.unwrap().position, model.position);
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
    for (stream, version) in &model.versions {
        let rows = store.read_streams(&[(*stream, 1)]).await.unwrap();
        assert_eq!(rows.len() as u64, *version);
        assert!(rows.iter().zip(1..).all(|(row, n)| row.stream_version == n));
    }
    for (key, position) in &model.keys {
        assert_eq!(store.reservation(key).await.unwrap(), Some(*position));
    }
    for (index, subject) in &model.identities {
        assert_eq!(store.subject_by_index(index).await.unwrap(), Some(*subject));
    }
}
