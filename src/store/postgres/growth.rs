//! Hearing of what other processes append: NOTIFY, as a hint.

use sqlx::postgres::{PgListener, PgPool};
use std::time::Duration;
use tokio::sync::watch;

/// Where the statement that appends says so.
const CHANNEL: &str = "skill_ledger_event";
/// How long after a lost connection listening begins anew.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Listens on a connection of the pool until nobody follows the log any more.
pub(super) fn listen(pool: &PgPool) -> watch::Receiver<u64> {
    let (grow, grown) = watch::channel(0);
    let pool = pool.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = grow.closed() => return,
                () = pool.close_event() => return,
                heard = hear(&pool, &grow) => {
                    if let Err(error) = heard {
                        tracing::debug!(%error, "listening for appended events");
                    }
                    tokio::time::sleep(AGAIN_AFTER).await;
                }
            }
        }
    });
    grown
}

async fn hear(pool: &PgPool, grow: &watch::Sender<u64>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // A lost connection is made anew inside, and may have missed something: that too is growth.
        let position = match listener.try_recv().await? {
            Some(heard) => heard.payload().parse().unwrap_or(0),
            None => 0,
        };
        grow.send_replace(position);
    }
}
