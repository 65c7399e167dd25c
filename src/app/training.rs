//! Training completions (培训合格), the striking of one that was not so (撤下虚假培训), and the passport
//! (技能护照) of one worker.

use super::actor::Actor;
use super::clock;
use super::desk::Desk;
use super::draft::Draft;
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use super::operation::{Operation, operation};
use super::people::{self, Person};
use crate::codec::registry;
use crate::domain::account::event::Role;
use crate::domain::body::decider::BodyDecider;
use crate::domain::credit_code::CreditCode;
use crate::domain::event::Event;
use crate::domain::identity::IdentityDocument;
use crate::domain::ids::{CommandId, ProposalId, StreamId, SubjectId, WorkerId};
use crate::domain::person_name::normal_name;
use crate::domain::proposal::{Act, Proposing};
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::{TrainingCompleted, WorkerEvent};
use crate::store::{EventStore, JournalEntry};
use crate::vault::Contact;
use crate::view::passport::PassportEntry;
use crate::view::{self, AsOf};
use jiff::civil::Date;

/// Most entries of one passport.
const PASSPORT_MAX: usize = 10_000;

/// The request to record a completed training.
pub struct TrainingRequest {
    /// 姓名
    pub name: String,
    /// 证件
    pub document: IdentityDocument,
    /// The training.
    pub training: TrainingCompleted,
}

operation! {
    /// 提议撤下虚假培训 | Proposes to strike a completed training that was not so; another person approves.
    pub struct StrikeTraining = "training.strike" {
        /// 劳动者编号 | The worker it was recorded of.
        worker: WorkerId,
        /// 培训机构统一社会信用代码 | Credit code of the training provider.
        provider: CreditCode,
        /// 班期 | Class number at the provider.
        class: String,
        /// 撤下理由 | Why; no personal data.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The civil date of the decision; today if not given.
        on: Option<Date>,
    }
}

impl Operation for StrikeTraining {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let act = Act::StrikeTraining {
            provider: desk.ledger().find_body(&self.provider).await?,
            class: self.class.clone(),
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        };
        let request = (self.worker, &act);
        let proposing = Proposing {
            proposal: ProposalId(desk.fresh_id()),
            digest: desk.ledger().request_digest("worker.propose", &request)?,
            by: desk.actor().account,
            now: desk.now(),
        };
        desk.existing::<WorkerDecider>(self.worker, "worker")
            .await?;
        let command = WorkerCommand::Propose { proposing, act };
        desk.decide::<WorkerDecider>(self.worker, &command).await?;
        desk.reserve(format!("proposal:{}", proposing.proposal));
        Ok(())
    }
}

impl Ledger {
    /// Records a completed training; the person is enrolled if the ledger does not know him.
    pub async fn record_training(
        &self,
        actor: &Actor,
        command_id: CommandId,
        request: TrainingRequest,
    ) -> Result<WorkerId, AppError> {
        actor.need_maker_of(request.training.provider)?;
        people::check_name(&request.name)?;
        let key = request.document.key();
        let digest = self.request_digest(
            "training.record",
            &(key.as_str(), request.name.as_str(), &request.training),
        )?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let provider = self
                    .load_existing::<BodyDecider>(request.training.provider, "body")
                    .await?;
                provider.state.may_train()?;
                let mut draft = Draft::default();
                draft.guard(&provider);
                let person = Person {
                    name: &request.name,
                    document: &request.document,
                    sex: request.document.sex(),
                    birth: request.document.birth(),
                    contact: Contact::default(),
                };
                let worker = people::enrol(self, &[person], &mut draft)
                    .await?
                    .pop()
                    .ok_or(AppError::NotFound { what: "worker" })?;
                // Another name under the same document is another person, or a mistake.
                let subject = SubjectId::from(worker);
                let known = people::identities(self, &[subject]).await?;
                if known
                    .get(&subject)
                    .is_some_and(|known| known.identity.name != normal_name(&request.name))
                {
                    return Err(AppError::BadInput {
                        what: "name",
                        rule: "known-by-another-name",
                    });
                }
                let mut loaded = self.load::<WorkerDecider>(worker).await?;
                let enrolled = draft.events_of(worker.into());
                loaded.advance(&enrolled);
                self.check_teachers(worker, &request.training, &mut draft)
                    .await?;
                let events = loaded.decide(&WorkerCommand::RecordTraining {
                    training: request.training.clone(),
                    on: clock::today(),
                })?;
                draft.write(&loaded, events);
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        committed.find(|stream, event| {
            let completed = matches!(event, Event::Worker(WorkerEvent::TrainingCompleted(_)));
            completed.then_some(WorkerId(stream.id))
        })
    }

    /// Everything of one worker on one timeline, oldest first, as of a position or now.
    pub async fn passport(
        &self,
        actor: &Actor,
        worker: WorkerId,
        at: Option<u64>,
    ) -> Result<AsOf<Vec<PassportEntry>>, AppError> {
        actor.need_reader()?;
        let journal = JournalEntry {
            at: clock::now(),
            actor: Some(actor.account),
            kind: "passport",
            subject: Some(SubjectId::from(worker)),
            position: None,
        };
        self.store.journal(vec![journal]).await?;
        let mut views = self.views.as_of(at);
        let mut entries = Vec::new();
        let mut after = 0;
        loop {
            let page = views.passport(worker, after, view::PAGE_MAX).await?;
            // The pages after it at the same position, whoever writes meanwhile.
            views = views.as_of(Some(page.position).filter(|position| *position > 0));
            let Some(last) = page.value.last() else {
                return Ok(AsOf {
                    position: page.position,
                    value: entries,
                });
            };
            after = last.position;
            entries.extend(page.value);
            if entries.len() > PASSPORT_MAX {
                return Err(AppError::Inconsistent(
                    "a passport with too many entries".into(),
                ));
            }
        }
    }

    /// The events of one worker, as decisions see them.
    pub async fn worker_events(&self, worker: WorkerId) -> Result<Vec<WorkerEvent>, AppError> {
        let rows = self
            .store
            .read_streams(&[(StreamId::from(worker), 1)])
            .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            if let Event::Worker(event) = registry::decode(&row)? {
                events.push(event);
            }
        }
        if events.is_empty() {
            return Err(AppError::NotFound { what: "worker" });
        }
        Ok(events)
    }
}

impl Actor {
    /// Demands a role that may read about workers.
    pub fn need_reader(&self) -> Result<(), AppError> {
        let reading = [
            Role::AuthorityMaker,
            Role::AuthorityChecker,
            Role::Auditor,
            Role::BodyMaker,
            Role::BodyChecker,
        ];
        self.need(&reading, "reader")
    }
}
