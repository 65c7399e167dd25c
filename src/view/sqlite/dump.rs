//! Every row of every view, for a recount by somebody else's logic and for comparing bytes.

use super::field::engine;
use super::shadow::{SCHEMA, TABLES, for_connection};
use super::{Connection, SqliteViews};
use crate::view::{AsOf, ViewError};
use serde_json::{Map, Value};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteRow};
use sqlx::{AssertSqlSafe, Column as _, Row as _, TypeInfo as _, ValueRef as _};

/// Rows read at a time.
const BATCH: usize = 2000;

/// Begins one transaction over everything that follows on this connection.
pub(crate) async fn begin(connection: &mut Connection) -> Result<(), ViewError> {
    sqlx::query("BEGIN")
        .execute(connection)
        .await
        .map_err(engine)?;
    Ok(())
}

/// Ends what [`begin`] began.
pub(crate) async fn commit(connection: &mut Connection) -> Result<(), ViewError> {
    sqlx::query("COMMIT")
        .execute(connection)
        .await
        .map_err(engine)?;
    Ok(())
}

impl SqliteViews {
    /// Empty view tables in a temporary database of their own, gone with the last clone. For views
    /// of a past position, beside the ones in use.
    pub(crate) async fn temporary() -> Result<Self, ViewError> {
        // An empty name is a private file on disk: it grows past memory, and nobody else opens it.
        let options = SqliteConnectOptions::new()
            .filename("")
            .create_if_missing(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await
            .map_err(engine)?;
        for schema in SCHEMA {
            sqlx::raw_sql(AssertSqlSafe(for_connection(schema, "")))
                .execute(&pool)
                .await
                .map_err(engine)?;
        }
        Ok(Self { pool, asked: None })
    }

    /// Tells every row of every view table, tables in a fixed order, rows by their keys; columns
    /// by name. Ids are UUIDs, other bytes hexadecimal. Stops when told to. Everything is read at
    /// one position, which is the answer.
    pub async fn dump(
        &self,
        mut told: impl FnMut(&'static str, Map<String, Value>) -> bool,
    ) -> Result<AsOf<()>, ViewError> {
        self.newest_only("a dump")?;
        let (mut read, position) = self.at().await?;
        for (table, key) in TABLES {
            let order = key.join(", ");
            let mut offset = 0;
            loop {
                let query =
                    format!("SELECT * FROM {table} ORDER BY {order} LIMIT {BATCH} OFFSET {offset}");
                let rows = sqlx::query(AssertSqlSafe(query))
                    .fetch_all(&mut *read)
                    .await
                    .map_err(engine)?;
                for row in &rows {
                    if !told(table, columns(row)?) {
                        return Ok(AsOf {
                            position,
                            value: (),
                        });
                    }
                }
                if rows.len() < BATCH {
                    break;
                }
                offset += BATCH;
            }
        }
        Ok(AsOf {
            position,
            value: (),
        })
    }
}

fn columns(row: &SqliteRow) -> Result<Map<String, Value>, ViewError> {
    let mut columns = Map::new();
    for column in row.columns() {
        let at = column.ordinal();
        let raw = row.try_get_raw(at).map_err(engine)?;
        let value = if raw.is_null() {
            Value::Null
        } else {
            match raw.type_info().name() {
                "INTEGER" => Value::from(row.try_get::<i64, _>(at).map_err(engine)?),
                "TEXT" => Value::from(row.try_get::<String, _>(at).map_err(engine)?),
                _ => {
                    let bytes: Vec<u8> = row.try_get_unchecked(at).map_err(engine)?;
                    Value::from(match uuid::Uuid::from_slice(&bytes) {
                        Ok(id) => id.to_string(),
                        Err(_) => hex::encode(bytes),
                    })
                }
            }
        };
        columns.insert(column.name().to_owned(), value);
    }
    Ok(columns)
}
