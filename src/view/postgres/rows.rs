//! Rows of a batch of changes, inserted many at a time: a statement is a trip to the server.

use super::bind;
use super::registers::Held;
use crate::domain::ids::SessionId;
use crate::view::ViewError;
use crate::view::change::ViewChange;
use crate::view::connection::Connection;
use crate::view::field::engine;
use crate::view::sql::{Bound, Sql, values};
use crate::view::write::registers::say;
use crate::view::write::{Statement, session, statements};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeMap;

/// Values of one statement; the protocol has room for 65,535.
pub(super) const PARAMETERS_MAX: usize = 30_000;

/// What is still to be written, none of which anything written so far depends on.
#[derive(Default)]
struct Waiting {
    /// By table with its columns.
    rows: BTreeMap<&'static str, Vec<Vec<Bound>>>,
    /// What results add to the counts of a session, and the last one's position.
    counts: BTreeMap<SessionId, ([i64; 4], u64)>,
}

/// Applies changes in their order, inside the caller's transaction.
pub(in crate::view) async fn apply(
    connection: &mut PgConnection,
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
                    let mut connection = Connection::Postgres(registers.connection());
                    connection.run(sql, values).await?;
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

    async fn write(&mut self, connection: &mut PgConnection) -> Result<(), ViewError> {
        for (into, rows) in std::mem::take(&mut self.rows) {
            let columns = rows.first().map_or(1, Vec::len).max(1);
            for rows in rows.chunks(PARAMETERS_MAX / columns) {
                insert(connection, into, columns, rows).await?;
            }
        }
        for (session, (added, position)) in std::mem::take(&mut self.counts) {
            let [entered, passed, failed, absent] = added;
            let values = values![session.0, entered, passed, failed, absent, position];
            let mut connection = Connection::Postgres(connection);
            connection.run(Sql::plain(session::COUNT), values).await?;
        }
        Ok(())
    }
}

async fn insert(
    connection: &mut PgConnection,
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
    let query = sqlx::query(AssertSqlSafe(statement)).persistent(rows.len() == 1);
    let query = rows.iter().flatten().cloned().fold(query, bind);
    query.execute(connection).await.map(drop).map_err(engine)
}
