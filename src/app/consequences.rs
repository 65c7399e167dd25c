//! What a proposal would do, for whoever is to check it: the act, and what ends together with what
//! it names.

use super::Actor;
use super::draft::Loaded;
use super::error::AppError;
use super::ledger::Ledger;
use crate::domain::attainment::Attainment;
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::recognised::RecognisedEnd;
use crate::domain::certificate::state::{CertificateState, Issued};
use crate::domain::decider::Decider;
use crate::domain::ids::{ProposalId, StreamKind, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::Act;
use crate::domain::rules::recognition::HeldBy;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::{AwardedBy, WorkerEvent};
use crate::domain::worker::review_due::Doubtful;
use crate::domain::worker::state::WorkerState;
use crate::domain::worker::training::struck_by;
use crate::locale::{self, Words};
use crate::view::AsOf;
use crate::view::proposal::{ProposalRow, ProposalState};
use serde::Serialize;

/// A proposal as its checker is shown it.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalShown {
    /// The proposal, and what became of it.
    #[serde(flatten)]
    pub row: ProposalRow,
    /// The certificate it is about, if about one.
    pub certificate: Option<CertificateNumber>,
    /// Whether nobody had answered it by the last moment for that.
    pub expired: bool,
    /// What happens besides, once it is approved; nothing more once it is answered.
    pub consequences: Vec<Consequence>,
}

/// Something that happens together with the act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consequence {
    /// Stable: `twin-ends`, `level-withdrawn`, `hours-count-no-more`, `teachers-unbound`,
    /// `level-to-review`, `certificate-ends`.
    pub code: &'static str,
    /// The other certificate, where one ends too.
    pub certificate: Option<CertificateNumber>,
    /// In words.
    #[serde(flatten)]
    pub words: Words,
}

impl Ledger {
    /// A proposal with what approving it would take along, as of a position or now, for those who
    /// may read.
    pub async fn proposal_shown(
        &self,
        actor: &Actor,
        proposal: ProposalId,
        at: Option<u64>,
    ) -> Result<AsOf<ProposalShown>, AppError> {
        actor.need_reader()?;
        let found = self.views.as_of(at).proposal(proposal).await?;
        let row = found.value.ok_or(AppError::NotFound { what: "proposal" })?;
        let position = found.position;
        let mut certificate = None;
        let mut consequences = Vec::new();
        match row.stream.kind {
            StreamKind::Certificate => {
                let stream = row.stream;
                let held = self.load_at::<CertificateDecider>(stream, "certificate", position);
                let issued = held.await?.state.issued().cloned();
                let issued = issued.ok_or(AppError::NotFound {
                    what: "certificate",
                })?;
                consequences = self.of_certificate(&issued, &row.act, position).await?;
                certificate = Some(issued.number);
            }
            StreamKind::Worker => {
                let worker = self.load_at::<WorkerDecider>(row.stream, "worker", position);
                let worker = worker.await?.state;
                consequences = of_worker(&worker, &row.act);
                let holder = WorkerId(row.stream.id);
                let of_level = self.of_level(holder, &worker, &row.act, position);
                consequences.extend(of_level.await?);
            }
            _ => {}
        }
        let open = row.state == ProposalState::Open;
        if !open {
            consequences.clear();
        }
        let value = ProposalShown {
            expired: open && row.expires_at < self.time_of(at).await?,
            row,
            certificate,
            consequences,
        };
        Ok(AsOf { position, value })
    }

    /// The certificate that a number stood for at a position: itself, or the last of its
    /// corrections.
    async fn newest_at(
        &self,
        number: &CertificateNumber,
        position: u64,
    ) -> Result<Loaded<CertificateDecider>, AppError> {
        let mut number = number.clone();
        let mut newest = None;
        loop {
            let id = self.find_certificate(&number).await?;
            let loaded = self
                .load_at::<CertificateDecider>(id, "certificate", position)
                .await;
            let loaded = match (loaded, newest) {
                (Ok(loaded), _) => loaded,
                // The correction stands at a later position of the commit that supersedes.
                (Err(AppError::NotFound { .. }), Some(newest)) => return Ok(newest),
                (Err(error), _) => return Err(error),
            };
            let CertificateState::Superseded { by, .. } = &loaded.state else {
                return Ok(loaded);
            };
            number = by.by.clone();
            newest = Some(loaded);
        }
    }

    async fn of_certificate(
        &self,
        issued: &Issued,
        act: &Act,
        position: u64,
    ) -> Result<Vec<Consequence>, AppError> {
        let Act::EndCertificate { end, .. } = act else {
            return Ok(Vec::new());
        };
        if !end.withdraws_level() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        if let Some(twin) = &issued.twin {
            let twin = self.newest_at(twin, position).await?.state;
            if let Some(issued) = twin.issued()
                && !matches!(twin, CertificateState::Ended { .. })
            {
                let number = issued.number.clone();
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

    /// The level that an act withdraws with a recognition, or by itself, and its certificate.
    async fn of_level(
        &self,
        holder: WorkerId,
        state: &WorkerState,
        act: &Act,
        position: u64,
    ) -> Result<Vec<Consequence>, AppError> {
        let award = match act {
            Act::WithdrawRecognition { recognition, .. } => AwardedBy::Recognition(*recognition),
            Act::WithdrawAward { award, .. } => *award,
            _ => return Ok(Vec::new()),
        };
        let mut found = Vec::new();
        let Some(worker) = state.worker() else {
            return Ok(found);
        };
        let mut levels = worker.levels.iter();
        if levels.any(|it| it.awarded.by == award && it.withdrawn.is_none()) {
            found.push(consequence("level-withdrawn", None, &[]));
        }
        let Some(end) = RecognisedEnd::of(holder, worker, act) else {
            return Ok(found);
        };
        let Some(first) = self.first_recognised(&end, holder).await? else {
            return Ok(found);
        };
        let newest = match self.newest_at(&first, position).await {
            Ok(newest) => newest.state,
            // It was issued later.
            Err(AppError::NotFound { .. }) => return Ok(found),
            Err(error) => return Err(error),
        };
        if let Some(issued) = newest.issued()
            && !matches!(newest, CertificateState::Ended { .. })
        {
            let number = issued.number.clone();
            let args = [("number", number.to_string())];
            found.push(consequence("certificate-ends", Some(number), &args));
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
