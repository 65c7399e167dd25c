//! Witnesses that are asked over HTTP, what they cosign published and demanded.

use super::whole;
use crate::support::program::{bare, text};
use crate::support::server::Service;
use skill_ledger::app::witness::Witness;
use skill_ledger::http::{self, Limits, listen};
use skill_ledger::keys::{KdfParams, verify_strict};
use skill_ledger::tlog::checkpoint::Checkpoint;
use skill_ledger::tlog::note::{Note, NoteKey};
use skill_ledger::tlog::policy::Policy;
use skill_ledger::tlog::proof::TlogProof;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

/// A witness on a socket, for as long as the runtime lives.
async fn witness(dir: &Path, name: &str, logs: &Policy) -> (NoteKey, SocketAddr) {
    let passphrase = Zeroizing::new("witness".to_owned());
    let weak = KdfParams::WEAK_FOR_TESTS;
    let key = Witness::create(dir, name, &passphrase, weak).unwrap();
    let witness = Witness::open(dir, &passphrase, logs).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits::default();
    let service = http::witness::service(Arc::new(witness), limits);
    tokio::spawn(listen::listen(
        listener,
        service,
        limits,
        std::future::pending(),
    ));
    (key, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quorum_cosigns_and_a_verifier_asks_for_it() {
    let service = Service::start().await;
    let log = service.get("/log/vkey").await.text();
    let log: NoteKey = log.trim().parse().unwrap();
    let alone = Policy::parse(format!("log {log}\nquorum none\n").as_bytes()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut policy = format!("log {log}\n");
    for n in 1..=2 {
        let dir = folder.path().join(format!("w{n}"));
        let name = format!("witness.example/w{n}");
        let (key, address) = witness(&dir, &name, &alone).await;
        policy += &format!("witness w{n} {key} http://{address}\n");
    }
    // A third that does not answer: two of three are enough.
    let gone = NoteKey::witness("witness.example/w3", [9; 32]).unwrap();
    policy += &format!("witness w3 {gone} http://127.0.0.1:9\n");
    policy += "group all-of-us 2 w1 w2 w3\nquorum all-of-us\n";
    let policy = Policy::parse(policy.as_bytes()).unwrap();

    let before = service.get("/log/checkpoint").await.body;
    let ledger = Arc::clone(&service.ledger);
    let asking = policy.clone();
    let gathering = tokio::spawn(async move { ledger.gather_cosignatures(&asking).await.err() });
    let met = |note: &[u8]| {
        let note = Note::parse(note).unwrap();
        let now = u64::MAX >> 1;
        policy
            .evaluate(&note, now, &verify_strict)
            .unwrap()
            .quorum_met
    };
    assert!(!met(&before));
    let cosigned = loop {
        let note = service.get("/log/checkpoint").await.body;
        if met(&note) {
            break note;
        }
        assert!(!gathering.is_finished());
        tokio::task::yield_now().await;
    };
    let head = Checkpoint::open(&cosigned, &log, &verify_strict).unwrap();

    // Every later download has the proof under it.
    let certificate = &service.certificates[5];
    let given = TlogProof::parse(&certificate.proof).unwrap();
    assert!(!met(given.checkpoint.as_bytes()));
    let credential = skill_ledger::credential::vc::ParsedCredential::parse(&certificate.credential);
    let digest = hex::encode(credential.unwrap().unsigned_sha256);
    let path = format!("/v1/certificates/proofs/{digest}");
    let newer = service.get(&path).await.body;
    let proof = TlogProof::parse(&newer).unwrap();
    assert_eq!(proof.checkpoint.as_bytes(), cosigned);

    // A verifier with the policy believes it, and cannot say so of the proof without witnesses.
    let trust = service.get("/trust-list.json").await.body;
    let at = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let trust = at("trust.json", &trust);
    let policy_file = at("policy", policy.to_string().as_bytes());
    let file = at("C.json", &certificate.credential);
    let check = |proof: &[u8]| {
        at("C.tlog-proof", proof);
        let more = ["--policy", &policy_file];
        let (_, report) = crate::support::program::verify_on(
            // What was cosigned just now lies in the past.
            skill_ledger::app::clock::today().tomorrow().unwrap(),
            Path::new(&file),
            Path::new(&trust),
            &more,
        );
        crate::support::program::check(&report, "witnesses")
    };
    assert_eq!(check(&newer), ("pass".into(), "witnesses-good".into()));
    assert_eq!(
        check(&certificate.proof),
        ("unknown".into(), "witnesses-too-few".into())
    );
    let forged = String::from_utf8(newer.clone()).unwrap();
    let line = forged
        .lines()
        .find(|line| line.contains("witness.example/w1"));
    let line = line.unwrap().to_owned();
    let other = line.replace(&line[line.len() - 12..line.len() - 8], "AAAA");
    let forged = forged.replace(&line, &other);
    assert_eq!(
        check(forged.as_bytes()),
        ("fail".into(), "witnesses-forged".into())
    );

    // The witness says what it has, and the export carries the cosigned head.
    let hash = {
        use sha2::Digest as _;
        hex::encode(sha2::Sha256::digest(log.name().as_bytes()))
    };
    let head_of = skill_ledger::app::remote::Remote::default();
    let url = policy.witnesses()[0].url.clone().unwrap();
    let seen = tokio::task::spawn_blocking(move || {
        head_of.get(&format!("{url}/{hash}/checkpoint"), 1 << 16)
    });
    let seen = seen.await.unwrap().unwrap();
    assert_eq!(seen.status, 200);
    let seen = Checkpoint::open(&seen.body, &log, &verify_strict).unwrap();
    assert_eq!(seen.root, head.root);
    let out = folder.path().join("log");
    service.ledger.export_log(&out, |_, _| {}).await.unwrap();
    let exported = whole(&log, |path| fs::read(out.join(path)).unwrap());
    assert_eq!(exported, head);
    assert_eq!(fs::read(out.join("checkpoint")).unwrap(), cosigned);
    gathering.abort();
}

/// `at` seconds after the beginning of the clock.
fn status(request: &str, witness: &Witness, at: u64) -> u16 {
    match witness.add_checkpoint(request.as_bytes(), at) {
        Ok(_) => 200,
        Err(skill_ledger::app::witness::NotCosigned::Refused(refusal)) => refusal.status(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_witness_whose_memory_is_damaged_cosigns_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("w");
    let passphrase = Zeroizing::new("witness".to_owned());
    let weak = KdfParams::WEAK_FOR_TESTS;
    Witness::create(&dir, "witness.example/w1", &passphrase, weak).unwrap();
    let again = Witness::create(&dir, "witness.example/w1", &passphrase, weak);
    assert!(again.is_err(), "a witness is made once");
    let key = NoteKey::new("ledger.example/log", [1; 32]).unwrap();
    let logs = Policy::parse(format!("log {key}\nquorum none\n").as_bytes()).unwrap();
    let witness = Witness::open(&dir, &passphrase, &logs).unwrap();
    assert_eq!(status("nonsense", &witness, 1), 400);
    fs::create_dir_all(dir.join("heads")).unwrap();
    let hash = {
        use sha2::Digest as _;
        hex::encode(sha2::Sha256::digest(key.name().as_bytes()))
    };
    fs::write(dir.join("heads").join(hash), b"torn").unwrap();
    assert!(Witness::open(&dir, &passphrase, &logs).is_err());
}

#[test]
fn the_program_witnesses_until_it_is_told_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let key = NoteKey::new("ledger.example/log", [1; 32]).unwrap();
    fs::write(at("policy"), format!("log {key}\nquorum none\n")).unwrap();
    fs::write(at("bad"), "log nothing\n").unwrap();
    let run = |policy: &str, more: &[&str]| {
        let (state, policy) = (at("state"), at(policy));
        let place = ["log", "witness", "--state", &state, "--policy", &policy];
        let listen = ["--listen", "127.0.0.1:0"];
        let mut command = bare(&[&place[..], &listen[..], more].concat());
        command.env("SKILL_LEDGER_PASSPHRASE", "witness");
        command
    };
    let answer = |mut command: std::process::Command| crate::support::program::answer(&mut command);
    answer(run("bad", &[])).refused(64, "bad-policy");
    answer(run("policy", &[])).refused(64, "bad-input");
    answer(run("policy", &["--name", "two words"])).refused(64, "bad-input");

    let mut command = run("policy", &["--name", "witness.example/w1"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let said = lines
        .by_ref()
        .map(Result::unwrap)
        .find(|line| line.contains("127.0.0.1:"))
        .unwrap();
    let kill = ["-TERM", &child.id().to_string()];
    let vkey = fs::read_to_string(at("state/vkey")).unwrap();
    assert!(said.contains(vkey.trim()), "{said}");
    std::process::Command::new("kill")
        .args(kill)
        .status()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let ended: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(text(&ended, "vkey"), vkey.trim());
    let _: NoteKey = vkey.trim().parse().unwrap();
}
