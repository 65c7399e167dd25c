//! Verifiers that nobody here wrote, over our files: `@digitalbazaar/vc` (npm), `openvc-core`,
//! `openbadgeslib` and `proofbundle` (PyPI). `tests/outside/install` fetches them once.

use crate::support::issued::{Fixture, KINDS, electrician, scores};
use crate::support::outside::{here, installed};
use serde_json::{Value, json};
use skill_ledger::credential::Coat;
use skill_ledger::credential::status_details::CertificateState;
use skill_ledger::credential::vc::ParsedCredential;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What one verifier says of one file.
#[derive(Debug)]
struct Verdict {
    file: String,
    accepted: bool,
    reason: String,
}

fn verdicts(command: &mut Command) -> Vec<Verdict> {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    text.lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            Verdict {
                file: line["file"].as_str().unwrap().to_owned(),
                accepted: line["accepted"].as_bool().unwrap(),
                reason: line["reason"].to_string(),
            }
        })
        .collect()
}

fn digitalbazaar(trust: &Path, dids: &Path, files: &[PathBuf]) -> Vec<Verdict> {
    let mut node = Command::new("node");
    node.arg(installed().join("vc.mjs"))
        .args([trust, dids])
        .args(files);
    verdicts(&mut node)
}

/// The verdicts on `files` of the verifiers of `eddsa-rdfc-2022`; openbadgeslib looks at no status.
fn run_rdfc(trust: &Path, dids: &Path, files: &[PathBuf]) -> Vec<(&'static str, Vec<Verdict>)> {
    let mut openbadges = Command::new(installed().join("venv/bin/python"));
    openbadges
        .arg(here().join("ob.py"))
        .args([trust, dids])
        .args(files);
    vec![
        ("@digitalbazaar/vc", digitalbazaar(trust, dids, files)),
        ("openbadgeslib", verdicts(&mut openbadges)),
    ]
}

/// Every verifier's verdicts on `files`. The log's verifier does not look at
/// signatures or status of a credential, the others do not look at the log.
fn run(trust: &Path, dids: &Path, files: &[PathBuf]) -> Vec<(&'static str, Vec<Verdict>)> {
    let python = installed().join("venv/bin/python");
    let mut openvc = Command::new(&python);
    openvc
        .arg(here().join("vc.py"))
        .args([trust, dids])
        .args(files);
    let mut log = Command::new(&python);
    log.arg(here().join("log.py")).arg(trust).args(files);
    vec![
        ("@digitalbazaar/vc", digitalbazaar(trust, dids, files)),
        ("openvc", verdicts(&mut openvc)),
        ("proofbundle", verdicts(&mut log)),
    ]
}

fn sample() -> (Fixture, tempfile::TempDir, Vec<PathBuf>) {
    let mut fixture = Fixture::at(skill_ledger::app::clock::now());
    fixture.scores = Some(scores());
    fixture.issue(|_| ());
    fixture.issue(|c| {
        c.attainment = electrician(Some("供配电"), None);
        c.issuer.name.en = None;
        c.session = None;
    });
    fixture.issue(|c| {
        c.issue = 2;
        c.supersedes = Some("S000033000021263000777".parse().unwrap());
    });
    fixture.widen();
    fixture.issue_kinds();
    for _ in 0..300 {
        fixture.other_event();
    }
    let directory = tempfile::tempdir().unwrap();
    fixture.export(directory.path());
    let numbers = (1..=3).map(|n| format!("S000033000021263{n:06}"));
    let files = numbers
        .chain(KINDS.iter().map(|(_, number, _)| (*number).to_owned()))
        .map(|number| directory.path().join(format!("certificates/{number}.json")))
        .collect();
    (fixture, directory, files)
}

#[test]
fn others_accept_our_certificates_and_proofs() {
    let (_, directory, files) = sample();
    let path = directory.path();
    for (verifier, verdicts) in run(&path.join("trust-list.json"), path, &files) {
        assert_eq!(verdicts.len(), files.len(), "{verifier}");
        for v in verdicts {
            assert!(v.accepted, "{verifier} refuses {}: {}", v.file, v.reason);
        }
    }
}

#[test]
fn others_refuse_them_changed() {
    let (_, directory, files) = sample();
    let path = directory.path();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let changed = text.replacen("阿依古丽", "阿依古力", 1);
        assert_ne!(text, changed);
        std::fs::write(file, changed).unwrap();
    }
    for (verifier, verdicts) in run(&path.join("trust-list.json"), path, &files) {
        for v in verdicts {
            assert!(!v.accepted, "{verifier} accepts {} changed", v.file);
        }
    }
}

#[test]
fn others_refuse_a_changed_proof_and_see_a_revocation() {
    let (mut fixture, directory, files) = sample();
    let path = directory.path();
    fixture.set_state(0, CertificateState::Revoked);
    fixture.set_state(1, CertificateState::Suspended);
    fixture.export(path);
    for file in &files {
        let proof = file.with_extension("tlog-proof");
        let text = std::fs::read_to_string(&proof).unwrap();
        let index = text.lines().find(|l| l.starts_with("index ")).unwrap();
        std::fs::write(&proof, text.replacen(index, "index 5", 1)).unwrap();
    }
    for (verifier, verdicts) in run(&path.join("trust-list.json"), path, &files) {
        let accepted: Vec<bool> = verdicts.iter().map(|v| v.accepted).collect();
        let expected = match verifier {
            "proofbundle" => [false, false, false],
            _ => [false, false, true],
        };
        assert!(accepted[3..].iter().all(|it| *it == expected[2]));
        assert_eq!(accepted[..3], expected, "{verifier}: {verdicts:?}");
    }
}

/// The certificates of [`sample`] as `eddsa-rdfc-2022`, written to files; then the same showing their
/// scores.
fn as_rdfc(fixture: &Fixture, directory: &Path) -> Vec<PathBuf> {
    let write = |(n, coat): (usize, Coat)| {
        let file = directory.join(format!("{n}.{coat}.json"));
        std::fs::write(&file, fixture.coat(n, coat)).unwrap();
        file
    };
    let of = |coat| (0..fixture.issued.len()).map(move |n| (n, coat));
    of(Coat::VcJsonRdfc)
        .chain(of(Coat::VcJsonScores))
        .map(write)
        .collect()
}

#[test]
fn others_accept_our_certificates_as_rdf() {
    let (mut fixture, directory, _) = sample();
    let path = directory.path();
    let files = as_rdfc(&fixture, path);
    for (verifier, verdicts) in run_rdfc(&path.join("trust-list.json"), path, &files) {
        assert_eq!(verdicts.len(), files.len(), "{verifier}");
        for v in verdicts {
            assert!(v.accepted, "{verifier} refuses {}: {}", v.file, v.reason);
        }
    }
    fixture.set_state(0, CertificateState::Revoked);
    fixture.export(path);
    let verdicts = digitalbazaar(&path.join("trust-list.json"), path, &files);
    let of_revoked = [0, fixture.issued.len()];
    for (n, verdict) in verdicts.iter().enumerate() {
        assert_eq!(verdict.accepted, !of_revoked.contains(&n), "{verdict:?}");
    }
}

#[test]
fn others_refuse_our_certificates_as_rdf_when_changed() {
    let (fixture, directory, jcs) = sample();
    let path = directory.path();
    let originals = as_rdfc(&fixture, path);
    let mut mutants = Vec::new();
    let read = |file: &Path| -> Value {
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    };
    let mut mutant = |document: &Value| {
        let file = path.join(format!("mutant-{}.json", mutants.len()));
        std::fs::write(&file, document.to_string()).unwrap();
        mutants.push(file);
    };
    let (whole, other) = (read(&originals[0]), read(&originals[1]));
    for file in &originals {
        let mut document = read(file);
        document["credentialSubject"]["identifier"][0]["identityHash"] = json!("李四");
        mutant(&document);
    }
    // Every member that can be changed alone, the proof's among them.
    for pointer in [
        "/name",
        "/validFrom",
        "/issuer/name",
        "/issuer/otherIdentifier/0/identifier",
        "/credentialSubject/id",
        "/credentialSubject/licenseNumber",
        "/credentialSubject/activityEndDate",
        "/credentialSubject/achievement/criteria/narrative",
        "/credentialSubject/achievement/alignment/1/targetCode",
        "/credentialStatus/0/statusListIndex",
        "/proof/created",
    ] {
        let mut document = whole.clone();
        let place = document.pointer_mut(pointer).unwrap();
        let text = place.as_str().unwrap().replace('2', "3");
        *place = json!(if Some(text.as_str()) == place.as_str() {
            format!("{text}x")
        } else {
            text
        });
        mutant(&document);
    }
    // Scores that are better, of another component, added and taken away.
    let scored = read(&originals[fixture.issued.len()]);
    for change in [
        |d: &mut Value| d["credentialSubject"]["result"][0]["value"] = json!("99.5"),
        |d: &mut Value| {
            let result = d["credentialSubject"]["result"].as_array_mut().unwrap();
            let first = result[0]["resultDescription"].take();
            result[0]["resultDescription"] = result[1]["resultDescription"].take();
            result[1]["resultDescription"] = first;
        },
        |d: &mut Value| {
            let described = &mut d["credentialSubject"]["achievement"]["resultDescription"];
            described[0]["requiredValue"] = json!("50");
        },
        |d: &mut Value| {
            let result = d["credentialSubject"]["result"].as_array_mut().unwrap();
            drop(result.pop());
        },
    ] {
        let mut document = scored.clone();
        change(&mut document);
        mutant(&document);
    }
    for change in [
        |d: &mut Value, o: &Value| d["proof"]["proofValue"] = o["proof"]["proofValue"].clone(),
        |d: &mut Value, o: &Value| d["proof"] = o["proof"].clone(),
        |d: &mut Value, o: &Value| d["issuer"] = o["issuer"].clone(),
        |d: &mut Value, _: &Value| d["proof"]["cryptosuite"] = json!("eddsa-jcs-2022"),
        |d: &mut Value, _: &Value| d["proof"]["proofPurpose"] = json!("authentication"),
        |d: &mut Value, _: &Value| drop(d.as_object_mut().unwrap().remove("proof")),
        |d: &mut Value, _: &Value| drop(d.as_object_mut().unwrap().remove("credentialStatus")),
        |d: &mut Value, _: &Value| d["credentialSubject"]["achievement"]["undefined"] = json!("x"),
        |d: &mut Value, _: &Value| drop(d["@context"].as_array_mut().unwrap().pop()),
    ] {
        let mut document = whole.clone();
        change(&mut document, &other);
        mutant(&document);
    }
    // The signature of the other suite under this one's name.
    let mut renamed = read(&jcs[0]);
    renamed["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022");
    mutant(&renamed);
    renamed["proof"].as_object_mut().unwrap().remove("@context");
    mutant(&renamed);
    assert!(mutants.len() >= 30);
    for (verifier, verdicts) in run_rdfc(&path.join("trust-list.json"), path, &mutants) {
        for v in verdicts {
            assert!(!v.accepted, "{verifier} accepts {}", v.file);
        }
    }
    // And so do we.
    for file in &mutants {
        let bytes = std::fs::read(file).unwrap();
        let parsed = ParsedCredential::parse(&bytes);
        assert!(parsed.is_err() || parsed.is_ok_and(|it| it.verify_signature().is_err()));
    }
}

#[test]
fn others_judge_the_demo_as_we_do() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("demo");
    let demo = Command::new(env!("CARGO_BIN_EXE_skill-ledger"))
        .args(["demo", "--json", "--dir"])
        .arg(&path)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&demo.stderr);
    assert!(demo.status.success(), "{errors}");
    let answer: Value = serde_json::from_slice(&demo.stdout).unwrap();
    let trust = PathBuf::from(answer["trust_list"].as_str().unwrap());
    let certificates = answer["certificates"].as_array().unwrap();
    let text = |c: &Value, member: &str| c[member].as_str().unwrap().to_owned();
    let files: Vec<PathBuf> = certificates
        .iter()
        .map(|c| text(c, "file").into())
        .collect();
    let states: Vec<String> = certificates.iter().map(|c| text(c, "status")).collect();
    for state in ["valid", "suspended", "revoked", "superseded"] {
        assert!(states.iter().any(|s| s == state), "no {state} one");
    }
    for (verifier, verdicts) in run(&trust, &path, &files) {
        assert_eq!(verdicts.len(), files.len(), "{verifier}");
        for (verdict, state) in verdicts.iter().zip(&states) {
            // The log's verifier proves what was logged, whatever became of it.
            let expected = verifier == "proofbundle" || state == "valid";
            assert_eq!(
                verdict.accepted, expected,
                "{verifier}: {verdict:?} {state}"
            );
        }
    }
}
