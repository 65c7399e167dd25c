//! What ends with a recognition (比照认定): the level it awarded and, if a session issued one, the
//! certificate of that level, in the one commit in which two people of the authority withdraw it.

use super::certificates::{Held, facts};
use super::draft::Draft;
use super::error::AppError;
use super::issue_certificates::recognised_key;
use super::ledger::Ledger;
use crate::domain::certificate::command::CertificateCommand;
use crate::domain::certificate::recognised::RecognisedEnd;
use crate::domain::certificate::state::CertificateState;
use crate::domain::ids::{CertificateId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, Approval};
use crate::domain::session::decider::SessionDecider;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;

impl Ledger {
    /// What the approval of an act about a worker changes: the worker, and the certificate of a
    /// level that a recognition awarded.
    pub(super) async fn draft_approve_worker(
        &self,
        id: WorkerId,
        act: &Act,
        approval: Approval,
    ) -> Result<Draft, AppError> {
        let mut worker = self.load_existing::<WorkerDecider>(id, "worker").await?;
        let mut draft = Draft::default();
        let end = worker
            .state
            .worker()
            .and_then(|it| RecognisedEnd::of(id, it, act));
        let held = match &end {
            Some(end) => {
                // Its certificates may be issued at the same moment.
                draft.guard(&self.load::<SessionDecider>(end.session()).await?);
                self.recognised_certificate(end, id).await?
            }
            None => None,
        };
        let events = worker.decide(&WorkerCommand::Approve {
            approval,
            certificate: held.as_ref().map(|it| it.id),
        })?;
        draft.write(&worker, events);
        if let (Some(end), Some(mut held)) = (end, held) {
            let command = CertificateCommand::EndWithRecognition(end);
            let (events, _) = facts(&mut held.certificate, &command)?;
            draft.write(&held.certificate, events);
        }
        self.check_without_certificate(act, &mut draft).await?;
        Ok(draft)
    }

    /// The certificate that ends with a recognition, or the newest of its corrections; `None` if
    /// none was issued yet, or it has ended.
    async fn recognised_certificate(
        &self,
        end: &RecognisedEnd,
        holder: WorkerId,
    ) -> Result<Option<Held>, AppError> {
        let Some(first) = self.first_recognised(end, holder).await? else {
            return Ok(None);
        };
        let held = self.newest_of(&first).await?;
        let ended = matches!(held.certificate.state, CertificateState::Ended { .. });
        Ok((!ended).then_some(held))
    }

    /// The number under which the certificate of a recognition was issued first, if it was.
    pub(super) async fn first_recognised(
        &self,
        end: &RecognisedEnd,
        holder: WorkerId,
    ) -> Result<Option<CertificateNumber>, AppError> {
        let key = recognised_key(end.session(), holder);
        match self.stream_of_key(&key, "certificate").await {
            Ok(stream) => Ok(Some(
                self.held(CertificateId(stream.id)).await?.issued.number,
            )),
            Err(AppError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
