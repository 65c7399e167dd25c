//! Events of the full process (职业技能评价全过程, 国就劳发〔2025〕4号 十五), step by step.

use crate::domain::digest::Digest;
use crate::domain::ids::{CardId, ObjectionId, SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::region::RegionCode;
use crate::domain::score::{Component, Verdict};
use crate::domain::session::basis::Retained;
use crate::domain::session::event::{QuestionBank, ResultEntered};
use crate::domain::staff::role::StaffRole;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The days on which candidates may register were announced (报名时间).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationScheduled {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A candidate registered (报名).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateRegistered {
    /// Who.
    pub worker: WorkerId,
    /// Level applied for; none in a session of an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
    /// The condition of application he declares, by the id of the rule (申报条件).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// Digests of what he handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Digest>,
    /// Components he brings along (单科成绩保留).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retained: Vec<Retained>,
    /// The civil date.
    pub on: Date,
}

/// Whether a candidate may be assessed was decided (资格审核).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibilityDecided {
    /// Who.
    pub worker: WorkerId,
    /// Whether he may.
    pub eligible: bool,
    /// Ids of the rules that are met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<String>,
    /// Codes of the rules that refuse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<String>,
    /// The document of the conditions.
    pub source: String,
    /// Whether a person compared that document with the official text.
    pub verified: bool,
    /// The civil date.
    pub on: Date,
}

/// What somebody does in a session (考务分工).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// 考评: judges the skill.
    Examiner,
    /// 综合评审委员
    Reviewer,
    /// 监考
    Invigilator,
    /// 质量督导
    Supervisor,
}

impl Duty {
    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Examiner => "examiner",
            Self::Reviewer => "reviewer",
            Self::Invigilator => "invigilator",
            Self::Supervisor => "supervisor",
        }
    }
}

/// Somebody assigned to a duty, with the card he does it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Who, by pseudonym.
    pub staff: SubjectId,
    /// What he does.
    pub duty: Duty,
    /// By which card.
    pub card: CardId,
    /// What the card says he is.
    pub role: StaffRole,
}

/// Rooms and staff were arranged (考务安排); a later arrangement replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionArranged {
    /// Candidates who may be assessed.
    pub candidates: u32,
    /// Rooms (标准教室) of the theory examination; 0 for none.
    pub rooms: u16,
    /// Who does what.
    pub staff: Vec<Assigned>,
    /// Who was arranged before and is no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub released: Vec<Assigned>,
    /// The question bank drawn on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question_bank: Option<QuestionBank>,
    /// The policy the staffing was checked by.
    pub policy: String,
    /// The civil date.
    pub on: Date,
}

/// Kinds of evidence of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// 远程智能监管 (云眸工程): the recording stays where it was made.
    RemoteSupervision,
    /// 签到表
    Attendance,
    /// 答卷
    AnswerSheets,
    /// 评分表
    ScoreSheets,
    /// 过程照片、录像
    Recording,
    /// 督导记录
    SupervisionRecord,
    /// 其他
    Other,
}

/// Evidence of the assessment was recorded: its digest, never the thing itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRecorded {
    /// Its kind.
    pub kind: EvidenceKind,
    /// Its digest.
    pub digest: Digest,
    /// When it was made, in China.
    pub taken_at: DateTime,
    /// Where, as a region and nothing nearer.
    pub region: RegionCode,
    /// The component it is of, if of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<Component>,
    /// Where the thing itself is kept, in that system's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// The committee of 综合评审 met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewHeld {
    /// Its members who were there.
    pub members: Vec<SubjectId>,
    /// Digest of its minutes.
    pub minutes: Digest,
    /// The civil date.
    pub on: Date,
}

/// An objection was filed during the public notice (公示异议).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionFiled {
    /// Its id.
    pub objection: ObjectionId,
    /// The candidate it is about, if about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<WorkerId>,
    /// What it says, without personal data.
    pub ground: String,
    /// Digests of its evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Digest>,
    /// The civil date.
    pub on: Date,
}

/// How an objection was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 成立
    Upheld,
    /// 不成立
    Dismissed,
}

/// An objection was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionDecided {
    /// Which.
    pub objection: ObjectionId,
    /// How.
    pub outcome: Outcome,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// A result was struck: the candidate has none in this session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultStruck {
    /// Whose.
    pub worker: WorkerId,
    /// What it came to.
    pub was: Verdict,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// A result was changed after it had been confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultChanged {
    /// What it came to.
    pub was: Verdict,
    /// The result now.
    pub result: ResultEntered,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// The session was reported to the authority (报送).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionSubmitted {
    /// 1 for the first report, one more after each return.
    pub round: u16,
    /// Digests of what was handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<Digest>,
    /// The last day in time, by the policy's working days.
    pub due_on: Date,
    /// The civil date.
    pub on: Date,
}

/// The authority gave the session back (审核退回).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditReturned {
    /// What is to be put right.
    pub reasons: Vec<String>,
    /// The authority's own last day in time.
    pub due_on: Date,
    /// The last day of putting it right (整改期限).
    pub fix_by: Date,
    /// The civil date.
    pub on: Date,
}

/// The authority passed the session (审核通过).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPassed {
    /// Document number or basis.
    pub basis: String,
    /// The authority's own last day in time.
    pub due_on: Date,
    /// The civil date.
    pub on: Date,
}

/// The certificates were uploaded to a look-up service (上传): what came back from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificatesUploaded {
    /// Which service, by its name.
    pub platform: String,
    /// How many certificates.
    pub count: u32,
    /// Digest of the file handed over.
    pub digest: Digest,
    /// The receipt, as the service writes it.
    pub receipt: String,
    /// The civil date.
    pub on: Date,
}
