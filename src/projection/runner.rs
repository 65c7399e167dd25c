//! Reads the events after the saved position, applies what they change and saves the position,
//! all in one transaction per batch.

use super::{VERSION, changes};
use crate::codec::registry::{self, DecodeError};
use crate::codec::row::Row;
use crate::store::StoreError;
use crate::view::{
    Connection, SavedPosition, ViewError, ViewStore, Views, apply, hold_position, save_position,
};

/// Events of one transaction.
const BATCH: u32 = 2000;

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
    let rows = store
        .read_all(saved.map_or(0, |at| at.position), batch)
        .await?;
    project(&mut connection, &rows).await?;
    if !rows.is_empty() {
        writing.transaction.commit().await?;
    }
    Ok(())
}

/// Applies `rows` to the view tables of a connection and saves the last one's position, in the
/// caller's transaction.
pub(super) async fn project(
    connection: &mut Connection<'_>,
    rows: &[Row],
) -> Result<(), ProjectionError> {
    let Some(last) = rows.last() else {
        return Ok(());
    };
    let mut batch = Vec::new();
    for row in rows {
        let event = registry::decode(row).map_err(|error| ProjectionError::Decode {
            position: row.position,
            error,
        })?;
        batch.extend(changes(row, &event));
    }
    apply(connection, batch).await?;
    let saved = SavedPosition {
        version: VERSION,
        position: last.position,
        chain: last.chain,
    };
    save_position(connection, saved).await?;
    Ok(())
}
