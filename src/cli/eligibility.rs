//! `eligibility`: whether a worker may apply, by which rule, and what is missing until when; and
//! the words of every condition.

use super::access::{Access, Answer, answer};
use super::body::level;
use super::output::{Exit, Output};
use crate::app::clock;
use crate::app::eligibility::WorkerEligibility;
use crate::domain::ids::WorkerId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::eligibility::{
    AppliedFor, Condition, Counted, Eligibility, Evidence, Judged, NextStep, Parts, Progress, Reach,
};
use crate::locale::Language;
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

/// Whether a worker may apply for a level or an item on a day (申报条件): by which rule, and what is
/// missing until when.
#[derive(Args)]
pub(super) struct EligibilityArgs {
    #[command(flatten)]
    access: Access,
    /// The worker's id in the ledger.
    worker: WorkerId,
    /// Occupation applied for.
    #[arg(long, requires = "level", required_unless_present = "item")]
    occupation: Option<OccupationCode>,
    /// Level applied for, 5 to 1.
    #[arg(long, value_parser = level, requires = "occupation")]
    level: Option<SkillLevel>,
    /// Or the item applied for (专项职业能力).
    #[arg(long, conflicts_with = "occupation")]
    item: Option<String>,
    /// Day of application; today if not given.
    #[arg(long)]
    on: Option<Date>,
    /// Code of the national standard it is judged by; the one of the day if not given.
    #[arg(long, requires = "standard_edition")]
    standard_code: Option<String>,
    /// Edition of that standard.
    #[arg(long, requires = "standard_code")]
    standard_edition: Option<String>,
    /// As of this position: by what was known and adopted then.
    #[arg(long)]
    at: Option<u64>,
}

impl EligibilityArgs {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let on = self.on.unwrap_or_else(clock::today);
            let query = WorkerEligibility {
                worker: self.worker,
                occupation: self.occupation,
                level: self.level,
                item: self.item,
                on: Some(on),
                standard_code: self.standard_code,
                standard_edition: self.standard_edition,
                at: self.at,
            };
            let application = query.application()?;
            let judged = ledger
                .eligibility(&actor, query.worker, &application, on, query.at)
                .await?;
            let json = json!({
                "as_of_position": judged.as_of_position,
                "worker": query.worker,
                "eligibility": judged.answer,
            });
            let exit = match judged.answer.met {
                true => Exit::Done,
                false => Exit::Refused,
            };
            Ok(Answer {
                json,
                lines: lines(output, &judged.answer),
                exit,
            })
        })
    }
}

/// What comes next, as lines of a passport.
pub(super) fn next_lines(output: &Output, steps: &[NextStep]) -> Vec<String> {
    let mut said = Vec::new();
    for step in steps {
        for answer in [&step.may_apply, &step.then].into_iter().flatten() {
            said.push(head(output, answer));
        }
    }
    said
}

fn head(output: &Output, answer: &Eligibility) -> String {
    let what = match &answer.applied_for {
        AppliedFor::Level { occupation, level } => format!("{occupation} {}", name(output, *level)),
        AppliedFor::Item { item } => item.to_string(),
    };
    let rules: Vec<&str> = answer.rules_met().collect();
    let args = [
        ("what", what),
        ("on", answer.on.to_string()),
        ("rules", rules.join("、")),
        (
            "until",
            answer.until.map(|it| it.to_string()).unwrap_or_default(),
        ),
    ];
    let key = match (answer.opened, answer.met, answer.until) {
        (false, ..) => "eligibility-not-opened",
        (_, true, _) => "eligibility-met",
        (_, _, Some(_)) => "eligibility-until",
        (_, _, None) => "eligibility-unmet",
    };
    output.text(key, &args)
}

/// An answer as people read it: the outcome, then each alternative leaf by leaf.
fn lines(output: &Output, answer: &Eligibility) -> Vec<String> {
    let cited = [
        ("code", answer.standard.code.clone()),
        ("edition", answer.standard.edition.clone()),
        ("source", answer.source.clone()),
        ("verified", unverified(output, answer.verified)),
    ];
    let mut said = vec![
        head(output, answer),
        format!("  {}", output.text("eligibility-standard", &cited)),
    ];
    for alternative in &answer.alternatives {
        let state = state(output, &alternative.judged);
        said.push(format!("  {} {}", alternative.rule, state));
        tree(output, &alternative.judged, 2, &mut said);
    }
    said
}

fn unverified(output: &Output, verified: bool) -> String {
    match verified {
        true => String::new(),
        false => output.text("cli-recognise-unverified", &[]),
    }
}

fn state(output: &Output, judged: &Judged) -> String {
    match (judged.met, judged.until) {
        (true, _) => output.text("eligibility-leaf-met", &[]),
        (false, Some(day)) => output.text("eligibility-leaf-until", &[("until", day.to_string())]),
        (false, None) => output.text("eligibility-leaf-unmet", &[]),
    }
}

fn tree(output: &Output, judged: &Judged, depth: usize, said: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let branches = match &judged.parts {
        Parts::Leaf {
            condition,
            evidence,
            progress,
        } => {
            let mut line = format!(
                "{indent}{}：{}",
                state(output, judged),
                words(output, condition)
            );
            if !judged.met {
                line.push_str(
                    &progress
                        .map(|it| of_progress(output, it))
                        .unwrap_or_default(),
                );
            }
            let evidence: Vec<String> = evidence.iter().map(|it| of_evidence(output, it)).collect();
            if !evidence.is_empty() {
                line.push_str(&format!(" [{}]", evidence.join("、")));
            }
            said.push(line);
            return;
        }
        Parts::AllOf(of) => {
            said.push(format!("{indent}{}", output.text("condition-all-of", &[])));
            of
        }
        Parts::AnyOf(of) => {
            said.push(format!("{indent}{}", output.text("condition-any-of", &[])));
            of
        }
    };
    for branch in branches {
        tree(output, branch, depth + 1, said);
    }
}

fn of_progress(output: &Output, progress: Progress) -> String {
    let (key, have, need) = match progress {
        Progress::Days { have, need } => ("eligibility-days", have, need),
        Progress::Hours { have, need } => ("eligibility-hours", have, need),
    };
    output.text(
        key,
        &[("have", have.to_string()), ("need", need.to_string())],
    )
}

fn of_evidence(output: &Output, evidence: &Evidence) -> String {
    let (kind, what) = match evidence {
        Evidence::Birth => ("birth", String::new()),
        Evidence::Application => ("application", String::new()),
        Evidence::Level {
            occupation,
            level,
            awarded_on,
            ..
        } => (
            "level",
            format!("{occupation} {} {awarded_on}", name(output, *level)),
        ),
        Evidence::Record { record } => ("record", record.to_string()),
        Evidence::Training { class, .. } => ("training", class.clone()),
        Evidence::Apprenticeship {
            occupation,
            ended_on,
        } => ("apprenticeship", format!("{occupation} {ended_on}")),
        Evidence::Shown { code } => ("shown", code.clone()),
    };
    let args = [("kind", kind.to_owned()), ("what", what)];
    output.text("eligibility-evidence", &args)
}

fn name(output: &Output, level: SkillLevel) -> &'static str {
    match output.language {
        Language::Zh => level.name_zh(),
        Language::En => level.name_en(),
    }
}

/// The stable word of a value of a list.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A leaf in the words of the trade.
fn words(output: &Output, condition: &Condition) -> String {
    let of_list = |key: &str, words: Vec<String>| {
        let said = words
            .into_iter()
            .map(|it| output.text(key, &[("word", it)]));
        let joiner = output.text("condition-or", &[]);
        said.collect::<Vec<_>>().join(&joiner)
    };
    let lapse = |years: u8, counted: Counted, reach: Reach| {
        let counted = match years {
            0 => "none".to_owned(),
            _ => word(&counted),
        };
        let args = [
            ("counted", counted),
            ("years", years.to_string()),
            ("reach", word(&reach)),
        ];
        output.text("condition-after", &args)
    };
    let (key, args) = match condition {
        Condition::AllOf { .. } => ("condition-all-of", vec![]),
        Condition::AnyOf { .. } => ("condition-any-of", vec![]),
        Condition::Age { years } => ("condition-age", vec![("years", years.to_string())]),
        Condition::Intends => ("condition-intends", vec![]),
        Condition::Works { reach } => ("condition-works", vec![("reach", word(reach))]),
        Condition::WorkYears { years, reach } => (
            "condition-work-years",
            vec![("years", years.to_string()), ("reach", word(reach))],
        ),
        Condition::Level {
            level,
            reach,
            years,
            counted,
        } => (
            "condition-level",
            vec![
                ("level", name(output, *level).to_owned()),
                ("reach", word(reach)),
                ("after", lapse(*years, *counted, *reach)),
            ],
        ),
        Condition::Study {
            schools,
            education,
            speciality,
            states,
            years,
            counted,
        } => (
            "condition-study",
            vec![
                (
                    "schools",
                    of_list("condition-school", schools.iter().map(word).collect()),
                ),
                (
                    "education",
                    of_list("condition-education", education.iter().map(word).collect()),
                ),
                (
                    "speciality",
                    if *speciality { "yes" } else { "no" }.to_owned(),
                ),
                (
                    "states",
                    of_list("condition-study-state", states.iter().map(word).collect()),
                ),
                ("after", lapse(*years, *counted, Reach::Related)),
            ],
        ),
        Condition::Title {
            grades,
            years,
            counted,
        } => (
            "condition-title",
            vec![
                (
                    "grades",
                    of_list("condition-title-grade", grades.iter().map(word).collect()),
                ),
                ("after", lapse(*years, *counted, Reach::Related)),
            ],
        ),
        Condition::Outside {
            certificate,
            reach,
            years,
            counted,
        } => (
            "condition-outside",
            vec![
                (
                    "certificate",
                    of_list("condition-certificate", vec![word(certificate)]),
                ),
                ("reach", word(reach)),
                ("after", lapse(*years, *counted, *reach)),
            ],
        ),
        Condition::Apprenticeship { reach } => {
            ("condition-apprenticeship", vec![("reach", word(reach))])
        }
        Condition::Training { hours } => (
            "condition-training",
            vec![(
                "hours",
                hours.map_or("standard".to_owned(), |it| it.to_string()),
            )],
        ),
        Condition::Stated { zh, en, .. } => {
            return match output.language {
                Language::Zh => zh.clone(),
                Language::En => en.clone(),
            };
        }
    };
    output.text(key, &args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::eligibility::built_in_standards;

    /// Every leaf of every built-in condition, said in both languages without a gap.
    #[test]
    fn every_condition_has_words() {
        let adopted = built_in_standards();
        let of_templates = adopted.templates.iter().flat_map(|it| &it.levels);
        let conditions = of_templates
            .flat_map(|it| &it.any_of)
            .map(|it| &it.condition);
        let mut seen = std::collections::BTreeSet::new();
        for leaf in conditions.flat_map(Condition::leaves) {
            for language in [Language::Zh, Language::En] {
                let output = Output {
                    json: false,
                    language,
                };
                let said = words(&output, leaf);
                assert!(!said.is_empty() && !said.contains(['{', '$']), "{said}");
                assert!(!said.contains("condition-"), "{said}");
                seen.insert(said);
            }
        }
        let zh = |text: &str| assert!(seen.contains(text), "{text}\n{seen:#?}");
        zh("年满 16 周岁");
        zh("累计从事本职业或相关职业工作满 5 年");
        zh("取得本职业或相关职业五级/初级工证书后，累计从事本职业或相关职业工作满 3 年");
        zh("取得符合专业对应关系的员级或助理级职称后，累计从事本职业或相关职业工作满 1 年");
    }
}
