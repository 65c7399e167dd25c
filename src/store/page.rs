//! A page of events: chunk by chunk, row by row where something is large or missing, and as two
//! halves at once where a second connection is idle. Events never change and leave no gap, so it
//! makes no difference when, or on which connection, each half was read.

use super::StoreError;
use crate::codec::row::Row;
use std::future::Future;
use tokio::task::JoinSet;

/// Bytes of payload after which a page ends.
const PAGE_BYTES: usize = 16 << 20;

/// A connection that events are read on.
pub(super) trait Reader: Send {
    /// Positions of one chunk.
    const CHUNK: i64;

    /// The events after one position up to another, at most [`Self::CHUNK`] on. None if they have
    /// to be read row by row: something is large, or not as it should be.
    fn chunk(
        &mut self,
        after: i64,
        to: i64,
    ) -> impl Future<Output = Result<Option<Vec<Row>>, StoreError>> + Send;

    /// At most so many events after a position, whatever they are; ends before a payload too many
    /// is read, but not before the first.
    fn row_by_row(
        &mut self,
        after: i64,
        limit: i64,
        bytes_max: usize,
    ) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;
}

/// The events after a position, a page that ends early when it grows heavy.
pub(super) async fn read<R: Reader + 'static>(
    mut one: R,
    second: Option<R>,
    after: i64,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let Some(mut other) = second else {
        return page(&mut one, after, limit, PAGE_BYTES).await;
    };
    let (half, bytes) = (limit / 2, PAGE_BYTES / 2);
    let middle = after.saturating_add(half);
    // A task of its own, so that two threads take rows apart; it ends with this future.
    let mut beside = JoinSet::new();
    beside.spawn(async move { page(&mut other, middle, limit - half, bytes).await });
    let mut rows = page(&mut one, after, half, bytes).await?;
    let rest = beside
        .join_next()
        .await
        .map(|rest| rest.unwrap_or_else(|ended| Err(StoreError::Engine(ended.to_string()))));
    let mut rest = rest.transpose()?.unwrap_or_default();
    // The second half follows only if nothing is missing between them.
    let next = rows.last().and_then(|row| row.position.checked_add(1));
    if next.is_some() && next == rest.first().map(|row| row.position) {
        rows.append(&mut rest);
    }
    Ok(rows)
}

/// Whether a page of so many events is worth two connections.
pub(super) fn has_halves<R: Reader>(limit: i64) -> bool {
    limit > 2 * R::CHUNK
}

async fn page<R: Reader>(
    reader: &mut R,
    after: i64,
    limit: i64,
    bytes_max: usize,
) -> Result<Vec<Row>, StoreError> {
    let mut rows: Vec<Row> = Vec::new();
    let mut bytes = 0;
    let mut at = after;
    let end = after.saturating_add(limit);
    while at < end && bytes < bytes_max {
        let to = at.saturating_add(R::CHUNK).min(end);
        let Some(mut chunk) = reader.chunk(at, to).await? else {
            rows.append(&mut reader.row_by_row(at, to - at, bytes_max - bytes).await?);
            break;
        };
        if chunk.is_empty() && rows.is_empty() {
            // The end; or, where rows are missing, what comes after them.
            return reader.row_by_row(at, limit, bytes_max).await;
        }
        let whole = usize::try_from(to - at) == Ok(chunk.len());
        bytes += chunk.iter().map(|row| row.payload.len()).sum::<usize>();
        rows.append(&mut chunk);
        if !whole {
            break;
        }
        at = to;
    }
    Ok(rows)
}
