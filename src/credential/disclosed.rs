//! What one coat in hand discloses of a certificate: all of its claims, or what the holder chose
//! or a small symbol has room for.
//!
//! Always there is what the checks need: the body, what was attested, the region, the day and
//! sequence of issue, the place in the status lists.

use super::claims::{Claims, InvalidClaims, StatusPlace};
use super::did::Did;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::credit_code::CreditCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::score::{Component, Score, Scores};
use crate::domain::session::event::Standard;
use crate::locale::{self, Words};
use jiff::civil::Date;
use std::fmt;
use unicode_normalization::is_nfc;

/// The disclosed part of a claim set. A member that is `None` is either not disclosed or, where
/// [`Claims`] may lack it too, not there; `complete` says that nothing was held back.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosed {
    /// Whether these are all the claims of the certificate.
    pub complete: bool,
    /// 证书编号
    pub number: Option<CertificateNumber>,
    /// 姓名
    pub holder_name: Option<String>,
    /// 证件类型, in Chinese.
    pub document_type: Option<String>,
    /// The last four characters of the document's number.
    pub document_last4: Option<String>,
    /// What it attests. English names may be left out.
    pub attainment: Attainment,
    /// By which route.
    pub route: Option<Route>,
    /// The standard it was assessed under.
    pub standard: Option<Standard>,
    /// Region of the assessment, GB/T 2260.
    pub region: RegionCode,
    /// Its name that day.
    pub region_name: Option<String>,
    /// The certificate body.
    pub did: Did,
    /// Its filed name (评价机构名称).
    pub body_name: Option<Name>,
    /// Its 统一社会信用代码.
    pub credit_code: Option<CreditCode>,
    /// The body's number of the session (认定批次).
    pub session: Option<String>,
    /// 评定日期
    pub assessed_on: Option<Date>,
    /// 发证日期 of this issue.
    pub issued_on: Date,
    /// 1 for the first issue, 2 for the first reissue (补发).
    pub issue: u16,
    /// The number it corrects (更正).
    pub supersedes: Option<CertificateNumber>,
    /// The other certificate of the same assessment (一试双证).
    pub twin: Option<CertificateNumber>,
    /// Where its status is found.
    pub status: StatusPlace,
    /// The scores (成绩), which no certificate shows unless its holder wants it: `complete` does not
    /// ask for them.
    pub scores: Option<Scores>,
}

impl Disclosed {
    /// What kind of certificate it is.
    pub fn kind(&self) -> AttainmentKind {
        self.attainment.kind()
    }

    /// The scores that are shown, in one line: `理论知识考试 78.5 · 技能考核 90.0`.
    pub fn scores_in_words(&self) -> Option<Words> {
        let score = |(component, score): (Component, Score)| {
            let key = format!("web-score-{}", component.name());
            locale::words(&key, &[("score", score.to_string())])
        };
        let scores: Vec<Words> = self.scores.as_ref()?.given().map(score).collect();
        let line = |of: fn(&Words) -> &str| scores.iter().map(of).collect::<Vec<_>>().join(" · ");
        Some(Words {
            zh: line(|it| &it.zh),
            en: line(|it| &it.en),
        })
    }

    /// Whether these claims can stand in a credential: texts are not empty, at most 200
    /// characters, NFC, without control or direction characters; the level has certificates; the
    /// places are in their lists. Of what is not disclosed nothing is asked.
    pub fn check(&self) -> Result<(), InvalidClaims> {
        let standard = self.standard.as_ref();
        let body = self.body_name.as_ref();
        let texts = [
            ("holder.name", self.holder_name.as_ref()),
            ("holder.document_type", self.document_type.as_ref()),
            ("holder.document_last4", self.document_last4.as_ref()),
            ("standard.code", standard.map(|it| &it.code)),
            ("standard.edition", standard.map(|it| &it.edition)),
            ("region_name", self.region_name.as_ref()),
            ("issuer.name", body.map(|it| &it.zh)),
            ("issuer.name", body.and_then(|it| it.en.as_ref())),
            ("session", self.session.as_ref()),
        ];
        for (member, text) in texts.into_iter().chain(attainment_texts(&self.attainment)) {
            if text.is_some_and(|t| !is_plain(t)) {
                return Err(InvalidClaims(member));
            }
        }
        let last4 = self.document_last4.as_ref();
        if last4.is_some_and(|it| it.chars().count() > 4) {
            return Err(InvalidClaims("holder.document_last4"));
        }
        if self.attainment.level() == Some(SkillLevel::Apprentice) {
            return Err(InvalidClaims("level"));
        }
        let pair = match self.kind() {
            AttainmentKind::Level => true,
            AttainmentKind::Enterprise => self.twin.is_some() || !self.complete,
            AttainmentKind::SpecialSkill | AttainmentKind::MicroSkill => self.twin.is_none(),
        };
        if !pair || (self.twin.is_some() && self.twin == self.number) {
            return Err(InvalidClaims("twin"));
        }
        if self.scores.is_some_and(|it| !it.pass()) {
            return Err(InvalidClaims("scores"));
        }
        if self.issue == 0 {
            return Err(InvalidClaims("issue"));
        }
        if self.status.list == 0 || self.status.index >= super::status_list::SIZE {
            return Err(InvalidClaims("status"));
        }
        Ok(())
    }
}

fn attainment_texts(attainment: &Attainment) -> Vec<(&'static str, Option<&String>)> {
    match attainment {
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

fn is_plain(text: &str) -> bool {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    !text.is_empty() && text.chars().count() <= 200 && is_nfc(text) && !text.contains(hidden)
}

impl From<&Claims> for Disclosed {
    fn from(claims: &Claims) -> Self {
        Self {
            complete: true,
            number: Some(claims.number.clone()),
            holder_name: Some(claims.holder.name.clone()),
            document_type: Some(claims.holder.document_type.clone()),
            document_last4: Some(claims.holder.document_last4.clone()),
            attainment: claims.attainment.clone(),
            route: Some(claims.route),
            standard: Some(claims.standard.clone()),
            region: claims.region,
            region_name: Some(claims.region_name.clone()),
            did: claims.issuer.did.clone(),
            body_name: Some(claims.issuer.name.clone()),
            credit_code: Some(claims.issuer.credit_code),
            session: claims.session.clone(),
            assessed_on: Some(claims.assessed_on),
            issued_on: claims.issued_on,
            issue: claims.issue,
            supersedes: claims.supersedes.clone(),
            twin: claims.twin.clone(),
            status: claims.status,
            scores: claims.results.map(|it| it.scores),
        }
    }
}

// Names and document numbers do not belong in output.
impl fmt::Debug for Disclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Disclosed({}, …)", self.kind())
    }
}
