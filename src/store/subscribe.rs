//! Following the log (订阅): what is there already, then what comes, in the order of positions.

use super::{EventStore, StoreError};
use crate::codec::row::Row;
use std::time::Duration;
use tokio::sync::watch;

/// How long a subscriber waits at most before it looks by itself. A wake-up is a hint: one that
/// is lost, or a writer in another process, costs this much time and no event.
const LOOK_AFTER: Duration = Duration::from_millis(250);

/// One subscriber's place in the log. Nothing is kept on the server's side: who saved the position
/// of the last event he is done with goes on from there.
#[derive(Debug)]
pub struct Subscription<'s, S> {
    store: &'s S,
    after: u64,
    grown: watch::Receiver<u64>,
}

impl<'s, S: EventStore> Subscription<'s, S> {
    /// Follows `store` from the event after `after`; 0 for all.
    pub fn new(store: &'s S, after: u64) -> Self {
        let grown = store.growth();
        Self {
            store,
            after,
            grown,
        }
    }

    /// Position of the last event given out.
    pub fn after(&self) -> u64 {
        self.after
    }

    /// The next events, at most `limit` and at least one: waits until there is one. A caller that
    /// stops waiting loses nothing.
    pub async fn next(&mut self, limit: u32) -> Result<Vec<Row>, StoreError> {
        loop {
            // Seen before the read: growth during the read is growth still to be seen.
            self.grown.borrow_and_update();
            let rows = self.store.read_all(self.after, limit.max(1)).await?;
            if let Some(last) = rows.last() {
                self.after = last.position;
                return Ok(rows);
            }
            tokio::select! {
                // Without a writer in this process nobody ever says so.
                Ok(()) = self.grown.changed() => {}
                () = tokio::time::sleep(LOOK_AFTER) => {}
            }
        }
    }
}
