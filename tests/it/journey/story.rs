//! The story end to end, asserting at every step.

use crate::support::program::{As, BODY, Ledger, check, text, verify};
use crate::support::sheet::{self, Came};
use std::path::PathBuf;

#[test]
fn a_sheet_becomes_certificates_that_a_stranger_verifies_offline() {
    let ledger = Ledger::with_body();

    // A session, and a sheet with one row that cannot be read: nothing is written.
    let session = ledger.open_session("2026-29");
    let mut candidates = sheet::mixed(1, 20);
    candidates[4].document.replace_range(17.., "?");
    let file = ledger.sheet("dirty.csv", &candidates);
    let file = file.to_str().unwrap();
    let import = ["import", "results", file, "--session", &session];
    let before = ledger.head();
    for args in [&[&import[..], &["--dry-run"]].concat(), &import[..]] {
        let refused = ledger.maker(args);
        assert_eq!(refused.exit, 1, "{refused:#?}");
        assert_eq!(refused.json["rows"], 20);
        assert_eq!(refused.json["refused"][0]["row"], 6);
        assert_eq!(refused.json["refused"][0]["field"], "证件号码");
        assert_eq!(ledger.head(), before);
    }
    // Taken without that row.
    let taken = ledger
        .maker(&[&import[..], &["--accept-valid"]].concat())
        .done();
    assert_eq!(taken["accepted"], 19);

    // Two people, the notice, the close.
    let closed = ledger.close(&session);
    let passed = candidates.iter().filter(|c| c.came == Came::Passed).count() - 1;
    assert_eq!(closed["passed"], passed);
    assert_eq!(closed["absent"], 2);

    // Certificates, numbered one after the other, each with its proof beside it.
    let unissued = ledger.head();
    let issued = ledger.issue(&session);
    let numbers: Vec<&str> = issued["numbers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_str().unwrap())
        .collect();
    assert_eq!(numbers.len(), passed);
    for (n, number) in numbers.iter().enumerate() {
        assert_eq!(*number, format!("S000032000012263{:06}", n + 1));
        let file = ledger.certificate(&session, number);
        assert!(file.is_file() && file.with_extension("tlog-proof").is_file());
    }
    let shown = ledger
        .run(As::Nobody, &["session", "show", &session])
        .done();
    assert_eq!(
        (&shown["state"], &shown["candidates"]),
        (&"issued".into(), &19.into())
    );

    // The same as of older positions: what was recorded later is in no answer.
    let issued_at = shown["as_of_position"].as_u64().unwrap();
    let at = |position: u64| position.to_string();
    let of = |asker: As, question: &[&str], position: u64| {
        ledger.run(asker, &[question, &["--at", &at(position)]].concat())
    };
    let certificate = ["certificate", "show", numbers[0]];
    let certified = of(As::Nobody, &certificate, issued_at).done();
    assert_eq!(certified["as_of_position"], issued_at);
    of(As::Nobody, &certificate, unissued).refused(1, "not-found");
    let list = ["certificate", "list", "--session", &session];
    let listed = of(As::Maker, &list, issued_at).done();
    assert_eq!(listed["certificates"].as_array().unwrap().len(), passed);
    let before = of(As::Maker, &list, unissued).done();
    assert_eq!(before["certificates"].as_array().unwrap().len(), 0);
    let show = ["session", "show", &session];
    assert_eq!(of(As::Nobody, &show, issued_at).done(), shown);
    of(As::Nobody, &show, 0).refused(64, "view-position-zero");
    of(As::Nobody, &show, issued_at + 1_000).refused(2, "view-not-reached");
    let keys = of(As::Nobody, &["keys", "list"], 1).done();
    assert_eq!(keys["as_of_position"], 1);

    // What a stranger needs, and the stranger's answer.
    let exported = ledger.export_trust("public");
    let trust = PathBuf::from(text(&exported, "trust_list"));
    assert_eq!(exported["did_documents"].as_array().unwrap().len(), 1);
    assert_eq!(exported["status_lists"].as_array().unwrap().len(), 4);
    assert_eq!(exported["token_documents"].as_array().unwrap().len(), 5);
    for number in &numbers {
        let (exit, report) = verify(&ledger.certificate(&session, number), &trust, &[]);
        assert_eq!((exit, &report["outcome"]), (0, &"valid".into()), "{report}");
        let checks = report["checks"].as_array().unwrap();
        assert!(
            checks.iter().all(|check| check["result"] == "pass"),
            "{report}"
        );
        assert_eq!(report["certificate"]["number"], *number);
    }
    // Without the proof beside it, the same certificate could not be checked.
    let alone = ledger.beside("alone.json");
    std::fs::copy(ledger.certificate(&session, numbers[0]), &alone).unwrap();
    let (exit, report) = verify(&alone, &trust, &[]);
    assert_eq!((exit, &report["outcome"]), (2, &"unknown".into()));
    assert_eq!(check(&report, "inclusion").1, "inclusion-no-proof");
    assert_eq!(verify(&alone, &trust, &["--no-log"]).0, 0);

    // A training, beside the level in the passport.
    let holder = &candidates[0];
    let worker = record_training(&ledger, &holder.name, &holder.document);
    let passport = ledger
        .maker(&["passport", "--document-number", &holder.document])
        .done();
    assert_eq!(text(&passport, "worker"), worker);
    let kinds: Vec<&str> = passport["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["kind"].as_str().unwrap())
        .collect();
    for kind in [
        "worker.level_awarded",
        "certificate.issued",
        "worker.training_completed",
    ] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }

    // What the level leads to: an effect with its citation, and what is still needed.
    recognised(&ledger, &worker);

    // Views from nothing, identical; the audit, clean; the checkpoint over everything proved.
    let head = ledger.audited();
    assert_eq!(
        ledger.maker(&["projections", "rebuild"]).done()["position"],
        head
    );
    assert_eq!(ledger.audited(), head);
    let again = ledger
        .maker(&["passport", "--document-number", &holder.document])
        .done();
    assert_eq!(again["entries"], passport["entries"]);
    let checkpoint = ledger.run(As::Nobody, &["log", "checkpoint"]).done();
    assert!(checkpoint["tree_size"].as_u64().unwrap() <= head);
    assert!(text(&checkpoint, "checkpoint").starts_with("ledger.test.example/log\n"));
}

fn record_training(ledger: &Ledger, name: &str, document: &str) -> String {
    let who = ["--name", name, "--document-number", document];
    let what = [
        "--class",
        "2026-3",
        "--course",
        "工业机器人运维",
        "--hours",
        "80",
    ];
    let when = ["--from", "2026-02-02", "--to", "2026-02-13"];
    let record = ["training", "record", "--provider", BODY];
    let args = [&record[..], &who[..], &what[..], &when[..]].concat();
    text(&ledger.maker(&args).done(), "worker")
}

fn recognised(ledger: &Ledger, worker: &str) {
    let of = |on: &str| {
        let held = ["recognise", "--worker", worker, "--on", on];
        ledger.run(As::Nobody, &held).done()["recognitions"].clone()
    };
    let now = of("2026-06-01");
    let may_apply = |r: &serde_json::Value| r.to_string().contains("助理");
    let early = now
        .as_array()
        .unwrap()
        .iter()
        .find(|r| may_apply(r))
        .unwrap();
    assert!(!early["unmet"].as_array().unwrap().is_empty(), "{early}");
    let later = of("2028-06-01");
    let later = later
        .as_array()
        .unwrap()
        .iter()
        .find(|r| may_apply(r))
        .unwrap();
    assert!(
        later["unmet"].as_array().unwrap().len() < early["unmet"].as_array().unwrap().len(),
        "{later}"
    );
    assert!(later.to_string().contains("人社部发"), "{later}");
    // The other direction: a title against a level.
    let title = [
        "recognise",
        "--title-grade",
        "assistant",
        "--since",
        "2020-01-01",
    ];
    let title = ledger.run(As::Nobody, &title).done();
    assert!(
        !title["recognitions"].as_array().unwrap().is_empty(),
        "{title}"
    );
}
