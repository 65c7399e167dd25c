//! The audit of the store's tables: a clean ledger is clean, and an edit of any column of any
//! row, a row taken out, put in or doubled is named with its table.

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

/// (table, its columns, primary key) of every table of the store.
async fn tables(path: &Path) -> Vec<(String, Vec<String>, Vec<String>)> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'view\\_%' ESCAPE '\\' \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let mut tables = Vec::new();
    for name in names {
        let columns: Vec<(String, i64)> =
            sqlx::query_as("SELECT name, pk FROM pragma_table_info($1) ORDER BY cid")
                .bind(&name)
                .fetch_all(&mut connection)
                .await
                .unwrap();
        let keys = columns
            .iter()
            .filter(|(_, pk)| *pk > 0)
            .map(|(c, _)| c.clone())
            .collect();
        let columns = columns.into_iter().map(|(c, _)| c);
        // The migration tool's timings are outside the audit.
        let columns = columns.filter(|c| c != "installed_on" && c != "execution_time");
        tables.push((name, columns.collect(), keys));
    }
    tables
}

/// Another value of the same type, as an SQL literal.
fn other(rng: &mut ChaCha20Rng, kind: &str, value: Option<&[u8]>, number: i64) -> String {
    match (kind, value) {
        ("INTEGER" | "BOOLEAN", _) => match rng.random_range(0..3) {
            0 => (number + 1).to_string(),
            1 => (number - 1).to_string(),
            _ => (number ^ (1 << rng.random_range(0..40))).to_string(),
        },
        ("TEXT", Some(text)) => {
            let mut text = String::from_utf8(text.to_vec()).unwrap();
            match rng.random_range(0..3) {
                0 => text.push('x'),
                1 => drop(text.pop()),
                _ => text = text.chars().rev().chain(['y']).collect(),
            }
            format!("'{}'", text.replace('\'', "''"))
        }
        ("BLOB", Some(bytes)) if !bytes.is_empty() => {
            let mut bytes = bytes.to_vec();
            let at = rng.random_range(0..bytes.len());
            match rng.random_range(0..6) {
                0 => bytes.truncate(at),
                1 => bytes.push(7),
                _ => bytes[at] ^= 1 << rng.random_range(0..8),
            }
            format!("x'{}'", hex::encode(bytes))
        }
        _ => "x'00112233445566778899aabbccddeeff'".to_owned(),
    }
}

/// How the audit prints the key of a row.
fn label(table: &str, keys: &[String], literals: &[String]) -> String {
    let plain = |literal: &String| match literal.strip_prefix("x'") {
        Some(digits) => Uuid::parse_str(digits.trim_end_matches('\''))
            .unwrap()
            .to_string(),
        None => literal.trim_matches('\'').to_owned(),
    };
    let words = keys.iter().zip(literals).map(|(key, literal)| {
        let key = if key == "tile_index" { "index" } else { key };
        format!("{key} {}", plain(literal))
    });
    match table {
        "command" | "head" => plain(&literals[0]),
        _ => words.collect::<Vec<_>>().join(" "),
    }
}

/// Edits one column of one random row and answers the row's label; `None` if a key refused it.
async fn edit(
    connection: &mut SqliteConnection,
    rng: &mut ChaCha20Rng,
    table: &str,
    column: &str,
    keys: &[String],
) -> Option<String> {
    let sql = format!("SELECT {column}, {} FROM {table}", keys.join(", "));
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    let row = &rows[rng.random_range(0..rows.len())];
    let literal = |n: usize| {
        let raw = row.try_get_raw(n).unwrap();
        if raw.is_null() {
            return "NULL".to_owned();
        }
        match raw.type_info().to_string().as_str() {
            "INTEGER" => row.get::<i64, _>(n).to_string(),
            "TEXT" => format!("'{}'", row.get::<String, _>(n)),
            "BOOLEAN" => i64::from(row.get::<bool, _>(n)).to_string(),
            _ => format!("x'{}'", hex::encode(row.get::<Vec<u8>, _>(n))),
        }
    };
    let raw = row.try_get_raw(0).unwrap();
    let (null, kind) = (raw.is_null(), raw.type_info().to_string());
    let new = if null {
        let kind = if column == "position" {
            "INTEGER"
        } else {
            "NULL"
        };
        other(rng, kind, None, 3)
    } else if kind == "INTEGER" || kind == "BOOLEAN" {
        let number: i64 = literal(0).parse().unwrap();
        other(rng, &kind, None, number)
    } else if kind == "TEXT" {
        other(rng, &kind, Some(row.get::<String, _>(0).as_bytes()), 0)
    } else {
        other(rng, &kind, Some(&row.get::<Vec<u8>, _>(0)), 0)
    };
    let literals: Vec<String> = (1..=keys.len()).map(literal).collect();
    let place = keys
        .iter()
        .zip(&literals)
        .map(|(key, value)| format!("{key} = {value}"));
    let place: Vec<String> = place.collect();
    let sql = format!(
        "UPDATE {table} SET {column} = {new} WHERE {}",
        place.join(" AND ")
    );
    let changed = matches!(run(connection, &sql).await, Ok(1));
    changed.then(|| label(table, keys, &literals))
}

#[tokio::test]
async fn an_edit_of_any_column_of_any_row_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    ledger(&path).await;
    let mut rng = ChaCha20Rng::seed_from_u64(20_261_122);
    let mut edits = 0;
    for (table, columns, keys) in tables(&path).await {
        for column in &columns {
            let mut done = 0;
            for _ in 0..20 {
                let copy = dir.path().join("copy.db");
                std::fs::copy(&path, &copy).unwrap();
                let (mut connection, triggers) = outlaw(&copy).await;
                let changed = edit(&mut connection, &mut rng, &table, column, &keys).await;
                for trigger in &triggers {
                    run(&mut connection, trigger).await.unwrap();
                }
                connection.close().await.unwrap();
                let Some(row) = changed else { continue };
                // A database that cannot even be opened has been noticed.
                match SqliteStore::open(&copy, Mode::Reader).await {
                    Err(_) => assert!(table == "ledger" || table == "_sqlx_migrations"),
                    Ok(store) => {
                        let found = store.audit(&Plain).await.unwrap();
                        store.close().await;
                        // A row whose key was edited is named by its old key or its new one.
                        let moved = keys.contains(column);
                        let mut problems = found.problems.iter();
                        let named = problems.any(|p| p.table == table && (moved || p.row == row));
                        assert!(named, "{table}.{column} {row}: {:?}", found.problems);
                    }
                }
                done += 1;
                edits += 1;
                if done == 8 {
                    break;
                }
            }
            assert!(done > 0, "{table}.{column}");
        }
    }
    assert!(edits >= 300, "{edits}");
}

#[tokio::test]
async fn rows_taken_out_put_in_or_swapped_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    ledger(&path).await;
    for (table, row, statement) in [
        (
            "event",
            "position 17",
            "DELETE FROM event WHERE position = 17",
        ),
        ("head", "event", "DELETE FROM event WHERE position = 300"),
        ("head", "event", "DELETE FROM event WHERE position > 290"),
        (
            "event",
            "position 301",
            "INSERT INTO event SELECT 301, stream_id, 99, randomblob(16), event_type,
               schema_version, recorded_at, actor, command_id, request_digest, causation, payload,
               payload_digest, chain FROM event WHERE position = 300",
        ),
        (
            "event",
            "position 40",
            "UPDATE event SET position = -1 WHERE position = 40;
             UPDATE event SET position = 40 WHERE position = 41;
             UPDATE event SET position = 41 WHERE position = -1",
        ),
        (
            "command",
            "00000000-0000-0000-0000-000000000003",
            "DELETE FROM command WHERE command_id = (SELECT command_id FROM event WHERE position = 7)",
        ),
        (
            "command",
            "00000000-0000-0000-0000-0000000000ff",
            "INSERT INTO command VALUES (x'000000000000000000000000000000ff', zeroblob(32), 2, 2)",
        ),
        (
            "command",
            "00000000-0000-0000-0000-0000000000ff",
            "INSERT INTO command VALUES (x'000000000000000000000000000000ff', zeroblob(32), 999, 999)",
        ),
        (
            "reservation",
            "key number:3",
            "DELETE FROM reservation WHERE key = 'number:3'",
        ),
        (
            "reservation",
            "key number:x",
            "INSERT INTO reservation VALUES ('number:x', 4)",
        ),
        (
            "reservation",
            "key number:x",
            "INSERT INTO reservation VALUES ('number:x', 999)",
        ),
        (
            "head",
            "checkpoint",
            "DELETE FROM checkpoint WHERE tree_size = 290",
        ),
        (
            "checkpoint",
            "tree_size 256",
            "DELETE FROM checkpoint WHERE tree_size = 7",
        ),
        (
            "log_tile",
            "level 1 index 0",
            "DELETE FROM log_tile WHERE level = 1",
        ),
        (
            "log_tile",
            "level 0 index 2",
            "INSERT INTO log_tile VALUES (0, 2, zeroblob(32))",
        ),
        (
            "log_tile",
            "level 3 index 0",
            "INSERT INTO log_tile VALUES (3, 0, zeroblob(32))",
        ),
        (
            "head",
            "journal",
            "DELETE FROM access_journal WHERE sequence = 6",
        ),
        (
            "access_journal",
            "sequence 4",
            "DELETE FROM access_journal WHERE sequence = 3",
        ),
        (
            "vault_row",
            "subject 00000000-0000-0000-0000-000000000004 field contact",
            "DELETE FROM vault_row WHERE field = 'contact' AND subject = x'00000000000000000000000000000004'",
        ),
        (
            "vault_row",
            "subject 00000000-0000-0000-0000-000000000004 field photo",
            "INSERT INTO vault_row VALUES (x'00000000000000000000000000000004', 'photo', 1, zeroblob(24), x'00')",
        ),
        (
            "vault_subject",
            "subject 00000000-0000-0000-0000-00000000000b",
            "DELETE FROM vault_subject WHERE blind_index IS NULL",
        ),
        (
            "vault_subject",
            "subject 00000000-0000-0000-0000-000000000002",
            "INSERT INTO vault_subject SELECT x'00000000000000000000000000000002', wrapped_key,
               zeroblob(32), digest FROM vault_subject LIMIT 1",
        ),
        (
            "sqlite_schema",
            "trigger event_no_update",
            "DROP TRIGGER event_no_update",
        ),
        (
            "sqlite_schema",
            "index reservation_position",
            "DROP INDEX reservation_position",
        ),
        ("sqlite_schema", "table odd", "CREATE TABLE odd (a)"),
        (
            "ledger",
            "one 1",
            "UPDATE ledger SET ledger_id = zeroblob(16)",
        ),
    ] {
        let copy = dir.path().join("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        let (mut connection, triggers) = outlaw(&copy).await;
        let (first, last) = match statement.starts_with("DROP TRIGGER") {
            true => ("", statement),
            false => (statement, ""),
        };
        run(&mut connection, first).await.unwrap();
        for trigger in &triggers {
            run(&mut connection, trigger).await.unwrap();
        }
        run(&mut connection, last).await.unwrap();
        connection.close().await.unwrap();
        let found = audit(&copy).await;
        let named = found
            .problems
            .iter()
            .any(|p| p.table == table && p.row == row);
        assert!(named, "{statement}: {:?}", found.problems);
    }
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
