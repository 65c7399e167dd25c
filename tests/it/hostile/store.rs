//! A ledger that cannot be opened: of a newer program, without its passphrase, held by another.

use crate::support::program::{As, Ledger, sql};
use skill_ledger::app::clock;
use skill_ledger::store::SqliteStore;
use skill_ledger::store::sqlite::Mode;
use std::path::Path;

const WRITING: [&str; 5] = ["account", "open", "--name", "某人", "--role=auditor"];

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let ledger = Ledger::begin("DEMO");
    let before = ledger.head();
    sql(
        &ledger.database(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (99990101000000, 'to come', 1, x'00', 0)",
    );
    ledger.maker(&WRITING).refused(2, "newer-schema");
    ledger
        .run(As::Nobody, &["audit"])
        .refused(2, "newer-schema");
    sql(
        &ledger.database(),
        "DELETE FROM _sqlx_migrations WHERE version = 99990101000000",
    );
    assert_eq!(ledger.audited(), before);
}

#[test]
fn the_passphrase_is_needed_and_must_be_right() {
    let ledger = Ledger::begin("DEMO");
    let before = ledger.head();
    let with = |name: &str, value: &str| {
        let mut command = ledger.command(As::Maker, &WRITING);
        command.env_remove("SKILL_LEDGER_PASSPHRASE");
        if !name.is_empty() {
            command.env(name, value);
        }
        crate::support::program::answer(&mut command)
    };
    let file = ledger.beside("passphrase");
    let file = file.to_str().unwrap();
    std::fs::write(file, "correct horse \n").unwrap();
    with("", "").refused(2, "passphrase-missing");
    with("SKILL_LEDGER_PASSPHRASE", "incorrect").refused(2, "wrong-passphrase");
    with("SKILL_LEDGER_PASSPHRASE_FILE", file).refused(2, "wrong-passphrase");
    with("SKILL_LEDGER_PASSPHRASE_FILE", "/nowhere").refused(2, "file-error");
    std::fs::write(file, "\n").unwrap();
    with("SKILL_LEDGER_PASSPHRASE_FILE", file).refused(64, "bad-input");
    assert_eq!(ledger.audited(), before);
    std::fs::write(file, "correct horse\nnot this line\n").unwrap();
    assert_eq!(with("SKILL_LEDGER_PASSPHRASE_FILE", file).exit, 0);

    let keyring = ledger.data().join("keys").join("keyring.json");
    std::fs::rename(&keyring, ledger.beside("keyring.json")).unwrap();
    ledger.maker(&WRITING).refused(2, "keyring-io");
    std::fs::write(&keyring, b"{}").unwrap();
    ledger.maker(&WRITING).refused(2, "keyring-damaged");
}

#[test]
fn a_second_writer_is_told_who_writes_and_readers_read_on() {
    let ledger = Ledger::begin("DEMO");
    let before = ledger.head();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let database = ledger.database();
    let writer = Mode::Writer { now: clock::now() };
    let store = runtime
        .block_on(SqliteStore::open(&database, writer))
        .unwrap();
    let second = ledger.maker(&WRITING);
    second.refused(2, "locked");
    let holder = format!("process {}", std::process::id());
    for language in ["zh", "en"] {
        let words = second.json["error"][language].as_str().unwrap();
        assert!(words.contains(&holder), "{words}");
    }
    assert_eq!(ledger.audited(), before);
    runtime.block_on(store.close());
    assert_eq!(ledger.maker(&WRITING).exit, 0);
}

#[test]
fn what_is_no_ledger_is_said_to_be_none_and_no_ledger_is_made_twice() {
    let ledger = Ledger::begin("DEMO");
    let before = ledger.head();
    let init = [
        "init",
        "--host",
        "ledger.test.example",
        "--jurisdiction",
        "DEMO",
    ];
    ledger.refuses(As::Nobody, &init, 1, "exists");
    let elsewhere = ledger.beside("elsewhere");
    let elsewhere = elsewhere.to_str().unwrap();
    let there = [&WRITING[..], &["--data", elsewhere]].concat();
    ledger.maker(&there).refused(2, "missing");
    std::fs::create_dir(elsewhere).unwrap();
    std::fs::write(Path::new(elsewhere).join("ledger.sqlite"), vec![b'x'; 8192]).unwrap();
    ledger.maker(&there).refused(2, "not-a-ledger");
    let audit = ["audit", "--data", elsewhere];
    ledger.run(As::Nobody, &audit).refused(2, "not-a-ledger");
    assert_eq!(ledger.audited(), before);
}

#[test]
fn a_ledger_made_for_tests_is_never_served() {
    let ledger = Ledger::begin("DEMO");
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    ledger
        .run(As::Nobody, &serve)
        .refused(1, "passphrase-cheap");
}
