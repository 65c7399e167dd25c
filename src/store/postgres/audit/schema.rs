//! The schema itself: every table, column, constraint, index, trigger and function as the
//! migrations make it, and the record of the migrations.
//!
//! What they make is seen by running them in a schema of its own, in a transaction that is rolled
//! back. A role that may not create one is told that this part was not checked.

use super::super::connect::MIGRATOR;
use super::super::failure::{Failure, read as engine};
use super::super::read::column;
use crate::store::StoreError;
use crate::store::audit::{Findings, Step, compare_steps};
use sqlx::postgres::{PgConnection, PgPool, PgRow};
use sqlx::{AssertSqlSafe, Postgres, Row as _, Transaction};
use std::collections::BTreeMap;

/// What stands in the schema whose name is bound: what it is, its table, its definition with that
/// name taken out. What belongs to an extension is left out.
const OBJECTS: &str = "\
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = $1), \
    tables AS (SELECT c.* FROM pg_class c WHERE relnamespace IN (SELECT oid FROM ours) \
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass \
        AND d.objid = c.oid AND d.deptype = 'e')), \
    objects (name, at, says) AS ( \
      SELECT 'table ' || relname, relname::text, concat_ws(' ', relkind, relpersistence, \
        relrowsecurity, relforcerowsecurity, relispartition, reloptions) \
        FROM tables WHERE relkind NOT IN ('i', 'I') \
      UNION ALL \
      SELECT 'column ' || relname || '.' || attname, relname, concat_ws(' ', attnum, \
        format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, \
        attcollation::regcollation, pg_get_expr(adbin, adrelid)) \
        FROM tables JOIN pg_attribute ON attrelid = tables.oid \
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum \
        WHERE attnum > 0 AND NOT attisdropped AND relkind NOT IN ('i', 'I') \
      UNION ALL \
      SELECT 'constraint ' || conname || ' of ' || relname, relname, \
        concat_ws(' ', pg_get_constraintdef(pg_constraint.oid), convalidated) \
        FROM tables JOIN pg_constraint ON conrelid = tables.oid \
      UNION ALL \
      SELECT 'index ' || made.relname, tables.relname, \
        concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, indisready) \
        FROM tables JOIN pg_index ON indrelid = tables.oid JOIN pg_class made ON made.oid = indexrelid \
      UNION ALL \
      SELECT 'trigger ' || tgname || ' of ' || relname, relname, \
        concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled) \
        FROM tables JOIN pg_trigger ON tgrelid = tables.oid WHERE NOT tgisinternal \
      UNION ALL \
      SELECT 'trigger of ' || conname || ' by ' || tgfoid::regproc || ' on ' || relname, relname, \
        tgenabled::text \
        FROM tables JOIN pg_trigger ON tgrelid = tables.oid \
        JOIN pg_constraint ON pg_constraint.oid = tgconstraint WHERE tgisinternal \
      UNION ALL \
      SELECT 'rule ' || rulename || ' of ' || relname, relname, pg_get_ruledef(pg_rewrite.oid) \
        FROM tables JOIN pg_rewrite ON ev_class = tables.oid \
      UNION ALL \
      SELECT 'policy ' || polname || ' of ' || relname, relname, '' \
        FROM tables JOIN pg_policy ON polrelid = tables.oid \
      UNION ALL \
      SELECT 'function ' || p.oid::regprocedure, '', pg_get_functiondef(p.oid) \
        FROM pg_proc p WHERE pronamespace IN (SELECT oid FROM ours) AND prokind IN ('f', 'p') \
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass \
          AND d.objid = p.oid AND d.deptype = 'e')) \
    SELECT replace(name, quote_ident($1) || '.', ''), at, replace(says, quote_ident($1) || '.', '') \
    FROM objects WHERE at <> '_sqlx_migrations'";

type Objects = BTreeMap<String, (String, String)>;

pub(super) async fn check(
    snapshot: &mut Transaction<'static, Postgres>,
    pool: &PgPool,
    found: &mut Findings,
) -> Result<(), StoreError> {
    match as_made(pool).await? {
        None => found.not_checked.push("schema"),
        Some(wanted) => {
            let ours: Option<String> = sqlx::query_scalar(
                "SELECT nspname::text FROM pg_class \
                 JOIN pg_namespace ON pg_namespace.oid = relnamespace \
                 WHERE pg_class.oid = to_regclass('event')",
            )
            .fetch_optional(&mut **snapshot)
            .await
            .map_err(|e| engine(&e))?;
            let there = objects(snapshot, &ours.unwrap_or_default()).await?;
            compare(wanted, there, found);
        }
    }
    steps(snapshot, found).await
}

fn compare(wanted: Objects, mut there: Objects, found: &mut Findings) {
    for (name, says) in wanted {
        match there.remove(&name) {
            None => found.add("schema", name, "it is missing"),
            Some(other) if other != says => {
                found.add("schema", name, "it is not as the migrations make it");
            }
            Some(_) => {}
        }
    }
    for (name, (table, _)) in there {
        // Views may be built anew beside the old ones.
        if !table.starts_with("view_") {
            found.add("schema", name, "the migrations do not make it");
        }
    }
}

/// What the migrations make here; `None` where the role may not make it.
async fn as_made(pool: &PgPool) -> Result<Option<Objects>, StoreError> {
    let mut transaction = pool.begin().await.map_err(|e| engine(&e))?;
    let name = format!("audit_{}", backend(&mut transaction).await?);
    let script = format!("CREATE SCHEMA {name}; SET LOCAL search_path = {name}");
    let mut scripts = vec![script];
    scripts.extend(MIGRATOR.iter().map(|step| step.sql.as_str().to_owned()));
    for script in scripts {
        let made = sqlx::raw_sql(AssertSqlSafe(script))
            .execute(&mut *transaction)
            .await;
        match made {
            Ok(_) => {}
            Err(error) if may_not(&error) => return Ok(None),
            Err(error) => return Err(engine(&error)),
        }
    }
    let made = objects(&mut transaction, &name).await?;
    transaction.rollback().await.map_err(|e| engine(&e))?;
    Ok(Some(made))
}

/// Whether an error says that the role has no right to it, or that nobody writes here.
fn may_not(error: &sqlx::Error) -> bool {
    matches!(
        Failure::of(error),
        Failure::Forbidden(_) | Failure::ReadOnly
    )
}

async fn backend(connection: &mut PgConnection) -> Result<i32, StoreError> {
    sqlx::query_scalar("SELECT pg_backend_pid()")
        .fetch_one(connection)
        .await
        .map_err(|e| engine(&e))
}

/// Name to (table, definition) of everything in a schema.
async fn objects(connection: &mut PgConnection, schema: &str) -> Result<Objects, StoreError> {
    let rows = sqlx::query(OBJECTS)
        .bind(schema)
        .fetch_all(connection)
        .await
        .map_err(|e| engine(&e))?;
    let object = |row: &PgRow| {
        let name: String = column(row, 0, "schema", &"an object", "name")?;
        let table: String = column(row, 1, "schema", &name, "table")?;
        let says: Option<String> = column(row, 2, "schema", &name, "definition")?;
        Ok((name, (table, says.unwrap_or_default())))
    };
    rows.iter().map(object).collect()
}

async fn steps(connection: &mut PgConnection, found: &mut Findings) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT version, description, success, checksum FROM _sqlx_migrations")
        .fetch_all(connection)
        .await
        .map_err(|e| engine(&e))?;
    let step = |row: &PgRow| {
        Ok(Step {
            version: column(row, 0, "_sqlx_migrations", &"a version", "version")?,
            description: row.try_get(1).ok(),
            success: row.try_get(2).ok(),
            checksum: row.try_get(3).ok(),
        })
    };
    let there = rows.iter().map(step).collect::<Result<_, StoreError>>()?;
    compare_steps(&MIGRATOR, there, found);
    Ok(())
}
