//! What a certificate has come to.

use crate::domain::certificate::event::{
    Award, CertificateIssued, CertificateSuperseded, CertificateSuspended, StatusEntry,
};
use crate::domain::digest::Digest;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{End, Proposals};
use jiff::civil::Date;

/// What was issued, through all its issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its number.
    pub number: CertificateNumber,
    /// What it says.
    pub award: Award,
    /// 发证日期 of the first issue.
    pub issued_on: Date,
    /// Where its status is found.
    pub status: StatusEntry,
    /// The certificate it corrects.
    pub supersedes: Option<CertificateNumber>,
    /// The other certificate of the same assessment, as it was when this one was issued.
    pub twin: Option<CertificateNumber>,
    /// The newest issue: 1, then one more with each reissue.
    pub issue: u16,
    /// The day of the newest issue.
    pub newest_on: Date,
    /// SHA-256 of the newest unsigned credential.
    pub credential: Digest,
    /// The key that signed the newest issue.
    pub key_id: String,
    /// Proposals about it.
    pub proposals: Proposals,
}

impl Issued {
    pub(super) fn first(issued: &CertificateIssued) -> Self {
        Self {
            number: issued.number.clone(),
            award: issued.award.clone(),
            issued_on: issued.issued_on,
            status: issued.status,
            supersedes: issued.supersedes.clone(),
            twin: issued.twin.clone(),
            issue: 1,
            newest_on: issued.issued_on,
            credential: issued.credential,
            key_id: issued.key_id.clone(),
            proposals: Proposals::default(),
        }
    }
}

/// The life of a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CertificateState {
    /// No such certificate.
    #[default]
    Absent,
    /// 有效
    Valid(Issued),
    /// 暂停
    Suspended {
        /// What was issued.
        issued: Issued,
        /// Since when and why.
        suspension: CertificateSuspended,
    },
    /// 已更正: another number took its place. Final.
    Superseded {
        /// What was issued.
        issued: Issued,
        /// By what and why.
        by: CertificateSuperseded,
    },
    /// 撤销, 注销, 吊销 or 作废. Final.
    Ended {
        /// What was issued.
        issued: Issued,
        /// Which of the four.
        end: End,
        /// The civil date.
        on: Date,
    },
}

impl CertificateState {
    /// What was issued, whatever has come of it.
    pub fn issued(&self) -> Option<&Issued> {
        match self {
            Self::Absent => None,
            Self::Valid(issued)
            | Self::Suspended { issued, .. }
            | Self::Superseded { issued, .. }
            | Self::Ended { issued, .. } => Some(issued),
        }
    }

    /// Where it stands, as a stable word: `absent`, `valid`, `suspended`, `superseded`, or the
    /// end: `revoked`, `cancelled`, `forfeited`, `voided`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Valid(_) => "valid",
            Self::Suspended { .. } => "suspended",
            Self::Superseded { .. } => "superseded",
            Self::Ended { end, .. } => end.name(),
        }
    }
}
