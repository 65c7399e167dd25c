//! What a proposal would do, for whoever is to check it: the act, and what ends together with what
//! it names.

use super::error::AppError;
use super::ledger::Ledger;
use super::{Actor, clock};
use crate::domain::attainment::Attainment;
use crate::domain::certificate::state::{CertificateState, Issued};
use crate::domain::decider::Decider;
use crate::domain::digest::Digest;
use crate::domain::ids::{
    AccountId, BodyId, CertificateId, ProposalId, SessionId, StreamId, StreamKind, WorkerId,
};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, ProposalMade};
use crate::domain::rules::recognition::HeldBy;
use crate::domain::time::Instant;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::WorkerEvent;
use crate::domain::worker::review_due::Doubtful;
use crate::domain::worker::state::WorkerState;
use crate::domain::worker::training::struck_by;
use crate::locale::{self, Words};
use serde::Serialize;

/// A proposal as its checker is shown it.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalShown {
    /// Its id.
    pub proposal: ProposalId,
    /// What it would do.
    pub act: Act,
    /// The certificate it is about, if about one.
    pub certificate: Option<CertificateNumber>,
    /// The digest that is approved.
    pub digest: Digest,
    /// The maker.
    pub made_by: AccountId,
    /// After this it can no longer be approved.
    pub expires_at: Instant,
    /// Whether that moment has passed.
    pub expired: bool,
    /// What happens besides, once it is approved.
    pub consequences: Vec<Consequence>,
}

/// Something that happens together with the act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consequence {
    /// Stable: `twin-ends`, `level-withdrawn`, `hours-count-no-more`, `teachers-unbound`,
    /// `level-to-review`.
    pub code: &'static str,
    /// The other certificate, where one ends too.
    pub certificate: Option<CertificateNumber>,
    /// In words.
    #[serde(flatten)]
    pub words: Words,
}

impl Ledger {
    /// A proposal, for those who may make or check it and for auditors.
    pub async fn proposal_shown(
        &self,
        actor: &Actor,
        proposal: ProposalId,
    ) -> Result<ProposalShown, AppError> {
        let (stream, made) = self.proposal(proposal).await?;
        self.need_sight(actor, stream).await?;
        let mut certificate = None;
        let mut consequences = Vec::new();
        if stream.kind == StreamKind::Certificate {
            let issued = self.held(CertificateId(stream.id)).await?.issued;
            consequences = self.of_certificate(&issued, &made).await?;
            certificate = Some(issued.number);
        }
        if stream.kind == StreamKind::Worker {
            let worker = self.load_existing::<WorkerDecider>(WorkerId(stream.id), "worker");
            consequences = of_worker(&worker.await?.state, &made.act);
        }
        Ok(ProposalShown {
            proposal,
            act: made.act,
            certificate,
            digest: made.digest,
            made_by: made.made_by,
            expires_at: made.expires_at,
            expired: made.expires_at < clock::now(),
            consequences,
        })
    }

    /// Demands somebody of the body concerned, or a reader of everything.
    async fn need_sight(&self, actor: &Actor, stream: StreamId) -> Result<(), AppError> {
        if actor.need_reader().is_ok() {
            return Ok(());
        }
        let body = match stream.kind {
            StreamKind::Body => BodyId(stream.id),
            StreamKind::Session => self.session_and_body(SessionId(stream.id)).await?.body_id,
            StreamKind::Certificate => self.held(CertificateId(stream.id)).await?.issued.award.body,
            _ => return actor.need_authority(),
        };
        actor.need_one_of(body)
    }

    async fn of_certificate(
        &self,
        issued: &Issued,
        made: &ProposalMade,
    ) -> Result<Vec<Consequence>, AppError> {
        let Act::EndCertificate { end, .. } = &made.act else {
            return Ok(Vec::new());
        };
        if !end.withdraws_level() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        if let Some(twin) = &issued.twin {
            let twin = self.newest_of(twin).await?;
            if !matches!(twin.certificate.state, CertificateState::Ended { .. }) {
                let number = twin.issued.number;
                let args = [
                    ("number", number.to_string()),
                    ("end", end.name().to_owned()),
                ];
                found.push(consequence("twin-ends", Some(number), &args));
            }
        }
        let level = matches!(
            issued.award.attainment,
            Attainment::Level { .. } | Attainment::Enterprise { .. }
        );
        if level {
            found.push(consequence("level-withdrawn", None, &[]));
        }
        Ok(found)
    }
}

/// What striking a training takes with it: nothing, if it stands no more.
fn of_worker(state: &WorkerState, act: &Act) -> Vec<Consequence> {
    let Some(worker) = state.worker() else {
        return Vec::new();
    };
    let Ok(struck) = struck_by(worker, act) else {
        return Vec::new();
    };
    let mut found = vec![consequence("hours-count-no-more", None, &[])];
    let teachers = struck.training.teachers.len();
    if teachers > 0 {
        let args = [("number", teachers.to_string())];
        found.push(consequence("teachers-unbound", None, &args));
    }
    let before = state.reviews_due();
    let after = WorkerDecider::evolve(state.clone(), &WorkerEvent::from(struck)).reviews_due();
    for due in after.into_iter().filter(|it| !before.contains(it)) {
        let Doubtful::Level { by } = due.doubtful else {
            continue;
        };
        let level = worker.levels.iter().find(|it| it.awarded.by == by);
        let occupation = level.map(|it| it.awarded.occupation.to_string());
        let args = [
            ("occupation", occupation.unwrap_or_default()),
            ("by", HeldBy::from(by).to_string()),
        ];
        found.push(consequence("level-to-review", None, &args));
    }
    found
}

fn consequence(
    code: &'static str,
    certificate: Option<CertificateNumber>,
    args: &[(&'static str, String)],
) -> Consequence {
    Consequence {
        code,
        words: locale::words(&format!("consequence-{code}"), args),
        certificate,
    }
}
