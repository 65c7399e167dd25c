//! 报名 and 资格审核.

use super::desk::{of_maker, words_of};
use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::operation::{Operation, operation};
use crate::app::people;
use crate::app::whom::Whom;
use crate::domain::attainment::Assessed;
use crate::domain::authority::state::AuthorityState;
use crate::domain::body::affiliation::Affiliation;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::separation::{Assessing, Taught, check_separation};
use crate::domain::body::state::BodyState;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::digest::Digest;
use crate::domain::ids::{SessionId, StreamId, SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::rules::bodies::BodyPolicy;
use crate::domain::rules::eligibility::{History, judge, judge_item};
use crate::domain::score::Component;
use crate::domain::session::basis::Retained;
use crate::domain::session::command::{Finding, SessionCommand};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::enrol::COMPONENT_NOT_KEPT;
use crate::domain::session::event::SessionOpened;
use crate::domain::session::step::{CandidateRegistered, RegistrationScheduled};
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::state::{Worker, WorkerState};
use jiff::civil::Date;
use std::collections::BTreeMap;

input_words!(Component: "理论" = "theory", "技能" = "skill", "综合评审" = "review");

operation! {
    /// 公布报名时间 | Announces the days of registration of a session.
    pub struct ScheduleRegistration = "session.schedule-registration" {
        /// 批次 | The session.
        session: SessionId,
        /// 报名开始日期 | First day.
        from: Date,
        /// 报名截止日期 | Last day.
        to: Date,
        /// 办理日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 报名 | Registers a candidate in a session.
    pub struct RegisterCandidate = "session.register", import "candidates" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | The worker, if the ledger knows him.
        worker: Option<WorkerId>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 申报级别 | Level applied for; none for an item.
        level: Option<SkillLevel>,
        /// 申报条件 | The condition of application he declares, by its id.
        declared: Option<String>,
        /// 申报材料摘要 | Digest of what he handed in, 64 hexadecimal digits.
        evidence: Vec<Digest>,
        /// 保留科目 | A component passed before that he brings along: theory, skill, review.
        retained: Vec<Component>,
        /// 报名日期 | The day of registration; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 资格审核 | Decides who of the candidates of a session may be assessed, by what the ledger knows.
    pub struct ReviewEligibility = "session.review-eligibility" {
        /// 批次 | The session.
        session: SessionId,
        /// 劳动者编号 | Only this candidate, also if he was refused before.
        worker: Option<WorkerId>,
        /// 审核所见 | Code of what the reviewer was shown of this candidate, where a condition asks for it.
        shown: Vec<String>,
        /// 审核日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for ScheduleRegistration {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_maker(desk, self.session).await?;
        let command = SessionCommand::ScheduleRegistration {
            days: RegistrationScheduled {
                from: self.from,
                to: self.to,
            },
            on: desk.day(self.on)?,
        };
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

impl Operation for RegisterCandidate {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let opened = of_maker(desk, self.session).await?;
        let worker = desk
            .whom(Whom {
                worker: self.worker,
                name: self.name.as_ref(),
                document_type: self.document_type.as_ref(),
                document_number: self.document_number.as_ref(),
            })
            .await?;
        let retained = kept(desk, &opened, worker, self.level, &self.retained).await?;
        let command = SessionCommand::Register(CandidateRegistered {
            worker,
            level: self.level,
            declared: self.declared.clone(),
            evidence: self.evidence.clone(),
            retained,
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

/// The components he brings along as his record keeps them: of several the best mark.
pub(super) async fn kept(
    desk: &mut Desk<'_>,
    opened: &SessionOpened,
    worker: WorkerId,
    level: Option<SkillLevel>,
    components: &[Component],
) -> Result<Vec<Retained>, AppError> {
    if components.is_empty() {
        return Ok(Vec::new());
    }
    let state = desk.existing::<WorkerDecider>(worker, "worker").await?;
    let WorkerState::Enrolled(worker) = state else {
        return Err(AppError::NotFound { what: "worker" });
    };
    let all = components_kept(worker, opened, level);
    let best = |component: &Component| {
        let of_it = all.iter().filter(|it| it.component == *component);
        of_it
            .max_by_key(|it| it.score)
            .copied()
            .ok_or(AppError::Refused {
                code: COMPONENT_NOT_KEPT,
                args: Vec::new(),
            })
    };
    components.iter().map(best).collect()
}

fn components_kept(
    worker: &Worker,
    opened: &SessionOpened,
    level: Option<SkillLevel>,
) -> Vec<Retained> {
    match (&opened.assessed, level) {
        (Assessed::Levels { occupation, .. }, Some(level)) => worker
            .components_kept(*occupation, level, opened.assessed_on)
            .collect(),
        _ => Vec::new(),
    }
}

impl Operation for ReviewEligibility {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let opened = of_maker(desk, self.session).await?;
        // What one candidate showed says nothing of the others.
        if self.worker.is_none() && !self.shown.is_empty() {
            return Err(AppError::BadInput {
                what: "worker",
                rule: "needed",
            });
        }
        let on = desk.day(self.on)?;
        let state = desk
            .existing::<SessionDecider>(self.session, "session")
            .await?;
        let sitting = state
            .sitting()
            .ok_or(AppError::NotFound { what: "session" })?;
        let proceedings = &sitting.proceedings;
        let candidates: Vec<CandidateRegistered> = match self.worker {
            Some(worker) => proceedings
                .candidates
                .get(&worker)
                .map(|it| it.registered.clone())
                .into_iter()
                .collect(),
            None => proceedings
                .pending()
                .map(|(_, it)| it.registered.clone())
                .collect(),
        };
        let workers: Vec<StreamId> = candidates
            .iter()
            .map(|it| StreamId::from(it.worker))
            .collect();
        desk.prefetch::<WorkerDecider>(&workers).await?;
        let births = births(desk, &candidates).await?;
        let bench = Bench {
            body: desk
                .existing::<BodyDecider>(opened.body, "body")
                .await?
                .clone(),
            policy: policy_of(desk.authority().await?, opened.assessed_on)?,
            catalogue: desk.catalogue().await?.clone(),
            opened,
            shown: self.shown.clone(),
        };
        let mut findings = Vec::with_capacity(candidates.len());
        for candidate in &candidates {
            let state = desk.state::<WorkerDecider>(candidate.worker).await?;
            let WorkerState::Enrolled(worker) = state else {
                return Err(AppError::NotFound { what: "worker" });
            };
            let birth = births.get(&candidate.worker).copied().flatten();
            findings.push(bench.finding(candidate, worker, birth));
        }
        let command = SessionCommand::DecideEligibility { findings, on };
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

/// Birth dates, from the vault: ages are judged, never kept.
async fn births(
    desk: &Desk<'_>,
    candidates: &[CandidateRegistered],
) -> Result<BTreeMap<WorkerId, Option<Date>>, AppError> {
    let subjects: Vec<SubjectId> = candidates
        .iter()
        .map(|it| SubjectId::from(it.worker))
        .collect();
    let people = people::identities(desk.ledger(), &subjects).await?;
    Ok(people
        .into_iter()
        .map(|(subject, opened)| (WorkerId(subject.0), opened.identity.birth))
        .collect())
}

fn policy_of(authority: &AuthorityState, on: Date) -> Result<BodyPolicy, AppError> {
    Ok(authority.body_policy_on(on)?.clone())
}

/// Everything a candidate is judged against.
struct Bench {
    opened: SessionOpened,
    body: BodyState,
    policy: BodyPolicy,
    catalogue: CatalogueState,
    shown: Vec<String>,
}

impl Bench {
    /// What is found of one candidate: whom the body may assess, who trained him, what he holds,
    /// which conditions he meets on the day he applied.
    fn finding(
        &self,
        candidate: &CandidateRegistered,
        worker: &Worker,
        birth: Option<Date>,
    ) -> Finding {
        let opened = &self.opened;
        let occupation = opened.assessed.occupation();
        let mut refused = Vec::new();
        let affiliation = Affiliation::from(&worker.background);
        let affiliated =
            self.body
                .may_assess_person(&affiliation, &self.policy, opened.assessed_on);
        refused.extend(affiliated.err().map(|no| no.code().to_owned()));
        if let Some(occupation) = occupation {
            let taught = worker.trainings.iter().map(|training| Taught {
                provider: training.provider,
                teachers: &training.teachers,
                occupation: training.occupation,
                until: training.to,
            });
            let assessing = Assessing {
                body: opened.body,
                examiners: &opened.examiners,
                occupation,
                on: opened.assessed_on,
            };
            let apart = check_separation(&self.policy.separations, taught, &assessing);
            refused.extend(apart.err().map(|no| no.code().to_owned()));
        }
        let history =
            History::of(worker, birth).with_shown(self.shown.iter().cloned(), candidate.on);
        let standards = &self.catalogue.standards;
        let by = standards.named(&opened.standard, opened.assessed_on);
        // A level of the occupation under an earlier code is a level of it.
        let same = |code| Some(code) == occupation || by.is_some_and(|by| by.standard.is_own(code));
        let held = worker
            .levels
            .iter()
            .filter(|it| it.withdrawn.is_none() && same(it.awarded.occupation))
            .map(|it| it.awarded.level)
            .max();
        let eligibility = match (by, candidate.level) {
            (Some(by), Some(level)) => Some(judge(&history, by, level, candidate.on)),
            (Some(by), None) => judge_item(&history, by, candidate.on),
            (None, _) => None,
        };
        let (met, source, verified) = match eligibility {
            Some(it) => {
                let met: Vec<String> = it.rules_met().map(str::to_owned).collect();
                if !it.opened {
                    refused.push("level-not-open".to_owned());
                }
                (met, it.source, it.verified)
            }
            None => {
                refused.push("standard-not-adopted".to_owned());
                (Vec::new(), words_of(&opened.standard), false)
            }
        };
        Finding {
            worker: candidate.worker,
            met,
            refused,
            held,
            kept: components_kept(worker, opened, candidate.level),
            source,
            verified,
        }
    }
}
