//! Last chapters: what a worker has and may apply for, and whether everything still adds up.

use super::assess::{Bodies, SHEETS, own};
use super::stage::Stage;
use super::tamper::edit;
use crate::app::audit::Audit;
use crate::app::clock::today;
use crate::app::recognition::Viewpoint;
use crate::app::training::TrainingRequest;
use crate::app::{AppError, Ledger};
use crate::cli::{passport, recognise};
use crate::domain::identity::{DocumentType, IdentityDocument};
use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::{Held, Holding, Title, TitleGrade};
use crate::domain::worker::event::TrainingCompleted;
use jiff::civil::date;

/// A training is recorded; levels and titles are put against the rules.
pub(super) async fn recognise(stage: &mut Stage<'_>, bodies: &Bodies) -> Result<(), AppError> {
    let number = first_identity_number()?;
    let document = IdentityDocument::parse(DocumentType::ResidentIdentityCard, &number.1, today())
        .map_err(|invalid| AppError::Inconsistent(invalid.to_string()))?;
    let training = TrainingRequest {
        name: number.0,
        document,
        training: TrainingCompleted {
            provider: bodies.school,
            class: "2026-11班".into(),
            course: "工业机器人系统运维提升培训".into(),
            occupation: Some(own("6-31-07-01")?),
            level: Some(SkillLevel::One),
            hours: 80,
            from: date(2026, 11, 2),
            to: date(2026, 11, 13),
            teachers: vec![],
        },
    };
    let worker = stage
        .ledger
        .record_training(&stage.maker, stage.id(), training)
        .await?;
    let passport_of = stage.ledger.passport(&stage.maker, worker, None).await?;
    stage.step(
        "demo-passport",
        &[("count", passport_of.value.len().to_string())],
    );
    for entry in &passport_of.value {
        stage.line(&format!("     {}", passport::line(stage.output, entry)));
    }
    let held = [
        Held::stated(
            Holding::Level {
                level: SkillLevel::Three,
                occupation: own("6-31-07-01")?,
            },
            date(2025, 3, 1),
        ),
        Held::stated(
            Holding::Title {
                title: Title {
                    series: "工程".into(),
                    grade: TitleGrade::Assistant,
                    name: "助理工程师".into(),
                },
                related: vec![own("6-31-07-01")?],
            },
            date(2025, 3, 1),
        ),
    ];
    let answers = stage
        .ledger
        .recognise(&held, today(), &Viewpoint::default())
        .await?;
    stage.step("demo-recognise", &[("count", answers.len().to_string())]);
    for line in answers
        .iter()
        .flat_map(|answer| recognise::lines(stage.output, answer))
    {
        stage.line(&format!("     {line}"));
    }
    Ok(())
}

/// The first person of the first sheet: name and number.
fn first_identity_number() -> Result<(String, String), AppError> {
    let table = crate::sheet::read_table(SHEETS[0].bytes)?;
    let context = crate::sheet::results::Context {
        session: None,
        today: today(),
    };
    let occupations = crate::domain::rules::occupations::built_in();
    let judgement = crate::sheet::results::judge(&table, occupations, &context)?;
    let first = judgement
        .accepted
        .first()
        .ok_or(AppError::NotFound { what: "worker" })?;
    Ok((first.name.to_string(), first.document.number().to_owned()))
}

/// Views are rebuilt, everything is audited; then somebody edits one value in a copy.
pub(super) async fn audit(stage: &mut Stage<'_>) -> Result<Audit, AppError> {
    stage.publish().await?;
    let before = stage.ledger.views_position().await?;
    stage.ledger.rebuild_views().await?;
    let differences = stage.ledger.compare_views().await?;
    let words = [
        ("position", before.0.to_string()),
        ("differences", differences.to_string()),
    ];
    stage.step("demo-rebuild", &words);
    let audit = stage.ledger.audit().await?;
    let words = [
        ("events", audit.events.to_string()),
        ("problems", audit.problems.len().to_string()),
    ];
    stage.step("demo-audit", &words);
    let copy = stage.dir.join("edited-copy");
    stage.ledger.copy_to(&copy).await?;
    edit(&copy)?;
    let edited = Ledger::open_to_read(&copy).await?;
    let found = edited.audit().await?;
    edited.close().await;
    std::fs::remove_dir_all(&copy).map_err(|error| AppError::File {
        path: copy.display().to_string(),
        error,
    })?;
    stage.step(
        "demo-tamper",
        &[("count", found.problems.len().to_string())],
    );
    for problem in found.problems.iter().take(5) {
        stage.line(&format!(
            "     ✗ {}  {}  {}",
            problem.table, problem.row, problem.detail
        ));
    }
    Ok(audit)
}
