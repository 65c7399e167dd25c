//! `export`, `restore`: a whole ledger into one file and back, on either engine.

use super::access::{Answer, Place, answer};
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::app::archive::{Archived, export, restore};
use crate::store::AnyStore;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Writes the whole ledger into one archive, as of one moment, beside whoever writes (导出). Personal
/// data and keys stay encrypted as they are; keep the archive as you keep the ledger. No passphrase.
#[derive(Args)]
pub(super) struct Export {
    /// File to write; refused if it is there.
    #[arg(value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Puts the ledger of an archive together again in a new data directory (恢复), with its database in
/// it or, by its address, in an empty database on a server. A damaged archive is refused.
#[derive(Args)]
pub(super) struct Restore {
    /// The archive.
    #[arg(value_name = "FILE")]
    from: PathBuf,
    #[command(flatten)]
    place: Place,
}

fn done(output: &Output, key: &str, archived: Archived) -> Result<Answer, AppError> {
    let Archived {
        ledger,
        events,
        bytes,
    } = archived;
    let json = json!({"ledger": ledger, "events": events, "bytes": bytes});
    let args = [("events", events.to_string()), ("bytes", bytes.to_string())];
    Ok(Answer::done(json, vec![output.text(key, &args)]))
}

impl Export {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let home = self.place.home();
            let store = AnyStore::open_to_read(home.database()).await?;
            let archived = export(&store, home.dir(), &self.to).await;
            store.close().await;
            done(output, "cli-exported", archived?)
        })
    }
}

impl Restore {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let home = self.place.home();
            let archived = restore(&self.from, home.dir(), home.database()).await?;
            done(output, "cli-restored", archived)
        })
    }
}
