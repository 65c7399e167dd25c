//! Levels put in question (取得等级的复查) because what they rest on fell away, and what two people find.

use crate::app::desk::Desk;
use crate::app::draft::{Draft, Loaded};
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::ledger::Ledger;
use crate::app::operation::{Operation, operation};
use crate::domain::certificate::event::Award;
use crate::domain::competition::event::PlaceWithdrawn;
use crate::domain::digest::Digest;
use crate::domain::ids::{
    BodyId, CompetitionId, ProposalId, RecognitionId, RecordId, SessionId, StreamId, WorkerId,
};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End, Proposing};
use crate::domain::route::Route;
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::state::SessionState;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::{AwardedBy, LevelAwarded};
use crate::domain::worker::question::{AwardQuestioned, Cause, certificate_to_revoke};
use crate::domain::worker::rejection::WorkerRejection;
use crate::domain::worker::state::{Worker, WorkerState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What two people find about a level in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// 维持
    Upheld,
    /// 取消
    Withdrawn,
}
input_words!(Finding: "维持" = "upheld", "取消" = "withdrawn");

operation! {
    /// 提出等级复查 | Puts a level in question: what it rests on fell away.
    pub struct QuestionAward = "award.question" {
        /// 劳动者编号 | The holder.
        worker: WorkerId,
        /// 批次 | The session that awarded it.
        session: Option<SessionId>,
        /// 比照认定编号 | Or the recognition that did.
        recognition: Option<RecognitionId>,
        /// 复查理由 | What fell away: an award or achievement behind a direct recognition.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 提交等级复查结论 | Proposes what becomes of a level in question; another person approves.
    pub struct DecideQuestion = "award.decide-question" {
        /// 劳动者编号 | The holder.
        worker: WorkerId,
        /// 批次 | The session that awarded it.
        session: Option<SessionId>,
        /// 比照认定编号 | Or the recognition that did.
        recognition: Option<RecognitionId>,
        /// 复查结论 | upheld or withdrawn.
        finding: Finding,
        /// 证书编号 | The certificate of that assessment, which is revoked with the level.
        certificate: Option<CertificateNumber>,
        /// 结论理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

fn award(
    session: Option<SessionId>,
    recognition: Option<RecognitionId>,
) -> Result<AwardedBy, AppError> {
    match (session, recognition) {
        (Some(session), None) => Ok(AwardedBy::Session(session)),
        (None, Some(recognition)) => Ok(AwardedBy::Recognition(recognition)),
        _ => Err(AppError::BadInput {
            what: "session",
            rule: "needed",
        }),
    }
}

/// The body that awarded it; none if the authority recognised it.
fn body_of(worker: &WorkerState, award: AwardedBy) -> Option<BodyId> {
    let levels = &worker.worker()?.levels;
    levels
        .iter()
        .find(|it| it.awarded.by == award)?
        .awarded
        .body
}

/// The maker of the body that awarded it, or the authority's.
async fn need_maker(desk: &mut Desk<'_>, worker: WorkerId, by: AwardedBy) -> Result<(), AppError> {
    let actor = desk.actor();
    let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
    match body_of(state, by) {
        Some(body) => actor.need_maker_of(body),
        None => actor.need_authority(),
    }
}

impl Operation for QuestionAward {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let by = award(self.session, self.recognition)?;
        need_maker(desk, self.worker, by).await?;
        let command = WorkerCommand::QuestionAward(AwardQuestioned {
            award: by,
            cause: Cause::Stated,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        Ok(())
    }
}

impl Operation for DecideQuestion {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let by = award(self.session, self.recognition)?;
        need_maker(desk, self.worker, by).await?;
        let on = desk.day(self.on)?;
        let issued = match by.session() {
            Some(session) => {
                let state = desk.existing::<SessionDecider>(session, "session").await?;
                matches!(state, SessionState::Issued { .. })
            }
            None => false,
        };
        let withdraws = self.finding == Finding::Withdrawn;
        let act = match self.finding {
            Finding::Upheld => Act::UpholdAward {
                award: by,
                ground: self.ground.clone(),
                basis: self.basis.clone(),
                on,
            },
            Finding::Withdrawn => Act::WithdrawAward {
                award: by,
                ground: self.ground.clone(),
                basis: self.basis.clone(),
                on,
            },
        };
        let ledger = desk.ledger();
        let proposing = Proposing {
            proposal: ProposalId(desk.fresh_id()),
            digest: ledger.request_digest("worker.propose", &(self.worker, &act))?,
            by: desk.actor().account,
            now: desk.now(),
        };
        let command = WorkerCommand::Propose { proposing, act };
        let Some(number) = certificate_to_revoke(withdraws, issued, self.certificate.as_ref())?
        else {
            desk.decide::<WorkerDecider>(self.worker, &command).await?;
            desk.reserve(format!("proposal:{}", proposing.proposal));
            return Ok(());
        };
        // The worker's rules are asked as for a level without certificate; what is proposed is the
        // certificate's end, which takes the level with it.
        let state = desk
            .existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        <WorkerDecider as crate::domain::decider::Decider>::decide(state, &command)?;
        let held = ledger.newest_of(&number).await?;
        let Award {
            session, worker, ..
        } = &held.issued.award;
        if (AwardedBy::Session(*session), *worker) != (by, self.worker) {
            return Err(WorkerRejection::AwardCertificateUnnamed.into());
        }
        let act = Act::EndCertificate {
            end: End::Revoked,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: on.max(held.issued.issued_on),
        };
        ledger.propose_end_on(desk, held, act).await
    }
}

impl Ledger {
    /// Puts the levels in question that a withdrawn place led to, in the commit that withdraws it.
    pub(super) async fn question_promotion(
        &self,
        competition: CompetitionId,
        withdrawn: &PlaceWithdrawn,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        let mut worker = self.load::<WorkerDecider>(withdrawn.worker).await?;
        let rests_on = |basis: &ResultBasis| matches!(basis, ResultBasis::Rank { competition: of, .. } if *of == competition);
        let awards: Vec<AwardedBy> = worker
            .state
            .worker()
            .map(|it| standing(it, Route::Competition))
            .unwrap_or_default()
            .into_iter()
            .filter(|it| it.occupation == withdrawn.occupation)
            .map(|it| it.by)
            .collect();
        for award in awards {
            if self.rests(award, withdrawn.worker, rests_on).await? {
                let questioned = AwardQuestioned {
                    award,
                    cause: Cause::Place {
                        competition,
                        occupation: withdrawn.occupation,
                    },
                    ground: withdrawn.ground.clone(),
                    basis: withdrawn.basis.clone(),
                    on: withdrawn.on,
                };
                put(&mut worker, questioned, draft)?;
            }
        }
        draft.guard(&worker);
        Ok(())
    }

    /// Whether the result that led to an award rests on this.
    async fn rests(
        &self,
        award: AwardedBy,
        worker: WorkerId,
        on: impl Fn(&ResultBasis) -> bool,
    ) -> Result<bool, AppError> {
        let Some(session) = award.session() else {
            return Ok(false);
        };
        let loaded = self.load::<SessionDecider>(session).await?;
        let result = loaded
            .state
            .sitting()
            .and_then(|it| it.results.get(&worker));
        Ok(result.is_some_and(|it| on(&it.basis)))
    }
}

/// The levels of a route that stand and are not in question.
fn standing(worker: &Worker, route: Route) -> Vec<LevelAwarded> {
    let open = |by: AwardedBy| worker.questions.iter().any(|it| it.award == by);
    let levels = worker.levels.iter().filter(|it| it.withdrawn.is_none());
    levels
        .map(|it| &it.awarded)
        .filter(|it| it.route == route && !open(it.by))
        .cloned()
        .collect()
}

/// Puts one level in question; a day before the award counts as the day of the award.
fn put(
    worker: &mut Loaded<WorkerDecider>,
    mut questioned: AwardQuestioned,
    draft: &mut Draft,
) -> Result<(), AppError> {
    let levels = worker.state.worker().map(|it| it.levels.as_slice());
    let awarded = levels
        .unwrap_or_default()
        .iter()
        .find(|it| it.awarded.by == questioned.award)
        .map(|it| it.awarded.awarded_on);
    questioned.on = awarded.map_or(questioned.on, |on| questioned.on.max(on));
    let events = worker.decide(&WorkerCommand::QuestionAward(questioned))?;
    draft.write(worker, events);
    Ok(())
}

/// Puts the levels in question that were recognised directly with the evidence of an honour that was
/// withdrawn. A recognition (比照认定) that rests on it is listed as due for review, and withdrawn as
/// a recognition is.
pub(super) async fn question_honour(
    desk: &mut Desk<'_>,
    worker: WorkerId,
    record: RecordId,
    words: (&str, &str),
    on: Date,
) -> Result<(), AppError> {
    let ledger = desk.ledger();
    let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
    let Some(person) = state.worker() else {
        return Ok(());
    };
    let shown: Vec<Digest> = person
        .honours
        .iter()
        .filter(|it| it.conferred.record == record)
        .flat_map(|it| it.conferred.evidence.clone())
        .collect();
    let mut found: Vec<LevelAwarded> = Vec::new();
    let direct = standing(person, Route::DirectRecognition);
    let same = |basis: &ResultBasis| match basis {
        ResultBasis::Grounds { evidence, .. } => evidence.iter().any(|it| shown.contains(it)),
        _ => false,
    };
    for level in direct {
        if ledger.rests(level.by, worker, same).await? {
            found.push(level);
        }
    }
    for level in found {
        let (ground, basis) = words;
        let command = WorkerCommand::QuestionAward(AwardQuestioned {
            award: level.by,
            cause: Cause::Honour { record },
            ground: ground.to_owned(),
            basis: basis.to_owned(),
            on: on.max(level.awarded_on),
        });
        desk.decide::<WorkerDecider>(worker, &command).await?;
    }
    Ok(())
}

impl Ledger {
    /// Refuses the withdrawal of a level without its certificate, if one was issued since it was
    /// proposed; guards the session against an issue at the same time.
    pub(in crate::app) async fn check_without_certificate(
        &self,
        act: &Act,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        let Act::WithdrawAward {
            award: AwardedBy::Session(session),
            ..
        } = act
        else {
            return Ok(());
        };
        let loaded = self.load::<SessionDecider>(*session).await?;
        draft.guard(&loaded);
        let issued = matches!(loaded.state, SessionState::Issued { .. });
        certificate_to_revoke(true, issued, None)?;
        Ok(())
    }

    /// The candidates of a session whose level was withdrawn since it closed. Only what rests on
    /// another thing than marks can fall away before the certificates are issued.
    pub(in crate::app) async fn withdrawn_since(
        &self,
        session: SessionId,
        route: Route,
        candidates: &[WorkerId],
        draft: &mut Draft,
    ) -> Result<Vec<WorkerId>, AppError> {
        if route == Route::Assessment {
            return Ok(Vec::new());
        }
        let streams: Vec<StreamId> = candidates.iter().map(|it| StreamId::from(*it)).collect();
        let workers = self.load_all::<WorkerDecider>(&streams).await?;
        let mut gone = Vec::new();
        for (stream, worker) in &workers {
            draft.guard(worker);
            let level = worker
                .state
                .worker()
                .and_then(|it| it.level_certified_in(session));
            if level.is_some_and(|it| it.withdrawn.is_some()) {
                gone.push(WorkerId(stream.id));
            }
        }
        Ok(gone)
    }
}
