//! 评分 without a sheet, 公示异议, and what puts a confirmed result right.

use super::desk::{of_checker, of_maker, of_maker_who_assessed, opened};
use super::enrol::kept;
use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::{input, input_words};
use crate::app::operation::{Operation, operation};
use crate::app::routes::facts::check_grading;
use crate::app::whom::Whom;
use crate::domain::attainment::Assessed;
use crate::domain::digest::Digest;
use crate::domain::ids::{ObjectionId, SessionId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::route::Route;
use crate::domain::score::{Component, Mark, Marks};
use crate::domain::session::basis::{ResultBasis, Retained};
use crate::domain::session::command::SessionCommand;
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::ResultEntered;
use crate::domain::session::rejection::SessionRejection;
use crate::domain::session::remedy::Remedy;
use crate::domain::session::step::{ObjectionDecided, ObjectionFiled, Outcome};
use jiff::civil::Date;

input!(Text: ObjectionId);
input_words!(Outcome: "成立" = "upheld", "不成立" = "dismissed");

operation! {
    /// 录入成绩 | Enters the result of a candidate.
    pub struct EnterResult = "session.enter-result", import "session-results" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The candidate, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new; in a session of an item.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 申报级别 | Level applied for; as registered if not given.
        level: Option<SkillLevel>,
        /// 理论成绩（0—100，或缺考） | Theory: 0 to 100 with one decimal at most, or the word for absent.
        theory: Option<String>,
        /// 技能成绩 | Skill, likewise.
        skill: Option<String>,
        /// 综合评审成绩 | Review, likewise.
        review: Option<String>,
        /// 保留科目 | A component passed before, where the candidate did not register.
        retained: Vec<Component>,
        /// 录入日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 提出异议 | Files an objection during the public notice.
    pub struct FileObjection = "session.file-objection" {
        /// 批次 | The session.
        session: SessionId,
        /// 所涉劳动者编号 | The candidate it is about, if about one.
        worker: Option<WorkerId>,
        /// 异议内容 | What it says, without personal data.
        ground: String,
        /// 证据摘要 | Digest of a piece of evidence, 64 hexadecimal digits.
        evidence: Vec<Digest>,
        /// 受理日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 处理异议 | Decides an objection; a checker does.
    pub struct DecideObjection = "session.decide-objection" {
        /// 批次 | The session.
        session: SessionId,
        /// 异议编号 | The objection.
        objection: ObjectionId,
        /// 处理结论 | upheld or dismissed.
        outcome: Outcome,
        /// 处理理由 | Why.
        ground: String,
        /// 所涉劳动者编号 | Whose result is put right; the one the objection is about if not given.
        worker: Option<WorkerId>,
        /// 撤销成绩 | Strikes the result.
        strike: Option<bool>,
        /// 更改后理论成绩 | The right mark of theory.
        theory: Option<String>,
        /// 更改后技能成绩 | The right mark of skill.
        skill: Option<String>,
        /// 更改后综合评审成绩 | The right mark of review.
        review: Option<String>,
        /// 处理日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 退回后更正成绩 | Puts a result right after the authority gave the session back.
    pub struct ReviseResult = "session.revise-result" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | Whose result.
        worker: WorkerId,
        /// 更正理由 | Why.
        ground: String,
        /// 撤销成绩 | Strikes the result.
        strike: Option<bool>,
        /// 更改后理论成绩 | The right mark of theory.
        theory: Option<String>,
        /// 更改后技能成绩 | The right mark of skill.
        skill: Option<String>,
        /// 更改后综合评审成绩 | The right mark of review.
        review: Option<String>,
        /// 更正日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for EnterResult {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let opened = of_maker_who_assessed(desk, self.session).await?;
        // Candidates of levels come by sheet or registration, where their age is judged too.
        let worker = match (self.worker, &opened.assessed) {
            (Some(worker), _) => worker,
            (None, Assessed::Item { .. }) => {
                let whom = Whom {
                    worker: None,
                    name: self.name.as_ref(),
                    document_type: self.document_type.as_ref(),
                    document_number: self.document_number.as_ref(),
                };
                desk.whom(whom).await?
            }
            (None, Assessed::Levels { .. }) => {
                return Err(AppError::BadInput {
                    what: "worker",
                    rule: "needed",
                });
            }
        };
        let state = desk
            .existing::<SessionDecider>(self.session, "session")
            .await?;
        let registered = state
            .sitting()
            .and_then(|it| it.proceedings.candidates.get(&worker))
            .map(|it| it.registered.clone());
        let level = self.level.or(registered.as_ref().and_then(|it| it.level));
        let retained = match registered {
            Some(registered) => registered.retained,
            None => kept(desk, &opened, worker, level, &self.retained).await?,
        };
        let written = [&self.theory, &self.skill, &self.review];
        let basis = ResultBasis::Marks(with_retained(marks(written)?, &retained));
        let verdict = basis
            .verdict(level)
            .ok_or(SessionRejection::MarksIncomplete)?;
        let result = ResultEntered {
            worker,
            level,
            basis,
            retained,
            verdict,
        };
        if opened.route == Route::ApprenticeGrading {
            check_grading(desk, self.session, &result).await?;
        }
        let command = SessionCommand::EnterResults {
            results: vec![result],
            on: desk.day(self.on)?,
        };
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

/// Marks as people write them.
fn marks(written: [&Option<String>; 3]) -> Result<Marks, AppError> {
    let read = |text: &Option<String>, what| match text {
        None => Ok(None),
        Some(text) => crate::sheet::mark(text)
            .map(Some)
            .ok_or(AppError::BadInput {
                what,
                rule: "field-unreadable",
            }),
    };
    let [theory, skill, review] = written;
    Ok(Marks {
        theory: read(theory, "theory")?,
        skill: read(skill, "skill")?,
        review: read(review, "review")?,
    })
}

/// The marks with those brought along in their place, where no mark is written.
fn with_retained(mut marks: Marks, retained: &[Retained]) -> Marks {
    for it in retained {
        let place = match it.component {
            Component::Theory => &mut marks.theory,
            Component::Skill => &mut marks.skill,
            Component::Review => &mut marks.review,
        };
        place.get_or_insert(Mark::Scored(it.score));
    }
    marks
}

/// What puts a result right: strikes it, or the marks that take the place of those that stand.
async fn remedy(
    desk: &mut Desk<'_>,
    session: SessionId,
    worker: WorkerId,
    strike: Option<bool>,
    written: [&Option<String>; 3],
) -> Result<Option<Remedy>, AppError> {
    if strike == Some(true) {
        return Ok(Some(Remedy::Strike(worker)));
    }
    if written.iter().all(|it| it.is_none()) {
        return Ok(None);
    }
    let right = marks(written)?;
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let mut result = state
        .sitting()
        .and_then(|it| it.results.get(&worker))
        .cloned()
        .ok_or(SessionRejection::ResultUnknown)?;
    let stands = *result
        .basis
        .marks()
        .ok_or(SessionRejection::ResultUnknown)?;
    result.basis = ResultBasis::Marks(Marks {
        theory: right.theory.or(stands.theory),
        skill: right.skill.or(stands.skill),
        review: right.review.or(stands.review),
    });
    result.verdict = result
        .basis
        .verdict(result.level)
        .ok_or(SessionRejection::MarksIncomplete)?;
    Ok(Some(Remedy::Change(result)))
}

impl Operation for FileObjection {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let opened = opened(desk, self.session).await?;
        // The authority takes objections too (举报投诉).
        let actor = desk.actor();
        actor
            .need_maker_of(opened.body)
            .or_else(|_| actor.need_authority())?;
        let command = SessionCommand::FileObjection(ObjectionFiled {
            objection: ObjectionId(desk.fresh_id()),
            about: self.worker,
            ground: self.ground.clone(),
            evidence: self.evidence.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

impl Operation for DecideObjection {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_checker(desk, self.session).await?;
        let on = desk.day(self.on)?;
        let state = desk
            .existing::<SessionDecider>(self.session, "session")
            .await?;
        let about = state
            .sitting()
            .and_then(|it| it.proceedings.objections.get(&self.objection))
            .and_then(|it| it.filed.about);
        let remedy = match self.worker.or(about) {
            Some(worker) => {
                let written = [&self.theory, &self.skill, &self.review];
                remedy(desk, self.session, worker, self.strike, written).await?
            }
            None => None,
        };
        let command = SessionCommand::DecideObjection {
            decided: ObjectionDecided {
                objection: self.objection,
                outcome: self.outcome,
                ground: self.ground.clone(),
                on,
            },
            remedy,
        };
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

impl Operation for ReviseResult {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_maker(desk, self.session).await?;
        let on = desk.day(self.on)?;
        let written = [&self.theory, &self.skill, &self.review];
        let remedy = remedy(desk, self.session, self.worker, self.strike, written)
            .await?
            .ok_or(SessionRejection::RemedyMissing)?;
        let command = SessionCommand::Revise {
            remedy,
            ground: self.ground.clone(),
            on,
        };
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}
