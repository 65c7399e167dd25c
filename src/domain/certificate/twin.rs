//! Two certificates of one assessment (一试双证): a level certificate and the enterprise's own.
//!
//! 撤销 and 吊销 speak of the assessment, so they end both, by one approved act; 注销 and 作废 speak
//! of one document and end that one.

use crate::domain::certificate::event::{
    CertificateEvent, CertificateForfeited, CertificateRevoked, CertificateWithdrawn,
};
use crate::domain::certificate::rejection::CertificateRejection as No;
use crate::domain::certificate::state::{CertificateState as S, Issued};
use crate::domain::ids::{SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::End;
use jiff::civil::Date;

/// The end of a certificate that two people approved, as its twin has to follow it. Made by the
/// decider only, from an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwinEnd {
    of: CertificateNumber,
    twin: CertificateNumber,
    session: SessionId,
    worker: WorkerId,
    withdrawn: Withdrawn,
}

/// Which of the two ends, why and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Withdrawn {
    pub end: End,
    pub ground: String,
    pub basis: String,
    pub on: Date,
}

impl TwinEnd {
    /// What follows for the twin; `None` if there is none, or the end is of one document only.
    pub(super) fn of(issued: &Issued, withdrawn: Withdrawn) -> Option<Self> {
        let twin = issued.twin.clone()?;
        withdrawn.end.withdraws_level().then(|| Self {
            of: issued.number.clone(),
            twin,
            session: issued.award.session,
            worker: issued.award.worker,
            withdrawn,
        })
    }

    /// The twin's number when the ended certificate was issued; where it was corrected since, its
    /// successor is meant.
    pub const fn twin(&self) -> &CertificateNumber {
        &self.twin
    }
}

impl Withdrawn {
    /// The event, on the stream of the approval or, with that stream's number, on the twin's.
    pub(super) fn event(&self, on: Date, with: Option<CertificateNumber>) -> CertificateEvent {
        let withdrawn = CertificateWithdrawn {
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on,
            with,
            recognition: None,
        };
        match self.end {
            End::Forfeited => CertificateForfeited(withdrawn).into(),
            _ => CertificateRevoked(withdrawn).into(),
        }
    }
}

/// Ends the twin, unless it has ended already.
pub(super) fn decide_end(state: &S, end: &TwinEnd) -> Result<Option<CertificateEvent>, No> {
    let issued = state.issued().ok_or(No::NotIssued)?;
    let of_one = issued.twin.is_some()
        && issued.number != end.of
        && issued.award.session == end.session
        && issued.award.worker == end.worker;
    if !of_one {
        return Err(No::NotTwin);
    }
    match state {
        S::Absent => Err(No::NotIssued),
        S::Superseded { .. } => Err(No::SupersededIsFinal),
        S::Ended { .. } => Ok(None),
        // A correction may be younger than the act's day.
        S::Valid(_) | S::Suspended { .. } => {
            let on = end.withdrawn.on.max(issued.issued_on);
            Ok(Some(end.withdrawn.event(on, Some(end.of.clone()))))
        }
    }
}
