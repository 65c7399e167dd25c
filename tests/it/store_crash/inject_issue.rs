//! Every write and every sync of `issue` failed once, in the real program: its retry finishes it,
//! no certificate is lost, twice or without its event, and every one verifies.

use super::seed;
use super::trace::{FAULTS, Fault, Times, WRITES, counted, is_hit, may_trace, strace};
use crate::support::program::{As, ISSUED_ON, Ledger, answer, text};
use crate::support::sheet;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CANDIDATES: u32 = 3;
const COMMAND: &str = "0197f3a0-0000-7000-8000-00000000fa17";

fn issue(ledger: &Ledger, session: &str) -> Command {
    let issue = ["issue", "--session", session, "--on", ISSUED_ON];
    ledger.command(
        As::Maker,
        &[&issue[..], &["--command-id", COMMAND]].concat(),
    )
}

/// Runs a command under other words; answers its exit code and what it said.
fn under(words: &[String], plain: &Command) -> (i32, String) {
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .arg(plain.get_program())
        .args(plain.get_args());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let answered = answer(command.stdin(Stdio::null()));
    (answered.exit, answered.stdout + &answered.stderr)
}

fn files(ledger: &Ledger, session: &str) -> Vec<PathBuf> {
    let folder = ledger.data().join("certificates").join(session);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Everything in the data directory, and what stands beside while it is written.
fn everything(folder: &Path, under: &Path, found: &mut BTreeSet<PathBuf>) {
    found.insert(under.to_owned());
    for entry in fs::read_dir(folder.join(under)).unwrap() {
        let entry = entry.unwrap();
        let path = under.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            everything(folder, &path, found);
        } else {
            let mut beside = path.clone().into_os_string();
            beside.push(".partial");
            found.extend([path, beside.into()]);
        }
    }
}

/// A closed session, and what its issue does when nothing fails.
struct Prepared {
    ledger: Ledger,
    session: String,
    numbers: Value,
    events: u64,
    /// What it writes, from the data directory on.
    writes: BTreeSet<PathBuf>,
}

impl Prepared {
    fn words(&self, ledger: &Ledger, fault: Option<(&str, Fault, u32)>) -> Vec<String> {
        let files: Vec<PathBuf> = self.writes.iter().map(|f| ledger.data().join(f)).collect();
        strace(&ledger.beside("log"), &files, WRITES, fault)
    }
}

/// One issue failed at one call, and what its retry makes of it; answers whether it was.
fn failed_and_finished(prepared: &Prepared, fault: (&str, Fault, u32)) -> bool {
    let Prepared {
        session,
        numbers,
        events,
        ..
    } = prepared;
    let ledger = &prepared.ledger.copy();
    let (exit, said) = under(
        &prepared.words(ledger, Some(fault)),
        &issue(ledger, session),
    );
    let name = format!("{fault:?}: {said}");
    // Said or killed, but no panic.
    assert_ne!(exit, 101, "{name}");
    let issued = answer(&mut issue(ledger, session)).done();
    assert_eq!(issued["numbers"], *numbers, "{name}");
    assert_eq!(ledger.audited(), *events, "{name}");
    let whole = files(ledger, session);
    assert_eq!(whole.len(), 2 * CANDIDATES as usize, "{name}: {whole:?}");
    let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
    let certificates = whole
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "json"));
    let certificates: Vec<&str> = certificates.map(|f| f.to_str().unwrap()).collect();
    let verify = [
        &["verify", "--trust", trust.to_str().unwrap()],
        &certificates[..],
    ]
    .concat();
    let verified = ledger.run(As::Nobody, &verify);
    assert_eq!(verified.exit, 0, "{name}: {}", verified.stdout);
    is_hit(&ledger.beside("log"))
}

#[test]
fn an_issue_with_a_failed_write_or_sync_is_finished_by_its_retry() {
    if !may_trace() {
        return;
    }
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("failed", &sheet::all_passed(1, CANDIDATES));
    let undisturbed = ledger.copy();
    let numbers = answer(&mut issue(&undisturbed, &session)).done()["numbers"].clone();
    let events = undisturbed.audited();
    let mut writes = BTreeSet::from(["ledger.sqlite-wal".into()]);
    everything(&undisturbed.data(), Path::new(""), &mut writes);
    let prepared = Prepared {
        ledger,
        session,
        numbers,
        events,
        writes,
    };
    let traced = prepared.ledger.copy();
    let (exit, said) = under(
        &prepared.words(&traced, None),
        &issue(&traced, &prepared.session),
    );
    assert_eq!(exit, 0, "{said}");
    let counts = counted(&traced.beside("log"));
    let seed = seed();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let (mut trials, mut hits) = (0, 0);
    for (call, count) in &counts {
        for fault in FAULTS {
            let mut times = Times::of(*count, 1);
            while let Some(when) = times.next(&mut rng) {
                let hit = failed_and_finished(&prepared, (call, fault, when));
                times.told(hit);
                (trials, hits) = (trials + 1, hits + u32::from(hit));
            }
        }
    }
    eprintln!("{counts:?}: {trials} issues failed at a call, {hits} hit");
    assert!(hits > 0);
}
