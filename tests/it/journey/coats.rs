//! One certificate in every coat through the program, and a session in one zip.

use crate::support::clock;
use crate::support::program::{As, Ledger, TODAY, bare, text};
use crate::support::sheet;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The answers of `verify --json`, one a line, and its exit code.
fn verify(args: &[&str], stdin: Option<&[u8]>) -> (i32, Vec<Value>) {
    let mut command = bare(&[&["verify"], args].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(stdin.unwrap_or_default()).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    let answers = lines.map(|line| serde_json::from_slice(line).unwrap());
    (output.status.code().unwrap(), answers.collect())
}

fn told<'a>(answers: &'a [Value], member: &str) -> Vec<&'a str> {
    answers
        .iter()
        .map(|it| it[member].as_str().unwrap_or("-"))
        .collect()
}

struct Exported {
    ledger: Ledger,
    session: String,
    numbers: Vec<String>,
    trust: PathBuf,
}

fn issued() -> Exported {
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("2026-31", &sheet::all_passed(1, 3));
    let issued = ledger.issue(&session);
    let numbers = issued["numbers"].as_array().unwrap().iter();
    let numbers = numbers.map(|it| it.as_str().unwrap().to_owned()).collect();
    let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
    Exported {
        ledger,
        session,
        numbers,
        trust,
    }
}

#[test]
fn a_certificate_leaves_in_every_coat_and_each_is_verified() {
    let Exported {
        ledger,
        numbers,
        trust,
        ..
    } = issued();
    let number = numbers[0].as_str();
    let trust = ["--trust", trust.to_str().unwrap()];
    let folder = ledger.beside("coats");
    let out = ["--out", folder.to_str().unwrap()];
    let export = [&["certificate", "export", number], &out[..]].concat();
    let done = ledger
        .maker(&[&export[..], &["--coat", "all"]].concat())
        .done();
    assert_eq!(done["certificates"], 1);
    let path = |ending: &str| folder.join(format!("{number}.{ending}"));
    let name = |path: &Path| path.to_str().unwrap().to_owned();

    // The whole folder: every coat once, and nothing that is none.
    let (exit, answers) = verify(&[&[folder.to_str().unwrap()], &trust[..]].concat(), None);
    assert_eq!(exit, 0, "{answers:#?}");
    for coat in [
        "vc-json",
        "vc-json-rdfc",
        "vc-json-scores",
        "sd-jwt-vc",
        "qr",
    ] {
        assert!(told(&answers, "coat").contains(&coat), "{coat}");
    }
    let containers = told(&answers, "container");
    for (container, count) in [("pdf", 1), ("badge", 2), ("picture", 1)] {
        let found = containers.iter().filter(|it| **it == container);
        assert_eq!(found.count(), count, "{container}");
    }

    // A PDF brings its proof, and even a trust list: of use to who knows the authority's key.
    let pdf = name(&path("pdf"));
    let alone = ledger.beside("alone.pdf");
    std::fs::copy(&pdf, &alone).unwrap();
    let alone = name(&alone);
    assert_eq!(verify(&[&alone[..], trust[0], trust[1]], None).0, 0);
    assert_eq!(verify(&[&alone], None).0, 2);
    let keys = ledger.run(As::Nobody, &["keys", "list"]).done();
    let mut keys = keys["keys"].as_array().unwrap().iter();
    let key = keys.find(|it| it["purpose"] == "trust").unwrap();
    let pin = ["--trust-key", key["key_id"].as_str().unwrap()];
    assert_eq!(verify(&[&alone[..], pin[0], pin[1]], None).0, 0);
    let (exit, answers) = verify(&[&alone[..], pin[0], &"00".repeat(32)], None);
    assert_eq!(exit, 2, "{answers:#?}");

    // Standard input has nothing beside it.
    let token = std::fs::read(path("sd-jwt")).unwrap();
    let proof = name(&path("tlog-proof"));
    assert_eq!(verify(&[&["-"], &trust[..]].concat(), Some(&token)).0, 2);
    let with = [&["-", "--proof", &proof], &trust[..]].concat();
    assert_eq!(verify(&with, Some(&token)).0, 0);

    // What the holder chooses to disclose, and no more.
    let chosen = ledger.beside("chosen");
    let out = ["--out", chosen.to_str().unwrap()];
    let some = ["--coat", "sd-jwt-vc", "--disclose", "level-only"];
    let export = [&["certificate", "export", number], &out[..], &some[..]].concat();
    ledger.maker(&export).done();
    let token = chosen.join(format!("{number}.sd-jwt"));
    let (exit, answers) = verify(&[&[token.to_str().unwrap()], &trust[..]].concat(), None);
    assert_eq!(exit, 0);
    let shown = &answers[0]["certificate"];
    assert!(
        shown["name"].is_null() && shown["number"].is_null(),
        "{shown:#}"
    );
    for unknown in [["--coat", "paper"], ["--disclose", "holder"]] {
        let mistaken = [&["certificate", "export", number], &out[..], &unknown[..]].concat();
        assert_eq!(ledger.maker(&mistaken).exit, 64);
    }
}

/// The scores of the first answer about this coat.
fn scores<'a>(answers: &'a [Value], coat: &str) -> &'a Value {
    let of = answers.iter().find(|it| it["coat"] == coat);
    &of.unwrap()["certificate"]["scores"]
}

#[test]
fn scores_are_shown_where_the_worker_wants_them() {
    let Exported {
        ledger,
        numbers,
        trust,
        ..
    } = issued();
    let number = numbers[0].as_str();
    let trust = ["--trust", trust.to_str().unwrap()];
    let export = |folder: &str, more: &[&str]| {
        let folder = ledger.beside(folder);
        let folder = folder.to_str().unwrap();
        let export = ["certificate", "export", number, "--out", folder];
        ledger.maker(&[&export[..], more].concat()).done();
        let (exit, answers) = verify(&[&[folder], &trust[..]].concat(), None);
        assert_eq!(exit, 0, "{answers:#?}");
        answers
    };
    let reached = json!({"theory": "81.5", "skill": "76.0"});
    let whole = export("whole", &["--coat", "all"]);
    for coat in ["vc-json", "vc-json-rdfc", "qr"] {
        assert_eq!(*scores(&whole, coat), Value::Null, "{coat}");
    }
    for coat in ["vc-json-scores", "sd-jwt-vc"] {
        assert_eq!(*scores(&whole, coat), reached, "{coat}");
    }
    let some = ["--coat", "sd-jwt-vc", "--disclose"];
    for (folder, what, told) in [
        ("employer", "for-employer", Value::Null),
        ("alone", "scores", reached.clone()),
    ] {
        let answers = export(folder, &[&some[..], &[what]].concat());
        assert_eq!(*scores(&answers, "sd-jwt-vc"), told, "{what}");
    }

    // In words, on paper too.
    let folder = ledger.beside("alone");
    let paper = ledger.beside("report.pdf");
    let report = ["--report", paper.to_str().unwrap()];
    let args = [&["verify", folder.to_str().unwrap()], &trust[..], &report].concat();
    let mut verify_in_words = Command::new(env!("CARGO_BIN_EXE_skill-ledger"));
    clock::set(&mut verify_in_words, TODAY);
    let said = verify_in_words.args(&args).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let line = "  成绩（百分制）：理论知识考试 81.5 · 技能考核 76.0\n";
    assert!(said.contains(line), "{said}");
    let drawn = Command::new("pdftotext").arg(&paper).arg("-").output();
    let drawn = String::from_utf8(drawn.unwrap().stdout).unwrap();
    let drawn = drawn.replace(' ', "");
    assert!(drawn.contains("theory81.5·practicalskill76.0"), "{drawn}");

    // A reissue has them as the first issue had.
    let reissue = ["certificate", "reissue", number, "--reason", "遗失"];
    let on = ["--on", "2026-03-20"];
    ledger.maker(&[&reissue[..], &on].concat()).done();
    let folder = ledger.beside("again");
    let out = ["--out", folder.to_str().unwrap()];
    let export = ["certificate", "export", number, "--coat", "vc-json-scores"];
    ledger.maker(&[&export[..], &out].concat()).done();
    let second = folder.join(format!("{number}.2.scores.json"));
    let newer = ledger.export_trust("newer");
    let args = [
        second.to_str().unwrap(),
        "--trust",
        &text(&newer, "trust_list"),
    ];
    let (exit, answers) = verify(&args, None);
    assert_eq!(exit, 0, "{answers:#?}");
    assert_eq!(*scores(&answers, "vc-json-scores"), reached);
}

#[test]
fn a_session_leaves_in_one_zip_that_is_verified_whole() {
    let Exported {
        ledger,
        session,
        numbers,
        trust,
    } = issued();
    let zip = ledger.beside("session.zip");
    let into = ["--zip", zip.to_str().unwrap()];
    let whole = ["certificate", "export", "--session", &session];
    let coats = ["--coat", "vc-json", "--coat", "pdf"];
    let export = [&whole[..], &into[..], &coats[..]].concat();
    let done = ledger.maker(&export).done();
    assert_eq!(done["certificates"], numbers.len());
    assert_eq!(done["files"].as_array().unwrap().len(), 3 * numbers.len());
    let args = [zip.to_str().unwrap(), "--trust", trust.to_str().unwrap()];
    let (exit, answers) = verify(&args, None);
    assert_eq!(
        (exit, answers.len()),
        (0, 2 * numbers.len()),
        "{answers:#?}"
    );

    // A certificate that was revoked is not handed out with the rest.
    ledger.by_two(&[
        "certificate",
        "revoke",
        &numbers[1],
        "--ground",
        "弄虚作假",
        "--basis",
        "核查",
    ]);
    let done = ledger.maker(&export).done();
    assert_eq!(done["certificates"], numbers.len() - 1);

    // Cut short, it is damaged, and that is said.
    let bytes = std::fs::read(&zip).unwrap();
    std::fs::write(&zip, &bytes[..bytes.len() / 2]).unwrap();
    let (exit, answers) = verify(&args, None);
    assert_eq!((exit, answers.len()), (2, 1));
    assert_eq!(answers[0]["checks"][0]["code"], "form-zip-damaged");
}
