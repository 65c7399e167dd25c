//! Whatever is changed in a view table, the comparison names it.

use super::*;

/// The type a column is declared with.
async fn declared(file: &mut SqliteConnection, table: &str) -> HashMap<String, String> {
    let query = AssertSqlSafe(format!(
        "SELECT name, type FROM pragma_table_info('{table}')"
    ));
    let rows = sqlx::query(query).fetch_all(file).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Every column of rows of every view table is changed, one at a time; each change is named.
#[tokio::test]
async fn an_edit_of_any_column_of_any_row_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let mut file = intruder(&path).await;
    sqlx::raw_sql("PRAGMA ignore_check_constraints = ON")
        .execute(&mut file)
        .await
        .unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'view_%' ORDER BY name",
    )
    .fetch_all(&mut file)
    .await
    .unwrap();
    let mut known = TABLES.to_vec();
    known.sort_unstable();
    assert_eq!(tables, known, "a view table that this test does not edit");
    let mut edits = 0;
    for table in TABLES {
        let keep = AssertSqlSafe(format!(
            "CREATE TEMP TABLE keep_{table} AS SELECT rowid AS place, * FROM
                 (SELECT row_number() OVER () AS rowid, * FROM {table})"
        ));
        sqlx::raw_sql(keep).execute(&mut file).await.unwrap();
        let types = declared(&mut file, table).await;
        let columns: Vec<String> = types.keys().cloned().collect();
        for place in [1, 2] {
            for column in &columns {
                let edited = match types[column].as_str() {
                    "INTEGER" => format!("coalesce({column}, 0) + 1000"),
                    "TEXT" => format!("coalesce({column}, '') || 'x'"),
                    _ => format!("unhex('F7' || coalesce(substr(hex({column}), 3), ''))"),
                };
                let all: Vec<String> = columns
                    .iter()
                    .map(|c| {
                        if c == column {
                            format!("CASE place WHEN {place} THEN {edited} ELSE {c} END")
                        } else {
                            c.clone()
                        }
                    })
                    .collect();
                let edit = format!(
                    "BEGIN; DELETE FROM main.{table};
                     INSERT INTO main.{table} ({names}) SELECT {values} FROM keep_{table};
                     COMMIT",
                    names = columns.join(", "),
                    values = all.join(", "),
                );
                if sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!(
                    "SELECT count(*) FROM keep_{table} WHERE place = {place}"
                )))
                .fetch_one(&mut file)
                .await
                .unwrap()
                    == 0
                {
                    continue;
                }
                sqlx::raw_sql(AssertSqlSafe(edit))
                    .execute(&mut file)
                    .await
                    .unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
                let named = projection::compare(&store, &views).await.unwrap();
                assert!(
                    named.iter().any(|d| d.table == table),
                    "{table}.{column} row {place}: {named:?}"
                );
                edits += 1;
            }
        }
        let restore = format!(
            "BEGIN; DELETE FROM main.{table};
             INSERT INTO main.{table} ({names}) SELECT {names} FROM keep_{table}; COMMIT",
            names = columns.join(", "),
        );
        sqlx::raw_sql(AssertSqlSafe(restore))
            .execute(&mut file)
            .await
            .unwrap();
    }
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);
    assert!(edits > 200, "{edits}");
}
