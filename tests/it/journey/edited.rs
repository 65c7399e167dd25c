//! One value edited in the database file, and the audit names the table and the row.

use crate::support::program::{As, Ledger};
use crate::support::sheet;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};
use std::path::Path;

/// Edits the file as somebody who has it: the triggers go and come back.
#[tokio::main(flavor = "current_thread")]
async fn edit(database: &Path, statement: &str) -> u64 {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let of = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let triggers: Vec<(String, String)> =
        sqlx::query_as(of).fetch_all(&mut connection).await.unwrap();
    let mut run = async |sql: String| {
        let done = sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await;
        done.unwrap().rows_affected()
    };
    for (name, _) in &triggers {
        run(format!("DROP TRIGGER {name}")).await;
    }
    let edited = run(statement.to_owned()).await;
    for (_, sql) in &triggers {
        run(sql.clone()).await;
    }
    connection.close().await.unwrap();
    edited
}

#[test]
fn the_audit_names_the_table_and_the_row_of_an_edited_value() {
    let whole = Ledger::with_body();
    let session = whole.closed_session("2026-29", &sheet::mixed(1, 8));
    whole.issue(&session);
    whole.export_trust("public");
    whole.audited();
    let edits = [
        (
            "event",
            "UPDATE event SET payload = CAST(replace(CAST(payload AS TEXT), 'passed', 'failed') AS BLOB) WHERE position = (SELECT min(position) FROM event WHERE event_type = 'session.result_entered' AND CAST(payload AS TEXT) LIKE '%passed%')",
        ),
        (
            "event",
            "UPDATE event SET recorded_at = recorded_at + 1 WHERE position = 12",
        ),
        (
            "reservation",
            "UPDATE reservation SET key = 'number:S000032000012263999999' WHERE key = 'number:S000032000012263000002'",
        ),
        (
            "vault_row",
            "UPDATE vault_row SET version = 9 WHERE rowid = (SELECT min(rowid) FROM vault_row)",
        ),
        (
            "command",
            "DELETE FROM command WHERE first_position = (SELECT max(first_position) FROM command)",
        ),
        (
            "checkpoint",
            "UPDATE checkpoint SET signed_at = signed_at + 1",
        ),
        (
            "view_certificate",
            "UPDATE view_certificate SET state = 'revoked' WHERE number = 'S000032000012263000001'",
        ),
        ("view_session", "UPDATE view_session SET state = 'closed'"),
    ];
    for (table, statement) in edits {
        let ledger = whole.copy();
        assert!(edit(&ledger.database(), statement) > 0, "{statement}");
        let audit = ledger.run(As::Nobody, &["audit"]);
        assert_eq!(
            (audit.exit, &audit.json["ok"]),
            (1, &false.into()),
            "{statement}"
        );
        let problems = audit.json["problems"].as_array().unwrap();
        let named = problems.iter().find(|problem| problem["table"] == table);
        let named = named.unwrap_or_else(|| panic!("{statement}: {problems:?}"));
        assert!(!named["row"].as_str().unwrap().is_empty(), "{named}");
        assert!(!named["detail"].as_str().unwrap().is_empty(), "{named}");
    }
    // Views are mended from the events, and only the views.
    let ledger = whole.copy();
    edit(&ledger.database(), "DELETE FROM view_passport");
    assert_eq!(ledger.run(As::Nobody, &["audit"]).exit, 1);
    ledger.maker(&["projections", "rebuild"]).done();
    ledger.audited();
}
