//! The event store of skill-ledger beside its peers and the bare drivers: the same work, the same
//! events, the same durability, in turn, in one run. `run` beside this crate prepares everything.

mod bare_postgres;
mod bare_row;
mod bare_sqlite;
mod contender;
mod event;
mod lag;
mod machine;
mod message_db;
mod ours;
mod plan;
mod protocol;
mod site;
mod table;
mod umadb;
mod work;

use anyhow::Result;
use clap::Parser;
use plan::Plan;
use site::Site;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;

/// Measures the event store beside its peers.
#[derive(Parser)]
struct Options {
    /// The folder for files, on the disk that is measured.
    #[arg(long)]
    files: PathBuf,
    /// The folder of the PostgreSQL server's socket.
    #[arg(long)]
    socket: PathBuf,
    /// The folder of the npm packages.
    #[arg(long)]
    npm: PathBuf,
    /// The program of cqrs-es.
    #[arg(long)]
    cqrs: PathBuf,
    /// The script of Emmett.
    #[arg(long)]
    emmett: PathBuf,
    /// Where the report goes.
    #[arg(long)]
    report: PathBuf,
    /// Tiny sizes, one round: only to see that all of it works.
    #[arg(long)]
    quick: bool,
    /// Which work, of a b c d e.
    #[arg(long, value_delimiter = ',', default_values_t = ['a', 'b', 'c', 'd', 'e'])]
    only: Vec<char>,
    /// How often each contender has its turn.
    #[arg(long)]
    rounds: Option<u32>,
    /// Seconds of each append measurement.
    #[arg(long)]
    seconds: Option<f64>,
    /// Most connections of each peer on PostgreSQL.
    #[arg(long, default_value_t = 32)]
    connections: u32,
}

/// How much of everything.
pub struct Sizes {
    /// Turns of each contender.
    pub rounds: u32,
    /// Seconds of each append measurement.
    pub seconds: f64,
    /// Callers of (a).
    pub callers: Vec<usize>,
    /// Blocks of 10,000 events of (c).
    pub replay_blocks: u64,
    /// Blocks of (d).
    pub load_blocks: Vec<u64>,
    /// The one of them that the slow peers fill.
    pub peer_load_blocks: u64,
    /// Loads of one turn of (d).
    pub loads: u64,
}

impl Sizes {
    fn of(options: &Options) -> Self {
        let quick = options.quick;
        let pick = |full: u64, tiny: u64| if quick { tiny } else { full };
        Self {
            rounds: options.rounds.unwrap_or(pick(5, 1) as u32),
            seconds: options.seconds.unwrap_or(if quick { 0.3 } else { 2.0 }),
            callers: if quick {
                vec![1, 32]
            } else {
                vec![1, 8, 32, 64, 128]
            },
            replay_blocks: pick(20, 1),
            load_blocks: if quick { vec![1, 2] } else { vec![1, 10, 100] },
            peer_load_blocks: pick(10, 1),
            loads: pick(2_000, 50),
        }
    }
}

async fn facts(plan: &Plan) -> Result<String> {
    let server = bare_postgres::connect(&plan.site.config("postgres")).await?;
    let settings = server
        .query_one(
            "SELECT current_setting('server_version'), current_setting('fsync'), \
             current_setting('synchronous_commit'), current_setting('full_page_writes')",
            &[],
        )
        .await?;
    let setting = |place: usize| settings.get::<_, String>(place);
    Ok(format!(
        "## The event store beside its peers\n\n{}; {} durable writes of 8 KiB a second. \
         PostgreSQL {} (fsync {}, synchronous_commit {}, full_page_writes {}), SQLite {} (WAL, \
         synchronous FULL). Rounds: {}. Load average at the start: {}.\n",
        machine::facts(),
        table::shown(machine::durable_writes(&plan.site.files)?),
        setting(0),
        setting(1),
        setting(2),
        setting(3),
        rusqlite::version(),
        plan.sizes.rounds,
        machine::load(),
    ))
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let mut plan = Plan {
        sizes: Sizes::of(&options),
        site: Site {
            files: options.files,
            socket: options.socket,
            npm: options.npm,
            cqrs: options.cqrs,
            emmett: options.emmett,
            connections: options.connections,
            made: AtomicU32::new(0),
        },
        report: String::new(),
        goals: Vec::new(),
        fastest: BTreeMap::new(),
    };
    plan.report = facts(&plan).await?;
    for work in &options.only {
        match work {
            'a' => plan.appends().await?,
            'b' => plan.batches().await?,
            'c' => plan.replays().await?,
            'd' => plan.loads().await?,
            'e' => plan.lags().await?,
            other => anyhow::bail!("there is no work ({other})"),
        }
        // What is found so far outlives a later failure.
        let so_far = format!("{}{}", plan.report, table::goals(&plan.goals));
        std::fs::write(&options.report, so_far)?;
    }
    Ok(())
}
