//! The schema itself: every table, index and trigger as the migrations make it, the record of
//! the migrations, and the engine's own checks.

use super::super::connect::{MIGRATOR, schema_in_memory};
use super::super::failure::read as engine;
use super::super::read::column;
use crate::store::StoreError;
use crate::store::audit::Findings;
use sqlx::sqlite::SqliteExecutor;
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
    migrations(connection, found).await?;
    engine_checks(connection, found).await
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

/// Version, description, success and checksum of every step; timings are outside the audit.
async fn migrations(
    connection: &mut SqliteConnection,
    found: &mut Findings,
) -> Result<(), StoreError> {
    const TABLE: &str = "_sqlx_migrations";
    let rows = sqlx::query(
        "SELECT version, description, CAST(success AS INTEGER), checksum FROM _sqlx_migrations",
    )
    .fetch_all(connection)
    .await
    .map_err(|e| engine(&e))?;
    let mut there = BTreeMap::new();
    for row in &rows {
        let version: i64 = column(row, 0, TABLE, &"a version", "version")?;
        let says = (
            row.try_get::<String, _>(1).ok(),
            row.try_get::<i64, _>(2).ok(),
            row.try_get::<Vec<u8>, _>(3).ok(),
        );
        there.insert(version, says);
    }
    for step in MIGRATOR.iter() {
        let wanted = (
            Some(step.description.to_string()),
            Some(1),
            Some(step.checksum.to_vec()),
        );
        match there.remove(&step.version) {
            None => found.add(TABLE, format!("version {}", step.version), "it is missing"),
            Some(says) if says != wanted => {
                let detail = "it is not the step this program knows";
                found.add(TABLE, format!("version {}", step.version), detail);
            }
            Some(_) => {}
        }
    }
    for version in there.into_keys() {
        found.add(
            TABLE,
            format!("version {version}"),
            "this program knows no such step",
        );
    }
    Ok(())
}

/// Indexes against tables, types, NOT NULL, CHECK and foreign keys.
async fn engine_checks(
    connection: &mut SqliteConnection,
    found: &mut Findings,
) -> Result<(), StoreError> {
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
    Ok(())
}
