//! What can be asked of a certificate.

use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::StatusEntry;
use crate::domain::certificate::recognised::RecognisedEnd;
use crate::domain::certificate::twin::TwinEnd;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, Approval, Proposing, TurnDown};
use jiff::civil::Date;

/// An intent about one certificate. That the body may issue on that day, its own stream says
/// (`may_issue`), for a reissue and a correction as for an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateCommand {
    /// Issue it (发证).
    Issue(IssueCertificate),
    /// Issue it again under its number (补发).
    Reissue {
        /// Why; no personal data.
        reason: String,
        /// The civil date.
        on: Date,
    },
    /// Propose an end, a suspension, its lifting, or a correction.
    Propose {
        /// The maker's part.
        proposing: Proposing,
        /// What it would do.
        act: Act,
    },
    /// Approve what was proposed; it takes effect.
    Approve {
        /// The checker's part.
        approval: Approval,
        /// The number of the certificate that takes its place, issued in the same commit: for
        /// a correction, and for nothing else.
        successor: Option<CertificateNumber>,
    },
    /// Turn a proposal down.
    Reject(TurnDown),
    /// End it with its twin (一试双证), in the commit in which two people ended that one.
    EndWithTwin(TwinEnd),
    /// End it with the level that a recognition awarded (比照认定), in the commit in which two people
    /// withdrew that one.
    EndWithRecognition(RecognisedEnd),
}

/// The intent to issue a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueCertificate {
    /// Its number, reserved in the same commit.
    pub number: CertificateNumber,
    /// What it says.
    pub award: EarnedAward,
    /// 发证日期
    pub issued_on: Date,
    /// Where its status will be found.
    pub status: StatusEntry,
    /// The certificate it corrects, superseded in the same commit.
    pub supersedes: Option<CertificateNumber>,
    /// The other certificate of the same assessment (一试双证), issued in the same commit or, for
    /// a correction, before.
    pub twin: Option<CertificateNumber>,
}
