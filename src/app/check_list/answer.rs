//! What is said of a list: one answer a row, for programs; for people in `columns`.

use super::successor;
use crate::domain::certificate::state::CertificateState;
use crate::domain::number::built_in::built_in;
use crate::domain::number::{CertificateNumber, NumberError, NumberGrammar};
use crate::domain::time::Instant;
use crate::locale::{self, Words};
use crate::sheet::results::RowProblem;
use crate::verify::{CheckId, Outcome, Report, Shown};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The answer to a list.
pub struct ListAnswer {
    /// One for each row, in order.
    pub rows: Vec<RowAnswer>,
    /// Position the answer is true at.
    pub as_of_position: u64,
    /// The time the answer is true at.
    pub as_of: Instant,
}

/// The answer to one row.
pub struct RowAnswer {
    /// The number the spreadsheet shows.
    pub row: u32,
    /// The first row with the same certificate number, if that is another one.
    pub same_number_as: Option<u32>,
    /// What was found.
    pub result: RowResult,
}

/// What was found of a row.
pub enum RowResult {
    /// 未核验: what stands in the row cannot be read.
    Unread(Vec<RowProblem>),
    /// 未查到: no such number, or another holder. What the number itself tells comes beside.
    NotFound(Option<NumberHint>),
    /// The certificate.
    Found(Box<CertificateFound>),
}

/// A certificate that number and holder led to.
#[derive(Clone)]
pub struct CertificateFound {
    /// The whole answer.
    pub outcome: Outcome,
    /// What decided, as a stable code; of a valid one, the check of its status.
    pub code: &'static str,
    /// The same in words.
    pub words: Words,
    /// Where it stands: `valid`, `suspended`, `superseded`, `revoked` and so on.
    pub state: &'static str,
    /// The number that took its place, of one that was corrected.
    pub successor: Option<CertificateNumber>,
    /// What its newest document says, the name masked; `None` if its signature does not hold.
    pub certificate: Option<Shown>,
}

impl CertificateFound {
    pub(super) fn of(report: Report, state: &CertificateState) -> Self {
        let status = report.checks.iter().find(|c| c.check == CheckId::Status);
        let deciding = report.deciding().or(status);
        Self {
            outcome: report.outcome,
            code: deciding.map_or("", |check| check.code),
            words: deciding.map_or_else(
                || locale::words("list-reason-not-found", &[]),
                crate::verify::Check::words,
            ),
            state: state.name(),
            successor: successor(state).cloned(),
            certificate: report.certificate,
        }
    }
}

/// What a number that was not found tells by itself: it follows none of the rules that come with
/// the program (证书编码规则). The ledger is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberHint {
    /// No rule makes numbers of so many characters.
    Length(usize),
    /// This part breaks the rule for numbers of its length.
    Part(&'static str),
}

impl NumberHint {
    pub(super) fn of(number: &CertificateNumber) -> Option<Self> {
        static RULES: LazyLock<Vec<NumberGrammar>> = LazyLock::new(built_in);
        let text = number.as_str();
        let mut hint = Self::Length(text.len());
        for rule in RULES.iter() {
            match rule.parse(text) {
                Ok(_) => return None,
                Err(NumberError::Part(part)) if matches!(hint, Self::Length(_)) => {
                    hint = Self::Part(part);
                }
                Err(_) => {}
            }
        }
        Some(hint)
    }

    fn words(self) -> Words {
        match self {
            Self::Length(found) => {
                locale::words("list-number-length", &[("found", found.to_string())])
            }
            Self::Part(part) => {
                locale::words("list-number-part", &[("part", part.replace(' ', "-"))])
            }
        }
    }
}

/// How many rows came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// 有效
    pub valid: usize,
    /// 无效
    pub invalid: usize,
    /// 无法核验
    pub unknown: usize,
    /// 未查到
    pub not_found: usize,
    /// 未核验
    pub unread: usize,
}

impl RowResult {
    /// The result as a stable word: `valid`, `invalid`, `unknown`, `not-found`, `unread`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unread(_) => "unread",
            Self::NotFound(_) => "not-found",
            Self::Found(found) => found.outcome.name(),
        }
    }

    /// Why, as a stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unread(problems) => problems.first().map_or("missing", |problem| problem.code),
            Self::NotFound(_) => "not-found",
            Self::Found(found) => found.code,
        }
    }

    /// The certificate, if it was found.
    pub fn found(&self) -> Option<&CertificateFound> {
        match self {
            Self::Found(found) => Some(found),
            Self::Unread(_) | Self::NotFound(_) => None,
        }
    }
}

/// Sentences one after the other.
fn together(all: &[Words]) -> Words {
    let join = |of: fn(&Words) -> &String, between: &str| {
        let parts: Vec<&str> = all.iter().map(|words| of(words).as_str()).collect();
        parts.join(between)
    };
    Words {
        zh: join(|words| &words.zh, "；"),
        en: join(|words| &words.en, "; "),
    }
}

impl RowAnswer {
    /// Why the result is what it is, in words.
    pub fn words(&self) -> Words {
        let mut said = match &self.result {
            RowResult::Unread(problems) => problems
                .iter()
                .map(|problem| locale::words(&problem.key(), &problem.args()))
                .collect(),
            RowResult::NotFound(hint) => {
                let found = locale::words("list-reason-not-found", &[]);
                hint.iter().map(|it| it.words()).chain([found]).collect()
            }
            RowResult::Found(found) => vec![found.words.clone()],
        };
        if let Some(row) = self.same_number_as {
            said.push(locale::words(
                "list-same-number",
                &[("row", row.to_string())],
            ));
        }
        together(&said)
    }

    fn to_json(&self) -> Value {
        let words = self.words();
        let found = self.result.found();
        let problems = match &self.result {
            RowResult::Unread(problems) => problems.as_slice(),
            _ => &[],
        };
        let problem = |problem: &RowProblem| {
            let words = locale::words(&problem.key(), &problem.args());
            json!({"field": problem.field, "field_en": problem.field_en, "code": problem.code,
                "zh": words.zh, "en": words.en})
        };
        json!({
            "row": self.row,
            "result": self.result.name(),
            "code": self.result.code(),
            "zh": words.zh,
            "en": words.en,
            "state": found.map(|found| found.state),
            "successor": found.and_then(|found| found.successor.as_ref()),
            "same_number_as": self.same_number_as,
            "problems": problems.iter().map(problem).collect::<Vec<_>>(),
            "certificate": found.and_then(|it| it.certificate.as_ref()).map(Shown::to_json),
        })
    }
}

impl ListAnswer {
    /// How many rows came out how.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match &row.result {
                RowResult::Unread(_) => counts.unread += 1,
                RowResult::NotFound(_) => counts.not_found += 1,
                RowResult::Found(found) => match found.outcome {
                    Outcome::Valid => counts.valid += 1,
                    Outcome::Invalid => counts.invalid += 1,
                    Outcome::Unknown => counts.unknown += 1,
                },
            }
        }
        counts
    }

    /// The worst of it: invalid before unknown before valid. What was not found or not read could
    /// not be checked.
    pub fn outcome(&self) -> Outcome {
        let counts = self.counts();
        if counts.invalid > 0 {
            Outcome::Invalid
        } else if counts.valid < self.rows.len() || self.rows.is_empty() {
            Outcome::Unknown
        } else {
            Outcome::Valid
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        json!({
            "outcome": self.outcome(),
            "counts": self.counts(),
            "as_of": self.as_of.to_string(),
            "as_of_position": self.as_of_position,
            "rows": self.rows.iter().map(RowAnswer::to_json).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_by_itself_which_rule_it_breaks() {
        let hint = |number: &str| NumberHint::of(&number.parse().unwrap());
        assert_eq!(hint("S000032000012263000001"), None);
        assert_eq!(hint("S00003200001226300000"), Some(NumberHint::Length(21)));
        assert_eq!(
            hint("S0000990000122630000010"),
            Some(NumberHint::Length(23))
        );
        assert_eq!(
            hint("S000099000012263000001"),
            Some(NumberHint::Part("province"))
        );
        let parts = [
            "kind letter",
            "body code",
            "province",
            "site sequence",
            "year",
            "level",
        ];
        let more = ["item", "serial", "fixed part"];
        let said = parts.iter().chain(&more).map(|part| NumberHint::Part(part));
        let mut seen = std::collections::BTreeSet::new();
        for hint in said.chain([NumberHint::Length(3)]) {
            let words = hint.words();
            assert!(seen.insert(words.zh.clone()), "{words:?}");
            assert!(
                !words.zh.contains('{') && !words.en.contains('{'),
                "{words:?}"
            );
        }
    }

    #[test]
    fn the_worst_row_is_the_answer_to_the_list() {
        let row = |result| RowAnswer {
            row: 2,
            same_number_as: None,
            result,
        };
        let found = |outcome| {
            RowResult::Found(Box::new(CertificateFound {
                outcome,
                code: "register-active",
                words: locale::words("list-reason-not-found", &[]),
                state: "valid",
                successor: None,
                certificate: None,
            }))
        };
        let list = |results: Vec<RowResult>| ListAnswer {
            rows: results.into_iter().map(row).collect(),
            as_of_position: 7,
            as_of: Instant(0),
        };
        use Outcome::{Invalid, Unknown, Valid};
        let missing = || RowResult::NotFound(None);
        assert_eq!(list(vec![found(Valid), found(Valid)]).outcome(), Valid);
        assert_eq!(list(vec![found(Valid), missing()]).outcome(), Unknown);
        let unread = RowResult::Unread(Vec::new());
        assert_eq!(list(vec![found(Valid), unread]).outcome(), Unknown);
        assert_eq!(list(vec![found(Valid), found(Unknown)]).outcome(), Unknown);
        assert_eq!(list(vec![missing(), found(Invalid)]).outcome(), Invalid);
        assert_eq!(list(Vec::new()).outcome(), Unknown);
    }
}
