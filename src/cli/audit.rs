//! `audit`: everything re-derived; names the table and the row of what does not follow.

use super::access::{Answer, Passphrase, Place, answer};
use super::monitor::verifier_key;
use super::output::{Exit, Output};
use crate::app::{AppError, Ledger, page_manifest};
use crate::domain::time::Instant;
use crate::store::{Database, StoreError};
use clap::Args;
use serde_json::json;

/// Re-derives everything from the events and names what does not follow (审计). No passphrase.
///
/// With --file, holds the database file itself against the signed manifest of its pages, which is
/// made when `serve` ends, or by --seal.
#[derive(Args)]
pub(super) struct Audit {
    #[command(flatten)]
    place: Place,
    /// Check the pages of the file at rest, and nothing else.
    #[arg(long, conflicts_with = "seal")]
    file: bool,
    /// With --file: the log's verifier key, or a file with it; without it, the one the ledger
    /// itself names.
    #[arg(long, value_name = "VKEY", requires = "file")]
    key: Option<String>,
    /// Make the manifest of the file at rest. Needs the passphrase.
    #[arg(long)]
    seal: bool,
    #[command(flatten)]
    passphrase: Passphrase,
}

impl Audit {
    pub(super) fn run(self, output: &Output) -> Exit {
        if self.file {
            return self.pages(output);
        }
        if self.seal {
            return self.seal(output);
        }
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
    /// L2.
    fn pages(self, output: &Output) -> Exit {
        answer(output, async {
            let home = self.place.home();
            let Database::File(database) = home.database() else {
                return Err(StoreError::NoFile.into());
            };
            // A file that is damaged may not open: its pages are told all the same.
            let ledger = Ledger::open_to_read(&self.place).await.ok();
            let keys = match (&self.key, &ledger) {
                (Some(key), _) => vec![verifier_key(key)?],
                (None, Some(ledger)) => match ledger.log_keys().await {
                    Ok(keys) => keys.signing(u64::MAX).cloned().collect(),
                    Err(_) => Vec::new(),
                },
                (None, None) => Vec::new(),
            };
            let id = ledger.as_ref().map(Ledger::id);
            if let Some(ledger) = ledger {
                ledger.close().await;
            }
            let found = page_manifest::check(database, id, &keys)?;
            let problems: Vec<_> = found
                .problems
                .iter()
                .map(|p| json!({"table": p.table, "row": p.row, "detail": p.detail}))
                .collect();
            let ok = found.problems.is_empty();
            let json = json!({
                "ok": ok,
                "pages": found.pages,
                "at": found.at,
                "problems": problems,
                "unlisted": found.unlisted,
                "signature_checked": found.signature_checked,
            });
            let mut lines: Vec<String> = found
                .problems
                .iter()
                .map(|p| format!("{}: {}", p.row, p.detail))
                .collect();
            if !found.signature_checked {
                lines.push(output.text("cli-audit-not-checked-signature", &[]));
            }
            let words = [
                ("pages", found.pages.to_string()),
                ("problems", found.problems.len().to_string()),
                ("at", Instant(found.at).to_string()),
            ];
            let key = if ok {
                "cli-audit-pages-clean"
            } else {
                "cli-audit-pages-found"
            };
            lines.push(output.text(key, &words));
            let exit = match (ok, found.signature_checked) {
                (false, _) => Exit::Refused,
                (true, false) => Exit::Unable,
                (true, true) => Exit::Done,
            };
            Ok(Answer { json, lines, exit })
        })
    }

    fn seal(self, output: &Output) -> Exit {
        answer(output, async {
            let passphrase = self.passphrase.read(output)?;
            let ledger = Ledger::open(&self.place, &passphrase).await?;
            let sealer = ledger.sealer(&self.place.home()).await?;
            ledger.close().await;
            let sealer = sealer.ok_or(StoreError::NoFile)?;
            let pages = sealer.seal()?.ok_or(AppError::NotAtRest)?;
            let words = [("pages", pages.to_string())];
            let line = output.text("cli-audit-sealed", &words);
            Ok(Answer::done(json!({"pages": pages}), vec![line]))
        })
    }
}
