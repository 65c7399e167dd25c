//! The contract suite on SQLite, and what is SQLite's own: lock, schema, triggers.

use crate::contract::batches::*;
use crate::contract::event_store as contract;
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::domain::time::Instant;
use skill_ledger::store::sqlite::Mode;
use skill_ledger::store::{EventStore, SqliteStore, StoreError};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(42));
const NOW: Instant = Instant(1_000);

async fn fresh() -> (TempDir, SqliteStore) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let store = SqliteStore::create(&path, LEDGER, NOW).await.unwrap();
    (dir, store)
}

macro_rules! holds {
    ($($rule:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $rule() {
            let (_dir, store) = fresh().await;
            contract::$rule(store).await;
        }
    )*};
}

holds!(
    positions_are_gapless_and_chained,
    what_is_written_is_read,
    a_heavy_page_ends_early_and_loses_nothing,
    a_stale_version_is_a_conflict,
    one_command_has_one_effect,
    a_key_is_taken_for_ever,
    one_person_per_identity,
    sealed_rows_follow_their_versions,
    erasure_leaves_the_events,
    recorded_time_never_goes_back,
    a_malformed_batch_writes_nothing,
    the_largest_append_is_one_append,
    rivals_never_share_a_version,
    checkpoints_are_compare_and_swap,
    looks_are_journalled,
);

#[tokio::test(flavor = "multi_thread")]
async fn a_random_history_goes_as_the_model_says() {
    let (_dir, store) = fresh().await;
    crate::contract::model::a_random_history_goes_as_the_model_says(store).await;
}

async fn raw(path: &Path) -> sqlx::SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path);
    sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_second_writer_is_told_who_holds_the_lock_and_a_reader_reads_beside() {
    let (dir, store) = fresh().await;
    let path = dir.path().join("ledger.db");
    store
        .append(batch(1).writing(worker(1), 0, 2))
        .await
        .unwrap();
    match SqliteStore::open(&path, Mode::Writer { now: NOW }).await {
        Err(StoreError::Locked { holder }) => {
            assert!(holder.contains(&std::process::id().to_string()), "{holder}");
            assert!(holder.contains("1970-01-01T00:00:00.001Z"), "{holder}");
        }
        other => panic!("{other:?}"),
    }
    let reader = SqliteStore::open(&path, Mode::Reader).await.unwrap();
    assert_eq!(reader.ledger(), LEDGER);
    assert_eq!(reader.head().await.unwrap().position, 2);
    let refused = reader.append(batch(2).writing(worker(1), 2, 1)).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    store
        .append(batch(2).writing(worker(1), 2, 1))
        .await
        .unwrap();
    assert_eq!(reader.head().await.unwrap().position, 3);
    store.close().await;
    let writer = SqliteStore::open(&path, Mode::Writer { now: NOW })
        .await
        .unwrap();
    writer
        .append(batch(3).writing(worker(1), 3, 1))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_ledger_is_created_once_and_opened_only_where_one_is() {
    let (dir, store) = fresh().await;
    let path = dir.path().join("ledger.db");
    store.close().await;
    let again = SqliteStore::create(&path, LEDGER, NOW).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    let absent = SqliteStore::open(&dir.path().join("other.db"), Mode::Reader).await;
    assert!(matches!(absent, Err(StoreError::Missing(_))), "{absent:?}");
    for (name, content) in [
        ("text.db", "not a database, only text ".repeat(99)),
        ("empty.db", String::new()),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        for mode in [Mode::Reader, Mode::Writer { now: NOW }] {
            let refused = SqliteStore::open(&path, mode).await;
            assert!(
                matches!(refused, Err(StoreError::NotALedger(_))),
                "{name} {refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_database_of_another_schema_is_refused() {
    let (dir, store) = fresh().await;
    let path = dir.path().join("ledger.db");
    store.close().await;
    let mut raw = raw(&path).await;
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'later', 1, x'00', 0)",
    )
    .execute(&mut raw)
    .await
    .unwrap();
    for mode in [Mode::Reader, Mode::Writer { now: NOW }] {
        let refused = SqliteStore::open(&path, mode).await;
        assert!(
            matches!(refused, Err(StoreError::NewerSchema { found: 9999, .. })),
            "{refused:?}"
        );
    }
    sqlx::raw_sql("DELETE FROM _sqlx_migrations WHERE version >= 4")
        .execute(&mut raw)
        .await
        .unwrap();
    let refused = SqliteStore::open(&path, Mode::Reader).await;
    assert!(
        matches!(refused, Err(StoreError::OlderSchema { found: 3, .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_is_for_ever_refuses_change() {
    let (dir, store) = fresh().await;
    let full = batch(1)
        .writing(worker(1), 0, 3)
        .reserving("number:A", 0)
        .enrolling(person(1), 1)
        .sealing(person(1), "identity", 1);
    store.append(full).await.unwrap();
    let checkpoint = skill_ledger::store::StoredCheckpoint {
        tree_size: 2,
        note: "note".into(),
        signed_at: NOW,
    };
    let tile = skill_ledger::store::Tile {
        level: 0,
        index: 0,
        hashes: vec![7; 64],
    };
    store
        .commit_checkpoint(0, vec![tile], checkpoint)
        .await
        .unwrap();
    let look = skill_ledger::store::JournalEntry {
        at: NOW,
        actor: None,
        kind: "look",
        subject: None,
        position: None,
    };
    store.journal(vec![look]).await.unwrap();
    let mut raw = raw(&dir.path().join("ledger.db")).await;
    for statement in [
        "UPDATE event SET actor = x'00000000000000000000000000000000' WHERE position = 1",
        "DELETE FROM event WHERE position = 3",
        "INSERT INTO event SELECT 9, stream_id, 9, randomblob(16), event_type, schema_version,
           recorded_at, actor, command_id, request_digest, causation, payload, payload_digest,
           chain FROM event WHERE position = 1",
        "UPDATE reservation SET position = 2",
        "DELETE FROM reservation",
        "UPDATE command SET last_position = 2",
        "DELETE FROM command",
        "UPDATE checkpoint SET note = 'x'",
        "DELETE FROM checkpoint",
        "INSERT INTO checkpoint SELECT 9, 0, note, signed_at, chain FROM checkpoint",
        "UPDATE log_tile SET hashes = zeroblob(64)",
        "UPDATE log_tile SET hashes = substr(hashes, 1, 32)",
        "DELETE FROM log_tile",
        "UPDATE access_journal SET kind = 'x'",
        "DELETE FROM access_journal",
        "UPDATE ledger SET ledger_id = zeroblob(16)",
        "DELETE FROM ledger",
        "UPDATE head SET position = position - 1",
        "UPDATE head SET chain = zeroblob(32)",
        "DELETE FROM head",
        "UPDATE vault_row SET ciphertext = x'00'",
        "INSERT INTO vault_row VALUES (zeroblob(16), 'f', 2, zeroblob(24), x'00')",
    ] {
        let refused = sqlx::raw_sql(statement).execute(&mut raw).await;
        assert!(refused.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn what_is_erased_is_in_no_file() {
    let (dir, store) = fresh().await;
    let secret = |n: u128, what: u8| format!("secret {n} {what} of the person").into_bytes();
    for n in 1..=40 {
        let mut next = batch(n)
            .writing(worker(n), 0, 1)
            .enrolling(person(n), n as u8)
            .sealing(person(n), "identity", 1);
        next.subjects[0].wrapped_key = secret(n, 1);
        next.sealed[0].ciphertext = secret(n, 2).repeat(40);
        store.append(next).await.unwrap();
    }
    let mut newer = batch(41)
        .writing(worker(1), 1, 1)
        .sealing(person(1), "identity", 2);
    newer.sealed[0].ciphertext = b"short".to_vec();
    store.append(newer).await.unwrap();
    let files = || {
        let mut bytes = Vec::new();
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
        }
        bytes
    };
    let holds = |bytes: &[u8], secret: &[u8]| bytes.windows(secret.len()).any(|w| w == secret);
    assert!(holds(&files(), &secret(7, 1)) && holds(&files(), &secret(7, 2)));
    let mut erase = batch(42).writing(worker(1), 2, 1);
    erase.erase = (1..=20).map(person).collect();
    store.append(erase).await.unwrap();
    let bytes = files();
    for n in 1..=40 {
        for what in [1, 2] {
            assert_eq!(holds(&bytes, &secret(n, what)), n > 20, "{n} {what}");
        }
    }
}
