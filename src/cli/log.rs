//! `log …`: the transparency log's checkpoint and proofs.

use super::access::{Answer, Place, answer};
use super::output::{Exit, Output};
use crate::app::Ledger;
use clap::{Args, Subcommand};
use serde_json::json;

/// The transparency log (透明日志).
#[derive(Subcommand)]
pub(super) enum Log {
    /// The newest signed checkpoint.
    Checkpoint(Checkpoint),
    /// The inclusion proof of the event at a position.
    Proof(Proof),
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

impl Log {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Checkpoint(checkpoint) => answer(output, async {
                let ledger = Ledger::open_to_read(&checkpoint.place.data).await?;
                let stored = ledger.checkpoint().await?;
                let json = json!({"tree_size": stored.tree_size, "checkpoint": stored.note});
                Ok(Answer::done(json, vec![stored.note.trim_end().to_owned()]))
            }),
            Self::Proof(proof) => answer(output, async {
                let ledger = Ledger::open_to_read(&proof.place.data).await?;
                let proof = ledger.proof_at(proof.position).await?.to_string();
                let lines = vec![proof.trim_end().to_owned()];
                Ok(Answer::done(json!({"proof": proof}), lines))
            }),
        }
    }
}
