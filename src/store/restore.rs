//! A ledger put together again from the rows of an archive: each chain is followed, and the rows
//! go to the engine in chunks.

use super::group::judge::Plan;
use super::{CommandDone, Head, StoreError};
use crate::codec::archive::{ChainedCheckpoint, End, Item};
use crate::codec::canonical::{
    Chain, JournalRow, checkpoint_chain, event_chain, journal_chain, payload_digest,
};
use crate::domain::ids::{CommandId, LedgerId, StreamId};
use crate::domain::time::Instant;
use std::collections::HashMap;
use std::future::Future;

/// Rows of one chunk.
const ROWS: usize = 4_096;
/// Bytes of one chunk, about.
const BYTES: usize = 16 << 20;

/// Rows that are written in one commit.
#[derive(Debug)]
pub struct Chunk {
    /// Events, commands, reservations and vault rows.
    pub plan: Plan,
    /// Tiles of the log.
    pub tiles: Vec<super::Tile>,
    /// Signed checkpoints, in order.
    pub checkpoints: Vec<ChainedCheckpoint>,
    /// Looks at persons' data, in order.
    pub looks: Vec<JournalRow>,
}

impl Chunk {
    fn on(head: Head) -> Self {
        Self {
            plan: Plan::on(head),
            tiles: Vec::new(),
            checkpoints: Vec::new(),
            looks: Vec::new(),
        }
    }
}

/// An engine that is being filled: a database that is no ledger until it is finished.
pub trait Filling: Send {
    /// Writes a chunk in one commit.
    fn put(&mut self, chunk: Chunk) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Writes the ends of the chains and, last, the row that makes it a ledger.
    fn finish(
        self,
        ledger: LedgerId,
        ends: [End; 3],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// Follows the chains of an archive and fills an engine with it.
pub struct Restoring<F> {
    filling: F,
    ledger: LedgerId,
    chunk: Chunk,
    rows: usize,
    bytes: usize,
    event: Head,
    checkpoint: Head,
    journal: Head,
    versions: HashMap<StreamId, u64>,
    /// The command whose events are being read.
    command: Option<(CommandId, CommandDone)>,
}

const fn broken(why: &'static str) -> StoreError {
    StoreError::Malformed(why)
}

impl<F: Filling> Restoring<F> {
    /// Begins with an engine in which nothing is but the three heads at their beginnings.
    pub fn into(filling: F, ledger: LedgerId) -> Self {
        let beginning = |chain: Chain| Head {
            position: 0,
            chain: chain.genesis(ledger),
            recorded_at: Instant(0),
        };
        let event = beginning(Chain::Event);
        Self {
            filling,
            ledger,
            chunk: Chunk::on(event),
            rows: 0,
            bytes: 0,
            event,
            checkpoint: beginning(Chain::Checkpoint),
            journal: beginning(Chain::Journal),
            versions: HashMap::new(),
            command: None,
        }
    }

    /// Takes the next row; refuses one that does not follow.
    pub async fn take(&mut self, item: Item) -> Result<(), StoreError> {
        self.rows += 1;
        self.bytes += self.follow(item)?;
        if self.rows >= ROWS || self.bytes >= BYTES {
            self.flush().await?;
        }
        Ok(())
    }

    /// Writes what is left; refuses an end that is not where the chains have come to.
    pub async fn finish(mut self, ends: [End; 3]) -> Result<(), StoreError> {
        self.chunk.plan.commands.extend(self.command.take());
        self.flush().await?;
        let came = [self.event, self.checkpoint, self.journal];
        let came = came.map(|end| (end.position, end.chain, end.recorded_at));
        if came != ends {
            return Err(broken("the archive's chains do not end where it says"));
        }
        self.filling.finish(self.ledger, ends).await
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let chunk = std::mem::replace(&mut self.chunk, Chunk::on(self.event));
        (self.rows, self.bytes) = (0, 0);
        self.filling.put(chunk).await
    }

    /// Adds a row to the chunk; answers about how many bytes it has.
    fn follow(&mut self, item: Item) -> Result<usize, StoreError> {
        let plan = &mut self.chunk.plan;
        match item {
            Item::Event(row) => {
                let follows = row.position == self.event.position + 1
                    && row.recorded_at >= self.event.recorded_at
                    && row.payload_digest == payload_digest(&row.payload)
                    && row.chain == event_chain(&self.event.chain, &row);
                let version = self.versions.entry(row.stream).or_insert(0);
                *version += 1;
                if !follows || row.stream_version != *version {
                    return Err(broken("an event of the archive does not follow"));
                }
                self.event = Head {
                    position: row.position,
                    chain: row.chain,
                    recorded_at: row.recorded_at,
                };
                match &mut self.command {
                    Some((id, done)) if *id == row.command_id => done.last = row.position,
                    other => {
                        let done = CommandDone {
                            request_digest: row.request_digest,
                            first: row.position,
                            last: row.position,
                        };
                        plan.commands.extend(other.replace((row.command_id, done)));
                    }
                }
                let bytes = row.payload.len() + 400;
                plan.rows.push(*row);
                Ok(bytes)
            }
            Item::Reservation { key, position } => {
                if !(1..=self.event.position).contains(&position) {
                    return Err(broken("a key of the archive has no event"));
                }
                plan.reservations.push((key, position));
                Ok(100)
            }
            Item::Subject(new) => {
                plan.subjects.push(new);
                Ok(200)
            }
            Item::Sealed(row) => {
                let bytes = row.ciphertext.len() + 100;
                plan.sealed.push(row);
                Ok(bytes)
            }
            Item::Tile {
                level,
                index,
                hashes,
            } => {
                let bytes = hashes.len();
                self.chunk.tiles.push(super::Tile {
                    level,
                    index,
                    hashes,
                });
                Ok(bytes)
            }
            Item::Checkpoint(it) => {
                let end = &self.checkpoint;
                let (size, before) = (it.tree_size, it.previous_size);
                let right = checkpoint_chain(&end.chain, size, before, &it.note, it.signed_at);
                let follows = before == end.position && it.signed_at >= end.recorded_at;
                if !follows || it.chain != right {
                    return Err(broken("a checkpoint of the archive does not follow"));
                }
                self.checkpoint = Head {
                    position: size,
                    chain: it.chain,
                    recorded_at: it.signed_at,
                };
                let bytes = it.note.len();
                self.chunk.checkpoints.push(it);
                Ok(bytes)
            }
            Item::Look(row) => {
                let end = &self.journal;
                let follows = row.sequence == end.position + 1
                    && row.at >= end.recorded_at
                    && row.chain == journal_chain(&end.chain, &row);
                if !follows {
                    return Err(broken("a look of the archive does not follow"));
                }
                self.journal = Head {
                    position: row.sequence,
                    chain: row.chain,
                    recorded_at: row.at,
                };
                self.chunk.looks.push(row);
                Ok(100)
            }
        }
    }
}
