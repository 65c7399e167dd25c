//! The tables derived from events: commands and reservations, compared in both directions.

use super::super::failure::read as engine;
use super::super::read::{column, id};
use super::{Page, readable};
use crate::codec::row::Digest;
use crate::domain::ids::CommandId;
use crate::store::StoreError;
use crate::store::audit::Findings;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use std::collections::BTreeMap;

/// What a row of `command` says, or the events say it must.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Done {
    id: CommandId,
    digest: Digest,
    first: u64,
    last: u64,
}

/// The walk along the commands.
#[derive(Default)]
pub(super) struct Commands {
    /// The command whose events are being read, which may go on in the next page.
    run: Option<Done>,
    /// Rows read and not yet compared, by first position.
    stored: BTreeMap<u64, Done>,
}

fn done(row: &SqliteRow) -> Result<Done, StoreError> {
    let id = CommandId(id(row, 0, "command", &"a command", "command_id")?);
    let bad = |name| super::super::read::corrupt("command", &id, name);
    let digest: &[u8] = column(row, 1, "command", &id, "request_digest")?;
    let first: i64 = column(row, 2, "command", &id, "first_position")?;
    let last: i64 = column(row, 3, "command", &id, "last_position")?;
    Ok(Done {
        id,
        digest: digest.try_into().map_err(|_| bad("request_digest"))?,
        first: u64::try_from(first).map_err(|_| bad("first_position"))?,
        last: u64::try_from(last).map_err(|_| bad("last_position"))?,
    })
}

impl Commands {
    pub(super) async fn check(
        &mut self,
        connection: &mut SqliteConnection,
        page: &Page,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "SELECT command_id, request_digest, first_position, last_position FROM command \
             WHERE first_position BETWEEN $1 AND $2",
        )
        .bind(signed(page.from))
        .bind(signed(page.to))
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            if let Some(row) = readable(done(row), found)? {
                self.stored.insert(row.first, row);
            }
        }
        for (row, _) in &page.events {
            let next = Done {
                id: row.command_id,
                digest: row.request_digest,
                first: row.position,
                last: row.position,
            };
            match &mut self.run {
                Some(run) if (run.id, run.digest) == (next.id, next.digest) => {
                    run.last = row.position;
                }
                _ => {
                    self.compare(found);
                    self.run = Some(next);
                }
            }
        }
        Ok(())
    }

    /// The run has ended: its row must say the same.
    fn compare(&mut self, found: &mut Findings) {
        let Some(run) = self.run.take() else { return };
        // Rows that begin before this run belong to no run.
        let later = self.stored.split_off(&run.first);
        for stray in std::mem::replace(&mut self.stored, later).into_values() {
            found.add(
                "command",
                stray.id,
                "no events of one command begin at its first position",
            );
        }
        match self.stored.remove(&run.first) {
            None => found.add("command", run.id, "the row of this command is missing"),
            Some(stored) if stored != run => {
                found.add("command", stored.id, "it does not say what its events say");
            }
            Some(_) => {}
        }
    }

    pub(super) async fn finish(
        &mut self,
        connection: &mut SqliteConnection,
        last: u64,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        self.compare(found);
        for stray in std::mem::take(&mut self.stored).into_values() {
            found.add(
                "command",
                stray.id,
                "no events of one command begin at its first position",
            );
        }
        let rows = sqlx::query(
            "SELECT command_id, request_digest, first_position, last_position FROM command \
             WHERE first_position < 1 OR first_position > $1",
        )
        .bind(signed(last))
        .fetch_all(connection)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            if let Some(stray) = readable(done(row), found)? {
                found.add("command", stray.id, "it points where no event is");
            }
        }
        Ok(())
    }
}

fn signed(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// Compares the keys taken at the positions of a page with those its events say they take.
pub(super) async fn check_reservations(
    connection: &mut SqliteConnection,
    page: &Page,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let rows =
        sqlx::query("SELECT key, position FROM reservation WHERE position BETWEEN $1 AND $2")
            .bind(signed(page.from))
            .bind(signed(page.to))
            .fetch_all(connection)
            .await
            .map_err(|e| engine(&e))?;
    let mut stored = BTreeMap::new();
    for row in &rows {
        match (row.try_get::<String, _>(0), row.try_get::<i64, _>(1)) {
            (Ok(key), Ok(position)) => drop(stored.insert(key, position)),
            _ => found.add("reservation", "a key", "it cannot be read"),
        }
    }
    for (row, derived) in &page.events {
        for key in derived.iter().flat_map(|derived| &derived.reservations) {
            match stored.remove(key) {
                None => {
                    let detail = format!(
                        "position {} takes this key, and no row says so",
                        row.position
                    );
                    found.add("reservation", format!("key {key}"), detail);
                }
                Some(position) if position != signed(row.position) => {
                    let detail =
                        format!("it is taken by position {}, not {position}", row.position);
                    found.add("reservation", format!("key {key}"), detail);
                }
                Some(_) => {}
            }
        }
    }
    for (key, position) in stored {
        let detail = format!("the event at position {position} does not take this key");
        found.add("reservation", format!("key {key}"), detail);
    }
    Ok(())
}

/// Reservations that point where no event is.
pub(super) async fn orphan_reservations(
    connection: &mut SqliteConnection,
    last: u64,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT key FROM reservation WHERE position < 1 OR position > $1")
        .bind(signed(last))
        .fetch_all(connection)
        .await
        .map_err(|e| engine(&e))?;
    for row in &rows {
        let key: String = column(row, 0, "reservation", &"a key", "key")?;
        found.add(
            "reservation",
            format!("key {key}"),
            "it points where no event is",
        );
    }
    Ok(())
}
