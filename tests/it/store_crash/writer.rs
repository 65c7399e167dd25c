//! The process that writes: this test binary once more, with its orders in the environment.

use super::controls::AcksEarly;
use super::journal::Lines;
use super::retry::leaf;
use super::workload::{self, Work};
use super::{Place, block_on};
use skill_ledger::domain::time::Instant;
use skill_ledger::store::{CheckpointOutcome, EventStore, StoreError, StoredCheckpoint, Tile};
use skill_ledger::tlog::merkle::{self, Tiles};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

const ORDERS: &str = "SKILL_LEDGER_CRASH_WRITER";

#[derive(serde::Serialize, serde::Deserialize)]
struct Orders {
    place: Place,
    work: Work,
}

/// No test: the other process begins here, and writes until its work is done, its input ends or
/// something ends it.
#[test]
fn as_a_process() {
    let Ok(orders) = std::env::var(ORDERS) else {
        return;
    };
    let orders: Orders = serde_json::from_str(&orders).unwrap();
    let stdout = std::io::stdout().as_fd().try_clone_to_owned().unwrap();
    let lines = Arc::new(Lines::to(File::from(stdout)));
    // The test harness has begun a line of its own.
    lines.line("");
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        told.store(true, Ordering::Relaxed);
    });
    block_on(async {
        let store = Arc::new(orders.place.open().await);
        let versions = workload::versions(&*store).await;
        lines.line("ready");
        let signing = orders.work.signs.then(|| {
            tokio::spawn(sign(
                Arc::clone(&store),
                Arc::clone(&lines),
                Arc::clone(&stop),
            ))
        });
        let work = &orders.work;
        match &work.raw {
            _ if work.acks_early => {
                let early = Arc::new(AcksEarly::before(Arc::clone(&store)).await);
                workload::run(&early, &lines, work, versions, &stop).await;
                Arc::into_inner(early).unwrap().drain().await;
            }
            Some(raw) => {
                let raw = Arc::new(raw.open(&orders.place).await);
                workload::run(&raw, &lines, work, versions, &stop).await;
            }
            None => workload::run(&store, &lines, work, versions, &stop).await,
        }
        stop.store(true, Ordering::Relaxed);
        if let Some(signing) = signing {
            signing.await.unwrap();
        }
        Arc::into_inner(store).unwrap().close().await;
    });
    lines.line("done");
}

/// Reads heads and commits checkpoints of the tree beside the writers.
async fn sign(store: Arc<impl EventStore>, lines: Arc<Lines>, stop: Arc<AtomicBool>) {
    let mut tiles = Tiles::new();
    let mut size = 0;
    while !stop.load(Ordering::Relaxed) {
        let Ok(head) = store.head().await else {
            tokio::task::yield_now().await;
            continue;
        };
        lines.line(&format!(
            "head {} {}",
            head.position,
            hex::encode(head.chain)
        ));
        let signed = async {
            let page = store.read_all(size, 500).await?;
            if page.is_empty() {
                return Ok(());
            }
            let leaves: Vec<_> = page.iter().map(leaf).collect();
            merkle::append(&mut tiles, size, &leaves).unwrap();
            size += leaves.len() as u64;
            let newest = store
                .log_state()
                .await?
                .map_or(0, |newest| newest.tree_size);
            if size <= newest {
                return Ok(());
            }
            let note = format!(
                "{size} {}",
                hex::encode(merkle::root(&tiles, size).unwrap())
            );
            let checkpoint = StoredCheckpoint {
                tree_size: size,
                note: note.clone(),
                signed_at: Instant(size as i64),
            };
            // All of them: what a checkpoint passed over before would have sent is needed too.
            let places = (0..8).flat_map(|level| (0..=size >> 8).map(move |n| (level, n)));
            let tiles = places.filter_map(|(level, index)| {
                let hashes = tiles.hashes(level, index)?.concat();
                Some(Tile {
                    level,
                    index,
                    hashes,
                })
            });
            let tiles = tiles.collect();
            let done = store.commit_checkpoint(newest, tiles, checkpoint).await?;
            if done == CheckpointOutcome::Committed {
                lines.line(&format!("signed {size} {note}"));
            }
            Ok::<(), StoreError>(())
        };
        if signed.await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

/// A writing process, seen from the test.
pub struct Writer {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: mpsc::Receiver<String>,
    pump: JoinHandle<()>,
}

/// The command line of a process that writes.
pub fn command(place: &Place, work: &Work) -> (std::path::PathBuf, [&'static str; 4], String) {
    let (place, work) = (place.clone(), work.clone());
    let orders = serde_json::to_string(&Orders { place, work }).unwrap();
    let args = [
        "store_crash::writer::as_a_process",
        "--exact",
        "--nocapture",
        "--test-threads=1",
    ];
    (std::env::current_exe().unwrap(), args, orders)
}

impl Writer {
    /// Starts one; its lines go to the end of `journal`.
    pub fn start(place: &Place, work: &Work, journal: &Path) -> Self {
        Self::under(&[], place, work, journal)
    }

    /// Starts one under another program, given with its arguments.
    pub fn under(before: &[String], place: &Place, work: &Work, journal: &Path) -> Self {
        let (program, args, orders) = command(place, work);
        let mut command = match before.split_first() {
            None => Command::new(program),
            Some((first, more)) => {
                let mut command = Command::new(first);
                command.args(more).arg(program);
                command
            }
        };
        command.args(args).env(ORDERS, orders);
        let io = || Stdio::piped();
        let child = command
            .stdin(io())
            .stdout(io())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.unwrap();
        let stdin = child.stdin.take();
        let mut stdout = BufReader::with_capacity(1 << 16, child.stdout.take().unwrap());
        let file = File::options().append(true).create(true).open(journal);
        let mut file = file.unwrap();
        let (sender, lines) = mpsc::channel();
        let pump = std::thread::spawn(move || {
            let mut line = String::new();
            while stdout.read_line(&mut line).is_ok_and(|n| n > 0) {
                if line.ends_with('\n') {
                    file.write_all(line.as_bytes()).unwrap();
                }
                let _ = sender.send(line.split(' ').next().unwrap_or_default().trim().to_owned());
                line.clear();
                if stdout.buffer().is_empty() {
                    file.sync_data().unwrap();
                }
            }
        });
        Self {
            child,
            stdin,
            lines,
            pump,
        }
    }

    /// Waits for so many lines of this verb; answers whether they came before the end.
    pub fn wait_for(&mut self, verb: &str, count: u32) -> bool {
        let mut left = count;
        while left > 0 {
            match self.lines.recv() {
                Ok(line) if line == verb => left -= 1,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.ended();
    }

    /// Lets it finish what is on its way.
    pub fn stop(mut self) {
        drop(self.stdin.take());
        let mut done = false;
        while let Ok(line) = self.lines.recv() {
            done |= line == "done";
        }
        assert!(done, "the writer did not end in order");
        self.ended();
    }

    /// Tells it to stop, and waits for its end, whatever that is.
    pub fn finish(mut self) {
        drop(self.stdin.take());
        self.ended();
    }

    /// Waits for its end, whatever that is.
    pub fn ended(mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        self.pump.join().unwrap();
        status
    }
}
