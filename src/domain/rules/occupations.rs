//! The occupations built in: those of 《中华人民共和国职业分类大典（2022年版）》 that the programme
//! of action names, enough for a body to check a sheet before it has a ledger.
//!
//! Not the whole catalogue of 1,639: a ledger's own edition replaces this one. Names and codes
//! follow the 2022 edition; the English names are ours; 工种 are those of the national standards
//! and carry no national code. No occupation here closes a level.

use crate::domain::catalogue::event::OccupationsAdopted;
use crate::domain::occupation::{Occupation, OccupationCatalogue, WorkType};
use std::sync::LazyLock;

/// One occupation a line: `code|名称|English||工种=English;…`; between the bars of the fourth
/// column, the open levels as digits, empty for all five.
const TABLE: &str = include_str!("data/occupations.txt");

/// Where the built-in occupations come from.
pub const SOURCE: &str = "中华人民共和国职业分类大典（2022年版）";

static BUILT_IN: LazyLock<OccupationCatalogue> =
    LazyLock::new(|| TABLE.lines().filter_map(occupation).collect());

/// The built-in catalogue as an edition that a ledger adopts at its beginning.
pub fn built_in_edition() -> OccupationsAdopted {
    OccupationsAdopted {
        edition: "2022".to_owned(),
        effective_from: jiff::civil::date(2019, 1, 1),
        source: SOURCE.to_owned(),
        verified: false,
        occupations: built_in().iter().cloned().collect(),
    }
}

/// The built-in catalogue (内置职业目录).
pub fn built_in() -> &'static OccupationCatalogue {
    &BUILT_IN
}

fn occupation(line: &str) -> Option<Occupation> {
    let mut columns = line.split('|');
    Some(Occupation {
        code: columns.next()?.parse().ok()?,
        name_zh: columns.next()?.to_owned(),
        name_en: columns.next()?.to_owned(),
        levels: columns
            .next()?
            .bytes()
            .filter_map(|digit| {
                crate::domain::level::SkillLevel::from_digit(digit.wrapping_sub(b'0'))
            })
            .collect(),
        work_types: columns
            .next()?
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .map(|(zh, en)| WorkType {
                name_zh: zh.to_owned(),
                name_en: en.to_owned(),
            })
            .collect(),
        source: SOURCE.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::SkillLevel;

    #[test]
    fn every_line_is_an_occupation_that_carries_level_certificates() {
        let catalogue = built_in();
        assert_eq!(catalogue.iter().count(), TABLE.lines().count());
        for occupation in catalogue.iter() {
            assert!(occupation.code.carries_level_certificates());
            assert!(!occupation.name_zh.is_empty() && occupation.name_en.is_ascii());
            for level in SkillLevel::CERTIFIED {
                assert!(occupation.opens(level));
            }
        }
    }

    #[test]
    fn an_occupation_is_found_by_code_and_by_name() {
        let catalogue = built_in();
        let code = "6-31-07-01".parse().unwrap();
        let robot = catalogue.by_code(code).unwrap();
        assert_eq!(robot.name_zh, "工业机器人系统运维员");
        assert_eq!(
            catalogue.by_name("工业机器人系统运维员").unwrap().code,
            code
        );
        assert!(catalogue.by_name("长期照护师").is_none());
    }
}
