//! Two and four processes write to one database while a third reads along: every event once, in
//! order, none skipped, and the last one comes.

use super::retry::recheck;
use super::stored::Stored;
use super::workload::Work;
use super::writer::Writer;
use super::{LEDGER, Place, block_on, seed, times};
use crate::support::postgres::fresh_database;
use skill_ledger::codec::canonical::{Chain, event_chain};
use skill_ledger::store::{EventStore, PostgresStore, postgres::Mode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Reads on until it is told that nobody writes any more and nothing new comes; answers how far.
async fn tail(url: &str, ended: &AtomicBool) -> u64 {
    let store = PostgresStore::open(url, Mode::Reader).await.unwrap();
    let mut position = 0;
    let mut chain = Chain::Event.genesis(LEDGER);
    let mut time = i64::MIN;
    loop {
        // Asked before reading: what was written before the end is read after it.
        let last = ended.load(Ordering::SeqCst);
        let page = store.read_all(position, 1_000).await.unwrap();
        if page.is_empty() && last {
            store.close().await;
            return position;
        }
        for row in page {
            assert_eq!(row.position, position + 1, "a gap or another order");
            assert_eq!(row.chain, event_chain(&chain, &row), "at {}", row.position);
            assert!(row.recorded_at.0 >= time);
            (position, chain, time) = (row.position, row.chain, row.recorded_at.0);
        }
    }
}

fn together(processes: u64, steps: u32, events_max: u32) {
    let Some(url) = block_on(fresh_database()) else {
        return;
    };
    let place = Place::Postgres(url.clone());
    block_on(place.create());
    let seed = seed();
    let dir = tempfile::tempdir().unwrap();
    let journal = dir.path().join("journal");
    let ended = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&ended);
    let tailing = std::thread::spawn(move || block_on(tail(&url, &told)));
    let writers: Vec<Writer> = (0..processes)
        .map(|n| {
            let work = Work {
                events_max,
                signs: n == 0,
                ..Work::steps(seed.wrapping_add(n), 32, steps)
            };
            Writer::start(&place, &work, &journal)
        })
        .collect();
    for mut writer in writers {
        assert!(writer.wait_for("done", 1));
        assert!(writer.ended().success());
    }
    ended.store(true, Ordering::SeqCst);
    let read = tailing.join().unwrap();
    let stored = block_on(Stored::of(&place)).unwrap();
    assert_eq!(read as i64, stored.head.0, "the tail missed the end");
    let seen = block_on(recheck(&place, &journal, &format!("seed {seed}")));
    eprintln!(
        "{processes} processes: {read} events, {} commands acknowledged",
        seen.acks
    );
    if super::full_numbers() {
        assert!(read >= 200_000, "{read}");
    }
}

#[test]
fn two_processes_write_while_another_reads_along() {
    together(2, times(20, 240), times(4, 40));
}

#[test]
fn four_processes_write_while_another_reads_along() {
    together(4, times(10, 140), times(4, 40));
}
