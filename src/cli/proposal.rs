//! `approve` and `reject`: the second person's word.

use super::access::{Access, Answer, Once, answer};
use super::output::{Exit, Output};
use crate::app::consequences::{Consequence, ProposalShown};
use crate::domain::ids::ProposalId;
use crate::domain::proposal::Act;
use clap::Args;
use serde_json::json;

/// Shows what a proposal would do, and what would end together with what it names (复核前查看).
#[derive(Args)]
#[command(subcommand_negates_reqs = true)]
pub(super) struct Show {
    #[command(flatten)]
    access: Access,
    /// Which proposal.
    proposal: ProposalId,
    /// As of this position; now if not given.
    #[arg(long)]
    at: Option<u64>,
}

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

impl Show {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let shown = ledger
                .proposal_shown(&actor, self.proposal, self.at)
                .await?;
            let (position, shown) = (shown.position, shown.value);
            let words = [
                ("id", shown.row.proposal.to_string()),
                ("act", act(output, &shown.row.act)),
                ("until", shown.row.expires_at.show_in_china()),
            ];
            let mut lines = vec![output.text("cli-proposal-shown", &words)];
            if let Some(number) = &shown.certificate {
                let words = [("number", number.to_string())];
                lines.push(output.text("cli-proposal-about", &words));
            }
            if let Act::EndCertificate { ground, basis, .. }
            | Act::SuspendCertificate { ground, basis, .. }
            | Act::StrikeTraining { ground, basis, .. } = &shown.row.act
            {
                let words = [("ground", ground.clone()), ("basis", basis.clone())];
                lines.push(output.text("cli-proposal-ground", &words));
            }
            lines.extend(notes(output, &shown));
            let json = json!({"as_of_position": position, "proposal": shown});
            Ok(Answer::done(json, lines))
        })
    }
}

/// The act in words.
fn act(output: &Output, act: &Act) -> String {
    let (key, end) = match act {
        Act::EndCertificate { end, .. } => ("act-end-certificate", end.name()),
        Act::SuspendCertificate { .. } => ("act-suspend-certificate", ""),
        Act::ReinstateCertificate { .. } => ("act-reinstate-certificate", ""),
        Act::CorrectCertificate { .. } => ("act-correct-certificate", ""),
        Act::ConfirmResults { .. } => ("act-confirm-results", ""),
        Act::UpholdAward { .. } => ("act-uphold-award", ""),
        Act::WithdrawAward { .. } => ("act-withdraw-award", ""),
        Act::StrikeTraining { .. } => ("act-strike-training", ""),
        Act::CompromiseKey { .. } => ("act-compromise-key", ""),
        _ => ("act-other", ""),
    };
    output.text(key, &[("end", end.to_owned())])
}

/// What happens besides, a line each.
pub(super) fn notes(output: &Output, shown: &ProposalShown) -> Vec<String> {
    let note = |it: &Consequence| {
        let words = output.choose(&it.words).to_owned();
        output.text("cli-proposal-also", &[("words", words)])
    };
    shown.consequences.iter().map(note).collect()
}

impl Approve {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            // Said before it is done, so that nobody approves what he was not told.
            if let Ok(shown) = ledger.proposal_shown(&actor, self.proposal, None).await {
                for note in notes(output, &shown.value) {
                    output.say(&note);
                }
            }
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
