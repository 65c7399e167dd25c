//! Every table of the store read once, in one snapshot, in memory that does not grow with the
//! payloads.

mod chains;
mod events;
mod keys;
mod schema;
mod tree;
mod vault;

use super::SqliteStore;
use super::failure::read as engine;
use super::read;
use crate::codec::row::Row;
use crate::store::StoreError;
use crate::store::audit::{Derive, Derived, Findings};
use std::fmt::Display;

/// Events of one page.
const PAGE: u32 = 1_000;

/// One page of events as read, with what each says must stand elsewhere.
struct Page {
    /// First position a row of this page may have.
    from: u64,
    /// Last position of this page.
    to: u64,
    events: Vec<(Row, Option<Derived>)>,
}

/// See [`EventStore::audit`](crate::store::EventStore::audit).
pub(super) async fn run(store: &SqliteStore, derive: &impl Derive) -> Result<Findings, StoreError> {
    // One read transaction: a writer beside us changes nothing of what we see.
    let mut snapshot = store.pool().begin().await.map_err(|e| engine(&e))?;
    let mut findings = Findings::default();
    let found = &mut findings;
    schema::check(&mut snapshot, found).await?;
    let ledger = chains::ledger(&mut snapshot, found).await?;
    let heads = chains::heads(&mut snapshot, found).await?;

    let mut events = events::Walk::new(ledger);
    let mut commands = keys::Commands::default();
    let mut tree = tree::Walk::new(&mut snapshot).await?;
    let mut vault = vault::Walk::default();
    let mut after = 0;
    loop {
        let rows = read::page(&mut *snapshot, after, PAGE).await?;
        let Some(page) = events.page(&rows, after, derive, found) else {
            break;
        };
        after = page.to;
        commands.check(&mut snapshot, &page, found).await?;
        keys::check_reservations(&mut snapshot, &page, found).await?;
        tree.check(&mut snapshot, &page, derive, found).await?;
        vault.check(&mut snapshot, &page, found).await?;
    }
    let last = after;
    events
        .finish(&mut snapshot, heads.event.as_ref(), found)
        .await?;
    commands.finish(&mut snapshot, last, found).await?;
    keys::orphan_reservations(&mut snapshot, last, found).await?;
    tree.finish(&mut snapshot, found).await?;
    vault.finish(&mut snapshot, found).await?;
    let checkpoints =
        chains::checkpoints(&mut snapshot, ledger, heads.checkpoint.as_ref(), found).await?;
    let journal = chains::journal(&mut snapshot, ledger, heads.journal.as_ref(), found).await?;
    if !events.begins_well() && !checkpoints && !journal {
        found.add("ledger", "one 1", "no chain begins with this ledger id");
    }
    Ok(findings)
}

/// Turns a column that cannot be read into a problem; other errors stay errors.
fn readable<T>(read: Result<T, StoreError>, found: &mut Findings) -> Result<Option<T>, StoreError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(StoreError::Corrupt { table, row, column }) => {
            found.add(table, row, unreadable(column));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn unreadable(column: impl Display) -> String {
    format!("column {column} cannot be read")
}
