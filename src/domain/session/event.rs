//! Events of an assessment session.

use crate::domain::attainment::Assessed;
use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::event::events;
use crate::domain::ids::{BodyId, ProposalId, SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::ProposalEvent;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::score::Verdict;
use crate::domain::session::basis::{ResultBasis, Retained};
use crate::domain::session::dual::EnterpriseCertificate;
use crate::domain::session::step::{
    AuditPassed, AuditReturned, CandidateRegistered, CertificatesUploaded, EligibilityDecided,
    EvidenceRecorded, ObjectionDecided, ObjectionFiled, RegistrationScheduled, ResultChanged,
    ResultStruck, ReviewHeld, SessionArranged, SessionSubmitted,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of standard an assessment is held under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandardKind {
    /// 国家职业标准
    National,
    /// 行业企业评价规范
    Industry,
    /// 专项职业能力考核规范
    SpecialSkill,
}

/// The standard an assessment is held under: type, code, edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Its kind.
    pub kind: StandardKind,
    /// Its code: `GZB 6-31-07-01`.
    pub code: String,
    /// Its edition: `2023`.
    pub edition: String,
}

/// How much of the process this session records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Process {
    /// The results sheet (成绩汇总表) is the whole record of what came before it.
    #[default]
    Sheet,
    /// Every step: 报名、资格审核、考务安排、考核、评分、综合评审、公示、审核、上传.
    Full,
}

impl Process {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Full => "full",
        }
    }
}

/// The question bank (题库) an assessment draws on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionBank {
    /// Its id, as its keeper numbers it.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// A session was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOpened {
    /// The body that holds it.
    pub body: BodyId,
    /// The body's own number of it (认定批次): `2026-29`.
    pub code: String,
    /// The route to what it gives.
    pub route: Route,
    /// How much of the process it records.
    pub process: Process,
    /// What is assessed: levels of an occupation, or an item.
    pub assessed: Assessed,
    /// 一试双证: the employer's own certificate that is given with the level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dual: Option<EnterpriseCertificate>,
    /// The question bank, where one was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question_bank: Option<QuestionBank>,
    /// The standard.
    pub standard: Standard,
    /// 评定日期
    pub assessed_on: Date,
    /// Region of the site, GB/T 2260.
    pub region: RegionCode,
    /// Name of the site (考点).
    pub site: String,
    /// The examiners (考评员), by pseudonym.
    pub examiners: Vec<SubjectId>,
    /// The sealed rows that came with it (the examiners' names and card numbers).
    pub sealed: Vec<SealedDigest>,
}

/// A results sheet was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetImported {
    /// BLAKE3 of the file, keyed with the ledger's digest key.
    pub sheet: Digest,
    /// Rows of candidates in the file.
    pub rows: u32,
    /// Rows taken.
    pub accepted: u32,
    /// Rows refused.
    pub refused: u32,
}

/// A candidate's result was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultEntered {
    /// The candidate.
    pub worker: WorkerId,
    /// Level applied for; none in a session of an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
    /// What it rests on.
    pub basis: ResultBasis,
    /// Components brought along from an earlier session (单科成绩保留); their marks stand in the
    /// basis too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retained: Vec<Retained>,
    /// What it comes to.
    pub verdict: Verdict,
}

/// The results were confirmed by a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsConfirmed {
    /// The approved proposal.
    pub proposal: ProposalId,
    /// Candidates covered.
    pub candidates: u32,
    /// The approved digest of the results.
    pub digest: Digest,
}

/// The public notice (公示) began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeStarted {
    /// First day of notice.
    pub from: Date,
    /// First day on which the session may close.
    pub closes_on: Date,
    /// Working days of notice, from the jurisdiction's policy of that day.
    pub working_days: u16,
}

/// The session was closed; levels are awarded in the same commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClosed {
    /// The civil date.
    pub on: Date,
    /// Candidates who passed every component.
    pub passed: u32,
    /// Candidates who did not.
    pub failed: u32,
    /// Candidates absent from a component.
    pub absent: u32,
}

/// Certificates were issued for all levels awarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificatesIssued {
    /// The civil date.
    pub on: Date,
    /// How many.
    pub count: u32,
}

events! {
    /// What happened to a session.
    pub enum SessionEvent {
        /// Opened.
        Opened(SessionOpened) = "session.opened", 2;
        /// A sheet was taken in.
        SheetImported(SheetImported) = "session.sheet_imported", 1;
        /// A result was entered.
        ResultEntered(ResultEntered) = "session.result_entered", 2;
        /// The results were confirmed.
        ResultsConfirmed(ResultsConfirmed) = "session.results_confirmed", 1;
        /// The public notice began.
        NoticeStarted(NoticeStarted) = "session.notice_started", 1;
        /// Closed.
        Closed(SessionClosed) = "session.closed", 1;
        /// Certificates were issued.
        CertificatesIssued(CertificatesIssued) = "session.certificates_issued", 1;
        /// The days of registration were announced.
        RegistrationScheduled(RegistrationScheduled) = "session.registration_scheduled", 1;
        /// A candidate registered.
        CandidateRegistered(CandidateRegistered) = "session.candidate_registered", 1;
        /// Whether a candidate may be assessed was decided.
        EligibilityDecided(EligibilityDecided) = "session.eligibility_decided", 1;
        /// Rooms and staff were arranged.
        Arranged(SessionArranged) = "session.arranged", 1;
        /// Evidence was recorded.
        EvidenceRecorded(EvidenceRecorded) = "session.evidence_recorded", 1;
        /// The committee met.
        ReviewHeld(ReviewHeld) = "session.review_held", 1;
        /// An objection was filed.
        ObjectionFiled(ObjectionFiled) = "session.objection_filed", 1;
        /// An objection was decided.
        ObjectionDecided(ObjectionDecided) = "session.objection_decided", 1;
        /// A result was struck.
        ResultStruck(ResultStruck) = "session.result_struck", 1;
        /// A result was changed.
        ResultChanged(ResultChanged) = "session.result_changed", 1;
        /// Reported to the authority.
        Submitted(SessionSubmitted) = "session.submitted", 1;
        /// Given back by the authority.
        AuditReturned(AuditReturned) = "session.audit_returned", 1;
        /// Passed by the authority.
        AuditPassed(AuditPassed) = "session.audit_passed", 1;
        /// Certificates were uploaded.
        CertificatesUploaded(CertificatesUploaded) = "session.certificates_uploaded", 1;
        @nested
        /// A proposal about this session.
        Proposal(ProposalEvent);
    }
}
