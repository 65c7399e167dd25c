//! `trust export`: what verifiers need, as files for any web server.

use super::access::{Access, Answer, answer};
use super::output::{Exit, Output};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Trust list, DID documents and status lists (信任列表).
#[derive(Subcommand)]
pub(super) enum Trust {
    /// Publish what has news, then write everything as files.
    Export(Export),
}

#[derive(Args)]
pub(super) struct Export {
    #[command(flatten)]
    access: Access,
    /// Folder to write into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Trust {
    pub(super) fn run(self, output: &Output) -> Exit {
        let Self::Export(export) = self;
        answer(output, async {
            let (ledger, actor) = export.access.open_as(output).await?;
            let published = ledger.publish_all(&actor).await?;
            let files = ledger.write_trust_files(&export.out).await?;
            let words = [
                ("published", published.to_string()),
                ("file", files.trust_list.display().to_string()),
                ("dids", files.did_documents.len().to_string()),
                ("lists", files.status_lists.len().to_string()),
            ];
            let json = json!({
                "published": published,
                "trust_list": files.trust_list,
                "did_documents": files.did_documents,
                "status_lists": files.status_lists,
                "token_documents": files.token_documents,
                "checkpoint": files.checkpoint,
            });
            Ok(Answer::done(
                json,
                vec![output.text("cli-trust-exported", &words)],
            ))
        })
    }
}
