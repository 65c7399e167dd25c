//! Decisions of a certificate: facts, save an issue, which is a fact only once it is signed.

use crate::domain::certificate::command::IssueCertificate;
use crate::domain::certificate::event::{
    Award, CertificateEvent, CertificateIssued, CertificateReissued, CoatSignature, StatusEntry,
};
use crate::domain::certificate::twin::TwinEnd;
use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::number::CertificateNumber;
use crate::domain::score::Scores;
use jiff::civil::Date;

/// What a command on a certificate leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateDecision {
    /// A fact.
    Event(CertificateEvent),
    /// An issue that waits for its signature.
    Issue(UnsealedIssue),
    /// A reissue that waits for its signature.
    Reissue(UnsealedReissue),
    /// What the twin (一试双证) has to be told in the same commit.
    EndTwin(TwinEnd),
}

impl From<CertificateEvent> for CertificateDecision {
    fn from(event: CertificateEvent) -> Self {
        Self::Event(event)
    }
}

/// What `seal` adds to a decision: nothing of it decides anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// SHA-256 of the canonical unsigned credential.
    pub credential: Digest,
    /// The body's certificate key.
    pub key_id: String,
    /// One signature a coat.
    pub signatures: Vec<CoatSignature>,
    /// The sealed row that comes with it (the credential's bytes).
    pub sealed: Vec<SealedDigest>,
}

/// An issue that was decided and is not signed. Made by the decider only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsealedIssue {
    number: CertificateNumber,
    award: Award,
    issued_on: Date,
    status: StatusEntry,
    supersedes: Option<CertificateNumber>,
    twin: Option<CertificateNumber>,
}

impl UnsealedIssue {
    pub(super) fn new(issue: &IssueCertificate) -> Self {
        Self {
            number: issue.number.clone(),
            award: issue.award.award().clone(),
            issued_on: issue.issued_on,
            status: issue.status,
            supersedes: issue.supersedes.clone(),
            twin: issue.twin.clone(),
        }
    }
    /// Its number.
    pub const fn number(&self) -> &CertificateNumber {
        &self.number
    }
    /// What it says.
    pub const fn award(&self) -> &Award {
        &self.award
    }
    /// 发证日期
    pub const fn issued_on(&self) -> Date {
        self.issued_on
    }
    /// Where its status will be found.
    pub const fn status(&self) -> StatusEntry {
        self.status
    }
    /// The certificate it corrects.
    pub const fn supersedes(&self) -> Option<&CertificateNumber> {
        self.supersedes.as_ref()
    }
    /// The other certificate of the same assessment.
    pub const fn twin(&self) -> Option<&CertificateNumber> {
        self.twin.as_ref()
    }
    /// The fact, once signed.
    pub fn seal(self, seal: Seal) -> CertificateEvent {
        CertificateIssued {
            number: self.number,
            award: self.award,
            issued_on: self.issued_on,
            status: self.status,
            supersedes: self.supersedes,
            twin: self.twin,
            credential: seal.credential,
            key_id: seal.key_id,
            signatures: seal.signatures,
            sealed: seal.sealed,
        }
        .into()
    }
}

/// A reissue that was decided and is not signed. Made by the decider only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsealedReissue {
    issue: u16,
    reason: String,
    issued_on: Date,
    scores: Option<Scores>,
}

impl UnsealedReissue {
    pub(super) const fn new(
        issue: u16,
        reason: String,
        issued_on: Date,
        scores: Option<Scores>,
    ) -> Self {
        Self {
            issue,
            reason,
            issued_on,
            scores,
        }
    }
    /// The issue sequence: 2 for the first reissue.
    pub const fn issue(&self) -> u16 {
        self.issue
    }
    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }
    /// 补发日期
    pub const fn issued_on(&self) -> Date {
        self.issued_on
    }
    /// The fact, once signed.
    pub fn seal(self, seal: Seal) -> CertificateEvent {
        CertificateReissued {
            issue: self.issue,
            reason: self.reason,
            issued_on: self.issued_on,
            scores: self.scores,
            credential: seal.credential,
            key_id: seal.key_id,
            signatures: seal.signatures,
            sealed: seal.sealed,
        }
        .into()
    }
}
