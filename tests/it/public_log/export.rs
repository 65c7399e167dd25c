//! `log export`: static files that grow with the log.

use super::whole;
use crate::support::program::{As, Ledger};
use crate::support::sheet::{Came, Candidate, candidate};
use serde_json::Value;
use skill_ledger::tlog::checkpoint::Checkpoint;
use skill_ledger::tlog::note::NoteKey;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Issues certificates to so many people, which signs a checkpoint.
pub(super) fn issued(ledger: &Ledger, sheet: u32, people: u32) {
    let people: Vec<Candidate> = (0..people)
        .map(|n| candidate(sheet, n, Came::Passed))
        .collect();
    let session = ledger.closed_session(&format!("S{sheet}"), &people);
    ledger.issue(&session);
}

fn key(ledger: &Ledger) -> NoteKey {
    ledger.export_trust("trust");
    let key = fs::read_to_string(ledger.beside("trust/log/vkey")).unwrap();
    key.trim().parse().unwrap()
}

fn export(ledger: &Ledger, folder: &Path) -> Value {
    let args = ["log", "export", folder.to_str().unwrap()];
    ledger.run(As::Nobody, &args).done()
}

fn read(folder: &Path, key: &NoteKey) -> Checkpoint {
    whole(key, |path| fs::read(folder.join(path)).unwrap())
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(within) = folders.pop() {
        for entry in fs::read_dir(within).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn an_export_is_the_whole_log_and_grows_with_it() {
    let ledger = Ledger::with_body();
    let key = key(&ledger);
    let folder = ledger.beside("log");
    issued(&ledger, 1, 3);
    let first = export(&ledger, &folder);
    assert_eq!(first["from"], 0);
    let before = read(&folder, &key);
    assert_eq!(first["size"], before.size);
    assert!((1..256).contains(&before.size), "{}", before.size);
    let old = files(&folder);
    assert_eq!(first["files"], old.len());
    assert_eq!(first["bytes"], old.values().map(Vec::len).sum::<usize>());

    // Nothing new, nothing written.
    let again = export(&ledger, &folder);
    assert_eq!(
        (&again["from"], &again["files"]),
        (&first["size"], &0.into())
    );

    // Past a full tile.
    issued(&ledger, 2, 160);
    let more = export(&ledger, &folder);
    assert_eq!(more["from"], before.size);
    let after = read(&folder, &key);
    assert!(after.size > 512, "{}", after.size);
    let new = files(&folder);
    for (path, bytes) in &old {
        let name = path.to_str().unwrap();
        assert!(
            new[path] == *bytes || name == "checkpoint",
            "{name} changed"
        );
    }
    // At once it is the same, but for what was partial on the way.
    let at_once = ledger.beside("at-once");
    export(&ledger, &at_once);
    for (path, bytes) in files(&at_once) {
        assert_eq!(new[&path], bytes, "{}", path.display());
    }
}

#[test]
fn a_folder_of_another_history_is_refused() {
    let ledger = Ledger::with_body();
    let folder = ledger.beside("log");
    issued(&ledger, 1, 2);
    let older = ledger.copy();
    issued(&ledger, 2, 2);
    export(&ledger, &folder);
    let kept = files(&folder);
    let refused = |ledger: &Ledger, exit: i32, code: &str| {
        let args = ["log", "export", folder.to_str().unwrap()];
        ledger.run(As::Nobody, &args).refused(exit, code);
        assert_eq!(files(&folder), kept);
    };
    // An older copy of the ledger; then one that went on otherwise, further than this one.
    refused(&older, 2, "log-rolled-back");
    issued(&older, 3, 5);
    refused(&older, 2, "log-error");
    // Another ledger.
    let another = Ledger::with_body();
    issued(&another, 1, 9);
    refused(&another, 64, "bad-input");
    // Somebody wrote into the folder.
    let checkpoint = folder.join("checkpoint");
    fs::write(&checkpoint, "ledger.test.example/log\n5\n").unwrap();
    let args = ["log", "export", folder.to_str().unwrap()];
    ledger.run(As::Nobody, &args).refused(64, "bad-input");
}

#[test]
fn a_checkpoint_without_its_log_is_no_export_yet() {
    let ledger = Ledger::with_body();
    let key = key(&ledger);
    issued(&ledger, 1, 3);
    let folder = ledger.beside("log");
    fs::create_dir(&folder).unwrap();
    let log = ledger.run(As::Nobody, &["log", "checkpoint"]).done();
    let note = log["checkpoint"].as_str().unwrap();
    fs::write(folder.join("checkpoint"), note).unwrap();
    assert_eq!(export(&ledger, &folder)["from"], 0);
    let size = read(&folder, &key).size;
    // The folder that goes to a web server has the whole log in it.
    ledger.export_trust("public");
    let public = ledger.beside("public/log");
    assert!(read(&public, &key).size >= size);
    assert_eq!(export(&ledger, &public)["files"], 0);
}

#[test]
fn a_ledger_just_begun_has_a_log_already() {
    let ledger = Ledger::begin("DEMO");
    let folder = ledger.beside("log");
    let head = ledger.head();
    let done = export(&ledger, &folder);
    assert_eq!(done["size"], head);
    assert_eq!(read(&folder, &key(&ledger)).size, head);
}
