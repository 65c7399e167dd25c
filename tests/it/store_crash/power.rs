//! The power cut while a SQLite ledger is written: what is not synced is lost, or in part.
//!
//! A writing process runs under `strace`, which records every write and every sync of the database
//! and its log, and every line of the journal, in one order. Then the disk is made as it could be
//! at any moment of that order: each file with everything up to its last sync, and of what came
//! after nothing, a part of each, or all. The oracle holds it against the lines before that moment.
//! (Unsynced writes are kept or lost one by one, the last one kept may be torn; that a file is
//! there at all is taken for certain.)

use super::journal::Journal;
use super::oracle;
use super::stored::Stored;
use super::trace::may_trace;
use super::workload::Work;
use super::writer::Writer;
use super::{Place, block_on, seed, times};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Something that happened.
enum Step {
    Write(usize, u64, Vec<u8>),
    Truncate(usize, u64),
    Sync(usize),
    Line(Vec<u8>),
}

const FILES: [&str; 2] = ["ledger.sqlite", "ledger.sqlite-wal"];

/// A run, step by step.
pub struct Machine {
    before: [Vec<u8>; 2],
    steps: Vec<Step>,
    seed: u64,
}

/// Records a run of some work on a fresh ledger.
pub fn machine_of(work: &Work) -> Machine {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILES[0]);
    let place = Place::Sqlite(path.clone());
    block_on(place.create());
    let before = [std::fs::read(&path).unwrap(), Vec::new()];
    let log = dir.path().join("log");
    let calls = "trace=write,pwrite64,lseek,fsync,fdatasync,ftruncate";
    let words = [
        "strace",
        "-f",
        "-y",
        "-qq",
        "-xx",
        "-s",
        "1000000",
        "-e",
        "signal=none",
        "-e",
    ];
    let mut words = words.map(String::from).to_vec();
    words.extend([calls, "-o", log.to_str().unwrap()].map(String::from));
    let mut writer = Writer::under(&words, &place, work, &dir.path().join("journal"));
    assert!(writer.wait_for("done", 1));
    writer.ended();
    Machine {
        before,
        steps: steps(&std::fs::read_to_string(&log).unwrap()),
        seed: work.seed,
    }
}

/// The bytes of a string of `\x…`.
fn bytes(text: &str) -> Vec<u8> {
    let digits: String = text.split("\\x").collect();
    hex::decode(digits).unwrap()
}

/// The steps of a log.
fn steps(log: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    // Where each (thread, file) stands after its lseek.
    let mut places: HashMap<(String, usize), u64> = HashMap::new();
    let mut syncing: BTreeMap<String, usize> = BTreeMap::new();
    for line in log.lines() {
        let (thread, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if call.starts_with("<... ") {
            if let Some(file) = syncing
                .remove(thread)
                .filter(|_| call.contains("sync resumed"))
            {
                steps.push(Step::Sync(file));
            }
            continue;
        }
        let Some((name, rest)) = call.split_once('(') else {
            continue;
        };
        let Some((target, args)) = rest.split_once('>') else {
            continue;
        };
        let target = target.split_once('<').map_or("", |(_, path)| path);
        let target = match target.contains("\\x") {
            true => String::from_utf8(bytes(target)).unwrap(),
            false => target.to_owned(),
        };
        let args = args.trim_start_matches(", ");
        let data = || bytes(args.split('"').nth(1).unwrap());
        let Some(file) = FILES.iter().position(|f| Path::new(&target).ends_with(f)) else {
            if name == "write" && target.starts_with("pipe:") {
                steps.push(Step::Line(data()));
            }
            continue;
        };
        let number = |text: &str| -> u64 {
            let text = text.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
            text.parse().unwrap()
        };
        let last = |args: &str| {
            let args = args
                .split(" <unfinished")
                .next()
                .unwrap()
                .split(" = ")
                .next()
                .unwrap();
            number(args.trim_end_matches(')').rsplit(", ").next().unwrap())
        };
        match name {
            "lseek" => {
                let to = number(args.split(',').next().unwrap());
                assert!(args.contains("SEEK_SET"), "{line}");
                places.insert((thread.to_owned(), file), to);
            }
            "write" => {
                let place = places.get_mut(&(thread.to_owned(), file)).unwrap();
                let data = data();
                let at = *place;
                *place += data.len() as u64;
                steps.push(Step::Write(file, at, data));
            }
            "pwrite64" => steps.push(Step::Write(file, last(args), data())),
            "ftruncate" => steps.push(Step::Truncate(file, last(args))),
            "fsync" | "fdatasync" if call.contains("<unfinished") => {
                syncing.insert(thread.to_owned(), file);
            }
            "fsync" | "fdatasync" => steps.push(Step::Sync(file)),
            _ => {}
        }
    }
    steps
}

fn put(content: &mut Vec<u8>, step: &Step, part: Option<usize>) {
    match step {
        Step::Write(_, at, data) => {
            let at = *at as usize;
            let data = &data[..part.unwrap_or(data.len())];
            if content.len() < at + data.len() {
                content.resize(at + data.len(), 0);
            }
            content[at..at + data.len()].copy_from_slice(data);
        }
        Step::Truncate(_, length) => content.resize(*length as usize, 0),
        Step::Sync(_) | Step::Line(_) => {}
    }
}

/// What is left of what was not synced.
#[derive(Clone, Copy, Debug)]
enum Left {
    Nothing,
    Some,
    All,
}

impl Machine {
    /// Cuts the power before each step, or before so many of them; answers how many disks were
    /// looked at, and what is wrong on any.
    pub async fn cut(&self, cuts: u32) -> (u32, Vec<String>) {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        let mut synced = self.before.clone();
        let mut unsynced: [Vec<&Step>; 2] = [Vec::new(), Vec::new()];
        let mut lines = Vec::new();
        let (mut looked, mut found) = (0, Vec::new());
        let share = f64::from(cuts) / self.steps.len() as f64;
        let dir = tempfile::tempdir().unwrap();
        for (n, step) in self.steps.iter().enumerate() {
            match step {
                Step::Line(line) => lines.extend_from_slice(line),
                Step::Write(file, ..) | Step::Truncate(file, _) => unsynced[*file].push(step),
                Step::Sync(file) => {
                    for step in unsynced[*file].drain(..) {
                        put(&mut synced[*file], step, None);
                    }
                }
            }
            if !rng.random_bool(share.min(1.0)) {
                continue;
            }
            for left in [Left::Nothing, Left::Some, Left::All] {
                let mut disk = synced.clone();
                for (file, steps) in unsynced.iter().enumerate() {
                    after(&mut disk[file], steps, left, &mut rng);
                }
                looked += 1;
                let violations = look(dir.path(), &disk, &lines).await;
                found.extend(
                    violations
                        .iter()
                        .map(|v| format!("step {n}, {left:?}: {v}")),
                );
            }
        }
        (looked, found)
    }
}

fn after(content: &mut Vec<u8>, steps: &[&Step], left: Left, rng: &mut impl Rng) {
    for step in steps {
        let torn = match step {
            Step::Write(_, _, data) if rng.random_bool(0.1) => {
                Some(rng.random_range(0..=data.len()))
            }
            _ => None,
        };
        match left {
            Left::Nothing => {}
            Left::Some if rng.random_bool(0.5) => put(content, step, torn),
            Left::Some => {}
            Left::All => put(content, step, None),
        }
    }
}

/// What the oracle says of a disk.
async fn look(dir: &Path, disk: &[Vec<u8>; 2], lines: &[u8]) -> Vec<String> {
    let _ = std::fs::remove_file(dir.join("ledger.sqlite-shm"));
    for (name, content) in FILES.iter().zip(disk) {
        std::fs::write(dir.join(name), content).unwrap();
    }
    let journal = Journal::parse(&String::from_utf8_lossy(lines));
    match Stored::of(&Place::Sqlite(dir.join(FILES[0]))).await {
        Ok(stored) => oracle::check(&journal, &stored),
        Err(error) => vec![format!("the ledger is lost: {error}")],
    }
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    if !may_trace() {
        return;
    }
    let seed = seed();
    let work = Work {
        signs: true,
        ..Work::steps(seed, 32, times(3, 6))
    };
    let machine = machine_of(&work);
    let (looked, found) = block_on(machine.cut(times(60, 1_000)));
    eprintln!(
        "{} steps, {looked} disks after a power cut",
        machine.steps.len()
    );
    assert_eq!(found, [""; 0], "seed {seed}");
}
