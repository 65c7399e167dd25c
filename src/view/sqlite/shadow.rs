//! The views built again beside the ones in use: temporary tables of the same names on a
//! connection of their own. There an unqualified name means the shadow, `main.` the table in use.
//! Nobody else sees the shadow, and it is gone with the connection.

use super::SqliteViews;
use super::field::engine;
use crate::view::{Difference, ViewError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, Column as _, ConnectOptions, Row as _, SqliteConnection};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The migrations that make view tables.
pub(super) const SCHEMA: &[&str] = &[
    include_str!("../../../migrations/sqlite/0010_view_position.sql"),
    include_str!("../../../migrations/sqlite/0011_view_body.sql"),
    include_str!("../../../migrations/sqlite/0018_view_session.sql"),
    include_str!("../../../migrations/sqlite/0013_view_certificate.sql"),
    include_str!("../../../migrations/sqlite/0014_view_passport.sql"),
    include_str!("../../../migrations/sqlite/0015_view_proposal.sql"),
    include_str!("../../../migrations/sqlite/0016_view_register.sql"),
    include_str!("../../../migrations/sqlite/0017_view_certificate.sql"),
    include_str!("../../../migrations/sqlite/0019_view_scope.sql"),
];

/// Every view table and the columns of its key.
pub(crate) const TABLES: [(&str, &[&str]); 14] = [
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

/// Most differences told of one table; after these it says that there are more.
const DIFFERENCES_MAX: usize = 200;

/// A connection on which the view tables are empty shadows.
pub(crate) struct Shadow {
    connection: SqliteConnection,
}

impl Shadow {
    /// Empty shadows over the file of `views`. `writable` only where [`Shadow::switch`] follows.
    pub(crate) async fn open(views: &SqliteViews, writable: bool) -> Result<Self, ViewError> {
        let options: Arc<SqliteConnectOptions> = views.pool.connect_options();
        let options = options.as_ref().clone().read_only(!writable);
        let mut connection = options.connect().await.map_err(engine)?;
        for schema in SCHEMA {
            let temporary = for_connection(schema, "TEMP");
            sqlx::raw_sql(AssertSqlSafe(temporary))
                .execute(&mut connection)
                .await
                .map_err(engine)?;
        }
        Ok(Self { connection })
    }

    /// The connection; unqualified view tables on it are the shadows.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    /// Begins a transaction; from its first read on the tables in use stand still.
    pub(crate) async fn begin(&mut self) -> Result<(), ViewError> {
        sqlx::query("BEGIN")
            .execute(&mut self.connection)
            .await
            .map_err(engine)?;
        Ok(())
    }

    /// The position the tables in use say they are true at; none if they say nothing.
    pub(crate) async fn position_in_use(&mut self) -> Result<Option<u64>, ViewError> {
        let position: Option<i64> =
            sqlx::query_scalar("SELECT position FROM main.view_position WHERE projection = $1")
                .bind(super::PROJECTION)
                .fetch_optional(&mut self.connection)
                .await
                .map_err(engine)?;
        Ok(position.map(|position| u64::try_from(position).unwrap_or(0)))
    }

    /// Keeps what [`Shadow::begin`] began, and begins the transaction in which the shadows take
    /// the place of the tables in use; waits for the writer's commit that is under way.
    pub(crate) async fn begin_switch(&mut self) -> Result<(), ViewError> {
        sqlx::raw_sql("COMMIT; BEGIN IMMEDIATE")
            .execute(&mut self.connection)
            .await
            .map_err(engine)?;
        Ok(())
    }

    /// Puts the shadows' rows in the place of the tables in use, and commits. Readers see either
    /// all of the old rows or all of the new ones.
    pub(crate) async fn switch(mut self) -> Result<(), ViewError> {
        for (table, _) in TABLES {
            let replace = format!(
                "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM temp.{table}"
            );
            sqlx::raw_sql(AssertSqlSafe(replace))
                .execute(&mut self.connection)
                .await
                .map_err(engine)?;
        }
        sqlx::query("COMMIT")
            .execute(&mut self.connection)
            .await
            .map_err(engine)?;
        Ok(())
    }

    /// Every row of the tables in use that is not as the shadows have it, by key.
    pub(crate) async fn differences(&mut self) -> Result<Vec<Difference>, ViewError> {
        let mut differences = Vec::new();
        for (table, key) in TABLES {
            let found = self.only_in(table, "main", "temp").await?;
            let expected = self.only_in(table, "temp", "main").await?;
            let truncated = found.len().max(expected.len()) > DIFFERENCES_MAX;
            compare(table, key, &found, &expected, &mut differences);
            if truncated {
                differences.push(Difference {
                    table,
                    row: String::from("more rows"),
                    detail: format!("more than {DIFFERENCES_MAX} rows differ"),
                });
            }
        }
        Ok(differences)
    }

    async fn only_in(
        &mut self,
        table: &str,
        here: &str,
        there: &str,
    ) -> Result<Vec<SqliteRow>, ViewError> {
        let query = format!(
            "SELECT * FROM {here}.{table} EXCEPT SELECT * FROM {there}.{table} LIMIT {}",
            DIFFERENCES_MAX + 1
        );
        sqlx::query(AssertSqlSafe(query))
            .fetch_all(&mut self.connection)
            .await
            .map_err(engine)
    }
}

/// The schema of a migration for tables that are not there yet: `TEMP` ones, or plain.
pub(super) fn for_connection(schema: &str, kind: &str) -> String {
    let of = if kind.is_empty() { "" } else { "temp." };
    schema
        .replace(
            "DROP TABLE view_",
            &format!("DROP TABLE IF EXISTS {of}view_"),
        )
        .replace("CREATE TABLE view_", &format!("CREATE {kind} TABLE view_"))
        .replace("CREATE INDEX view_", &format!("CREATE INDEX {of}view_"))
        .replace(
            "CREATE UNIQUE INDEX view_",
            &format!("CREATE UNIQUE INDEX {of}view_"),
        )
}

/// The bytes of a column, whatever its type; `None` for NULL.
fn bytes(row: &SqliteRow, column: usize) -> Option<Vec<u8>> {
    row.try_get_unchecked(column).unwrap_or_default()
}

/// A row's key, for people: `number S0001…`, `body 0190…, from_position 17`.
fn key_of(row: &SqliteRow, key: &[&str]) -> String {
    let shown = row.columns().iter().filter_map(|column| {
        let name = column.name();
        key.contains(&name)
            .then(|| format!("{name} {}", show(bytes(row, column.ordinal()))))
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn show(value: Option<Vec<u8>>) -> String {
    let Some(bytes) = value else {
        return String::from("NULL");
    };
    if let Ok(id) = uuid::Uuid::from_slice(&bytes)
        && !bytes.is_ascii()
    {
        return id.to_string();
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| c.is_ascii_graphic()) => text,
        Ok(text) => hex::encode(text),
        Err(error) => hex::encode(error.into_bytes()),
    }
}

fn compare(
    table: &'static str,
    key: &[&str],
    found: &[SqliteRow],
    expected: &[SqliteRow],
    differences: &mut Vec<Difference>,
) {
    let mut expected: BTreeMap<String, &SqliteRow> =
        expected.iter().map(|row| (key_of(row, key), row)).collect();
    for row in found {
        let name = key_of(row, key);
        let detail = match expected.remove(&name) {
            None => String::from("no event leads to this row"),
            Some(right) => {
                let columns: Vec<&str> = row
                    .columns()
                    .iter()
                    .filter(|c| bytes(row, c.ordinal()) != bytes(right, c.ordinal()))
                    .map(|c| c.name())
                    .collect();
                format!("not as the events say: {}", columns.join(", "))
            }
        };
        differences.push(Difference {
            table,
            row: name,
            detail,
        });
    }
    differences.extend(expected.into_keys().map(|row| Difference {
        table,
        row,
        detail: String::from("the row is missing"),
    }));
}
