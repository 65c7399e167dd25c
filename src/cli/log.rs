//! `log …`: the transparency log's checkpoint, proofs and files, and the events themselves.

use super::access::{Answer, Place, answer, work};
use super::monitor::MonitorLog;
use super::output::{Exit, Output};
use super::progress::Bar;
use super::witness::WitnessLog;
use crate::app::Ledger;
use crate::app::events::PAGE_MAX;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// The transparency log (透明日志).
#[derive(Subcommand)]
pub(super) enum Log {
    /// The newest signed checkpoint.
    Checkpoint(Checkpoint),
    /// The inclusion proof of the event at a position.
    Proof(Proof),
    /// Write the public log as static files: tiles, entries, checkpoint; what is new since last time.
    Export(Export),
    /// Witness other logs: cosign their checkpoints.
    Witness(WitnessLog),
    /// Follow a log from outside, and say what is not as it should be.
    Monitor(MonitorLog),
    /// The events, one JSON object a line: position, stream, type, data; no salts.
    Events(Events),
}

#[derive(Args)]
pub(super) struct Checkpoint {
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
pub(super) struct Proof {
    #[command(flatten)]
    place: Place,
    /// Position of the event.
    position: u64,
}

#[derive(Args)]
pub(super) struct Export {
    #[command(flatten)]
    place: Place,
    /// Folder to write into; a web server serves it as the log's address.
    #[arg(value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
pub(super) struct Events {
    #[command(flatten)]
    place: Place,
    /// Only those after this position.
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    after: u64,
    /// At most so many; all if not given.
    #[arg(long, value_name = "COUNT", default_value_t = u64::MAX, hide_default_value = true)]
    limit: u64,
}

impl Log {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Checkpoint(checkpoint) => answer(output, async {
                let ledger = Ledger::open_to_read(&checkpoint.place).await?;
                let stored = ledger.checkpoint().await?;
                let json = json!({"tree_size": stored.tree_size, "checkpoint": stored.note});
                Ok(Answer::done(json, vec![stored.note.trim_end().to_owned()]))
            }),
            Self::Proof(proof) => answer(output, async {
                let ledger = Ledger::open_to_read(&proof.place).await?;
                let proof = ledger.proof_at(proof.position).await?.to_string();
                let lines = vec![proof.trim_end().to_owned()];
                Ok(Answer::done(json!({"proof": proof}), lines))
            }),
            Self::Export(export) => answer(output, async {
                let ledger = Ledger::open_to_read(&export.place).await?;
                let bar = Bar::new(output, "cli-log-exporting");
                let done = ledger
                    .export_log(&export.out, |reached, of| bar.set(reached, of))
                    .await?;
                bar.finish();
                let words = [
                    ("folder", export.out.display().to_string()),
                    ("from", done.from.to_string()),
                    ("size", done.size.to_string()),
                    ("files", done.files.to_string()),
                    ("bytes", done.bytes.to_string()),
                ];
                let json = json!({
                    "from": done.from,
                    "size": done.size,
                    "files": done.files,
                    "bytes": done.bytes,
                });
                Ok(Answer::done(
                    json,
                    vec![output.text("cli-log-exported", &words)],
                ))
            }),
            Self::Witness(witness) => witness.run(output),
            Self::Monitor(monitor) => monitor.run(output),
            Self::Events(events) => work(output, async {
                let ledger = Ledger::open_to_read(&events.place).await?;
                let (mut after, mut left) = (events.after, events.limit);
                while left > 0 {
                    let limit = u32::try_from(left).unwrap_or(PAGE_MAX);
                    let page = ledger.events(after, limit).await?;
                    let Some(last) = page.last() else { break };
                    after = last.position;
                    left -= page.len() as u64;
                    page.iter().for_each(|event| output.print_json(event));
                }
                Ok(Exit::Done)
            }),
        }
    }
}
