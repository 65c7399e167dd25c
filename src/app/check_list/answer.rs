//! What is said of a list: one answer a row, for programs; for people in `columns`.

use super::number_hint::NumberHint;
use crate::domain::certificate::state::CertificateState;
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::locale::{self, Words};
use crate::sheet::results::RowProblem;
use crate::verify::{CheckId, Outcome, Report, Shown};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The answer to a list.
#[derive(Clone, PartialEq)]
pub struct ListAnswer {
    /// One for each row, in order.
    pub rows: Vec<RowAnswer>,
    /// Position the answer is true at.
    pub as_of_position: u64,
    /// The time the answer is true at.
    pub as_of: Instant,
}

/// How a row came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowResult {
    /// 有效
    Valid,
    /// 无效: revoked, suspended, corrected, or a check failed.
    Invalid,
    /// 无法核验: nothing failed, something could not be checked.
    Unknown,
    /// 未查到: no such number, or another holder.
    NotFound,
    /// 未核验: what stands in the row cannot be read.
    Unread,
}

impl RowResult {
    /// The word in answers and message keys (`list-result-…`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unknown => "unknown",
            Self::NotFound => "not-found",
            Self::Unread => "unread",
        }
    }
}

impl From<Outcome> for RowResult {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Valid => Self::Valid,
            Outcome::Invalid => Self::Invalid,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

/// The answer to one row.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct RowAnswer {
    /// The number the spreadsheet shows.
    pub row: u32,
    /// How it came out.
    pub result: RowResult,
    /// Why, as a stable code: the check that decided; of a valid row, that of its status.
    pub code: String,
    /// The same in words.
    #[serde(flatten)]
    pub words: Words,
    /// The first row with the same certificate number, if that is another one.
    pub same_number_as: Option<u32>,
    /// What cannot be read of the row.
    pub problems: Vec<CellProblem>,
    /// Where the certificate stands: `valid`, `suspended`, `superseded`, `revoked` and so on.
    pub state: Option<String>,
    /// The number that took its place, of one that was corrected.
    pub successor: Option<CertificateNumber>,
    /// 等级
    pub level: Option<Words>,
    /// 职业, or what else it attests.
    pub occupation: Option<Words>,
    /// 发证机构
    pub body: Option<Words>,
    /// 发证日期 of the newest issue.
    pub issued_on: Option<Date>,
    /// All that its newest document says, the name masked; none if its signature does not hold.
    pub certificate: Option<Value>,
}

/// What is wrong with one cell: its shape, never what it says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// The column.
    pub field: String,
    /// Its English name.
    pub field_en: String,
    /// A stable code.
    pub code: String,
    /// What is wrong, in words.
    #[serde(flatten)]
    pub words: Words,
}

impl RowAnswer {
    fn bare(row: u32, result: RowResult, code: &str, words: Words) -> Self {
        Self {
            row,
            result,
            code: code.to_owned(),
            words,
            same_number_as: None,
            problems: Vec::new(),
            state: None,
            successor: None,
            level: None,
            occupation: None,
            body: None,
            issued_on: None,
            certificate: None,
        }
    }

    /// A row that cannot be read.
    pub fn unread(row: u32, problems: &[RowProblem]) -> Self {
        let problems: Vec<CellProblem> = problems
            .iter()
            .map(|problem| CellProblem {
                field: problem.field.to_owned(),
                field_en: problem.field_en.to_owned(),
                code: problem.code.to_owned(),
                words: locale::words(&problem.key(), &problem.args()),
            })
            .collect();
        let code = problems.first().map_or("missing", |it| it.code.as_str());
        let words: Vec<&Words> = problems.iter().map(|it| &it.words).collect();
        Self {
            problems: problems.clone(),
            ..Self::bare(row, RowResult::Unread, code, together(&words))
        }
    }

    /// A row that leads to no certificate: what its number tells by itself, and no more.
    pub(super) fn not_found(row: u32, number: &CertificateNumber) -> Self {
        let hint = NumberHint::of(number).map(NumberHint::words);
        let found = locale::words("list-reason-not-found", &[]);
        let words: Vec<&Words> = hint.iter().chain([&found]).collect();
        Self::bare(row, RowResult::NotFound, "not-found", together(&words))
    }

    /// A row that leads to this certificate.
    pub(super) fn found(row: u32, report: &Report, state: &CertificateState) -> Self {
        let status = report.checks.iter().find(|c| c.check == CheckId::Status);
        let deciding = report.deciding().or(status);
        let words = deciding.map_or_else(
            || locale::words("list-reason-not-found", &[]),
            crate::verify::Check::words,
        );
        let code = deciding.map_or("", |check| check.code);
        let claims = report.certificate.as_ref().map(|shown| &shown.claims);
        let named = |name: &crate::domain::name::Name| Words {
            zh: name.zh.clone(),
            en: name.en.clone().unwrap_or_else(|| name.zh.clone()),
        };
        Self {
            state: Some(state.name().to_owned()),
            successor: match state {
                CertificateState::Superseded { by, .. } => Some(by.by.clone()),
                _ => None,
            },
            level: claims.map(|it| Words {
                zh: it.attainment.grade_zh(),
                en: it.attainment.grade_en(),
            }),
            occupation: claims.map(|it| named(it.attainment.name())),
            body: claims.and_then(|it| it.body_name.as_ref()).map(named),
            issued_on: claims.map(|it| it.issued_on),
            certificate: report.certificate.as_ref().map(Shown::to_json),
            ..Self::bare(row, report.outcome.into(), code, words)
        }
    }

    /// The same answer to another row with the same certificate.
    pub(super) fn at(&self, row: u32) -> Self {
        Self {
            row,
            ..self.clone()
        }
    }

    /// Says which earlier row has the same number.
    pub(super) fn with_same_number(mut self, earlier: Option<u32>) -> Self {
        if let Some(row) = earlier {
            let same = locale::words("list-same-number", &[("row", row.to_string())]);
            self.words = together(&[&self.words, &same]);
            self.same_number_as = earlier;
        }
        self
    }
}

/// Sentences one after the other.
fn together(all: &[&Words]) -> Words {
    let join = |of: fn(&Words) -> &String, between: &str| {
        let parts: Vec<&str> = all.iter().map(|words| of(words).as_str()).collect();
        parts.join(between)
    };
    Words {
        zh: join(|words| &words.zh, "；"),
        en: join(|words| &words.en, "; "),
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

impl ListAnswer {
    /// How many rows came out how.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match row.result {
                RowResult::Valid => counts.valid += 1,
                RowResult::Invalid => counts.invalid += 1,
                RowResult::Unknown => counts.unknown += 1,
                RowResult::NotFound => counts.not_found += 1,
                RowResult::Unread => counts.unread += 1,
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
            "rows": self.rows,
        })
    }

    /// The answer that JSON of [`to_json`](Self::to_json) says; `None` if it says none.
    pub fn from_json(told: Value) -> Option<Self> {
        #[derive(Deserialize)]
        struct Told {
            as_of: String,
            as_of_position: u64,
            rows: Vec<RowAnswer>,
        }
        let told: Told = serde_json::from_value(told).ok()?;
        let as_of: jiff::Timestamp = told.as_of.parse().ok()?;
        Some(Self {
            rows: told.rows,
            as_of_position: told.as_of_position,
            as_of: Instant(as_of.as_microsecond()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(result: RowResult) -> RowAnswer {
        let words = locale::words("list-reason-not-found", &[]);
        RowAnswer::bare(2, result, "code", words)
    }

    fn list(results: &[RowResult]) -> ListAnswer {
        ListAnswer {
            rows: results.iter().map(|result| row(*result)).collect(),
            as_of_position: 7,
            as_of: Instant(1_783_873_800_500_000),
        }
    }

    #[test]
    fn the_worst_row_is_the_answer_to_the_list() {
        use RowResult::{Invalid, NotFound, Unknown, Unread, Valid};
        for (rows, outcome) in [
            (&[Valid, Valid][..], Outcome::Valid),
            (&[Valid, NotFound], Outcome::Unknown),
            (&[Valid, Unread], Outcome::Unknown),
            (&[Valid, Unknown], Outcome::Unknown),
            (&[NotFound, Invalid, Unread], Outcome::Invalid),
            (&[], Outcome::Unknown),
        ] {
            assert_eq!(list(rows).outcome(), outcome, "{rows:?}");
        }
    }

    #[test]
    fn an_answer_is_read_as_it_was_told() {
        let mut answer = list(&[RowResult::Valid, RowResult::NotFound]);
        let first = &mut answer.rows[0];
        first.state = Some("superseded".into());
        first.successor = "S000032000012263000001".parse().ok();
        first.issued_on = "2026-03-12".parse().ok();
        first.certificate = Some(json!({"number": "S000032000012263000001"}));
        answer.rows[1] = answer.rows[1].clone().with_same_number(Some(2));
        let told = answer.to_json();
        assert_eq!(told["rows"][1]["same_number_as"], 2);
        assert!(ListAnswer::from_json(told.clone()) == Some(answer));
        for other in [
            json!({}),
            json!([]),
            json!({"rows": [], "as_of": 1, "as_of_position": 1}),
        ] {
            assert!(ListAnswer::from_json(other).is_none());
        }
    }
}
