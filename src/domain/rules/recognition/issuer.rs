//! The register of issuers (发证机构登记): whose certificates are accepted, which, and when.
//!
//! Checklist row 48: foreign issuers are examined and registered (以技能为主的国外职业资格证书及发证
//! 机构资格审核和注册, 江西 十六). Issuers of 港澳台 and of industry certificates are kept alike.

use super::qualification::same_words;
use crate::domain::background::OutsideKind;
use crate::domain::name::Name;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A certificate that is accepted of an issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// What it is called.
    pub name: String,
    /// Its grades that are accepted, in the issuer's words; none named = any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<String>,
}

/// One registration of an issuer, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// Its code, by which records and rules name it.
    pub code: String,
    /// What it issues: foreign, 港澳台 or industry certificates.
    pub outside: OutsideKind,
    /// What it is called.
    pub name: Name,
    /// Its country or region, two letters of ISO 3166.
    pub country: String,
    /// The certificates accepted.
    pub certificates: Vec<Accepted>,
    /// First day of the registration.
    pub valid_from: Date,
    /// Last day, if it runs out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// The decision that registered it.
    pub basis: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// Whether it only shows what such a registration looks like.
    pub demo: bool,
}

impl Issuer {
    /// Whether certificates of this kind come from registered issuers only.
    pub const fn is_registered_kind(outside: OutsideKind) -> bool {
        matches!(
            outside,
            OutsideKind::Foreign | OutsideKind::HongKongMacaoTaiwan | OutsideKind::Industry
        )
    }

    /// Whether the registration covers the day.
    pub fn is_valid_on(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }

    /// Whether two registrations share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.valid_to.is_none_or(|last| other.valid_from <= last)
            && other.valid_to.is_none_or(|last| self.valid_from <= last)
    }

    /// Whether this certificate of it is accepted; without a grade: any grade of it.
    pub fn accepts(&self, name: &str, grade: Option<&str>) -> bool {
        self.certificates.iter().any(|it| {
            same_words(&it.name, name)
                && (it.grades.is_empty()
                    || grade.is_none_or(|grade| it.grades.iter().any(|g| same_words(g, grade))))
        })
    }
}
