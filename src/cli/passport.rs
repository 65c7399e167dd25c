//! `passport`: everything of one worker on one timeline.

use super::access::{Access, Answer, At, answer};
use super::eligibility::next_lines;
use super::output::{Exit, Output};
use super::recognise;
use crate::app::document::read_document;
use crate::app::micro_skills::MicroStack;
use crate::app::recognition::Viewpoint;
use crate::app::{AppError, clock};
use crate::domain::ids::WorkerId;
use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::HeldBy;
use crate::domain::worker::review_due::{Doubtful, ReviewDue};
use crate::view::passport::PassportEntry;
use clap::Args;
use serde::Deserialize;
use serde_json::json;

/// Everything of one worker on one timeline (技能护照).
#[derive(Args)]
pub(super) struct Passport {
    #[command(flatten)]
    access: Access,
    /// The worker's id in the ledger.
    #[arg(required_unless_present = "document_number")]
    worker: Option<WorkerId>,
    /// Or the number of his identity document.
    #[arg(long)]
    document_number: Option<String>,
    /// Kind of that document, in Chinese words.
    #[arg(long, default_value = "居民身份证")]
    document_type: String,
    #[command(flatten)]
    at: At,
}

impl Passport {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let worker = match (self.worker, &self.document_number) {
                (Some(worker), _) => worker,
                (None, Some(number)) => {
                    let document = read_document(&self.document_type, number)?;
                    ledger.find_worker(&document).await?
                }
                (None, None) => return Err(AppError::NotFound { what: "worker" }),
            };
            let passport = ledger.passport(&actor, worker, self.at.at).await?;
            let entries: Vec<_> = passport
                .value
                .iter()
                .map(|e| json!({"position": e.position, "kind": e.kind, "data": e.data}))
                .collect();
            let position = Some(passport.position);
            let held = match ledger.held_by(worker, position).await {
                Err(AppError::NotFound { .. }) => Vec::new(),
                held => held?,
            };
            let viewpoint = Viewpoint {
                position,
                ..Viewpoint::default()
            };
            let leads_to = ledger.recognise(&held, clock::today(), &viewpoint).await?;
            let next = ledger.next_steps(&actor, worker, clock::today(), position);
            let next = match next.await {
                Err(AppError::NotFound { .. }) => Vec::new(),
                next => next?.answer,
            };
            let today = clock::today();
            let micro_skills = ledger.micro_skills(worker, today, position).await?;
            let due = ledger.reviews_due(worker, position).await?;
            let json = json!({
                "worker": worker,
                "as_of_position": passport.position,
                "entries": entries,
                "micro_skills": micro_skills,
                "reviews_due": due,
                "recognitions": leads_to,
                "next": next,
            });
            let words = [
                ("worker", worker.to_string()),
                ("position", passport.position.to_string()),
            ];
            let mut lines = vec![output.text("cli-passport-title", &words)];
            lines.extend(passport.value.iter().map(|entry| line(output, entry)));
            if passport.value.is_empty() {
                lines.push(output.text("cli-passport-empty", &[]));
            }
            lines.extend(micro_skills.iter().map(|stack| stacked(output, stack)));
            lines.extend(due.iter().map(|it| review_due(output, it)));
            if !leads_to.is_empty() {
                lines.push(output.text("recognition-leads-to", &[]));
                lines.extend(
                    leads_to
                        .iter()
                        .flat_map(|it| recognise::lines(output, it))
                        .map(|line| format!("  {line}")),
                );
            }
            lines.extend(next_lines(output, &next));
            Ok(Answer::done(json, lines))
        })
    }
}

/// The micro-skills of one occupation as a line: those held, and how many are still open.
fn stacked(output: &Output, stack: &MicroStack) -> String {
    let held: Vec<&str> = stack.held.iter().map(|it| it.name.zh.as_str()).collect();
    let occupation = stack.occupation.map(|of| of.to_string());
    let words = [
        ("occupation", occupation.unwrap_or_else(|| "–".to_owned())),
        ("held", held.len().to_string()),
        ("open", stack.open.len().to_string()),
        ("names", held.join("、")),
    ];
    output.text("cli-passport-micro-skills", &words)
}

/// What is to be looked at again, as a line.
fn review_due(output: &Output, due: &ReviewDue) -> String {
    let what = match due.doubtful {
        Doubtful::Level { by } => output.text(
            "cli-passport-doubtful-level",
            &[("by", HeldBy::from(by).to_string())],
        ),
        Doubtful::Recognition { recognition } => output.text(
            "cli-passport-doubtful-recognition",
            &[("recognition", recognition.to_string())],
        ),
    };
    let words = [
        ("what", what),
        ("rested_on", due.rested_on.to_string()),
        ("on", due.fallen_on.to_string()),
    ];
    output.text("cli-passport-review-due", &words)
}

/// The level an entry speaks of, by its official name.
fn level(data: &serde_json::Value) -> String {
    data.get("level")
        .and_then(|level| SkillLevel::deserialize(level).ok())
        .map(|level| level.name_zh().to_owned())
        .unwrap_or_default()
}

/// One entry as a line: kind and what a person looks for in it.
pub(super) fn line(output: &Output, entry: &PassportEntry) -> String {
    let kind = output.text(
        &format!("passport-{}", entry.kind.replace(['.', '_'], "-")),
        &[],
    );
    let text = |path: &[&str]| {
        let found = path
            .iter()
            .try_fold(&entry.data, |value, key| value.get(key));
        found
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let on = ["awarded_on", "issued_on", "to", "on", "assessed_on"]
        .iter()
        .map(|key| text(&[key]))
        .find(|on| !on.is_empty())
        .unwrap_or_default();
    let words: Vec<String> = [
        text(&["course"]),
        text(&["title", "name"]),
        text(&["to", "name"]),
        text(&["occupation_name", "zh"]),
        text(&["name", "zh"]),
        level(&entry.data),
        text(&["number"]),
        text(&["ground"]),
    ]
    .into_iter()
    .filter(|word| !word.is_empty())
    .collect();
    format!("{on}  {kind}  {}", words.join("  "))
}

#[cfg(test)]
mod tests {
    use crate::domain::event::Event;
    use crate::domain::ids::StreamKind;
    use crate::locale::{self, Language};

    #[test]
    fn every_kind_of_entry_has_words() {
        let on_it = [StreamKind::Worker, StreamKind::Certificate];
        let types = Event::types().into_iter();
        let kinds =
            types.filter(|(kind, name, _)| on_it.contains(kind) && !name.starts_with("proposal."));
        for (_, name, _) in kinds {
            let key = format!("passport-{}", name.replace(['.', '_'], "-"));
            for language in [Language::Zh, Language::En] {
                assert_ne!(locale::text(language, &key, &[]), key);
            }
        }
    }
}
