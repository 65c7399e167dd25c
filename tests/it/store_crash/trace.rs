//! `strace`: what a process writes and syncs, and the same with one call failed or fatal.

use super::left_out;
use rand::{Rng, RngExt};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The calls by which anything comes onto a disk.
pub const WRITES: &str = "write,pwrite64,fsync,fdatasync,ftruncate,rename";

/// Whether a process may be traced here; a word on stderr if not.
pub fn may_trace() -> bool {
    let mut try_it = Command::new("strace");
    try_it.args(["-f", "-qq", "-o", "/dev/null", "true"]);
    let tried = try_it.stdin(Stdio::null()).stderr(Stdio::null()).status();
    let may = tried.is_ok_and(|status| status.success());
    if !may {
        left_out("strace is not installed, or tracing is not permitted");
    }
    may
}

/// What to do to a call.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Input-output error.
    Eio,
    /// No space left on device.
    Enospc,
    /// The process is killed on its way into the call.
    Kill,
}

pub const FAULTS: [Fault; 3] = [Fault::Eio, Fault::Enospc, Fault::Kill];

impl Fault {
    fn word(self) -> &'static str {
        match self {
            Self::Eio => "error=EIO",
            Self::Enospc => "error=ENOSPC",
            Self::Kill => "signal=SIGKILL",
        }
    }
}

/// The words before a command that trace calls on some files (all, if none is named) into `log`;
/// with one of them made to fail at its `when`-th time in a thread.
pub fn strace(
    log: &Path,
    files: &[PathBuf],
    calls: &str,
    fault: Option<(&str, Fault, u32)>,
) -> Vec<String> {
    let mut words = ["strace", "-f", "-q", "-o"].map(String::from).to_vec();
    words.push(log.to_str().unwrap().to_owned());
    for file in files {
        words.extend(["-P".to_owned(), file.to_str().unwrap().to_owned()]);
    }
    words.extend(["-e".to_owned(), format!("trace={calls}")]);
    if let Some((call, fault, when)) = fault {
        let word = fault.word();
        words.extend(["-e".to_owned(), format!("inject={call}:{word}:when={when}")]);
    }
    words
}

/// How often each call stands in a log, in the thread that makes most of it: faults are counted by
/// thread.
pub fn counted(log: &Path) -> Vec<(String, u32)> {
    let text = String::from_utf8_lossy(&std::fs::read(log).unwrap()).into_owned();
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for line in text.lines() {
        let (thread, call) = line.split_once(' ').unwrap_or_default();
        let call = call
            .trim_start()
            .split_once('(')
            .map_or("", |(name, _)| name);
        *counts.entry((call, thread)).or_default() += 1;
    }
    let mut most: BTreeMap<String, u32> = BTreeMap::new();
    for ((call, _), count) in counts {
        let most = most.entry(call.to_owned()).or_default();
        *most = count.max(*most);
    }
    let calls = most.into_iter();
    let calls = calls.filter(|(call, _)| WRITES.split(',').any(|known| known == call));
    calls.collect()
}

/// Whether a fault was met, by the log of a traced run.
pub fn is_hit(log: &Path) -> bool {
    let log = String::from_utf8_lossy(&std::fs::read(log).unwrap()).into_owned();
    log.contains("(INJECTED)") || log.contains("killed by SIGKILL")
}

/// Times in a row that nothing is left to fail, beyond those counted, before it is believed: threads
/// share their work differently each time.
const MISSES: u32 = 3;

/// The times at which a call is failed: each until nothing is left to fail, or a sample.
pub struct Times {
    all: bool,
    next: u32,
    count: u32,
    left: u32,
}

impl Times {
    /// All of them, or `sample` of the first `count`.
    pub fn of(count: u32, sample: u32) -> Self {
        let all = super::full_numbers();
        let left = if all { MISSES } else { sample };
        Self {
            all,
            next: 0,
            count,
            left,
        }
    }
    pub fn next(&mut self, rng: &mut impl Rng) -> Option<u32> {
        if self.left == 0 {
            return None;
        }
        if self.all {
            self.next += 1;
        } else {
            self.left -= 1;
            self.next = rng.random_range(1..=self.count);
        }
        Some(self.next)
    }
    pub fn told(&mut self, hit: bool) {
        match (self.all, hit) {
            (true, true) => self.left = MISSES,
            (true, false) if self.next > self.count => self.left -= 1,
            _ => {}
        }
    }
}
