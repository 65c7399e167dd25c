//! Policies of 评聘 as built in. Years, term and notice vary by province and are from memory; the
//! parts of the review are 江苏's, read in press. All of it is for demonstration.

use crate::domain::level::SkillLevel;
use crate::domain::rules::routes::appointment::{AppointmentPolicy, CertificateAtEnd, ReviewPart};
use crate::domain::rules::routes::jurisdiction::DEMO;
use jiff::civil::date;

/// The edition's name.
pub const EDITION: &str = "built-in-2026-11";

const SOURCE: &str =
    "演示：人社部发〔2022〕14号 特级技师、首席技师评聘；年限、聘期、公示天数未经核实，各省不同";

/// The policies built in; a ledger's own edition stands beside or above them.
pub fn built_in() -> Vec<AppointmentPolicy> {
    let policy = |id: &str, level, prior, prior_years| AppointmentPolicy {
        id: id.to_owned(),
        jurisdiction: DEMO.to_owned(),
        level,
        prior,
        prior_years,
        review: vec![
            ReviewPart::Achievements,
            ReviewPart::Defence,
            ReviewPart::Comprehensive,
        ],
        notice_working_days: 0,
        term_years_least: 3,
        term_years_most: 5,
        certificate_at_end: CertificateAtEnd::Stays,
        effective_from: date(2022, 3, 18),
        effective_to: None,
        source: SOURCE.to_owned(),
        verified: false,
    };
    let jiangsu = |demo: AppointmentPolicy, id: &str| AppointmentPolicy {
        id: id.to_owned(),
        jurisdiction: "320000".to_owned(),
        notice_working_days: 5,
        ..demo
    };
    let special = policy("demo-special", SkillLevel::Special, SkillLevel::One, 3);
    let chief = policy("demo-chief", SkillLevel::Chief, SkillLevel::Special, 3);
    vec![
        jiangsu(special.clone(), "demo-js-special"),
        jiangsu(chief.clone(), "demo-js-chief"),
        special,
        chief,
    ]
}
