//! An issue of 5,000 killed at twenty moments: its retry finishes it, and nothing is twice, lost
//! or skipped.

use crate::support::program::{As, ISSUED_ON, Ledger, text};
use crate::support::sheet;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// All of them where the program is optimised (`docs/crashes.md`); without, as `tests/run` builds
/// it, sealing and opening take ten times as long, and a tenth of them must do.
const CANDIDATES: u32 = if env!("SKILL_LEDGER_OPT_LEVEL").as_bytes()[0] == b'0' {
    500
} else {
    5_000
};
const KILLS: u32 = 20;
/// The one command id of every issue, killed or not.
const COMMAND: &str = "0197f3a0-0000-7000-8000-000000005000";

#[test]
fn an_issue_killed_at_any_moment_is_finished_by_its_retry() {
    let prepared = Ledger::with_body();
    let session = prepared.closed_session("crash", &sheet::all_passed(1, CANDIDATES));

    let undisturbed = prepared.copy();
    let begun = Instant::now();
    let issued = issue(&undisturbed, &session);
    let took = begun.elapsed();
    let events = undisturbed.audited();
    check_files(&undisturbed, &session, &issued);

    let seed: u64 = match std::env::var("SKILL_LEDGER_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::rng().random(),
    };
    eprintln!("an undisturbed issue takes {took:?}; SKILL_LEDGER_SEED={seed}");
    let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(seed);
    let mut moments = Vec::new();
    for kill in 0..KILLS {
        let part = (f64::from(kill) + rng.random::<f64>()) / f64::from(KILLS);
        moments.push(took.mul_f64(part));
    }
    // Two at a time: a kill on a busy machine is a kill like any other.
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let work = || {
            while let Some(after) = moments.get(next.fetch_add(1, Ordering::Relaxed)) {
                killed_and_finished(&prepared.copy(), &session, *after, &issued, events);
            }
        };
        let other = scope.spawn(work);
        work();
        other.join().unwrap();
    });
}

fn killed_and_finished(
    ledger: &Ledger,
    session: &str,
    after: Duration,
    issued: &Value,
    events: u64,
) {
    let mut child = ledger
        .command(As::Maker, &issue_args(session))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The moment of the kill is what is tried, and any will do.
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();

    let killed = format!("killed after {after:?}");
    let finished = issue(ledger, session);
    assert_eq!(finished["numbers"], issued["numbers"], "{killed}");
    assert_eq!(ledger.audited(), events, "{killed}");
    check_files(ledger, session, &finished);

    let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
    let trust = trust.to_str().unwrap();
    let sample: Vec<String> = [1, CANDIDATES / 2, CANDIDATES]
        .map(|serial| ledger.certificate(session, &format!("S000032000012263{serial:06}")))
        .iter()
        .map(|file| file.to_str().unwrap().to_owned())
        .collect();
    let sample: Vec<&str> = sample.iter().map(String::as_str).collect();
    let verify = [&["verify", "--trust", trust], &sample[..]].concat();
    let verified = ledger.run(As::Nobody, &verify);
    assert_eq!(verified.exit, 0, "{killed}: {}", verified.stdout);
}

fn issue_args(session: &str) -> [&str; 7] {
    let on = ISSUED_ON;
    [
        "issue",
        "--session",
        session,
        "--on",
        on,
        "--command-id",
        COMMAND,
    ]
}

fn issue(ledger: &Ledger, session: &str) -> Value {
    ledger.maker(&issue_args(session)).done()
}

/// Every number once and in order, and for each a whole certificate of its own and a proof.
fn check_files(ledger: &Ledger, session: &str, issued: &Value) {
    let numbers: Vec<&str> = members(&issued["numbers"]);
    let expected: Vec<String> = (1..=CANDIDATES)
        .map(|serial| format!("S000032000012263{serial:06}"))
        .collect();
    assert_eq!(numbers, expected);
    let folder = ledger.data().join("certificates").join(session);
    let mut ids = BTreeSet::new();
    for number in numbers {
        let file = ledger.certificate(session, number);
        let certificate: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        assert!(certificate.to_string().contains(number));
        assert!(ids.insert(text(&certificate, "id")), "{number}");
        let proof = fs::read_to_string(file.with_extension("tlog-proof")).unwrap();
        assert!(proof.starts_with("c2sp.org/tlog-proof@v1\n"), "{number}");
    }
    assert_eq!(count_in(&folder), 2 * CANDIDATES as usize);
}

fn members(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|m| m.as_str().unwrap())
        .collect()
}

fn count_in(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}
