//! What can be asked of an assessment body.

use crate::domain::attainment::Attainment;
use crate::domain::body::event::{
    BodyKeyRegistered, BodyKeyRetired, BodyRegistered, BodySelected, CreditRecorded,
    CrossRegionEnded, CrossRegionPermitted, EcosystemClosed, EcosystemMemberJoined,
    EcosystemMemberLeft, EcosystemOpened, ReviewClosed, ReviewOrdered, RunOffEnded, RunOffGranted,
    ScopeEnded, ScopeGranted, StarGraded, StatusListOpened, StatusListPublished,
};
use crate::domain::body::event::{TrainingBaseListed, TrainingBaseNoticed, TrainingBaseStruck};
use crate::domain::ids::SessionId;
use crate::domain::number::{NumberCode, NumberGrammar};
use crate::domain::proposal::{Act, Approval, Proposing, TurnDown};
use crate::domain::region::RegionCode;
use crate::domain::rules::bodies::BodyPolicy;
use jiff::civil::Date;

/// An intent about one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyCommand {
    /// Register it (备案).
    Register(BodyRegistered),
    /// Assign the codes its certificate numbers are built from.
    AssignNumberCode {
        /// The codes.
        code: NumberCode,
        /// The grammar in force.
        grammar: NumberGrammar,
    },
    /// Grant a scope.
    GrantScope(ScopeGranted),
    /// End a scope: its last day has passed, or it is taken back.
    EndScope(ScopeEnded),
    /// Let a session be finished although the scope has ended.
    GrantRunOff(RunOffGranted),
    /// End a run-off.
    EndRunOff(RunOffEnded),
    /// Bring a key into use.
    RegisterKey(BodyKeyRegistered),
    /// Take a key out of use.
    RetireKey(BodyKeyRetired),
    /// Propose to suspend, reinstate or withdraw the body, to take a scope back, to end a permit to
    /// work in another province early, or to declare a key compromised.
    Propose {
        /// The maker's part.
        proposing: Proposing,
        /// What it would do.
        act: Act,
    },
    /// Approve what was proposed; it takes effect.
    Approve(Approval),
    /// Turn a proposal down.
    Reject(TurnDown),
    /// Begin the public notice of a training base (师资培训基地公示).
    NoticeTrainingBase(TrainingBaseNoticed),
    /// Put it on the list of training bases (公布).
    ListTrainingBase(TrainingBaseListed),
    /// Strike it off that list.
    StrikeTrainingBase(TrainingBaseStruck),
    /// Open a status list.
    OpenStatusList(StatusListOpened),
    /// Publish signed status lists.
    PublishStatusList(StatusListPublished),
    /// Open an ecosystem (链主企业技能生态圈).
    OpenEcosystem(EcosystemOpened),
    /// Take an enterprise into it.
    JoinEcosystem(EcosystemMemberJoined),
    /// Let an enterprise go.
    LeaveEcosystem(EcosystemMemberLeft),
    /// Close it.
    CloseEcosystem(EcosystemClosed),
    /// Permit work in another province (跨区域协作).
    PermitCrossRegion {
        /// The permit.
        permitted: CrossRegionPermitted,
        /// The grammar of level certificates in force, for the host's codes.
        grammar: NumberGrammar,
    },
    /// End a permit whose last day has passed; early, it is ended by an act of two people.
    EndCrossRegion(CrossRegionEnded),
    /// Give stars (星级管理).
    GradeStars(StarGraded),
    /// Record credit (信用管理).
    RecordCredit(CreditRecorded),
    /// Select the body (遴选).
    Select {
        /// For what; stars and credit are filled in.
        selected: BodySelected,
        /// What holds of bodies that day.
        policy: BodyPolicy,
    },
    /// Order a review of certificates (证书复查).
    OrderReview(ReviewOrdered),
    /// Close a review.
    CloseReview(ReviewClosed),
    /// Take serials and status indices for certificates issued in the same commit.
    TakeSerials(TakeSerials),
}

/// The question whether certificates of a session may be issued on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuing {
    /// The session they come from.
    pub session: SessionId,
    /// What they attest, each once.
    pub attainments: Vec<Attainment>,
    /// Region of the assessment.
    pub region: RegionCode,
    /// 评定日期
    pub assessed_on: Date,
    /// 发证日期
    pub on: Date,
}

/// The intent to take serials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeSerials {
    /// For which certificates; its attainments are those of `runs`.
    pub issuing: Issuing,
    /// How many of each attainment, in the order the serials are taken.
    pub runs: Vec<SerialRun>,
}

/// Serials for the certificates of one attainment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialRun {
    /// What they attest.
    pub attainment: Attainment,
    /// The grammar that numbers them that day.
    pub grammar: NumberGrammar,
    /// How many.
    pub count: u32,
}
