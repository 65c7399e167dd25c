//! The fields of a certificate in print: label in both languages, value, and how much it matters.

use crate::credential::Disclosed;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::session::event::{Standard, StandardKind};
use crate::locale::{self, Words};
use jiff::civil::Date;

/// How large a value is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stress {
    /// Whose it is.
    Holder,
    /// What it attests.
    Strong,
    /// Everything else.
    Plain,
}

/// One field.
pub(super) struct Field {
    /// The claim, for errors.
    pub claim: &'static str,
    pub label: Words,
    pub zh: String,
    pub en: Option<String>,
    pub stress: Stress,
    pub place: Place,
}

/// Where a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Half the width, beside the one before it.
    Half,
    /// Half the width, the first of a row.
    First,
    /// A row to itself.
    Wide,
}

impl Field {
    fn new(claim: &'static str, zh: String) -> Self {
        Self {
            claim,
            label: locale::words(&format!("paper-{claim}"), &[]),
            zh,
            en: None,
            stress: Stress::Plain,
            place: Place::Half,
        }
    }
    fn en(self, en: Option<String>) -> Self {
        Self { en, ..self }
    }
    fn stress(self, stress: Stress) -> Self {
        Self { stress, ..self }
    }
    fn place(self, place: Place) -> Self {
        Self { place, ..self }
    }
}

/// What the certificate says at its head: that it certifies, and what.
pub(super) fn statement(kind: AttainmentKind) -> Words {
    locale::words(&format!("paper-certifies-{}", kind.name()), &[])
}

/// `2026年11月21日`
pub(super) fn date_zh(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `21 November 2026`
pub(super) fn date_en(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn dated(claim: &'static str, date: Date) -> Field {
    Field::new(claim, date_zh(date)).en(Some(date_en(date)))
}

fn coded(name: &Name, code: &str) -> (String, Option<String>) {
    let en = match &name.en {
        Some(en) => format!("{en} ({code})"),
        None => code.to_owned(),
    };
    (name.zh.clone(), Some(en))
}

fn occupation(name: &Name, code: OccupationCode) -> Field {
    let (zh, en) = coded(name, &code.to_string());
    Field::new("occupation", zh).en(en).stress(Stress::Strong)
}

/// The fields that say what is attested.
fn attested(attainment: &Attainment) -> Vec<Field> {
    let none = locale::words("paper-none", &[]);
    match attainment {
        Attainment::Level {
            occupation: code,
            occupation_name,
            work_type,
            level,
        } => {
            let level_zh = level.name_zh().replace('/', "／");
            let work_type = match work_type {
                Some(work_type) => Field::new("work-type", work_type.clone()),
                None => Field::new("work-type", none.zh).en(Some(none.en)),
            };
            vec![
                occupation(occupation_name, *code),
                Field::new("level", level_zh)
                    .en(Some(level.name_en().to_owned()))
                    .stress(Stress::Strong),
                work_type,
            ]
        }
        Attainment::SpecialSkill { item, name } => {
            let (zh, en) = coded(name, item.as_str());
            vec![
                Field::new("special-skill", zh)
                    .en(en)
                    .stress(Stress::Strong),
                no_level(),
            ]
        }
        Attainment::MicroSkill { item, name, of } => {
            let (zh, en) = coded(name, item.as_str());
            let mut fields = vec![
                Field::new("micro-skill", zh).en(en).stress(Stress::Strong),
                no_level(),
            ];
            if let Some(code) = of {
                fields.push(Field::new("part-of", code.to_string()));
            }
            fields
        }
        Attainment::Enterprise {
            name,
            grade,
            occupation: code,
            occupation_name,
        } => vec![
            Field::new("enterprise-certificate", name.zh.clone())
                .en(name.en.clone())
                .place(Place::Wide),
            occupation(occupation_name, *code),
            Field::new("enterprise-grade", grade.clone()).stress(Stress::Strong),
        ],
    }
}

fn no_level() -> Field {
    let words = locale::words("paper-no-level", &[]);
    Field::new("level", words.zh).en(Some(words.en))
}

/// Every field between the statement and the record of the log, in the order they are read; those
/// that are not disclosed are left out.
pub(super) fn fields(claims: &Disclosed) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(name) = &claims.holder_name {
        fields.push(Field::new("holder", name.clone()).stress(Stress::Holder));
    }
    let last4 = claims.document_last4.as_ref().map(|it| format!("****{it}"));
    let document = match (claims.document_type.clone(), last4) {
        (Some(sort), Some(last4)) => Some(format!("{sort}　{last4}")),
        (sort, last4) => sort.or(last4),
    };
    fields.extend(document.map(|text| Field::new("document", text)));
    fields.extend(attested(&claims.attainment));
    fields.extend(claims.standard.as_ref().map(standard));
    if let Some(route) = claims.route {
        let words = locale::words(&format!("paper-route-{}", route.name()), &[]);
        fields.push(Field::new("route", words.zh).en(Some(words.en)));
    }
    let code = claims.region.to_string();
    let region = claims.region_name.clone();
    let en = format!("{} ({code})", claims.region.province_en());
    fields.push(Field::new("region", region.unwrap_or(code)).en(Some(en)));
    if let Some(session) = &claims.session {
        fields.push(Field::new("session", session.clone()));
    }
    fields.extend(claims.assessed_on.map(|date| dated("assessed-on", date)));
    fields.push(dated("issued-on", claims.issued_on));
    fields.push(sequence(claims.issue));
    if let Some(name) = &claims.body_name {
        let issuer = Field::new("issuer", name.zh.clone()).en(name.en.clone());
        fields.push(issuer.stress(Stress::Strong).place(Place::First));
    }
    if let Some(code) = &claims.credit_code {
        fields.push(Field::new("credit-code", code.as_str().to_owned()));
    }
    if let Some(scores) = claims.scores_in_words() {
        let scores = Field::new("scores", scores.zh).en(Some(scores.en));
        fields.push(scores.place(Place::Wide));
    }
    fields.extend(remarks(claims));
    fields
}

fn standard(standard: &Standard) -> Field {
    let kind = match standard.kind {
        StandardKind::National => "national",
        StandardKind::Industry => "industry",
        StandardKind::SpecialSkill => "special-skill",
    };
    let kind = locale::words(&format!("paper-standard-{kind}"), &[]);
    let edition = [("edition", standard.edition.clone())];
    let edition = locale::words("paper-edition", &edition);
    let en = format!("{} · {}", kind.zh, kind.en);
    Field::new("standard", format!("{}{}", standard.code, edition.zh)).en(Some(en))
}

fn sequence(issue: u16) -> Field {
    let key = match issue {
        1 => "paper-first-issue",
        _ => "paper-reissue",
    };
    let words = locale::words(key, &[("issue", issue.to_string())]);
    Field::new("issue", words.zh).en(Some(words.en))
}

/// 备注: what it corrects, which certificate is its twin.
fn remarks(claims: &Disclosed) -> Option<Field> {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let numbers = [
        ("paper-supersedes", &claims.supersedes),
        ("paper-twin", &claims.twin),
    ];
    for (key, number) in numbers {
        if let Some(number) = number {
            let words = locale::words(key, &[("number", number.to_string())]);
            zh.push(words.zh);
            en.push(words.en);
        }
    }
    (!zh.is_empty()).then(|| {
        Field::new("remarks", zh.join("；"))
            .en(Some(en.join("; ")))
            .place(Place::Wide)
    })
}
