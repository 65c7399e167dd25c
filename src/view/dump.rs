//! Every row of every view, for a recount by somebody else's logic and for comparing bytes.

use super::connection::Transaction;
use super::field::engine;
use super::views::Views;
use super::{AsOf, ViewError, postgres, sqlite};
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

/// Rows read at a time.
const BATCH: usize = 2000;

/// Every view table and the columns of its key.
pub(super) const TABLES: [(&str, &[&str]); 14] = [
    ("view_position", &["projection"]),
    ("view_authority", &["one"]),
    ("view_body", &["body"]),
    ("view_standing", &["body", "from_position"]),
    ("view_scope", &["grant_id"]),
    ("view_run_off", &["body", "session", "from_position"]),
    ("view_key", &["from_position"]),
    ("view_session", &["session"]),
    ("view_certificate", &["number"]),
    ("view_credential", &["credential"]),
    ("view_passport", &["worker", "position"]),
    ("view_proposal", &["proposal"]),
    ("view_register", &["kind", "key", "from_position"]),
    ("view_published", &["kind", "owner", "list"]),
];

impl Views {
    /// Tells every row of every view table, tables in a fixed order, rows by their keys; columns
    /// by name. Ids are UUIDs, other bytes hexadecimal. Stops when told to. Everything is read at
    /// one position, which is the answer. The same events give the same rows on either engine.
    pub async fn dump(
        &self,
        mut told: impl FnMut(&'static str, Map<String, Value>) -> bool,
    ) -> Result<AsOf<()>, ViewError> {
        self.newest_only("a dump")?;
        let (mut read, position) = self.at().await?;
        let done = AsOf {
            position,
            value: (),
        };
        for (table, key) in TABLES {
            let order = key.join(", ");
            let query = format!("SELECT * FROM {table} ORDER BY {order}");
            if let Transaction::Postgres(read) = &mut read {
                run(read, format!("DECLARE dumped CURSOR FOR {query}")).await?;
            }
            let mut offset = 0;
            loop {
                let rows = match &mut read {
                    Transaction::Sqlite(read) => {
                        let page = format!("{query} LIMIT {BATCH} OFFSET {offset}");
                        let rows = sqlx::query(AssertSqlSafe(page))
                            .fetch_all(&mut **read)
                            .await
                            .map_err(engine)?;
                        rows.iter().map(sqlite::columns).collect::<Vec<_>>()
                    }
                    Transaction::Postgres(read) => {
                        let page = format!("FETCH {BATCH} FROM dumped");
                        let rows = sqlx::query(AssertSqlSafe(page))
                            .persistent(false)
                            .fetch_all(&mut **read)
                            .await
                            .map_err(engine)?;
                        rows.iter().map(postgres::columns).collect()
                    }
                };
                let read_now = rows.len();
                for row in rows {
                    if !told(table, row?) {
                        return Ok(done);
                    }
                }
                if read_now < BATCH {
                    break;
                }
                offset += BATCH;
            }
            if let Transaction::Postgres(read) = &mut read {
                run(read, String::from("CLOSE dumped")).await?;
            }
        }
        Ok(done)
    }
}

async fn run(connection: &mut sqlx::PgConnection, statement: String) -> Result<(), ViewError> {
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(connection)
        .await
        .map(drop)
        .map_err(engine)
}
