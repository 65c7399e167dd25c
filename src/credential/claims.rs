//! What a certificate says (证书内容), apart from any format. Every coat is made from it.

use super::did::Did;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::credit_code::CreditCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::session::event::Standard;
use jiff::civil::Date;
use std::fmt;
use unicode_normalization::is_nfc;
use uuid::Uuid;

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
}

/// What is wrong with a claim set; names the member, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("claim {0} cannot stand in a credential")]
pub struct InvalidClaims(pub &'static str);

impl Claims {
    /// Whether these claims can be written and read back: texts are not empty, at most 200
    /// characters, NFC, without control or direction characters; the level has certificates.
    pub fn check(&self) -> Result<(), InvalidClaims> {
        let texts = [
            ("holder.name", Some(&self.holder.name)),
            ("holder.document_type", Some(&self.holder.document_type)),
            ("holder.document_last4", Some(&self.holder.document_last4)),
            ("standard.code", Some(&self.standard.code)),
            ("standard.edition", Some(&self.standard.edition)),
            ("region_name", Some(&self.region_name)),
            ("issuer.name", Some(&self.issuer.name.zh)),
            ("issuer.name", self.issuer.name.en.as_ref()),
            ("session", self.session.as_ref()),
        ];
        for (member, text) in texts.into_iter().chain(self.attainment_texts()) {
            if text.is_some_and(|t| !is_plain(t)) {
                return Err(InvalidClaims(member));
            }
        }
        let four = |t: &str| t.chars().count() <= 4;
        if !four(&self.holder.document_last4) {
            return Err(InvalidClaims("holder.document_last4"));
        }
        if self.credential_id.get_version_num() != 4 {
            return Err(InvalidClaims("credential_id"));
        }
        if self.attainment.level() == Some(SkillLevel::Apprentice) {
            return Err(InvalidClaims("level"));
        }
        let pair = match self.attainment.kind() {
            AttainmentKind::Level => true,
            AttainmentKind::Enterprise => self.twin.is_some(),
            AttainmentKind::SpecialSkill | AttainmentKind::MicroSkill => self.twin.is_none(),
        };
        if !pair || self.twin.as_ref() == Some(&self.number) {
            return Err(InvalidClaims("twin"));
        }
        if self.issue == 0 {
            return Err(InvalidClaims("issue"));
        }
        if self.status.list == 0 || self.status.index >= super::status_list::SIZE {
            return Err(InvalidClaims("status"));
        }
        Ok(())
    }

    fn attainment_texts(&self) -> Vec<(&'static str, Option<&String>)> {
        match &self.attainment {
            Attainment::Level {
                occupation_name,
                work_type,
                ..
            } => vec![
                ("occupation_name", Some(&occupation_name.zh)),
                ("occupation_name", occupation_name.en.as_ref()),
                ("work_type", work_type.as_ref()),
            ],
            Attainment::SpecialSkill { name, .. } | Attainment::MicroSkill { name, .. } => vec![
                ("item_name", Some(&name.zh)),
                ("item_name", name.en.as_ref()),
            ],
            Attainment::Enterprise {
                name,
                grade,
                occupation_name,
                ..
            } => vec![
                ("name", Some(&name.zh)),
                ("name", name.en.as_ref()),
                ("grade", Some(grade)),
                ("occupation_name", Some(&occupation_name.zh)),
                ("occupation_name", occupation_name.en.as_ref()),
            ],
        }
    }
}

fn is_plain(text: &str) -> bool {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    !text.is_empty() && text.chars().count() <= 200 && is_nfc(text) && !text.contains(hidden)
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
