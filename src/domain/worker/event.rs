//! Events of a worker. Nothing here names or describes the person.

use crate::domain::background::{
    OutsideCertificateRecorded, RecordStruck, StudyRecorded, TitleRecorded, WorkEnded, WorkRecorded,
};
use crate::domain::digest::SealedDigest;
use crate::domain::event::events;
use crate::domain::ids::{BodyId, CertificateId, RecognitionId, SessionId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{End, ProposalEvent};
use crate::domain::route::Route;
use crate::domain::worker::appointment::{
    Appointed, AppointmentEnded, AppointmentRenewed, PerformanceReviewed,
};
use crate::domain::worker::apprenticeship::{
    ApprenticeshipCompleted, ApprenticeshipEnded, ApprenticeshipStarted,
};
use crate::domain::worker::components::ComponentPassed;
use crate::domain::worker::honour::{HonourConferred, HonourWithdrawn};
use crate::domain::worker::question::{AwardQuestioned, AwardUpheld};
use crate::domain::worker::recognition::event::{
    RecognitionApplied, RecognitionGranted, RecognitionRefused, RecognitionUsed,
    RecognitionWithdrawn,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A person came into the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerEnrolled {
    /// The sealed rows that came with it.
    pub sealed: Vec<SealedDigest>,
}

/// Newer personal data of a known person was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerDetailsSealed {
    /// The sealed rows that came with it.
    pub sealed: Vec<SealedDigest>,
}

/// What awarded a level. Each awards a person one level, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwardedBy {
    /// A session that was confirmed, noticed and closed (认定批次).
    Session(SessionId),
    /// A recognition granted by the authority (比照认定).
    Recognition(RecognitionId),
}

impl AwardedBy {
    /// The session, if it was one.
    pub const fn session(self) -> Option<SessionId> {
        match self {
            Self::Session(session) => Some(session),
            Self::Recognition(_) => None,
        }
    }
}

/// A level was awarded, by whichever route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelAwarded {
    /// By what.
    pub by: AwardedBy,
    /// By which body; none if the authority recognised it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// The route to it (取得等级的途径).
    pub route: Route,
    /// The occupation.
    pub occupation: OccupationCode,
    /// Its name that day.
    pub occupation_name: Name,
    /// 工种, if assessed by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_type: Option<String>,
    /// The level.
    pub level: SkillLevel,
    /// 评定日期
    pub assessed_on: Date,
    /// The day the session closed, or the recognition was granted.
    pub awarded_on: Date,
}

/// A level was withdrawn, with its certificate if it had one (撤销, 吊销).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelWithdrawn {
    /// What had awarded it.
    pub by: AwardedBy,
    /// The certificate that ended; none if the level had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateId>,
    /// How it ended.
    pub end: End,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// A training was completed (培训合格).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingCompleted {
    /// The training provider.
    pub provider: BodyId,
    /// Class number (班期) at the provider.
    pub class: String,
    /// Course or project name.
    pub course: String,
    /// The occupation it prepares for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// The level it prepares for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
    /// Class hours (课时).
    pub hours: u32,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Who taught it, where the record names them; each might teach on every day of it.
    pub teachers: Vec<SubjectId>,
}

/// A training was struck: it was not so (虚假培训). It counts for nothing from here on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingStruck {
    /// What was struck, as it was recorded.
    pub training: TrainingCompleted,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date of the decision.
    pub on: Date,
}

events! {
    /// What happened to a worker.
    pub enum WorkerEvent {
        /// Came into the ledger.
        Enrolled(WorkerEnrolled) = "worker.enrolled", 1;
        /// Newer personal data was sealed.
        DetailsSealed(WorkerDetailsSealed) = "worker.details_sealed", 1;
        /// A level was awarded.
        LevelAwarded(LevelAwarded) = "worker.level_awarded", 2;
        /// A level was withdrawn.
        LevelWithdrawn(LevelWithdrawn) = "worker.level_withdrawn", 2;
        /// A level was put in question.
        AwardQuestioned(AwardQuestioned) = "worker.award_questioned", 1;
        /// A level in question stands.
        AwardUpheld(AwardUpheld) = "worker.award_upheld", 1;
        /// A training was completed.
        TrainingCompleted(TrainingCompleted) = "worker.training_completed", 2;
        /// A training was struck.
        TrainingStruck(TrainingStruck) = "worker.training_struck", 1;
        /// Work was recorded.
        WorkRecorded(WorkRecorded) = "worker.work_recorded", 1;
        /// Work that went on ended.
        WorkEnded(WorkEnded) = "worker.work_ended", 1;
        /// Study was recorded.
        StudyRecorded(StudyRecorded) = "worker.study_recorded", 2;
        /// A professional title was recorded.
        TitleRecorded(TitleRecorded) = "worker.title_recorded", 1;
        /// A certificate that others issued was recorded.
        OutsideCertificateRecorded(OutsideCertificateRecorded) = "worker.outside_certificate_recorded", 1;
        /// A component was passed and is kept.
        ComponentPassed(ComponentPassed) = "worker.component_passed", 1;
        /// A record was struck.
        RecordStruck(RecordStruck) = "worker.record_struck", 1;
        /// Appointed to a post of 特级技师 or 首席技师.
        Appointed(Appointed) = "worker.appointed", 1;
        /// Performance in the post was reviewed.
        PerformanceReviewed(PerformanceReviewed) = "worker.performance_reviewed", 1;
        /// Appointed for another term.
        AppointmentRenewed(AppointmentRenewed) = "worker.appointment_renewed", 1;
        /// The appointment ended.
        AppointmentEnded(AppointmentEnded) = "worker.appointment_ended", 1;
        /// An apprenticeship began.
        ApprenticeshipStarted(ApprenticeshipStarted) = "worker.apprenticeship_started", 1;
        /// An apprenticeship was completed.
        ApprenticeshipCompleted(ApprenticeshipCompleted) = "worker.apprenticeship_completed", 1;
        /// An apprenticeship ended before its time.
        ApprenticeshipEnded(ApprenticeshipEnded) = "worker.apprenticeship_ended", 1;
        /// An honour was conferred.
        HonourConferred(HonourConferred) = "worker.honour_conferred", 1;
        /// An honour was withdrawn.
        HonourWithdrawn(HonourWithdrawn) = "worker.honour_withdrawn", 1;
        /// An application for recognition was taken.
        RecognitionApplied(RecognitionApplied) = "worker.recognition_applied", 1;
        /// A recognition was granted.
        RecognitionGranted(RecognitionGranted) = "worker.recognition_granted", 1;
        /// A recognition was refused.
        RecognitionRefused(RecognitionRefused) = "worker.recognition_refused", 1;
        /// A session closed on a recognition.
        RecognitionUsed(RecognitionUsed) = "worker.recognition_used", 1;
        /// A recognition was withdrawn.
        RecognitionWithdrawn(RecognitionWithdrawn) = "worker.recognition_withdrawn", 1;
        @nested
        /// A proposal about the worker.
        Proposal(ProposalEvent);
    }
}
