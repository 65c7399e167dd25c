//! The certificate of a level that a recognition awarded (比照认定): the authority awarded the level,
//! so its people withdraw it, and the certificate ends in the commit in which they do. The body that
//! issued the document may end that document (注销, 作废), and no more.

use crate::domain::certificate::event::{
    CertificateEvent, CertificateRevoked, CertificateWithdrawn,
};
use crate::domain::certificate::rejection::CertificateRejection as No;
use crate::domain::certificate::state::CertificateState as S;
use crate::domain::ids::{RecognitionId, SessionId, WorkerId};
use crate::domain::proposal::Act;
use crate::domain::route::Route;
use crate::domain::worker::event::AwardedBy;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;

/// The withdrawal of a level that a recognition awarded, as its certificate has to follow it. Made
/// from the act that two people approved only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedEnd {
    recognition: RecognitionId,
    session: SessionId,
    worker: WorkerId,
    ground: String,
    basis: String,
    on: Date,
}

impl RecognisedEnd {
    /// What follows for the certificate; `None` where the act withdraws no such level, or no session
    /// closed on its recognition.
    pub fn of(id: WorkerId, worker: &Worker, act: &Act) -> Option<Self> {
        let (award, ground, basis, on) = match act {
            Act::WithdrawRecognition {
                recognition,
                ground,
                basis,
                on,
            } => (AwardedBy::Recognition(*recognition), ground, basis, on),
            Act::WithdrawAward {
                award,
                ground,
                basis,
                on,
            } => (*award, ground, basis, on),
            _ => return None,
        };
        let AwardedBy::Recognition(recognition) = award else {
            return None;
        };
        Some(Self {
            recognition,
            session: worker.certified_in(award)?,
            worker: id,
            ground: ground.clone(),
            basis: basis.clone(),
            on: *on,
        })
    }

    /// The session whose certificate is meant.
    pub const fn session(&self) -> SessionId {
        self.session
    }
}

/// Ends the certificate, unless it has ended already.
pub(super) fn decide_end(state: &S, end: &RecognisedEnd) -> Result<Option<CertificateEvent>, No> {
    let issued = state.issued().ok_or(No::NotIssued)?;
    let award = &issued.award;
    let of_it = award.route == Route::Recognition
        && award.session == end.session
        && award.worker == end.worker;
    if !of_it {
        return Err(No::NotOfRecognition);
    }
    match state {
        S::Absent => Err(No::NotIssued),
        S::Superseded { .. } => Err(No::SupersededIsFinal),
        S::Ended { .. } => Ok(None),
        S::Valid(_) | S::Suspended { .. } => {
            let withdrawn = CertificateWithdrawn {
                ground: end.ground.clone(),
                basis: end.basis.clone(),
                // The document may be younger than the act's day.
                on: end.on.max(issued.issued_on),
                with: None,
                recognition: Some(end.recognition),
            };
            Ok(Some(CertificateRevoked(withdrawn).into()))
        }
    }
}
