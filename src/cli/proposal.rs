//! `approve` and `reject`: the second person's word.

use super::access::{Access, Answer, Once, answer};
use super::output::{Exit, Output};
use crate::domain::ids::ProposalId;
use clap::Args;
use serde_json::json;

/// Approves what somebody else proposed (复核通过).
#[derive(Args)]
pub(super) struct Approve {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which proposal.
    proposal: ProposalId,
}

/// Turns a proposal down, or takes one's own back (复核退回).
#[derive(Args)]
pub(super) struct Reject {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which proposal.
    proposal: ProposalId,
    /// Why; no personal data.
    #[arg(long)]
    reason: String,
}

impl Approve {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let decided = ledger
                .approve(&actor, self.once.id(output), self.proposal)
                .await?;
            let line = output.text("cli-approved", &[("id", decided.proposal.to_string())]);
            Ok(Answer::done(json!(decided), vec![line]))
        })
    }
}

impl Reject {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            let decided = ledger
                .reject(&actor, id, self.proposal, &self.reason)
                .await?;
            let line = output.text("cli-rejected", &[("id", decided.proposal.to_string())]);
            Ok(Answer::done(json!(decided), vec![line]))
        })
    }
}
