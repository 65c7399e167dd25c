//! Every write and every sync of the SQLite writer failed once: input-output error, no space, and
//! the process killed on its way into the call.

use super::retry::recheck;
use super::trace::{FAULTS, Fault, Times, WRITES, counted, is_hit, may_trace, strace};
use super::workload::Work;
use super::writer::Writer;
use super::{Place, block_on, seed};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of a ledger, and the journal of what is tried on it.
struct Trial {
    dir: TempDir,
}

impl Trial {
    fn of(ledger: &Path) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::copy(ledger, dir.path().join("ledger.sqlite")).unwrap();
        Self { dir }
    }
    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
    fn place(&self) -> Place {
        Place::Sqlite(self.file("ledger.sqlite"))
    }
    fn run(&self, work: &Work, fault: Option<(&str, Fault, u32)>) {
        let files = ["ledger.sqlite", "ledger.sqlite-wal"].map(|name| self.file(name));
        let words = strace(&self.file("log"), &files, WRITES, fault);
        let journal = self.file("journal");
        let mut writer = Writer::under(&words, &self.place(), work, &journal);
        writer.wait_for("done", 1);
        writer.ended();
    }
}

/// Runs without a fault, of which the one with the fewest calls counts.
const UNDISTURBED: usize = 3;

/// Fails the calls of so many writers. One alone makes the same calls nearly every time: how its
/// commands fall into commits is the scheduler's.
fn failed(writers: u32, steps: u32) {
    if !may_trace() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger.sqlite");
    block_on(Place::Sqlite(ledger.clone()).create());
    let seed = seed();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let work = Work {
        signs: false,
        ..Work::steps(seed, writers, steps)
    };
    let counts = (0..UNDISTURBED).map(|_| {
        let undisturbed = Trial::of(&ledger);
        undisturbed.run(&work, None);
        counted(&undisturbed.file("log"))
    });
    let counts = counts.min_by_key(|counts| counts.iter().map(|(_, count)| count).sum::<u32>());
    let counts = counts.unwrap();
    let (mut trials, mut hits, mut acks) = (0, 0, 0);
    for (call, count) in &counts {
        for fault in FAULTS {
            let mut times = Times::of(*count, 1);
            while let Some(when) = times.next(&mut rng) {
                let trial = Trial::of(&ledger);
                trial.run(&work, Some((call, fault, when)));
                let hit = is_hit(&trial.file("log"));
                times.told(hit);
                (trials, hits) = (trials + 1, hits + u32::from(hit));
                let name = format!("seed {seed}, {fault:?} at {call} {when}");
                assert!(hit || writers > 1 || when > *count, "{name} was not met");
                acks += block_on(recheck(&trial.place(), &trial.file("journal"), &name)).acks;
            }
        }
    }
    eprintln!("{counts:?}: {trials} trials, {hits} hit, {acks} acknowledged");
    assert!(hits > 0);
}

#[test]
fn a_failed_write_or_sync_of_one_writer_loses_nothing() {
    failed(1, 8);
}

#[test]
fn a_failed_write_or_sync_of_many_writers_loses_nothing() {
    failed(32, 2);
}
