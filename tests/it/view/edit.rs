//! Whatever is changed in a view table, the comparison names it.

use super::*;

on_each_engine!(an_edit_of_any_column_of_any_row_is_named);

/// A column, and how a value of its is made another one.
struct Edit {
    column: String,
    edited: String,
}

/// The columns of a table.
async fn edits(intruder: &mut Intruder, table: &str) -> Vec<Edit> {
    let columns = match intruder {
        Intruder::File(_) => format!("SELECT name, type FROM pragma_table_info('{table}')"),
        Intruder::Server(_) => format!(
            "SELECT column_name::text, data_type::text FROM information_schema.columns
             WHERE table_name = '{table}' AND table_schema = 'public'"
        ),
    };
    let columns = intruder.texts(&columns).await.into_iter();
    let edit = |row: Vec<String>| {
        let (column, kind) = (row[0].clone(), row[1].as_str());
        let edited = match kind {
            "INTEGER" | "bigint" => format!("coalesce({column}, 0) + 1000"),
            "TEXT" | "text" => format!("coalesce({column}, '') || 'x'"),
            "BLOB" => format!("unhex('F7' || coalesce(substr(hex({column}), 3), ''))"),
            "uuid" => format!(
                "coalesce(overlay({column}::text PLACING 'f7' FROM 1 FOR 2),
                     'f7000000-0000-0000-0000-000000000000')::uuid"
            ),
            "bytea" => format!("'\\xf7'::bytea || substr({column}, 2)"),
            other => panic!("{table}.{column} is {other}"),
        };
        Edit { column, edited }
    };
    columns.map(edit).collect()
}

/// Takes the rules away that would refuse an edit.
async fn without_rules(intruder: &mut Intruder) {
    if let Intruder::File(_) = intruder {
        return intruder.run("PRAGMA ignore_check_constraints = ON").await;
    }
    let checks = "SELECT conrelid::regclass::text, conname::text FROM pg_constraint
         WHERE contype = 'c' AND conrelid::regclass::text LIKE 'view_%'";
    for rule in intruder.texts(checks).await {
        let drop = format!("ALTER TABLE {} DROP CONSTRAINT {}", rule[0], rule[1]);
        intruder.run(&drop).await;
    }
}

/// Every view table there is.
async fn tables(intruder: &mut Intruder) -> Vec<String> {
    let tables = match intruder {
        Intruder::File(_) => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'view_%'"
        }
        Intruder::Server(_) => {
            "SELECT tablename::text FROM pg_tables
             WHERE tablename LIKE 'view_%' AND schemaname = 'public'"
        }
    };
    let mut tables = intruder.texts(tables).await.concat();
    tables.sort_unstable();
    tables
}

/// Every column of two rows of every view table is changed, one column of each table at a time;
/// each change is named.
async fn an_edit_of_any_column_of_any_row_is_named(ground: Ground) {
    let (database, store, views) = ledger(&ground).await;
    let mut intruder = Intruder::at(&database).await;
    let mut known = TABLES.to_vec();
    known.sort_unstable();
    let there = tables(&mut intruder).await;
    assert_eq!(there, known, "a view table that this test does not edit");
    without_rules(&mut intruder).await;
    let mut all: Vec<(&str, Vec<Edit>, usize)> = Vec::new();
    for table in TABLES {
        let columns = edits(&mut intruder, table).await;
        let keep = format!(
            "CREATE TEMP TABLE keep_{table} AS
             SELECT row_number() OVER () AS place, * FROM {table}"
        );
        intruder.run(&keep).await;
        let count = format!("SELECT CAST(count(*) AS TEXT) FROM {table}");
        let rows = intruder.texts(&count).await.concat()[0].parse().unwrap();
        all.push((table, columns, rows));
    }
    let columns_max = all.iter().map(|(_, columns, _)| columns.len()).max();
    let mut edited = 0;
    for place in [1, 2] {
        for nth in 0..columns_max.unwrap() {
            for (table, columns, _) in &all {
                let names: Vec<&str> = columns.iter().map(|it| it.column.as_str()).collect();
                let value = |(at, edit): (usize, &Edit)| match at == nth {
                    true => format!(
                        "CASE place WHEN {place} THEN {} ELSE {} END",
                        edit.edited, edit.column
                    ),
                    false => edit.column.clone(),
                };
                let values: Vec<String> = columns.iter().enumerate().map(value).collect();
                let edit = format!(
                    "BEGIN; DELETE FROM {table};
                     INSERT INTO {table} ({}) SELECT {} FROM keep_{table}; COMMIT",
                    names.join(", "),
                    values.join(", "),
                );
                intruder.run(&edit).await;
            }
            let named = projection::compare(&store, &views).await.unwrap();
            for (table, columns, rows) in &all {
                if let Some(edit) = columns.get(nth).filter(|_| *rows >= place) {
                    let is_named = named.iter().any(|named| named.table == *table);
                    assert!(is_named, "{table}.{} row {place}: {named:?}", edit.column);
                    edited += 1;
                }
            }
        }
    }
    for (table, columns, _) in &all {
        let names: Vec<&str> = columns.iter().map(|it| it.column.as_str()).collect();
        let names = names.join(", ");
        let restore = format!(
            "BEGIN; DELETE FROM {table};
             INSERT INTO {table} ({names}) SELECT {names} FROM keep_{table}; COMMIT"
        );
        intruder.run(&restore).await;
    }
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);
    assert!(edited > 200, "{edited}");
}
