//! Events of a worker. Nothing here names or describes the person.

use crate::domain::background::{
    OutsideCertificateRecorded, RecordStruck, StudyRecorded, TitleRecorded, WorkRecorded,
};
use crate::domain::digest::SealedDigest;
use crate::domain::event::events;
use crate::domain::ids::{BodyId, CertificateId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::End;
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

/// A level was awarded: every component of the assessment passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelAwarded {
    /// By which session.
    pub session: SessionId,
    /// By which body.
    pub body: BodyId,
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
    /// The day the session closed.
    pub awarded_on: Date,
}

/// A level was withdrawn with its certificate (撤销, 吊销).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelWithdrawn {
    /// The session that awarded it.
    pub session: SessionId,
    /// The certificate that ended.
    pub certificate: CertificateId,
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
}

events! {
    /// What happened to a worker.
    pub enum WorkerEvent {
        /// Came into the ledger.
        Enrolled(WorkerEnrolled) = "worker.enrolled", 1;
        /// Newer personal data was sealed.
        DetailsSealed(WorkerDetailsSealed) = "worker.details_sealed", 1;
        /// A level was awarded.
        LevelAwarded(LevelAwarded) = "worker.level_awarded", 1;
        /// A level was withdrawn.
        LevelWithdrawn(LevelWithdrawn) = "worker.level_withdrawn", 1;
        /// A training was completed.
        TrainingCompleted(TrainingCompleted) = "worker.training_completed", 1;
        /// Work was recorded.
        WorkRecorded(WorkRecorded) = "worker.work_recorded", 1;
        /// Study was recorded.
        StudyRecorded(StudyRecorded) = "worker.study_recorded", 1;
        /// A professional title was recorded.
        TitleRecorded(TitleRecorded) = "worker.title_recorded", 1;
        /// A certificate that others issued was recorded.
        OutsideCertificateRecorded(OutsideCertificateRecorded) = "worker.outside_certificate_recorded", 1;
        /// A record was struck.
        RecordStruck(RecordStruck) = "worker.record_struck", 1;
    }
}
