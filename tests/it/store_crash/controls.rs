//! The tests of the test: writers that are wrong in one way each, which the suite must catch, and
//! beside each the same writer without the fault, which it must pass.

use super::journal::Journal;
use super::oracle;
use super::power::{Machine, machine_of};
use super::raw::Raw;
use super::stored::Stored;
use super::trace::may_trace;
use super::workload::{Appends, Work};
use super::writer::Writer;
use super::{Place, block_on, seed, times};
use crate::support::postgres::fresh_database;
use skill_ledger::codec::batch::{AppendOutcome, Batch};
use skill_ledger::store::{EventStore, StoreError};
use sqlx::{Connection, PgConnection};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

/// Acknowledges what it has not yet stored.
pub struct AcksEarly {
    last: Mutex<u64>,
    queue: mpsc::UnboundedSender<Batch>,
    task: JoinHandle<()>,
}

impl AcksEarly {
    pub async fn before<S: EventStore + 'static>(store: Arc<S>) -> Self {
        let last = store.head().await.unwrap().position;
        let (queue, mut waiting) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            while let Some(batch) = waiting.recv().await {
                EventStore::append(&*store, batch).await.unwrap();
            }
        });
        Self {
            last: Mutex::new(last),
            queue,
            task,
        }
    }
    /// Stores all that it has acknowledged.
    pub async fn drain(self) {
        drop(self.queue);
        self.task.await.unwrap();
    }
}

impl Appends for AcksEarly {
    async fn append(&self, batch: Batch) -> Result<AppendOutcome, StoreError> {
        let mut end = self.last.lock().await;
        let first = *end + 1;
        *end += batch.events.len() as u64;
        self.queue.send(batch).unwrap();
        Ok(AppendOutcome::Appended { first, last: *end })
    }
}

#[test]
fn an_acknowledgement_before_the_commit_is_caught() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::Sqlite(dir.path().join("ledger.sqlite"));
    block_on(place.create());
    let journal = dir.path().join("journal");
    let work = Work {
        acks_early: true,
        apart: true,
        signs: false,
        ..Work::steps(seed(), 32, 4)
    };
    let violations = || {
        let stored = block_on(Stored::of(&place)).unwrap();
        oracle::check(&Journal::read(&journal), &stored)
    };
    // Left to end in order, it passes.
    let mut writer = Writer::start(&place, &work, &journal);
    assert!(writer.wait_for("done", 1));
    writer.ended();
    assert_eq!(violations(), [""; 0]);
    // Killed, it has lost what it acknowledged.
    let killed = Work {
        seed: work.seed.wrapping_add(1),
        steps: None,
        ..work
    };
    let mut writer = Writer::start(&place, &killed, &journal);
    assert!(writer.wait_for("ack", 200));
    writer.kill();
    let found = violations();
    assert!(
        found
            .iter()
            .any(|v| v.starts_with("I1:") && v.ends_with("lost")),
        "{found:?}"
    );
}

/// What the oracle says of 32 writers of plain SQL on PostgreSQL, and how many were refused.
async fn raw_on_postgres(locks: bool, guarded: bool) -> Option<(Vec<String>, usize)> {
    let url = fresh_database().await?;
    let place = Place::Postgres(url.clone());
    place.create().await;
    if !guarded {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        let open = "ALTER TABLE event DROP CONSTRAINT event_pkey; \
            DROP TRIGGER event_gapless ON event; DROP TRIGGER head_only_forward ON head";
        sqlx::raw_sql(open).execute(&mut connection).await.unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let journal = dir.path().join("journal");
    let work = Work {
        raw: Some(Raw { syncs: true, locks }),
        apart: true,
        plain: true,
        signs: false,
        ..Work::steps(seed(), 32, 3)
    };
    let mut writer = Writer::start(&place, &work, &journal);
    assert!(writer.wait_for("done", 1));
    writer.ended();
    let read = Journal::read(&journal);
    let stored = Stored::of(&place).await.unwrap();
    let refused = read.commands.len() - read.acks();
    Some((oracle::check(&read, &stored), refused))
}

#[test]
fn a_head_that_nobody_locks_is_caught() {
    block_on(async {
        let Some((found, refused)) = raw_on_postgres(true, false).await else {
            return;
        };
        assert_eq!((found, refused), (Vec::new(), 0));
        let (found, _) = raw_on_postgres(false, false).await.unwrap();
        assert!(found.iter().any(|v| v.starts_with("I4:")), "{found:?}");
        // With its keys and triggers the schema refuses what the lock would have kept in order.
        let (found, refused) = raw_on_postgres(false, true).await.unwrap();
        assert_eq!(found, [""; 0]);
        assert!(refused > 0);
    });
}

/// A writer of plain SQL on SQLite, and the power cut at every moment of its work.
fn raw_on_sqlite(syncs: bool) -> Machine {
    let work = Work {
        raw: Some(Raw { syncs, locks: true }),
        apart: true,
        plain: true,
        signs: false,
        ..Work::steps(seed(), 8, 4)
    };
    machine_of(&work)
}

#[test]
fn a_log_that_is_not_synced_is_caught() {
    if !may_trace() {
        return;
    }
    let cuts = times(40, 400);
    let (looked, found) = block_on(raw_on_sqlite(true).cut(cuts));
    assert_eq!(found, [""; 0]);
    assert!(looked > 30, "{looked}");
    let (_, found) = block_on(raw_on_sqlite(false).cut(cuts));
    assert!(found.iter().any(|v| v.contains("lost")), "{found:?}");
}
