//! Certificate numbers (证书编码) and their grammars, which are data.
//!
//! The rule in force, 职业技能等级证书编码规则, is one letter and 21 digits: kind of body, body code,
//! province, site sequence, year, level, serial. It has no check digit. Certificates of other kinds
//! have other lists of parts ([`grammar`]); those shipped are in [`built_in`].

pub mod built_in;
pub mod grammar;
pub mod part_text;

pub use grammar::{CountedBy, LevelCode, NumberGrammar, NumberParts, Part};

use serde::{Deserialize, Serialize};
use std::fmt;

/// A certificate number: 8–40 upper-case letters and digits. Belongs to one certificate for ever.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateNumber(String);

impl CertificateNumber {
    /// The number as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CertificateNumber {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, NumberError> {
        let fits = (8..=40).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if fits {
            Ok(Self(text))
        } else {
            Err(NumberError::Shape)
        }
    }
}
impl std::str::FromStr for CertificateNumber {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        text.to_owned().try_into()
    }
}
impl From<CertificateNumber> for String {
    fn from(number: CertificateNumber) -> String {
        number.0
    }
}
impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The codes a body's numbers begin with (评价机构类别代码、机构代码、省级代码、机构序列码).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NumberCode {
    /// Kind letter: `Y` 用人单位, `S` 社会培训评价组织.
    pub letter: String,
    /// Body code: `0001`–`9999` if filed with the ministry, `0000` if with a province.
    pub body: String,
    /// Province of the site, first two digits of GB/T 2260.
    pub province: String,
    /// Sequence of the site, assigned by the province.
    pub sequence: String,
}

/// Why a text is no certificate number, or a number cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not upper-case letters and digits of a bearable length.
    #[error("a certificate number is upper-case letters and digits")]
    Shape,
    /// Another length than the grammar's.
    #[error("the number has {actual} characters, the rule asks for {expected}")]
    Length {
        /// The grammar's length.
        expected: usize,
        /// The text's.
        actual: usize,
    },
    /// One part breaks the grammar; its name is given, its value is not repeated.
    #[error("the part '{0}' of the number breaks the rule")]
    Part(&'static str),
    /// The serials of this body, year, and level or item are used up.
    #[error("no serial is left for this body, year and level")]
    Exhausted,
}

#[cfg(test)]
mod tests;
