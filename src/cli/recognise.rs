//! `recognise`: what a level, a title, an education or another's certificate leads to, with citation
//! and what is missing; as of any day, position and edition.

use super::access::{Answer, Place, answer};
use super::body::level;
use super::output::{Exit, Output};
use crate::app::recognition::Viewpoint;
use crate::app::{AppError, Ledger, clock};
use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::ids::WorkerId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::{
    Condition, Held, Holding, Qualification, Recognition, Title, TitleGrade,
};
use crate::locale::Language;
use clap::{ArgGroup, Args};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a level, a title, an education or another's certificate leads to (比照认定 / 职业发展贯通).
/// Never "equals".
#[derive(Args)]
#[command(group(ArgGroup::new("held").required(true).args(
    ["worker", "occupation", "title_grade", "school", "certificate", "honour"],
)))]
pub(super) struct Recognise {
    #[command(flatten)]
    place: Place,
    /// A worker of this ledger: everything he holds.
    #[arg(long)]
    worker: Option<WorkerId>,
    /// Occupation of a level held.
    #[arg(long, requires = "level")]
    occupation: Option<OccupationCode>,
    /// Level held, 5 to 1.
    #[arg(long, value_parser = level, requires = "occupation")]
    level: Option<SkillLevel>,
    /// Grade of a professional title held (职称层级): technician, assistant, intermediate,
    /// associate-senior, senior.
    #[arg(long, value_parser = word::<TitleGrade>)]
    title_grade: Option<TitleGrade>,
    /// Series of that title (职称系列).
    #[arg(long, default_value = "工程")]
    title_series: String,
    /// Kind of school graduated from (办学类型): technician-school-senior, university, …
    #[arg(long, value_parser = word::<School>, requires = "education")]
    school: Option<School>,
    /// Education reached there (学历): secondary, college, bachelor, …
    #[arg(long, value_parser = word::<Education>, requires = "school")]
    education: Option<Education>,
    /// Name of a certificate that others issued.
    #[arg(long, requires = "issuer")]
    certificate: Option<String>,
    /// Its kind: foreign, hong-kong-macao-taiwan, industry.
    #[arg(long, value_parser = word::<OutsideKind>, default_value = "foreign")]
    certificate_kind: OutsideKind,
    /// Code of its issuer in the register.
    #[arg(long, requires = "certificate")]
    issuer: Option<String>,
    /// Its grade in the issuer's words.
    #[arg(long, requires = "certificate")]
    grade: Option<String>,
    /// An honour held (荣誉称号).
    #[arg(long)]
    honour: Option<String>,
    /// Since when it is held.
    #[arg(long, required_unless_present = "worker")]
    since: Option<Date>,
    /// The day the answer is for; today if not given.
    #[arg(long)]
    on: Option<Date>,
    /// As of this position: rules adopted and things held up to it; now if not given.
    #[arg(long, value_name = "POSITION", alias = "as-of-position")]
    at: Option<u64>,
    /// Under the rules as they stood when this edition was adopted.
    #[arg(long)]
    edition: Option<String>,
    /// In this jurisdiction; the ledger's own if not given.
    #[arg(long = "in")]
    jurisdiction: Option<String>,
}

/// A word of a closed list, as events write it.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(Value::String(text.to_owned())).map_err(|_| "unknown word".to_owned())
}

impl Recognise {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = Ledger::open_to_read(&self.place).await?;
            let on = self.on.unwrap_or_else(clock::today);
            let position = Some(ledger.position_asked(self.at).await?);
            let held = match self.worker {
                Some(worker) => ledger.held_by(worker, position).await?,
                None => vec![self.held()?],
            };
            let viewpoint = Viewpoint {
                position,
                edition: self.edition.clone(),
                jurisdiction: self.jurisdiction.clone(),
            };
            let recognitions = ledger.recognise(&held, on, &viewpoint).await?;
            let mut lines: Vec<String> =
                recognitions.iter().flat_map(|r| lines(output, r)).collect();
            if recognitions.is_empty() {
                lines.push(output.text("cli-recognise-none", &[]));
            }
            let json = json!({
                "on": on,
                "as_of_position": position,
                "held": held,
                "recognitions": recognitions,
            });
            Ok(Answer::done(json, lines))
        })
    }

    fn held(&self) -> Result<Held, AppError> {
        let missing = |what| AppError::BadInput {
            what,
            rule: "needed",
        };
        let holding = if let (Some(occupation), Some(level)) = (self.occupation, self.level) {
            Holding::Level { level, occupation }
        } else if let Some(grade) = self.title_grade {
            Holding::Title {
                title: Title {
                    series: self.title_series.clone(),
                    grade,
                    name: grade.name_zh().to_owned(),
                },
                related: Vec::new(),
            }
        } else if let (Some(school), Some(education)) = (self.school, self.education) {
            Holding::Education {
                education,
                school,
                related: Vec::new(),
            }
        } else if let (Some(name), Some(issuer)) = (&self.certificate, &self.issuer) {
            Holding::Certificate {
                outside: self.certificate_kind,
                issuer: issuer.clone(),
                name: name.clone(),
                grade: self.grade.clone(),
                occupation: None,
            }
        } else if let Some(name) = &self.honour {
            Holding::Honour { name: name.clone() }
        } else {
            return Err(missing("level"));
        };
        Ok(Held::stated(holding, self.since.ok_or(missing("since"))?))
    }
}

/// An answer as people read it: effect first, then the citation, then each condition.
pub(super) fn lines(output: &Output, recognition: &Recognition) -> Vec<String> {
    let verified = match (recognition.demo, recognition.verified) {
        (true, _) => output.text("recognition-demo", &[]),
        (false, false) => output.text("cli-recognise-unverified", &[]),
        (false, true) => String::new(),
    };
    let channel = recognition.channel.map_or_else(String::new, |channel| {
        output.text(&format!("recognition-channel-{}", name_of(&channel)), &[])
    });
    let effect = output.text(&format!("effect-{}", recognition.effect.name()), &[]);
    let head = [
        ("held", held(output, &recognition.held.holding)),
        ("effect", format!("{effect}{channel}")),
        ("to", qualification(output, &recognition.to)),
    ];
    let cited = [
        ("citation", recognition.citation.clone()),
        ("verified", verified),
    ];
    let mut lines = vec![
        output.text("cli-recognise-line", &head),
        format!("  {}", output.text("cli-recognise-citation", &cited)),
    ];
    if !recognition.occupations.is_empty() {
        let codes: Vec<String> = recognition
            .occupations
            .iter()
            .map(ToString::to_string)
            .collect();
        let words = [("occupations", codes.join(", "))];
        lines.push(format!(
            "  {}",
            output.text("recognition-occupations", &words)
        ));
    }
    for met in &recognition.met {
        let words = [("condition", condition(output, &met.condition))];
        lines.push(format!("  {}", output.text("cli-recognise-met", &words)));
    }
    for unmet in &recognition.unmet {
        let words = [("condition", condition(output, &unmet.condition))];
        lines.push(format!("  {}", output.text("cli-recognise-unmet", &words)));
    }
    lines
}

fn condition(output: &Output, condition: &Condition) -> String {
    match condition {
        Condition::Years { years, full_on } => output.text(
            "cli-condition-years",
            &[("years", years.to_string()), ("on", full_on.to_string())],
        ),
        Condition::Series { occupation, series } => output.text(
            "recognition-condition-series",
            &[
                ("occupation", occupation.to_string()),
                ("series", series.clone()),
            ],
        ),
        Condition::Related => output.text("recognition-condition-related", &[]),
        Condition::Issuer { issuer } => output.text(
            "recognition-condition-issuer",
            &[("issuer", issuer.clone())],
        ),
        Condition::Stated { words, .. } => match (&words.en, output.language) {
            (Some(en), Language::En) => en.clone(),
            _ => words.zh.clone(),
        },
    }
}

fn held(output: &Output, holding: &Holding) -> String {
    match holding {
        Holding::Level { level, occupation } => {
            format!("{occupation} {}", level_name(output, *level))
        }
        Holding::Title { title, .. } => format!("{} {}", title.series, title.name),
        Holding::Education {
            education, school, ..
        } => {
            format!(
                "{} {}",
                output.text(&format!("recognition-school-{}", name_of(school)), &[]),
                output.text(
                    &format!("recognition-education-{}", name_of(education)),
                    &[]
                )
            )
        }
        Holding::Certificate {
            issuer,
            name,
            grade,
            ..
        } => certificate(issuer, name, grade.as_deref()),
        Holding::Honour { name } => name.clone(),
    }
}

fn qualification(output: &Output, to: &Qualification) -> String {
    match to {
        Qualification::Level { level, .. } => level_name(output, *level),
        Qualification::Title { name, grade, .. } => {
            name.clone().unwrap_or_else(|| grade.name_zh().to_owned())
        }
        Qualification::Education { education, .. } => education.map_or_else(String::new, |it| {
            output.text(&format!("recognition-education-{}", name_of(&it)), &[])
        }),
        Qualification::Certificate {
            issuer,
            name,
            grade,
            ..
        } => certificate(issuer, name, grade.as_deref()),
        Qualification::Honour { name } => name.clone(),
    }
}

fn level_name(output: &Output, level: SkillLevel) -> String {
    match output.language {
        Language::Zh => level.name_zh(),
        Language::En => level.name_en(),
    }
    .to_owned()
}

fn certificate(issuer: &str, name: &str, grade: Option<&str>) -> String {
    let grade = grade.map_or_else(String::new, |grade| format!(" {grade}"));
    format!("{issuer} {name}{grade}")
}

/// The word events write for it.
fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
