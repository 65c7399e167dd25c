//! `audit`: everything re-derived; names the table and the row of what does not follow.

use super::access::{Answer, Place, answer};
use super::output::{Exit, Output};
use crate::app::Ledger;
use clap::Args;
use serde_json::json;

/// Re-derives everything from the events and names what does not follow (审计). No passphrase.
#[derive(Args)]
pub(super) struct Audit {
    #[command(flatten)]
    place: Place,
}

impl Audit {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = Ledger::open_to_read(&self.place).await?;
            let audit = ledger.audit().await?;
            let problems: Vec<_> = audit
                .problems
                .iter()
                .map(|p| json!({"table": p.table, "row": p.row, "detail": p.detail}))
                .collect();
            let json = json!({
                "ok": audit.ok(),
                "events": audit.events,
                "problems": problems,
                "not_checked": audit.not_checked,
            });
            let words = [
                ("events", audit.events.to_string()),
                ("problems", audit.problems.len().to_string()),
            ];
            let mut lines: Vec<String> = audit
                .problems
                .iter()
                .map(|p| format!("{}  {}: {}", p.table, p.row, p.detail))
                .collect();
            for part in &audit.not_checked {
                lines.push(output.text(&format!("cli-audit-not-checked-{part}"), &[]));
            }
            let key = if audit.ok() {
                "cli-audit-clean"
            } else {
                "cli-audit-found"
            };
            lines.push(output.text(key, &words));
            let exit = if audit.ok() {
                Exit::Done
            } else {
                Exit::Refused
            };
            Ok(Answer { json, lines, exit })
        })
    }
}
