//! The views in the ledger's PostgreSQL database, beside the events: what is asked there, in
//! PostgreSQL's words.

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
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{
    AssertSqlSafe, Column as _, PgConnection, Postgres, Row as _, TypeInfo as _, ValueRef as _,
};
use uuid::Uuid;

/// A statement with its values, not yet run.
pub(super) fn query(
    sql: &'static str,
    values: Vec<Bound>,
) -> Query<'static, Postgres, PgArguments> {
    values.into_iter().fold(sqlx::query(sql), bind)
}

pub(super) fn bind(
    query: Query<'static, Postgres, PgArguments>,
    value: Bound,
) -> Query<'static, Postgres, PgArguments> {
    match value {
        Bound::Uuid(id) => query.bind(id),
        Bound::Uuids(ids) => query.bind(ids),
        Bound::Text(text) => query.bind(text),
        Bound::Integer(number) => query.bind(number),
        Bound::Bytes(bytes) => query.bind(bytes),
    }
}

/// Holds the row that says what the views are true at, until the transaction ends.
pub(super) async fn hold_position(
    connection: &mut PgConnection,
    projection: &'static str,
) -> Result<(), ViewError> {
    hold(connection, "view_position", projection).await
}

/// Where there is no row yet it is made, at position 0: of two processes that begin at once, one
/// waits.
async fn hold(
    connection: &mut PgConnection,
    table: &str,
    projection: &'static str,
) -> Result<(), ViewError> {
    let hold = format!("SELECT 1 FROM {table} WHERE projection = $1 FOR UPDATE");
    let make = format!(
        "INSERT INTO {table} (projection, version, position, chain)
         VALUES ($1, 0, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING"
    );
    // Twice: a row that somebody took out while we waited for it is found again.
    for statement in [&hold, &make, &hold] {
        let done = sqlx::query(AssertSqlSafe(statement.clone()))
            .bind(projection)
            .execute(&mut *connection)
            .await
            .map_err(engine)?;
        if statement == &hold && done.rows_affected() == 1 {
            return Ok(());
        }
    }
    Err(ViewError::Engine(String::from("view_position is not held")))
}

/// The columns of a row of any view table, by name.
pub(super) fn columns(row: &PgRow) -> Result<Map<String, Value>, ViewError> {
    let mut columns = Map::new();
    for column in row.columns() {
        let at = column.ordinal();
        let raw = row.try_get_raw(at).map_err(engine)?;
        let value = if raw.is_null() {
            Value::Null
        } else {
            match raw.type_info().name() {
                "INT8" => Value::from(row.try_get::<i64, _>(at).map_err(engine)?),
                "TEXT" => Value::from(row.try_get::<String, _>(at).map_err(engine)?),
                "UUID" => Value::from(row.try_get::<Uuid, _>(at).map_err(engine)?.to_string()),
                _ => Value::from(hex::encode(row.try_get::<&[u8], _>(at).map_err(engine)?)),
            }
        };
        columns.insert(column.name().to_owned(), value);
    }
    Ok(columns)
}
