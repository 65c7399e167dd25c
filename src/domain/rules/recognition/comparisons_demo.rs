//! Comparison rows and issuers that only show what such tables look like.
//!
//! No provincial 比照目录 and no catalogue of foreign certificates could be had (浙江 技能促富 十九
//! and 江苏 七 speak of them). Every row here is invented and marked `demo`; the real ones come by
//! import.

use super::comparison::{Comparison, Directions};
use super::issuer::{Accepted, Issuer};
use super::rule::Effect;
use crate::domain::background::OutsideKind;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use jiff::civil::date;

const EDITION: &str = "demo-2026";
const BASIS: &str = "演示数据，无文件依据；以正式公布的比照目录为准";

/// Code, kind, Chinese name, English name, country, certificate, its grades.
type IssuerRow = (
    &'static str,
    OutsideKind,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const ISSUERS: [IssuerRow; 3] = [
    (
        "DEMO-ROBOT-ASSOC",
        OutsideKind::Industry,
        "演示机器人行业协会",
        "Demonstration Robotics Association",
        "CN",
        "工业机器人应用编程证书",
        &["初级", "中级", "高级"],
    ),
    (
        "DEMO-DE-CHAMBER",
        OutsideKind::Foreign,
        "演示德国工商会",
        "Demonstration German Chamber",
        "DE",
        "Industriemechaniker",
        &["Facharbeiter", "Meister"],
    ),
    (
        "DEMO-HK-COUNCIL",
        OutsideKind::HongKongMacaoTaiwan,
        "演示香港职业训练机构",
        "Demonstration Hong Kong Training Council",
        "HK",
        "电气技术员证书",
        &[],
    ),
];

/// Code, issuer (by its place above), grade, occupation, level, directions, effect.
type ComparisonRow = (
    &'static str,
    usize,
    Option<&'static str>,
    &'static str,
    SkillLevel,
    Directions,
    Effect,
);

const ROWS: [ComparisonRow; 5] = [
    (
        "robot-intermediate",
        0,
        Some("中级"),
        "6-31-07-03",
        SkillLevel::Four,
        Directions::Both,
        Effect::CountsAs,
    ),
    (
        "robot-senior",
        0,
        Some("高级"),
        "6-31-07-03",
        SkillLevel::Three,
        Directions::Both,
        Effect::CountsAs,
    ),
    (
        "de-mechanic",
        1,
        Some("Facharbeiter"),
        "6-31-01-02",
        SkillLevel::Four,
        Directions::ToLevel,
        Effect::DirectRecognition,
    ),
    (
        "de-master",
        1,
        Some("Meister"),
        "6-31-01-02",
        SkillLevel::Two,
        Directions::ToLevel,
        Effect::MayApply,
    ),
    (
        "hk-electrician",
        2,
        None,
        "6-31-01-03",
        SkillLevel::Four,
        Directions::ToLevel,
        Effect::DirectRecognition,
    ),
];

/// The issuers of the rows.
pub fn issuers() -> Vec<Issuer> {
    ISSUERS
        .iter()
        .map(
            |(code, outside, zh, en, country, certificate, grades)| Issuer {
                code: (*code).to_owned(),
                outside: *outside,
                name: Name {
                    zh: (*zh).to_owned(),
                    en: Some((*en).to_owned()),
                },
                country: (*country).to_owned(),
                certificates: vec![Accepted {
                    name: (*certificate).to_owned(),
                    grades: grades.iter().map(|it| (*it).to_owned()).collect(),
                }],
                valid_from: date(2024, 1, 1),
                valid_to: Some(date(2028, 12, 31)),
                basis: BASIS.to_owned(),
                verified: false,
                demo: true,
            },
        )
        .collect()
}

/// The rows, as the table of `jurisdiction`.
pub fn comparisons(jurisdiction: &str) -> Vec<Comparison> {
    ROWS.iter()
        .filter_map(|(code, by, grade, occupation, level, directions, effect)| {
            let (issuer, outside, _, _, _, certificate, _) = ISSUERS.get(*by)?;
            Some(Comparison {
                code: (*code).to_owned(),
                edition: EDITION.to_owned(),
                jurisdiction: jurisdiction.to_owned(),
                outside: *outside,
                issuer: (*issuer).to_owned(),
                certificate: (*certificate).to_owned(),
                grade: grade.map(str::to_owned),
                occupation: occupation.parse().ok()?,
                level: *level,
                directions: *directions,
                effect: *effect,
                condition: None,
                with_certificate: false,
                effective_from: date(2024, 1, 1),
                effective_to: None,
                citation: BASIS.to_owned(),
                verified: false,
                demo: true,
            })
        })
        .collect()
}
