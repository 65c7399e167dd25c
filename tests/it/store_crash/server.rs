//! `pg_ctl stop -m immediate` and `kill -9` of the postmaster under 32 writers, who stay.

use super::retry::recheck;
use super::workload::Work;
use super::writer::Writer;
use super::{Place, block_on, left_out, seed, times};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A PostgreSQL server of a test's own, which it may kill.
pub struct Server {
    dir: PathBuf,
    url: String,
    _own: Option<TempDir>,
}

impl Server {
    /// None, and a word on stderr, where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let mut dir = tempfile::Builder::new();
        // The path of a socket is short.
        let dir = dir.prefix("pg").tempdir_in("/tmp").unwrap();
        let mut server = Self::start_in(dir.path())?;
        server._own = Some(dir);
        Some(server)
    }

    /// The same in a folder that is given.
    pub fn start_in(dir: &Path) -> Option<Self> {
        let started = script("start", dir).stderr(Stdio::null()).output().unwrap();
        if started.status.code() == Some(2) {
            left_out("PostgreSQL is not installed");
            return None;
        }
        assert!(started.status.success(), "{started:?}");
        let url = String::from_utf8(started.stdout).unwrap().trim().to_owned();
        Some(Self {
            dir: dir.to_owned(),
            url,
            _own: None,
        })
    }
    pub fn url(&self) -> &str {
        &self.url
    }
    /// Ends it as a crash would, in one of two ways, and starts it again.
    pub fn crash(&self, how: Crash) {
        let verb = match how {
            Crash::Immediate => "crash",
            Crash::Kill => "kill",
        };
        assert!(script(verb, &self.dir).status().unwrap().success());
        assert!(script("again", &self.dir).status().unwrap().success());
    }
    /// Starts it anew, whether it still runs or not.
    pub fn revive(&self) {
        let _ = script("crash", &self.dir).stderr(Stdio::null()).status();
        assert!(script("again", &self.dir).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = script("stop", &self.dir).status();
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Crash {
    /// `pg_ctl stop -m immediate`
    Immediate,
    /// `kill -9` of the postmaster
    Kill,
}

fn script(verb: &str, dir: &Path) -> Command {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/postgres/server");
    let mut command = Command::new(path);
    command.arg(verb).arg(dir).stdin(Stdio::null());
    command
}

#[test]
fn a_crashed_server_loses_nothing() {
    let cycles = times(2, 20);
    let Some(server) = Server::start() else {
        return;
    };
    let place = Place::Postgres(server.url().to_owned());
    block_on(place.create());
    let dir = tempfile::tempdir().unwrap();
    let journal = dir.path().join("journal");
    let seed = seed();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let (mut acks, mut kept, mut gone) = (0, 0, 0);
    for cycle in 0..cycles {
        let how = [Crash::Immediate, Crash::Kill][cycle as usize % 2];
        let mut writer = Writer::start(&place, &Work::until_told(rng.random()), &journal);
        assert!(writer.wait_for("ack", rng.random_range(1..150)));
        server.crash(how);
        // The same process goes on by itself once the server is there.
        let when = format!("seed {seed}, crash {cycle}, {how:?}");
        assert!(writer.wait_for("ack", 50), "{when}");
        writer.stop();
        let seen = block_on(recheck(&place, &journal, &when));
        (acks, kept, gone) = (seen.acks, kept + seen.kept, gone + seen.gone);
    }
    eprintln!("{cycles} crashes: {acks} acknowledged; in doubt: {kept} stored, {gone} not");
}
