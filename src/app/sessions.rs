//! Assessment sessions (认定批次): open, confirm, notice, close.

pub mod arrange;
pub mod audit;
mod desk;
pub mod enrol;
pub mod results;
mod trainers;

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use super::proposals::Proposed;
use super::routes::awards;
use super::seal::{sealed_digest, subject_digest};
use super::{chance, clock};
use crate::domain::attainment::Assessed;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::state::BodyState;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::SkillItem;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{
    BodyId, CommandId, ProposalId, SessionId, StreamId, StreamKind, SubjectId, WorkerId,
};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::{Occupation, OccupationCode};
use crate::domain::proposal::{ProposalEvent, Proposing};
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::rules::assessment::sits_examination;
use crate::domain::session::command::{OpenSession, SessionCommand};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::dual::EnterpriseCertificate;
use crate::domain::session::event::{
    NoticeStarted, Process, QuestionBank, SessionClosed, SessionEvent, SessionOpened, Standard,
};
use crate::domain::session::rejection::SessionRejection;
use crate::domain::session::staffing::examiner_named;
use crate::domain::session::state::SessionState;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::vault::Staff;
use crate::view::AsOf;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// An examiner (考评员) as the session names him; personal data, sealed in the vault.
#[derive(Clone, Serialize)]
pub struct Examiner {
    /// 姓名
    pub name: String,
    /// 考评员证卡编号
    pub card: String,
}

/// What a session is asked to assess; names come from the catalogue of the day.
#[derive(Clone, Debug, Serialize)]
pub enum Assess {
    /// Levels of an occupation.
    Levels {
        /// The occupation.
        occupation: OccupationCode,
        /// 工种, if the occupation is assessed by it.
        work_type: Option<String>,
        /// The levels.
        levels: Vec<SkillLevel>,
    },
    /// An item without a level (专项职业能力, 微技能), as the catalogue of the day lists it.
    Item {
        /// Its code.
        item: ItemCode,
    },
}

/// The request to open a session.
#[derive(Clone, Serialize)]
pub struct SessionRequest {
    /// Which body.
    pub body: BodyId,
    /// The body's own number of it.
    pub code: String,
    /// The route to what it gives.
    pub route: Route,
    /// How much of the process it records.
    pub process: Process,
    /// What is assessed.
    pub assess: Assess,
    /// 一试双证: the employer's own certificate given with the level.
    pub dual: Option<EnterpriseCertificate>,
    /// The question bank, where one is used.
    pub question_bank: Option<QuestionBank>,
    /// The standard.
    pub standard: Standard,
    /// 评定日期
    pub assessed_on: Date,
    /// Region of the site.
    pub region: RegionCode,
    /// Name of the site.
    pub site: String,
    /// The examiners.
    pub examiners: Vec<Examiner>,
}

/// What the request asks to assess, as the catalogue of the day names it; the body must be in
/// scope for it.
fn assessed(
    request: &SessionRequest,
    body: &BodyState,
    catalogue: &CatalogueState,
) -> Result<(Assessed, Option<Occupation>, Option<SkillItem>), AppError> {
    match &request.assess {
        Assess::Levels {
            occupation,
            work_type,
            levels,
        } => {
            let listed = catalogue
                .occupation_on(*occupation, request.assessed_on)
                .ok_or(AppError::NotFound { what: "occupation" })?;
            let assessed = Assessed::Levels {
                occupation: *occupation,
                occupation_name: Name {
                    zh: listed.name_zh.clone(),
                    en: Some(listed.name_en.clone()),
                },
                work_type: work_type.clone(),
                levels: levels.clone(),
            };
            body.may_assess(&assessed, request.region, request.assessed_on)?;
            Ok((assessed, Some(listed.clone()), None))
        }
        Assess::Item { item } => {
            let listed = catalogue
                .item_on(item, request.assessed_on)
                .ok_or(SessionRejection::ItemNotListed { item: item.clone() })?;
            let assessed = Assessed::Item {
                kind: listed.kind,
                item: item.clone(),
                name: listed.name.clone(),
                of: listed.occupation,
            };
            body.may_assess(&assessed, request.region, request.assessed_on)?;
            Ok((assessed, None, Some(listed.clone())))
        }
    }
}

/// The session's stream with the body's, both loaded for one decision.
pub(super) struct SessionAndBody {
    pub session: Loaded<SessionDecider>,
    pub body: Loaded<BodyDecider>,
    pub body_id: BodyId,
}

impl Ledger {
    /// Opens a session: the body must be in scope for it on the day of assessment.
    pub async fn open_session(
        &self,
        actor: &Actor,
        command_id: CommandId,
        request: SessionRequest,
    ) -> Result<SessionId, AppError> {
        actor.need_maker_of(request.body)?;
        end_what_has_expired(self, actor.account, request.body, clock::today()).await?;
        let digest = self.request_digest("session.open", &request)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || self.draft_session(&request).await)
            .await?;
        committed.find(|stream, event| {
            matches!(event, Event::Session(SessionEvent::Opened(_))).then_some(SessionId(stream.id))
        })
    }

    async fn draft_session(&self, request: &SessionRequest) -> Result<Draft, AppError> {
        let body = self
            .load_existing::<BodyDecider>(request.body, "body")
            .await?;
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        let authority = self
            .load_existing::<AuthorityDecider>(StreamId::authority(self.id()), "ledger")
            .await?;
        let (assessed, occupation, item) = assessed(request, &body.state, &catalogue.state)?;

        let mut draft = Draft::default();
        let mut examiners = Vec::new();
        let mut sealed = Vec::new();
        for examiner in &request.examiners {
            if let Some((subject, register)) = self.registered_examiner(examiner).await? {
                if sits_examination(request.route) {
                    let facts = register.state.facts_on(subject, request.assessed_on);
                    examiner_named(&assessed, &facts)?;
                }
                draft.guard(&register);
                examiners.push(subject);
                continue;
            }
            let subject = SubjectId(chance::internal_id());
            let staff = Staff {
                name: examiner.name.clone(),
                card: Some(examiner.card.clone()),
            };
            let (new, key) = self
                .vault()?
                .new_subject(subject, None, &mut chance::rng())?;
            let row = key.seal(&staff, 1, &mut chance::rng())?;
            sealed.push(subject_digest(&new));
            sealed.push(sealed_digest(&row));
            draft.subject(new);
            draft.seal(row);
            examiners.push(subject);
        }
        let opened = SessionOpened {
            body: request.body,
            code: request.code.clone(),
            route: request.route,
            process: request.process,
            assessed,
            dual: request.dual.clone(),
            question_bank: request.question_bank.clone(),
            standard: request.standard.clone(),
            assessed_on: request.assessed_on,
            region: request.region,
            site: request.site.clone(),
            examiners,
            sealed,
        };
        let mut session = Loaded::<SessionDecider>::new_stream(SessionId(chance::internal_id()));
        let events = session.decide(&SessionCommand::Open(OpenSession {
            opened,
            occupation,
            item,
            body_kind: body.state.body()?.registered.kind,
            policy: authority
                .state
                .assessment_policy_on(request.assessed_on)
                .cloned(),
        }))?;
        draft.write(&session, events);
        draft.reserve(format!("session:{}:{}", request.body, request.code));
        draft.guard(&body);
        draft.guard(&catalogue);
        draft.guard(&authority);
        Ok(draft)
    }

    /// The examiner as the register of staff knows him by his card; none if it does not, and what
    /// the body says of him stands then.
    async fn registered_examiner(
        &self,
        examiner: &Examiner,
    ) -> Result<Option<(SubjectId, Loaded<StaffDecider>)>, AppError> {
        let subject = match self.staff_by_card(&examiner.card).await {
            Ok(subject) => subject,
            Err(AppError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let stream = StreamId::new(StreamKind::Staff, subject.0);
        let register = self.load_existing::<StaffDecider>(stream, "staff").await?;
        Ok(Some((subject, register)))
    }

    /// Loads a session that must exist, with its body.
    pub(super) async fn session_and_body(
        &self,
        session: SessionId,
    ) -> Result<SessionAndBody, AppError> {
        let session = self
            .load_existing::<SessionDecider>(session, "session")
            .await?;
        let body_id = session
            .state
            .sitting()
            .map(|sitting| sitting.opened.body)
            .ok_or(AppError::NotFound { what: "session" })?;
        let body = self.load_existing::<BodyDecider>(body_id, "body").await?;
        Ok(SessionAndBody {
            session,
            body,
            body_id,
        })
    }

    /// The state of a session, from its own events.
    pub async fn session(&self, session: SessionId) -> Result<SessionState, AppError> {
        Ok(self
            .load_existing::<SessionDecider>(session, "session")
            .await?
            .state)
    }

    /// The state of a session as of a position or now, from its own events.
    pub async fn session_at(
        &self,
        session: SessionId,
        at: Option<u64>,
    ) -> Result<AsOf<SessionState>, AppError> {
        let position = self.position_asked(at).await?;
        let loaded = self
            .load_at::<SessionDecider>(session, "session", position)
            .await?;
        let value = loaded.state;
        Ok(AsOf { position, value })
    }

    /// The digest over the results as they stand: what maker and checker both put their name to.
    pub(super) fn results_digest(&self, state: &SessionState) -> Result<Digest, AppError> {
        let sitting = state
            .sitting()
            .ok_or(AppError::NotFound { what: "session" })?;
        let results: Vec<_> = sitting.results.values().collect();
        self.request_digest("session.results", &results)
    }

    /// The maker proposes that the results stand.
    pub async fn propose_results(
        &self,
        actor: &Actor,
        command_id: CommandId,
        session: SessionId,
    ) -> Result<Proposed, AppError> {
        let digest = self.request_digest("session.propose-results", &session)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let SessionAndBody {
                    mut session,
                    body_id,
                    ..
                } = self.session_and_body(session).await?;
                actor.need_maker_of(body_id)?;
                let proposing = Proposing {
                    proposal: ProposalId(chance::internal_id()),
                    digest: self.results_digest(&session.state)?,
                    by: actor.account,
                    now: clock::now(),
                };
                let events = session.decide(&SessionCommand::ProposeConfirm(proposing))?;
                let mut draft = Draft::default();
                draft.write(&session, events);
                draft.reserve(format!("proposal:{}", proposing.proposal));
                Ok(draft)
            })
            .await?;
        committed.find(|_, event| match event {
            Event::Session(SessionEvent::Proposal(ProposalEvent::Made(made))) => {
                Some(Proposed::from(made))
            }
            _ => None,
        })
    }

    /// Starts the public notice (公示) under the jurisdiction's policy and calendar.
    pub async fn start_notice(
        &self,
        actor: &Actor,
        command_id: CommandId,
        session: SessionId,
        on: Date,
    ) -> Result<NoticeStarted, AppError> {
        clock::has_come(on)?;
        let digest = self.request_digest("session.notice", &(session, on))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let SessionAndBody {
                    mut session,
                    body_id,
                    ..
                } = self.session_and_body(session).await?;
                actor.need_maker_of(body_id)?;
                let authority = self
                    .load_existing::<AuthorityDecider>(StreamId::authority(self.id()), "ledger")
                    .await?;
                let least = awards::notice_least(self, &session.state).await?;
                let notice = authority.state.notice_of_at_least(on, least)?;
                // A notice that has to run cannot have begun before anybody could read of it.
                if notice.working_days > 0 && on < clock::today() {
                    return Err(AppError::Refused {
                        code: "notice-backdated",
                        args: Vec::new(),
                    });
                }
                let events = session.decide(&SessionCommand::StartNotice(notice))?;
                let mut draft = Draft::default();
                draft.write(&session, events);
                draft.guard(&authority);
                Ok(draft)
            })
            .await?;
        committed.find(|_, event| match event {
            Event::Session(SessionEvent::NoticeStarted(notice)) => Some(notice.clone()),
            _ => None,
        })
    }

    /// Months for which a component passed in this session is kept: by the policy of the day of
    /// its assessment, on which the close then rests.
    async fn retained_months(
        &self,
        session: &SessionState,
        draft: &mut Draft,
    ) -> Result<u16, AppError> {
        let authority = self
            .load_existing::<AuthorityDecider>(StreamId::authority(self.id()), "ledger")
            .await?;
        draft.guard(&authority);
        let assessed_on = session.sitting().map(|it| it.opened.assessed_on);
        let policy = assessed_on.and_then(|on| authority.state.assessment_policy_on(on));
        Ok(policy.map_or(0, |policy| policy.retained_months))
    }

    /// Closes the session and awards the levels, in one commit.
    pub async fn close_session(
        &self,
        actor: &Actor,
        command_id: CommandId,
        session_id: SessionId,
        on: Date,
    ) -> Result<SessionClosed, AppError> {
        clock::has_come(on)?;
        let digest = self.request_digest("session.close", &(session_id, on))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let SessionAndBody {
                    mut session,
                    body,
                    body_id,
                } = self.session_and_body(session_id).await?;
                actor.need_maker_of(body_id)?;
                // The close awards levels: nobody suspended or withdrawn awards any, nor who was
                // suspended or out of scope on the day of the assessment.
                let opened = session.state.sitting().map(|it| &it.opened);
                if let Some(it) = opened {
                    let (region, on) = (it.region, it.assessed_on);
                    body.state.may_have_assessed(&it.assessed, region, on)?;
                }
                let mut draft = Draft::default();
                let following = awards::before_close(
                    self,
                    session_id,
                    &session.state,
                    &body.state,
                    on,
                    &mut draft,
                )
                .await?;
                let events = session.decide(&SessionCommand::Close { on })?;
                draft.write(&session, events);
                draft.guard(&body);
                let awards = session.state.level_awards(session_id, on);
                let mut earned: Vec<(WorkerId, WorkerCommand)> = awards
                    .map(|(worker, award)| (worker, WorkerCommand::AwardLevel(award)))
                    .collect();
                let months = self.retained_months(&session.state, &mut draft).await?;
                let kept = session.state.components_passed(session_id, months);
                earned.extend(
                    kept.into_iter()
                        .map(|(worker, passed)| (worker, WorkerCommand::KeepComponent(passed))),
                );
                let streams: Vec<StreamId> = earned
                    .iter()
                    .map(|(worker, _)| *worker)
                    .chain(following.workers())
                    .map(StreamId::from)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect();
                let mut workers = self.load_all::<WorkerDecider>(&streams).await?;
                for (id, command) in earned {
                    let Some(worker) = workers.get_mut(&StreamId::from(id)) else {
                        continue;
                    };
                    let events = worker.decide(&command)?;
                    draft.write(worker, events);
                    if let WorkerCommand::AwardLevel(_) = command {
                        following.reserve_year(id, &mut draft);
                    }
                }
                following.write(&mut workers, &mut draft)?;
                draft.shuffle();
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        committed.find(|_, event| match event {
            Event::Session(SessionEvent::Closed(closed)) => Some(closed.clone()),
            _ => None,
        })
    }
}
