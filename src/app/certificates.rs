//! One certificate through its life: find, end, suspend, correct.

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::desk::Desk;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::execute::Asked;
use super::issue_certificates::{Indexes, Issued, grammar_for, number_key, numbers};
use super::ledger::Ledger;
use super::people::{self, Correction};
use super::proposals::{Proposed, proposal_event};
use super::seal::{Sealing, ToSeal};
use super::{chance, clock};
use crate::codec::registry;
use crate::codec::row::Row;
use crate::domain::attainment::AttainmentKind;
use crate::domain::body::command::{BodyCommand, Issuing, SerialRun, TakeSerials};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::state::Body;
use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::{Award, CertificateEvent};
use crate::domain::certificate::rejection::CertificateRejection;
use crate::domain::certificate::state::{CertificateState, Issued as IssuedState};
use crate::domain::certificate::twin::TwinEnd;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, CommandId, ProposalId, StreamId, SubjectId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{
    Act, Approval, ProposalEvent, ProposalMade, ProposalRejection, Proposing, TurnDown,
};
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::{AwardedBy, LevelWithdrawn};
use crate::store::EventStore;
use crate::view::AsOf;
use crate::view::certificate::CertificateRow;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A certificate loaded for a decision.
pub(super) struct Held {
    pub id: CertificateId,
    pub certificate: Loaded<CertificateDecider>,
    pub issued: IssuedState,
}

impl Ledger {
    /// The certificate with this number, through its reservation on the primary.
    pub async fn find_certificate(
        &self,
        number: &CertificateNumber,
    ) -> Result<CertificateId, AppError> {
        let stream = self
            .stream_of_key(&number_key(number), "certificate")
            .await?;
        Ok(CertificateId(stream.id))
    }

    /// Publishes the status lists of the body a certificate is from, if there is news.
    pub(super) async fn publish_status_of(
        &self,
        actor: &Actor,
        id: CertificateId,
    ) -> Result<bool, AppError> {
        let body = self.held(id).await?.issued.award.body;
        self.publish_status(actor, body).await
    }

    /// Every issue of a certificate, first to newest, for its files.
    pub async fn issues_of(&self, number: &CertificateNumber) -> Result<Vec<Issued>, AppError> {
        let id = self.find_certificate(number).await?;
        let subject = SubjectId::from(self.held(id).await?.issued.award.worker);
        let rows = self.store.read_streams(&[(StreamId::from(id), 1)]).await?;
        let mut issues = Vec::new();
        for row in rows {
            let Event::Certificate(event) = registry::decode(&row)? else {
                continue;
            };
            let Some(issue) = issue_of(&event) else {
                continue;
            };
            issues.push(Issued {
                number: number.clone(),
                certificate: id,
                subject,
                issue,
                row,
            });
        }
        Ok(issues)
    }

    /// The newest issue of each of these certificates, in their order, from one read.
    pub(super) async fn newest_issues(
        &self,
        certificates: &[CertificateRow],
    ) -> Result<Vec<Issued>, AppError> {
        let streams: Vec<_> = certificates
            .iter()
            .map(|it| (StreamId::from(it.certificate), 1))
            .collect();
        let mut newest: BTreeMap<StreamId, (u16, Row)> = BTreeMap::new();
        for row in self.store.read_streams(&streams).await? {
            let Event::Certificate(event) = registry::decode(&row)? else {
                continue;
            };
            if let Some(issue) = issue_of(&event) {
                newest.insert(row.stream, (issue, row));
            }
        }
        let found = |it: &CertificateRow| {
            let (issue, row) = newest
                .remove(&StreamId::from(it.certificate))
                .ok_or_else(|| AppError::Inconsistent("a certificate without an issue".into()))?;
            Ok(Issued {
                number: it.number.clone(),
                certificate: it.certificate,
                subject: SubjectId::from(it.worker),
                issue,
                row,
            })
        };
        certificates.iter().map(found).collect()
    }

    /// The state of a certificate, from its own events.
    pub async fn certificate(&self, id: CertificateId) -> Result<CertificateState, AppError> {
        Ok(self
            .load_existing::<CertificateDecider>(id, "certificate")
            .await?
            .state)
    }

    /// The state of a certificate as of a position or now, from its own events.
    pub async fn certificate_at(
        &self,
        id: CertificateId,
        at: Option<u64>,
    ) -> Result<AsOf<CertificateState>, AppError> {
        let position = self.position_asked(at).await?;
        let loaded = self
            .load_at::<CertificateDecider>(id, "certificate", position)
            .await?;
        let value = loaded.state;
        Ok(AsOf { position, value })
    }

    pub(super) async fn held(&self, id: CertificateId) -> Result<Held, AppError> {
        let certificate = self
            .load_existing::<CertificateDecider>(id, "certificate")
            .await?;
        let issued = certificate
            .state
            .issued()
            .cloned()
            .ok_or(AppError::NotFound {
                what: "certificate",
            })?;
        Ok(Held {
            id,
            certificate,
            issued,
        })
    }

    /// The certificate that a number stands for now: itself, or the last of its corrections.
    pub(super) async fn newest_of(&self, number: &CertificateNumber) -> Result<Held, AppError> {
        let mut held = self.held(self.find_certificate(number).await?).await?;
        while let CertificateState::Superseded { by, .. } = &held.certificate.state {
            held = self.held(self.find_certificate(&by.by).await?).await?;
        }
        Ok(held)
    }

    /// Proposes an end, a suspension, its lifting, or a correction.
    pub async fn propose_about_certificate(
        &self,
        actor: &Actor,
        command_id: CommandId,
        number: &CertificateNumber,
        act: Act,
        correction: Option<Correction>,
    ) -> Result<Proposed, AppError> {
        let id = self.find_certificate(number).await?;
        clock::has_come(act.on().unwrap_or_else(clock::today))?;
        let corrected = correction.as_ref().map(Correction::fields);
        let named = match &act {
            Act::CorrectCertificate { corrected, .. } => Some(corrected),
            _ => None,
        };
        if corrected.as_ref() != named {
            return Err(AppError::BadInput {
                what: "correction",
                rule: "correction",
            });
        }
        if let Some(correction) = &correction {
            correction.check()?;
            let award = &self.held(id).await?.issued.award;
            EarnedAward::corrected(
                award,
                correction.work_type.as_deref(),
                correction.region,
                correction.assessed_on,
            )?;
        }
        let digest = proposal_digest(self, number, &act, correction.as_ref())?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let Held {
                    mut certificate,
                    issued,
                    ..
                } = self.held(id).await?;
                actor.need_maker_of(issued.award.body)?;
                let proposing = Proposing {
                    proposal: ProposalId(chance::internal_id()),
                    digest,
                    by: actor.account,
                    now: clock::now(),
                };
                let command = CertificateCommand::Propose {
                    proposing,
                    act: act.clone(),
                };
                let mut draft = Draft::default();
                let (events, _) = facts(&mut certificate, &command)?;
                draft.write(&certificate, events);
                draft.reserve(format!("proposal:{}", proposing.proposal));
                if let Some(correction) = &correction {
                    let worker = issued.award.worker;
                    let proposal = proposing.proposal;
                    people::keep_correction(self, worker, proposal, correction, &mut draft).await?;
                }
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        committed.find(|_, event| match proposal_event(event) {
            Some(ProposalEvent::Made(made)) => Some(Proposed::from(made)),
            _ => None,
        })
    }

    /// Proposes on a desk that a certificate end, together with what else is decided there. What was
    /// corrected since is meant as its newest correction; one that has ended is left as it is.
    pub(super) async fn propose_end_on(
        &self,
        desk: &mut Desk<'_>,
        held: Held,
        act: Act,
    ) -> Result<(), AppError> {
        let Held {
            mut certificate,
            issued,
            ..
        } = held;
        if let CertificateState::Ended { .. } = certificate.state {
            desk.draft().guard(&certificate);
            return Ok(());
        }
        let proposing = Proposing {
            proposal: ProposalId(desk.fresh_id()),
            digest: proposal_digest(self, &issued.number, &act, None)?,
            by: desk.actor().account,
            now: desk.now(),
        };
        let command = CertificateCommand::Propose { proposing, act };
        let (events, _) = facts(&mut certificate, &command)?;
        desk.draft().write(&certificate, events);
        desk.reserve(format!("proposal:{}", proposing.proposal));
        Ok(())
    }

    /// What an approval changes: the certificate; the worker's level, if the end withdraws it;
    /// for a correction, the successor.
    pub(super) async fn draft_approve_certificate(
        &self,
        actor: &Actor,
        id: CertificateId,
        made: &ProposalMade,
        approval: Approval,
    ) -> Result<Draft, AppError> {
        let mut held = self.held(id).await?;
        actor.need_checker_of(held.issued.award.body)?;
        self.check_as_proposed(&held, made).await?;
        let mut draft = Draft::default();
        let successor = match &made.act {
            Act::CorrectCertificate { on, .. } => {
                let body = held.issued.award.body;
                end_what_has_expired(self, actor.account, body, clock::today()).await?;
                let today = clock::today().max(*on);
                Some(
                    self.draft_successor(&held, made.proposal, today, &mut draft)
                        .await?,
                )
            }
            _ => None,
        };
        let command = CertificateCommand::Approve {
            approval,
            successor,
        };
        let (events, twin_end) = facts(&mut held.certificate, &command)?;
        draft.write(&held.certificate, events);
        if let Some(twin_end) = twin_end {
            let mut twin = self.newest_of(twin_end.twin()).await?;
            let command = CertificateCommand::EndWithTwin(twin_end);
            let (events, _) = facts(&mut twin.certificate, &command)?;
            if events.is_empty() {
                draft.guard(&twin.certificate);
            }
            draft.write(&twin.certificate, events);
        }
        if let Act::EndCertificate {
            end, ground, on, ..
        } = &made.act
            && end.withdraws_level()
            && gave_level(&held.issued)
        {
            let mut worker = self
                .load_existing::<WorkerDecider>(held.issued.award.worker, "worker")
                .await?;
            let events = worker.decide(&WorkerCommand::WithdrawLevel(LevelWithdrawn {
                by: AwardedBy::Session(held.issued.award.session),
                certificate: Some(id),
                end: *end,
                ground: ground.clone(),
                on: *on,
            }))?;
            draft.write(&worker, events);
        }
        Ok(draft)
    }

    /// Refuses an approval if what would take effect is not what was proposed: the act in the
    /// event, and the correction that waits in the vault.
    async fn check_as_proposed(&self, held: &Held, made: &ProposalMade) -> Result<(), AppError> {
        let worker = held.issued.award.worker;
        let correction = match &made.act {
            Act::CorrectCertificate { .. } => {
                Some(people::kept_correction(self, worker, made.proposal).await?)
            }
            _ => None,
        };
        if proposal_digest(self, &held.issued.number, &made.act, correction.as_ref())?
            == made.digest
        {
            Ok(())
        } else {
            Err(CertificateRejection::from(ProposalRejection::DigestDiffers).into())
        }
    }

    pub(super) async fn draft_reject_certificate(
        &self,
        actor: &Actor,
        id: CertificateId,
        turn_down: TurnDown,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        let Held {
            mut certificate,
            issued,
            ..
        } = self.held(id).await?;
        actor.need_one_of(issued.award.body)?;
        let (events, _) = facts(&mut certificate, &CertificateCommand::Reject(turn_down))?;
        draft.write(&certificate, events);
        Ok(())
    }

    /// The corrected certificate under its new number.
    async fn draft_successor(
        &self,
        held: &Held,
        proposal: ProposalId,
        on: Date,
        draft: &mut Draft,
    ) -> Result<CertificateNumber, AppError> {
        let old = &held.issued;
        let corrected = people::corrected(self, old.award.worker, proposal, draft).await?;
        let right = &corrected.correction;
        let earned = EarnedAward::corrected(
            &old.award,
            right.work_type.as_deref(),
            right.region,
            right.assessed_on,
        )?;
        let twin = match &old.twin {
            Some(twin) => Some(self.newest_of(twin).await?.issued.number),
            None => None,
        };
        let mut body = self
            .load_existing::<BodyDecider>(old.award.body, "body")
            .await?;
        let catalogue = self.catalogue_for(draft).await?;
        let attainment = earned.award().attainment.clone();
        let run = SerialRun {
            grammar: grammar_for(&catalogue, &attainment, on)?,
            attainment,
            count: 1,
        };
        let take = TakeSerials {
            issuing: issuing(earned.award(), on),
            runs: vec![run.clone()],
        };
        let events = body.decide(&BodyCommand::TakeSerials(take))?;
        let taken = numbers(&body, &events, &[run], earned.award().region)?
            .pop()
            .ok_or_else(|| AppError::Inconsistent("no serial was taken".into()))?;
        draft.write(&body, events);
        let registered = body.state.body()?;
        let index = Indexes::default().at(registered, taken.list, taken.place)?;
        let status = taken.status(index);
        let certificate = CertificateId(chance::internal_id());
        let loaded = Loaded::<CertificateDecider>::new_stream(certificate);
        let command = CertificateCommand::Issue(IssueCertificate {
            number: taken.number.clone(),
            award: earned,
            issued_on: on,
            status,
            supersedes: Some(old.number.clone()),
            twin,
        });
        let sealing = self.sealing_for(&old.award, registered).await?;
        for decision in CertificateDecider::decide(&loaded.state, &command)? {
            let CertificateDecision::Issue(unsealed) = decision else {
                continue;
            };
            let to = ToSeal {
                certificate,
                number: unsealed.number(),
                award: unsealed.award(),
                identity: &corrected.person.identity,
                issued_on: on,
                issue: 1,
                supersedes: Some(&old.number),
                twin: unsealed.twin(),
                status,
            };
            let (seal, row) = sealing.seal(&to, &corrected.person.key)?;
            draft.seal(row);
            draft.write(&loaded, vec![unsealed.seal(seal)]);
            draft.reserve(number_key(&taken.number));
        }
        Ok(taken.number)
    }

    /// What signs for this award now: the body's certificate key, and what its credentials say.
    pub(super) async fn sealing_for(
        &self,
        award: &Award,
        body: &Body,
    ) -> Result<Sealing, AppError> {
        let session = self.session_and_body(award.session).await?.session;
        let sitting = session.state.sitting();
        let code = sitting.map(|sitting| sitting.opened.code.clone());
        let host = self.authority().await?.established.host;
        Sealing::of(self, &host, body, code, clock::now())
    }
}

/// The issue sequence of an event that hands out a document.
pub(super) const fn issue_of(event: &CertificateEvent) -> Option<u16> {
    match event {
        CertificateEvent::Issued(_) => Some(1),
        CertificateEvent::Reissued(reissued) => Some(reissued.issue),
        _ => None,
    }
}

/// What maker and checker both put their name to: the certificate, the act, the correction.
fn proposal_digest(
    ledger: &Ledger,
    number: &CertificateNumber,
    act: &Act,
    correction: Option<&Correction>,
) -> Result<Digest, AppError> {
    ledger.request_digest("certificate.propose", &(number.as_str(), act, correction))
}

/// The question whether this award may be issued on a day.
pub(super) fn issuing(award: &Award, on: Date) -> Issuing {
    Issuing {
        session: award.session,
        attainments: vec![award.attainment.clone()],
        region: award.region,
        assessed_on: award.assessed_on,
        on,
    }
}

/// Whether the assessment behind a certificate gave a level: its own, or its twin's.
fn gave_level(issued: &IssuedState) -> bool {
    let kind = issued.award.attainment.kind();
    matches!(kind, AttainmentKind::Level | AttainmentKind::Enterprise)
}

/// Decides what needs no signature; what the twin has to be told comes beside the events.
pub(super) fn facts(
    certificate: &mut Loaded<CertificateDecider>,
    command: &CertificateCommand,
) -> Result<(Vec<CertificateEvent>, Option<TwinEnd>), AppError> {
    let mut events = Vec::new();
    let mut twin_end = None;
    for decision in CertificateDecider::decide(&certificate.state, command)? {
        match decision {
            CertificateDecision::Event(event) => events.push(event),
            CertificateDecision::EndTwin(end) => twin_end = Some(end),
            CertificateDecision::Issue(_) | CertificateDecision::Reissue(_) => {
                return Err(AppError::Inconsistent(
                    "this decision needs a signature".into(),
                ));
            }
        }
    }
    certificate.advance(&events);
    Ok((events, twin_end))
}
