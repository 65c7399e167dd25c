//! Maker and checker: what was proposed is approved or turned down by somebody else.

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::clock;
use super::draft::Draft;
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use crate::domain::authority::event::AuthorityEvent;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::BodyEvent;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::competition::event::CompetitionEvent;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{
    BodyId, CertificateId, CommandId, ProposalId, SessionId, StreamId, StreamKind, WorkerId,
};
use crate::domain::proposal::{Approval, ProposalEvent, ProposalMade, TurnDown};
use crate::domain::session::command::SessionCommand;
use crate::domain::session::event::SessionEvent;
use crate::domain::time::Instant;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::WorkerEvent;
use crate::store::EventStore;
use serde::Serialize;

/// A proposal that waits for its checker.
#[derive(Clone, Debug, Serialize)]
pub struct Proposed {
    /// Its id.
    pub proposal: ProposalId,
    /// The digest the checker approves.
    pub digest: Digest,
    /// After this it can no longer be approved.
    pub expires_at: Instant,
}

impl From<&ProposalMade> for Proposed {
    fn from(made: &ProposalMade) -> Self {
        Self {
            proposal: made.proposal,
            digest: made.digest,
            expires_at: made.expires_at,
        }
    }
}

/// What a decided proposal was about.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    /// The proposal.
    pub proposal: ProposalId,
    /// The stream it changed, or would have.
    pub stream: String,
    /// Whether it was approved.
    pub approved: bool,
}

/// The proposal event inside any event.
pub(super) fn proposal_event(event: &Event) -> Option<&ProposalEvent> {
    match event {
        Event::Authority(AuthorityEvent::Proposal(event))
        | Event::Session(SessionEvent::Proposal(event))
        | Event::Body(BodyEvent::Proposal(event))
        | Event::Worker(WorkerEvent::Proposal(event))
        | Event::Certificate(CertificateEvent::Proposal(event))
        | Event::Competition(CompetitionEvent::Proposal(event)) => Some(event),
        _ => None,
    }
}

impl Ledger {
    /// Where a proposal stands, and what it says.
    pub async fn proposal(
        &self,
        proposal: ProposalId,
    ) -> Result<(StreamId, ProposalMade), AppError> {
        let position = self
            .store
            .reservation(&format!("proposal:{proposal}"))
            .await?
            .ok_or(AppError::NotFound { what: "proposal" })?;
        let row = self
            .store
            .row(position)
            .await?
            .ok_or_else(|| AppError::Inconsistent(format!("position {position} is missing")))?;
        match proposal_event(&crate::codec::registry::decode(&row)?) {
            Some(ProposalEvent::Made(made)) if made.proposal == proposal => {
                Ok((row.stream, made.clone()))
            }
            _ => Err(AppError::Inconsistent(format!(
                "position {position} is no such proposal"
            ))),
        }
    }

    /// Approves a proposal. The checker approves the digest that was proposed; the decider
    /// refuses if what it rests on has moved.
    pub async fn approve(
        &self,
        actor: &Actor,
        command_id: CommandId,
        proposal: ProposalId,
    ) -> Result<Decided, AppError> {
        let (stream, made) = self.proposal(proposal).await?;
        let request = self.request_digest("proposal.approve", &(proposal, made.digest))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let approval = Approval {
            proposal,
            digest: made.digest,
            by: actor.account,
            now: clock::now(),
        };
        let committed = self
            .execute(asked, request, async || match stream.kind {
                StreamKind::Session => self.draft_approve_results(actor, stream, approval).await,
                StreamKind::Authority => self.draft_approve_log_key(actor, approval).await,
                StreamKind::Body => self.draft_approve_body(actor, stream, approval).await,
                StreamKind::Competition => {
                    self.draft_approve_competition(actor, stream, approval)
                        .await
                }
                StreamKind::Certificate => {
                    self.draft_approve_certificate(actor, CertificateId(stream.id), &made, approval)
                        .await
                }
                StreamKind::Worker => {
                    actor.need_authority_checker()?;
                    self.draft_approve_worker(WorkerId(stream.id), &made.act, approval)
                        .await
                }
                _ => Err(AppError::NotFound { what: "proposal" }),
            })
            .await?;
        self.refresh_views().await?;
        // A status that changed is published at once, not at the next export.
        match stream.kind {
            StreamKind::Certificate => {
                self.publish_status_of(actor, CertificateId(stream.id))
                    .await?;
            }
            StreamKind::Body => self.sign_status_again(actor, BodyId(stream.id)).await?,
            StreamKind::Worker => {
                for ended in &committed.events {
                    if ended.row.stream.kind == StreamKind::Certificate {
                        self.publish_status_of(actor, CertificateId(ended.row.stream.id))
                            .await?;
                    }
                }
            }
            StreamKind::Authority => {
                self.publish_trust_list(actor).await?;
            }
            _ => {}
        }
        self.advance_log().await?;
        Ok(Decided {
            proposal,
            stream: stream.to_string(),
            approved: true,
        })
    }

    async fn draft_approve_results(
        &self,
        actor: &Actor,
        stream: StreamId,
        approval: Approval,
    ) -> Result<Draft, AppError> {
        let mut loaded = self.session_and_body(SessionId(stream.id)).await?;
        actor.need_checker_of(loaded.body_id)?;
        loaded.body.state.in_good_standing()?;
        if let Some(sitting) = loaded.session.state.sitting() {
            loaded.body.state.stood_on(sitting.opened.assessed_on)?;
        }
        let digest_now = self.results_digest(&loaded.session.state)?;
        let command = SessionCommand::ApproveConfirm {
            approval,
            digest_now,
        };
        let events = loaded.session.decide(&command)?;
        let mut draft = Draft::default();
        draft.write(&loaded.session, events);
        draft.guard(&loaded.body);
        Ok(draft)
    }

    async fn draft_approve_body(
        &self,
        actor: &Actor,
        stream: StreamId,
        approval: Approval,
    ) -> Result<Draft, AppError> {
        actor.need_authority_checker()?;
        let on = approval.now.date_in_china();
        end_what_has_expired(self, actor.account, BodyId(stream.id), on).await?;
        let mut body = self
            .load_existing::<BodyDecider>(BodyId(stream.id), "body")
            .await?;
        let events = body.decide(&BodyCommand::Approve(approval))?;
        let mut draft = Draft::default();
        draft.write(&body, events);
        Ok(draft)
    }

    async fn draft_worker(
        &self,
        worker: WorkerId,
        command: &WorkerCommand,
    ) -> Result<Draft, AppError> {
        let mut loaded = self
            .load_existing::<WorkerDecider>(worker, "worker")
            .await?;
        let events = loaded.decide(command)?;
        let mut draft = Draft::default();
        draft.write(&loaded, events);
        Ok(draft)
    }

    /// Turns a proposal down, or takes it back.
    pub async fn reject(
        &self,
        actor: &Actor,
        command_id: CommandId,
        proposal: ProposalId,
        reason: &str,
    ) -> Result<Decided, AppError> {
        let (stream, _) = self.proposal(proposal).await?;
        let request = self.request_digest("proposal.reject", &(proposal, reason))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let turn_down = || TurnDown {
            proposal,
            by: actor.account,
            reason: reason.to_owned(),
        };
        self.execute(asked, request, async || {
            let mut draft = Draft::default();
            match stream.kind {
                StreamKind::Session => {
                    let mut loaded = self.session_and_body(SessionId(stream.id)).await?;
                    actor.need_one_of(loaded.body_id)?;
                    let command = SessionCommand::RejectConfirm(turn_down());
                    let events = loaded.session.decide(&command)?;
                    draft.write(&loaded.session, events);
                }
                StreamKind::Body => {
                    actor.need_authority()?;
                    let mut body = self
                        .load_existing::<BodyDecider>(BodyId(stream.id), "body")
                        .await?;
                    let events = body.decide(&BodyCommand::Reject(turn_down()))?;
                    draft.write(&body, events);
                }
                StreamKind::Authority => {
                    actor.need_authority()?;
                    draft = self.draft_reject_log_key(turn_down()).await?;
                }
                StreamKind::Competition => {
                    self.draft_reject_competition(actor, stream, turn_down(), &mut draft)
                        .await?;
                }
                StreamKind::Certificate => {
                    self.draft_reject_certificate(
                        actor,
                        CertificateId(stream.id),
                        turn_down(),
                        &mut draft,
                    )
                    .await?;
                }
                StreamKind::Worker => {
                    actor.need_authority()?;
                    let command = WorkerCommand::Reject(turn_down());
                    return self.draft_worker(WorkerId(stream.id), &command).await;
                }
                _ => return Err(AppError::NotFound { what: "proposal" }),
            }
            Ok(draft)
        })
        .await?;
        self.refresh_views().await?;
        Ok(Decided {
            proposal,
            stream: stream.to_string(),
            approved: false,
        })
    }
}
