//! Promotion from competitions as built in: 天津 2024-10-25, 海南, and a national table for
//! demonstration. 天津 was read on the authority's own pages but not compared word by word, 海南
//! in press; the national cut-offs are from memory: none is `verified`.

use crate::domain::competition::event::Group;
use crate::domain::level::SkillLevel;
use crate::domain::rules::routes::jurisdiction::DEMO;
use crate::domain::rules::routes::promotion::{PromotionRule, Reach, TierClass};
use jiff::civil::{Date, date};

/// The edition's name.
pub const EDITION: &str = "built-in-2026-11";

const TIANJIN: &str = "天津市人力资源和社会保障局 职业技能竞赛晋升规定 2024-10-25（publicservices.hrss.tj.gov.cn node 3228）";
const HAINAN: &str = "海南省职业技能大赛晋升规定（zhjsw.cn，二手来源；起始日期不详）";
const NATIONAL: &str = "演示：国家级竞赛晋升，名次界限未经核实";

/// The rules built in; a ledger's own edition stands beside or above them.
pub fn built_in() -> Vec<PromotionRule> {
    use Group::{Staff, Student};
    use SkillLevel::{Four, One, Three, Two};
    let share = |percent| Reach::Share { percent };
    let first_class = || vec![kind("provincial", "综合"), kind("provincial", "一类")];
    let second_class = || vec![kind("provincial", "二类"), any("district")];
    let school = || vec![any("enterprise"), any("school")];
    let prizes = |words: &[&str]| Reach::Prize {
        prizes: words.iter().map(|it| (*it).to_owned()).collect(),
    };
    let tj = |id, competitions, group, reach, ladder| PromotionRule {
        once_a_year: true,
        ..rule(
            ("120000", id, TIANJIN, date(2024, 10, 25)),
            (competitions, group, reach),
            ladder,
        )
    };
    let hi = |id, reach, ladder| {
        let where_ = ("460000", id, HAINAN, date(2024, 1, 1));
        rule(where_, (vec![any("provincial")], Staff, reach), ladder)
    };
    let demo = |id, reach, ladder| {
        let where_ = (DEMO, id, NATIONAL, date(2024, 1, 1));
        rule(where_, (vec![any("national")], Staff, reach), ladder)
    };
    let to = |to| Reach::Rank { to };
    vec![
        tj("tj-2024-1-staff", first_class(), Staff, to(10), &[Two, One]),
        tj(
            "tj-2024-1-student",
            first_class(),
            Student,
            to(10),
            &[Three],
        ),
        tj(
            "tj-2024-2-staff",
            second_class(),
            Staff,
            to(6),
            &[Three, Two],
        ),
        tj("tj-2024-2-student", second_class(), Student, to(6), &[Four]),
        tj(
            "tj-2024-3-staff",
            school(),
            Staff,
            share(30),
            &[Four, Three],
        ),
        tj(
            "tj-2024-3-student",
            school(),
            Student,
            share(30),
            &[Four, Three],
        ),
        hi(
            "hi-medal",
            prizes(&["gold", "silver", "bronze"]),
            &[Two, One],
        ),
        hi("hi-excellent", prizes(&["excellent"]), &[Three, Two]),
        demo("demo-national-top", to(5), &[One]),
        demo("demo-national", to(20), &[Two, One]),
    ]
}

fn kind(tier: &str, class: &str) -> TierClass {
    TierClass {
        tier: tier.to_owned(),
        class: Some(class.to_owned()),
    }
}

fn any(tier: &str) -> TierClass {
    TierClass {
        tier: tier.to_owned(),
        class: None,
    }
}

fn rule(
    (jurisdiction, id, source, effective_from): (&str, &str, &str, Date),
    (competitions, group, reach): (Vec<TierClass>, Group, Reach),
    ladder: &[SkillLevel],
) -> PromotionRule {
    PromotionRule {
        id: id.to_owned(),
        jurisdiction: jurisdiction.to_owned(),
        competitions,
        group,
        reach,
        ladder: ladder.to_vec(),
        once_a_year: false,
        effective_from,
        effective_to: None,
        source: source.to_owned(),
        verified: false,
    }
}
