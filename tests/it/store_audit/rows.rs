//! A row taken out, put in, doubled or swapped is named.

use super::*;

pub(super) async fn rows_taken_out_put_in_or_swapped_are_named(ground: Ground) {
    ledger(&ground.database()).await;
    ground.keep().await;
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
            "INSERT INTO event SELECT 301, stream_id, 99, id(fe), event_type,
               schema_version, recorded_at, actor, command_id, request_digest, causation, payload,
               payload_digest, chain FROM event WHERE position = 300",
        ),
        (
            "event",
            "position 40",
            "UPDATE event SET position = 1000 WHERE position = 40;
             UPDATE event SET position = 40 WHERE position = 41;
             UPDATE event SET position = 41 WHERE position = 1000",
        ),
        (
            "command",
            "00000000-0000-0000-0000-000000000003",
            "DELETE FROM command WHERE command_id = (SELECT command_id FROM event WHERE position = 7)",
        ),
        (
            "command",
            "00000000-0000-0000-0000-0000000000ff",
            "INSERT INTO command VALUES (id(ff), zeros(32), 2, 2)",
        ),
        (
            "command",
            "00000000-0000-0000-0000-0000000000ff",
            "INSERT INTO command VALUES (id(ff), zeros(32), 999, 999)",
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
            "INSERT INTO log_tile VALUES (0, 2, zeros(32))",
        ),
        (
            "log_tile",
            "level 3 index 0",
            "INSERT INTO log_tile VALUES (3, 0, zeros(32))",
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
            "DELETE FROM vault_row WHERE field = 'contact' AND subject = id(04)",
        ),
        (
            "vault_row",
            "subject 00000000-0000-0000-0000-000000000004 field photo",
            "INSERT INTO vault_row VALUES (id(04), 'photo', 1, zeros(24), zeros(1))",
        ),
        (
            "vault_subject",
            "subject 00000000-0000-0000-0000-00000000000b",
            "DELETE FROM vault_subject WHERE blind_index IS NULL",
        ),
        (
            "vault_subject",
            "subject 00000000-0000-0000-0000-000000000002",
            "INSERT INTO vault_subject SELECT id(02), wrapped_key,
               zeros(32), digest FROM vault_subject LIMIT 1",
        ),
        ("ledger", "one 1", "UPDATE ledger SET ledger_id = id(00)"),
    ] {
        let found = ground.edited(statement).await;
        let found = found.unwrap_or_else(|| panic!("refused: {statement}"));
        let named = found
            .problems
            .iter()
            .any(|p| p.table == table && p.row == row);
        assert!(named, "{statement}: {:?}", found.problems);
    }
}
