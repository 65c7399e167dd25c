//! The ledger's id, the three heads, and the two smaller chains: checkpoints and journal.

use super::Findings;
use super::snapshot::{CheckpointRow, Snapshot};
use crate::codec::canonical::{Chain, checkpoint_chain, journal_chain};
use crate::codec::row::Digest;
use crate::domain::ids::LedgerId;
use crate::domain::time::Instant;
use crate::store::{Head, StoreError};
use uuid::Uuid;

/// The ends the three chains must have, where they can be read.
pub(super) struct Heads {
    pub(super) event: Option<Head>,
    pub(super) checkpoint: Option<Head>,
    pub(super) journal: Option<Head>,
}

/// The ledger's id as the database says.
pub(super) fn ledger(
    rows: Vec<Result<(i64, Uuid), StoreError>>,
    found: &mut Findings,
) -> Result<LedgerId, StoreError> {
    let Ok([row]) = <[_; 1]>::try_from(rows) else {
        found.add("ledger", "one 1", "there must be exactly one row");
        return Ok(LedgerId(Uuid::nil()));
    };
    let (one, id) = found.readable(row)?.unwrap_or((1, Uuid::nil()));
    if one != 1 {
        found.add("ledger", "one 1", "column one must be 1");
    }
    Ok(LedgerId(id))
}

/// The three heads.
pub(super) fn heads(
    (rows, [event, checkpoint, journal]): (i64, [Result<Head, StoreError>; 3]),
    found: &mut Findings,
) -> Result<Heads, StoreError> {
    if rows != 3 {
        found.add("head", "all", "there must be exactly three rows");
    }
    Ok(Heads {
        event: found.readable(event)?,
        checkpoint: found.readable(checkpoint)?,
        journal: found.readable(journal)?,
    })
}

/// How far a walk along one of the smaller chains has come.
struct Walk {
    chain: Digest,
    position: u64,
    at: Instant,
    begins_well: bool,
}

impl Walk {
    fn new(chain: Chain, ledger: LedgerId) -> Self {
        Self {
            chain: chain.genesis(ledger),
            position: 0,
            at: Instant(0),
            begins_well: true,
        }
    }

    fn end(mut self, name: &'static str, head: Option<&Head>, found: &mut Findings) -> bool {
        if let Some(head) = head {
            let here = (self.position, self.chain, self.at);
            if (head.position, head.chain, head.recorded_at) != here {
                let detail = format!("it is not the end of the {name} chain");
                found.add("head", name, detail);
                self.begins_well &= self.position != 0;
            }
        }
        self.begins_well
    }

    fn follows(&mut self, follows: bool, table: &'static str, key: &str, found: &mut Findings) {
        if !follows {
            let detail = "the chain value does not follow from the row before";
            found.add(table, key, detail);
            self.begins_well &= self.position != 0;
        }
    }
}

/// Walks the checkpoint chain; answers whether it begins with the ledger's id.
pub(super) async fn checkpoints<S: Snapshot>(
    snapshot: &mut S,
    ledger: LedgerId,
    head: Option<Head>,
    found: &mut Findings,
) -> Result<bool, StoreError> {
    let mut walk = Walk::new(Chain::Checkpoint, ledger);
    loop {
        let rows = snapshot.checkpoints().await?;
        if rows.is_empty() {
            return Ok(walk.end("checkpoint", head.as_ref(), found));
        }
        for row in rows {
            found.checkpoints += 1;
            if let Some(row) = found.readable(row)? {
                checkpoint(row, &mut walk, found);
            }
        }
    }
}

fn checkpoint(row: CheckpointRow, walk: &mut Walk, found: &mut Findings) {
    let key = format!("tree_size {}", row.size);
    if row.previous != walk.position {
        found.add("checkpoint", &key, "previous_size is not the size before");
    }
    let chain = checkpoint_chain(&walk.chain, row.size, row.previous, &row.note, row.at);
    walk.follows(row.chain == chain, "checkpoint", &key, found);
    (walk.chain, walk.position, walk.at) = (row.chain, row.size, row.at);
}

/// Walks the access journal; answers whether it begins with the ledger's id.
pub(super) async fn journal<S: Snapshot>(
    snapshot: &mut S,
    ledger: LedgerId,
    head: Option<Head>,
    found: &mut Findings,
) -> Result<bool, StoreError> {
    let mut walk = Walk::new(Chain::Journal, ledger);
    loop {
        let rows = snapshot.journal().await?;
        if rows.is_empty() {
            return Ok(walk.end("journal", head.as_ref(), found));
        }
        for row in rows {
            found.looks += 1;
            let Some(look) = found.readable(row)? else {
                continue;
            };
            let key = format!("sequence {}", look.sequence);
            if look.sequence != walk.position + 1 {
                found.add("access_journal", &key, "the look before it is missing");
            }
            let chain = journal_chain(&walk.chain, &look);
            walk.follows(look.chain == chain, "access_journal", &key, found);
            (walk.chain, walk.position, walk.at) = (look.chain, look.sequence, look.at);
        }
    }
}
