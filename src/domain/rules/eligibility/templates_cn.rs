//! The two generations of national application conditions: 国家职业技能标准编制技术规程（2018年版）
//! and 国家职业标准编制技术规程（2023年版）.
//!
//! Both were read in the text of standards and on enrolment pages, not in the official documents:
//! nothing here is verified. What could not be read at all says so in its own source. Where we
//! had to choose a reading, docs/domain.md names it.

use super::condition::{Condition, Counted, Reach, StudyState};
use super::standard::{Alternative, LevelConditions, Template};
use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::TitleGrade;

/// The id of the 2018 template.
pub const CN_2018: &str = "cn-2018";
/// The id of the 2023 template.
pub const CN_2023: &str = "cn-2023";

const FROM_MEMORY: &str = "未见原文，凭记忆整理，待核对";

/// 初级职称
pub(super) const JUNIOR: [TitleGrade; 2] = [TitleGrade::Technician, TitleGrade::Assistant];
/// 中级职称
pub(super) const INTERMEDIATE: [TitleGrade; 1] = [TitleGrade::Intermediate];
/// 高级职称
pub(super) const SENIOR: [TitleGrade; 2] = [TitleGrade::AssociateSenior, TitleGrade::Senior];

/// 高级技工学校、技师学院 (高级工班及以上)
const SENIOR_CLASSES: [School; 2] = [
    School::TechnicianSchoolSenior,
    School::TechnicianSchoolTechnician,
];
/// 技工院校
const TECHNICIAN_SCHOOLS: [School; 3] = [
    School::TechnicianSchoolIntermediate,
    School::TechnicianSchoolSenior,
    School::TechnicianSchoolTechnician,
];
/// 高等职业学校、普通高等学校
const HIGHER: [School; 2] = [School::HigherVocational, School::University];
/// 毕业，含在读应届毕业生
const LEAVING: [StudyState; 2] = [StudyState::Graduated, StudyState::GraduationYear];

/// The templates built in.
pub fn built_in() -> Vec<Template> {
    vec![of_2018(), of_2023()]
}

fn of_2018() -> Template {
    use SkillLevel::{Five, Four, One, Three, Two};
    Template {
        id: CN_2018.to_owned(),
        jurisdiction: "CN".to_owned(),
        source: "国家职业技能标准编制技术规程（2018年版）申报条件".to_owned(),
        verified: false,
        levels: vec![
            level(
                Five,
                "2018-五级",
                [Condition::work_years(1), apprenticeship()],
            ),
            level(
                Four,
                "2018-四级",
                [
                    Condition::work_after_level(Five, 4),
                    Condition::work_years(6),
                    Condition::any([
                        school(&TECHNICIAN_SCHOOLS, None),
                        Condition::all([
                            school(
                                &[School::SecondaryVocational, School::HigherVocational],
                                None,
                            ),
                            evaluated("intermediate"),
                        ]),
                    ]),
                ],
            ),
            level(
                Three,
                "2018-三级",
                [
                    Condition::work_after_level(Four, 5),
                    Condition::all([
                        Condition::level(Four),
                        Condition::any([
                            Condition::Study {
                                schools: SENIOR_CLASSES.to_vec(),
                                education: None,
                                speciality: false,
                                states: LEAVING.to_vec(),
                                years: 0,
                                counted: Counted::Time,
                            },
                            Condition::all([
                                school(&[School::HigherVocational], None),
                                evaluated("senior"),
                            ]),
                        ]),
                    ]),
                    Condition::all([
                        graduated(&HIGHER, Some(Education::College), 0),
                        Condition::work_after_level(Four, 2),
                    ]),
                ],
            ),
            level(
                Two,
                "2018-二级",
                [
                    Condition::work_after_level(Three, 4),
                    Condition::any([
                        Condition::all([
                            Condition::level(Three),
                            graduated(&SENIOR_CLASSES, None, 3),
                        ]),
                        Condition::Outside {
                            certificate: OutsideKind::PreparatoryTechnician,
                            reach: Reach::Related,
                            years: 2,
                            counted: Counted::Work,
                        },
                    ]),
                ],
            ),
            level(One, "2018-一级", [Condition::work_after_level(Two, 4)]),
        ],
    }
}

fn of_2023() -> Template {
    use SkillLevel::{Five, Four, One, Three, Two};
    let sixteen = || Condition::Age { years: 16 };
    let mut template = Template {
        id: CN_2023.to_owned(),
        jurisdiction: "CN".to_owned(),
        source: "国家职业标准编制技术规程（2023年版）申报条件".to_owned(),
        verified: false,
        levels: vec![
            level(
                Five,
                "2023-五级",
                [
                    Condition::all([sixteen(), Condition::Intends]),
                    Condition::all([
                        sixteen(),
                        Condition::Works {
                            reach: Reach::Related,
                        },
                    ]),
                ],
            ),
            level(
                Four,
                "2023-四级",
                [
                    Condition::work_years(5),
                    Condition::work_after_level(Five, 3),
                    Condition::any([
                        school(&TECHNICIAN_SCHOOLS, None),
                        school(
                            &[
                                School::SecondaryVocational,
                                School::HigherVocational,
                                School::University,
                            ],
                            Some(Education::Secondary),
                        ),
                    ]),
                ],
            ),
            level(
                Three,
                "2023-三级",
                [
                    Condition::work_years(10),
                    Condition::work_after_level(Four, 4),
                    Condition::work_after_title(&JUNIOR, 1),
                    school(&SENIOR_CLASSES, None),
                    Condition::all([
                        Condition::level(Four),
                        school(&HIGHER, Some(Education::College)),
                    ]),
                    Condition::all([
                        school(&HIGHER, Some(Education::College)),
                        evaluated("senior"),
                    ]),
                ],
            ),
            level(
                Two,
                "2023-二级",
                [
                    Condition::work_after_level(Three, 5),
                    Condition::all([
                        Condition::work_after_title(&JUNIOR, 5),
                        Condition::work_after_level(Three, 1),
                    ]),
                    Condition::work_after_title(&INTERMEDIATE, 1),
                    Condition::all([Condition::level(Three), graduated(&SENIOR_CLASSES, None, 2)]),
                    Condition::all([
                        Condition::Level {
                            level: Three,
                            reach: Reach::Related,
                            years: 2,
                            counted: Counted::Time,
                        },
                        Condition::Study {
                            schools: vec![School::TechnicianSchoolTechnician],
                            education: None,
                            speciality: true,
                            states: vec![StudyState::InProgress, StudyState::GraduationYear],
                            years: 0,
                            counted: Counted::Time,
                        },
                    ]),
                ],
            ),
            level(
                One,
                "2023-一级",
                [
                    Condition::work_after_level(Two, 5),
                    Condition::all([
                        Condition::work_after_title(&INTERMEDIATE, 5),
                        Condition::work_after_level(Two, 1),
                    ]),
                    Condition::work_after_title(&SENIOR, 1),
                ],
            ),
        ],
    };
    let unread = [
        "2023-二级-4",
        "2023-二级-5",
        "2023-一级-1",
        "2023-一级-2",
        "2023-一级-3",
    ];
    let alternatives = template.levels.iter_mut().flat_map(|of| &mut of.any_of);
    for alternative in alternatives.filter(|it| unread.contains(&it.id.as_str())) {
        alternative.source = Some(format!("{}；{FROM_MEMORY}", template.source));
    }
    template
}

/// The alternatives of a level, numbered from 1 as the document does.
pub(super) fn level<const N: usize>(
    level: SkillLevel,
    prefix: &str,
    conditions: [Condition; N],
) -> LevelConditions {
    let any_of = conditions
        .into_iter()
        .zip(1..)
        .map(|(condition, n)| Alternative {
            id: format!("{prefix}-{n}"),
            condition,
            source: None,
            verified: false,
        });
    LevelConditions {
        level,
        any_of: any_of.collect(),
    }
}

/// 本职业或相关职业学徒期满
pub(super) const fn apprenticeship() -> Condition {
    Condition::Apprenticeship {
        reach: Reach::Related,
    }
}

/// 本专业或相关专业毕业证书（含在读应届毕业生）
pub(super) fn school(schools: &[School], education: Option<Education>) -> Condition {
    Condition::Study {
        schools: schools.to_vec(),
        education,
        speciality: true,
        states: LEAVING.to_vec(),
        years: 0,
        counted: Counted::Time,
    }
}

/// 毕业生，累计从事本职业或相关职业工作满 N 年
pub(super) fn graduated(schools: &[School], education: Option<Education>, years: u8) -> Condition {
    Condition::Study {
        schools: schools.to_vec(),
        education,
        speciality: true,
        states: vec![StudyState::Graduated],
        years,
        counted: Counted::Work,
    }
}

/// 经评估论证: the school's programme was evaluated as training for that level.
pub(super) fn evaluated(aim: &str) -> Condition {
    let (zh, en) = match aim {
        "intermediate" => (
            "所学专业经评估论证、以中级技能为培养目标",
            "the programme was evaluated as training intermediate skills",
        ),
        _ => (
            "所学专业经评估论证、以高级技能为培养目标",
            "the programme was evaluated as training senior skills",
        ),
    };
    Condition::Stated {
        code: format!("programme-evaluated-{aim}"),
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
