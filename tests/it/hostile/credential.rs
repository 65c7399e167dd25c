//! Credentials that are none, or not this ledger's, or signed by a key whose time is over.

use crate::support::program::{As, BODY, ISSUED_ON, Ledger, check, text, verify};
use crate::support::sheet;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A ledger with three certificates and its trust list.
fn issued() -> (Ledger, PathBuf, PathBuf) {
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("2026-29", &sheet::all_passed(1, 3));
    ledger.issue(&session);
    let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
    let certificate = ledger.certificate(&session, "S000032000012263000001");
    (ledger, trust, certificate)
}

/// Asserts how one check of a file ends, and the whole with it.
#[track_caller]
fn answers(file: &Path, trust: &Path, exit: i32, id: &str, code: &str) {
    let (ended, report) = verify(file, trust, &[]);
    assert_eq!(check(&report, id).1, code, "{report}");
    let outcome = ["valid", "invalid", "unknown"][exit as usize];
    assert_eq!(
        (ended, &report["outcome"]),
        (exit, &outcome.into()),
        "{report}"
    );
}

#[test]
fn what_is_no_certificate_of_ours_is_refused_with_its_reason() {
    let (ledger, trust, certificate) = issued();
    answers(&certificate, &trust, 0, "form", "form-good");
    let good = fs::read_to_string(&certificate).unwrap();
    let proof = fs::read(certificate.with_extension("tlog-proof")).unwrap();
    let changed = |bytes: &[u8]| {
        let file = ledger.beside("changed.json");
        fs::write(&file, bytes).unwrap();
        fs::write(file.with_extension("tlog-proof"), &proof).unwrap();
        file
    };
    let value = |change: &dyn Fn(&mut Value)| {
        let mut value: Value = serde_json::from_str(&good).unwrap();
        change(&mut value);
        changed(&serde_json::to_vec(&value).unwrap())
    };

    // 10 MB, though what it says is good: not looked at, so nothing is said against it.
    let padded = format!("{good}{}", " ".repeat(10 << 20));
    answers(
        &changed(padded.as_bytes()),
        &trust,
        2,
        "form",
        "form-file-too-large",
    );

    let twice = good.replacen('{', r#"{"id":"urn:uuid:0","#, 1);
    answers(
        &changed(twice.as_bytes()),
        &trust,
        1,
        "form",
        "form-duplicate-key",
    );
    let file = value(&|v| v["@context"][1] = "https://example.org/context".into());
    answers(&file, &trust, 1, "form", "form-context");
    let file = value(&|v| drop(v.as_object_mut().unwrap().remove("proof")));
    answers(&file, &trust, 1, "form", "form-no-proof");
    let file = value(&|v| v["proof"]["cryptosuite"] = "ecdsa-jcs-2019".into());
    answers(&file, &trust, 1, "form", "form-other-suite");
    answers(&changed(b"%PDF-1.7"), &trust, 1, "form", "form-pdf-damaged");
    answers(
        &changed(br#"{"type":"diploma"}"#),
        &trust,
        1,
        "form",
        "form-context",
    );
    let better = good.replace("三级/高级工", "一级/高级技师");
    let (exit, report) = verify(&changed(better.as_bytes()), &trust, &[]);
    assert_eq!(exit, 1, "{report}");
    // Nothing of a document whose signature does not hold is shown.
    assert_eq!(report["certificate"], Value::Null);
}

#[test]
fn a_certificate_of_another_ledger_is_not_vouched_for() {
    let (_ours, trust, _) = issued();
    let (theirs, their_trust, certificate) = issued();
    answers(&certificate, &their_trust, 0, "signature", "signature-good");
    // Our log did not sign its checkpoint, and our authority never heard of its body.
    answers(
        &certificate,
        &trust,
        1,
        "signature",
        "signature-body-unknown",
    );
    drop(theirs);
}

#[test]
fn a_key_signs_nothing_after_its_retirement() {
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("2026-29", &sheet::all_passed(1, 12));
    // Whoever kept a copy of the old key goes on issuing with it, and even has the log sign.
    let rogue = ledger.copy();
    let issued = rogue.issue(&session);
    // Meanwhile the ledger has retired the key.
    let rotate = ["keys", "rotate", "--body", BODY, "--purpose", "certificate"];
    ledger.maker(&rotate).done();
    ledger.issue(&session);
    let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
    let numbers = issued["numbers"].as_array().unwrap();
    let mut retired = 0;
    for number in numbers.iter().map(|n| n.as_str().unwrap()) {
        answers(
            &ledger.certificate(&session, number),
            &trust,
            0,
            "key-validity",
            "key-good",
        );
        let (exit, report) = verify(&rogue.certificate(&session, number), &trust, &[]);
        let code = check(&report, "key-validity").1;
        retired += usize::from(exit == 1 && code == "key-retired");
    }
    // The first position or two of the copy stand before the retirement in both histories.
    assert!(retired >= numbers.len() - 2, "{retired}");
}

#[test]
fn what_a_key_signed_before_its_retirement_stays_good() {
    let (ledger, _, certificate) = issued();
    for purpose in ["certificate", "status"] {
        ledger
            .maker(&["keys", "rotate", "--body", BODY, "--purpose", purpose])
            .done();
    }
    let trust = PathBuf::from(text(&ledger.export_trust("newer"), "trust_list"));
    answers(&certificate, &trust, 0, "key-validity", "key-good");

    // Declared compromised from a position before it, it is void; from one after it, not.
    let keys = ledger
        .run(As::Nobody, &["keys", "list", "--body", BODY])
        .done();
    let signed_with = text(&show(&ledger), "key_id");
    let key = keys["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|k| k["key_id"] == signed_with.as_str());
    let from = key.unwrap()["from_position"].as_u64().unwrap().to_string();
    let revoke = [
        "keys",
        "revoke",
        "--body",
        BODY,
        "--key",
        &signed_with,
        "--from-position",
        &from,
    ];
    ledger.by_two(&[&revoke[..], &["--ground", "私钥泄露"]].concat());
    let trust = PathBuf::from(text(&ledger.export_trust("newest"), "trust_list"));
    answers(
        &certificate,
        &trust,
        1,
        "key-compromise",
        "compromise-before",
    );
    assert_eq!(text(&show(&ledger), "issued_on"), ISSUED_ON);
}

fn show(ledger: &Ledger) -> Value {
    let show = ["certificate", "show", "S000032000012263000001"];
    ledger.run(As::Nobody, &show).done()
}
