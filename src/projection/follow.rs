//! The views of a process that serves, kept near the end of the log.

use super::ProjectionError;
use super::runner::{Projected, Target, run_to, run_to_head};
use crate::store::subscribe::Subscription;
use crate::view::{ViewStore, Views};
use std::convert::Infallible;

/// Events of one transaction: few, because on SQLite an append waits for it.
const BATCH: u32 = 500;

/// Follows the log and projects what comes, until something fails. Others may project the same
/// events meanwhile, here or in another process: whoever is first has done it for all.
pub async fn follow(store: &impl ViewStore, views: &Views) -> Result<Infallible, ProjectionError> {
    let mut log = Subscription::new(store, run_to_head(store, views).await?);
    loop {
        let rows = log.next(BATCH).await?;
        if let Some(next) = Projected::of(&rows)? {
            next.keep(store).await?;
        }
        // Where the views were not where these events begin.
        run_to(store, views, Target::Position(log.after())).await?;
    }
}
