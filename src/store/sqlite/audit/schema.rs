//! The schema itself: every table, index and trigger as the migrations make it, and the record of
//! the migrations; and the engine's own checks.

use super::super::connect::{MIGRATOR, schema_in_memory};
use super::super::failure::read as engine;
use super::super::read::column;
use crate::store::StoreError;
use crate::store::audit::{Findings, Step, compare_steps};
use sqlx::sqlite::{SqliteExecutor, SqliteRow};
use sqlx::{Row as _, SqliteConnection};
use std::collections::BTreeMap;

/// Lines of the engine's own check that are kept.
const LINES: usize = 100;

pub(super) async fn check(
    connection: &mut SqliteConnection,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let memory = schema_in_memory().await?;
    let wanted = objects(&memory).await?;
    let mut there = objects(&mut *connection).await?;
    for (name, (table, sql)) in &wanted {
        match there.remove(name) {
            None => found.add("sqlite_schema", name, "it is missing"),
            Some(other) if (&other.0, &other.1) != (table, sql) => {
                found.add("sqlite_schema", name, "it is not as the migrations make it");
            }
            Some(_) => {}
        }
    }
    for (name, (table, _)) in there {
        // Views may be built anew beside the old ones.
        if !table.starts_with("view_") {
            found.add("sqlite_schema", name, "the migrations do not make it");
        }
    }
    steps(connection, found).await
}

/// Name to (table, SQL) of everything in the schema.
async fn objects(
    executor: impl SqliteExecutor<'_>,
) -> Result<BTreeMap<String, (String, Option<String>)>, StoreError> {
    let rows = sqlx::query("SELECT type || ' ' || name, tbl_name, sql FROM sqlite_schema")
        .fetch_all(executor)
        .await
        .map_err(|e| engine(&e))?;
    let mut objects = BTreeMap::new();
    for row in &rows {
        let name: String = column(row, 0, "sqlite_schema", &"an object", "name")?;
        let table: String = column(row, 1, "sqlite_schema", &name, "tbl_name")?;
        let sql: Option<String> = column(row, 2, "sqlite_schema", &name, "sql")?;
        objects.insert(name, (table, sql));
    }
    Ok(objects)
}

async fn steps(connection: &mut SqliteConnection, found: &mut Findings) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT version, description, CAST(success AS INTEGER), checksum FROM _sqlx_migrations",
    )
    .fetch_all(connection)
    .await
    .map_err(|e| engine(&e))?;
    let step = |row: &SqliteRow| {
        let success = row.try_get(2).ok();
        Ok(Step {
            version: column(row, 0, "_sqlx_migrations", &"a version", "version")?,
            description: row.try_get(1).ok(),
            // Another number is no truth value.
            success: success
                .and_then(|s: i64| u8::try_from(s).ok())
                .and_then(truth),
            checksum: row.try_get(3).ok(),
        })
    };
    let there = rows.iter().map(step).collect::<Result<_, StoreError>>()?;
    compare_steps(&MIGRATOR, there, found);
    Ok(())
}

fn truth(value: u8) -> Option<bool> {
    match value {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Indexes against tables, types, NOT NULL, CHECK and foreign keys.
pub(super) async fn engine_checks(
    connection: &mut SqliteConnection,
) -> Result<Findings, StoreError> {
    let mut found = Findings::default();
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| engine(&e))?;
    for line in lines.into_iter().filter(|line| line != "ok").take(LINES) {
        found.add("the database file", "integrity_check", line);
    }
    let rows =
        sqlx::query("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100")
            .fetch_all(connection)
            .await
            .map_err(|e| engine(&e))?;
    for row in &rows {
        let table: String = column(row, 0, "sqlite_schema", &"a reference", "table")?;
        let rowid: Option<i64> = column(row, 1, "sqlite_schema", &"a reference", "rowid")?;
        let parent: String = column(row, 2, "sqlite_schema", &"a reference", "parent")?;
        let detail = format!("a row of {table} points to a row of {parent} that is not there");
        match rowid {
            Some(rowid) => found.add("foreign_key_check", format!("rowid {rowid}"), detail),
            None => found.add("foreign_key_check", table, detail),
        }
    }
    Ok(found)
}
