//! A disk that is full while 32 writers write, and then is not: nothing that was acknowledged is
//! lost, and the next process goes on.
//!
//! On a small file system in memory, which takes the right to mount and is left out without it; on
//! SQLite also with a file size limit (a write past it fails with EFBIG), which works for everybody.

use super::retry::recheck;
use super::server::Server;
use super::workload::Work;
use super::writer::Writer;
use super::{Place, block_on, left_out, seed, times};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Writes until something is in doubt, or so much is written that nothing will be.
fn until_full(before: &[String], place: &Place, journal: &Path) {
    let work = Work {
        events_max: 20,
        ..Work::until_told(seed())
    };
    let mut writer = Writer::under(before, place, &work, journal);
    assert!(writer.wait_for("maybe", 1), "the disk was never full");
    // On PostgreSQL a server that came back may be written to still.
    writer.finish();
}

fn check(place: &Place, journal: &Path, when: &str) {
    let seen = block_on(recheck(place, journal, when));
    let mut writer = Writer::start(place, &Work::steps(seed(), 32, 2), journal);
    assert!(writer.wait_for("done", 1), "{when}");
    writer.ended();
    let after = block_on(recheck(place, journal, when));
    assert!(
        after.acks > seen.acks,
        "{when}: nothing is written any more"
    );
    eprintln!(
        "{when}: {} acknowledged before, {} in doubt",
        seen.acks,
        seen.kept + seen.gone
    );
}

#[test]
fn a_file_size_limit_loses_nothing_on_sqlite() {
    // In half kilobytes.
    for limit in [600, 1_000, 2_500, 5_000]
        .into_iter()
        .take(times(2, 4) as usize)
    {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(dir.path().join("ledger.sqlite"));
        block_on(place.create());
        let journal = dir.path().join("journal");
        // Without the trap the signal would end the process before it sees the error.
        let script = format!(r#"trap "" XFSZ; ulimit -f {limit}; exec "$0" "$@""#);
        until_full(&["sh".into(), "-c".into(), script], &place, &journal);
        check(&place, &journal, &format!("a limit of {limit}"));
    }
}

/// A file system in memory, unmounted when dropped.
struct Tmpfs(PathBuf);

impl Tmpfs {
    /// None, and a word on stderr, where mounting is not allowed.
    fn mount(at: &Path, kib: u64) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mounted = mount(at, &format!("size={kib}k"));
        if !mounted {
            left_out("mounting is not allowed");
        }
        mounted.then(|| Self(at.to_owned()))
    }
    fn grow(&self, kib: u64) {
        assert!(mount(&self.0, &format!("remount,size={kib}k")));
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
fn a_full_file_system_loses_nothing_on_sqlite() {
    for kib in [1_000, 1_400, 3_000, 9_000]
        .into_iter()
        .take(times(2, 4) as usize)
    {
        let dir = tempfile::tempdir().unwrap();
        let Some(disk) = Tmpfs::mount(&dir.path().join("disk"), kib) else {
            return;
        };
        let place = Place::Sqlite(disk.0.join("ledger.sqlite"));
        block_on(place.create());
        let journal = dir.path().join("journal");
        until_full(&[], &place, &journal);
        disk.grow(256 << 10);
        check(&place, &journal, &format!("a disk of {kib} KiB"));
    }
}

#[test]
fn a_full_file_system_loses_nothing_on_postgres() {
    let mut dir = tempfile::Builder::new();
    // The path of a socket is short.
    let dir = dir.prefix("pg").tempdir_in("/tmp").unwrap();
    let at = dir.path().join("disk");
    let Some(disk) = Tmpfs::mount(&at, 256 << 10) else {
        return;
    };
    let Some(server) = Server::start_in(&at.join("s")) else {
        return;
    };
    let place = Place::Postgres(server.url().to_owned());
    block_on(place.create());
    // All but a little of the room is taken by something else.
    let room = Command::new("df")
        .args(["--output=avail", "-k"])
        .arg(&at)
        .output()
        .unwrap();
    let room = String::from_utf8(room.stdout).unwrap();
    let room: u64 = room.lines().last().unwrap().trim().parse().unwrap();
    let other = File::create(at.join("other")).unwrap();
    let left = 1_500;
    let taken = Command::new("fallocate")
        .args(["-l", &format!("{}K", room - left)])
        .arg(at.join("other"))
        .status();
    assert!(taken.unwrap().success());
    drop(other);
    let journals = tempfile::tempdir().unwrap();
    let journal = journals.path().join("journal");
    until_full(&[], &place, &journal);
    std::fs::remove_file(at.join("other")).unwrap();
    server.revive();
    check(&place, &journal, &format!("a disk with {left} KiB left"));
    drop(server);
    drop(disk);
}
