//! Occupations (职业), their work types (工种) and the catalogue that lists them.

use super::level::SkillLevel;
use super::width::{fold_identifier, plain_hyphen};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// An occupation code (职业编码) of 职业分类大典: 大类-中类-小类-细类, `6-31-07-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OccupationCode(u32);

/// A text that is no occupation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an occupation code is d-dd-dd-dd")]
pub struct BadOccupationCode;

impl OccupationCode {
    /// The main group (大类), 1–8.
    pub const fn main_group(self) -> u8 {
        (self.0 / 1_000_000) as u8
    }
    /// Whether occupations of this main group have level certificates: 大类 3 to 6.
    pub const fn carries_level_certificates(self) -> bool {
        matches!(self.main_group(), 3..=6)
    }
}

impl FromStr for OccupationCode {
    type Err = BadOccupationCode;
    /// Spaces, full-width digits and any dash are read; so is the code without its hyphens.
    fn from_str(text: &str) -> Result<Self, BadOccupationCode> {
        let text: String = fold_identifier(text).chars().map(plain_hyphen).collect();
        let digits: String = match *text.as_bytes() {
            [_, b'-', _, _, b'-', _, _, b'-', _, _] => text.replace('-', ""),
            [_, _, _, _, _, _, _] => text,
            _ => return Err(BadOccupationCode),
        };
        if digits.len() != 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadOccupationCode);
        }
        let code = digits.parse().map_err(|_| BadOccupationCode)?;
        if (1_000_000..9_000_000).contains(&code) {
            Ok(Self(code))
        } else {
            Err(BadOccupationCode)
        }
    }
}
impl TryFrom<String> for OccupationCode {
    type Error = BadOccupationCode;
    fn try_from(text: String) -> Result<Self, BadOccupationCode> {
        text.parse()
    }
}
impl From<OccupationCode> for String {
    fn from(code: OccupationCode) -> String {
        code.to_string()
    }
}
impl fmt::Display for OccupationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.0;
        write!(
            f,
            "{}-{:02}-{:02}-{:02}",
            c / 1_000_000,
            c / 10_000 % 100,
            c / 100 % 100,
            c % 100
        )
    }
}
impl fmt::Debug for OccupationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A work type (工种) under an occupation; it has a name and no national code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkType {
    /// 工种名称
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
}

/// One occupation of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occupation {
    /// 职业编码
    pub code: OccupationCode,
    /// 职业名称
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// The levels its national standard opens; empty means 五级 to 一级.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<SkillLevel>,
    /// Its work types, if the catalogue lists any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub work_types: Vec<WorkType>,
    /// The document it comes from.
    pub source: String,
}

impl Occupation {
    /// Whether level certificates may be issued for this occupation at `level`.
    pub fn opens(&self, level: SkillLevel) -> bool {
        self.code.carries_level_certificates()
            && SkillLevel::CERTIFIED.contains(&level)
            && (self.levels.is_empty() || self.levels.contains(&level))
    }
    /// The work type of this name, if the catalogue lists it.
    pub fn work_type(&self, name_zh: &str) -> Option<&WorkType> {
        self.work_types.iter().find(|w| w.name_zh == name_zh)
    }
}

/// The occupations a ledger knows (职业目录). A value: the built-in one or a ledger's edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OccupationCatalogue {
    by_code: BTreeMap<OccupationCode, Occupation>,
    /// Former names (原名称), and names of occupations that were merged, with what they are now.
    former: BTreeMap<String, OccupationCode>,
}

impl OccupationCatalogue {
    /// The occupation of this code.
    pub fn by_code(&self, code: OccupationCode) -> Option<&Occupation> {
        self.by_code.get(&code)
    }
    /// The occupation of this name; where none has it, the one with a work type of this name.
    pub fn by_name(&self, name_zh: &str) -> Option<&Occupation> {
        self.iter()
            .find(|o| o.name_zh == name_zh)
            .or_else(|| self.iter().find(|o| o.work_type(name_zh).is_some()))
            .or_else(|| self.by_code(*self.former.get(name_zh)?))
    }
    /// The former names of an occupation (原名称).
    pub fn former_names(&self, code: OccupationCode) -> impl Iterator<Item = &str> {
        let of = move |entry: &(&String, &OccupationCode)| *entry.1 == code;
        self.former.iter().filter(of).map(|(name, _)| name.as_str())
    }
    /// Gives an occupation another name (更名); the old one stays readable.
    pub fn rename(&mut self, code: OccupationCode, name_zh: String, name_en: String) {
        if let Some(occupation) = self.by_code.get_mut(&code) {
            let old = std::mem::replace(&mut occupation.name_zh, name_zh);
            occupation.name_en = name_en;
            // A name that is taken up again is no former one.
            self.former.remove(&occupation.name_zh);
            if old != occupation.name_zh {
                self.former.insert(old, code);
            }
        }
    }
    /// Takes over the former names of the edition before: each still leads to the occupation it led
    /// to, found by that occupation's name, because codes are given anew from edition to edition.
    pub fn remember(&mut self, before: &Self) {
        let by_name: BTreeMap<&str, OccupationCode> = self
            .iter()
            .map(|it| (it.name_zh.as_str(), it.code))
            .collect();
        let mut kept = Vec::new();
        for (name, code) in &before.former {
            let now = before.by_code(*code).map(|it| it.name_zh.as_str());
            if let Some(code) = now.and_then(|now| by_name.get(now))
                && !by_name.contains_key(name.as_str())
            {
                kept.push((name.clone(), *code));
            }
        }
        self.former.extend(kept);
    }
    /// Gives an occupation other levels and work types (调整).
    pub fn adjust(
        &mut self,
        code: OccupationCode,
        levels: Vec<SkillLevel>,
        work_types: Vec<WorkType>,
    ) {
        if let Some(occupation) = self.by_code.get_mut(&code) {
            occupation.levels = levels;
            occupation.work_types = work_types;
        }
    }
    /// Takes an occupation out (撤并); its names lead to what took its place, if anything did.
    pub fn retire(&mut self, code: OccupationCode, into: Option<OccupationCode>) {
        let Some(occupation) = self.by_code.remove(&code) else {
            return;
        };
        match into {
            Some(into) => {
                let was = |now: &&mut OccupationCode| **now == code;
                self.former
                    .values_mut()
                    .filter(was)
                    .for_each(|now| *now = into);
                self.former.insert(occupation.name_zh, into);
            }
            None => self.former.retain(|_, now| *now != code),
        }
    }
    /// Every occupation, in code order.
    pub fn iter(&self) -> impl Iterator<Item = &Occupation> {
        self.by_code.values()
    }
    /// Adds one; an occupation of the same code is replaced.
    pub fn insert(&mut self, occupation: Occupation) {
        self.by_code.insert(occupation.code, occupation);
    }
}

impl FromIterator<Occupation> for OccupationCatalogue {
    fn from_iter<I: IntoIterator<Item = Occupation>>(occupations: I) -> Self {
        Self {
            by_code: occupations.into_iter().map(|o| (o.code, o)).collect(),
            former: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code: OccupationCode = "6-31-07-01".parse().unwrap();
        for text in [
            "6－31－07－01",
            " 6-31-07-01 ",
            "6310701",
            "6—31—07—01",
            "６-31-07-01",
        ] {
            assert_eq!(text.parse(), Ok(code), "{text}");
        }
        for text in [
            "",
            "6-31-07",
            "6-31-07-011",
            "9-31-07-01",
            "0-31-07-01",
            "6-3a-07-01",
            "6-31-07-1",
        ] {
            assert_eq!(
                text.parse::<OccupationCode>(),
                Err(BadOccupationCode),
                "{text}"
            );
        }
    }

    #[test]
    fn a_code_is_stored_as_it_is_written() {
        let code: OccupationCode = "6-31-07-01".parse().unwrap();
        let stored = serde_json::to_string(&code).unwrap();
        assert_eq!(stored, "\"6-31-07-01\"");
        assert_eq!(
            serde_json::from_str::<OccupationCode>(&stored).unwrap(),
            code
        );
    }

    #[test]
    fn only_main_groups_three_to_six_carry_levels() {
        let carries = |text: &str| {
            text.parse::<OccupationCode>()
                .unwrap()
                .carries_level_certificates()
        };
        assert!(carries("4-10-01-05") && carries("6-31-01-03") && carries("3-01-01-01"));
        assert!(!carries("2-02-38-01") && !carries("7-01-01-01"));
    }

    #[test]
    fn an_occupation_opens_what_its_standard_opens() {
        let mut occupation = Occupation {
            code: "6-18-02-04".parse().unwrap(),
            name_zh: "焊工".into(),
            name_en: "Welder".into(),
            levels: vec![],
            work_types: vec![],
            source: "test".into(),
        };
        assert!(occupation.opens(SkillLevel::Five) && occupation.opens(SkillLevel::One));
        assert!(!occupation.opens(SkillLevel::Special));
        occupation.levels = vec![SkillLevel::Four, SkillLevel::Three];
        assert!(!occupation.opens(SkillLevel::Five) && occupation.opens(SkillLevel::Three));
    }

    proptest! {
        #[test]
        fn a_printed_code_reads_back(code in 1_000_000_u32..9_000_000) {
            let code = OccupationCode(code);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
        #[test]
        fn no_text_panics(text in "\\PC{0,16}") {
            let _ = text.parse::<OccupationCode>();
        }
    }
}
