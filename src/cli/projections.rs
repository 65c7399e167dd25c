//! `projections …`: the views, and building them again.

use super::access::{Access, Answer, Place, answer};
use super::output::{Exit, Output};
use crate::app::Ledger;
use clap::{Args, Subcommand};
use serde_json::json;

/// Views derived from the events (投影视图).
#[derive(Subcommand)]
pub(super) enum Projections {
    /// How far they are.
    Status(Status),
    /// Build them again from the first event and switch at once.
    Rebuild(Rebuild),
}

#[derive(Args)]
pub(super) struct Status {
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
pub(super) struct Rebuild {
    #[command(flatten)]
    access: Access,
}

impl Projections {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Status(status) => answer(output, async {
                let ledger = Ledger::open_to_read(&status.place.data).await?;
                let (position, head) = ledger.views_position().await?;
                let words = [
                    ("position", position.to_string()),
                    ("head", head.to_string()),
                ];
                let json = json!({"position": position, "head": head});
                Ok(Answer::done(
                    json,
                    vec![output.text("cli-views-status", &words)],
                ))
            }),
            Self::Rebuild(rebuild) => answer(output, async {
                let ledger = rebuild.access.open(output).await?;
                let position = ledger.rebuild_views().await?;
                let words = [("position", position.to_string())];
                let json = json!({"position": position});
                Ok(Answer::done(
                    json,
                    vec![output.text("cli-views-rebuilt", &words)],
                ))
            }),
        }
    }
}
