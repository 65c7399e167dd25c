//! An edit of any column of any row is named.

use super::*;

/// (table, its columns, primary key) of every table of the store.
async fn tables(path: &Path) -> Vec<(String, Vec<String>, Vec<String>)> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'view\\_%' ESCAPE '\\' \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let mut tables = Vec::new();
    for name in names {
        let columns: Vec<(String, i64)> =
            sqlx::query_as("SELECT name, pk FROM pragma_table_info($1) ORDER BY cid")
                .bind(&name)
                .fetch_all(&mut connection)
                .await
                .unwrap();
        let keys = columns
            .iter()
            .filter(|(_, pk)| *pk > 0)
            .map(|(c, _)| c.clone())
            .collect();
        let columns = columns.into_iter().map(|(c, _)| c);
        // The migration tool's timings are outside the audit.
        let columns = columns.filter(|c| c != "installed_on" && c != "execution_time");
        tables.push((name, columns.collect(), keys));
    }
    tables
}

/// Another value of the same type, as an SQL literal.
fn other(rng: &mut ChaCha20Rng, kind: &str, value: Option<&[u8]>, number: i64) -> String {
    match (kind, value) {
        ("INTEGER" | "BOOLEAN", _) => match rng.random_range(0..3) {
            0 => (number + 1).to_string(),
            1 => (number - 1).to_string(),
            _ => (number ^ (1 << rng.random_range(0..40))).to_string(),
        },
        ("TEXT", Some(text)) => {
            let mut text = String::from_utf8(text.to_vec()).unwrap();
            match rng.random_range(0..3) {
                0 => text.push('x'),
                1 => drop(text.pop()),
                _ => text = text.chars().rev().chain(['y']).collect(),
            }
            format!("'{}'", text.replace('\'', "''"))
        }
        ("BLOB", Some(bytes)) if !bytes.is_empty() => {
            let mut bytes = bytes.to_vec();
            let at = rng.random_range(0..bytes.len());
            match rng.random_range(0..6) {
                0 => bytes.truncate(at),
                1 => bytes.push(7),
                _ => bytes[at] ^= 1 << rng.random_range(0..8),
            }
            format!("x'{}'", hex::encode(bytes))
        }
        _ => "x'00112233445566778899aabbccddeeff'".to_owned(),
    }
}

/// How the audit prints the key of a row.
fn label(table: &str, keys: &[String], literals: &[String]) -> String {
    let plain = |literal: &String| match literal.strip_prefix("x'") {
        Some(digits) => Uuid::parse_str(digits.trim_end_matches('\''))
            .unwrap()
            .to_string(),
        None => literal.trim_matches('\'').to_owned(),
    };
    let words = keys.iter().zip(literals).map(|(key, literal)| {
        let key = if key == "tile_index" { "index" } else { key };
        format!("{key} {}", plain(literal))
    });
    match table {
        "command" | "head" => plain(&literals[0]),
        _ => words.collect::<Vec<_>>().join(" "),
    }
}

/// Edits one column of one random row and answers the row's label; `None` if a key refused it.
async fn edit(
    connection: &mut SqliteConnection,
    rng: &mut ChaCha20Rng,
    table: &str,
    column: &str,
    keys: &[String],
) -> Option<String> {
    let sql = format!("SELECT {column}, {} FROM {table}", keys.join(", "));
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    let row = &rows[rng.random_range(0..rows.len())];
    let literal = |n: usize| {
        let raw = row.try_get_raw(n).unwrap();
        if raw.is_null() {
            return "NULL".to_owned();
        }
        match raw.type_info().to_string().as_str() {
            "INTEGER" => row.get::<i64, _>(n).to_string(),
            "TEXT" => format!("'{}'", row.get::<String, _>(n)),
            "BOOLEAN" => i64::from(row.get::<bool, _>(n)).to_string(),
            _ => format!("x'{}'", hex::encode(row.get::<Vec<u8>, _>(n))),
        }
    };
    let raw = row.try_get_raw(0).unwrap();
    let (null, kind) = (raw.is_null(), raw.type_info().to_string());
    let new = if null {
        let kind = if column == "position" {
            "INTEGER"
        } else {
            "NULL"
        };
        other(rng, kind, None, 3)
    } else if kind == "INTEGER" || kind == "BOOLEAN" {
        let number: i64 = literal(0).parse().unwrap();
        other(rng, &kind, None, number)
    } else if kind == "TEXT" {
        other(rng, &kind, Some(row.get::<String, _>(0).as_bytes()), 0)
    } else {
        other(rng, &kind, Some(&row.get::<Vec<u8>, _>(0)), 0)
    };
    let literals: Vec<String> = (1..=keys.len()).map(literal).collect();
    let place = keys
        .iter()
        .zip(&literals)
        .map(|(key, value)| format!("{key} = {value}"));
    let place: Vec<String> = place.collect();
    let sql = format!(
        "UPDATE {table} SET {column} = {new} WHERE {}",
        place.join(" AND ")
    );
    let changed = matches!(run(connection, &sql).await, Ok(1));
    changed.then(|| label(table, keys, &literals))
}

#[tokio::test]
async fn an_edit_of_any_column_of_any_row_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    ledger(&path).await;
    let mut rng = ChaCha20Rng::seed_from_u64(20_261_122);
    let mut edits = 0;
    for (table, columns, keys) in tables(&path).await {
        for column in &columns {
            let mut done = 0;
            for _ in 0..20 {
                let copy = dir.path().join("copy.db");
                std::fs::copy(&path, &copy).unwrap();
                let (mut connection, triggers) = outlaw(&copy).await;
                let changed = edit(&mut connection, &mut rng, &table, column, &keys).await;
                for trigger in &triggers {
                    run(&mut connection, trigger).await.unwrap();
                }
                connection.close().await.unwrap();
                let Some(row) = changed else { continue };
                // A database that cannot even be opened has been noticed.
                match SqliteStore::open(&copy, Mode::Reader).await {
                    Err(_) => assert!(table == "ledger" || table == "_sqlx_migrations"),
                    Ok(store) => {
                        let found = store.audit(&Plain).await.unwrap();
                        store.close().await;
                        // A row whose key was edited is named by its old key or its new one.
                        let moved = keys.contains(column);
                        let mut problems = found.problems.iter();
                        let named = problems.any(|p| p.table == table && (moved || p.row == row));
                        assert!(named, "{table}.{column} {row}: {:?}", found.problems);
                    }
                }
                done += 1;
                edits += 1;
                if done == 8 {
                    break;
                }
            }
            assert!(done > 0, "{table}.{column}");
        }
    }
    assert!(edits >= 300, "{edits}");
}
