//! `calendar load` and `policy notice`: what the authority lays down for its ledger.

use super::access::{Access, Answer, Once, answer};
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::app::policies::{CALENDAR_BYTES_MAX, NoticeRequest, read_calendar};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::json;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Working days (工作日历).
#[derive(Subcommand)]
pub(super) enum Calendar {
    /// Make a year's working days known.
    Load(Load),
}

#[derive(Args)]
pub(super) struct Load {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// JSON: {"year","source","holidays":[date…],"workdays":[date…]}. Holidays are weekdays not
    /// worked, workdays weekend days worked in exchange (调休上班).
    file: PathBuf,
}

/// What holds in the ledger's jurisdiction (规则).
#[derive(Subcommand)]
pub(super) enum Policy {
    /// Set the length of the public notice (公示).
    Notice(Notice),
}

#[derive(Args)]
pub(super) struct Notice {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Working days of notice; 0 for none.
    #[arg(long)]
    working_days: u16,
    /// The first day it applies.
    #[arg(long)]
    from: Date,
    /// Document it was taken from.
    #[arg(long)]
    source: String,
    /// A person compared it with the official text.
    #[arg(long)]
    verified: bool,
}

impl Calendar {
    pub(super) fn run(self, output: &Output) -> Exit {
        let Self::Load(load) = self;
        answer(output, async {
            let calendar = read_calendar(&read_bounded(&load.file)?)?;
            let (ledger, actor) = load.access.open_as(output).await?;
            let id = load.once.id(output);
            ledger.load_calendar(&actor, id, calendar.clone()).await?;
            let words = [("year", calendar.year.to_string())];
            let line = output.text("cli-calendar-loaded", &words);
            Ok(Answer::done(json!({"year": calendar.year}), vec![line]))
        })
    }
}

/// At most one byte more than a calendar may have; the reader says what is wrong with it.
fn read_bounded(path: &Path) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(CALENDAR_BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(|error| AppError::File {
            path: path.display().to_string(),
            error,
        })?;
    if bytes.len() as u64 > CALENDAR_BYTES_MAX {
        return Err(AppError::BadInput {
            what: "calendar",
            rule: "calendar-size",
        });
    }
    Ok(bytes)
}

impl Policy {
    pub(super) fn run(self, output: &Output) -> Exit {
        let Self::Notice(notice) = self;
        answer(output, async {
            let (ledger, actor) = notice.access.open_as(output).await?;
            let id = notice.once.id(output);
            let request = NoticeRequest {
                effective_from: notice.from,
                working_days: notice.working_days,
                source: notice.source,
                verified: notice.verified,
            };
            let policy = ledger.set_notice_policy(&actor, id, request).await?;
            let words = [
                ("days", policy.working_days.to_string()),
                ("from", policy.effective_from.to_string()),
            ];
            let line = output.text("cli-notice-policy-set", &words);
            Ok(Answer::done(json!(policy), vec![line]))
        })
    }
}
