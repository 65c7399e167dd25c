//! Policies of apprenticeship as built in: the six months of interns are 浙江's and 四川's, 技师 as
//! a target is 浙江's, both read in their documents; all other lengths are from memory and for
//! demonstration.

use crate::domain::level::SkillLevel;
use crate::domain::rules::routes::apprenticeship::{ApprenticeshipKind, ApprenticeshipPolicy};
use crate::domain::rules::routes::jurisdiction::DEMO;
use jiff::civil::{Date, date};

/// The edition's name.
pub const EDITION: &str = "built-in-2026-11";

const ORDINARY: &str = "演示：人社部发〔2022〕14号 学徒工转正定级；学徒期限未经核实";
const NEW_TYPE: &str = "演示：企业新型学徒制；培养期限未经核实";
const ZHEJIANG: &str = "浙江省 技能促富 行动方案（征求意见稿 2025-05-27）六；培养期限未经核实";
const SICHUAN: &str = "四川省 行动方案（2025-2027年）十四；培养期限未经核实";

/// The policies built in; a ledger's own edition stands beside or above them.
pub fn built_in() -> Vec<ApprenticeshipPolicy> {
    use SkillLevel::{Five, Four, Three, Two};
    let new_type = |id: &str, of: &str, targets: &[SkillLevel], from: Date, source: &str| {
        ApprenticeshipPolicy {
            id: id.to_owned(),
            jurisdiction: of.to_owned(),
            kind: ApprenticeshipKind::NewType,
            months_least: 12,
            months_most: 36,
            intern_months_least: Some(6),
            targets: targets.to_vec(),
            effective_from: from,
            effective_to: None,
            source: source.to_owned(),
            verified: false,
        }
    };
    let ordinary = ApprenticeshipPolicy {
        kind: ApprenticeshipKind::Ordinary,
        months_least: 3,
        intern_months_least: None,
        ..new_type("demo-ordinary", DEMO, &[Five], date(2022, 3, 18), ORDINARY)
    };
    let begun = date(2021, 6, 8);
    vec![
        ordinary,
        new_type("demo-new-type", DEMO, &[Four, Three], begun, NEW_TYPE),
        new_type(
            "zj-new-type",
            "330000",
            &[Four, Three, Two],
            date(2025, 5, 27),
            ZHEJIANG,
        ),
        new_type(
            "sc-new-type",
            "510000",
            &[Four, Three],
            date(2025, 9, 18),
            SICHUAN,
        ),
    ]
}
