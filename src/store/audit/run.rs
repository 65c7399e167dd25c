//! The audit's round over one snapshot: while a portion is walked over, the next one is read.

use super::snapshot::{Events, Portion, Snapshot};
use super::{Derive, Derived, Findings, chains, events, keys, tree, vault};
use crate::codec::canonical::Chain;
use crate::codec::row::Row;
use crate::store::StoreError;
use std::sync::Arc;

/// Events of one portion.
const STEP: i64 = 2_000;
/// Payload bytes after which a portion is made smaller.
const BYTES_MAX: i64 = 16 << 20;

/// What goes along the events.
struct Walk {
    events: events::Walk,
    commands: keys::Commands,
    tree: tree::Walk,
    vault: vault::Walk,
    found: Findings,
}

/// See [`EventStore::audit`](crate::store::EventStore::audit).
pub(in crate::store) async fn run<S: Snapshot>(
    snapshot: &mut S,
    derive: impl Derive,
) -> Result<Findings, StoreError> {
    let mut found = Findings::default();
    snapshot.schema(&mut found).await?;
    let ledger = chains::ledger(snapshot.ledger().await?, &mut found)?;
    let heads = chains::heads(snapshot.heads().await?, &mut found)?;
    let covered = snapshot.covered().await?;
    let derive = Arc::new(derive);
    let mut walk = Box::new(Walk {
        events: events::Walk::new(ledger),
        commands: keys::Commands::default(),
        tree: tree::Walk::new(covered),
        vault: vault::Walk::default(),
        found,
    });

    let mut after = below_one(snapshot, &mut walk.found).await?;
    let mut next = portion(snapshot, &mut after, covered).await?;
    while let Some(portion_read) = next.take() {
        let derive = Arc::clone(&derive);
        // Hashing and decoding, beside the reading of what follows.
        let walking = tokio::task::spawn_blocking(move || {
            walk.portion(portion_read, derive.as_ref())?;
            Ok::<_, StoreError>(walk)
        });
        next = portion(snapshot, &mut after, covered).await?;
        walk = walking
            .await
            .map_err(|error| StoreError::Engine(error.to_string()))??;
    }

    let Walk {
        mut events,
        mut commands,
        mut tree,
        vault,
        mut found,
    } = *walk;
    let found = &mut found;
    events.finish(heads.event.as_ref(), found);
    for stream in snapshot.broken_streams().await? {
        let detail = "its versions are not gapless";
        found.add("event", format!("stream {stream}"), detail);
    }
    commands.finish(found);
    loop {
        let stray = snapshot.commands(i64::MAX).await?;
        let keys = snapshot.reservations(i64::MAX).await?;
        if stray.is_empty() && keys.is_empty() {
            break;
        }
        keys::point_nowhere(stray, keys, found)?;
    }
    for (level, index) in snapshot.tiles_beyond(tree.finish(found)).await? {
        let row = format!("level {level} index {index}");
        found.add("log_tile", row, "the tree has no such tile");
    }
    vault::finish(snapshot, vault, derive.as_ref(), found).await?;
    let checkpoints = chains::checkpoints(snapshot, ledger, heads.checkpoint, found).await?;
    let journal = chains::journal(snapshot, ledger, heads.journal, found).await?;
    if !events.begins_well() && !checkpoints && !journal {
        found.add("ledger", "one 1", "no chain begins with this ledger id");
    }
    Ok(std::mem::take(found))
}

/// Names events before position 1, and answers where the others begin.
async fn below_one<S: Snapshot>(snapshot: &mut S, found: &mut Findings) -> Result<i64, StoreError> {
    let first = snapshot.first_after(i64::MIN).await?;
    if let Some(first) = first.filter(|first| *first < 1) {
        let detail = "positions begin with 1";
        found.add(Chain::Event.name(), format!("position {first}"), detail);
    }
    Ok(0)
}

/// The last position of the next range of events, which begins after `after`; a heavy range is
/// shorter. Where positions are missing, `after` moves up to the first that is there.
pub(in crate::store) async fn next_range<S: Snapshot>(
    snapshot: &mut S,
    after: &mut i64,
) -> Result<Option<i64>, StoreError> {
    let mut step = STEP;
    loop {
        let to = after.saturating_add(step);
        let (rows, bytes) = snapshot.extent(*after, to).await?;
        if rows == 0 {
            match snapshot.first_after(*after).await? {
                None => return Ok(None),
                Some(first) => *after = first - 1,
            }
        } else if bytes > BYTES_MAX && step > 1 {
            step = (step * BYTES_MAX / bytes).clamp(1, step / 2);
        } else {
            return Ok(Some(to));
        }
    }
}

/// The next portion after a position, with what belongs to it.
async fn portion<S: Snapshot>(
    snapshot: &mut S,
    after: &mut i64,
    covered: i64,
) -> Result<Option<Portion<S::Events>>, StoreError> {
    let Some(to) = next_range(snapshot, after).await? else {
        return Ok(None);
    };
    let portion = Portion {
        events: snapshot.events(*after, to).await?,
        commands: snapshot.commands(to).await?,
        reservations: snapshot.reservations(to).await?,
        tiles: match *after < covered {
            true => {
                snapshot
                    .tiles(tree::bounds(*after, to.min(covered)))
                    .await?
            }
            false => Vec::new(),
        },
        checkpoints: snapshot.signed(*after, to).await?,
    };
    *after = to;
    Ok(Some(portion))
}

impl Walk {
    fn portion<E: Events>(
        &mut self,
        portion: Portion<E>,
        derive: &impl Derive,
    ) -> Result<(), StoreError> {
        let found = &mut self.found;
        self.commands.stored(portion.commands, found)?;
        let mut keys = keys::Reservations::stored(portion.reservations, found)?;
        self.tree
            .stored(portion.tiles, portion.checkpoints, found)?;
        for read in portion.events.read() {
            found.events += 1;
            let Some(row) = self.events.read(read, found) else {
                continue;
            };
            let derived = meaning(&row, derive, found);
            self.commands.event(&row, found);
            self.tree
                .event(row.position, derived.as_ref(), derive, found);
            if let Some(derived) = &derived {
                keys.event(&row, derived, found);
                self.vault.event(row.position, derived);
            }
        }
        keys.finish(found);
        Ok(())
    }
}

fn meaning(row: &Row, derive: &impl Derive, found: &mut Findings) -> Option<Derived> {
    match derive.of_event(row) {
        Ok(derived) => Some(derived),
        Err(detail) => {
            found.add("event", format!("position {}", row.position), detail);
            None
        }
    }
}
