//! The event store through crashes: processes and servers killed, disks that fail or fill,
//! connections cut, clocks set back. A journal beside the store says what was tried and what was
//! answered; an oracle that shares no code with the store holds the two against each other.
//!
//! `cargo test` runs a sample of each; `SKILL_LEDGER_CRASHES=full` runs the full numbers
//! (docs/crashes.md says which).

mod clock;
mod controls;
mod cut;
mod full_disk;
mod inject;
mod inject_issue;
mod journal;
mod kill;
mod late;
mod oracle;
mod power;
mod processes;
mod raw;
mod retry;
mod server;
mod stored;
mod trace;
mod tried;
mod workload;
mod writer;

use rand::RngExt;
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::domain::time::Instant;
use skill_ledger::store::{AnyStore, Database};
use std::future::Future;
use std::path::PathBuf;
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(42));

/// The full number where `SKILL_LEDGER_CRASHES=full` asks for it, else the sample's.
fn times(sample: u32, full: u32) -> u32 {
    if full_numbers() { full } else { sample }
}

fn full_numbers() -> bool {
    std::env::var("SKILL_LEDGER_CRASHES").is_ok_and(|how| how == "full")
}

/// The seed of a run, from `SKILL_LEDGER_SEED` or new, and said on stderr.
fn seed() -> u64 {
    let seed = match std::env::var("SKILL_LEDGER_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::rng().random(),
    };
    eprintln!("SKILL_LEDGER_SEED={seed}");
    seed
}

/// Says that something could not be tried here.
fn left_out(why: &str) {
    let test = std::thread::current();
    eprintln!("left out: {}: {why}", test.name().unwrap_or("a test"));
}

/// Runs a future to its end.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(future)
}

/// Where a ledger is.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
enum Place {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Place {
    fn database(&self) -> Database {
        match self {
            Self::Sqlite(path) => Database::File(path.clone()),
            Self::Postgres(url) => Database::Server(url.clone()),
        }
    }
    /// Makes the ledger.
    async fn create(&self) {
        let made = AnyStore::create(&self.database(), LEDGER, Instant(1)).await;
        made.unwrap().close().await;
    }
    /// Opens it for writing.
    async fn open(&self) -> AnyStore {
        let opened = AnyStore::open_to_write(&self.database(), Instant(1)).await;
        opened.unwrap()
    }
}
