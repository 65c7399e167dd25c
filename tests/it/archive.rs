//! A ledger with certificates in every state goes into an archive and back, on either engine, and
//! comes out the same to the byte; a damaged archive leaves no ledger.

use crate::support::ledger::{Fixture, PASSPHRASE};
use crate::support::postgres::fresh_database;
use crate::support::program::{As, Ledger as Program, answer, bare};
use skill_ledger::app::archive::{export, restore};
use skill_ledger::app::{AppError, Ledger};
use skill_ledger::store::{AnyStore, Database, EventStore, StoreError};
use std::path::Path;
use tempfile::TempDir;
use zeroize::Zeroizing;

/// The database inside a data directory.
fn file_in(dir: &Path) -> Database {
    Database::File(dir.join("ledger.sqlite"))
}

/// The archive of the fixture, and what it was made of.
async fn archived() -> (TempDir, Vec<u8>, Fixture) {
    let fixture = Fixture::make().await;
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("ledger.archive");
    let data = fixture.dir.path().join("data");
    let store = AnyStore::open_to_read(&file_in(&data)).await;
    export(&store.unwrap(), &data, &to).await.unwrap();
    let bytes = std::fs::read(&to).unwrap();
    (dir, bytes, fixture)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_ledger_is_the_same_to_the_byte_and_goes_on() {
    let (dir, bytes, fixture) = archived().await;
    let from = dir.path().join("ledger.archive");
    let data = dir.path().join("restored");
    let done = restore(&from, &data, &file_in(&data)).await.unwrap();
    assert_eq!(done.bytes, bytes.len() as u64);
    assert_eq!(
        done.events,
        fixture.ledger.views_position().await.unwrap().1
    );

    let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
    let ledger = Ledger::open(&data, &passphrase).await.unwrap();
    let audit = ledger.audit().await.unwrap();
    assert!(audit.ok(), "{:?}", audit.problems);
    assert_eq!(ledger.compare_views().await.unwrap(), 0);
    // The keys came along and the log is at the head that was signed.
    ledger.advance_log().await.unwrap();
    ledger.close().await;

    let store = AnyStore::open_to_read(&file_in(&data)).await.unwrap();
    let again = dir.path().join("again.archive");
    export(&store, &data, &again).await.unwrap();
    let refused = export(&store, &data, &again).await;
    assert!(
        matches!(refused, Err(AppError::Exists { .. })),
        "{refused:?}"
    );
    assert!(std::fs::read(&again).unwrap() == bytes, "another archive");
    let twice = restore(&from, &data, &file_in(&data)).await;
    assert!(matches!(twice, Err(AppError::Exists { .. })), "{twice:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_goes_to_a_server_and_back_and_is_the_same_to_the_byte() {
    let Some(url) = fresh_database().await else {
        return;
    };
    let (dir, bytes, _fixture) = archived().await;
    let from = dir.path().join("ledger.archive");
    let server = Database::Server(url);
    let there = dir.path().join("there");
    restore(&from, &there, &server).await.unwrap();
    let taken = restore(&from, &dir.path().join("twice"), &server).await;
    assert!(
        matches!(taken, Err(AppError::Store(StoreError::Taken(_)))),
        "{taken:?}"
    );

    let store = AnyStore::open_to_read(&server).await.unwrap();
    let over = dir.path().join("over.archive");
    export(&store, &there, &over).await.unwrap();
    assert!(std::fs::read(&over).unwrap() == bytes, "another archive");

    let back = dir.path().join("back");
    restore(&over, &back, &file_in(&back)).await.unwrap();
    let file = AnyStore::open_to_read(&file_in(&back)).await.unwrap();
    assert_eq!(file.head().await.unwrap(), store.head().await.unwrap());
    let ledger = Ledger::open_to_read(&back).await.unwrap();
    assert!(ledger.audit().await.unwrap().ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_archive_leaves_nothing_that_could_be_taken_for_a_ledger() {
    let (dir, bytes, _fixture) = archived().await;
    let end = bytes.len();
    let mut cases = vec![
        ("cut in its last frame", bytes[..end - 1].to_vec()),
        ("cut in the middle", bytes[..end / 2].to_vec()),
        ("cut in its first line", bytes[..10].to_vec()),
        ("empty", Vec::new()),
        ("longer", [bytes.as_slice(), b"x"].concat()),
        (
            "another first line",
            [b"skill-ledger archive 2\n".as_slice(), &bytes[23..]].concat(),
        ),
    ];
    // One bit in each of many places: a length, a kind, a payload, a sealed row, the end.
    for n in 0..60 {
        let mut changed = bytes.clone();
        changed[end * n / 60] ^= 1;
        cases.push(("one bit", changed));
    }
    for (nth, (what, bytes)) in cases.into_iter().enumerate() {
        let from = dir.path().join(format!("damaged-{nth}"));
        std::fs::write(&from, &bytes).unwrap();
        let data = dir.path().join(format!("data-{nth}"));
        let refused = restore(&from, &data, &file_in(&data)).await;
        let error = refused.expect_err(what);
        let code = error.code();
        let known = [
            "archive-damaged",
            "archive-unknown",
            "malformed-batch",
            "refused",
        ];
        assert!(known.contains(&code.as_str()), "{what} {nth}: {error}");
        assert!(!data.join("ledger.sqlite").exists(), "{what} {nth}");
        assert!(!data.join("keys").exists(), "{what} {nth}");
    }
}

/// Through the program: out of a file, into a server, and its words for what is wrong.
#[test]
fn a_ledger_is_exported_and_restored_by_command() {
    let ledger = Program::with_body();
    let head = ledger.head();
    let archive = ledger.beside("ledger.archive");
    let archive = archive.to_str().unwrap();
    let exported = ledger.run(As::Nobody, &["export", archive]).done();
    assert_eq!(exported["events"].as_u64(), Some(head));
    ledger
        .run(As::Nobody, &["export", archive])
        .refused(1, "exists");

    let there = ledger.beside("there");
    let there = there.to_str().unwrap();
    let restore = ["restore", archive, "--data", there];
    let restored = answer(&mut bare(&restore)).done();
    assert_eq!(restored["ledger"], exported["ledger"]);
    answer(&mut bare(&restore)).refused(1, "exists");
    let audit = answer(&mut bare(&["audit", "--data", there])).done();
    assert_eq!(
        (&audit["ok"], audit["events"].as_u64()),
        (&true.into(), Some(head))
    );

    let elsewhere = ledger.beside("elsewhere");
    let data = ["--data", elsewhere.to_str().unwrap()];
    let sheet = ledger.beside("no-archive");
    std::fs::write(&sheet, "姓名,证件号码\n").unwrap();
    let restore = [&["restore", sheet.to_str().unwrap()], &data[..]].concat();
    answer(&mut bare(&restore)).refused(2, "archive-unknown");
    let bytes = std::fs::read(archive).unwrap();
    std::fs::write(&sheet, &bytes[..bytes.len() - 40]).unwrap();
    answer(&mut bare(&restore)).refused(2, "archive-damaged");
    let audit = [&["audit"], &data[..]].concat();
    answer(&mut bare(&audit)).refused(2, "missing");
}
