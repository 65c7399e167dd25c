//! Group commit (成组提交): one task takes every batch that waits, and the engine stores them in one
//! commit. Each caller gets the outcome of its own batch, once all of the group is durable.

pub mod judge;
#[cfg(test)]
mod tests;

use super::StoreError;
use crate::codec::batch::{AppendOutcome, Batch};
use crate::domain::time::Instant;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// Batches that may wait; the next is told to come back.
const WAITING_MAX: usize = 4_096;
/// Bytes of the batches that wait or are being written, in units of [`UNIT`].
const WAITING_BYTES_MAX: usize = 2 * Batch::BYTES_MAX;
/// A semaphore counts in these, so that its permits fit 32 bits and small batches weigh something.
const UNIT: usize = 1_024;
/// Events after which a group takes no more batches.
const GROUP_EVENTS: usize = 4_096;
/// Bytes after which a group takes no more batches.
const GROUP_BYTES: usize = 8 << 20;
/// How long a caller told `Busy` should wait.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// What one batch is answered.
pub type Answer = Result<AppendOutcome, StoreError>;

/// What became of a group.
#[derive(Debug)]
pub struct Answered {
    /// What to answer to each batch that was judged, in order.
    pub answers: Vec<Answer>,
    /// The batches after them, which were not judged yet.
    pub rest: Vec<Batch>,
}

/// What stores a group in one commit: one engine's writing connection.
pub trait Engine: Send + 'static {
    /// Judges as much of a group as one commit takes, and stores it. Every batch holds to its
    /// contract ([`check`](super::check::check)), and at least one is judged. Durable when it
    /// answers; an error speaks of the whole group, of which then nothing is stored. `now` is the
    /// callers' newest clock.
    fn commit(
        &mut self,
        group: Vec<Batch>,
        now: Instant,
    ) -> impl Future<Output = Result<Answered, StoreError>> + Send;
}

/// A batch on its way, and who waits for its outcome.
struct Waiting {
    batch: Batch,
    answer: oneshot::Sender<Answer>,
    /// Given back when the batch is answered.
    _room: OwnedSemaphorePermit,
}

/// The queue before the one task that writes.
#[derive(Debug)]
pub struct Queue {
    sender: mpsc::Sender<Waiting>,
    room: Arc<Semaphore>,
    grown: watch::Receiver<u64>,
    task: JoinHandle<()>,
}

impl Queue {
    /// Starts the task that writes with `engine`. It ends when the queue is closed or dropped and
    /// what waits is written.
    pub fn before(engine: impl Engine) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        let (grow, grown) = watch::channel(0);
        Self {
            sender,
            room: Arc::new(Semaphore::new(WAITING_BYTES_MAX / UNIT)),
            grown,
            task: tokio::spawn(write(engine, receiver, grow)),
        }
    }

    /// Stores a batch with whatever else waits, and answers once it is durable. A caller that
    /// stops waiting takes nothing back: its command id says later what became of it.
    pub async fn append(&self, batch: Batch) -> Answer {
        super::check::check(&batch)?;
        let busy = || StoreError::Busy {
            retry_after: RETRY_AFTER,
        };
        let units = u32::try_from(weight(&batch).div_ceil(UNIT)).map_err(|_| busy())?;
        let room = Arc::clone(&self.room).try_acquire_many_owned(units);
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting {
            batch,
            answer,
            _room: room.map_err(|_| busy())?,
        };
        self.sender.try_send(waiting).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => busy(),
            mpsc::error::TrySendError::Closed(_) => gone(),
        })?;
        answered.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Says so when something was appended here, with the last position.
    pub fn growth(&self) -> watch::Receiver<u64> {
        self.grown.clone()
    }

    /// Takes no more batches and waits until those that wait are answered.
    pub async fn close(self) {
        drop(self.sender);
        // A task that panicked has answered nobody; there is nothing left to wait for.
        let _ = self.task.await;
    }
}

fn gone() -> StoreError {
    StoreError::Engine("the task that writes has ended".into())
}

/// Bytes a batch brings; every event and row counts a little besides its payload.
fn weight(batch: &Batch) -> usize {
    const ROW: usize = 256;
    let events = batch.events.iter().map(|e| ROW + e.payload.len());
    let sealed = batch.sealed.iter().map(|s| ROW + s.ciphertext.len());
    let subjects = batch.subjects.iter().map(|s| ROW + s.wrapped_key.len());
    events.chain(sealed).chain(subjects).sum()
}

/// Takes what waits, group after group, until nobody can send any more.
async fn write(
    engine: impl Engine,
    mut waiting: mpsc::Receiver<Waiting>,
    grow: watch::Sender<u64>,
) {
    let mut writing = Writing { engine, alone: 0 };
    let mut taken = Vec::new();
    while waiting.recv_many(&mut taken, WAITING_MAX).await > 0 {
        let mut queue = taken.drain(..).peekable();
        while queue.peek().is_some() {
            let (mut batches, mut answers) = (Vec::new(), Vec::new());
            let (mut events, mut bytes) = (0, 0);
            while events < GROUP_EVENTS && bytes < GROUP_BYTES {
                let Some(next) = queue.next() else { break };
                events += next.batch.events.len();
                bytes += weight(&next.batch);
                batches.push(next.batch);
                answers.push((next.answer, next._room));
            }
            let outcomes = writing.store(batches).await;
            let appended = outcomes.iter().filter_map(|outcome| match outcome {
                Ok(AppendOutcome::Appended { last, .. }) => Some(*last),
                _ => None,
            });
            if let Some(last) = appended.max() {
                grow.send_replace(last);
            }
            for ((answer, _room), outcome) in answers.into_iter().zip(outcomes) {
                // A caller that no longer waits is not an error.
                let _ = answer.send(outcome);
            }
        }
        // Those just answered append again: let them, or the next group is half of what it could be.
        tokio::task::yield_now().await;
    }
}

/// The engine, and how much it is trusted with at once.
struct Writing<E> {
    engine: E,
    /// Batches still to be stored alone, because the schema refused a group.
    alone: usize,
}

impl<E: Engine> Writing<E> {
    /// Stores a group in as few commits as it takes; answers each batch in order.
    async fn store(&mut self, group: Vec<Batch>) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(group.len());
        let mut rest = group;
        while !rest.is_empty() {
            let later = if self.alone > 0 {
                self.alone -= 1;
                rest.split_off(1)
            } else {
                Vec::new()
            };
            let count = rest.len();
            let now = rest.iter().map(|batch| batch.now).max();
            match self.engine.commit(rest, now.unwrap_or(Instant(0))).await {
                Ok(answered) => {
                    answers.extend(answered.answers);
                    rest = answered.rest;
                }
                // One batch breaks a rule of the schema that was not asked about before. Nothing
                // of the group is stored; when they come again, each is stored alone.
                Err(StoreError::Refused(_)) if count > 1 => {
                    self.alone = self.alone.max(2 * count);
                    answers.extend((0..count).map(|_| {
                        Err(StoreError::Busy {
                            retry_after: RETRY_AFTER,
                        })
                    }));
                    rest = Vec::new();
                }
                Err(error) => {
                    answers.extend((0..count).map(|_| Err(error.again())));
                    rest = Vec::new();
                }
            }
            rest.extend(later);
        }
        answers
    }
}
