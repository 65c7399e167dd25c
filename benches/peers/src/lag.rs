//! How far a subscriber is behind: from the call of an append until the subscriber holds the
//! event, so the append itself is in it.

use crate::event::Event;
use crate::work::{Figures, Store};
use anyhow::{Result, ensure};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::time::MissedTickBehavior;

/// Most events the subscriber takes at once.
const PAGE: u32 = 1_000;
/// How long the subscriber may take to hold the last event.
const PATIENCE: Duration = Duration::from_secs(30);

/// Appends at a steady rate and follows.
pub async fn measure<S: Store>(
    store: &Arc<S>,
    callers: usize,
    rate: f64,
    seconds: f64,
) -> Result<Figures> {
    let each = (rate * seconds / callers as f64).ceil() as u64;
    let events = each * callers as u64;
    let began = Instant::now();
    let called: Arc<Vec<AtomicU64>> = Arc::new((0..events).map(|_| AtomicU64::new(0)).collect());
    let pause = Duration::from_secs_f64(callers as f64 / rate);
    let appending: Vec<_> = (0..callers)
        .map(|caller| {
            let (store, called) = (Arc::clone(store), Arc::clone(&called));
            // Callers do not all begin at once.
            let first = began + pause.mul_f64(caller as f64 / callers as f64);
            tokio::spawn(async move {
                let mut pace = tokio::time::interval_at(first.into(), pause);
                pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
                for turn in 0..each {
                    pace.tick().await;
                    let n = turn * callers as u64 + caller as u64;
                    let now = began.elapsed().as_nanos() as u64;
                    called[n as usize].store(now, Ordering::Relaxed);
                    let event = Event {
                        n,
                        stream: n,
                        version: 1,
                    };
                    store.append(caller, vec![event]).await?;
                }
                Ok::<_, anyhow::Error>(())
            })
        })
        .collect();
    let following = {
        let (store, called) = (Arc::clone(store), Arc::clone(&called));
        tokio::spawn(async move {
            let (mut after, mut lags) = (0, Vec::with_capacity(events as usize));
            let mut last_seen = Instant::now();
            while (lags.len() as u64) < events {
                let (numbers, last) = store.next(after, PAGE).await?;
                let now = began.elapsed().as_nanos() as u64;
                for n in numbers {
                    last_seen = Instant::now();
                    let since = called[n as usize].load(Ordering::Relaxed);
                    lags.push(now.saturating_sub(since) as f64 / 1e3);
                }
                after = last;
                ensure!(
                    last_seen.elapsed() < PATIENCE,
                    "the subscriber waits in vain"
                );
            }
            Ok::<_, anyhow::Error>(lags)
        })
    };
    for task in appending {
        task.await??;
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok(Figures::of(events, seconds, following.await??))
}
