//! The ledger's id, the three heads, and the two smaller chains: checkpoints and journal.

use super::super::failure::read as engine;
use super::super::journal;
use super::super::read::{column, corrupt, end_of, id};
use super::readable;
use crate::codec::canonical::{Chain, checkpoint_chain, journal_chain};
use crate::codec::row::Digest;
use crate::domain::ids::LedgerId;
use crate::domain::time::Instant;
use crate::store::audit::Findings;
use crate::store::{Head, StoreError};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// Rows of one page.
const PAGE: i64 = 5_000;

/// The ends the three chains must have, where they can be read.
pub(super) struct Heads {
    pub(super) event: Option<Head>,
    pub(super) checkpoint: Option<Head>,
    pub(super) journal: Option<Head>,
}

/// The ledger's id as this file says.
pub(super) async fn ledger(
    connection: &mut SqliteConnection,
    found: &mut Findings,
) -> Result<LedgerId, StoreError> {
    let rows = sqlx::query("SELECT ledger_id, one FROM ledger")
        .fetch_all(connection)
        .await
        .map_err(|e| engine(&e))?;
    let [row] = rows.as_slice() else {
        found.add("ledger", "one 1", "there must be exactly one row");
        return Ok(LedgerId(Uuid::nil()));
    };
    if column::<i64>(row, 1, "ledger", &"one 1", "one").ok() != Some(1) {
        found.add("ledger", "one 1", "column one must be 1");
    }
    let id = readable(id(row, 0, "ledger", &"one 1", "ledger_id"), found)?;
    Ok(LedgerId(id.unwrap_or(Uuid::nil())))
}

/// The three heads.
pub(super) async fn heads(
    connection: &mut SqliteConnection,
    found: &mut Findings,
) -> Result<Heads, StoreError> {
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM head")
        .fetch_one(&mut *connection)
        .await
        .map_err(|e| engine(&e))?;
    if rows != 3 {
        found.add("head", "all", "there must be exactly three rows");
    }
    Ok(Heads {
        event: readable(end_of(&mut *connection, Chain::Event).await, found)?,
        checkpoint: readable(end_of(&mut *connection, Chain::Checkpoint).await, found)?,
        journal: readable(end_of(&mut *connection, Chain::Journal).await, found)?,
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
                found.add(
                    "head",
                    name,
                    format!("it is not the end of the {name} chain"),
                );
                self.begins_well &= self.position != 0;
            }
        }
        self.begins_well
    }
}

/// Walks the checkpoint chain; answers whether it begins with the ledger's id.
pub(super) async fn checkpoints(
    connection: &mut SqliteConnection,
    ledger: LedgerId,
    head: Option<&Head>,
    found: &mut Findings,
) -> Result<bool, StoreError> {
    let mut walk = Walk::new(Chain::Checkpoint, ledger);
    let mut after = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT tree_size, previous_size, note, signed_at, chain FROM checkpoint \
             WHERE tree_size > $1 ORDER BY tree_size LIMIT $2",
        )
        .bind(after)
        // A note has up to 64 KiB.
        .bind(PAGE / 50)
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| engine(&e))?;
        if rows.is_empty() {
            return Ok(walk.end("checkpoint", head, found));
        }
        for row in &rows {
            found.checkpoints += 1;
            after = column(row, 0, "checkpoint", &"a size", "tree_size")?;
            readable(checkpoint(row, &mut walk, found), found)?;
        }
    }
}

fn checkpoint(row: &SqliteRow, walk: &mut Walk, found: &mut Findings) -> Result<(), StoreError> {
    let size: i64 = column(row, 0, "checkpoint", &"a size", "tree_size")?;
    let key = format!("tree_size {size}");
    let bad = |name| corrupt("checkpoint", &key, name);
    let previous: i64 = column(row, 1, "checkpoint", &key, "previous_size")?;
    let note: &str = column(row, 2, "checkpoint", &key, "note")?;
    let at = Instant(column(row, 3, "checkpoint", &key, "signed_at")?);
    let chain: &[u8] = column(row, 4, "checkpoint", &key, "chain")?;
    let chain: Digest = chain.try_into().map_err(|_| bad("chain"))?;
    let size = u64::try_from(size).map_err(|_| bad("tree_size"))?;
    let previous = u64::try_from(previous).map_err(|_| bad("previous_size"))?;
    if previous != walk.position {
        found.add("checkpoint", &key, "previous_size is not the size before");
    }
    if chain != checkpoint_chain(&walk.chain, size, previous, note, at) {
        found.add(
            "checkpoint",
            &key,
            "the chain value does not follow from the row before",
        );
        walk.begins_well &= walk.position != 0;
    }
    (walk.chain, walk.position, walk.at) = (chain, size, at);
    Ok(())
}

/// Walks the access journal; answers whether it begins with the ledger's id.
pub(super) async fn journal(
    connection: &mut SqliteConnection,
    ledger: LedgerId,
    head: Option<&Head>,
    found: &mut Findings,
) -> Result<bool, StoreError> {
    let mut walk = Walk::new(Chain::Journal, ledger);
    let mut after = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT sequence, at, actor, kind, subject, position, chain FROM access_journal \
             WHERE sequence > $1 ORDER BY sequence LIMIT $2",
        )
        .bind(after)
        .bind(PAGE)
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| engine(&e))?;
        if rows.is_empty() {
            return Ok(walk.end("journal", head, found));
        }
        for row in &rows {
            found.looks += 1;
            after = column(row, 0, "access_journal", &"a look", "sequence")?;
            let Some(look) = readable(journal::row(row), found)? else {
                continue;
            };
            let key = format!("sequence {}", look.sequence);
            if look.sequence != walk.position + 1 {
                found.add("access_journal", &key, "the look before it is missing");
            }
            if look.chain != journal_chain(&walk.chain, &look) {
                found.add(
                    "access_journal",
                    &key,
                    "the chain value does not follow from the row before",
                );
                walk.begins_well &= walk.position != 0;
            }
            (walk.chain, walk.position, walk.at) = (look.chain, look.sequence, look.at);
        }
    }
}
