//! The views built again beside the ones in use: to replace them at once, or to compare.

use super::ProjectionError;
use super::runner::{BATCH, Projected};
use crate::store::EventStore;
use crate::view::shadow::Shadow;
use crate::view::{Connection, Difference, ViewError, ViewStore, Views, saved_position};

/// Builds every view again from the first event and puts the new rows in the place of the old
/// ones in one commit. Answers the position they are true at. Appends go on meanwhile; the last
/// events are caught up while nobody else projects.
pub async fn rebuild(store: &impl ViewStore, views: &Views) -> Result<u64, ProjectionError> {
    // A ledger open for reading is refused here, before any work.
    drop(store.write_views().await?);
    let mut shadow = Shadow::open(views, true).await?;
    shadow.begin().await?;
    build(&mut shadow.connection(), store, 0, u64::MAX).await?;
    shadow.begin_switch().await?;
    let mut connection = shadow.connection();
    let built = saved_position(&mut connection).await?;
    let at = built.map_or(0, |at| at.position);
    let position = build(&mut connection, store, at, u64::MAX).await?;
    shadow.switch().await?;
    Ok(position)
}

/// Builds every view again beside, up to the position the views in use are true at, and answers
/// every row that is not as the events say. Empty when all is well. Works on a ledger that is
/// open for reading only.
pub async fn compare(
    store: &impl ViewStore,
    views: &Views,
) -> Result<Vec<Difference>, ProjectionError> {
    let mut shadow = Shadow::open(views, false).await?;
    // One read transaction: a writer beside us does not move the rows under the comparison.
    shadow.begin().await?;
    let end = match shadow.position_in_use().await? {
        Some(position) => position,
        None => store.head().await?.position,
    };
    build(&mut shadow.connection(), store, 0, end).await?;
    Ok(shadow.differences().await?)
}

/// The views as they were at a position, built beside from the events before it; the views in use
/// are not touched. Takes as long as those events are many.
pub async fn views_at(store: &impl EventStore, position: u64) -> Result<Views, ProjectionError> {
    let head = store.head().await?.position;
    if position > head {
        let (asked, position) = (position, head);
        return Err(ViewError::NotReached { asked, position }.into());
    }
    let views = Views::temporary().await?;
    let mut transaction = views.begin().await?;
    build(&mut transaction.connection(), store, 0, position).await?;
    transaction.commit().await?;
    Ok(views)
}

/// Applies the events after `at` up to `end` to the view tables of a connection; answers the last
/// position applied. The next events are read and made into changes while the ones before are
/// written.
async fn build(
    connection: &mut Connection<'_>,
    store: &impl EventStore,
    mut at: u64,
    end: u64,
) -> Result<u64, ProjectionError> {
    let after = |at: u64| {
        let left = end.saturating_sub(at).min(u64::from(BATCH));
        Projected::read(store, at, u32::try_from(left).unwrap_or(BATCH))
    };
    let mut next = after(at).await?;
    while let Some(projected) = next {
        at = projected.position();
        let (written, read) = tokio::join!(projected.write(connection), after(at));
        written?;
        next = read?;
    }
    Ok(at)
}
