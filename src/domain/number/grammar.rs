//! What a certificate number is made of, and for which certificates: data, adopted by the
//! catalogue.

use super::{CertificateNumber, NumberCode, NumberError};
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::region::RegionCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The character a grammar prints for a level (职业技能等级代码).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelCode {
    /// The level.
    pub level: SkillLevel,
    /// One or two upper-case letters or digits.
    pub code: String,
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
    /// The level.
    Level {
        /// What is printed for each level the grammar serves.
        codes: Vec<LevelCode>,
    },
    /// The item's code, which has exactly this many letters and digits.
    Item {
        /// Width.
        characters: u8,
    },
    /// The same in every number: what tells its kind.
    Fixed {
        /// Upper-case letters and digits.
        text: String,
    },
    /// Serial, from 1.
    Serial {
        /// Width.
        digits: u8,
    },
}

/// What serials are counted by, beside body, grammar and year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum CountedBy {
    /// The level, where the number prints it.
    Level {
        /// Which.
        level: SkillLevel,
    },
    /// The item, where the number prints it.
    Item {
        /// Which.
        item: ItemCode,
    },
    /// Nothing else.
    Year,
}

impl CountedBy {
    /// The level, if it is counted by level.
    pub const fn level(&self) -> Option<SkillLevel> {
        match self {
            Self::Level { level } => Some(*level),
            Self::Item { .. } | Self::Year => None,
        }
    }
}

/// A dated grammar of certificate numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberGrammar {
    /// Its name: `level-certificate`. Serials are counted under it, through all its editions.
    pub name: String,
    /// The kind of certificate it numbers; of levels, those that its level part names.
    pub attainment: AttainmentKind,
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
    /// The level or item it prints, if it prints one.
    pub of: CountedBy,
    /// The serial.
    pub serial: u32,
}

impl NumberGrammar {
    /// Whether the grammar makes distinct numbers of a bearable length: the parts a serial is
    /// counted by (body, year, level or item) and the serial itself, each once; a level where it
    /// numbers levels, and nowhere else.
    pub fn is_sound(&self) -> bool {
        let count = |named: fn(&Part) -> bool| self.parts.iter().filter(|it| named(it)).count();
        let levels = usize::from(self.attainment == AttainmentKind::Level);
        let items = usize::from(matches!(
            self.attainment,
            AttainmentKind::SpecialSkill | AttainmentKind::MicroSkill
        ));
        self.parts.iter().all(Part::is_sound)
            && self.parts.len() <= 12
            && (8..=40).contains(&self.length())
            && count(|it| matches!(it, Part::Year { .. })) == 1
            && count(|it| matches!(it, Part::Level { .. })) == levels
            && count(|it| matches!(it, Part::Item { .. })) <= items
            && count(|it| matches!(it, Part::Serial { .. })) == 1
            && count(|it| matches!(it, Part::Letter { .. })) <= 1
            && count(|it| matches!(it, Part::Province)) <= 1
            && count(|it| matches!(it, Part::Body { .. })) <= 1
            && count(|it| matches!(it, Part::Sequence { .. })) <= 1
            && count(|it| matches!(it, Part::Body { .. } | Part::Sequence { .. })) >= 1
    }

    /// Whether some text could be a number of both grammars.
    pub fn overlaps(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.characters(), other.characters());
        mine.len() == theirs.len()
            && mine
                .iter()
                .zip(&theirs)
                .all(|(mine, theirs)| mine.iter().any(|it| theirs.contains(it)))
    }

    /// The characters that may stand at each place.
    fn characters(&self) -> Vec<BTreeSet<u8>> {
        self.parts.iter().flat_map(Part::characters).collect()
    }

    /// What the serial of this certificate is counted by; `None` if the grammar does not number it.
    pub fn counts(&self, attainment: &Attainment) -> Option<CountedBy> {
        if attainment.kind() != self.attainment {
            return None;
        }
        let printed = self.parts.iter().find_map(|part| match part {
            Part::Level { codes } => Some(
                attainment
                    .level()
                    .filter(|level| codes.iter().any(|it| it.level == *level))
                    .map(|level| CountedBy::Level { level }),
            ),
            Part::Item { characters } => Some(
                attainment
                    .item()
                    .filter(|item| fits_plainly(item, *characters))
                    .map(|item| CountedBy::Item { item: item.clone() }),
            ),
            _ => None,
        });
        printed.unwrap_or(Some(CountedBy::Year))
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

    /// The number of the `serial`th certificate of this body, year, and level or item.
    pub fn compose(
        &self,
        code: &NumberCode,
        year: i16,
        of: &CountedBy,
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
                Part::Level { codes } => {
                    let level = of.level();
                    let found = codes.iter().find(|it| Some(it.level) == level);
                    text.push_str(&found.ok_or(NumberError::Part("level"))?.code);
                }
                Part::Item { .. } => match of {
                    CountedBy::Item { item } => text.push_str(item.as_str()),
                    _ => return Err(NumberError::Part("item")),
                },
                Part::Fixed { text: fixed } => text.push_str(fixed),
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
            of: CountedBy::Year,
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
                Part::Level { codes } => {
                    let found = codes.iter().find(|it| it.code == value);
                    let level = found.ok_or(NumberError::Part("level"))?.level;
                    parts.of = CountedBy::Level { level };
                }
                Part::Item { .. } => {
                    let item = value.parse().map_err(|_| NumberError::Part("item"))?;
                    parts.of = CountedBy::Item { item };
                }
                Part::Fixed { .. } => {}
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
                Part::Year { .. }
                | Part::Level { .. }
                | Part::Item { .. }
                | Part::Fixed { .. }
                | Part::Serial { .. } => {}
            }
        }
        Ok(())
    }
}

/// Whether an item's code has this many characters and no hyphen: it is printed as it is.
fn fits_plainly(item: &ItemCode, characters: u8) -> bool {
    item.as_str().len() == usize::from(characters) && is_plain(item.as_str())
}

fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

impl Part {
    fn is_sound(&self) -> bool {
        let digits = |digits: &u8, most: u8| (1..=most).contains(digits);
        match self {
            Self::Letter { values } => values.first().is_some_and(|first| {
                values.len() <= 26
                    && (1..=4).contains(&first.len())
                    && values.iter().all(|value| {
                        value.len() == first.len() && value.bytes().all(|b| b.is_ascii_uppercase())
                    })
            }),
            Self::Body { digits: it } | Self::Sequence { digits: it } => digits(it, 20),
            Self::Year { digits: it } => (2..=4).contains(it),
            Self::Serial { digits: it } => digits(it, 9),
            Self::Province => true,
            Self::Level { codes } => {
                let levels: BTreeSet<_> = codes.iter().map(|it| it.level).collect();
                let printed: BTreeSet<_> = codes.iter().map(|it| it.code.as_str()).collect();
                let width = codes.first().map_or(0, |it| it.code.len());
                (1..=2).contains(&width)
                    && codes.iter().all(|it| {
                        it.code.len() == width
                            && is_plain(&it.code)
                            && it.level != SkillLevel::Apprentice
                    })
                    && levels.len() == codes.len()
                    && printed.len() == codes.len()
            }
            Self::Item { characters } => (2..=20).contains(characters),
            Self::Fixed { text } => (1..=8).contains(&text.len()) && is_plain(text),
        }
    }

    fn width(&self) -> usize {
        match self {
            Self::Letter { values } => values.first().map_or(1, String::len),
            Self::Province => 2,
            Self::Level { codes } => codes.first().map_or(1, |it| it.code.len()),
            Self::Item { characters } => usize::from(*characters),
            Self::Fixed { text } => text.len(),
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
            Self::Level { .. } => "level",
            Self::Item { .. } => "item",
            Self::Fixed { .. } => "fixed part",
            Self::Serial { .. } => "serial",
        }
    }

    /// The characters that may stand at each of its places.
    fn characters(&self) -> Vec<BTreeSet<u8>> {
        let places = |texts: Vec<&str>| {
            let at = |place: usize| {
                texts
                    .iter()
                    .filter_map(|text| text.as_bytes().get(place).copied())
                    .collect()
            };
            (0..self.width()).map(at).collect()
        };
        match self {
            Self::Letter { values } => places(values.iter().map(String::as_str).collect()),
            Self::Level { codes } => places(codes.iter().map(|it| it.code.as_str()).collect()),
            Self::Fixed { text } => places(vec![text.as_str()]),
            Self::Item { .. } => {
                vec![(b'0'..=b'9').chain(b'A'..=b'Z').collect(); self.width()]
            }
            Self::Body { .. }
            | Self::Province
            | Self::Sequence { .. }
            | Self::Year { .. }
            | Self::Serial { .. } => vec![(b'0'..=b'9').collect(); self.width()],
        }
    }

    fn check(&self, value: &str) -> Result<(), NumberError> {
        let digits = value.len() == self.width() && value.bytes().all(|b| b.is_ascii_digit());
        let fits = match self {
            Self::Letter { values } => values.iter().any(|letter| letter == value),
            Self::Province => digits && format!("{value}0000").parse::<RegionCode>().is_ok(),
            Self::Level { codes } => codes.iter().any(|it| it.code == value),
            Self::Item { .. } => value.len() == self.width() && is_plain(value),
            Self::Fixed { text } => value == text,
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
