//! Who may apply for what (申报条件): adopting standards, judging a worker's application on a day
//! and as of a position, and what he may apply for next.

use super::actor::Actor;
use super::clock;
use super::desk::Desk;
use super::error::AppError;
use super::input::input;
use super::ledger::Ledger;
use super::operation::{Operation, operation};
use super::people;
use super::query::Query;
use crate::domain::account::event::Role;
use crate::domain::catalogue::command::CatalogueCommand;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::StandardsAdopted;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::ids::{StreamId, SubjectId, WorkerId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::eligibility::{
    Eligibility, History, NextStep, judge, judge_item, standards_cn, templates_cn, what_next,
};
use crate::domain::session::event::{Standard, StandardKind};
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::state::WorkerState;
use crate::store::{EventStore, JournalEntry};
use jiff::civil::Date;
use serde_json::{Value, json};

input!(Document: StandardsAdopted);

operation! {
    /// 启用职业标准 | Adopts standards and the templates of their application conditions.
    pub struct AdoptStandards = "catalogue.adopt-standards" {
        /// 标准文件 | The standards: edition, templates, standards, as `catalogue show-standards` writes them.
        standards: StandardsAdopted,
    }
}

impl Operation for AdoptStandards {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        desk.catalogue().await?;
        let stream = StreamId::catalogue(desk.ledger().id());
        let command = CatalogueCommand::AdoptStandards(self.standards.clone());
        desk.decide::<CatalogueDecider>(stream, &command).await?;
        Ok(())
    }
}

/// The standards built in, as an adoption: a demonstration, and the form of the file.
pub fn built_in_standards() -> StandardsAdopted {
    StandardsAdopted {
        edition: "built-in-2026".to_owned(),
        templates: templates_cn::built_in(),
        standards: standards_cn::built_in(),
    }
}

/// What is applied for, and by which standard it is judged.
#[derive(Clone, Debug)]
pub enum Application {
    /// A level in an occupation.
    Level {
        /// The occupation.
        occupation: OccupationCode,
        /// The level.
        level: SkillLevel,
        /// The standard; the one of the day if not named.
        standard: Option<Standard>,
    },
    /// An item without a level.
    Item {
        /// The item.
        item: ItemCode,
    },
}

/// An answer, and the position it is true at.
#[derive(Clone, Debug)]
pub struct Judgement<T> {
    /// The position.
    pub as_of_position: u64,
    /// The answer.
    pub answer: T,
}

impl Ledger {
    /// Whether a worker may apply on a day, by what was known and adopted up to a position (now
    /// if none is named). The look into his date of birth goes into the access journal.
    pub async fn eligibility(
        &self,
        actor: &Actor,
        worker: WorkerId,
        application: &Application,
        on: Date,
        at: Option<u64>,
    ) -> Result<Judgement<Eligibility>, AppError> {
        self.journal_eligibility(actor, worker).await?;
        let known = self.known_of(worker, at).await?;
        let unknown = AppError::NotFound { what: "standard" };
        let standards = &known.catalogue.standards;
        let answer = match application {
            Application::Level {
                occupation,
                level,
                standard,
            } => {
                let by = match standard {
                    None => standards.of_occupation(*occupation, on),
                    Some(named) => standards
                        .named(named, on)
                        .filter(|by| by.standard.occupation() == Some(*occupation)),
                };
                judge(&known.history, by.ok_or(unknown)?, *level, on)
            }
            Application::Item { item } => standards
                .of_item(item, on)
                .and_then(|by| judge_item(&known.history, by, on))
                .ok_or(unknown)?,
        };
        Ok(Judgement {
            as_of_position: known.position,
            answer,
        })
    }

    /// What a worker may apply for next, in every occupation he is tied to.
    pub async fn next_steps(
        &self,
        actor: &Actor,
        worker: WorkerId,
        on: Date,
        at: Option<u64>,
    ) -> Result<Judgement<Vec<NextStep>>, AppError> {
        self.journal_eligibility(actor, worker).await?;
        let known = self.known_of(worker, at).await?;
        Ok(Judgement {
            as_of_position: known.position,
            answer: what_next(&known.history, &known.catalogue.standards, on),
        })
    }

    /// The standard by which an occupation is assessed on a day, if there is one.
    pub async fn standard_of(
        &self,
        occupation: OccupationCode,
        on: Date,
    ) -> Result<Option<Standard>, AppError> {
        let stream = StreamId::catalogue(self.id());
        let catalogue = self
            .load_existing::<CatalogueDecider>(stream, "catalogue")
            .await?;
        let by = catalogue.state.standards.of_occupation(occupation, on);
        Ok(by.map(|by| by.standard.named()))
    }

    /// The date of birth of a worker, from the vault; none if it is not known or was erased.
    pub(super) async fn birth_of(&self, worker: WorkerId) -> Result<Option<Date>, AppError> {
        let subject = SubjectId::from(worker);
        let opened = people::identities(self, &[subject]).await?;
        Ok(opened
            .get(&subject)
            .and_then(|person| person.identity.birth))
    }

    async fn journal_eligibility(&self, actor: &Actor, worker: WorkerId) -> Result<(), AppError> {
        actor.need_reader()?;
        let journal = JournalEntry {
            at: clock::now(),
            actor: Some(actor.account),
            kind: "eligibility",
            subject: Some(SubjectId::from(worker)),
            position: None,
        };
        self.store.journal(vec![journal]).await?;
        Ok(())
    }

    async fn known_of(&self, worker: WorkerId, at: Option<u64>) -> Result<Known, AppError> {
        let position = self.position_asked(at).await?;
        let catalogue = StreamId::catalogue(self.id());
        let catalogue = self
            .load_at::<CatalogueDecider>(catalogue, "catalogue", position)
            .await?;
        let worker_state = self
            .load_at::<WorkerDecider>(worker, "worker", position)
            .await?
            .state;
        let WorkerState::Enrolled(state) = worker_state else {
            return Err(AppError::NotFound { what: "worker" });
        };
        Ok(Known {
            position,
            catalogue: catalogue.state,
            history: History::of(&state, self.birth_of(worker).await?),
        })
    }
}

/// What an application is judged from.
struct Known {
    position: u64,
    catalogue: CatalogueState,
    history: History,
}

operation! {
    /// 申报条件 | Whether a worker may apply for a level or an item, by which rule, and what is missing until when.
    pub struct WorkerEligibility = "worker.eligibility" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 职业编码 | Occupation applied for.
        occupation: Option<OccupationCode>,
        /// 职业技能等级 | Level applied for.
        level: Option<SkillLevel>,
        /// 考核项目编码 | Or the item applied for.
        item: Option<String>,
        /// 日期 | The day of application; today if not given.
        on: Option<Date>,
        /// 标准编号 | Code of the national standard; the one of the day if not given.
        standard_code: Option<String>,
        /// 标准版本 | Edition of that standard.
        standard_edition: Option<String>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl WorkerEligibility {
    /// What is applied for.
    pub fn application(&self) -> Result<Application, AppError> {
        let bad = |what, rule| AppError::BadInput { what, rule };
        if let Some(item) = &self.item {
            let item = item.parse().map_err(|_| bad("item", "field-unreadable"))?;
            return Ok(Application::Item { item });
        }
        let standard = match (&self.standard_code, &self.standard_edition) {
            (None, None) => None,
            (Some(code), Some(edition)) => Some(Standard {
                kind: StandardKind::National,
                code: code.clone(),
                edition: edition.clone(),
            }),
            (Some(_), None) => return Err(bad("standard_edition", "needed")),
            (None, Some(_)) => return Err(bad("standard_code", "needed")),
        };
        Ok(Application::Level {
            occupation: self.occupation.ok_or(bad("occupation", "needed"))?,
            level: self.level.ok_or(bad("level", "needed"))?,
            standard,
        })
    }
}

impl Query for WorkerEligibility {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        let on = self.on.unwrap_or_else(clock::today);
        let application = self.application()?;
        let judged = ledger
            .eligibility(actor, self.worker, &application, on, self.at)
            .await?;
        Ok(json!({
            "as_of_position": judged.as_of_position,
            "worker": self.worker,
            "eligibility": judged.answer,
        }))
    }
}

operation! {
    /// 下一步可申报 | What a worker may apply for next in every occupation he is tied to, and what is missing until when.
    pub struct WorkerNextSteps = "worker.next-steps" {
        /// 劳动者编号 | The worker.
        worker: WorkerId,
        /// 日期 | The day the answer is for; today if not given.
        on: Option<Date>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Query for WorkerNextSteps {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        let on = self.on.unwrap_or_else(clock::today);
        let steps = ledger.next_steps(actor, self.worker, on, self.at).await?;
        Ok(json!({
            "as_of_position": steps.as_of_position,
            "worker": self.worker,
            "on": on,
            "next": steps.answer,
        }))
    }
}
