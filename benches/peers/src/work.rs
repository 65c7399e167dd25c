//! The work, the same for every contender, and how it is measured.

use crate::event::{
    BLOCK_EVENTS, BLOCK_STREAMS, Event, STREAM_EVENTS, filled, filled_sum, scattered,
};
use anyhow::{Result, bail, ensure};
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A piece of work on an open store.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum Work {
    /// One event to a stream of its own, which must not exist, by many callers at once.
    Append {
        /// Callers, each waiting for its own durable answer.
        callers: usize,
        /// How long; the first fifth is not counted.
        seconds: f64,
    },
    /// Many events of one new stream in one append, by one caller.
    Batch {
        /// Events of one append.
        size: u64,
        /// How long; the first fifth is not counted.
        seconds: f64,
    },
    /// Fills an empty store: 10,000 events a block.
    Fill {
        /// Blocks.
        blocks: u64,
        /// Whether streams will be loaded from it; if not, it will be replayed.
        loads: bool,
    },
    /// Reads everything from position 0, with payloads.
    Replay {
        /// How many events there must be.
        events: u64,
    },
    /// Loads and folds streams chosen at random.
    Load {
        /// Blocks in the store.
        blocks: u64,
        /// Streams to load, one after the other.
        times: u64,
    },
    /// Checks the whole store.
    Audit {
        /// How many events there must be.
        events: u64,
    },
    /// Follows the log while others append.
    Lag {
        /// Callers that append.
        callers: usize,
        /// Events a second that they append together.
        rate: f64,
        /// How long.
        seconds: f64,
    },
}

/// What was measured.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Events written or read; for loads, the streams.
    pub events: u64,
    /// In how long.
    pub seconds: f64,
    /// Half of the answers came within this many microseconds.
    pub p50_us: f64,
    /// 99 of 100 answers came within this many microseconds.
    pub p99_us: f64,
    /// The slowest answer, microseconds.
    pub max_us: f64,
}

impl Figures {
    /// Events in a second.
    pub fn rate(&self) -> f64 {
        self.events as f64 / self.seconds.max(1e-9)
    }

    /// Of answers, each in microseconds.
    pub fn of(events: u64, seconds: f64, mut answers: Vec<f64>) -> Self {
        answers.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (answers.len() as f64 * share) as usize;
            answers
                .get(place.min(answers.len().saturating_sub(1)))
                .copied()
                .unwrap_or_default()
        };
        Self {
            events,
            seconds,
            p50_us: at(0.5),
            p99_us: at(0.99),
            max_us: at(1.0),
        }
    }
}

/// What a contender can do. Everything is durable when it answers.
pub trait Store: Send + Sync + 'static {
    /// Stores events in one append. Events of a stream come in order; each stream must be at the
    /// version before its first. `caller` says who asks, for those that spread callers over
    /// connections.
    fn append(&self, caller: usize, events: Vec<Event>) -> impl Future<Output = Result<()>> + Send;
    /// Reads everything, payloads included; answers how many events.
    fn replay(&self) -> impl Future<Output = Result<u64>> + Send;
    /// Loads and folds a stream; answers how many events and what their numbers add up to.
    fn load(&self, stream: u64) -> impl Future<Output = Result<(u64, u64)>> + Send;
    /// Numbers of the events after a position, at most `limit`, and the last position. May wait
    /// a little where there is none.
    fn next(
        &self,
        _after: u64,
        _limit: u32,
    ) -> impl Future<Output = Result<(Vec<u64>, u64)>> + Send {
        async { bail!("not measured") }
    }
    /// Checks everything; answers how many events.
    fn audit(&self) -> impl Future<Output = Result<u64>> + Send {
        async { bail!("has none") }
    }
}

/// Does a piece of work.
pub async fn run<S: Store>(store: &Arc<S>, work: &Work) -> Result<Figures> {
    match *work {
        Work::Append { callers, seconds } => appends(store, callers, 1, seconds).await,
        Work::Batch { size, seconds } => appends(store, 1, size, seconds).await,
        Work::Fill { blocks, .. } => fill(store, blocks).await,
        Work::Replay { events } => {
            let began = Instant::now();
            whole(events, store.replay().await?, began)
        }
        Work::Audit { events } => {
            let began = Instant::now();
            whole(events, store.audit().await?, began)
        }
        Work::Load { blocks, times } => load(store, blocks, times).await,
        Work::Lag {
            callers,
            rate,
            seconds,
        } => crate::lag::measure(store, callers, rate, seconds).await,
    }
}

fn whole(expected: u64, read: u64, began: Instant) -> Result<Figures> {
    let seconds = began.elapsed().as_secs_f64();
    ensure!(read == expected, "{read} events of {expected}");
    Ok(Figures::of(read, seconds, Vec::new()))
}

/// Microseconds since `began`.
pub fn micros(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e6
}

async fn appends<S: Store>(
    store: &Arc<S>,
    callers: usize,
    size: u64,
    seconds: f64,
) -> Result<Figures> {
    let next = Arc::new(AtomicU64::new(0));
    let begin = Instant::now() + Duration::from_secs_f64(seconds / 5.0);
    let end = begin + Duration::from_secs_f64(seconds * 0.8);
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let (store, next) = (Arc::clone(store), Arc::clone(&next));
            tokio::spawn(async move {
                let mut answers = Vec::new();
                loop {
                    let stream = next.fetch_add(1, Ordering::Relaxed);
                    let events = (0..size).map(|place| Event {
                        n: stream * size + place,
                        stream,
                        version: place + 1,
                    });
                    let asked = Instant::now();
                    if asked >= end {
                        return Ok::<_, anyhow::Error>(answers);
                    }
                    store.append(caller, events.collect()).await?;
                    let answered = Instant::now();
                    if answered >= begin && answered <= end {
                        answers.push((answered - asked).as_secs_f64() * 1e6);
                    }
                }
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.extend(task.await??);
    }
    let events = answers.len() as u64 * size;
    Ok(Figures::of(events, (end - begin).as_secs_f64(), answers))
}

async fn fill<S: Store>(store: &Arc<S>, blocks: u64) -> Result<Figures> {
    let began = Instant::now();
    for block in 0..blocks {
        let streams = block * BLOCK_STREAMS..(block + 1) * BLOCK_STREAMS;
        for version in 1..=STREAM_EVENTS {
            let events = streams.clone().map(|stream| filled(stream, version));
            store.append(0, events.collect()).await?;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok(Figures::of(blocks * BLOCK_EVENTS, seconds, Vec::new()))
}

async fn load<S: Store>(store: &Arc<S>, blocks: u64, times: u64) -> Result<Figures> {
    let mut answers = Vec::new();
    let began = Instant::now();
    for time in 0..times {
        let stream = scattered(time) % (blocks * BLOCK_STREAMS);
        let asked = Instant::now();
        let (events, sum) = store.load(stream).await?;
        answers.push(micros(asked));
        let right = events == STREAM_EVENTS && sum == filled_sum(stream);
        ensure!(right, "stream {stream} was not read as written");
    }
    Ok(Figures::of(times, began.elapsed().as_secs_f64(), answers))
}
