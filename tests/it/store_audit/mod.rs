//! The audit of the store's tables: a clean ledger is clean, and an edit of any column of any
//! row, a row taken out, put in or doubled is named with its table.

mod edit;
mod ground;
mod rows;
mod schema;

use crate::contract::batches::*;
use ground::Ground;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use skill_ledger::codec::batch::Batch;
use skill_ledger::codec::envelope;
use skill_ledger::codec::row::Row as Event;
use skill_ledger::domain::digest::SealedDigest;
use skill_ledger::domain::ids::{AccountId, LedgerId, SubjectId};
use skill_ledger::domain::time::Instant;
use skill_ledger::store::audit::{Derive, Derived, Findings};
use skill_ledger::store::{
    AnyStore, CheckpointOutcome, Database, EventStore, JournalEntry, StoredCheckpoint, Tile,
};
use skill_ledger::tlog::leaf::{Hash, leaf_hash};
use skill_ledger::tlog::merkle::{self, Tiles};
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(42));

/// An event's data in these tests: what it takes, seals and erases.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Data {
    keys: Vec<String>,
    sealed: Vec<SealedDigest>,
    erased: Vec<SubjectId>,
}

/// Reads [`Data`]; notes are `size root`.
struct Plain;

fn leaf(row: &Event) -> Hash {
    leaf_hash(&[row.event_type.as_bytes(), &row.payload_digest].concat())
}

impl Derive for Plain {
    fn of_event(&self, row: &Event) -> Result<Derived, String> {
        let opened = envelope::open(&row.payload).map_err(|e| e.to_string())?;
        let data: Data = serde_json::from_str(opened.data.get()).map_err(|e| e.to_string())?;
        Ok(Derived {
            reservations: data.keys,
            sealed: data.sealed,
            erased: data.erased,
            leaf: leaf(row),
        })
    }
    fn of_checkpoint(&self, checkpoint: &StoredCheckpoint) -> Result<(u64, Hash), String> {
        let (size, root) = checkpoint.note.split_once(' ').ok_or("no note")?;
        let mut hash = Hash::default();
        hex::decode_to_slice(root, &mut hash).map_err(|e| e.to_string())?;
        Ok((size.parse().map_err(|_| "no size")?, hash))
    }
}

/// Writes into the batch's first event what the rest of the batch holds.
fn saying(mut batch: Batch) -> Batch {
    let named: Vec<SealedDigest> = batch.sealed.iter().map(|row| row.named()).collect();
    let people: Vec<SealedDigest> = batch.subjects.iter().map(|new| new.named()).collect();
    for n in 0..batch.events.len() {
        let mut data = Data::default();
        let taken = batch.reservations.iter().filter(|r| r.event == n);
        data.keys = taken.map(|r| r.key.clone()).collect();
        if n == 0 {
            data.sealed = [named.clone(), people.clone()].concat();
            data.erased = batch.erase.clone();
        }
        batch.events[n].payload = envelope::encode(&data, [n as u8; 16]).unwrap();
    }
    batch
}

/// Extends the tree to the first `size` events and commits a checkpoint.
async fn sign(store: &AnyStore, tiles: &mut Tiles, old: u64, size: u64) {
    let mut leaves = Vec::new();
    while (leaves.len() as u64) < size - old {
        let page = store
            .read_all(old + leaves.len() as u64, 1000)
            .await
            .unwrap();
        leaves.extend(page.iter().map(leaf));
    }
    leaves.truncate((size - old) as usize);
    let changed = merkle::append(tiles, old, &leaves).unwrap();
    let changed = changed.into_iter().map(|id| Tile {
        level: id.level,
        index: id.index,
        hashes: tiles.hashes(id.level, id.index).unwrap().concat(),
    });
    let checkpoint = StoredCheckpoint {
        tree_size: size,
        note: format!("{size} {}", hex::encode(merkle::root(tiles, size).unwrap())),
        signed_at: Instant(size as i64),
    };
    let done = store
        .commit_checkpoint(old, changed.collect(), checkpoint)
        .await
        .unwrap();
    assert_eq!(done, CheckpointOutcome::Committed);
}

/// A ledger with every kind of row: 300 events, three checkpoints, an erased person.
async fn ledger(database: &Database) {
    let store = AnyStore::create(database, LEDGER, Instant(1))
        .await
        .unwrap();
    for n in 1..=10u128 {
        let first = batch(n)
            .writing(worker(n), 0, 3)
            .reserving(&format!("number:{n}"), 1)
            .reserving(&format!("subsidy:{n}"), 1)
            .enrolling(person(n), n as u8)
            .sealing(person(n), "identity", 1)
            .sealing(person(n), "contact", 1);
        store.append(saying(first)).await.unwrap();
    }
    let mut staff = batch(11)
        .writing(worker(11), 0, 1)
        .enrolling(person(11), 11);
    staff.subjects[0].blind_index = None;
    store.append(saying(staff)).await.unwrap();
    let newer = batch(12)
        .writing(worker(1), 3, 1)
        .sealing(person(1), "contact", 2);
    store.append(saying(newer)).await.unwrap();
    let mut erase = batch(13).writing(worker(2), 3, 1);
    erase.erase = vec![person(2)];
    store.append(saying(erase)).await.unwrap();
    let bulk = (100..150).fold(batch(14), |batch, n| batch.writing(worker(n), 0, 5));
    store.append(saying(bulk)).await.unwrap();
    let alone = batch(15).writing(worker(3), 3, 17);
    store.append(saying(alone)).await.unwrap();
    assert_eq!(store.head().await.unwrap().position, 300);

    let mut tiles = Tiles::new();
    for (old, size) in [(0, 7), (7, 256), (256, 290)] {
        sign(&store, &mut tiles, old, size).await;
    }
    for n in 1..=6i64 {
        let look = JournalEntry {
            at: Instant(n),
            actor: (n % 2 == 0).then_some(AccountId(Uuid::from_u128(7))),
            kind: "certificate-lookup",
            subject: (n % 3 == 0).then_some(person(1)),
            position: (n > 3).then_some(n as u64),
        };
        store.journal(vec![look]).await.unwrap();
    }
    store.close().await;
}

async fn audit(database: &Database) -> Findings {
    let store = AnyStore::open_to_read(database).await.unwrap();
    let findings = store.audit(Plain).await.unwrap();
    store.close().await;
    findings
}

async fn a_clean_ledger_is_clean(empty: Ground, full: Ground) {
    let store = AnyStore::create(&empty.database(), LEDGER, Instant(1))
        .await
        .unwrap();
    assert_eq!(store.audit(Plain).await.unwrap(), Findings::default());
    store.close().await;
    ledger(&full.database()).await;
    let findings = audit(&full.database()).await;
    assert_eq!(findings.problems, []);
    assert_eq!(
        (findings.events, findings.checkpoints, findings.looks),
        (300, 3, 6)
    );
    assert_eq!(findings.sealed_rows, 18);
    assert!(findings.not_checked.is_empty());
    for _ in 0..5 {
        assert_eq!(audit(&full.database()).await, findings);
    }
}

/// The audit reads one snapshot: what is appended meanwhile is no contradiction.
async fn an_audit_beside_a_writer_is_clean(ground: Ground) {
    let database = ground.database();
    let store = AnyStore::create(&database, LEDGER, Instant(1))
        .await
        .unwrap();
    let reader = AnyStore::open_to_read(&database).await.unwrap();
    let writing = tokio::spawn(async move {
        for n in 1..=150u128 {
            let next = batch(n)
                .writing(worker(n), 0, 20)
                .reserving(&format!("number:{n}"), 3)
                .enrolling(person(n), n as u8)
                .sealing(person(n), "identity", 1);
            store.append(saying(next)).await.unwrap();
        }
    });
    let mut seen = 0;
    while !writing.is_finished() {
        let found = reader.audit(Plain).await.unwrap();
        assert_eq!(found.problems, []);
        assert!(found.events >= seen);
        seen = found.events;
    }
    writing.await.unwrap();
    assert_eq!(reader.audit(Plain).await.unwrap().events, 3_000);
}

/// More events than a portion holds, some of them heavy.
async fn an_audit_of_many_portions_is_clean(ground: Ground) {
    let database = ground.database();
    let store = AnyStore::create(&database, LEDGER, Instant(1))
        .await
        .unwrap();
    for n in 1..=5u128 {
        let mut many = saying((0..10).fold(batch(n), |batch, k| {
            batch.writing(worker(n * 100 + k), 0, 100)
        }));
        if n == 3 {
            for event in many.events.iter_mut().step_by(10) {
                let data = Data {
                    keys: vec!["k".repeat(900_000)],
                    ..Data::default()
                };
                event.payload = envelope::encode(&data, [1; 16]).unwrap();
            }
        }
        store.append(many).await.unwrap();
    }
    let mut tiles = Tiles::new();
    sign(&store, &mut tiles, 0, 4_999).await;
    let found = store.audit(Plain).await.unwrap();
    assert_eq!(found.events, 5_000);
    // Nothing but the keys that the heavy events only claim to take.
    let mut others = found.problems.iter().filter(|p| p.table != "reservation");
    assert_eq!(others.next(), None);
    assert_eq!(found.problems.len(), 100);
}

macro_rules! on_both {
    ($($rule:ident($($ground:ident),*)),* $(,)?) => {
        mod sqlite {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $rule() {
                $(let $ground = Ground::file();)*
                super::$rule($($ground),*).await;
            })*
        }
        mod postgres {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $rule() {
                $(let Some($ground) = Ground::server().await else { return };)*
                super::$rule($($ground),*).await;
            })*
        }
    };
}
use edit::an_edit_of_any_column_of_any_row_is_named;
use rows::rows_taken_out_put_in_or_swapped_are_named;

on_both!(
    a_clean_ledger_is_clean(empty, full),
    an_audit_beside_a_writer_is_clean(ground),
    an_audit_of_many_portions_is_clean(ground),
    an_edit_of_any_column_of_any_row_is_named(ground),
    rows_taken_out_put_in_or_swapped_are_named(ground),
);

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_copies_of_a_clean_ledger_are_clean() {
    let ground = Ground::file();
    ledger(&ground.database()).await;
    let findings = audit(&ground.database()).await;
    let store = AnyStore::open_to_read(&ground.database()).await.unwrap();
    for n in 0..200 {
        let copy = ground.path().with_file_name(format!("copy-{n}.sqlite"));
        store.copy_to(&copy).await.unwrap();
        assert_eq!(audit(&Database::File(copy)).await, findings, "copy {n}");
    }
    store.close().await;
}
