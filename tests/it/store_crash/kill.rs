//! `kill -9` of the process under 32 writers.

use super::retry::recheck;
use super::workload::Work;
use super::writer::Writer;
use super::{Place, block_on, seed, times};
use crate::support::postgres::fresh_database;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::time::Duration;

/// Kills a ledger lives through before the next begins.
const KILLS_EACH: u32 = 10;

/// A writer killed at any moment, again and again, on ledgers that `fresh` makes.
fn killed(cycles: u32, mut fresh: impl FnMut(&std::path::Path, u32) -> Option<Place>) {
    let seed = seed();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let (mut acks, mut kept, mut gone) = (0, 0, 0);
    for ledger in 0..cycles.div_ceil(KILLS_EACH) {
        let dir = tempfile::tempdir().unwrap();
        let Some(place) = fresh(dir.path(), ledger) else {
            return;
        };
        block_on(place.create());
        let journal = dir.path().join("journal");
        let mut told = 0;
        for cycle in 0..KILLS_EACH.min(cycles - ledger * KILLS_EACH) {
            let mut writer = Writer::start(&place, &Work::until_told(rng.random()), &journal);
            // Any moment will do: after so many attempts or answers, and a little later still.
            let verb = ["try", "ack"][rng.random_range(0..2)];
            assert!(writer.wait_for(verb, rng.random_range(1..300)));
            std::thread::sleep(Duration::from_micros(rng.random_range(0..8_000)));
            writer.kill();
            let when = format!("seed {seed}, ledger {ledger}, kill {cycle}");
            let seen = block_on(recheck(&place, &journal, &when));
            (kept, gone) = (kept + seen.kept, gone + seen.gone);
            told = seen.acks;
        }
        acks += told;
    }
    eprintln!("{cycles} kills: {acks} acknowledged; not answered: {kept} stored, {gone} not");
    assert!(acks > 0);
}

#[test]
fn a_killed_process_loses_nothing_on_sqlite() {
    killed(times(5, 100), |dir, _| {
        Some(Place::Sqlite(dir.join("ledger.sqlite")))
    });
}

#[test]
fn a_killed_process_loses_nothing_on_postgres() {
    killed(times(5, 100), |_, _| {
        block_on(fresh_database()).map(Place::Postgres)
    });
}
