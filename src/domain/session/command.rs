//! What can be asked of an assessment session.

use crate::domain::body::event::BodyKind;
use crate::domain::catalogue::event::SkillItem;
use crate::domain::digest::Digest;
use crate::domain::ids::{SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::Occupation;
use crate::domain::proposal::{Approval, Proposing, TurnDown};
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::session::basis::Retained;
use crate::domain::session::event::{NoticeStarted, QuestionBank, ResultEntered, SessionOpened};
use crate::domain::session::remedy::Remedy;
use crate::domain::session::step::{
    AuditPassed, AuditReturned, CandidateRegistered, CertificatesUploaded, Duty, EvidenceRecorded,
    ObjectionDecided, ObjectionFiled, RegistrationScheduled, ReviewHeld,
};
use crate::domain::staff::facts::StaffFacts;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// An intent about one session.
#[derive(Clone, Debug, PartialEq, Eq)]
// One command at a time is in hand: its size does not matter.
#[allow(clippy::large_enum_variant)]
pub enum SessionCommand {
    /// Open it. That the body may assess there, its own stream says (`may_assess`).
    Open(OpenSession),
    /// Take in the results of one sheet.
    ImportResults(ImportResults),
    /// Announce the days of registration (报名时间).
    ScheduleRegistration {
        /// The days.
        days: RegistrationScheduled,
        /// The civil date.
        on: Date,
    },
    /// Register a candidate (报名).
    Register(CandidateRegistered),
    /// Decide who may be assessed (资格审核), by what was found.
    DecideEligibility {
        /// What was found of each.
        findings: Vec<Finding>,
        /// The civil date.
        on: Date,
    },
    /// Arrange rooms and staff (考务安排).
    Arrange(Arrange),
    /// Record evidence of the assessment (考核).
    RecordEvidence {
        /// The evidence.
        evidence: EvidenceRecorded,
        /// The civil date.
        on: Date,
    },
    /// Record that the committee met (综合评审).
    HoldReview(ReviewHeld),
    /// Enter results that come from no sheet (评分).
    EnterResults {
        /// The results.
        results: Vec<ResultEntered>,
        /// The civil date.
        on: Date,
    },
    /// File an objection (公示异议).
    FileObjection(ObjectionFiled),
    /// Decide an objection; upheld, it strikes or changes a result.
    DecideObjection {
        /// The decision.
        decided: ObjectionDecided,
        /// What it does, if upheld.
        remedy: Option<Remedy>,
    },
    /// Put a result right after the authority gave the session back.
    Revise {
        /// What is done.
        remedy: Remedy,
        /// Why.
        ground: String,
        /// The civil date.
        on: Date,
    },
    /// Report the session to the authority (报送).
    Submit(Submit),
    /// Give the session back (审核退回).
    ReturnAudit(AuditReturned),
    /// Pass the session (审核通过).
    PassAudit(AuditPassed),
    /// Record an upload of the certificates (上传).
    RecordUpload(CertificatesUploaded),
    /// Propose that the results stand (成绩经办).
    ProposeConfirm(Proposing),
    /// Approve that the results stand (成绩复核).
    ApproveConfirm {
        /// What the checker approves.
        approval: Approval,
        /// The digest of the results as they are now.
        digest_now: Digest,
    },
    /// Turn the proposed results down.
    RejectConfirm(TurnDown),
    /// Begin the public notice (公示); the authority's stream says until when.
    StartNotice(NoticeStarted),
    /// Close; levels are awarded in the same commit.
    Close {
        /// The civil date.
        on: Date,
    },
    /// Certificates of all who passed are issued in the same commit.
    IssueCertificates {
        /// The civil date.
        on: Date,
        /// How many.
        count: u32,
        /// How many who passed have none coming: their level was withdrawn since.
        withdrawn: u32,
    },
}

/// The intent to open a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// What is opened.
    pub opened: SessionOpened,
    /// Its occupation, from the catalogue edition of the day; none for an item.
    pub occupation: Option<Occupation>,
    /// Its item, from the catalogue edition of the day; none for levels.
    pub item: Option<SkillItem>,
    /// What kind of body opens it.
    pub body_kind: BodyKind,
    /// How assessments of that day are held, if it was laid down.
    pub policy: Option<AssessmentPolicy>,
}

/// The intent to take in a sheet of results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportResults {
    /// BLAKE3 of the file, keyed with the ledger's digest key.
    pub sheet: Digest,
    /// Rows of candidates in the file; those not among the results were refused.
    pub rows: u32,
    /// The rows taken.
    pub results: Vec<ResultEntered>,
    /// The civil date.
    pub on: Date,
}

/// What was found of a candidate at 资格审核: computed from facts, never stated by the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Who.
    pub worker: WorkerId,
    /// Ids of the conditions of application that are met.
    pub met: Vec<String>,
    /// Codes of the rules that refuse: affiliation, 考培分离, conditions.
    pub refused: Vec<String>,
    /// The highest level he holds in the occupation.
    pub held: Option<SkillLevel>,
    /// Components he passed that are still kept.
    pub kept: Vec<Retained>,
    /// The document of the conditions.
    pub source: String,
    /// Whether a person compared that document with the official text.
    pub verified: bool,
}

/// The intent to arrange rooms and staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrange {
    /// Rooms of the theory examination; 0 for none.
    pub rooms: u16,
    /// Who does what, with what is so about each on the day of the assessment.
    pub staff: Vec<(Duty, StaffFacts)>,
    /// The question bank drawn on; the session's own if none is named.
    pub question_bank: Option<QuestionBank>,
    /// How assessments of that day are held.
    pub policy: AssessmentPolicy,
    /// What kind of body holds the session.
    pub body_kind: BodyKind,
    /// Who taught any of the candidates for this occupation, as far back as the rules look.
    pub trainers: BTreeSet<SubjectId>,
    /// The civil date.
    pub on: Date,
}

/// The intent to report a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submit {
    /// Digests of what is handed in.
    pub materials: Vec<Digest>,
    /// The last day in time of a first report; a later one has the return's.
    pub due_on: Date,
    /// Whether the policy refuses what is late.
    pub overdue_refused: bool,
    /// The civil date.
    pub on: Date,
}
