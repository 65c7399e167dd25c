//! The audit of the store's tables: a clean ledger is clean, and an edit of any column of any
//! row, a row taken out, put in or doubled is named with its table.

mod edit;
mod rows;

use crate::contract::batches::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use skill_ledger::codec::batch::Batch;
use skill_ledger::codec::envelope;
use skill_ledger::codec::row::Row as Event;
use skill_ledger::domain::digest::SealedDigest;
use skill_ledger::domain::ids::{AccountId, LedgerId, SubjectId};
use skill_ledger::domain::time::Instant;
use skill_ledger::store::audit::{Derive, Derived, Findings};
use skill_ledger::store::sqlite::Mode;
use skill_ledger::store::{
    CheckpointOutcome, EventStore, JournalEntry, SqliteStore, StoredCheckpoint, Tile,
};
use skill_ledger::tlog::leaf::{Hash, leaf_hash};
use skill_ledger::tlog::merkle::{self, Tiles};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Row, ValueRef};
use std::path::Path;
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
async fn sign(store: &SqliteStore, tiles: &mut Tiles, old: u64, size: u64) {
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
async fn ledger(path: &Path) {
    let store = SqliteStore::create(path, LEDGER, Instant(1)).await.unwrap();
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

async fn audit(path: &Path) -> Findings {
    let store = SqliteStore::open(path, Mode::Reader).await.unwrap();
    let findings = store.audit(&Plain).await.unwrap();
    store.close().await;
    findings
}

#[tokio::test]
async fn a_clean_ledger_is_clean() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let empty = dir.path().join("empty.db");
    let store = SqliteStore::create(&empty, LEDGER, Instant(1))
        .await
        .unwrap();
    assert_eq!(store.audit(&Plain).await.unwrap(), Findings::default());
    ledger(&path).await;
    let findings = audit(&path).await;
    assert_eq!(findings.problems, []);
    assert_eq!(
        (findings.events, findings.checkpoints, findings.looks),
        (300, 3, 6)
    );
    assert_eq!(findings.sealed_rows, 18);
    for n in 0..10 {
        let copy = dir.path().join(format!("{n}.db"));
        std::fs::copy(&path, &copy).unwrap();
        assert_eq!(audit(&copy).await, findings);
    }
}

/// A connection for which nothing is for ever: no triggers, checks or references.
async fn outlaw(path: &Path) -> (SqliteConnection, Vec<String>) {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(false)
        .synchronous(SqliteSynchronous::Off)
        .pragma("ignore_check_constraints", "ON");
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    for (name, _) in &triggers {
        run(&mut connection, &format!("DROP TRIGGER {name}"))
            .await
            .unwrap();
    }
    (
        connection,
        triggers.into_iter().map(|(_, sql)| sql).collect(),
    )
}

async fn run(connection: &mut SqliteConnection, sql: &str) -> Result<u64, sqlx::Error> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await;
    done.map(|done| done.rows_affected())
}

/// The audit reads one snapshot: what is appended meanwhile is no contradiction.
#[tokio::test(flavor = "multi_thread")]
async fn an_audit_beside_a_writer_is_clean() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let store = SqliteStore::create(&path, LEDGER, Instant(1))
        .await
        .unwrap();
    let reader = SqliteStore::open(&path, Mode::Reader).await.unwrap();
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
        let found = reader.audit(&Plain).await.unwrap();
        assert_eq!(found.problems, []);
        assert!(found.events >= seen);
        seen = found.events;
    }
    writing.await.unwrap();
    assert_eq!(reader.audit(&Plain).await.unwrap().events, 3_000);
}
