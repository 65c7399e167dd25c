//! What of the schema is not as the migrations make it is named.

use super::ground::run;
use super::*;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};

#[track_caller]
fn names(found: &Findings, table: &str, row: &str) {
    let mut problems = found.problems.iter();
    let named = problems.any(|p| p.table == table && p.row == row);
    assert!(named, "{row}: {:?}", found.problems);
}

#[tokio::test]
async fn a_changed_schema_of_a_file_is_named() {
    let ground = Ground::file();
    ledger(&ground.database()).await;
    for (row, statement) in [
        ("trigger event_no_update", "DROP TRIGGER event_no_update"),
        (
            "index reservation_position",
            "DROP INDEX reservation_position",
        ),
        ("table odd", "CREATE TABLE odd (a)"),
    ] {
        let copy = ground.path().with_extension("copy");
        std::fs::copy(ground.path(), &copy).unwrap();
        let options = SqliteConnectOptions::new().filename(&copy);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        names(&audit(&Database::File(copy)).await, "sqlite_schema", row);
    }
}

#[tokio::test]
async fn a_changed_schema_on_a_server_is_named() {
    let Some(ground) = Ground::server().await else {
        return;
    };
    let database = ground.database();
    let Database::Server(url) = &database else {
        return;
    };
    ledger(&database).await;
    for (row, change, undo) in [
        (
            "trigger event_no_update of event",
            "DROP TRIGGER event_no_update ON event",
            "CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH STATEMENT \
             EXECUTE FUNCTION refuse('event: an event is never changed')",
        ),
        (
            "trigger event_no_delete of event",
            "ALTER TABLE event DISABLE TRIGGER event_no_delete",
            "ALTER TABLE event ENABLE TRIGGER event_no_delete",
        ),
        (
            "index reservation_position",
            "DROP INDEX reservation_position",
            "CREATE INDEX reservation_position ON reservation (position)",
        ),
        ("table odd", "CREATE TABLE odd (a int)", "DROP TABLE odd"),
        (
            "column event.actor",
            "ALTER TABLE event ALTER actor DROP NOT NULL",
            "ALTER TABLE event ALTER actor SET NOT NULL",
        ),
        (
            "column head.odd",
            "ALTER TABLE head ADD odd integer",
            "ALTER TABLE head DROP odd",
        ),
        (
            "constraint event_chain_check of event",
            "ALTER TABLE event DROP CONSTRAINT event_chain_check",
            "ALTER TABLE event ADD CONSTRAINT event_chain_check CHECK (octet_length(chain) = 32)",
        ),
        (
            "constraint event_chain_check of event",
            "ALTER TABLE event DROP CONSTRAINT event_chain_check; ALTER TABLE event \
             ADD CONSTRAINT event_chain_check CHECK (octet_length(chain) = 32) NOT VALID",
            "ALTER TABLE event VALIDATE CONSTRAINT event_chain_check",
        ),
        (
            "function refuse()",
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    \
             RETURN NEW;\nEND $$",
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    \
             RAISE EXCEPTION '%', TG_ARGV[0];\nEND $$",
        ),
        (
            "rule quiet of event",
            "CREATE RULE quiet AS ON UPDATE TO event DO INSTEAD NOTHING",
            "DROP RULE quiet ON event",
        ),
    ] {
        run(url, change).await.unwrap();
        names(&audit(&database).await, "schema", row);
        run(url, undo).await.unwrap();
    }
    let references = "ALTER TABLE vault_row DISABLE TRIGGER ALL";
    run(url, references).await.unwrap();
    let found = audit(&database).await;
    let mut problems = found.problems.iter();
    assert!(problems.any(|p| p.row.contains("vault_row_subject_fkey")));
    run(url, "ALTER TABLE vault_row ENABLE TRIGGER ALL")
        .await
        .unwrap();
    assert_eq!(audit(&database).await.problems, []);
}
