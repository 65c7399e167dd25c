//! What only the engine's own connection can be made to do.

use super::failure::Failure;
use super::*;
use crate::codec::batch::NewEvent;
use crate::domain::ids::{AccountId, EventId, WorkerId};
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(1));

fn batch(n: u128, payload_bytes: usize) -> Batch {
    let stream: StreamId = WorkerId(Uuid::from_u128(n)).into();
    Batch {
        command_id: CommandId(Uuid::from_u128(n)),
        request_digest: [0; 32],
        actor: AccountId(Uuid::from_u128(2)),
        now: Instant(n as i64),
        expected: vec![(stream, 0)],
        events: vec![NewEvent {
            stream,
            event_id: EventId(Uuid::from_u128(n)),
            event_type: "worker.noted",
            schema_version: 1,
            causation: None,
            payload: vec![b'x'; payload_bytes],
        }],
        guards: Vec::new(),
        reservations: Vec::new(),
        subjects: Vec::new(),
        sealed: Vec::new(),
        erase: Vec::new(),
    }
}

/// `max_page_count` makes SQLite answer `SQLITE_FULL` exactly as a full disk does.
#[tokio::test]
async fn after_a_full_disk_nothing_is_written_until_the_ledger_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let store = SqliteStore::create(&path, LEDGER, Instant(1))
        .await
        .unwrap();
    store.append(batch(1, 100)).await.unwrap();
    let pool = &store.writing.as_ref().unwrap().writer.pool;
    sqlx::raw_sql("PRAGMA max_page_count = 60")
        .execute(pool)
        .await
        .unwrap();
    let first = store.append(batch(7, 900_000)).await;
    assert!(
        matches!(&first, Err(StoreError::Stopped { since: Instant(7), cause }) if cause.contains("full")),
        "{first:?}"
    );
    // There is room for these, and still nothing is written.
    sqlx::raw_sql("PRAGMA max_page_count = 100000")
        .execute(pool)
        .await
        .unwrap();
    let small = store.append(batch(8, 10)).await;
    assert!(
        matches!(
            small,
            Err(StoreError::Stopped {
                since: Instant(7),
                ..
            })
        ),
        "{small:?}"
    );
    let look = JournalEntry {
        at: Instant(9),
        actor: None,
        kind: "look",
        subject: None,
        position: None,
    };
    let look = store.journal(vec![look]).await;
    assert!(matches!(look, Err(StoreError::Stopped { .. })), "{look:?}");
    assert!(store.write().await.is_err());
    assert_eq!(store.head().await.unwrap().position, 1);
    store.close().await;

    let store = SqliteStore::open(&path, Mode::Writer { now: Instant(10) })
        .await
        .unwrap();
    assert_eq!(store.head().await.unwrap().position, 1);
    store.append(batch(7, 900_000)).await.unwrap();
    assert_eq!(store.head().await.unwrap().position, 2);
}

/// The future of an append may be dropped at any await; the next append finds no half batch.
#[tokio::test]
async fn an_abandoned_append_leaves_nothing_behind() {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let store = SqliteStore::create(&path, LEDGER, Instant(1))
        .await
        .unwrap();
    for polls in 0..40 {
        let number = 100 + polls as u128;
        {
            let mut abandoned = pin!(store.append(batch(number, 50)));
            let mut context = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                if let Poll::Ready(done) = abandoned.as_mut().poll(&mut context) {
                    done.unwrap();
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        // The same command again: done before, or done now; one effect either way.
        store.append(batch(number, 50)).await.unwrap();
        let head = store.head().await.unwrap();
        assert_eq!(head.position, polls as u64 + 1);
    }
    let rows = store.read_all(0, 100).await.unwrap();
    assert_eq!(rows.len(), 40);
}

#[tokio::test]
async fn every_error_has_its_words() {
    let errors = [
        StoreError::Locked {
            holder: "process 7".into(),
        },
        StoreError::NewerSchema { found: 9, known: 1 },
        StoreError::OlderSchema { found: 1, known: 9 },
        StoreError::Exists("a".into()),
        StoreError::Missing("a".into()),
        StoreError::NotALedger(String::new()),
        StoreError::Pragma {
            pragma: "synchronous",
            found: "1".into(),
        },
        StoreError::ReadOnly,
        Failure::Busy.into(),
        StoreError::Malformed("x"),
        StoreError::VaultVersion {
            subject: SubjectId(Uuid::nil()),
            actual: 1,
        },
        StoreError::UnknownSubject(SubjectId(Uuid::nil())),
        StoreError::Corrupt {
            table: "event",
            row: "position 1".into(),
            column: "actor",
        },
        StoreError::Stopped {
            since: Instant(0),
            cause: "full".into(),
        },
        StoreError::Engine("x".into()),
        StoreError::File {
            path: "a".into(),
            source: std::io::Error::other("x"),
        },
    ];
    for error in errors {
        let words = error.words();
        assert!(
            crate::locale::knows(&format!("store-{}", error.code())),
            "{error}"
        );
        assert!(
            !words.zh.contains("{$") && !words.en.contains("{$"),
            "{words:?}"
        );
    }
}

/// A foreign process that ignores the lock file and writes: we are told to wait, and do not stop.
#[tokio::test]
async fn a_busy_engine_is_busy_and_a_refused_row_is_refused() {
    use sqlx::Connection;
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let store = SqliteStore::create(&path, LEDGER, Instant(1))
        .await
        .unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let mut foreign = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut foreign)
        .await
        .unwrap();
    let pool = &store.writing.as_ref().unwrap().writer.pool;
    sqlx::raw_sql("PRAGMA busy_timeout = 0")
        .execute(pool)
        .await
        .unwrap();
    let busy = store.append(batch(1, 10)).await;
    assert!(matches!(busy, Err(StoreError::Busy { .. })), "{busy:?}");
    sqlx::raw_sql("ROLLBACK")
        .execute(&mut foreign)
        .await
        .unwrap();
    store.append(batch(1, 10)).await.unwrap();
    // An event id that stands already: the key refuses the row, and writing goes on.
    let mut twice = batch(2, 10);
    twice.events[0].event_id = EventId(Uuid::from_u128(1));
    let refused = store.append(twice).await;
    assert!(
        matches!(refused, Err(StoreError::Refused(_))),
        "{refused:?}"
    );
    store.append(batch(2, 10)).await.unwrap();
    assert_eq!(store.head().await.unwrap().position, 2);
}
