//! The clock set back under load: recorded time never goes back. The oracle holds every recorded
//! time to be the later of the caller's clock and the time before it.

use super::journal::{Journal, Lines};
use super::retry::recheck;
use super::stored::Stored;
use super::workload::{self, Work};
use super::{Place, block_on, seed, times};
use crate::support::postgres::fresh_database;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

async fn jumps(place: Place, dir: &Path) {
    let seed = seed();
    place.create().await;
    let journal = dir.join("journal");
    let lines = Arc::new(Lines::append_to(&journal));
    let work = Work {
        clock_jumps: true,
        ..Work::steps(seed, 32, times(10, 200))
    };
    let stop = Arc::new(AtomicBool::new(false));
    let store = Arc::new(place.open().await);
    workload::run(&store, &lines, &work, HashMap::new(), &stop).await;
    Arc::into_inner(store).unwrap().close().await;
    let seen = recheck(&place, &journal, &format!("seed {seed}")).await;
    let stored = Stored::of(&place).await.unwrap();
    let read = Journal::read(&journal);
    let behind = stored.events.iter().filter(|event| {
        let command = uuid::Uuid::from_slice(&event.command_id).unwrap();
        read.commands[&command].tried.now < event.recorded_at
    });
    let behind = behind.count();
    eprintln!(
        "{} acknowledged; {behind} events by a clock that was behind",
        seen.acks
    );
    assert!(behind > 0);
}

#[test]
fn recorded_time_never_goes_back_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    block_on(jumps(
        Place::Sqlite(dir.path().join("ledger.sqlite")),
        dir.path(),
    ));
}

#[test]
fn recorded_time_never_goes_back_on_postgres() {
    let dir = tempfile::tempdir().unwrap();
    block_on(async {
        if let Some(url) = fresh_database().await {
            jumps(Place::Postgres(url), dir.path()).await;
        }
    });
}
