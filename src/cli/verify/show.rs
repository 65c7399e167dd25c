//! How an answer is shown: one document a line, or words.

use crate::locale::{self, Language};
use crate::verify::{CheckResult, Container, Report, Shown};
use serde_json::{Value, json};
use std::io::{self, Write};

/// One file and the answer about it.
pub(super) struct Answered {
    /// The file, as it was named.
    pub name: String,
    /// What the coat was in.
    pub container: Option<Container>,
    /// The answer.
    pub report: Report,
}

impl Answered {
    pub fn write_json(&self, language: Language, out: &mut impl Write) -> io::Result<()> {
        let mut answer = self.report.to_json(language);
        answer["file"] = Value::String(self.name.clone());
        answer["container"] = json!(self.container.map(Container::name));
        serde_json::to_writer(&mut *out, &answer)?;
        writeln!(out)
    }

    pub fn write_words(&self, language: Language, out: &mut impl Write) -> io::Result<()> {
        let report = &self.report;
        let outcome = format!("outcome-{}", report.outcome.name());
        let outcome = locale::text(language, &outcome, &[]);
        let coat = report.coat.map(|coat| format!("coat-{coat}"));
        let container = self.container.map(|it| format!("container-{}", it.name()));
        let form: Vec<String> = [container, coat]
            .into_iter()
            .flatten()
            .map(|key| locale::text(language, &key, &[]))
            .collect();
        let form = match form.is_empty() {
            true => String::new(),
            false => {
                let args = [("form", form.join(" · "))];
                locale::text(language, "verify-coat", &args)
            }
        };
        writeln!(out, "{}: {outcome}{form}", self.name)?;
        if let Some(shown) = &report.certificate {
            writeln!(out, "  {}", certificate_line(shown, language))?;
            if let Some(scores) = shown.claims.scores_in_words() {
                let scores = match language {
                    Language::Zh => scores.zh,
                    Language::En => scores.en,
                };
                let told = locale::text(language, "verify-scores", &[("scores", scores)]);
                writeln!(out, "  {told}")?;
            }
        }
        for check in &report.checks {
            let mark = match check.result {
                CheckResult::Pass => '✓',
                CheckResult::Fail => '✗',
                CheckResult::Unknown => '?',
            };
            let (title, detail) = match language {
                Language::Zh => (check.title().zh, check.words().zh),
                Language::En => (check.title().en, check.words().en),
            };
            let args = [("title", title), ("detail", detail)];
            let line = locale::text(language, "verify-line", &args);
            writeln!(out, "  {mark} {line}")?;
        }
        Ok(())
    }
}

fn certificate_line(shown: &Shown, language: Language) -> String {
    let c = &shown.claims;
    let english = |name: &crate::domain::name::Name| match (language, &name.en) {
        (Language::En, Some(en)) => en.clone(),
        _ => name.zh.clone(),
    };
    let hidden = || locale::text(language, "verify-not-disclosed", &[]);
    let told = |text: Option<String>| text.unwrap_or_else(hidden);
    let level = match language {
        Language::Zh => c.attainment.grade_zh(),
        Language::En => c.attainment.grade_en(),
    };
    locale::text(
        language,
        "verify-certificate",
        &[
            ("name", told(c.holder_name.clone())),
            ("occupation", english(c.attainment.name())),
            ("level", level),
            ("number", told(c.number.as_ref().map(ToString::to_string))),
            ("body", told(c.body_name.as_ref().map(english))),
            ("issued", c.issued_on.to_string()),
        ],
    )
}
