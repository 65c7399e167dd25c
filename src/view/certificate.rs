//! Certificates (证书), their signed documents, and what a status list says of them.

use crate::domain::attainment::Attainment;
use crate::domain::digest::Digest;
use crate::domain::ids::{BodyId, CertificateId, SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::End;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::session::event::Standard;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of register that keeps every state of a certificate, by its number.
pub const REGISTER: &str = "certificate";

/// What a certificate is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateState {
    /// 有效
    Active,
    /// 暂停
    Suspended,
    /// 已更正: another certificate took its place.
    Superseded,
    /// 撤销
    Revoked,
    /// 注销
    Cancelled,
    /// 吊销
    Forfeited,
    /// 作废
    Voided,
}

impl CertificateState {
    /// The stable word: `active`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
            Self::Cancelled => "cancelled",
            Self::Forfeited => "forfeited",
            Self::Voided => "voided",
        }
    }
    /// Whether its revocation bit is set: superseded or ended.
    pub const fn is_ended(self) -> bool {
        !matches!(self, Self::Active | Self::Suspended)
    }
}

impl From<End> for CertificateState {
    fn from(end: End) -> Self {
        match end {
            End::Revoked => Self::Revoked,
            End::Cancelled => Self::Cancelled,
            End::Forfeited => Self::Forfeited,
            End::Voided => Self::Voided,
        }
    }
}

/// A certificate. The holder is a pseudonym.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertificateRow {
    /// Its number, for ever.
    pub number: CertificateNumber,
    /// Its internal id; never shown to the public.
    pub certificate: CertificateId,
    /// The body.
    pub body: BodyId,
    /// The session.
    pub session: SessionId,
    /// The holder, by pseudonym.
    pub worker: WorkerId,
    /// What it attests.
    pub attainment: Attainment,
    /// By which route.
    pub route: Route,
    /// The standard.
    pub standard: Standard,
    /// Region of the assessment.
    pub region: RegionCode,
    /// 评定日期
    pub assessed_on: Date,
    /// 发证日期, of the first issue.
    pub issued_on: Date,
    /// Newest issue sequence, 1 for the first.
    pub issue: u16,
    /// What it is worth today.
    pub state: CertificateState,
    /// The civil date since which it has that state.
    pub since: Date,
    /// Why.
    pub ground: Option<String>,
    /// Legal basis.
    pub basis: Option<String>,
    /// The certificate that took its place.
    pub successor: Option<CertificateNumber>,
    /// The certificate it took the place of.
    pub supersedes: Option<CertificateNumber>,
    /// The other certificate of the same assessment, as it was when this one was issued.
    pub twin: Option<CertificateNumber>,
    /// Its status list.
    pub list: u32,
    /// Its index there.
    pub list_index: u32,
    /// The key that signed its newest issue.
    pub key_id: String,
    /// Position of its first issue.
    pub position: u64,
    /// Position of its newest event.
    pub last_position: u64,
}

/// One signed document of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CredentialRow {
    /// SHA-256 of its canonical unsigned form.
    pub credential: Digest,
    /// Whose document.
    pub number: CertificateNumber,
    /// Issue sequence, 1 for the first.
    pub issue: u16,
    /// 发证日期 / 补发日期
    pub issued_on: Date,
    /// Why it was issued again.
    pub reason: Option<String>,
    /// The key that signed it.
    pub key_id: String,
    /// Position of the event that logged it.
    pub position: u64,
}

/// What a status list says of one index. Indices without an entry are active first issues, or
/// not yet given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusEntryRow {
    /// The index.
    pub index: u32,
    /// Whose entry; the public details name only successors.
    pub number: CertificateNumber,
    /// What the certificate is worth.
    pub state: CertificateState,
    /// The revocation bit: superseded or ended.
    pub revoked: bool,
    /// The suspension bit.
    pub suspended: bool,
    /// Why.
    pub ground: Option<String>,
    /// Legal basis.
    pub basis: Option<String>,
    /// The civil date since which.
    pub on: Date,
    /// The certificate that took its place.
    pub successor: Option<CertificateNumber>,
    /// Newest issue sequence; above 1 there are reissues.
    pub issue: u16,
    /// Position of the certificate's newest event.
    pub position: u64,
}
