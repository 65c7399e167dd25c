//! A full disk during an issue: said plainly, nothing half done, and with room again the same
//! command id finishes.
//!
//! Twice: with a file size limit (`ulimit -f`; a write past it fails with EFBIG, as one on a full
//! disk fails with ENOSPC), which works for everybody, and on a real file system that is full (a
//! small tmpfs), which takes the right to mount and is left out without it.

use crate::support::program::{As, ISSUED_ON, Ledger, answer, copy_folder, folder_pages, sql};
use crate::support::sheet;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CANDIDATES: u32 = 150;
const COMMAND: &str = "0197f3a0-0000-7000-8000-00000000d15c";

/// A closed session in a ledger that has nothing left to write: views up to date, the
/// write-ahead log empty. What fails is then the issue itself.
fn prepared() -> (Ledger, String) {
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("full", &sheet::all_passed(1, CANDIDATES));
    ledger.maker(&["projections", "rebuild"]).done();
    sql(&ledger.database(), "PRAGMA wal_checkpoint(TRUNCATE)");
    (ledger, session)
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

fn check_whole(folder: &Path, issued: &Value) {
    let numbers = issued["numbers"].as_array().unwrap();
    assert_eq!(numbers.len(), CANDIDATES as usize);
    for (n, number) in numbers.iter().enumerate() {
        assert_eq!(
            number,
            &Value::from(format!("S000032000012263{:06}", n + 1))
        );
    }
    let proof = |n: &Value| {
        folder
            .join(n.as_str().unwrap())
            .with_extension("tlog-proof")
    };
    assert!(numbers.iter().all(|n| proof(n).is_file()));
    assert_eq!(
        fs::read_dir(folder).unwrap().count(),
        2 * CANDIDATES as usize
    );
}

#[test]
fn an_issue_that_finds_no_room_is_finished_when_there_is_room() {
    let (prepared, session) = prepared();
    let before = prepared.head();
    let mut codes = Vec::new();
    // In half kilobytes: from no room for the append to room for all of it.
    for limit in [64, 256, 512, 1024, 1536, 2048, 4096] {
        let ledger = prepared.copy();
        let limited = limited(&ledger, &issue_args(&session), limit);
        if limited.0 == 0 {
            continue;
        }
        assert_eq!(limited.0, 2, "{limit}: {}", limited.1);
        let code = limited.1["error"]["code"].as_str().unwrap();
        // Which step found no room is told by the code; that it was the disk, by the words.
        codes.push(code.to_owned());
        // All of the append, or none.
        let events = ledger.audited();
        assert!(
            events == before || events > before + u64::from(CANDIDATES),
            "{limit}: {events}"
        );
        let issued = ledger.maker(&issue_args(&session)).done();
        check_whole(&ledger.data().join("certificates").join(&session), &issued);
        ledger.audited();
    }
    eprintln!("{codes:?}");
    assert!(codes.len() >= 2, "{codes:?}");
}

/// Runs a subcommand as the maker under a file size limit of so many half kilobytes.
fn limited(ledger: &Ledger, args: &[&str], limit: u32) -> (i32, Value) {
    let plain = ledger.command(As::Maker, args);
    let mut shell = Command::new("sh");
    // Without the trap the signal would end the program before it sees the error.
    let script = format!(r#"trap "" XFSZ; ulimit -f {limit}; exec "$0" "$@""#);
    shell
        .arg("-c")
        .arg(script)
        .arg(plain.get_program())
        .args(plain.get_args());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let answered = answer(shell.stdin(Stdio::null()));
    (answered.exit, answered.json)
}

/// A file system in memory, unmounted when dropped.
struct Tmpfs(PathBuf);

impl Tmpfs {
    /// None where mounting is not allowed.
    fn mount(at: PathBuf, bytes: u64) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        mount(&at, &format!("size={bytes}")).then_some(Self(at))
    }
    fn grow(&self, bytes: u64) {
        assert!(mount(&self.0, &format!("remount,size={bytes}")));
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

fn mount(at: &Path, options: &str) -> bool {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at);
    let done = mount.stdin(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

#[test]
fn an_issue_on_a_full_file_system_is_finished_when_there_is_room() {
    let (prepared, session) = prepared();
    let before = prepared.head();
    let mut stopped = 0;
    // Room beyond what is there, in KiB: for nothing, for part, for the append but not the files.
    for room in [64, 512, 1024, 2048, 3072] {
        let small = 4096 * folder_pages(&prepared.data()) + (room << 10);
        let at = prepared.beside(&format!("full-{room}"));
        let Some(disk) = Tmpfs::mount(at, small) else {
            eprintln!("mounting is not allowed here: the full file system is left out");
            return;
        };
        copy_folder(&prepared.data(), &disk.0);
        let data = disk.0.to_str().unwrap();
        let args = [&issue_args(&session)[..], &["--data", data]].concat();
        let full = prepared.maker(&args);
        if full.exit != 0 {
            stopped += 1;
            assert_eq!(full.exit, 2, "{room}: {full:#?}");
        }
        disk.grow(256 << 20);
        let audit = prepared.run(As::Nobody, &["audit", "--data", data]).done();
        let events = audit["events"].as_u64().unwrap();
        assert!(
            events == before || events > before + u64::from(CANDIDATES),
            "{room}: {events}"
        );
        let issued = prepared.maker(&args).done();
        check_whole(&disk.0.join("certificates").join(&session), &issued);
        prepared.run(As::Nobody, &["audit", "--data", data]).done();
    }
    assert!(stopped >= 3, "{stopped}");
}
