//! Events of a certificate. The credential's own id and its bytes are in the vault only.

use crate::domain::attainment::Attainment;
use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::event::events;
use crate::domain::ids::{BodyId, RecognitionId, SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::ProposalEvent;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::score::Scores;
use crate::domain::session::event::Standard;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One signature of one coat of a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoatSignature {
    /// Which representation: `vc-json`, `vc-json-rdfc`, `vc-json-scores`, `sd-jwt-vc`, `qr`.
    pub coat: String,
    /// Signature suite, by the name its own standard gives it: `eddsa-jcs-2022`.
    pub suite: String,
    /// The key that signed.
    pub key_id: String,
    /// Multibase signature value.
    pub value: String,
    /// SHA-256 of the signed bytes, for a coat that does not carry the whole credential: the log's
    /// leaf commits to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// What a certificate says, apart from the person (证书内容).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// By which body.
    pub body: BodyId,
    /// From which session.
    pub session: SessionId,
    /// To whom.
    pub worker: WorkerId,
    /// What it attests: a level, or what has none.
    pub attainment: Attainment,
    /// By which route.
    pub route: Route,
    /// The standard it was assessed under.
    pub standard: Standard,
    /// Region of the assessment.
    pub region: RegionCode,
    /// 评定日期
    pub assessed_on: Date,
    /// The scores it rests on (成绩), where it rests on marks: shown only where the worker wants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
}

/// Where a certificate stands in the body's status lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusEntry {
    /// The list.
    pub list: u32,
    /// The index in it.
    pub index: u32,
}

/// A certificate was issued (发证).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateIssued {
    /// Its number, for ever.
    pub number: CertificateNumber,
    /// What it says.
    pub award: Award,
    /// 发证日期
    pub issued_on: Date,
    /// Where its status is found.
    pub status: StatusEntry,
    /// The certificate it corrects, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<CertificateNumber>,
    /// The other certificate of the same assessment (一试双证), if any: its number that day. Later
    /// corrections of it are found through that number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<CertificateNumber>,
    /// SHA-256 of the canonical unsigned credential.
    pub credential: Digest,
    /// The body's key.
    pub key_id: String,
    /// One signature a coat.
    pub signatures: Vec<CoatSignature>,
    /// The sealed row that came with it (the credential's bytes).
    pub sealed: Vec<SealedDigest>,
}

/// A certificate was issued again under its number (补发).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateReissued {
    /// The issue sequence: 2 for the first reissue.
    pub issue: u16,
    /// Why.
    pub reason: String,
    /// 补发日期
    pub issued_on: Date,
    /// The scores that this issue can show, as its award has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
    /// SHA-256 of the canonical unsigned credential.
    pub credential: Digest,
    /// The body's key.
    pub key_id: String,
    /// One signature a coat.
    pub signatures: Vec<CoatSignature>,
    /// The sealed row that came with it.
    pub sealed: Vec<SealedDigest>,
}

/// A certificate was suspended (暂停).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateSuspended {
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// A suspension ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateReinstated {
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// A correction under another number took its place (更正).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateSuperseded {
    /// The new number.
    pub by: CertificateNumber,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// 注销 or 作废: one document ended, each its own event type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateEnded {
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// 撤销 or 吊销: what was assessed is void or taken away, each its own event type. Of two
/// certificates of one assessment (一试双证) both end, in the same commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateWithdrawn {
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
    /// The other certificate of the assessment, on whose stream two people approved the act;
    /// `None` on that stream itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<CertificateNumber>,
    /// The recognition (比照认定) its level rested on, where two people withdrew that, or the level,
    /// on the worker's stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition: Option<RecognitionId>,
}

/// 撤销: it should never have been granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateRevoked(pub CertificateWithdrawn);
/// 注销: it ended formally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateCancelled(pub CertificateEnded);
/// 吊销: taken away as a penalty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateForfeited(pub CertificateWithdrawn);
/// 作废: the document or number is unusable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateVoided(pub CertificateEnded);

events! {
    /// What happened to a certificate.
    pub enum CertificateEvent {
        /// Issued.
        Issued(CertificateIssued) = "certificate.issued", 4;
        /// Issued again under its number.
        Reissued(CertificateReissued) = "certificate.reissued", 3;
        /// Suspended.
        Suspended(CertificateSuspended) = "certificate.suspended", 1;
        /// Reinstated.
        Reinstated(CertificateReinstated) = "certificate.reinstated", 1;
        /// Superseded by a correction.
        Superseded(CertificateSuperseded) = "certificate.superseded", 1;
        /// 撤销
        Revoked(CertificateRevoked) = "certificate.revoked", 3;
        /// 注销
        Cancelled(CertificateCancelled) = "certificate.cancelled", 1;
        /// 吊销
        Forfeited(CertificateForfeited) = "certificate.forfeited", 3;
        /// 作废
        Voided(CertificateVoided) = "certificate.voided", 1;
        @nested
        /// A proposal about this certificate.
        Proposal(ProposalEvent);
    }
}
