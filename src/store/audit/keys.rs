//! The tables derived from events: commands and reservations, compared in both directions.

use super::snapshot::Done;
use super::{Derived, Findings};
use crate::codec::row::Row;
use crate::store::StoreError;
use std::collections::BTreeMap;

/// The walk along the commands.
#[derive(Default)]
pub(super) struct Commands {
    /// The command whose events are being read, which may go on in the next portion.
    run: Option<Done>,
    /// Rows read and not yet compared, by first position.
    stored: BTreeMap<u64, Done>,
}

const BEGINS_NOWHERE: &str = "no events of one command begin at its first position";
const POINTS_NOWHERE: &str = "it points where no event is";

impl Commands {
    /// Takes in rows of the table, before the events they belong to.
    pub(super) fn stored(
        &mut self,
        rows: Vec<Result<Done, StoreError>>,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        for row in rows {
            let Some(row) = found.readable(row)? else {
                continue;
            };
            if row.first == 0 {
                found.add("command", row.id, POINTS_NOWHERE);
            } else if let Some(twin) = self.stored.insert(row.first, row) {
                found.add("command", twin.id, BEGINS_NOWHERE);
            }
        }
        Ok(())
    }

    /// Takes in one more event.
    pub(super) fn event(&mut self, row: &Row, found: &mut Findings) {
        match &mut self.run {
            Some(run) if (run.id, run.digest) == (row.command_id, row.request_digest) => {
                run.last = row.position;
            }
            _ => {
                self.compare(found);
                self.run = Some(Done {
                    id: row.command_id,
                    digest: row.request_digest,
                    first: row.position,
                    last: row.position,
                });
            }
        }
    }

    /// The run has ended: its row must say the same.
    fn compare(&mut self, found: &mut Findings) {
        let Some(run) = self.run.take() else { return };
        // Rows that begin before this run belong to no run.
        while let Some(stray) = self.stored.first_entry().filter(|e| *e.key() < run.first) {
            found.add("command", stray.remove().id, BEGINS_NOWHERE);
        }
        match self.stored.remove(&run.first) {
            None => found.add("command", run.id, "the row of this command is missing"),
            Some(stored) if stored != run => {
                found.add("command", stored.id, "it does not say what its events say");
            }
            Some(_) => {}
        }
    }

    /// The events are at their end.
    pub(super) fn finish(&mut self, found: &mut Findings) {
        self.compare(found);
        for stray in std::mem::take(&mut self.stored).into_values() {
            found.add("command", stray.id, BEGINS_NOWHERE);
        }
    }
}

/// The keys taken at the positions of one portion.
pub(super) struct Reservations(BTreeMap<String, i64>);

impl Reservations {
    pub(super) fn stored(
        rows: Vec<Result<(String, i64), StoreError>>,
        found: &mut Findings,
    ) -> Result<Self, StoreError> {
        let mut stored = BTreeMap::new();
        for row in rows {
            stored.extend(found.readable(row)?);
        }
        Ok(Self(stored))
    }

    /// The keys that one event says it takes must stand there for it.
    pub(super) fn event(&mut self, row: &Row, derived: &Derived, found: &mut Findings) {
        for key in &derived.reservations {
            let detail = match self.0.remove(key) {
                Some(position) if u64::try_from(position) == Ok(row.position) => continue,
                Some(position) => {
                    format!("it is taken by position {}, not {position}", row.position)
                }
                None => format!(
                    "position {} takes this key, and no row says so",
                    row.position
                ),
            };
            found.add("reservation", format!("key {key}"), detail);
        }
    }

    /// What is left is taken by no event.
    pub(super) fn finish(self, found: &mut Findings) {
        for (key, position) in self.0 {
            let detail = format!("the event at position {position} does not take this key");
            found.add("reservation", format!("key {key}"), detail);
        }
    }
}

/// Names rows that lie beyond the last event.
pub(super) fn point_nowhere(
    commands: Vec<Result<Done, StoreError>>,
    keys: Vec<Result<(String, i64), StoreError>>,
    found: &mut Findings,
) -> Result<(), StoreError> {
    for command in commands {
        if let Some(command) = found.readable(command)? {
            found.add("command", command.id, POINTS_NOWHERE);
        }
    }
    for key in keys {
        if let Some((key, _)) = found.readable(key)? {
            found.add("reservation", format!("key {key}"), POINTS_NOWHERE);
        }
    }
    Ok(())
}
