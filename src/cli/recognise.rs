//! `recognise`: what a level or a title leads to, with citation and what is missing.

use super::access::{Answer, Place, answer};
use super::body::level;
use super::output::{Exit, Output};
use crate::app::{AppError, Ledger, clock};
use crate::domain::ids::WorkerId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognise::{Condition, Held, Holding, Recognition};
use crate::domain::rules::recognition::{Effect, Qualification, Title, TitleGrade};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::json;

/// What a level or a title leads to (比照认定 / 职业发展贯通). Never "equals".
#[derive(Args)]
pub(super) struct Recognise {
    #[command(flatten)]
    place: Place,
    /// A worker of this ledger: everything he holds.
    #[arg(long, conflicts_with_all = ["occupation", "title_grade"])]
    worker: Option<WorkerId>,
    /// Occupation of a level held.
    #[arg(long, requires = "level")]
    occupation: Option<OccupationCode>,
    /// Level held, 5 to 1.
    #[arg(long, value_parser = level, requires = "occupation")]
    level: Option<SkillLevel>,
    /// Grade of a professional title held (职称层级).
    #[arg(long, value_enum, conflicts_with = "occupation")]
    title_grade: Option<Grade>,
    /// Series of that title (职称系列).
    #[arg(long, default_value = "工程")]
    title_series: String,
    /// Since when the level or title is held.
    #[arg(long)]
    since: Option<Date>,
    /// The day the answer is for; today if not given.
    #[arg(long)]
    on: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Grade {
    /// 员级
    Technician,
    /// 助理级
    Assistant,
    /// 中级
    Intermediate,
    /// 副高级
    AssociateSenior,
    /// 正高级
    Senior,
}

impl Recognise {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = Ledger::open_to_read(&self.place.data).await?;
            let on = self.on.unwrap_or_else(clock::today);
            let held = match self.worker {
                Some(worker) => ledger.held_by(worker).await?,
                None => vec![self.held()?],
            };
            let recognitions = ledger.recognise(&held, on).await?;
            let mut lines: Vec<String> =
                recognitions.iter().flat_map(|r| lines(output, r)).collect();
            if recognitions.is_empty() {
                lines.push(output.text("cli-recognise-none", &[]));
            }
            let json = json!({"on": on, "held": held, "recognitions": recognitions});
            Ok(Answer::done(json, lines))
        })
    }

    fn held(&self) -> Result<Held, AppError> {
        let missing = |what| AppError::BadInput {
            what,
            rule: "needed",
        };
        let holding = match (self.occupation, self.level, self.title_grade) {
            (Some(occupation), Some(level), None) => Holding::Level { level, occupation },
            (None, None, Some(grade)) => {
                let (grade, name) = match grade {
                    Grade::Technician => (TitleGrade::Technician, "员级"),
                    Grade::Assistant => (TitleGrade::Assistant, "助理级"),
                    Grade::Intermediate => (TitleGrade::Intermediate, "中级"),
                    Grade::AssociateSenior => (TitleGrade::AssociateSenior, "副高级"),
                    Grade::Senior => (TitleGrade::Senior, "正高级"),
                };
                let series = self.title_series.clone();
                Holding::Title {
                    title: Title {
                        series,
                        grade,
                        name: name.into(),
                    },
                }
            }
            _ => return Err(missing("level")),
        };
        Ok(Held {
            holding,
            since: self.since.ok_or(missing("since"))?,
        })
    }
}

/// An answer as people read it: effect first, then the citation, then each condition.
pub(super) fn lines(output: &Output, recognition: &Recognition) -> Vec<String> {
    let held = match &recognition.held.holding {
        Holding::Level { level, occupation } => format!("{occupation} {}", level.name_zh()),
        Holding::Title { title } => format!("{}{}", title.series, title.name),
    };
    let to = match &recognition.to {
        Qualification::Level { level, .. } => level.name_zh().to_owned(),
        Qualification::Title { title } => title.name.clone(),
    };
    let effect = match recognition.effect {
        Effect::MayApply => "effect-may-apply",
        Effect::CountsAs => "effect-counts-as",
        Effect::TreatmentAlike => "effect-treatment-alike",
        Effect::DirectRecognition => "effect-direct-recognition",
        Effect::Exceptional => "effect-exceptional",
    };
    let condition = |condition: &Condition| match condition {
        Condition::Years { years, full_on } => output.text(
            "cli-condition-years",
            &[("years", years.to_string()), ("on", full_on.to_string())],
        ),
        Condition::Stated { text } => text.clone(),
    };
    let verified = match recognition.verified {
        true => String::new(),
        false => output.text("cli-recognise-unverified", &[]),
    };
    let effect = output.text(effect, &[]);
    let head = [("held", held), ("effect", effect), ("to", to)];
    let cited = [
        ("citation", recognition.citation.clone()),
        ("verified", verified),
    ];
    let mut lines = vec![
        output.text("cli-recognise-line", &head),
        format!("  {}", output.text("cli-recognise-citation", &cited)),
    ];
    for met in &recognition.met {
        let words = [("condition", condition(met))];
        lines.push(format!("  {}", output.text("cli-recognise-met", &words)));
    }
    for unmet in &recognition.unmet {
        let words = [("condition", condition(&unmet.condition))];
        lines.push(format!("  {}", output.text("cli-recognise-unmet", &words)));
    }
    lines
}
