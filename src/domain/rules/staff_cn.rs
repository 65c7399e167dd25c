//! Rules about staff, built in: those of 江西省, and the same as a demonstration.
//!
//! 教师: 江西省"十四五"职业技能培训规划 (2022-09-20), 专栏7: 每两年不少于1次、每次不少于50课时; 持证率 70% by the end
//! of 2023 and 100% by the end of 2025. The plan's own horizon ended with 2025; whether the
//! training every two years goes on by another document, we do not know. 督导员: card number R +
//! 省码 + 年 + 序列, read in a repost. Nothing here was compared with an official publication.

use crate::domain::authority::state::DEMO;
use crate::domain::rules::staff::{RatioConsequence, StaffRule, StaffRuleText};
use crate::domain::staff::role::StaffRole;
use jiff::civil::{Date, date};

/// 江西省
const JIANGXI: &str = "360000";

/// Name of the built-in edition.
pub const EDITION: &str = "built-in-2026";

/// The built-in rules.
pub fn built_in() -> Vec<StaffRule> {
    let plan = "江西省“十四五”职业技能培训规划（2022-09-20）专栏7";
    let mut rules = of(JIANGXI, "jx", date(2022, 9, 20), plan);
    rules.extend(of(
        DEMO,
        "demo",
        date(2019, 1, 1),
        "demonstration, after 江西省 2022",
    ));
    rules
}

fn of(jurisdiction: &str, prefix: &str, from: Date, citation: &str) -> Vec<StaffRule> {
    let rule = |id: &str, citation: &str, says| StaffRule {
        id: format!("{prefix}-{id}"),
        jurisdiction: jurisdiction.to_owned(),
        effective_from: from,
        effective_to: None,
        citation: citation.to_owned(),
        verified: false,
        says,
    };
    let share = |year: i16, percent, consequence| StaffRuleText::CertifiedShare {
        by: date(year, 12, 31),
        percent,
        consequence,
    };
    let supervisor = StaffRuleText::CardNumber {
        role: StaffRole::QualitySupervisorExternal,
        prefix: "R".to_owned(),
        province: true,
        year: true,
        serial_digits: 4,
    };
    vec![
        rule(
            "teacher-endorsement",
            citation,
            StaffRuleText::Endorsement {
                every_years: 2,
                hours: 50,
            },
        ),
        rule(
            "teacher-share-2023",
            citation,
            share(2023, 70, RatioConsequence::NoSubsidisedTraining),
        ),
        rule(
            "teacher-share-2025",
            citation,
            share(2025, 100, RatioConsequence::OccupationCancelled),
        ),
        rule(
            "external-supervisor-number",
            "江西省质量督导员证卡编号（外督），转载",
            supervisor,
        ),
    ]
}
