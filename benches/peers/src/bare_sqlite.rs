//! The floor on SQLite: the bare driver, one thread that writes, a commit for all that wait.

use crate::bare_row::{ACTOR, AT, BareRow, stream};
use crate::event::{self, Event};
use crate::work::Store;
use anyhow::{Context as _, Result, ensure};
use rusqlite::{Connection, params};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::block_in_place;

/// Rows after which a group takes no more, as in the product.
const GROUP: usize = 4_096;

const SCHEMA: &str = "CREATE TABLE event (
    position       INTEGER PRIMARY KEY,
    stream_id      TEXT NOT NULL,
    stream_version INTEGER NOT NULL,
    event_id       BLOB NOT NULL UNIQUE,
    event_type     TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at    INTEGER NOT NULL,
    actor          BLOB NOT NULL,
    command_id     BLOB NOT NULL,
    request_digest BLOB NOT NULL,
    causation      BLOB,
    payload        BLOB NOT NULL,
    payload_digest BLOB NOT NULL,
    chain          BLOB NOT NULL,
    UNIQUE (stream_id, stream_version)
) STRICT";

/// Rows, and who waits until they are durable.
type Waiting = (Vec<BareRow>, oneshot::Sender<Result<()>>);

/// The bare driver on one file.
pub struct BareSqlite {
    queue: mpsc::UnboundedSender<Waiting>,
    reader: Mutex<Connection>,
}

fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    let full: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    ensure!(mode == "wal" && full == 2, "the pragmas did not take");
    Ok(connection)
}

impl BareSqlite {
    /// Makes a new file.
    pub fn create(path: &Path) -> Result<Self> {
        let writer = connect(path)?;
        writer.execute_batch(SCHEMA)?;
        let (queue, waiting) = mpsc::unbounded_channel();
        std::thread::spawn(move || write(writer, waiting));
        let reader = Mutex::new(connect(path)?);
        Ok(Self { queue, reader })
    }
}

/// Takes what waits, group after group.
fn write(mut connection: Connection, mut waiting: mpsc::UnboundedReceiver<Waiting>) {
    let mut position = 0;
    while let Some(first) = waiting.blocking_recv() {
        let mut rows = first.0.len();
        let mut group = vec![first];
        // Those just answered come again: the processor is theirs until no more of them come.
        let mut grown = true;
        while grown && rows < GROUP {
            std::thread::yield_now();
            grown = false;
            while rows < GROUP {
                let Ok(next) = waiting.try_recv() else { break };
                rows += next.0.len();
                group.push(next);
                grown = true;
            }
        }
        let stored = store(&mut connection, position, &group);
        if stored.is_ok() {
            position += rows as i64;
        }
        for (_, answer) in group {
            let failed = stored.as_ref().err();
            let failed = failed.map(|error| anyhow::anyhow!("{error:#}"));
            // A caller that no longer waits is not an error.
            let _ = answer.send(failed.map_or(Ok(()), Err));
        }
    }
}

fn store(connection: &mut Connection, mut position: i64, group: &[Waiting]) -> Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9, NULL, ?10, ?9, ?9)",
        )?;
        for row in group.iter().flat_map(|(rows, _)| rows) {
            position += 1;
            insert.execute(params![
                position,
                row.stream,
                row.version,
                row.event.as_bytes(),
                event::TYPE,
                AT,
                ACTOR.as_bytes(),
                row.command.as_bytes(),
                row.digest,
                row.payload.as_bytes(),
            ])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

impl Store for BareSqlite {
    async fn append(&self, _caller: usize, events: Vec<Event>) -> Result<()> {
        let (answer, answered) = oneshot::channel();
        let rows = events.iter().map(BareRow::of).collect();
        self.queue.send((rows, answer)).ok().context("no writer")?;
        answered.await?
    }

    async fn replay(&self) -> Result<u64> {
        block_in_place(|| {
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let mut all = reader.prepare_cached("SELECT * FROM event ORDER BY position")?;
            let mut rows = all.query([])?;
            let mut events = 0;
            while let Some(row) = rows.next()? {
                let payload = row.get_ref(11)?.as_blob()?.to_vec();
                ensure!(payload.len() == event::BYTES, "a payload is missing");
                events += 1;
            }
            Ok(events)
        })
    }

    async fn load(&self, number: u64) -> Result<(u64, u64)> {
        block_in_place(|| {
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let mut one = reader.prepare_cached(
                "SELECT * FROM event WHERE stream_id = ?1 ORDER BY stream_version",
            )?;
            let mut rows = one.query([stream(number)])?;
            let (mut events, mut sum) = (0, 0);
            while let Some(row) = rows.next()? {
                sum += event::number(row.get_ref(11)?.as_blob()?)?;
                events += 1;
            }
            Ok((events, sum))
        })
    }
}
