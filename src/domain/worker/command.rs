//! What can be asked of a worker's stream.

use crate::domain::background::{
    OutsideCertificateRecorded, RecordStruck, StudyRecorded, TitleRecorded, WorkRecorded,
};
use crate::domain::worker::event::{
    LevelAwarded, LevelWithdrawn, TrainingCompleted, WorkerDetailsSealed, WorkerEnrolled,
};
use jiff::civil::Date;

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
    /// Strike a record that was not so.
    StrikeRecord(RecordStruck),
}
