//! Rows of a batch of changes, inserted many at a time.

use super::held::Held;
use super::registers::say;
use super::{Statement, session, statements};
use crate::domain::ids::SessionId;
use crate::view::ViewError;
use crate::view::change::ViewChange;
use crate::view::connection::Connection;
use crate::view::sql::{Bound, Sql, values};
use std::collections::BTreeMap;

/// Values of one statement: PostgreSQL takes 65,535, SQLite 32,766.
const PARAMETERS_MAX: usize = 30_000;

/// What is still to be written, none of which anything written so far depends on.
#[derive(Default)]
struct Waiting {
    /// By table with its columns.
    rows: BTreeMap<&'static str, Vec<Vec<Bound>>>,
    /// What results add to the counts of a session, and the last one's position.
    counts: BTreeMap<SessionId, ([i64; 4], u64)>,
}

/// Applies changes in their order, inside the caller's transaction.
pub(crate) async fn apply(
    connection: &mut Connection<'_>,
    changes: Vec<ViewChange>,
) -> Result<(), ViewError> {
    let mut registers = Held::before(connection, &changes).await?;
    let mut waiting = Waiting::default();
    for change in changes {
        if !say(&mut registers, &change).await? {
            continue;
        }
        if let ViewChange::CountResult {
            session,
            was,
            now,
            position,
        } = change
        {
            waiting.count(session, session::added(was, now), position);
            continue;
        }
        for statement in statements(change)? {
            match statement {
                Statement::Insert { into, values } => {
                    waiting.rows.entry(into).or_default().push(values);
                }
                // It may speak of what waits.
                Statement::Other { sql, values } => {
                    waiting.write(registers.connection()).await?;
                    registers.connection().run(sql, values).await?;
                }
            }
        }
    }
    waiting.write(registers.connection()).await?;
    registers.write().await
}

impl Waiting {
    fn count(&mut self, session: SessionId, added: [i64; 4], position: u64) {
        let (counts, last) = self.counts.entry(session).or_default();
        for (count, added) in counts.iter_mut().zip(added) {
            *count += added;
        }
        *last = position;
    }

    async fn write(&mut self, connection: &mut Connection<'_>) -> Result<(), ViewError> {
        for (into, rows) in std::mem::take(&mut self.rows) {
            let columns = rows.first().map_or(1, Vec::len).max(1);
            for rows in rows.chunks(PARAMETERS_MAX / columns) {
                insert(connection, into, columns, rows).await?;
            }
        }
        for (session, (added, position)) in std::mem::take(&mut self.counts) {
            let [entered, passed, failed, absent] = added;
            let values = values![session.0, entered, passed, failed, absent, position];
            connection.run(Sql::plain(session::COUNT), values).await?;
        }
        Ok(())
    }
}

async fn insert(
    connection: &mut Connection<'_>,
    into: &'static str,
    columns: usize,
    rows: &[Vec<Bound>],
) -> Result<(), ViewError> {
    let row = |nth: usize| {
        let places = (1..=columns).map(|column| format!("${}", nth * columns + column));
        format!("({})", places.collect::<Vec<_>>().join(", "))
    };
    let places: Vec<String> = (0..rows.len()).map(row).collect();
    let statement = format!("INSERT INTO {into} VALUES {}", places.join(", "));
    // One row is a statement seen again and again; many are not.
    let seen_again = rows.len() == 1;
    let values = rows.iter().flatten().cloned();
    connection.run_made(statement, values, seen_again).await
}
