//! Two and four processes write to one database while a third reads along: every event once, in
//! order, none skipped, and the last one comes.

use super::retry::recheck;
use super::stored::Stored;
use super::workload::Work;
use super::writer::Writer;
use super::{LEDGER, Place, block_on, seed, times};
use crate::support::postgres::fresh_database;
use skill_ledger::codec::canonical::{Chain, event_chain};
use skill_ledger::store::subscribe::Subscription;
use skill_ledger::store::{PostgresStore, postgres::Mode};
use tokio::sync::watch;

/// Follows the log to the position that is told once nobody writes any more; answers how many
/// events came.
async fn tail(url: &str, mut end: watch::Receiver<Option<u64>>) -> u64 {
    let store = PostgresStore::open(url, Mode::Reader).await.unwrap();
    let mut following = Subscription::new(&store, 0);
    let (mut count, mut chain, mut time) = (0, Chain::Event.genesis(LEDGER), i64::MIN);
    while end.borrow_and_update().is_none_or(|end| count < end) {
        let rows = tokio::select! {
            rows = following.next(1_000) => rows.unwrap(),
            Ok(()) = end.changed() => continue,
        };
        for row in rows {
            count += 1;
            assert_eq!(row.position, count, "a gap or another order");
            assert_eq!(row.chain, event_chain(&chain, &row), "at {count}");
            assert!(row.recorded_at.0 >= time, "at {count}");
            (chain, time) = (row.chain, row.recorded_at.0);
        }
    }
    store.close().await;
    count
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
    let (end, told) = watch::channel(None);
    let tailing = std::thread::spawn(move || block_on(tail(&url, told)));
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
    let stored = block_on(Stored::of(&place)).unwrap();
    // A wake-up that is lost keeps the tail waiting for ever.
    end.send(Some(stored.head.0 as u64)).unwrap();
    let read = tailing.join().unwrap();
    assert_eq!(read as i64, stored.head.0);
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
    together(2, times(20, 300), times(4, 40));
}

#[test]
fn four_processes_write_while_another_reads_along() {
    together(4, times(10, 260), times(4, 40));
}
