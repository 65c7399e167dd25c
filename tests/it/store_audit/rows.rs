//! A row taken out, put in, doubled or swapped is named.

use super::*;

#[tokio::test]
async fn rows_taken_out_put_in_or_swapped_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    ledger(&path).await;
    for (table, row, statement) in [
        (
            "event",
            "position 17",
            "DELETE FROM event WHERE position = 17",
        ),
        ("head", "event", "DELETE FROM event WHERE position = 300"),
        ("head", "event", "DELETE FROM event WHERE position > 290"),
        (
            "event",
            "position 301",
            "INSERT INTO event SELECT 301, stream_id, 99, randomblob(16), event_type,
               schema_version, recorded_at, actor, command_id, request_digest, causation, payload,
               payload_digest, chain FROM event WHERE position = 300",
        ),
        (
            "event",
            "position 40",
            "UPDATE event SET position = -1 WHERE position = 40;
             UPDATE event SET position = 40 WHERE position = 41;
             UPDATE event SET position = 41 WHERE position = -1",
        ),
        (
            "command",
            "00000000-0000-0000-0000-000000000003",
            "DELETE FROM command WHERE command_id = (SELECT command_id FROM event WHERE position = 7)",
        ),
        (
            "command",
            "00000000-0000-0000-0000-0000000000ff",
            "INSERT INTO command VALUES (x'000000000000000000000000000000ff', zeroblob(32), 2, 2)",
        ),
        (
            "command",
            "00000000-0000-0000-0000-0000000000ff",
            "INSERT INTO command VALUES (x'000000000000000000000000000000ff', zeroblob(32), 999, 999)",
        ),
        (
            "reservation",
            "key number:3",
            "DELETE FROM reservation WHERE key = 'number:3'",
        ),
        (
            "reservation",
            "key number:x",
            "INSERT INTO reservation VALUES ('number:x', 4)",
        ),
        (
            "reservation",
            "key number:x",
            "INSERT INTO reservation VALUES ('number:x', 999)",
        ),
        (
            "head",
            "checkpoint",
            "DELETE FROM checkpoint WHERE tree_size = 290",
        ),
        (
            "checkpoint",
            "tree_size 256",
            "DELETE FROM checkpoint WHERE tree_size = 7",
        ),
        (
            "log_tile",
            "level 1 index 0",
            "DELETE FROM log_tile WHERE level = 1",
        ),
        (
            "log_tile",
            "level 0 index 2",
            "INSERT INTO log_tile VALUES (0, 2, zeroblob(32))",
        ),
        (
            "log_tile",
            "level 3 index 0",
            "INSERT INTO log_tile VALUES (3, 0, zeroblob(32))",
        ),
        (
            "head",
            "journal",
            "DELETE FROM access_journal WHERE sequence = 6",
        ),
        (
            "access_journal",
            "sequence 4",
            "DELETE FROM access_journal WHERE sequence = 3",
        ),
        (
            "vault_row",
            "subject 00000000-0000-0000-0000-000000000004 field contact",
            "DELETE FROM vault_row WHERE field = 'contact' AND subject = x'00000000000000000000000000000004'",
        ),
        (
            "vault_row",
            "subject 00000000-0000-0000-0000-000000000004 field photo",
            "INSERT INTO vault_row VALUES (x'00000000000000000000000000000004', 'photo', 1, zeroblob(24), x'00')",
        ),
        (
            "vault_subject",
            "subject 00000000-0000-0000-0000-00000000000b",
            "DELETE FROM vault_subject WHERE blind_index IS NULL",
        ),
        (
            "vault_subject",
            "subject 00000000-0000-0000-0000-000000000002",
            "INSERT INTO vault_subject SELECT x'00000000000000000000000000000002', wrapped_key,
               zeroblob(32), digest FROM vault_subject LIMIT 1",
        ),
        (
            "sqlite_schema",
            "trigger event_no_update",
            "DROP TRIGGER event_no_update",
        ),
        (
            "sqlite_schema",
            "index reservation_position",
            "DROP INDEX reservation_position",
        ),
        ("sqlite_schema", "table odd", "CREATE TABLE odd (a)"),
        (
            "ledger",
            "one 1",
            "UPDATE ledger SET ledger_id = zeroblob(16)",
        ),
    ] {
        let copy = dir.path().join("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        let (mut connection, triggers) = outlaw(&copy).await;
        let (first, last) = match statement.starts_with("DROP TRIGGER") {
            true => ("", statement),
            false => (statement, ""),
        };
        run(&mut connection, first).await.unwrap();
        for trigger in &triggers {
            run(&mut connection, trigger).await.unwrap();
        }
        run(&mut connection, last).await.unwrap();
        connection.close().await.unwrap();
        let found = audit(&copy).await;
        let named = found
            .problems
            .iter()
            .any(|p| p.table == table && p.row == row);
        assert!(named, "{statement}: {:?}", found.problems);
    }
}
