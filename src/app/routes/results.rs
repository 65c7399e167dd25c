//! Results that rest on a ground, a place, a review or an apprenticeship, entered into a session
//! of that route.

use super::facts::{Gathered, gather};
use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::operation::{Operation, operation};
use crate::app::whom::Whom;
use crate::domain::attainment::Assessed;
use crate::domain::decider::Decider;
use crate::domain::digest::Digest;
use crate::domain::ids::{
    CompetitionId, RecognitionId, SessionId, StreamId, StreamKind, SubjectId, WorkerId,
};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::score::{Mark, Marks};
use crate::domain::session::basis::{ResultBasis, ReviewMarks};
use crate::domain::session::command::SessionCommand;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::ResultEntered;
use crate::domain::session::rejection::SessionRejection;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::independence::independent;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::AwardedBy;
use crate::domain::worker::recognition::decide::Use;
use crate::domain::worker::recognition::event::RecognitionUsed;
use jiff::civil::Date;
use std::collections::BTreeSet;

operation! {
    /// 录入直接认定 | Enters a direct recognition.
    pub struct EnterDirect = "route.enter-direct", import "direct-recognitions" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The candidate, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 认定等级 | The level.
        level: SkillLevel,
        /// 情形代码 | Code of the ground.
        ground: String,
        /// 证明材料摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
        /// 同意认定 | Whether the body grants it; yes if not given.
        granted: Option<bool>,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 录入竞赛晋升 | Enters a promotion by competition: its rule gives the level.
    pub struct EnterPromotion = "route.enter-promotion", import "promotions" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The contestant, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of a contestant who is found by his document.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 竞赛 | The competition.
        competition: CompetitionId,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 录入评聘评审 | Enters the review of a candidate for appointment.
    pub struct EnterReview = "route.enter-review", import "appointment-reviews" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The candidate, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 评聘等级 | The level: special or chief.
        level: SkillLevel,
        /// 业绩评审成绩 | Achievements: 0 to 100 with one decimal at most, or the word for absent.
        achievements: String,
        /// 答辩成绩 | Defence, likewise.
        defence: String,
        /// 综合评审成绩 | Comprehensive review, likewise.
        review: String,
        /// 岗位 | The post.
        post: String,
        /// 聘期开始日期 | First day of the term.
        from: Date,
        /// 聘期截止日期 | Last day of the term.
        to: Date,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 录入转正定级成绩 | Enters the marks of an apprentice who is graded.
    pub struct EnterGrading = "route.enter-grading", import "gradings" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The apprentice, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of an apprentice who is found by his document.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 定级等级 | The level.
        level: SkillLevel,
        /// 理论成绩 | Theory: 0 to 100 with one decimal at most, or the word for absent.
        theory: String,
        /// 技能成绩 | Skill, likewise.
        skill: String,
        /// 综合评审成绩 | Review, likewise.
        review: Option<String>,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 录入比照认定发证 | Enters a recognition whose level is to have its certificate.
    pub struct EnterRecognised = "route.enter-recognised", import "recognised" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The holder, if named by it.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of a holder who is found by his document.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 比照认定编号 | The recognition that awarded the level.
        recognition: RecognitionId,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

macro_rules! whom {
    ($desk:ident, $request:ident) => {
        $desk
            .whom(Whom {
                worker: $request.worker,
                name: $request.name.as_ref(),
                document_type: $request.document_type.as_ref(),
                document_number: $request.document_number.as_ref(),
            })
            .await?
    };
}

/// A mark as people write it.
fn mark(text: &str, what: &'static str) -> Result<Mark, AppError> {
    crate::sheet::mark(text).ok_or(AppError::BadInput {
        what,
        rule: "field-unreadable",
    })
}

/// The occupation whose levels the session gives.
fn occupation(gathered: &Gathered) -> Result<OccupationCode, AppError> {
    match &gathered.opened.assessed {
        Assessed::Levels { occupation, .. } => Ok(*occupation),
        Assessed::Item { .. } => Err(AppError::NotFound { what: "occupation" }),
    }
}

/// Asks the route's rule, then the session.
async fn enter(
    desk: &mut Desk<'_>,
    session: SessionId,
    gathered: &Gathered,
    result: ResultEntered,
    on: Option<Date>,
) -> Result<(), AppError> {
    gathered.facts().given(&result)?;
    let command = SessionCommand::EnterResults {
        results: vec![result],
        on: desk.day(on)?,
    };
    desk.decide::<SessionDecider>(session, &command).await?;
    Ok(())
}

fn result(
    worker: WorkerId,
    level: SkillLevel,
    basis: ResultBasis,
) -> Result<ResultEntered, AppError> {
    let verdict = basis
        .verdict(Some(level))
        .ok_or(SessionRejection::MarksIncomplete)?;
    Ok(ResultEntered {
        worker,
        level: Some(level),
        basis,
        retained: Vec::new(),
        verdict,
    })
}

impl Operation for EnterDirect {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let worker = whom!(desk, self);
        let gathered = gather(desk, self.session, Route::DirectRecognition, worker, None).await?;
        let basis = ResultBasis::Grounds {
            ground: self.ground.clone(),
            evidence: self.evidence.clone(),
            granted: self.granted.unwrap_or(true),
        };
        let result = result(worker, self.level, basis)?;
        enter(desk, self.session, &gathered, result, self.on).await
    }
}

impl Operation for EnterRecognised {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let worker = whom!(desk, self);
        let gathered = gather(desk, self.session, Route::Recognition, worker, None).await?;
        let by = AwardedBy::Recognition(self.recognition);
        let levels = gathered.worker.levels.iter();
        let level = levels
            .map(|it| &it.awarded)
            .find(|it| it.by == by)
            .map(|it| it.level);
        let on = desk.day(self.on)?;
        let asked = Use {
            used: RecognitionUsed {
                recognition: self.recognition,
                session: self.session,
                on,
            },
            occupation: occupation(&gathered)?,
            // Without a level there is nothing to certify: the worker's rules say why.
            level: level.unwrap_or(SkillLevel::Apprentice),
            assessed_on: gathered.opened.assessed_on,
        };
        // The worker's rules are asked now, and bind when the session closes.
        let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
        WorkerDecider::decide(state, &WorkerCommand::UseRecognition(asked.clone()))?;
        let basis = ResultBasis::Recognition {
            recognition: self.recognition,
        };
        let result = result(worker, asked.level, basis)?;
        enter(desk, self.session, &gathered, result, Some(on)).await
    }
}

impl Operation for EnterPromotion {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let worker = whom!(desk, self);
        let gathered = gather(desk, self.session, Route::Competition, worker, None).await?;
        let contested = occupation(&gathered)?;
        let place = Some((self.competition, contested));
        let gathered = gather(desk, self.session, Route::Competition, worker, place).await?;
        let promotion = gathered.facts().promotion(contested)?;
        let (rank, contestants) = gathered
            .placing
            .as_ref()
            .map_or((0, 0), |it| (it.rank, it.contestants));
        let basis = ResultBasis::Rank {
            competition: self.competition,
            rank,
            contestants,
            rule: promotion.rule,
        };
        let result = result(worker, promotion.level, basis)?;
        enter(desk, self.session, &gathered, result, self.on).await
    }
}

impl Operation for EnterReview {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let worker = whom!(desk, self);
        let gathered = gather(desk, self.session, Route::Appointment, worker, None).await?;
        let basis = ResultBasis::Review {
            marks: ReviewMarks {
                performance: mark(&self.achievements, "achievements")?,
                defence: mark(&self.defence, "defence")?,
                overall: mark(&self.review, "review")?,
            },
            post: self.post.clone(),
            from: self.from,
            to: self.to,
        };
        let result = result(worker, self.level, basis)?;
        reviewers_stand_apart(desk, self.session, worker, &gathered).await?;
        enter(desk, self.session, &gathered, result, self.on).await
    }
}

/// 回避: nobody arranged for the session is the candidate, or declared to be close to him.
async fn reviewers_stand_apart(
    desk: &mut Desk<'_>,
    session: SessionId,
    candidate: WorkerId,
    gathered: &Gathered,
) -> Result<(), AppError> {
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let arranged = state
        .sitting()
        .and_then(|it| it.proceedings.arrangement.as_ref());
    let staff: BTreeSet<SubjectId> = arranged
        .iter()
        .flat_map(|it| &it.staff)
        .map(|it| it.staff)
        .collect();
    let candidates = BTreeSet::from([SubjectId::from(candidate)]);
    for subject in staff {
        let stream = StreamId::new(StreamKind::Staff, subject.0);
        let state = desk.existing::<StaffDecider>(stream, "staff").await?;
        let facts = state.facts_on(subject, gathered.opened.assessed_on);
        independent(&facts, &candidates, &BTreeSet::new())?;
    }
    Ok(())
}

impl Operation for EnterGrading {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let worker = whom!(desk, self);
        let gathered = gather(desk, self.session, Route::ApprenticeGrading, worker, None).await?;
        let review = match &self.review {
            None => None,
            Some(text) => Some(mark(text, "review")?),
        };
        let basis = ResultBasis::Marks(Marks {
            theory: Some(mark(&self.theory, "theory")?),
            skill: Some(mark(&self.skill, "skill")?),
            review,
        });
        let result = result(worker, self.level, basis)?;
        enter(desk, self.session, &gathered, result, self.on).await
    }
}
