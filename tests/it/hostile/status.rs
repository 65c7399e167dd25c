//! Status lists and trust lists that are stale, missing or forged: never "valid".

use crate::support::program::{Ledger, TODAY, check, text, verify, verify_on};
use crate::support::sheet;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

struct Issued {
    ledger: Ledger,
    trust: PathBuf,
    certificate: PathBuf,
}

impl Issued {
    fn new() -> Self {
        let ledger = Ledger::with_body();
        let session = ledger.closed_session("2026-29", &sheet::all_passed(1, 3));
        ledger.issue(&session);
        let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
        let certificate = ledger.certificate(&session, "S000032000012263000001");
        Self {
            ledger,
            trust,
            certificate,
        }
    }
    /// The trust file with a change.
    fn changed(&self, change: impl FnOnce(&mut Value)) -> PathBuf {
        let mut file: Value = serde_json::from_slice(&fs::read(&self.trust).unwrap()).unwrap();
        change(&mut file);
        let path = self.ledger.beside("changed-trust-list.json");
        fs::write(&path, serde_json::to_vec(&file).unwrap()).unwrap();
        path
    }
    /// The check's code and the whole outcome.
    fn answer(&self, trust: &Path, id: &str) -> (i32, String) {
        let (exit, report) = verify(&self.certificate, trust, &[]);
        (exit, check(&report, id).1)
    }
}

#[test]
fn a_missing_or_forged_status_list_leaves_the_status_open() {
    let it = Issued::new();
    assert_eq!(it.answer(&it.trust, "status"), (0, "status-good".into()));
    let without = it.changed(|file| file["status_lists"] = Value::Array(Vec::new()));
    assert_eq!(it.answer(&without, "status"), (2, "status-missing".into()));
    // A list of all zeros in place of the signed one.
    let forged = it.changed(|file| {
        for list in file["status_lists"].as_array_mut().unwrap() {
            let signed = text(&list["proof"], "proofValue");
            let middle = signed.len() / 2;
            let other = if signed.as_bytes()[middle] == b'2' {
                "3"
            } else {
                "2"
            };
            let value = format!("{}{other}{}", &signed[..middle], &signed[middle + 1..]);
            list["proof"]["proofValue"] = value.into();
        }
    });
    assert_eq!(it.answer(&forged, "status"), (2, "status-forged".into()));
    // The good list, given beside, settles it.
    let status = it.trust.to_str().unwrap();
    for trust in [&without, &forged] {
        assert_eq!(verify(&it.certificate, trust, &["--status", status]).0, 0);
    }
    let (exit, answer) = verify(&it.certificate, &it.trust, &["--status", "/nowhere"]);
    assert_eq!(
        (exit, &answer["error"]["code"]),
        (64, &"no-such-file".into())
    );
}

#[test]
fn a_forged_trust_list_vouches_for_nothing() {
    let it = Issued::new();
    let forged = it.changed(|file| file["trust_list"]["as_of_position"] = 1_000_000.into());
    assert_eq!(it.answer(&forged, "trust-list"), (2, "trust-forged".into()));
    let junk = it.ledger.beside("junk.json");
    fs::write(&junk, b"[]").unwrap();
    assert_eq!(
        it.answer(&junk, "trust-list"),
        (2, "trust-malformed".into())
    );
    // Somebody else's authority, signed well, is not the one that was pinned.
    let theirs = Issued::new();
    let pin = ["--trust-key", &"0".repeat(64)];
    let (exit, report) = verify(&theirs.certificate, &theirs.trust, &pin);
    assert_eq!(
        (exit, check(&report, "trust-list").1.as_str()),
        (2, "trust-other-key")
    );
}

/// The outcome and the code of one check, some days after the export.
fn days_later(it: &Issued, days: i64, id: &str) -> (Value, String) {
    let today = TODAY.checked_add(jiff::Span::new().days(days)).unwrap();
    let (_, report) = verify_on(today, &it.certificate, &it.trust, &[]);
    (report["outcome"].clone(), check(&report, id).1)
}

#[test]
fn a_status_list_goes_stale_after_its_week_and_a_trust_list_after_its_quarter() {
    let it = Issued::new();
    assert_eq!(
        days_later(&it, 6, "status"),
        ("valid".into(), "status-good".into())
    );
    assert_eq!(
        days_later(&it, 8, "status"),
        ("unknown".into(), "status-stale".into())
    );
    assert_eq!(
        days_later(&it, 91, "trust-list"),
        ("unknown".into(), "trust-stale".into())
    );
    assert_eq!(
        days_later(&it, -2, "trust-list"),
        ("unknown".into(), "trust-future".into())
    );
}
