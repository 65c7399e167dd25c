//! The log's head: a checkpoint over the newest event, on demand and by the clock.

use super::error::AppError;
use super::ledger::Ledger;
use super::{clock, signed_head};
use crate::sequencer::{self, Log, SequencerError};
use crate::store::{EventStore, StoredCheckpoint};
use std::convert::Infallible;
use std::time::Duration;

/// How long after a checkpoint the next is signed, if there is news: a checkpoint at least once a
/// second (C2SP tlog-tiles asks for no more than clients can follow), however many events come.
const SIGN_EVERY: Duration = Duration::from_secs(1);
/// How long is waited at most before the head is looked at: another process may write, and a
/// wake-up may be lost.
const LOOK_AFTER: Duration = Duration::from_millis(250);
/// How often somebody else may sign first before that is an error.
const RIVALS_MAX: usize = 16;

impl Ledger {
    /// Brings the log's tree up to the last event and signs a checkpoint over it; refused on an
    /// older copy of the database than was signed before.
    pub async fn advance_log(&self) -> Result<StoredCheckpoint, AppError> {
        // Two at once would sign two heads, and the slower would do its work for nothing.
        let _turn = self.turn_to_sign.lock().await;
        let mut rivals = 0;
        loop {
            // The keys come last: whatever signed these heads is among them.
            let kept = signed_head::read(self.dir())?;
            let stored = self.store.log_state().await?;
            let head = self.store.head().await?.position;
            let keys = self.log_keys().await?;
            signed_head::check(kept.as_deref(), &keys, stored.as_ref(), head)?;
            let log = Log {
                keys: &keys,
                signers: &self.log_signers(&keys, head)?,
            };
            match sequencer::advance(&self.store, &log, head, clock::now()).await {
                // Another process: what it signed is consistent with ours, or the check says so.
                Err(SequencerError::Conflict(_)) if rivals < RIVALS_MAX => rivals += 1,
                signed => {
                    let signed = signed?;
                    signed_head::keep(self.dir(), &signed)?;
                    return Ok(signed);
                }
            }
        }
    }

    /// Signs a checkpoint whenever there is news, at most one a second, until something fails.
    pub async fn sign_as_it_grows(&self) -> Result<Infallible, AppError> {
        let mut grown = self.store.growth();
        loop {
            let signed = self.advance_log().await?.tree_size;
            tokio::time::sleep(SIGN_EVERY).await;
            loop {
                // Seen before the look: growth during the look is growth still to be seen.
                grown.borrow_and_update();
                if self.store.head().await?.position > signed {
                    break;
                }
                tokio::select! {
                    Ok(()) = grown.changed() => {}
                    () = tokio::time::sleep(LOOK_AFTER) => {}
                }
            }
        }
    }
}
