//! What can be asked of a worker's stream.

use crate::domain::background::{
    OutsideCertificateRecorded, RecordStruck, StudyRecorded, TitleRecorded, WorkEnded, WorkRecorded,
};
use crate::domain::ids::{CertificateId, SessionId, WorkerId};
use crate::domain::occupation::Occupation;
use crate::domain::proposal::{Act, Approval, Proposing, TurnDown};
use crate::domain::rules::recognition::Rulebook;
use crate::domain::rules::routes::appointment::AppointmentPolicy;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipPolicy;
use crate::domain::worker::appointment::{Appointed, AppointmentEnded, PerformanceReviewed};
use crate::domain::worker::apprenticeship::{
    ApprenticeshipCompleted, ApprenticeshipEnded, ApprenticeshipStarted,
};
use crate::domain::worker::components::ComponentPassed;
use crate::domain::worker::event::{
    LevelAwarded, LevelWithdrawn, TrainingCompleted, WorkerDetailsSealed, WorkerEnrolled,
};
use crate::domain::worker::honour::{HonourConferred, HonourWithdrawn};
use crate::domain::worker::question::AwardQuestioned;
use crate::domain::worker::recognition::decide::{Ruling, Use};
use crate::domain::worker::recognition::event::RecognitionApplied;
use jiff::civil::Date;
use std::sync::Arc;

/// An intent about one worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerCommand {
    /// A person comes into the ledger.
    Enrol(WorkerEnrolled),
    /// Newer personal data was sealed.
    SealDetails(WorkerDetailsSealed),
    /// Award a level; the session's stream says to whom (`level_awards`).
    AwardLevel(LevelAwarded),
    /// Withdraw a level with its certificate (撤销, 吊销).
    WithdrawLevel(LevelWithdrawn),
    /// Record a completed training.
    RecordTraining {
        /// The training.
        training: TrainingCompleted,
        /// The civil date of the record.
        on: Date,
    },
    /// Record work.
    RecordWork {
        /// The work.
        work: WorkRecorded,
        /// The civil date of the record.
        on: Date,
    },
    /// Record that work which went on has ended (离职).
    EndWork {
        /// Its end.
        ended: WorkEnded,
        /// The civil date of the record.
        on: Date,
    },
    /// Record study.
    RecordStudy {
        /// The study.
        study: StudyRecorded,
        /// The civil date of the record.
        on: Date,
    },
    /// Record a professional title.
    RecordTitle {
        /// The title.
        title: TitleRecorded,
        /// The civil date of the record.
        on: Date,
    },
    /// Record a certificate that others issued.
    RecordOutsideCertificate {
        /// The certificate.
        certificate: OutsideCertificateRecorded,
        /// The civil date of the record.
        on: Date,
    },
    /// Keep a component passed without the whole (单科成绩保留).
    KeepComponent(ComponentPassed),
    /// Strike a record that was not so.
    StrikeRecord(RecordStruck),
    /// Appoint to the post of a level that 评聘 awarded (聘任).
    Appoint {
        /// The appointment.
        appointed: Appointed,
        /// The policy of that place and day.
        policy: AppointmentPolicy,
    },
    /// Record a performance review (聘期考核).
    ReviewPerformance(PerformanceReviewed),
    /// Appoint for another term (续聘).
    RenewAppointment {
        /// The session of the 评聘.
        session: SessionId,
        /// Last day of the new term.
        to: Date,
        /// The policy of that place and day.
        policy: AppointmentPolicy,
        /// The civil date.
        on: Date,
    },
    /// End an appointment.
    EndAppointment(AppointmentEnded),
    /// Begin an apprenticeship.
    StartApprenticeship {
        /// The worker himself.
        worker: WorkerId,
        /// The apprenticeship.
        started: ApprenticeshipStarted,
        /// The policy of that place and day.
        policy: ApprenticeshipPolicy,
        /// The civil date of the record.
        on: Date,
    },
    /// Complete an apprenticeship (学徒期满).
    CompleteApprenticeship(ApprenticeshipCompleted),
    /// End an apprenticeship before its time.
    EndApprenticeship(ApprenticeshipEnded),
    /// Record an honour.
    ConferHonour {
        /// The honour.
        conferred: HonourConferred,
        /// The civil date of the record.
        on: Date,
    },
    /// Withdraw an honour.
    WithdrawHonour(HonourWithdrawn),
    /// Take an application for recognition (受理比照认定). What it leads to is the rule's to say.
    ApplyForRecognition {
        /// The application.
        applied: RecognitionApplied,
        /// Everything adopted.
        rulebook: Arc<Rulebook>,
    },
    /// Grant a recognition and, if asked, award the level it leads to.
    GrantRecognition {
        /// The decision.
        ruling: Ruling,
        /// The occupation to award the level in, as the catalogue of the day lists it.
        award: Option<Box<Occupation>>,
    },
    /// Refuse a recognition.
    RefuseRecognition {
        /// The decision.
        ruling: Ruling,
        /// Why, beside the conditions that are not met.
        ground: Option<String>,
    },
    /// Put a level in question: what it rests on fell away.
    QuestionAward(AwardQuestioned),
    /// Propose an act of weight: to withdraw a recognition, to strike a training, to uphold or
    /// withdraw a level in question.
    Propose {
        /// The maker's part.
        proposing: Proposing,
        /// What it would do.
        act: Act,
    },
    /// Use a recognition up for the certificate of its level, as a session closes on it.
    UseRecognition(Use),
    /// Approve what was proposed.
    Approve {
        /// The checker's part.
        approval: Approval,
        /// The certificate of the level that the act withdraws, which ends in the same commit.
        certificate: Option<CertificateId>,
    },
    /// Turn a proposal down.
    Reject(TurnDown),
}
