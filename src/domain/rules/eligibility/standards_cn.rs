//! The standards built in: for each built-in occupation one of each generation of conditions, so
//! that an application can be judged before an authority has adopted the real ones.
//!
//! They are a demonstration. Real standards are revised one by one, and none was compared with
//! its official text: editions, first and last days, related occupations and class hours are
//! ours. The exception of 无人机驾驶员 was read in a reprint of its standard of 2021.

use super::condition::{Condition, Reach};
use super::standard::{Alternative, Assesses, LevelConditions, OccupationStandard, OpenedLevel};
use super::templates_cn::{CN_2018, CN_2023, apprenticeship, evaluated, graduated, level, school};
use crate::domain::background::{Education, School};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::{Occupation, OccupationCode};
use crate::domain::rules::occupations;
use crate::domain::session::event::StandardKind;
use jiff::civil::{Date, date};

/// `code|related;related…`, one built-in occupation a line.
const RELATED: &str = include_str!("../data/related_occupations.txt");

/// Demonstration hours (标准学时) of a training for 五级 to 一级.
const HOURS: [(SkillLevel, u32); 5] = [
    (SkillLevel::Five, 160),
    (SkillLevel::Four, 140),
    (SkillLevel::Three, 120),
    (SkillLevel::Two, 100),
    (SkillLevel::One, 80),
];

const FIRST_DAY: Date = date(2019, 1, 1);
const LAST_DAY_2018: Date = date(2023, 12, 31);
const FIRST_DAY_2023: Date = date(2024, 1, 1);
const UNMANNED_PILOT: &str = "4-02-04-06";
const DEMO: &str = "演示数据，非官方文本";

/// The standards built in.
pub fn built_in() -> Vec<OccupationStandard> {
    let mut standards: Vec<OccupationStandard> = occupations::built_in()
        .iter()
        .flat_map(|occupation| {
            let older = of_occupation(occupation, "2018", CN_2018);
            let newer = of_occupation(occupation, "2023", CN_2023);
            [
                OccupationStandard {
                    effective_to: Some(LAST_DAY_2018),
                    ..older
                },
                OccupationStandard {
                    effective_from: FIRST_DAY_2023,
                    ..newer
                },
            ]
        })
        .collect();
    for standard in &mut standards {
        if standard.edition == "2018" && standard.code.ends_with(UNMANNED_PILOT) {
            except_unmanned_pilot(standard);
        }
    }
    standards.extend(delivery_norm());
    standards.extend(special_skill());
    standards
}

fn of_occupation(occupation: &Occupation, edition: &str, template: &str) -> OccupationStandard {
    let levels = HOURS
        .into_iter()
        .filter(|(level, _)| occupation.opens(*level))
        .map(|(level, hours)| OpenedLevel {
            level,
            hours: Some(hours),
            any_of: Vec::new(),
        });
    OccupationStandard {
        kind: StandardKind::National,
        code: format!("GZB {}", occupation.code),
        edition: edition.to_owned(),
        assesses: Assesses::Occupation {
            occupation: occupation.code,
            formerly: Vec::new(),
            related: related(occupation.code),
            template: Some(template.to_owned()),
            levels: levels.collect(),
        },
        effective_from: FIRST_DAY,
        effective_to: None,
        source: format!("{}国家职业标准（{DEMO}）", occupation.name_zh),
        verified: false,
    }
}

fn related(code: OccupationCode) -> Vec<OccupationCode> {
    RELATED
        .lines()
        .filter_map(|line| line.split_once('|'))
        .filter(|(own, _)| own.parse() == Ok(code))
        .flat_map(|(_, related)| related.split(';'))
        .filter_map(|related| related.parse().ok())
        .collect()
}

/// 无人机驾驶员 (2021): 五级 to 三级 have conditions of their own. The fifth of 三级, for soldiers,
/// could not be read and is left out.
fn except_unmanned_pilot(standard: &mut OccupationStandard) {
    use SkillLevel::{Five, Four, Three};
    standard.edition = "2021".to_owned();
    standard.effective_from = date(2021, 1, 1);
    standard.source = "无人机驾驶员国家职业技能标准（2021年版），见于转载".to_owned();
    let own = [
        level(
            Five,
            "无人机驾驶员-2021-五级",
            [
                Condition::work_years(1),
                apprenticeship(),
                stated(
                    "retired-conscript",
                    "军队及武警部队相关军种退役义务兵",
                    "a retired conscript of a service concerned",
                ),
            ],
        ),
        level(
            Four,
            "无人机驾驶员-2021-四级",
            [
                Condition::work_after_level(Five, 3),
                Condition::work_years(5),
                Condition::any([
                    school(
                        &[
                            School::TechnicianSchoolIntermediate,
                            School::TechnicianSchoolSenior,
                            School::TechnicianSchoolTechnician,
                        ],
                        None,
                    ),
                    Condition::all([
                        school(
                            &[School::SecondaryVocational, School::HigherVocational],
                            None,
                        ),
                        evaluated("intermediate"),
                    ]),
                ]),
                Condition::all([
                    stated(
                        "retired-corporal",
                        "军队及武警部队退役的下士士官",
                        "a retired corporal of the army or the armed police",
                    ),
                    Condition::work_years(1),
                ]),
            ],
        ),
        level(
            Three,
            "无人机驾驶员-2021-三级",
            [
                Condition::work_after_level(Four, 4),
                Condition::work_years(10),
                Condition::all([
                    Condition::level(Four),
                    Condition::any([
                        school(
                            &[
                                School::TechnicianSchoolSenior,
                                School::TechnicianSchoolTechnician,
                            ],
                            None,
                        ),
                        Condition::all([
                            school(&[School::HigherVocational], None),
                            evaluated("senior"),
                        ]),
                    ]),
                ]),
                Condition::all([
                    graduated(
                        &[School::HigherVocational, School::University],
                        Some(Education::College),
                        0,
                    ),
                    Condition::work_after_level(Four, 2),
                ]),
            ],
        ),
    ];
    if let Assesses::Occupation { levels, .. } = &mut standard.assesses {
        for opened in levels {
            let of_level = own.iter().find(|it| it.level == opened.level);
            opened.any_of =
                of_level.map_or_else(Vec::new, |it: &LevelConditions| it.any_of.clone());
        }
    }
}

fn stated(code: &str, zh: &str, en: &str) -> Condition {
    Condition::Stated {
        code: code.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// A demonstration of an enterprise's norm (行业企业评价规范) that asks for a training.
fn delivery_norm() -> Option<OccupationStandard> {
    let trained = |n: &str, level: SkillLevel, hours: u32| OpenedLevel {
        level,
        hours: Some(hours),
        any_of: vec![Alternative {
            id: format!("DEMO-HY-{n}-1"),
            condition: Condition::all([
                Condition::Age { years: 16 },
                Condition::Works { reach: Reach::Own },
                Condition::Training { hours: None },
            ]),
            source: None,
            verified: false,
        }],
    };
    Some(OccupationStandard {
        kind: StandardKind::Industry,
        code: "DEMO-HY-0001".to_owned(),
        edition: "2025".to_owned(),
        assesses: Assesses::Occupation {
            occupation: "4-10-08-01".parse().ok()?,
            formerly: Vec::new(),
            related: Vec::new(),
            template: None,
            levels: vec![
                trained("五级", SkillLevel::Five, 40),
                trained("四级", SkillLevel::Four, 60),
            ],
        },
        effective_from: date(2025, 1, 1),
        effective_to: None,
        source: format!("网约配送企业评价规范（{DEMO}）"),
        verified: false,
    })
}

/// A demonstration of a specification for 专项职业能力.
fn special_skill() -> Option<OccupationStandard> {
    Some(OccupationStandard {
        kind: StandardKind::SpecialSkill,
        code: "DEMO-ZX-0001".to_owned(),
        edition: "2025".to_owned(),
        assesses: Assesses::Item {
            item: "DEMO-ZX-0001".parse().ok()?,
            occupations: vec!["4-03-02-07".parse().ok()?],
            hours: None,
            any_of: vec![Alternative {
                id: "DEMO-ZX-0001-1".to_owned(),
                condition: Condition::all([Condition::Age { years: 16 }, Condition::Intends]),
                source: None,
                verified: false,
            }],
        },
        effective_from: date(2025, 1, 1),
        effective_to: None,
        source: format!("专项职业能力考核规范（{DEMO}）"),
        verified: false,
    })
}
