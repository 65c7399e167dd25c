//! The sequencer beside a store: what signing takes from appending, and how soon a head covers an event.

use crate::{memory, percentile};
use anyhow::{Result, bail, ensure};
use futures_util::future::join_all;
use skill_ledger::codec::batch::{AppendOutcome, Batch, NewEvent};
use skill_ledger::codec::envelope;
use skill_ledger::domain::ids::{AccountId, CommandId, EventId, StreamId, WorkerId};
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Ed25519Key, Purpose, Signer};
use skill_ledger::sequencer::{self, Log, SequencerError};
use skill_ledger::store::{EventStore, StoredCheckpoint};
use skill_ledger::tlog::log_keys::LogKeys;
use skill_ledger::tlog::note::NoteKey;
use skill_ledger::tlog::tile_path::{TilePath, bundles_of, tiles_of};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant as Clock, SystemTime, UNIX_EPOCH};
use tokio::sync::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

const CALLERS: u64 = 32;
const SECONDS: u64 = 4;
/// Pairs of appending alone and beside a signing log.
const ROUNDS: usize = 8;

/// The machine's clock.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Instant(since.map_or(0, |since| since.as_micros() as i64))
}

fn id(n: u64, kind: u128) -> Uuid {
    // In the order of time, as the product's are.
    Uuid::from_u128(u128::from(n) << 64 | kind)
}

/// A batch of `count` events of a new stream, from event `n` on.
fn batch(n: u64, count: u64) -> Result<Batch> {
    let stream: StreamId = WorkerId(id(n, 1)).into();
    let text = "x".repeat(520);
    let events = (n..n + count).map(|n| {
        Ok(NewEvent {
            stream,
            event_id: EventId(id(n, 2)),
            event_type: "worker.noted",
            schema_version: 1,
            causation: None,
            payload: envelope::encode(&text, u128::from(n).to_be_bytes())?,
        })
    });
    Ok(Batch {
        command_id: CommandId(id(n, 3)),
        request_digest: [7; 32],
        actor: AccountId(Uuid::from_u128(77)),
        now: now(),
        expected: vec![(stream, 0)],
        events: events.collect::<Result<_>>()?,
        guards: Vec::new(),
        reservations: Vec::new(),
        subjects: Vec::new(),
        sealed: Vec::new(),
        erase: Vec::new(),
    })
}

/// Appends one event each, by many callers at once, for a while; answers events a second. Each waits
/// `pause` between two.
async fn appends<S: EventStore + 'static>(
    store: &S,
    next: &AtomicU64,
    ends: &AtomicBool,
    then: &impl AsyncFn(u64) -> Result<()>,
    pause: Duration,
) -> Result<(f64, Vec<f64>)> {
    let began = Clock::now();
    let callers = (0..CALLERS).map(|_| async {
        let mut times = Vec::new();
        while began.elapsed() < Duration::from_secs(SECONDS) {
            let called = Clock::now();
            let outcome = store
                .append(batch(next.fetch_add(1, Ordering::Relaxed), 1)?)
                .await?;
            let AppendOutcome::Appended { last, .. } = outcome else {
                bail!("not appended: {outcome:?}");
            };
            then(last).await?;
            times.push(called.elapsed().as_secs_f64() * 1e3);
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        }
        Ok::<_, anyhow::Error>(times)
    });
    let mut all = Vec::new();
    for times in join_all(callers).await {
        all.extend(times?);
    }
    ends.store(true, Ordering::Relaxed);
    Ok((all.len() as f64 / began.elapsed().as_secs_f64(), all))
}

/// As the ledger does it: up to the position that was the last one a moment ago.
async fn advance<S: EventStore>(
    store: &S,
    log: &Log<'_>,
) -> Result<StoredCheckpoint, SequencerError> {
    let head = store.head().await?.position;
    sequencer::advance(store, log, head, now()).await
}

/// Everything that is measured on one engine.
pub async fn measure<S: EventStore + 'static>(name: &str, store: &S, events: u64) -> Result<()> {
    let signer = Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Log);
    let key = NoteKey::new("bench.example/log", *signer.public_key().as_bytes())?;
    let keys = LogKeys::only(key)?;
    let log = Log {
        keys: &keys,
        signers: &[signer],
    };
    let next = AtomicU64::new(0);

    let mut at = 0;
    while at < events {
        let outcome = store.append(batch(at, 1_000)?).await?;
        ensure!(
            matches!(outcome, AppendOutcome::Appended { .. }),
            "{outcome:?}"
        );
        at += 1_000;
    }
    next.store(at, Ordering::Relaxed);
    let before = memory("VmRSS")?;
    std::fs::write("/proc/self/clear_refs", "5")?;
    let began = Clock::now();
    let head = advance(store, &log).await?;
    let rate = head.tree_size as f64 / began.elapsed().as_secs_f64();
    println!("| {name}: leaves a second, {events} at once | {rate:.0} |");
    let more = memory("VmHWM")?.saturating_sub(before);
    println!(
        "| {name}: memory that took, at most | {} MiB |",
        more / 1024
    );

    // In turns, so that both meet the same minute.
    let nothing = async |_: u64| -> Result<()> { Ok(()) };
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for round in 0..2 * ROUNDS {
        let ends = AtomicBool::new(false);
        // One, the other, the other, the one: whatever drifts meets both alike.
        if matches!(round % 4, 0 | 3) {
            let (rate, _) = appends(store, &next, &ends, &nothing, Duration::ZERO).await?;
            alone.push(rate);
            // What was appended without a checkpoint is not charged to the checkpoints to come.
            advance(store, &log).await?;
            continue;
        }
        let signing = async {
            while !ends.load(Ordering::Relaxed) {
                advance(store, &log).await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Ok::<_, SequencerError>(())
        };
        let (appended, signed) = tokio::join!(
            appends(store, &next, &ends, &nothing, Duration::ZERO),
            signing
        );
        signed?;
        beside.push(appended?.0);
        advance(store, &log).await?;
    }
    let mut less: Vec<f64> = alone
        .iter()
        .zip(&beside)
        .map(|(a, b)| 1.0 - b / a)
        .collect();
    let less = percentile(&mut less, 500);
    let (alone, beside) = (percentile(&mut alone, 500), percentile(&mut beside, 500));
    println!(
        "| {name}: appends a second, {CALLERS} callers: alone; with a checkpoint a second | {alone:.0}; {beside:.0} ({:.1} % less, median of {ROUNDS} pairs) |",
        less * 100.0
    );

    // As an issue does: appended, covered by a head, proven.
    let turn = Mutex::new(0);
    let covered = async |position: u64| -> Result<()> {
        let mut signed = turn.lock().await;
        if *signed < position {
            *signed = advance(store, &log).await?.tree_size;
        }
        drop(signed);
        Ok(())
    };
    let proven = async |position: u64| -> Result<()> {
        covered(position).await?;
        let Some(row) = store.row(position).await? else {
            bail!("no event {position}");
        };
        let Some(head) = store.log_state().await? else {
            bail!("no head");
        };
        sequencer::proof(store, &keys, &head, &row).await?;
        Ok(())
    };
    for (what, pause) in [
        ("as fast as they can", Duration::ZERO),
        ("at half that rate", Duration::MAX),
    ] {
        let ends = AtomicBool::new(false);
        let pause = match pause {
            Duration::MAX => *PAUSE.lock().await,
            other => other,
        };
        let (rate, mut times) = appends(store, &next, &ends, &proven, pause).await?;
        let median = percentile(&mut times, 500);
        *PAUSE.lock().await = Duration::from_secs_f64(median / 1e3);
        println!(
            "| {name}: append, head and proof, {CALLERS} callers {what}: a second; p50, p99 | {rate:.0}; {median:.1} ms, {:.1} ms |",
            percentile(&mut times, 990)
        );
    }

    let size = advance(store, &log).await?.tree_size;
    let (mut files, mut bytes) = (0_u64, 0_u64);
    let began = Clock::now();
    let tiles = tiles_of(size).map(TilePath::Hashes);
    for path in tiles.chain(bundles_of(size).map(TilePath::Entries)) {
        let Some(file) = sequencer::published(store, path, size).await? else {
            bail!("{path} is missing");
        };
        files += 1;
        bytes += file.len() as u64;
    }
    println!(
        "| {name}: the published log, a million entries: files; bytes; made in | {:.0}; {:.0} MB; {:.1} s |",
        files as f64 * 1e6 / size as f64,
        bytes as f64 / size as f64,
        began.elapsed().as_secs_f64() * 1e6 / size as f64
    );
    Ok(())
}

/// How long callers wait at half the rate: as long as an answer took.
static PAUSE: Mutex<Duration> = Mutex::const_new(Duration::ZERO);
