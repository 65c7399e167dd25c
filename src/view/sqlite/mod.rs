//! The views in the ledger's own SQLite file, written in the projection's transaction and read
//! over the store's reading connections: what is asked there, in SQLite's words.

pub(super) mod body;
pub(super) mod certificate;
pub(super) mod count;
pub(super) mod person;
pub(super) mod register;
pub(super) mod registers;
pub(super) mod review;
pub(super) mod session;
pub(super) mod shadow;
pub(super) mod write;

use super::sql::Bound;
use super::{ViewError, field::engine};
use serde_json::{Map, Value};
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteRow,
};
use sqlx::{AssertSqlSafe, Column as _, Row as _, Sqlite, TypeInfo as _, ValueRef as _};

/// A statement with its values, not yet run.
pub(super) fn query(
    sql: &'static str,
    values: Vec<Bound>,
) -> Query<'static, Sqlite, SqliteArguments> {
    values.into_iter().fold(sqlx::query(sql), bind)
}

pub(super) fn bind(
    query: Query<'static, Sqlite, SqliteArguments>,
    value: Bound,
) -> Query<'static, Sqlite, SqliteArguments> {
    match value {
        Bound::Uuid(id) => query.bind(id),
        Bound::Uuids(ids) => query.bind(ids.map(|ids| {
            let ids = ids.iter().map(|id| format!("\"{:X}\"", id.simple()));
            format!("[{}]", ids.collect::<Vec<_>>().join(","))
        })),
        Bound::Text(text) => query.bind(text),
        Bound::Integer(number) => query.bind(number),
        Bound::Bytes(bytes) => query.bind(bytes),
    }
}

/// Empty view tables in a temporary database of their own, gone with the last connection.
pub(super) async fn temporary() -> Result<SqlitePool, ViewError> {
    // An empty name is a private file on disk: it grows past memory, and nobody else opens it.
    let options = SqliteConnectOptions::new()
        .filename("")
        .pragma("cache_size", "-65536")
        .create_if_missing(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
        .map_err(engine)?;
    for schema in shadow::SCHEMA {
        sqlx::raw_sql(AssertSqlSafe(shadow::for_connection(schema, "")))
            .execute(&pool)
            .await
            .map_err(engine)?;
    }
    Ok(pool)
}

/// The columns of a row of any view table, by name.
pub(super) fn columns(row: &SqliteRow) -> Result<Map<String, Value>, ViewError> {
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
