//! Certificate numbers (证书编码) and their grammars, which are data.
//!
//! The rule in force, 职业技能等级证书编码规则, is one letter and 21 digits: kind of body, body code,
//! province, site sequence, year, level, serial. It has no check digit. Other grammars (特级技师,
//! 职业资格证书) are other lists of parts.

use crate::domain::level::SkillLevel;
use crate::domain::region::RegionCode;
use jiff::civil::Date;
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

/// One part of a number, left to right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "kebab-case")]
pub enum Part {
    /// Kind letter, one of these.
    Letter {
        /// The letters allowed.
        values: Vec<String>,
    },
    /// Body code.
    Body {
        /// Width.
        digits: u8,
    },
    /// Province code, two digits of GB/T 2260.
    Province,
    /// Site sequence.
    Sequence {
        /// Width.
        digits: u8,
    },
    /// Last digits of the year of issue.
    Year {
        /// Width.
        digits: u8,
    },
    /// Level digit, 5 to 1.
    Level,
    /// Serial by body, year and level, from 1.
    Serial {
        /// Width.
        digits: u8,
    },
}

/// A dated grammar of certificate numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberGrammar {
    /// Its name: `level-certificate`.
    pub name: String,
    /// The first day it applies.
    pub effective_from: Date,
    /// Document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// The parts, left to right.
    pub parts: Vec<Part>,
}

/// What a number says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberParts {
    /// The codes of the body.
    pub code: NumberCode,
    /// Last digits of the year, as printed.
    pub year: String,
    /// The level.
    pub level: SkillLevel,
    /// The serial.
    pub serial: u32,
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
    /// The serials of this body, year and level are used up.
    #[error("no serial is left for this body, year and level")]
    Exhausted,
}

impl NumberGrammar {
    /// 职业技能等级证书编码: 22 characters.
    pub fn level_certificate() -> Self {
        Self {
            name: "level-certificate".into(),
            effective_from: jiff::civil::date(2019, 1, 1),
            source: "职业技能等级证书编码规则(人社部), read in reposts".into(),
            verified: false,
            parts: vec![
                Part::Letter {
                    values: vec!["Y".into(), "S".into()],
                },
                Part::Body { digits: 4 },
                Part::Province,
                Part::Sequence { digits: 6 },
                Part::Year { digits: 2 },
                Part::Level,
                Part::Serial { digits: 6 },
            ],
        }
    }

    /// Whether the grammar makes distinct numbers of a bearable length: the parts a serial is
    /// counted by (body, year, level) and the serial itself, each once.
    pub fn is_sound(&self) -> bool {
        let count = |named: fn(&Part) -> bool| self.parts.iter().filter(|it| named(it)).count();
        let digits = |digits: &u8, most: u8| (1..=most).contains(digits);
        let parts = self.parts.iter().all(|part| match part {
            Part::Letter { values } => values.first().is_some_and(|first| {
                values.len() <= 26
                    && (1..=4).contains(&first.len())
                    && values.iter().all(|value| {
                        value.len() == first.len() && value.bytes().all(|b| b.is_ascii_uppercase())
                    })
            }),
            Part::Body { digits: it } | Part::Sequence { digits: it } => digits(it, 20),
            Part::Year { digits: it } => (2..=4).contains(it),
            Part::Serial { digits: it } => digits(it, 9),
            Part::Province | Part::Level => true,
        });
        parts
            && self.parts.len() <= 10
            && (8..=40).contains(&self.length())
            && count(|it| matches!(it, Part::Year { .. })) == 1
            && count(|it| matches!(it, Part::Level)) == 1
            && count(|it| matches!(it, Part::Serial { .. })) == 1
            && count(|it| matches!(it, Part::Letter { .. })) <= 1
            && count(|it| matches!(it, Part::Province)) <= 1
            && count(|it| matches!(it, Part::Body { .. })) <= 1
            && count(|it| matches!(it, Part::Sequence { .. })) <= 1
            && count(|it| matches!(it, Part::Body { .. } | Part::Sequence { .. })) >= 1
    }

    /// Characters of a whole number.
    pub fn length(&self) -> usize {
        self.parts.iter().map(Part::width).sum()
    }

    /// The largest serial the grammar can print.
    pub fn serial_max(&self) -> u32 {
        self.parts
            .iter()
            .find_map(|part| match part {
                Part::Serial { digits } => 10u32.checked_pow(u32::from(*digits)),
                _ => None,
            })
            .unwrap_or(1)
            - 1
    }

    /// The number of the `serial`th certificate of this body, year and level.
    pub fn compose(
        &self,
        code: &NumberCode,
        year: i16,
        level: SkillLevel,
        serial: u32,
    ) -> Result<CertificateNumber, NumberError> {
        if serial == 0 || serial > self.serial_max() {
            return Err(NumberError::Exhausted);
        }
        let mut text = String::with_capacity(self.length());
        for part in &self.parts {
            match part {
                Part::Letter { .. } => text.push_str(&code.letter),
                Part::Body { .. } => text.push_str(&code.body),
                Part::Province => text.push_str(&code.province),
                Part::Sequence { .. } => text.push_str(&code.sequence),
                Part::Year { digits } => {
                    let year = format!("{year:04}");
                    text.push_str(&year[year.len().saturating_sub(usize::from(*digits))..]);
                }
                Part::Level => {
                    let digit = level.digit().ok_or(NumberError::Part("level"))?;
                    text.push_str(&digit.to_string());
                }
                Part::Serial { digits } => {
                    text.push_str(&format!("{serial:0width$}", width = usize::from(*digits)));
                }
            }
        }
        self.parse(&text)?;
        text.try_into()
    }

    /// What a number says about itself, or the first part that breaks the rule.
    pub fn parse(&self, text: &str) -> Result<NumberParts, NumberError> {
        CertificateNumber::try_from(text.to_owned())?;
        if text.len() != self.length() {
            return Err(NumberError::Length {
                expected: self.length(),
                actual: text.len(),
            });
        }
        let mut parts = NumberParts {
            code: NumberCode {
                letter: String::new(),
                body: String::new(),
                province: String::new(),
                sequence: String::new(),
            },
            year: String::new(),
            level: SkillLevel::Five,
            serial: 0,
        };
        let mut rest = text;
        for part in &self.parts {
            let (value, after) = rest.split_at(part.width());
            rest = after;
            part.check(value)?;
            match part {
                Part::Letter { .. } => parts.code.letter = value.into(),
                Part::Body { .. } => parts.code.body = value.into(),
                Part::Province => parts.code.province = value.into(),
                Part::Sequence { .. } => parts.code.sequence = value.into(),
                Part::Year { .. } => parts.year = value.into(),
                Part::Level => {
                    parts.level = value
                        .parse()
                        .ok()
                        .and_then(SkillLevel::from_digit)
                        .ok_or(NumberError::Part("level"))?;
                }
                Part::Serial { .. } => {
                    parts.serial = value.parse().map_err(|_| NumberError::Part("serial"))?;
                }
            }
        }
        Ok(parts)
    }

    /// Whether a body's codes fit the grammar.
    pub fn check_code(&self, code: &NumberCode) -> Result<(), NumberError> {
        for part in &self.parts {
            match part {
                Part::Letter { .. } => part.check(&code.letter)?,
                Part::Body { .. } => part.check(&code.body)?,
                Part::Province => part.check(&code.province)?,
                Part::Sequence { .. } => part.check(&code.sequence)?,
                Part::Year { .. } | Part::Level | Part::Serial { .. } => {}
            }
        }
        Ok(())
    }
}

impl Part {
    fn width(&self) -> usize {
        match self {
            Self::Letter { values } => values.first().map_or(1, String::len),
            Self::Province => 2,
            Self::Level => 1,
            Self::Body { digits }
            | Self::Sequence { digits }
            | Self::Year { digits }
            | Self::Serial { digits } => usize::from(*digits),
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Letter { .. } => "kind letter",
            Self::Body { .. } => "body code",
            Self::Province => "province",
            Self::Sequence { .. } => "site sequence",
            Self::Year { .. } => "year",
            Self::Level => "level",
            Self::Serial { .. } => "serial",
        }
    }

    fn check(&self, value: &str) -> Result<(), NumberError> {
        let digits = value.len() == self.width() && value.bytes().all(|b| b.is_ascii_digit());
        let fits = match self {
            Self::Letter { values } => values.iter().any(|letter| letter == value),
            Self::Province => digits && format!("{value}0000").parse::<RegionCode>().is_ok(),
            Self::Level => digits && matches!(value, "1" | "2" | "3" | "4" | "5"),
            Self::Sequence { .. } | Self::Serial { .. } => {
                digits && value.bytes().any(|b| b != b'0')
            }
            Self::Body { .. } | Self::Year { .. } => digits,
        };
        if fits {
            Ok(())
        } else {
            Err(NumberError::Part(self.name()))
        }
    }
}

#[cfg(test)]
mod tests;
