//! Every query there is, for the API and the command line.

use super::eligibility::{WorkerEligibility, WorkerNextSteps};
use super::operation::operation;
use super::query::{Query, Question};
use super::recognition::Viewpoint;
use super::staff::queries::{CertifiedTeachers, MayTeach, ShowStaff};
use super::{Actor, AppError, Ledger, clock};
use crate::domain::ids::WorkerId;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Every query, by group.
pub static QUESTIONS: &[Question] = &[
    Question::of::<WorkerPassport>(),
    Question::of::<WorkerRecognitions>(),
    Question::of::<super::micro_skills::WorkerMicroSkills>(),
    Question::of::<ShowStaff>(),
    Question::of::<MayTeach>(),
    Question::of::<CertifiedTeachers>(),
    Question::of::<WorkerEligibility>(),
    Question::of::<WorkerNextSteps>(),
    Question::of::<super::reviews::ReviewList>(),
    Question::of::<super::body_records::BodyRecordOn>(),
    Question::of::<super::candidates::MayAssess>(),
    Question::of::<super::routes::counts::CountBatch>(),
    Question::of::<super::reading::bodies::ShowBody>(),
    Question::of::<super::reading::bodies::ListBodies>(),
    Question::of::<super::reading::bodies::ListKeys>(),
    Question::of::<super::reading::sessions::ShowSession>(),
    Question::of::<super::reading::sessions::ListSessions>(),
    Question::of::<super::reading::certificates::ShowCertificate>(),
    Question::of::<super::reading::certificates::ListCertificates>(),
    Question::of::<super::reading::proposals::ShowProposal>(),
    Question::of::<super::reading::proposals::ListProposals>(),
];

/// The query of this name.
pub fn question(name: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.name == name)
}

operation! {
    /// 技能护照 | Everything of one worker on one timeline, and what is to be reviewed because what it rested on has fallen.
    pub struct WorkerPassport = "worker.passport" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Query for WorkerPassport {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        let passport = ledger.passport(actor, self.worker, self.at).await?;
        let entries: Vec<Value> = passport
            .value
            .iter()
            .map(
                |entry| json!({"position": entry.position, "type": entry.kind, "data": entry.data}),
            )
            .collect();
        let due = ledger
            .reviews_due(self.worker, Some(passport.position))
            .await?;
        Ok(json!({
            "as_of_position": passport.position,
            "worker": self.worker,
            "entries": entries,
            "reviews_due": due,
        }))
    }
}

operation! {
    /// 比照认定 | What everything a worker holds leads to, with citation and what is missing.
    pub struct WorkerRecognitions = "worker.recognitions" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 日期 | The day the answer is for; today if not given.
        on: Option<Date>,
        /// 截至位置 | What was adopted and held as of this position; now if not given.
        at: Option<u64>,
        /// 版本 | Under the rules as they stood when this edition was adopted.
        edition: Option<String>,
        /// 适用地区 | In this jurisdiction; the ledger's own if not given.
        jurisdiction: Option<String>,
    }
}

impl Query for WorkerRecognitions {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let on = self.on.unwrap_or_else(clock::today);
        let position = Some(ledger.position_asked(self.at).await?);
        let held = ledger.held_by(self.worker, position).await?;
        let viewpoint = Viewpoint {
            position,
            edition: self.edition.clone(),
            jurisdiction: self.jurisdiction.clone(),
        };
        let recognitions = ledger.recognise(&held, on, &viewpoint).await?;
        Ok(json!({
            "on": on,
            "as_of_position": position,
            "held": held,
            "recognitions": recognitions,
        }))
    }
}
