//! An edit of any column of any row is named.

use super::ground::TABLES;
use super::*;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row as _, ValueRef as _};

/// A value of a column.
#[derive(Clone, Debug)]
enum Value {
    Null,
    Number(i64),
    Truth(bool),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
}

impl Value {
    /// Another value of the same type.
    fn other(&self, rng: &mut ChaCha20Rng) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Number(number) => Self::Number(match rng.random_range(0..3) {
                0 => number + 1,
                1 => number - 1,
                _ => number ^ (1 << rng.random_range(0..40)),
            }),
            Self::Truth(truth) => Self::Truth(!truth),
            Self::Text(text) => {
                let mut text = text.clone();
                match rng.random_range(0..3) {
                    0 => text.push('x'),
                    1 => drop(text.pop()),
                    _ => text = text.chars().rev().chain(['y']).collect(),
                }
                Self::Text(text)
            }
            Self::Bytes(bytes) if bytes.is_empty() => Self::Bytes(vec![7]),
            Self::Bytes(bytes) => {
                let mut bytes = bytes.clone();
                let at = rng.random_range(0..bytes.len());
                match rng.random_range(0..6) {
                    0 => bytes.truncate(at),
                    1 => bytes.push(7),
                    _ => bytes[at] ^= 1 << rng.random_range(0..8),
                }
                Self::Bytes(bytes)
            }
            Self::Id(id) => Self::Id(Uuid::from_u128(
                id.as_u128() ^ (1 << rng.random_range(0..128)),
            )),
        }
    }

    fn literal(&self, file: bool) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) if file => i64::from(*truth).to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Self::Bytes(bytes) if file => format!("x'{}'", hex::encode(bytes)),
            Self::Bytes(bytes) => format!("'\\x{}'::bytea", hex::encode(bytes)),
            Self::Id(id) => format!("'{id}'::uuid"),
        }
    }

    /// As the audit prints a key.
    fn plain(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => Uuid::from_slice(bytes).unwrap().to_string(),
            Self::Id(id) => id.to_string(),
            other => unreachable!("{other:?}"),
        }
    }
}

/// A table with its columns, its key and its rows, each the values of the columns.
struct Table {
    name: String,
    columns: Vec<String>,
    keys: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// What stands where nothing stood.
fn instead_of_null(table: &str, column: &str, file: bool) -> Value {
    match column {
        "position" => Value::Number(3),
        "blind_index" => Value::Bytes(vec![9; 32]),
        _ if file => Value::Bytes((0..16).collect()),
        _ => {
            assert_ne!(table, "_sqlx_migrations");
            Value::Id(Uuid::from_u128(77))
        }
    }
}

async fn of_file(path: &std::path::Path) -> Vec<Table> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    // What wallets may fetch lives for minutes: its rows are outside the audit.
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'view\\_%' ESCAPE '\\' \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'wallet_grant' ORDER BY name",
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
        let keys = columns.iter().filter(|(_, pk)| *pk > 0);
        let keys = keys.map(|(column, _)| column.clone()).collect();
        let columns: Vec<String> = columns.into_iter().map(|(column, _)| column).collect();
        let sql = AssertSqlSafe(format!("SELECT * FROM {name}"));
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
        let value = |row: &sqlx::sqlite::SqliteRow, n: usize| {
            let raw = row.try_get_raw(n).unwrap();
            match raw.type_info().to_string().as_str() {
                _ if raw.is_null() => Value::Null,
                "INTEGER" => Value::Number(row.get(n)),
                "BOOLEAN" => Value::Truth(row.get(n)),
                "TEXT" => Value::Text(row.get(n)),
                _ => Value::Bytes(row.get(n)),
            }
        };
        let rows = rows.iter();
        let rows = rows.map(|row| (0..columns.len()).map(|n| value(row, n)).collect());
        let rows = rows.collect();
        tables.push(Table {
            name,
            columns,
            keys,
            rows,
        });
    }
    tables
}

async fn of_server(url: &str) -> Vec<Table> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let mut tables = Vec::new();
    for name in TABLES {
        let columns: Vec<String> = sqlx::query_scalar(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass($1) \
             AND attnum > 0 ORDER BY attnum",
        )
        .bind(name)
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let keys: Vec<String> = sqlx::query_scalar(
            "SELECT attname::text FROM pg_index \
             JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) \
             WHERE indrelid = to_regclass($1) AND indisprimary ORDER BY attnum",
        )
        .bind(name)
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let sql = AssertSqlSafe(format!("SELECT * FROM {name}"));
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
        let value = |row: &sqlx::postgres::PgRow, n: usize| {
            let raw = row.try_get_raw(n).unwrap();
            match raw.type_info().to_string().as_str() {
                _ if raw.is_null() => Value::Null,
                "INT8" => Value::Number(row.get(n)),
                "INT4" => Value::Number(row.get::<i32, _>(n).into()),
                "INT2" => Value::Number(row.get::<i16, _>(n).into()),
                "BOOL" => Value::Truth(row.get(n)),
                "TEXT" => Value::Text(row.get(n)),
                "UUID" => Value::Id(row.get(n)),
                "BYTEA" => Value::Bytes(row.get(n)),
                // The time of a migration, which is outside the audit.
                _ => Value::Null,
            }
        };
        let rows = rows.iter();
        let rows = rows.map(|row| (0..columns.len()).map(|n| value(row, n)).collect());
        let rows = rows.collect();
        tables.push(Table {
            name: name.to_owned(),
            columns,
            keys,
            rows,
        });
    }
    tables
}

/// How the audit prints the key of a row.
fn label(table: &Table, key: &[Value]) -> String {
    let words = table.keys.iter().zip(key).map(|(key, value)| {
        let key = if key == "tile_index" { "index" } else { key };
        format!("{key} {}", value.plain())
    });
    match table.name.as_str() {
        "command" | "head" => key[0].plain(),
        _ => words.collect::<Vec<_>>().join(" "),
    }
}

/// Columns that a check of the server's own leaves one value, or a fixed set of them taken.
const FIXED: [(&str, &str); 2] = [("ledger", "one"), ("head", "chain_name")];

pub(super) async fn an_edit_of_any_column_of_any_row_is_named(ground: Ground) {
    ledger(&ground.database()).await;
    ground.keep().await;
    let file = matches!(ground, Ground::File(_));
    let tables = match &ground {
        Ground::File(_) => of_file(&ground.path()).await,
        Ground::Server(url) => of_server(url).await,
    };
    let mut rng = ChaCha20Rng::seed_from_u64(20_261_122);
    let mut edits = 0;
    // 2,000 of a file where `SKILL_LEDGER_EDITS=full` asks for it.
    let most = match std::env::var("SKILL_LEDGER_EDITS").is_ok_and(|how| how == "full") {
        true => 56,
        false => 8,
    };
    for table in &tables {
        // The migration tool's timings are outside the audit.
        let timings = ["installed_on", "execution_time"];
        for (n, column) in table.columns.iter().enumerate() {
            if timings.contains(&column.as_str()) {
                continue;
            }
            let mut done = 0;
            for _ in 0..most * 5 / 2 {
                let row = &table.rows[rng.random_range(0..table.rows.len())];
                let new = match &row[n] {
                    Value::Null => instead_of_null(&table.name, column, file),
                    value => value.other(&mut rng),
                };
                let place = |key: &String| table.columns.iter().position(|c| c == key).unwrap();
                let key = table.keys.iter().map(|key| row[place(key)].clone());
                let key: Vec<Value> = key.collect();
                let place = table.keys.iter().zip(&key);
                let place = place.map(|(key, value)| format!("{key} = {}", value.literal(file)));
                let statement = format!(
                    "UPDATE {} SET {column} = {} WHERE {}",
                    table.name,
                    new.literal(file),
                    place.collect::<Vec<_>>().join(" AND ")
                );
                let Some(found) = ground.edited(&statement).await else {
                    continue;
                };
                if found.unlisted == u64::MAX {
                    let opened = ["ledger", "_sqlx_migrations"];
                    assert!(opened.contains(&table.name.as_str()), "{statement}");
                } else {
                    let row = label(table, &key);
                    // A row whose key was edited is named by its old key or its new one.
                    let moved = table.keys.contains(column);
                    let mut problems = found.problems.iter();
                    let named = problems.any(|p| p.table == table.name && (moved || p.row == row));
                    assert!(named, "{statement}: {:?}", found.problems);
                }
                done += 1;
                edits += 1;
                if done == most || !file && done == most / 4 {
                    break;
                }
            }
            let fixed = !file && FIXED.contains(&(table.name.as_str(), column));
            assert!(done > 0 || fixed, "{}.{column}", table.name);
        }
    }
    eprintln!("{edits} edits, each named");
    assert!(edits >= if file { most * 37 } else { most * 11 }, "{edits}");
}
