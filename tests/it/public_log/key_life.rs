//! The log's key in the program: it hands over, is retired, is declared compromised; what was logged
//! before stays good, and whoever follows the log comes along.

use super::export::issued;
use super::whole;
use crate::support::program::{As, BODY, Ledger, PASSPHRASE, check, text, verify};
use crate::support::server::Service;
use skill_ledger::app::log_keys::{RetireLogKey, RotateLogKey};
use skill_ledger::app::monitor::{Alarm, Monitor, Source, Watch};
use skill_ledger::app::{chance, clock};
use skill_ledger::credential::vc::ParsedCredential;
use skill_ledger::domain::ids::CommandId;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::PublicKey;
use skill_ledger::keys::{Keyring, Purpose, Signer as _, verify_strict};
use skill_ledger::tlog::checkpoint::Checkpoint;
use skill_ledger::tlog::note::{Note, NoteKey};
use skill_ledger::verify::{Known, Outcome, Policy};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

const NOW: Instant = Instant(1_800_000_000_000_000);

/// The log's keys, oldest first: id, and what `keys list` says of each.
pub(super) fn log_keys(ledger: &Ledger) -> Vec<serde_json::Value> {
    let listed = ledger.run(As::Nobody, &["keys", "list"]).done();
    let keys = listed["keys"].as_array().unwrap().iter();
    keys.filter(|key| key["purpose"] == "log")
        .cloned()
        .collect()
}

/// The trust list as it is now, and the folder of the log, which grows.
fn export(ledger: &Ledger, name: &str) -> (PathBuf, PathBuf) {
    ledger.export_trust("public");
    let kept = ledger.beside(&format!("{name}.json"));
    fs::copy(ledger.beside("public/trust-list.json"), &kept).unwrap();
    (kept, ledger.beside("public/log"))
}

fn vkey(log: &Path) -> NoteKey {
    let key = fs::read_to_string(log.join("vkey")).unwrap();
    key.trim().parse().unwrap()
}

fn signers(log: &Path) -> usize {
    let note = fs::read(log.join("checkpoint")).unwrap();
    Note::parse(&note).unwrap().signatures().len()
}

/// One certificate of a session, and its proof as it was issued.
fn certificate(ledger: &Ledger, sheet: u32) -> PathBuf {
    issued(ledger, sheet, 1);
    let mut found: Vec<PathBuf> = Vec::new();
    for session in fs::read_dir(ledger.data().join("certificates")).unwrap() {
        for file in fs::read_dir(session.unwrap().path()).unwrap() {
            found.push(file.unwrap().path());
        }
    }
    found.retain(|path| path.extension().is_some_and(|it| it == "json"));
    found.sort_by_key(|path| fs::metadata(path).unwrap().modified().unwrap());
    found.pop().unwrap()
}

fn outcome(file: &Path, trust: &Path) -> String {
    let (_, report) = verify(file, trust, &[]);
    text(&report, "outcome")
}

fn monitor(log: &Path, key: &NoteKey, kept: &Path, begin: bool) -> Monitor {
    let source = Source::Folder(log.to_owned());
    Monitor::new(
        source,
        vec![key.clone()],
        None,
        Watch::default(),
        kept,
        begin,
    )
    .unwrap()
}

fn codes(alarms: &[Alarm]) -> Vec<&'static str> {
    alarms.iter().map(Alarm::code).collect()
}

#[test]
fn a_key_of_the_log_hands_over_and_is_retired() {
    let ledger = Ledger::with_body();
    let before = certificate(&ledger, 1);
    let (old_trust, log) = export(&ledger, "old");
    let one = vkey(&log);
    let kept = ledger.beside("monitor.json");
    let mut follower = monitor(&log, &one, &kept, true);
    let look = follower.look(NOW).unwrap();
    assert_eq!((look.alarms, look.new_keys), (vec![], vec![]));
    // Nobody but the authority's maker; nothing but a key of the log; not the last.
    ledger.refuses(As::Checker, &["keys", "rotate-log"], 1, "not-allowed");
    let only = text(&log_keys(&ledger)[0], "key_id");
    let retire = |key: &str| ledger.maker(&["keys", "retire-log", "--key", key]);
    retire(&only).refused(1, "key-last");
    let all = ledger.run(As::Nobody, &["keys", "list"]).done();
    let trust_key = all["keys"].as_array().unwrap().iter();
    let trust_key = trust_key.clone().find(|key| key["purpose"] == "trust");
    retire(&text(trust_key.unwrap(), "key_id")).refused(1, "key-unknown");

    let id = uuid::Uuid::from_u128(77).to_string();
    let rotate = ["keys", "rotate-log", "--command-id", &id];
    ledger.maker(&rotate).done();
    let again = ledger.maker(&rotate).done();
    assert_eq!(again["repeated"], true);
    assert_eq!(log_keys(&ledger).len(), 2, "a retry makes no further key");
    ledger
        .maker(&["keys", "rotate-log"])
        .refused(1, "log-keys-in-use");

    // Both sign: whoever knows the old key or the new one follows.
    let during = certificate(&ledger, 2);
    let (new_trust, log) = export(&ledger, "new");
    let two = vkey(&log);
    assert_ne!(one, two);
    assert_eq!(signers(&log), 2);
    for key in [&one, &two] {
        whole(key, |path| fs::read(log.join(path)).unwrap());
    }
    assert_eq!(outcome(&before, &new_trust), "valid");
    assert_eq!(outcome(&during, &new_trust), "valid");
    let look = follower.look(NOW).unwrap();
    assert_eq!(look.alarms, vec![]);
    assert_eq!(look.new_keys, [two.to_string()]);
    ledger.audited();

    retire(&only).done();
    retire(&only).refused(1, "key-not-active");
    let after = certificate(&ledger, 3);
    let (newest_trust, log) = export(&ledger, "newest");
    assert_eq!(signers(&log), 1);
    let head = fs::read(log.join("checkpoint")).unwrap();
    assert!(Checkpoint::open(&head, &two, &verify_strict).is_ok());
    assert!(Checkpoint::open(&head, &one, &verify_strict).is_err());
    for file in [&before, &during, &after] {
        assert_eq!(outcome(file, &newest_trust), "valid");
    }
    // The old list knows nothing of the new key, and does not call it a forgery.
    let (_, report) = verify(&after, &old_trust, &[]);
    let said = check(&report, "inclusion");
    assert_eq!(said, ("unknown".into(), "inclusion-log-key-unknown".into()));
    // The monitor was given the first key only, also when it starts anew.
    assert_eq!(follower.look(NOW).unwrap().alarms, vec![]);
    let look = monitor(&log, &one, &kept, false).look(NOW).unwrap();
    assert_eq!((look.alarms, look.new_keys), (vec![], vec![]));
    // One that has never seen the hand-over finds it in what is published.
    let fresh = ledger.beside("fresh.json");
    assert_eq!(
        monitor(&log, &one, &fresh, true).look(NOW).unwrap().alarms,
        vec![]
    );
    // Without the notes there is no way from the old key to the new.
    fs::remove_file(log.join("keys")).unwrap();
    let lost = ledger.beside("lost.json");
    let look = monitor(&log, &one, &lost, true).look(NOW).unwrap();
    assert_eq!(codes(&look.alarms), ["not-signed"]);
    ledger.audited();
}

#[test]
fn a_stolen_key_of_the_log_is_void_from_where_two_people_say() {
    let ledger = Ledger::with_body();
    let before = certificate(&ledger, 1);
    let (_, log) = export(&ledger, "trust");
    let one = vkey(&log);
    let kept = ledger.beside("monitor.json");
    let mut follower = monitor(&log, &one, &kept, true);
    follower.look(NOW).unwrap();
    let stolen = text(&log_keys(&ledger)[0], "key_id");
    let from = ledger.head() + 1;
    let revoke = |from: u64| {
        ledger.maker(&[
            "keys",
            "revoke-log",
            "--key",
            &stolen,
            "--from-position",
            &from.to_string(),
            "--ground",
            "密钥外泄",
        ])
    };
    revoke(from).refused(1, "position-invalid");
    // Proved by the stolen key alone, after the theft.
    let since = certificate(&ledger, 2);
    revoke(from).refused(1, "key-last");
    ledger.maker(&["keys", "rotate-log"]).done();
    let proposed = revoke(from).done();
    let made = &proposed["events"][0]["data"]["proposal"];
    let proposal = made.as_str().unwrap().to_owned();
    ledger.refuses(As::Maker, &["approve", &proposal], 1, "not-allowed");
    let shown = ledger.checker(&["proposal", "show", "--proposal", &proposal]);
    assert_eq!(shown.exit, 0, "{shown:#?}");
    ledger.checker(&["approve", &proposal]).done();
    let keys = log_keys(&ledger);
    assert_eq!(keys[0]["compromised_from_position"], from);
    assert!(keys[1]["compromised_from_position"].is_null());
    revoke(from).refused(1, "key-already-compromised");

    let (trust, log) = export(&ledger, "trust");
    assert_eq!(signers(&log), 1);
    assert_eq!(
        outcome(&before, &trust),
        "valid",
        "logged and proved before"
    );
    let (_, report) = verify(&since, &trust, &[]);
    let said = check(&report, "inclusion");
    assert_eq!(said, ("fail".into(), "inclusion-log-key-void".into()));
    // The certificate itself is good: a proof under the new key says so.
    let folder = ledger.beside("again");
    let number = since.file_stem().unwrap().to_str().unwrap();
    let args = [
        "certificate",
        "export",
        number,
        "--out",
        folder.to_str().unwrap(),
    ];
    ledger.maker(&args).done();
    let anew = folder.join(since.file_name().unwrap());
    assert_eq!(outcome(&anew, &trust), "valid");
    // Who held the old key alone is told of the hand-over, and takes heads of the new one.
    let look = follower.look(NOW).unwrap();
    assert_eq!(look.alarms, vec![], "{:?}", look.new_keys);
    assert_eq!(look.new_keys, [vkey(&log).to_string()]);
    // A head by the stolen key alone is reported.
    let head = fs::read_to_string(log.join("checkpoint")).unwrap();
    let head = Checkpoint::parse(Note::parse(head.as_bytes()).unwrap().text()).unwrap();
    let keyring = ledger.data().join("keys/keyring.json");
    let keyring = Keyring::open(&keyring, &Zeroizing::new(PASSPHRASE.to_owned())).unwrap();
    let thief = keyring
        .signer(&stolen.parse().unwrap(), Purpose::Log)
        .unwrap();
    let forged = head.sign(&one, |m| thief.sign(Purpose::Log, m).map(|it| it.0));
    fs::write(log.join("checkpoint"), forged.unwrap().unwrap().to_string()).unwrap();
    assert_eq!(codes(&follower.look(NOW).unwrap().alarms), ["key-void"]);
    ledger.audited();
    let listed = ledger
        .run(As::Nobody, &["keys", "list", "--body", BODY])
        .done();
    assert_eq!(listed["keys"].as_array().unwrap().len(), 2);
}

/// T8: while keys come and go under a log that grows, whoever fetches a proof and then the trust list
/// finds the certificate valid, every time.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_turned_away_while_keys_change() {
    let service = Service::start().await;
    let maker = service.ledger.actor(&service.maker).await.unwrap();
    let ledger = Arc::clone(&service.ledger);
    let growing = tokio::spawn(async move { ledger.sign_as_it_grows().await.err() });
    let credential = service.certificates[5].credential.clone();
    let digest = ParsedCredential::parse(&credential).unwrap();
    let path = format!(
        "/v1/certificates/proofs/{}",
        hex::encode(digest.unsigned_sha256)
    );
    let done = AtomicBool::new(false);
    let changing = async {
        let id = || CommandId(chance::internal_id());
        for _ in 0..8 {
            let old = service.ledger.log_keys().await.unwrap();
            let old = PublicKey::from_bytes(old.newest().unwrap().public_key());
            let rotate = RotateLogKey {};
            service.ledger.operate(&maker, id(), &rotate).await.unwrap();
            let retire = RetireLogKey {
                key: old.unwrap().id().to_string(),
                on: None,
            };
            service.ledger.operate(&maker, id(), &retire).await.unwrap();
        }
        done.store(true, Ordering::Relaxed);
    };
    let reading = async {
        let mut looks = 0;
        while !done.load(Ordering::Relaxed) || looks < 20 {
            let proof = service.get(&path).await;
            assert_eq!(proof.status, 200);
            let trust = service.get("/trust-list.json").await.body;
            let known = Known::gather(clock::now(), Policy::default(), Some(&trust), None, &[]);
            let report = skill_ledger::verify::verify(&credential, Some(&proof.body), &known);
            assert_eq!(report.outcome, Outcome::Valid, "{looks}");
            looks += 1;
        }
        looks
    };
    let ((), looks) = tokio::join!(changing, reading);
    assert!(looks >= 20);
    let keys = service.ledger.log_keys().await.unwrap();
    assert_eq!((keys.all().len(), keys.signing(u64::MAX).count()), (9, 1));
    assert!(service.ledger.audit().await.unwrap().ok());
    growing.abort();
}
