//! `staff`: all of one member of staff, may a teacher teach on a day, a school's share of certified
//! teachers. What is written about staff comes from the list of operations.

use super::access::{Access, Answer, At, answer};
use super::output::{Exit, Output};
use crate::app::query::Query as _;
use crate::app::staff::queries::{CertifiedTeachers, MayTeach, ShowStaff};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::SubjectId;
use crate::domain::occupation::OccupationCode;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::Value;

/// People who assess and teach (师资、考评与督导人员).
#[derive(Subcommand)]
pub(super) enum Staff {
    /// All of one member of staff (人员档案).
    Show(Show),
    /// Whether a teacher may teach on a day, and why not (能否授课).
    MayTeach(May),
    /// How many of a school's teachers are certified (教师持证率).
    CertifiedShare(Share),
}

/// Who is meant.
#[derive(Args)]
struct Meant {
    /// His pseudonym in the ledger.
    #[arg(long, required_unless_present = "number")]
    staff: Option<SubjectId>,
    /// Or the number of a card of his (证卡编号).
    #[arg(long)]
    number: Option<String>,
}

#[derive(Args)]
pub(super) struct Show {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    meant: Meant,
    #[command(flatten)]
    at: At,
}

#[derive(Args)]
pub(super) struct May {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    meant: Meant,
    /// The occupation taught.
    #[arg(long)]
    occupation: OccupationCode,
    /// The day; today if not given.
    #[arg(long)]
    on: Option<Date>,
    #[command(flatten)]
    at: At,
}

#[derive(Args)]
pub(super) struct Share {
    #[command(flatten)]
    access: Access,
    /// The school's 统一社会信用代码.
    #[arg(long)]
    body: CreditCode,
    /// Only teachers of this occupation.
    #[arg(long)]
    occupation: Option<OccupationCode>,
    /// The day; today if not given.
    #[arg(long)]
    on: Option<Date>,
    #[command(flatten)]
    at: At,
}

impl Staff {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Show(show) => answer(output, async {
                let (ledger, actor) = show.access.open_as(output).await?;
                let query = ShowStaff {
                    staff: show.meant.staff,
                    number: show.meant.number,
                    at: show.at.at,
                };
                let found = query.answer(&ledger, &actor).await?;
                let lines = shown(output, &found);
                Ok(Answer::done(found, lines))
            }),
            Self::MayTeach(may) => answer(output, async {
                let (ledger, actor) = may.access.open_as(output).await?;
                let query = MayTeach {
                    staff: may.meant.staff,
                    number: may.meant.number,
                    occupation: may.occupation,
                    on: may.on,
                    at: may.at.at,
                };
                let found = query.answer(&ledger, &actor).await?;
                let lines = leave(output, &found);
                Ok(Answer::done(found, lines))
            }),
            Self::CertifiedShare(share) => answer(output, async {
                let (ledger, actor) = share.access.open_as(output).await?;
                let query = CertifiedTeachers {
                    body: share.body,
                    occupation: share.occupation,
                    on: share.on,
                    at: share.at.at,
                };
                let found = query.answer(&ledger, &actor).await?;
                let mut lines = vec![say(output, "cli-staff-share", &found)];
                for gate in list(&found, "gates") {
                    lines.push(say(output, "cli-staff-gate", gate));
                }
                Ok(Answer::done(found, lines))
            }),
        }
    }
}

/// A line whose words are filled with the members of a value.
fn say(output: &Output, key: &str, value: &Value) -> String {
    let text = |it: &Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
    let members = value.as_object().into_iter().flatten();
    let words: Vec<(&str, String)> = members
        .map(|(name, it)| (name.as_str(), text(it)))
        .collect();
    output.text(key, &words)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let found = value.get(name).and_then(Value::as_array);
    found.map_or(&[], Vec::as_slice)
}

fn shown(output: &Output, found: &Value) -> Vec<String> {
    let text = |name: &str| found.get(name).map(Value::to_string).unwrap_or_default();
    let title = [
        ("staff", text("staff").replace('"', "")),
        ("position", text("as_of_position")),
    ];
    let mut lines = vec![output.text("cli-staff-title", &title)];
    for card in list(found, "cards") {
        lines.push(say(output, "cli-staff-card", card));
    }
    let names = [
        "endorsements",
        "engagements",
        "relations",
        "taught",
        "trained",
        "appointments",
    ];
    let counts = names.map(|name| (name, list(found, name).len().to_string()));
    lines.push(output.text("cli-staff-counts", &counts));
    lines
}

fn leave(output: &Output, found: &Value) -> Vec<String> {
    if let Some(reason) = found.get("reason") {
        let language = match output.language {
            crate::locale::Language::Zh => "zh",
            crate::locale::Language::En => "en",
        };
        let why = reason.get("words").and_then(|it| it.get(language));
        let why = why.and_then(Value::as_str).unwrap_or_default().to_owned();
        let on = found.get("on").and_then(Value::as_str).unwrap_or_default();
        let words = [("on", on.to_owned()), ("why", why)];
        return vec![output.text("cli-staff-may-not-teach", &words)];
    }
    let mut lines = vec![say(output, "cli-staff-may-teach", found)];
    let days =
        ["card_to", "endorsed_to"].map(|name| found.get("leave").and_then(|it| it.get(name)));
    // Dates of one form: the earlier one is the smaller text.
    let until = days.into_iter().flatten().filter_map(Value::as_str).min();
    if let Some(until) = until {
        let words = [("until", until.to_owned())];
        lines.push(output.text("cli-staff-may-teach-until", &words));
    }
    lines
}
