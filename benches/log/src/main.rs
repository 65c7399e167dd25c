//! What the public log costs: signing beside appending, proofs in large trees, the size of an export.
//!
//!     benches/log/run [EVENTS]        1,000,000 events unless told; about ten minutes
//!
//! On SQLite, and on PostgreSQL too where SKILL_LEDGER_BENCH_POSTGRES names a server. Prints a table.

mod store;
mod tree;

use anyhow::Result;
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::store::{PostgresStore, SqliteStore};
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(7));

#[tokio::main]
async fn main() -> Result<()> {
    let events = std::env::args()
        .nth(1)
        .map_or(Ok(1_000_000), |n| n.parse())?;
    println!("| | |\n|---|---|");
    let dir = std::env::var("TMPDIR").unwrap_or_else(|_| "/tmp".into());
    let dir = format!("{dir}/log-bench.{}", std::process::id());
    std::fs::create_dir_all(&dir)?;
    let sqlite = SqliteStore::create(format!("{dir}/s").as_ref(), LEDGER, store::now()).await?;
    store::measure("SQLite", &sqlite, events).await?;
    sqlite.close().await;
    std::fs::remove_dir_all(&dir)?;
    if let Ok(url) = std::env::var("SKILL_LEDGER_BENCH_POSTGRES") {
        let postgres = PostgresStore::create(&url, LEDGER).await?;
        store::measure("PostgreSQL", &postgres, events).await?;
        postgres.close().await;
    }
    for leaves in [10_000, 1_000_000, 10_000_000] {
        tree::proofs(leaves)?;
    }
    Ok(())
}

/// The resident set of this process now (`VmRSS`) or at most (`VmHWM`), in KiB.
pub fn memory(which: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(which));
    let words = line.unwrap_or(":0").trim_start_matches(':');
    Ok(words.split_whitespace().next().unwrap_or("0").parse()?)
}

/// The figure that `part` per thousand of them do not exceed.
pub fn percentile(times: &mut [f64], part: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (times.len() * part / 1_000).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or(0.0)
}
