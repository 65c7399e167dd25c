//! The views built again beside the ones in use: temporary tables of the same names on a
//! connection of their own. Nobody else sees the shadow, and it is gone with the connection.

use super::connection::{Connection, Pool};
use super::dump::TABLES;
use super::field::engine;
use super::views::{PROJECTION, Views};
use super::{Difference, ViewError, postgres, sqlite};
use sqlx::{AssertSqlSafe, PgConnection, SqliteConnection};
use std::collections::BTreeMap;

/// Most differences told of one table; after these it says that there are more.
const DIFFERENCES_MAX: usize = 200;

/// A row's columns with their bytes; `None` for NULL.
pub(super) type Cells = Vec<(String, Option<Vec<u8>>)>;

/// A connection on which the view tables are empty shadows.
pub(crate) struct Shadow {
    on: On,
    /// Whether [`Shadow::switch`] follows.
    writable: bool,
}

enum On {
    Sqlite(SqliteConnection),
    /// With the schema of the tables in use.
    Postgres(PgConnection, String),
}

impl Shadow {
    /// Empty shadows over the database of `views`. `writable` only where [`Shadow::switch`]
    /// follows.
    pub(crate) async fn open(views: &Views, writable: bool) -> Result<Self, ViewError> {
        let on = match &views.pool {
            Pool::Sqlite(pool) => On::Sqlite(sqlite::shadow::open(pool, writable).await?),
            Pool::Postgres(pool) => {
                let (connection, schema) = postgres::shadow::open(pool).await?;
                On::Postgres(connection, schema)
            }
        };
        Ok(Self { on, writable })
    }

    /// The connection; unqualified view tables on it are the shadows.
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match &mut self.on {
            On::Sqlite(connection) => Connection::Sqlite(connection),
            On::Postgres(connection, _) => Connection::Postgres(connection),
        }
    }

    /// Begins a transaction; where the tables in use are compared with the shadows, they stand
    /// still from its first read on.
    pub(crate) async fn begin(&mut self) -> Result<(), ViewError> {
        let begin = match self.writable {
            true => "BEGIN",
            false => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        };
        match &mut self.on {
            On::Sqlite(connection) => on_sqlite(connection, "BEGIN").await,
            On::Postgres(connection, _) => postgres::shadow::run(connection, begin).await,
        }
    }

    /// The position the tables in use say they are true at; none if they say nothing.
    pub(crate) async fn position_in_use(&mut self) -> Result<Option<u64>, ViewError> {
        let sql = |schema: &str| {
            AssertSqlSafe(format!(
                "SELECT position FROM {schema}.view_position WHERE projection = $1"
            ))
        };
        let position: Option<i64> = match &mut self.on {
            On::Sqlite(connection) => {
                let query = sqlx::query_scalar(sql("main")).bind(PROJECTION);
                query.fetch_optional(connection).await
            }
            On::Postgres(connection, schema) => {
                let query = sqlx::query_scalar(sql(schema)).bind(PROJECTION);
                query.fetch_optional(connection).await
            }
        }
        .map_err(engine)?;
        Ok(position.map(|position| u64::try_from(position).unwrap_or(0)))
    }

    /// Keeps what [`Shadow::begin`] began, and begins the transaction in which the shadows take
    /// the place of the tables in use; waits for the projection that is under way.
    pub(crate) async fn begin_switch(&mut self) -> Result<(), ViewError> {
        match &mut self.on {
            On::Sqlite(connection) => on_sqlite(connection, "COMMIT; BEGIN IMMEDIATE").await,
            On::Postgres(connection, schema) => {
                postgres::shadow::run(connection, "COMMIT; BEGIN").await?;
                postgres::shadow::hold_position_in_use(connection, schema, PROJECTION).await
            }
        }
    }

    /// Puts the shadows' rows in the place of the tables in use, and commits. Readers see either
    /// all of the old rows or all of the new ones.
    pub(crate) async fn switch(mut self) -> Result<(), ViewError> {
        for (table, _) in TABLES {
            match &mut self.on {
                On::Sqlite(connection) => {
                    let replace = format!(
                        "DELETE FROM main.{table};
                         INSERT INTO main.{table} SELECT * FROM temp.{table}"
                    );
                    let replace = sqlx::raw_sql(AssertSqlSafe(replace));
                    replace.execute(connection).await.map_err(engine)?;
                }
                On::Postgres(connection, schema) => {
                    let replace = format!(
                        "DELETE FROM {schema}.{table};
                         INSERT INTO {schema}.{table} SELECT * FROM pg_temp.{table}"
                    );
                    postgres::shadow::run_made(connection, replace).await?;
                }
            }
        }
        match &mut self.on {
            On::Sqlite(connection) => on_sqlite(connection, "COMMIT").await,
            On::Postgres(connection, _) => postgres::shadow::run(connection, "COMMIT").await,
        }
    }

    /// Every row of the tables in use that is not as the shadows have it, by key.
    pub(crate) async fn differences(&mut self) -> Result<Vec<Difference>, ViewError> {
        if let On::Postgres(connection, _) = &mut self.on {
            postgres::shadow::built(connection).await?;
        }
        let mut differences = Vec::new();
        for (table, key) in TABLES {
            let (found, expected) = self.unlike(table).await?;
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

    /// The rows of a table that are only in use, and those that are only in the shadow.
    async fn unlike(&mut self, table: &str) -> Result<(Vec<Cells>, Vec<Cells>), ViewError> {
        let sql = |here: &str, there: &str| {
            AssertSqlSafe(format!(
                "SELECT * FROM {here}.{table} EXCEPT SELECT * FROM {there}.{table} LIMIT {}",
                DIFFERENCES_MAX + 1
            ))
        };
        Ok(match &mut self.on {
            On::Sqlite(connection) => {
                let mut only = async |here: &str, there: &str| {
                    let query = sqlx::query(sql(here, there));
                    let rows = query.fetch_all(&mut *connection).await.map_err(engine)?;
                    Ok::<_, ViewError>(rows.iter().map(sqlite::shadow::cells).collect())
                };
                (only("main", "temp").await?, only("temp", "main").await?)
            }
            On::Postgres(connection, schema) => {
                let mut only = async |here: &str, there: &str| {
                    let query = sqlx::query(sql(here, there));
                    let rows = query.fetch_all(&mut *connection).await.map_err(engine)?;
                    Ok::<_, ViewError>(rows.iter().map(postgres::shadow::cells).collect())
                };
                let found = only(schema, "pg_temp").await?;
                (found, only("pg_temp", schema).await?)
            }
        })
    }
}

async fn on_sqlite(
    connection: &mut SqliteConnection,
    statements: &'static str,
) -> Result<(), ViewError> {
    let done = sqlx::raw_sql(statements).execute(connection).await;
    done.map(drop).map_err(engine)
}

/// A row's key, for people: `number S0001…`, `body 0190…, from_position 17`.
fn key_of(row: &Cells, key: &[&str]) -> String {
    let of_key = row.iter().filter(|(name, _)| key.contains(&name.as_str()));
    let shown = of_key.map(|(name, bytes)| format!("{name} {}", show(bytes.as_deref())));
    shown.collect::<Vec<_>>().join(", ")
}

fn show(value: Option<&[u8]>) -> String {
    let Some(bytes) = value else {
        return String::from("NULL");
    };
    if let Ok(id) = uuid::Uuid::from_slice(bytes)
        && !bytes.is_ascii()
    {
        return id.to_string();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| c.is_ascii_graphic()) => text.to_owned(),
        _ => hex::encode(bytes),
    }
}

fn compare(
    table: &'static str,
    key: &[&str],
    found: &[Cells],
    expected: &[Cells],
    differences: &mut Vec<Difference>,
) {
    let mut expected: BTreeMap<String, &Cells> =
        expected.iter().map(|row| (key_of(row, key), row)).collect();
    for row in found {
        let name = key_of(row, key);
        let detail = match expected.remove(&name) {
            None => String::from("no event leads to this row"),
            Some(right) => {
                let columns: Vec<&str> = row
                    .iter()
                    .zip(right)
                    .filter(|(cell, right)| cell != right)
                    .map(|((column, _), _)| column.as_str())
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
