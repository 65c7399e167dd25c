//! A lost certificate issued again under its own number (补发).

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::certificates::issuing;
use super::clock;
use super::draft::Draft;
use super::error::AppError;
use super::execute::Asked;
use super::issue_certificates::Issued;
use super::ledger::Ledger;
use super::people;
use super::seal::ToSeal;
use crate::domain::body::decider::BodyDecider;
use crate::domain::certificate::command::CertificateCommand;
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, CommandId, SubjectId};
use crate::domain::number::CertificateNumber;
use jiff::civil::Date;

impl Ledger {
    /// Issues a lost certificate again under its own number (补发).
    pub async fn reissue(
        &self,
        actor: &Actor,
        command_id: CommandId,
        number: &CertificateNumber,
        reason: &str,
        on: Date,
    ) -> Result<Issued, AppError> {
        let id = self.find_certificate(number).await?;
        let body = self.held(id).await?.issued.award.body;
        actor.need_maker_of(body)?;
        clock::has_come(on)?;
        end_what_has_expired(self, actor.account, body, clock::today()).await?;
        let digest = self.request_digest("certificate.reissue", &(number.as_str(), reason, on))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                self.draft_reissue(id, reason, on).await
            })
            .await?;
        self.publish_status(actor, body).await?;
        self.advance_log().await?;
        let subject = SubjectId::from(self.held(id).await?.issued.award.worker);
        committed
            .events
            .into_iter()
            .find_map(|committed| match &committed.event {
                Event::Certificate(CertificateEvent::Reissued(reissued)) => Some(Issued {
                    number: number.clone(),
                    certificate: id,
                    subject,
                    issue: reissued.issue,
                    row: committed.row,
                }),
                _ => None,
            })
            .ok_or_else(|| AppError::Inconsistent("a reissue without its event".into()))
    }

    async fn draft_reissue(
        &self,
        id: CertificateId,
        reason: &str,
        on: Date,
    ) -> Result<Draft, AppError> {
        let held = self.held(id).await?;
        let issued = &held.issued;
        let body = self
            .load_existing::<BodyDecider>(issued.award.body, "body")
            .await?;
        let registered = body.state.body()?;
        body.state.may_issue(&issuing(&issued.award, on))?;
        let subject = SubjectId::from(issued.award.worker);
        let people = people::identities(self, &[subject]).await?;
        let person = people
            .get(&subject)
            .ok_or(AppError::NotFound { what: "worker" })?;
        // A reissue says which number the twin has now.
        let twin = match &issued.twin {
            Some(twin) => Some(self.newest_of(twin).await?.issued.number),
            None => None,
        };
        let sealing = self.sealing_for(&issued.award, registered).await?;
        let command = CertificateCommand::Reissue {
            reason: reason.to_owned(),
            on,
        };
        let mut draft = Draft::default();
        draft.guard(&body);
        for decision in CertificateDecider::decide(&held.certificate.state, &command)? {
            let CertificateDecision::Reissue(unsealed) = decision else {
                continue;
            };
            let to = ToSeal {
                certificate: held.id,
                number: &issued.number,
                award: &issued.award,
                identity: &person.identity,
                issued_on: on,
                issue: unsealed.issue(),
                supersedes: issued.supersedes.as_ref(),
                twin: twin.as_ref(),
                status: issued.status,
            };
            let (seal, row) = sealing.seal(&to, &person.key)?;
            draft.seal(row);
            draft.write(&held.certificate, vec![unsealed.seal(seal)]);
        }
        Ok(draft)
    }
}
