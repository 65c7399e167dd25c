//! `migrate`: brings the schema of a database up to this program's.

use super::access::{Answer, Place, answer};
use super::output::{Exit, Output};
use crate::app::clock;
use crate::store::AnyStore;
use clap::Args;
use serde_json::json;

/// Brings the schema of the database up to what this program knows (升级数据库结构). On a server,
/// for the role that owns the tables; the role that runs needs no right to create. No passphrase.
#[derive(Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let home = self.place.home();
            let (from, to) = AnyStore::migrate(home.database(), clock::now()).await?;
            let json = json!({"from": from, "to": to});
            let args = [("from", from.to_string()), ("to", to.to_string())];
            let key = match from == to {
                true => "cli-schema-current",
                false => "cli-migrated",
            };
            Ok(Answer::done(json, vec![output.text(key, &args)]))
        })
    }
}
