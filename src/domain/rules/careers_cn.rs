//! Recognition between skill levels and professional titles (职业发展贯通), national rules.
//!
//! 人社部发〔2018〕74号, on engineers and highly skilled workers of engineering: a level leads to
//! applying for a title. 国家职业标准编制技术规程（2023年版）, application conditions: a title leads to
//! applying for a level. Both were read in reposts, not in the official text: `verified` is
//! false. The day the 2023 template came into force is not known to us; its year's first day
//! stands for it.

use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::{
    Effect, Qualification, RecognitionRule, Title, TitleGrade,
};
use jiff::civil::date;

const ENGINEERING: &str = "工程";
const DOCUMENT_74: &str =
    "人社部发〔2018〕74号 关于在工程技术领域实现高技能人才与工程技术人才职业发展贯通的意见（试行）";
const TEMPLATE_2023: &str = "国家职业标准编制技术规程（2023年版）申报条件";

/// The rules built in; a ledger's own edition stands beside or above them.
pub fn built_in() -> Vec<RecognitionRule> {
    let mut rules: Vec<RecognitionRule> = [
        (
            "cn-74-three",
            SkillLevel::Three,
            2,
            TitleGrade::Assistant,
            "助理工程师",
        ),
        (
            "cn-74-two",
            SkillLevel::Two,
            3,
            TitleGrade::Intermediate,
            "工程师",
        ),
        (
            "cn-74-one",
            SkillLevel::One,
            4,
            TitleGrade::AssociateSenior,
            "高级工程师",
        ),
    ]
    .into_iter()
    .map(|(id, level, years_after, grade, name)| RecognitionRule {
        id: id.to_owned(),
        jurisdiction: "CN".to_owned(),
        from: any(level),
        to: title(grade, name),
        effect: Effect::MayApply,
        years_after,
        conditions: vec![
            "在工程技术领域生产一线岗位从事技术技能工作".to_owned(),
            "符合职称申报的其他条件，并通过职称评审".to_owned(),
        ],
        effective_from: date(2018, 11, 25),
        effective_to: None,
        citation: DOCUMENT_74.to_owned(),
        verified: false,
    })
    .collect();
    rules.extend(
        [
            (
                "cn-2023-assistant",
                TitleGrade::Assistant,
                "助理工程师",
                SkillLevel::Three,
            ),
            (
                "cn-2023-intermediate",
                TitleGrade::Intermediate,
                "工程师",
                SkillLevel::Two,
            ),
        ]
        .into_iter()
        .map(|(id, grade, name, level)| RecognitionRule {
            id: id.to_owned(),
            jurisdiction: "CN".to_owned(),
            from: title(grade, name),
            to: any(level),
            effect: Effect::MayApply,
            years_after: 1,
            conditions: vec![
                "职称专业与申报职业为本职业（专业）或相关职业（专业）".to_owned(),
                "通过该等级的全部考核".to_owned(),
            ],
            effective_from: date(2023, 1, 1),
            effective_to: None,
            citation: TEMPLATE_2023.to_owned(),
            verified: false,
        }),
    );
    rules
}

const fn any(level: SkillLevel) -> Qualification {
    Qualification::Level {
        level,
        occupations: Vec::new(),
    }
}

fn title(grade: TitleGrade, name: &str) -> Qualification {
    Qualification::Title {
        title: Title {
            series: ENGINEERING.to_owned(),
            grade,
            name: name.to_owned(),
        },
    }
}
