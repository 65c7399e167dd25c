//! National recognition rules, both ways.
//!
//! - 人社部发〔2018〕74号: in engineering, a level leads to applying for a title; classes of 技工院校
//!   count as an education for it. Read in reposts.
//! - 人社部发〔2020〕96号: the same in eight series, and honours open a channel of their own. From
//!   memory; its text was not at hand.
//! - 国家职业标准编制技术规程（2023年版）: a title leads to applying for a level. Read on enrolment
//!   pages; 一级 from memory. The day it came into force is not known to us; its year's first day
//!   stands for it. Conditions that join a title with a level held are conditions of application
//!   and stand with those.
//! - 人社部发〔2022〕14号: 特级技师 are treated like 正高级职称. Read in reports.
//!
//! None was compared with the official text: `verified` is false everywhere.

use super::qualification::{Qualification, TitleGrade};
use super::rule::{Channel, Effect, RecognitionRule, StatedCondition};
use super::series_cn;
use crate::domain::background::{Education, School};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::rules::calendars_cn::CHINA;
use jiff::civil::{Date, date};

/// The name of the edition built in.
pub const EDITION: &str = "built-in-2026";

const ENGINEERING: &str = "工程";
const DOCUMENT_74: &str =
    "人社部发〔2018〕74号 关于在工程技术领域实现高技能人才与工程技术人才职业发展贯通的意见（试行）";
const DOCUMENT_96: &str =
    "人社部发〔2020〕96号 关于进一步加强高技能人才与专业技术人才职业发展贯通的实施意见";
const DOCUMENT_14: &str =
    "人社部发〔2022〕14号 关于健全完善新时代技能人才职业技能等级制度的意见（试行）";
const TEMPLATE_2023: &str = "国家职业标准编制技术规程（2023年版）申报条件";

/// Level, years after it, grade of the title that may be applied for.
const STEPS: [(&str, SkillLevel, u8, TitleGrade); 3] = [
    ("three", SkillLevel::Three, 2, TitleGrade::Assistant),
    ("two", SkillLevel::Two, 3, TitleGrade::Intermediate),
    ("one", SkillLevel::One, 4, TitleGrade::AssociateSenior),
];

/// Short words of the series, for ids.
const SERIES_IDS: [(&str, &str); 7] = [
    ("农业", "agriculture"),
    ("工艺美术", "crafts"),
    ("文物博物", "heritage"),
    ("实验技术", "laboratory"),
    ("艺术", "arts"),
    ("体育", "sports"),
    ("技工院校教师", "technical-teachers"),
];

/// The rules built in; a ledger's own edition stands beside or above them.
pub fn built_in() -> Vec<RecognitionRule> {
    let mut rules = Vec::new();
    for (id, level, years, grade) in STEPS {
        let conditions = vec![
            stated(
                "production-line",
                "在工程技术领域生产一线岗位从事技术技能工作",
                "works on the production line of an engineering field",
            ),
            title_review(),
        ];
        rules.push(RecognitionRule {
            conditions,
            ..level_to_title(
                format!("cn-74-{id}"),
                level,
                years,
                ENGINEERING,
                grade,
                (date(2018, 11, 25), DOCUMENT_74),
            )
        });
    }
    for (series, word) in SERIES_IDS {
        for (id, level, years, grade) in STEPS {
            let document = (date(2020, 12, 28), DOCUMENT_96);
            let id = format!("cn-96-{word}-{id}");
            rules.push(level_to_title(id, level, years, series, grade, document));
        }
    }
    rules.extend(technical_schools());
    rules.extend(titles_to_levels());
    rules.extend(honours());
    rules.push(RecognitionRule {
        effect: Effect::TreatmentAlike,
        ..rule(
            "cn-14-special".to_owned(),
            Qualification::Level {
                level: SkillLevel::Special,
                occupations: Vec::new(),
                series: None,
            },
            title(None, TitleGrade::Senior, "正高级职称"),
            (date(2022, 3, 18), DOCUMENT_14),
        )
    });
    rules
}

fn level_to_title(
    id: String,
    level: SkillLevel,
    years_after: u8,
    series: &str,
    grade: TitleGrade,
    document: (Date, &str),
) -> RecognitionRule {
    let from = Qualification::Level {
        level,
        occupations: Vec::new(),
        series: Some(series.to_owned()),
    };
    let name = series_cn::title_name(series, grade).unwrap_or(grade.name_zh());
    RecognitionRule {
        years_after,
        conditions: vec![title_review()],
        ..rule(id, from, title(Some(series), grade, name), document)
    }
}

/// 技工院校中级工班、高级工班、预备技师（技师）班 count as 中专、大专、本科 for an application.
fn technical_schools() -> impl Iterator<Item = RecognitionRule> {
    [
        (
            "intermediate",
            School::TechnicianSchoolIntermediate,
            Education::Secondary,
        ),
        ("senior", School::TechnicianSchoolSenior, Education::College),
        (
            "technician",
            School::TechnicianSchoolTechnician,
            Education::Bachelor,
        ),
    ]
    .into_iter()
    .map(|(id, school, education)| RecognitionRule {
        effect: Effect::CountsAs,
        conditions: vec![stated(
            "title-application",
            "仅用于职称申报的学历条件",
            "for the education asked of an application for a title only",
        )],
        ..rule(
            format!("cn-74-school-{id}"),
            Qualification::Education {
                education: None,
                schools: vec![school],
            },
            Qualification::Education {
                education: Some(education),
                schools: Vec::new(),
            },
            (date(2018, 11, 25), DOCUMENT_74),
        )
    })
}

/// 初级职称 leads to 三级, 中级 to 二级, 高级 to 一级, a full year after; the examination stays.
fn titles_to_levels() -> impl Iterator<Item = RecognitionRule> {
    [
        ("technician", TitleGrade::Technician, SkillLevel::Three),
        ("assistant", TitleGrade::Assistant, SkillLevel::Three),
        ("intermediate", TitleGrade::Intermediate, SkillLevel::Two),
        (
            "associate-senior",
            TitleGrade::AssociateSenior,
            SkillLevel::One,
        ),
        ("senior", TitleGrade::Senior, SkillLevel::One),
    ]
    .into_iter()
    .map(|(id, grade, level)| RecognitionRule {
        years_after: 1,
        related: true,
        conditions: vec![stated(
            "assessment",
            "通过该等级的全部考核",
            "passes every part of that level's assessment",
        )],
        ..rule(
            format!("cn-2023-{id}"),
            Qualification::Title {
                series: None,
                grade,
                name: None,
                code: None,
            },
            Qualification::Level {
                level,
                occupations: Vec::new(),
                series: None,
            },
            (date(2023, 1, 1), TEMPLATE_2023),
        )
    })
}

/// 中华技能大奖 and 全国技术能手: a channel of their own to a senior title (绿色通道, 直接申报).
fn honours() -> impl Iterator<Item = RecognitionRule> {
    [
        ("grand-prize", "中华技能大奖", Channel::Green),
        ("expert", "全国技术能手", Channel::Direct),
    ]
    .into_iter()
    .map(|(id, name, channel)| RecognitionRule {
        effect: Effect::Exceptional,
        channel: Some(channel),
        conditions: vec![title_review()],
        ..rule(
            format!("cn-96-honour-{id}"),
            Qualification::Honour {
                name: name.to_owned(),
            },
            title(None, TitleGrade::AssociateSenior, "相应系列副高级职称"),
            (date(2020, 12, 28), DOCUMENT_96),
        )
    })
}

fn rule(
    id: String,
    from: Qualification,
    to: Qualification,
    (effective_from, citation): (Date, &str),
) -> RecognitionRule {
    RecognitionRule {
        id,
        jurisdiction: CHINA.to_owned(),
        from,
        to,
        effect: Effect::MayApply,
        channel: None,
        years_after: 0,
        related: false,
        conditions: Vec::new(),
        certificate: false,
        effective_from,
        effective_to: None,
        citation: citation.to_owned(),
        verified: false,
        demo: false,
    }
}

fn title(series: Option<&str>, grade: TitleGrade, name: &str) -> Qualification {
    Qualification::Title {
        series: series.map(str::to_owned),
        grade,
        name: Some(name.to_owned()),
        code: series_cn::title_code(name),
    }
}

fn title_review() -> StatedCondition {
    stated(
        "title-review",
        "符合职称申报的其他条件，并通过职称评审",
        "meets the other conditions of the title and passes its review",
    )
}

fn stated(id: &str, zh: &str, en: &str) -> StatedCondition {
    StatedCondition {
        id: id.to_owned(),
        words: Name {
            zh: zh.to_owned(),
            en: Some(en.to_owned()),
        },
    }
}
