//! `issue`: the certificates of a closed session.

use super::access::{Access, Answer, Once, answer};
use super::output::{Exit, Output};
use super::progress::Bar;
use crate::domain::ids::SessionId;
use clap::Args;
use jiff::civil::Date;
use serde_json::json;
use std::path::PathBuf;

/// Issues the certificates of a closed session (发证).
#[derive(Args)]
pub(super) struct Issue {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which session.
    #[arg(long)]
    session: SessionId,
    /// 发证日期; today if not given.
    #[arg(long)]
    on: Option<Date>,
    /// Folder for the certificates and their proofs; certificates/SESSION in the data directory
    /// if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Issue {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            let on = ledger.day_of(id, self.on).await?;
            let bar = Bar::new(output, "cli-progress-sign");
            let issued = ledger
                .issue_certificates(&actor, id, self.session, on, &|done, all| {
                    bar.set(done, all)
                })
                .await?;
            bar.finish();
            let folder = self.out.unwrap_or_else(|| {
                ledger
                    .dir()
                    .join("certificates")
                    .join(self.session.to_string())
            });
            let bar = Bar::new(output, "cli-progress-write");
            let files = ledger
                .write_certificates(&issued.issued, &folder, &|done, all| bar.set(done, all))
                .await?;
            bar.finish();
            let numbers: Vec<&str> = issued
                .issued
                .iter()
                .map(|issued| issued.number.as_str())
                .collect();
            let words = [
                ("count", numbers.len().to_string()),
                (
                    "first",
                    numbers.first().copied().unwrap_or_default().to_owned(),
                ),
                (
                    "last",
                    numbers.last().copied().unwrap_or_default().to_owned(),
                ),
                ("folder", folder.display().to_string()),
            ];
            let json = json!({
                "session": self.session,
                "count": numbers.len(),
                "numbers": numbers,
                "folder": folder,
                "files": files.len(),
                "repeated": issued.repeated,
            });
            Ok(Answer::done(json, vec![output.text("cli-issued", &words)]))
        })
    }
}
