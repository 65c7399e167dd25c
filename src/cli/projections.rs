//! `projections …`: the views, and building them again.

use super::access::{Access, Answer, Place, answer, work};
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
    /// Every row of every view, one JSON object a line: `{"table":…,"row":{…}}`.
    Dump(Dump),
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

#[derive(Args)]
pub(super) struct Dump {
    #[command(flatten)]
    place: Place,
    /// As of this position, built from the events before it; as they are if not given.
    #[arg(long, value_name = "POSITION")]
    at: Option<u64>,
}

impl Projections {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Status(status) => answer(output, async {
                let ledger = Ledger::open_to_read(&status.place).await?;
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
            Self::Dump(dump) => work(output, async {
                let ledger = Ledger::open_to_read(&dump.place).await?;
                let views = match dump.at {
                    Some(position) => ledger.views_at(position).await?,
                    None => ledger.views().clone(),
                };
                let told = |table: &'static str, row| {
                    output.print_json(&json!({"table": table, "row": row}));
                    true
                };
                views.dump(told).await?;
                Ok(Exit::Done)
            }),
        }
    }
}
