//! Levels put in question (取得等级的复查): what a level rests on fell away, so that two people have to
//! say whether it stands. Until they do, it stands and is shown with the question.

use crate::domain::ids::{CertificateId, CompetitionId, RecordId};
use crate::domain::number::CertificateNumber;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, Approval, End, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::wording::check_text;
use crate::domain::worker::appointment;
use crate::domain::worker::event::{AwardedBy, LevelWithdrawn, WorkerEvent};
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::{Level, Worker};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

type Decided = Result<Vec<WorkerEvent>, No>;

/// What fell away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cause {
    /// A place in a competition was withdrawn (取消名次).
    Place {
        /// The competition.
        competition: CompetitionId,
        /// The contest's occupation.
        occupation: OccupationCode,
    },
    /// An honour was withdrawn (撤销荣誉).
    Honour {
        /// Its record.
        record: RecordId,
    },
    /// Something else, as the ground says: an award or an achievement behind 直接认定.
    Stated,
}

/// A level was put in question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardQuestioned {
    /// What had awarded it.
    pub award: AwardedBy,
    /// What fell away.
    pub cause: Cause,
    /// Why; no personal data.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// A level that was in question stands, as two people found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardUpheld {
    /// What had awarded it.
    pub award: AwardedBy,
    /// Why; no personal data.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// The certificate whose revocation withdraws the level: the one named, where one was issued and the
/// level is not upheld; `None` where the finding itself withdraws or upholds it.
pub fn certificate_to_revoke(
    withdraws: bool,
    issued: bool,
    named: Option<&CertificateNumber>,
) -> Result<Option<CertificateNumber>, No> {
    match (withdraws && issued, named) {
        (true, None) => Err(No::AwardCertificateUnnamed),
        (false, Some(_)) => Err(No::AwardCertificateUnasked),
        (_, named) => Ok(named.cloned()),
    }
}

/// What an event does to the open questions.
pub(super) fn evolve(questions: &mut Vec<AwardQuestioned>, event: &WorkerEvent) {
    let closed = match event {
        WorkerEvent::AwardQuestioned(questioned) => {
            questions.push(questioned.clone());
            return;
        }
        WorkerEvent::AwardUpheld(upheld) => upheld.award,
        WorkerEvent::LevelWithdrawn(withdrawn) => withdrawn.by,
        _ => return,
    };
    questions.retain(|it| it.award != closed);
}

/// Puts a level that stands in question, once at a time.
pub(super) fn question(worker: &Worker, questioned: &AwardQuestioned) -> Decided {
    check_text("ground", &questioned.ground)?;
    check_text("basis", &questioned.basis)?;
    let level = standing(worker, questioned.award)?;
    not_before(level.awarded.awarded_on, questioned.on)?;
    if worker
        .questions
        .iter()
        .any(|it| it.award == questioned.award)
    {
        return Err(No::QuestionedAlready);
    }
    Ok(vec![questioned.clone().into()])
}

/// Proposes what becomes of a level in question.
pub(super) fn propose(worker: &Worker, proposing: &Proposing, act: &Act) -> Decided {
    worker.proposals.check_new(proposing.proposal)?;
    check(worker, act)?;
    let made = ProposalEvent::from(proposing.made(act.clone()));
    Ok(vec![WorkerEvent::Proposal(made)])
}

/// What two people found takes effect.
pub(super) fn approve(
    worker: &Worker,
    approval: &Approval,
    act: &Act,
    certificate: Option<CertificateId>,
) -> Decided {
    let (mut effect, on) = check(worker, act)?;
    if let WorkerEvent::LevelWithdrawn(withdrawn) = &mut effect {
        withdrawn.certificate = certificate;
    }
    if approval.now.date_in_china() < on {
        return Err(No::FindingNotYet { on });
    }
    let post = match &effect {
        WorkerEvent::LevelWithdrawn(it) => appointment::end_with_level(worker, it.by.session(), on),
        _ => None,
    };
    let approved = WorkerEvent::Proposal(ProposalEvent::from(approval.approved()));
    Ok([approved, effect].into_iter().chain(post).collect())
}

/// The event an act would lead to, and its day.
fn check(worker: &Worker, act: &Act) -> Result<(WorkerEvent, Date), No> {
    let (Act::UpholdAward {
        award,
        ground,
        basis,
        on,
    }
    | Act::WithdrawAward {
        award,
        ground,
        basis,
        on,
    }) = act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    check_text("ground", ground)?;
    check_text("basis", basis)?;
    standing(worker, *award)?;
    let questioned = worker
        .questions
        .iter()
        .find(|it| it.award == *award)
        .ok_or(No::NotQuestioned)?;
    not_before(questioned.on, *on)?;
    let event = match act {
        Act::WithdrawAward { .. } => LevelWithdrawn {
            by: *award,
            certificate: None,
            end: End::Revoked,
            ground: ground.clone(),
            on: *on,
        }
        .into(),
        _ => AwardUpheld {
            award: *award,
            ground: ground.clone(),
            basis: basis.clone(),
            on: *on,
        }
        .into(),
    };
    Ok((event, *on))
}

fn standing(worker: &Worker, award: AwardedBy) -> Result<&Level, No> {
    let level = worker
        .levels
        .iter()
        .find(|it| it.awarded.by == award)
        .ok_or(No::NotAwarded)?;
    match level.withdrawn {
        Some(_) => Err(No::AlreadyWithdrawn),
        None => Ok(level),
    }
}

fn not_before(earliest: Date, on: Date) -> Result<(), No> {
    if on < earliest {
        return Err(No::DateBefore { earliest });
    }
    Ok(())
}
