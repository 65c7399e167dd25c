//! What a verification says.

use crate::credential::status_details::StatusDetail;
use crate::credential::{Coat, Disclosed};
use crate::domain::attainment::Attainment;
use crate::domain::name::Name;
use crate::domain::score::Scores;
use crate::domain::time::Instant;
use crate::locale::{self, Language, Words};
use serde::Serialize;
use serde_json::{Value, json};

/// The whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 有效: every check that counts passed.
    Valid,
    /// 无效: a check failed.
    Invalid,
    /// 无法核验: nothing failed, something could not be checked.
    Unknown,
}

impl Outcome {
    /// The word in reports and message keys (`outcome-…`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unknown => "unknown",
        }
    }
}

/// What is checked. The ids are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckId {
    /// The trust list is there, signed, the pinned one, and not too old.
    TrustList,
    /// The bytes have exactly the form of a certificate.
    Form,
    /// (i) The body's signature holds over them, strictly.
    Signature,
    /// (ii) The body was accredited for occupation, level and region at the log position.
    Accreditation,
    /// (iii) The certificate is in the log, under a checkpoint the log signed.
    Inclusion,
    /// (iii) That checkpoint has the cosignatures that the verifier's policy asks for; only where
    /// there is one.
    Witnesses,
    /// (iv) It is not ended, suspended or superseded, as of a stated time.
    Status,
    /// The key was in use at the log position.
    KeyValidity,
    /// (v) The log position precedes any compromise declared for the key.
    KeyCompromise,
    /// The day of issue has come.
    Dates,
}

impl CheckId {
    /// The id in reports and message keys (`verify-check-…`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::TrustList => "trust-list",
            Self::Form => "form",
            Self::Signature => "signature",
            Self::Accreditation => "accreditation",
            Self::Inclusion => "inclusion",
            Self::Witnesses => "witnesses",
            Self::Status => "status",
            Self::KeyValidity => "key-validity",
            Self::KeyCompromise => "key-compromise",
            Self::Dates => "dates",
        }
    }
}

/// How one check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckResult {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// It could not be checked.
    Unknown,
}

impl CheckResult {
    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub check: CheckId,
    /// How it came out.
    pub result: CheckResult,
    /// Why, as a stable code; its words have the message key `verify-CODE`.
    pub code: &'static str,
    /// What it was judged against.
    pub args: Vec<(&'static str, String)>,
    /// Whether an `unknown` here makes the whole `unknown`; not so where the verifier did not ask.
    pub counts: bool,
}

impl Check {
    pub(super) fn new(check: CheckId, result: CheckResult, code: &'static str) -> Self {
        Self {
            check,
            result,
            code,
            args: Vec::new(),
            counts: true,
        }
    }
    pub(super) fn pass(check: CheckId, code: &'static str) -> Self {
        Self::new(check, CheckResult::Pass, code)
    }
    pub(super) fn fail(check: CheckId, code: &'static str) -> Self {
        Self::new(check, CheckResult::Fail, code)
    }
    pub(super) fn unknown(check: CheckId, code: &'static str) -> Self {
        Self::new(check, CheckResult::Unknown, code)
    }
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    /// The line's explanation in both languages.
    pub fn words(&self) -> Words {
        locale::words(&format!("verify-{}", self.code), &self.args)
    }
    /// The name of what was checked, in both languages.
    pub fn title(&self) -> Words {
        locale::words(&format!("verify-check-{}", self.check.name()), &[])
    }
}

/// A certificate as it may be shown: only after its signature held.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it discloses.
    pub claims: Disclosed,
    /// What its newest status says; `None` if that could not be checked.
    pub state: Option<&'static str>,
    /// Ground, successor and reissues, where signed details give them.
    pub detail: Option<StatusDetail>,
}

impl Shown {
    /// As JSON: the member `certificate` of a report.
    pub fn to_json(&self) -> Value {
        let c = &self.claims;
        let what = &c.attainment;
        let kind = what.kind();
        let named = |name: &Name| json!({"zh": name.zh, "en": name.en});
        let occupation = match what {
            Attainment::Level {
                occupation,
                occupation_name: name,
                ..
            }
            | Attainment::Enterprise {
                occupation,
                occupation_name: name,
                ..
            } => json!({"code": occupation, "zh": name.zh, "en": name.en}),
            Attainment::MicroSkill { of: Some(code), .. } => json!({"code": code}),
            Attainment::SpecialSkill { .. } | Attainment::MicroSkill { of: None, .. } => {
                Value::Null
            }
        };
        let item = match what {
            Attainment::SpecialSkill { item, name } | Attainment::MicroSkill { item, name, .. } => {
                json!({"code": item, "zh": name.zh, "en": name.en})
            }
            Attainment::Level { .. } | Attainment::Enterprise { .. } => Value::Null,
        };
        let enterprise = match what {
            Attainment::Enterprise { name, grade, .. } => {
                json!({"name": named(name), "grade": grade})
            }
            _ => Value::Null,
        };
        let level = what.level().map(|level| {
            let code = match level.digit() {
                Some(digit) => json!(digit),
                None => json!(level),
            };
            json!({"code": code, "zh": level.name_zh(), "en": level.name_en()})
        });
        json!({
            "kind": kind,
            "certificate": {"zh": kind.certificate_zh(), "en": kind.certificate_en()},
            "number": c.number,
            "complete": c.complete,
            "name": c.holder_name,
            "document_type": c.document_type,
            "document_last4": c.document_last4,
            "occupation": occupation,
            "work_type": what.work_type(),
            "level": level,
            "item": item,
            "enterprise": enterprise,
            "route": c.route.map(|route| json!({"code": route, "zh": route.name_zh()})),
            "standard": c.standard,
            "region": {"code": c.region, "name": c.region_name},
            "body": {"did": c.did, "zh": c.body_name.as_ref().map(|name| &name.zh),
                "en": c.body_name.as_ref().and_then(|name| name.en.as_ref()),
                "credit_code": c.credit_code},
            "session": c.session,
            "assessed_on": c.assessed_on,
            "issued_on": c.issued_on,
            "issue": c.issue,
            "newest_issue": self.detail.as_ref().and_then(|d| d.issue),
            "supersedes": c.supersedes,
            "twin": c.twin,
            "scores": c.scores.map(shown_scores),
            "state": self.state,
            "ground": self.detail.as_ref().and_then(|d| d.ground.clone()),
            "since": self.detail.as_ref().and_then(|d| d.on),
            "successor": self.detail.as_ref().and_then(|d| d.successor.clone()),
        })
    }
}

/// By component, as text: `{"skill":"90.0","theory":"87.5"}`.
fn shown_scores(scores: Scores) -> Value {
    let given = scores.given();
    let shown =
        given.map(|(component, score)| (component.name().to_owned(), json!(score.to_string())));
    Value::Object(shown.collect())
}

/// The answer to one verification.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    /// Which coat was read; `None` if none was recognised.
    pub coat: Option<Coat>,
    /// The whole answer.
    pub outcome: Outcome,
    /// The checks made, in order.
    pub checks: Vec<Check>,
    /// The time the status is true at, if it was checked.
    pub as_of: Option<Instant>,
    /// What the certificate says; `None` unless its signature held.
    pub certificate: Option<Shown>,
}

impl Report {
    pub(super) fn of(
        coat: Option<Coat>,
        checks: Vec<Check>,
        as_of: Option<Instant>,
        certificate: Option<Shown>,
    ) -> Self {
        let any = |result| {
            let mut checks = checks.iter();
            checks.any(|c| c.result == result && (c.counts || result == CheckResult::Fail))
        };
        let outcome = if any(CheckResult::Fail) {
            Outcome::Invalid
        } else if any(CheckResult::Unknown) {
            Outcome::Unknown
        } else {
            Outcome::Valid
        };
        Self {
            coat,
            outcome,
            checks,
            as_of,
            certificate,
        }
    }

    /// The check that decided: the first that failed, else the first that could not be made; `None`
    /// if all passed. Without the proof other checks are unknown too; then it is the missing proof.
    pub fn deciding(&self) -> Option<&Check> {
        let first = |result| {
            let mut checks = self.checks.iter();
            checks.find(|c| c.result == result && (c.counts || result == CheckResult::Fail))
        };
        let unproved = || {
            let mut checks = self.checks.iter();
            checks.find(|c| {
                c.check == CheckId::Inclusion && c.counts && c.result == CheckResult::Unknown
            })
        };
        first(CheckResult::Fail)
            .or_else(unproved)
            .or_else(|| first(CheckResult::Unknown))
    }

    /// The answer about a file that was not read: `form-too-large` or `form-unreadable`.
    pub fn not_read(code: &'static str) -> Self {
        let check = Check::unknown(CheckId::Form, code);
        Self::of(None, vec![check], None, None)
    }

    /// As JSON, without the member `file`. `detail` is in `language`; `zh` and `en` are both there.
    pub fn to_json(&self, language: Language) -> Value {
        let checks: Vec<Value> = self
            .checks
            .iter()
            .map(|check| {
                let words = check.words();
                let detail = match language {
                    Language::Zh => &words.zh,
                    Language::En => &words.en,
                };
                json!({"check": check.check, "result": check.result, "code": check.code,
                    "detail": detail, "zh": words.zh, "en": words.en})
            })
            .collect();
        json!({
            "coat": self.coat.map(Coat::name),
            "outcome": self.outcome,
            "checks": checks,
            "as_of": self.as_of.map(|at| at.to_string()),
            "certificate": self.certificate.as_ref().map(Shown::to_json),
        })
    }
}
