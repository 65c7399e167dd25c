//! `verify FILE…` over files and folders as they are handed out.

use crate::paper::print;
use crate::support::issued::{Fixture, NOW, key};
use serde_json::Value;
use skill_ledger::cli::verify::{VerifyArgs, VerifyFilesError, verify_files};
use skill_ledger::credential::status_details::CertificateState;
use skill_ledger::credential::trust_list::fingerprint;
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::locale::Language;
use skill_ledger::paper::Press;
use skill_ledger::verify::Outcome;
use std::path::{Path, PathBuf};

fn args(files: &[PathBuf], trust: PathBuf) -> VerifyArgs {
    VerifyArgs {
        files: files.to_vec(),
        proof: None,
        trust: Some(trust),
        status: Vec::new(),
        no_log: false,
        policy: None,
        trust_key: None,
        report: None,
        verified_by: None,
        max_status_age_days: 30,
        max_trust_age_days: 90,
    }
}
fn run(args: &VerifyArgs) -> (Outcome, Vec<Value>) {
    let mut out = Vec::new();
    let outcome = verify_files(args, true, Language::Zh, NOW, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines = text.lines().map(|l| serde_json::from_str(l).unwrap());
    (outcome, lines.collect())
}
fn exported(count: usize) -> (Fixture, tempfile::TempDir) {
    let mut fixture = Fixture::new();
    for _ in 0..count {
        fixture.issue(|_| ());
    }
    let directory = tempfile::tempdir().unwrap();
    fixture.export(directory.path());
    (fixture, directory)
}
fn first(directory: &Path) -> PathBuf {
    directory.join("certificates/S000033000021263000001.json")
}

#[test]
fn a_folder_is_all_its_credentials_with_the_proofs_beside_them() {
    let (fixture, directory) = exported(3);
    let path = directory.path();
    // Documents of other kinds in the folder are not credentials; a damaged one is.
    for other in ["trust-list.json", &fixture.did.status_details_path(1)] {
        let name = format!("certificates/{}", other.replace('/', "-"));
        std::fs::copy(path.join(other), path.join(name)).unwrap();
    }
    let trust = path.join("trust-list.json");
    let (outcome, lines) = run(&args(&[path.join("certificates")], trust.clone()));
    assert_eq!((outcome, lines.len()), (Outcome::Valid, 3));
    assert!(lines.iter().all(|l| l["outcome"] == "valid"));
    assert_eq!(
        lines[0]["file"].as_str().unwrap(),
        first(path).to_str().unwrap()
    );

    std::fs::write(path.join("certificates/damaged.json"), "{\"a\":").unwrap();
    let (outcome, lines) = run(&args(&[path.join("certificates")], trust));
    assert_eq!((outcome, lines.len()), (Outcome::Invalid, 4));
    let damaged = lines.iter().find(|l| l["coat"].is_null()).unwrap();
    assert_eq!(damaged["checks"][1]["code"], "form-not-json");
    assert!(damaged["certificate"].is_null());
}

#[test]
fn a_forged_credential_does_not_slip_by_as_something_else() {
    let (_, directory) = exported(1);
    let path = directory.path();
    let good: Value = serde_json::from_slice(&std::fs::read(first(path)).unwrap()).unwrap();
    for (n, member) in ["trust_list", "status_details", "verificationMethod"]
        .into_iter()
        .enumerate()
    {
        let mut forged = good.clone();
        forged[member] = serde_json::json!({});
        let name = path.join(format!("certificates/forged-{n}.json"));
        std::fs::write(name, forged.to_string()).unwrap();
    }
    let mut forged = good;
    forged["type"] = serde_json::json!(["VerifiableCredential", "BitstringStatusListCredential"]);
    std::fs::write(path.join("certificates/forged-9.json"), forged.to_string()).unwrap();
    let given = args(&[path.join("certificates")], path.join("trust-list.json"));
    let (outcome, lines) = run(&given);
    assert_eq!((outcome, lines.len()), (Outcome::Invalid, 5));
}

#[test]
fn invalid_outweighs_unknown_and_unknown_outweighs_valid() {
    let (mut fixture, directory) = exported(2);
    let path = directory.path();
    let trust = path.join("trust-list.json");
    let large = path.join("large.json");
    std::fs::write(&large, vec![b' '; 10 << 20]).unwrap();
    let mut files = vec![first(path), large, path.join("absent.json")];
    let (outcome, lines) = run(&args(&files, trust.clone()));
    assert_eq!(outcome, Outcome::Unknown);
    assert_eq!(lines[0]["outcome"], "valid");
    assert_eq!(lines[1]["checks"][0]["code"], "form-file-too-large");
    assert_eq!(lines[2]["checks"][0]["code"], "form-unreadable");

    fixture.set_state(1, CertificateState::Revoked);
    let newer = path.join("newer.json");
    std::fs::write(&newer, fixture.trust_file()).unwrap();
    files.push(path.join("certificates/S000033000021263000002.json"));
    let (outcome, lines) = run(&args(&files, newer));
    assert_eq!(outcome, Outcome::Invalid);
    assert_eq!(lines[3]["certificate"]["state"], "revoked");
}

#[test]
fn a_named_trust_or_status_file_that_is_not_there_is_misuse() {
    let (_, directory) = exported(1);
    let path = directory.path();
    let given = args(&[first(path)], path.join("nowhere.json"));
    let answer = verify_files(&given, true, Language::En, NOW, &mut Vec::new());
    assert!(matches!(answer, Err(VerifyFilesError::NoSuchFile(_))));
    let mut given = args(&[first(path)], path.join("trust-list.json"));
    given.status = vec![path.join("nowhere.json")];
    let answer = verify_files(&given, true, Language::En, NOW, &mut Vec::new());
    assert!(matches!(answer, Err(VerifyFilesError::NoSuchFile(_))));
}

#[test]
fn for_people_every_check_stands_on_its_line() {
    let (_, directory) = exported(1);
    let path = directory.path();
    let given = args(&[first(path)], path.join("trust-list.json"));
    for (language, word) in [(Language::Zh, "有效"), (Language::En, "valid")] {
        let mut out = Vec::new();
        verify_files(&given, false, language, NOW, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.lines().next().unwrap().contains(&format!(": {word}")),
            "{text}"
        );
        assert_eq!(text.lines().filter(|l| l.starts_with("  ✓ ")).count(), 9);
        assert!(text.contains("阿依古丽·买买提"));
    }
}

/// More files than are held at once, judged on all cores: each is answered once, in order of name,
/// and as it is alone.
#[test]
fn many_files_are_answered_in_order_and_each_as_it_is_alone() {
    let (_, directory) = exported(2);
    let path = directory.path();
    let trust = path.join("trust-list.json");
    let good = std::fs::read(first(path)).unwrap();
    let proof = std::fs::read(first(path).with_extension("tlog-proof")).unwrap();
    let folder = path.join("many");
    std::fs::create_dir(&folder).unwrap();
    // Of three, one is good, one has no proof, and one is no credential.
    let expected = ["valid", "unknown", "invalid"];
    for n in 0..600 {
        let name = folder.join(format!("{n:04}.json"));
        match n % 3 {
            2 => std::fs::write(&name, format!("{{\"n\":{n}}}")).unwrap(),
            _ => std::fs::write(&name, &good).unwrap(),
        }
        if n % 3 == 0 {
            std::fs::write(name.with_extension("tlog-proof"), &proof).unwrap();
        }
    }
    std::fs::copy(&trust, folder.join("0300-trust-list.json")).unwrap();
    let (outcome, lines) = run(&args(std::slice::from_ref(&folder), trust.clone()));
    assert_eq!((outcome, lines.len()), (Outcome::Invalid, 600));
    for (n, line) in lines.iter().enumerate() {
        let name = folder.join(format!("{n:04}.json"));
        assert_eq!(line["file"].as_str(), name.to_str());
        assert_eq!(line["outcome"], expected[n % 3], "{n}");
        if n % 100 < 3 {
            let (_, alone) = run(&args(&[name], trust.clone()));
            assert_eq!(alone.first(), Some(line));
        }
    }
}

/// PDFs with the lists of one authority, of another, and with one changed by a letter, more lists than
/// are remembered, one after the other: each is answered as it is alone, and only those whose own list
/// the pinned key signed are valid.
#[test]
fn each_pdf_is_judged_by_its_own_list_whichever_came_before() {
    let press = Press::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    let mut put = |fixture: &Fixture, outcome: &'static str| {
        let file = folder.path().join(format!("{:02}.pdf", expected.len()));
        std::fs::write(&file, print(&press, fixture, 0).unwrap()).unwrap();
        expected.push((file, outcome));
    };
    let genuine = Fixture::with_one();
    let mut forged = Fixture::with_one();
    forged.trust_key = key(13, Purpose::Trust);
    let mut revoked = Fixture::with_one();
    revoked.set_state(0, CertificateState::Revoked);
    let mut narrow = Fixture::with_one();
    narrow.body.scopes.clear();
    for _ in 0..2 {
        put(&genuine, "valid");
        put(&genuine, "valid");
        put(&forged, "unknown");
        put(&genuine, "valid");
        put(&revoked, "invalid");
        put(&narrow, "invalid");
        for minute in 1..=3 {
            let mut other = Fixture::with_one();
            other.trust_issued.0 -= minute * 60_000_000;
            put(&other, "valid");
        }
        put(&forged, "unknown");
    }
    let pinned = |files: &[PathBuf]| VerifyArgs {
        trust: None,
        trust_key: Some(fingerprint(genuine.trust_key.key_id())),
        ..args(files, PathBuf::new())
    };
    let (outcome, lines) = run(&pinned(&[folder.path().to_owned()]));
    assert_eq!((outcome, lines.len()), (Outcome::Invalid, expected.len()));
    for ((file, outcome), line) in expected.iter().zip(&lines) {
        assert_eq!(line["file"].as_str(), file.to_str());
        assert_eq!(line["outcome"], *outcome, "{line:#}");
        let (_, alone) = run(&pinned(std::slice::from_ref(file)));
        assert_eq!(alone.first(), Some(line));
    }
}
