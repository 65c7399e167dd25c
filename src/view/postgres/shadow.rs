//! Shadows on PostgreSQL: temporary tables of the same names on a connection of their own. There
//! an unqualified name means the shadow; the tables in use are named with their schema.
//!
//! The switch deletes and inserts rows in one transaction; it does not rename tables. A reader's
//! transaction sees the rows of one moment, but names as they are now: after a rename it would
//! find the new tables, and in them none of the rows that were committed after it began. Nor does
//! a switch of rows wait for readers, or they for it. What it costs is a table's size in dead
//! rows, until the server has cleaned up.

use super::hold;
use crate::view::ViewError;
use crate::view::dump::TABLES;
use crate::view::field::engine;
use crate::view::shadow::Cells;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions as _, PgConnection, Row as _, TypeInfo as _,
    ValueRef as _,
};
use uuid::Uuid;

/// A connection to the database of `pool`, with empty shadows, and the schema, quoted, of the
/// tables in use.
pub(in crate::view) async fn open(pool: &PgPool) -> Result<(PgConnection, String), ViewError> {
    let mut connection = pool.connect_options().connect().await.map_err(engine)?;
    let schema: String = sqlx::query_scalar("SELECT quote_ident(current_schema())")
        .fetch_one(&mut connection)
        .await
        .map_err(engine)?;
    // As long as the events are many; and a plan made while a shadow was empty would be kept.
    run(
        &mut connection,
        "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
         SET enable_seqscan = off",
    )
    .await?;
    for (table, _) in TABLES {
        let shadow = format!("CREATE TEMP TABLE {table} (LIKE {schema}.{table} INCLUDING ALL)");
        run_made(&mut connection, shadow).await?;
    }
    Ok((connection, schema))
}

/// Holds the row of `view_position` in use until the transaction ends: nobody projects meanwhile.
pub(in crate::view) async fn hold_position_in_use(
    connection: &mut PgConnection,
    schema: &str,
    projection: &'static str,
) -> Result<(), ViewError> {
    hold(connection, &format!("{schema}.view_position"), projection).await
}

/// The planner is free again, for the whole tables.
pub(in crate::view) async fn built(connection: &mut PgConnection) -> Result<(), ViewError> {
    run(connection, "SET enable_seqscan = on").await?;
    for (table, _) in TABLES {
        run_made(connection, format!("ANALYZE pg_temp.{table}")).await?;
    }
    Ok(())
}

pub(in crate::view) async fn run(
    connection: &mut PgConnection,
    statements: &'static str,
) -> Result<(), ViewError> {
    let done = sqlx::raw_sql(statements).execute(connection).await;
    done.map(drop).map_err(engine)
}

/// Runs statements made of names of tables.
pub(in crate::view) async fn run_made(
    connection: &mut PgConnection,
    statements: String,
) -> Result<(), ViewError> {
    let statements = sqlx::raw_sql(AssertSqlSafe(statements));
    let done = statements.execute(connection).await;
    done.map(drop).map_err(engine)
}

/// The bytes of every column: of a number, its digits.
pub(in crate::view) fn cells(row: &PgRow) -> Cells {
    let columns = row.columns().iter();
    columns
        .map(|column| {
            let at = column.ordinal();
            let kind = row
                .try_get_raw(at)
                .map(|raw| raw.type_info().name().to_owned());
            let bytes = match kind.as_deref() {
                Ok("INT8") => row
                    .try_get::<Option<i64>, _>(at)
                    .map(|number| number.map(|number| number.to_string().into_bytes())),
                Ok("UUID") => row
                    .try_get::<Option<Uuid>, _>(at)
                    .map(|id| id.map(|id| id.as_bytes().to_vec())),
                Ok("TEXT") => row
                    .try_get::<Option<String>, _>(at)
                    .map(|text| text.map(String::into_bytes)),
                _ => row.try_get::<Option<Vec<u8>>, _>(at),
            };
            (column.name().to_owned(), bytes.unwrap_or_default())
        })
        .collect()
}
