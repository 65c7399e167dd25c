//! What a certificate says (证书内容), apart from any format. Every coat is made from it.

use super::did::Did;
use super::disclosed::Disclosed;
use crate::domain::attainment::Attainment;
use crate::domain::credit_code::CreditCode;
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::score::Scores;
use crate::domain::session::event::Standard;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

const SCORES_CONTEXT: &str = "skill-ledger 2026 credential id with scores v1";

/// Whom it is for: the only personal data of a credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// Name as supplied (姓名), in NFC.
    pub name: String,
    /// Kind of identity document (证件类型), in Chinese: 居民身份证.
    pub document_type: String,
    /// The last four characters of its number, or fewer.
    pub document_last4: String,
}

/// Which certificate body gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The body's identifier.
    pub did: Did,
    /// Filed name (评价机构名称).
    pub name: Name,
    /// 统一社会信用代码
    pub credit_code: CreditCode,
}

/// Where its status is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusPlace {
    /// Number of the body's status list, from 1.
    pub list: u32,
    /// Index in it.
    pub index: u32,
}

/// What a document shows that tells the scores too (成绩): the worker hands it out instead of the
/// certificate's document, where he wants them seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Results {
    /// The scores, each of them a pass.
    pub scores: Scores,
    /// SHA-256 of the canonical unsigned document of the certificate, which shows none: by it the
    /// log and the ledger know the certificate.
    pub certificate: [u8; 32],
}

/// The claim set of one issue of a certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// The credential's own id: random (UUID v4), in no event and no view.
    pub credential_id: Uuid,
    /// 证书编号
    pub number: CertificateNumber,
    /// Whom it is for.
    pub holder: Holder,
    /// What it attests: a level (职业技能等级), or what has none.
    pub attainment: Attainment,
    /// By which route.
    pub route: Route,
    /// The standard it was assessed under.
    pub standard: Standard,
    /// Region of the assessment, GB/T 2260.
    pub region: RegionCode,
    /// Its name that day.
    pub region_name: String,
    /// The body.
    pub issuer: Issuer,
    /// The body's number of the session (认定批次), if shown.
    pub session: Option<String>,
    /// 评定日期
    pub assessed_on: Date,
    /// 发证日期 of this issue.
    pub issued_on: Date,
    /// 1 for the first issue, 2 for the first reissue (补发).
    pub issue: u16,
    /// The number it corrects (更正), if any.
    pub supersedes: Option<CertificateNumber>,
    /// The other certificate of the same assessment (一试双证), if any.
    pub twin: Option<CertificateNumber>,
    /// Where its status is found.
    pub status: StatusPlace,
    /// The scores, in a document of its own that shows them.
    pub results: Option<Results>,
}

/// What is wrong with a claim set; names the member, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("claim {0} cannot stand in a credential")]
pub struct InvalidClaims(pub &'static str);

impl Claims {
    /// What the certificate's document that shows the scores says (`vc-json-scores`): the same, under
    /// an id of its own. That id is random to whoever has not seen it, so that nobody who holds the
    /// certificate can find the scores by trying them against the digest in the log.
    pub fn with_scores(
        &self,
        scores: Scores,
        secret: &[u8; 32],
    ) -> Result<Self, super::signed::NotCanonical> {
        let mut hasher = blake3::Hasher::new_derive_key(SCORES_CONTEXT);
        hasher.update(secret).update(self.credential_id.as_bytes());
        let mut id = [0; 16];
        hasher.finalize_xof().fill(&mut id);
        Ok(Self {
            credential_id: uuid::Builder::from_random_bytes(id).into_uuid(),
            results: Some(Results {
                scores,
                certificate: super::signed::canonical_sha256(&super::vc::v2::render(self))?,
            }),
            ..self.clone()
        })
    }

    /// Whether these claims can be written and read back: see [`Disclosed::check`].
    pub fn check(&self) -> Result<(), InvalidClaims> {
        if self.credential_id.get_version_num() != 4 {
            return Err(InvalidClaims("credential_id"));
        }
        Disclosed::from(self).check()
    }
}

/// A code in the one spelling that it is written in.
pub(super) fn exact<T: FromStr + ToString>(text: &str) -> Option<T> {
    let read: T = text.parse().ok()?;
    (read.to_string() == text).then_some(read)
}

/// A day as it is written: `2026-07-13`, the year of four digits.
pub(super) fn exact_date(text: &str) -> Option<Date> {
    exact(text).filter(|date: &Date| date.year() >= 0)
}

// Names and document numbers do not belong in output.
impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(…)")
    }
}
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Claims({}, …)", self.attainment.kind())
    }
}
