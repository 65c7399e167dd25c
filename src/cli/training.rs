//! `training record`: a completed training.

use super::access::{Access, Answer, Once, answer};
use super::body::level;
use super::output::{Exit, Output};
use crate::app::document::read_document;
use crate::app::training::TrainingRequest;
use crate::domain::credit_code::CreditCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::worker::event::TrainingCompleted;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::json;

/// Trainings (培训).
#[derive(Subcommand)]
pub(super) enum Training {
    /// Record that a person completed one (培训合格).
    Record(Box<Record>),
}

/// Who a person is, on the command line.
#[derive(Args)]
pub(super) struct Document {
    /// 证件类型, in Chinese words.
    #[arg(long, default_value = "居民身份证")]
    document_type: String,
    /// 证件号码
    #[arg(long)]
    document_number: String,
}

#[derive(Args)]
pub(super) struct Record {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// The training provider, by its 统一社会信用代码.
    #[arg(long)]
    provider: CreditCode,
    /// 姓名; kept in the vault.
    #[arg(long)]
    name: String,
    #[command(flatten)]
    document: Document,
    /// Class number (班期) at the provider.
    #[arg(long)]
    class: String,
    /// Course or project name.
    #[arg(long)]
    course: String,
    /// The occupation it prepares for.
    #[arg(long)]
    occupation: Option<OccupationCode>,
    /// The level it prepares for, 5 to 1.
    #[arg(long, value_parser = level)]
    level: Option<SkillLevel>,
    /// Class hours (课时).
    #[arg(long)]
    hours: u32,
    /// First day.
    #[arg(long)]
    from: Date,
    /// Last day.
    #[arg(long)]
    to: Date,
    /// A teacher of the class, by card number or 居民身份证 number; more than one if repeated.
    #[arg(long)]
    teacher: Vec<String>,
}

impl Training {
    pub(super) fn run(self, output: &Output) -> Exit {
        let Self::Record(record) = self;
        answer(output, async {
            let (ledger, actor) = record.access.open_as(output).await?;
            let request = TrainingRequest {
                name: record.name,
                document: read_document(
                    &record.document.document_type,
                    &record.document.document_number,
                )?,
                training: TrainingCompleted {
                    provider: ledger.find_body(&record.provider).await?,
                    class: record.class,
                    course: record.course,
                    occupation: record.occupation,
                    level: record.level,
                    hours: record.hours,
                    from: record.from,
                    to: record.to,
                    teachers: ledger.teachers_named(&record.teacher).await?,
                },
            };
            let worker = ledger
                .record_training(&actor, record.once.id(output), request)
                .await?;
            let words = [("worker", worker.to_string())];
            let json = json!({"worker": worker});
            Ok(Answer::done(
                json,
                vec![output.text("cli-training-recorded", &words)],
            ))
        })
    }
}
