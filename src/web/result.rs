//! A verification report, laid out for reading: verdict, certificate, one line per check.

use super::frame::{Frame, in_language};
use crate::app::public::LookedUp;
use crate::credential::Disclosed;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::identity::DocumentType;
use crate::domain::name::Name;
use crate::domain::route::Route;
use crate::domain::time::Instant;
use crate::locale::Language;
use crate::verify::{Check, Report};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What the page shows of an answer.
pub(super) struct ResultView {
    /// `valid`, `invalid` or `unknown`: also the class of the block.
    pub(super) outcome: &'static str,
    pub(super) verdict: String,
    pub(super) sentence: String,
    pub(super) advice: Vec<String>,
    pub(super) as_of: Vec<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) facts_note: String,
    pub(super) checks: Vec<CheckLine>,
    /// The report as PDF, as the address of a link: nothing is kept here for it.
    pub(super) report: Option<String>,
}

/// One field of the certificate.
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
    /// The same in the other language.
    pub(super) beside: Option<String>,
    pub(super) beside_lang: &'static str,
    pub(super) wide: bool,
}

/// One check.
pub(super) struct CheckLine {
    /// `pass`, `fail` or `unknown`: also the class of the line.
    pub(super) result: &'static str,
    pub(super) word: String,
    pub(super) title: String,
    pub(super) detail: String,
}

impl ResultView {
    /// Nothing matched: said alike for numbers that do not exist and holders who do not match.
    pub(super) fn not_found(frame: &Frame) -> Self {
        Self {
            outcome: "unknown",
            verdict: frame.t("web-outcome-unknown"),
            sentence: frame.t("web-not-found-title"),
            advice: ["web-not-found-1", "web-not-found-2", "web-not-found-3"]
                .map(|key| frame.t(key))
                .to_vec(),
            as_of: Vec::new(),
            facts: Vec::new(),
            facts_note: String::new(),
            checks: Vec::new(),
            report: None,
        }
    }

    /// A look-up that matched.
    pub(super) fn looked_up(frame: &Frame, answer: &LookedUp) -> Self {
        let mut view = Self::report(frame, &answer.report);
        let position = answer.as_of_position.to_string();
        view.as_of = vec![
            frame.fill("web-as-of-position", &[("position", position)]),
            checked_at(frame, answer.as_of),
        ];
        view.facts_note = frame.t("web-masked");
        view
    }

    /// A credential somebody holds, checked at `now`.
    pub(super) fn held(frame: &Frame, report: &Report, now: Instant) -> Self {
        let mut view = Self::report(frame, report);
        if let Some(at) = report.as_of {
            let time = at.show_in_china();
            view.as_of.push(frame.fill("web-as-of", &[("time", time)]));
        }
        view.as_of.push(checked_at(frame, now));
        view
    }

    /// Puts a report on paper beside the answer, to be taken away.
    pub(super) fn offer_report(&mut self, pdf: &[u8]) {
        self.report = Some(format!(
            "data:application/pdf;base64,{}",
            STANDARD.encode(pdf)
        ));
    }

    fn report(frame: &Frame, report: &Report) -> Self {
        let outcome = report.outcome.name();
        let checks: Vec<CheckLine> = report.checks.iter().map(|c| line(frame, c)).collect();
        Self {
            outcome,
            verdict: frame.t(&format!("web-outcome-{outcome}")),
            sentence: sentence(frame, report),
            advice: Vec::new(),
            as_of: Vec::new(),
            facts: report
                .certificate
                .as_ref()
                .map_or_else(Vec::new, |shown| facts(frame, &shown.claims)),
            facts_note: frame.t("web-as-in-file"),
            checks,
            report: None,
        }
    }
}

fn checked_at(frame: &Frame, now: Instant) -> String {
    frame.fill("web-checked-at", &[("time", now.show_in_china())])
}

fn line(frame: &Frame, check: &Check) -> CheckLine {
    let result = check.result.name();
    CheckLine {
        result,
        word: frame.t(&format!("web-result-{result}")),
        title: frame.choose(check.title()),
        detail: frame.choose(check.words()),
    }
}

/// What decided, in one sentence; if all passed, how many.
fn sentence(frame: &Frame, report: &Report) -> String {
    match report.deciding() {
        Some(check) => frame.choose(check.words()),
        None => frame.fill(
            "web-all-passed",
            &[("count", report.checks.len().to_string())],
        ),
    }
}

fn facts(frame: &Frame, claims: &Disclosed) -> Vec<Fact> {
    let mut facts = Facts {
        frame,
        facts: Vec::new(),
    };
    if let Some(name) = &claims.holder_name {
        facts.put("name", name.clone(), None, false);
    }
    if let (Some(kind), Some(last)) = (&claims.document_type, &claims.document_last4) {
        let document = DocumentType::from_words(kind);
        let document_type = match (document, frame.language) {
            (Some(document), Language::En) => document.name_en().to_owned(),
            _ => kind.clone(),
        };
        let args = [("type", document_type), ("last", last.clone())];
        let document = frame.fill("web-document-ending", &args);
        facts.put("document", document, None, false);
    }
    if let Some(number) = &claims.number {
        let alone = claims.document_last4.is_none();
        facts.put("number", number.to_string(), None, alone);
    }
    attained(&mut facts, &claims.attainment);
    if let Some(route) = claims.route.filter(|it| *it != Route::Assessment) {
        let route = frame.fill("route", &[("route", route.name().to_owned())]);
        facts.put("route", route, None, false);
    }
    if let Some(twin) = &claims.twin {
        facts.put("twin", twin.to_string(), None, false);
    }
    if let Some(scores) = claims.scores_in_words() {
        facts.put("scores", frame.choose(scores), None, true);
    }
    if let Some(body) = &claims.body_name {
        let (shown, beside) = both(frame, &body.zh, body.en.as_deref());
        facts.put("body", shown, beside, true);
    }
    if let Some(credit_code) = &claims.credit_code {
        facts.put("credit-code", credit_code.to_string(), None, false);
    }
    if let Some(standard) = &claims.standard {
        let text = with_code(frame, standard.code.clone(), standard.edition.clone());
        facts.put("standard", text, None, false);
    }
    if let Some(day) = claims.assessed_on {
        facts.put("assessed-on", day.to_string(), None, false);
    }
    facts.put("issued-on", claims.issued_on.to_string(), None, false);
    if claims.issue > 1 {
        let issue = frame.fill("web-issue-n", &[("n", claims.issue.to_string())]);
        facts.put("issue", issue, None, false);
    }
    facts.facts
}

/// What is attested, by kind: a level only where there is one.
fn attained(facts: &mut Facts<'_>, attainment: &Attainment) {
    let frame = facts.frame;
    let coded = |name: &Name, code: String| {
        let (shown, beside) = both(frame, &name.zh, name.en.as_deref());
        (with_code(frame, shown, code), beside)
    };
    let kind = attainment.kind();
    if kind != AttainmentKind::Level {
        let (shown, beside) = both(frame, kind.certificate_zh(), Some(kind.certificate_en()));
        facts.put("kind", shown, beside, true);
    }
    match attainment {
        Attainment::Level {
            occupation,
            occupation_name,
            work_type,
            level,
        } => {
            let (shown, beside) = coded(occupation_name, occupation.to_string());
            facts.put("occupation", shown, beside, true);
            if let Some(work_type) = work_type {
                facts.put("work-type", work_type.clone(), None, false);
            }
            let (shown, beside) = both(frame, level.name_zh(), Some(level.name_en()));
            facts.put("level", shown, beside, false);
        }
        Attainment::SpecialSkill { item, name } | Attainment::MicroSkill { item, name, .. } => {
            let (shown, beside) = coded(name, item.to_string());
            facts.put("item", shown, beside, true);
            facts.put("level", frame.t("web-no-level"), None, false);
        }
        Attainment::Enterprise {
            name,
            grade,
            occupation,
            occupation_name,
        } => {
            let (shown, beside) = both(frame, &name.zh, name.en.as_deref());
            facts.put("certificate-name", shown, beside, true);
            let (shown, beside) = coded(occupation_name, occupation.to_string());
            facts.put("occupation", shown, beside, true);
            let note = Some(frame.t("web-own-grade"));
            facts.put("grade", grade.clone(), note, false);
        }
    }
}

/// `电工（6-31-01-03）`
fn with_code(frame: &Frame, text: String, code: String) -> String {
    frame.fill("web-with-code", &[("text", text), ("code", code)])
}

/// A name in the page's language and, beside it, in the other.
fn both(frame: &Frame, zh: &str, en: Option<&str>) -> (String, Option<String>) {
    let name = crate::domain::name::Name {
        zh: zh.to_owned(),
        en: en.map(str::to_owned),
    };
    let shown = in_language(&name, frame.language).to_owned();
    let other = match frame.language {
        Language::Zh => name.en,
        Language::En => Some(name.zh),
    };
    let other = other.filter(|other| *other != shown);
    (shown, other)
}

struct Facts<'a> {
    frame: &'a Frame,
    facts: Vec<Fact>,
}

impl Facts<'_> {
    fn put(&mut self, field: &str, value: String, beside: Option<String>, wide: bool) {
        self.facts.push(Fact {
            label: self.frame.t(&format!("web-field-{field}")),
            value,
            beside,
            beside_lang: match self.frame.language {
                Language::Zh => "en",
                Language::En => "zh-Hans",
            },
            wide,
        });
    }
}
