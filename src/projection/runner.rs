//! Reads the events after the saved position, a batch at a time; writes what a batch changes and
//! saves its position in one transaction.

use super::{VERSION, changes};
use crate::codec::registry::{self, DecodeError};
use crate::codec::row::Row;
use crate::store::{EventStore, StoreError};
use crate::view::{
    Connection, SavedPosition, ViewChange, ViewError, ViewStore, Views, apply, hold_position,
    save_position,
};

/// Events of one transaction.
pub(super) const BATCH: u32 = 2000;

/// A projection could not be carried on.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// The events could not be read, or writing is refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An event could not be understood.
    #[error("event at position {position}: {error}")]
    Decode {
        /// Where it stands.
        position: u64,
        /// Why.
        error: DecodeError,
    },
    /// A view could not be read or written.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The views reflect events that the store does not have.
    #[error("the views are at position {saved}, the ledger ends at {head}: rebuild the views")]
    Ahead {
        /// What the views say.
        saved: u64,
        /// Where the ledger ends.
        head: u64,
    },
}

/// How far to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the end of the ledger.
    Head,
    /// At least to this position.
    Position(u64),
}

/// Brings the views up to `target` and answers the position they are true at afterwards. Does
/// nothing when they are there already. Views made by another version of the projections are
/// rebuilt first.
pub async fn run_to(
    store: &impl ViewStore,
    views: &Views,
    target: Target,
) -> Result<u64, ProjectionError> {
    run_in_batches(store, views, target, BATCH).await
}

/// [`run_to`] with so many events to a transaction. The views are the same bytes whatever the
/// number, and wherever between two transactions the process was stopped and begun again.
pub async fn run_in_batches(
    store: &impl ViewStore,
    views: &Views,
    target: Target,
    batch: u32,
) -> Result<u64, ProjectionError> {
    loop {
        let saved = views.saved_position().await?;
        if saved.is_some_and(|saved| saved.version != VERSION) {
            super::rebuild(store, views).await?;
            continue;
        }
        let head = store.head().await?.position;
        let target = match target {
            Target::Head => head,
            Target::Position(position) => position.min(head),
        };
        let at = saved.map_or(0, |at| at.position);
        if at > head {
            return Err(ProjectionError::Ahead { saved: at, head });
        }
        if at >= target {
            return Ok(at);
        }
        step(store, batch.clamp(1, BATCH)).await?;
    }
}

/// [`run_to`] the end of the ledger.
pub async fn run_to_head(store: &impl ViewStore, views: &Views) -> Result<u64, ProjectionError> {
    run_to(store, views, Target::Head).await
}

/// One batch in one transaction.
async fn step(store: &impl ViewStore, batch: u32) -> Result<(), ProjectionError> {
    let mut writing = store.write_views().await?;
    let mut connection = writing.transaction.connection();
    // Read again inside: somebody else may have run since, or rebuilt with other projections.
    let saved = hold_position(&mut connection).await?;
    if saved.is_some_and(|saved| saved.version != VERSION) {
        return Ok(());
    }
    let at = saved.map_or(0, |saved| saved.position);
    if let Some(next) = Projected::read(store, at, batch).await? {
        next.write(&mut connection).await?;
        writing.transaction.commit().await?;
    }
    Ok(())
}

/// What events one after the other change: made without a lock, written under one.
pub(super) struct Projected {
    after: u64,
    changes: Vec<ViewChange>,
    to: SavedPosition,
}

impl Projected {
    /// Of the events after a position, at most so many; none if there are none.
    pub(super) async fn read(
        store: &impl EventStore,
        after: u64,
        limit: u32,
    ) -> Result<Option<Self>, ProjectionError> {
        if limit == 0 {
            return Ok(None);
        }
        Self::of(&store.read_all(after, limit).await?)
    }

    /// Of these events; none if there are none.
    pub(super) fn of(rows: &[Row]) -> Result<Option<Self>, ProjectionError> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return Ok(None);
        };
        let mut changed = Vec::new();
        for row in rows {
            let event = registry::decode(row).map_err(|error| ProjectionError::Decode {
                position: row.position,
                error,
            })?;
            changed.extend(changes(row, &event));
        }
        Ok(Some(Self {
            after: first.position.saturating_sub(1),
            changes: changed,
            to: SavedPosition {
                version: VERSION,
                position: last.position,
                chain: last.chain,
            },
        }))
    }

    /// Position of the last event.
    pub(super) fn position(&self) -> u64 {
        self.to.position
    }

    /// Writes the changes and the position to the view tables of a connection, in the caller's
    /// transaction.
    pub(super) async fn write(
        self,
        connection: &mut Connection<'_>,
    ) -> Result<(), ProjectionError> {
        apply(connection, self.changes).await?;
        Ok(save_position(connection, self.to).await?)
    }

    /// Writes it to the views in use, in one transaction; nothing if they are no longer where
    /// these events begin: somebody else has run since, or rebuilt with other projections.
    pub(super) async fn keep(self, store: &impl ViewStore) -> Result<(), ProjectionError> {
        let mut writing = store.write_views().await?;
        let mut connection = writing.transaction.connection();
        let saved = hold_position(&mut connection).await?;
        let here = match saved {
            Some(saved) => saved.version == VERSION && saved.position == self.after,
            None => self.after == 0,
        };
        if here {
            self.write(&mut connection).await?;
            writing.transaction.commit().await?;
        }
        Ok(())
    }
}
