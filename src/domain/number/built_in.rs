//! The grammars shipped with the program. None has been compared with the official text by a
//! person; those called demo are made up, so that every kind has a number that no other kind can
//! have. A ledger adopts the real ones as they are published.

use super::grammar::{LevelCode, NumberGrammar, Part};
use crate::domain::attainment::AttainmentKind;
use crate::domain::level::SkillLevel;
use jiff::civil::{Date, date};

/// Every grammar a new ledger adopts.
pub fn built_in() -> Vec<NumberGrammar> {
    vec![
        NumberGrammar::level_certificate(),
        special_technician(),
        chief_technician(),
        special_skill(),
        micro_skill(),
        enterprise(),
    ]
}

impl NumberGrammar {
    /// 职业技能等级证书编码, 五级 to 一级: 22 characters.
    pub fn level_certificate() -> Self {
        let digits = SkillLevel::CERTIFIED.into_iter().filter_map(|level| {
            let code = level.digit()?.to_string();
            Some(LevelCode { level, code })
        });
        grammar(
            "level-certificate",
            AttainmentKind::Level,
            date(2019, 1, 1),
            "职业技能等级证书编码规则(人社部), read in reposts",
            ["Y", "S"].as_slice(),
            Part::Level {
                codes: digits.collect(),
            },
        )
    }
}

/// 特级技师证书编码: two letters and twenty digits in the same seven parts, so that the level is a
/// letter. Which letter is not known: `T` is made up.
fn special_technician() -> NumberGrammar {
    appointed(
        "special-technician-demo",
        SkillLevel::Special,
        "T",
        "特级技师证书编码: 2 letters and 20 digits (seen in a preview); the letter of the level is made up (demo)",
    )
}

/// 首席技师: no rule was found; built like that of 特级技师.
fn chief_technician() -> NumberGrammar {
    appointed(
        "chief-technician-demo",
        SkillLevel::Chief,
        "C",
        "首席技师证书编码: no rule was found; made up after 特级技师 (demo)",
    )
}

fn appointed(name: &str, level: SkillLevel, code: &str, source: &str) -> NumberGrammar {
    grammar(
        name,
        AttainmentKind::Level,
        date(2022, 3, 1),
        source,
        &["Y"],
        Part::Level {
            codes: vec![LevelCode {
                level,
                code: code.into(),
            }],
        },
    )
}

/// 专项职业能力证书: made up.
fn special_skill() -> NumberGrammar {
    fixed(
        "special-skill-demo",
        AttainmentKind::SpecialSkill,
        "专项职业能力证书编码: no rule was found; made up (demo)",
        &["Y", "S"],
        "Z",
    )
}

/// 微技能证书: made up.
fn micro_skill() -> NumberGrammar {
    fixed(
        "micro-skill-demo",
        AttainmentKind::MicroSkill,
        "微技能证书编码: no rule was found; made up (demo)",
        &["Y", "S"],
        "W",
    )
}

/// 企业证书 of 一试双证: made up; an enterprise may number its own as it likes.
fn enterprise() -> NumberGrammar {
    fixed(
        "enterprise-demo",
        AttainmentKind::Enterprise,
        "企业证书编码: the enterprise's own; made up (demo)",
        &["Y"],
        "Q",
    )
}

fn fixed(
    name: &str,
    attainment: AttainmentKind,
    source: &str,
    letters: &[&str],
    text: &str,
) -> NumberGrammar {
    let part = Part::Fixed { text: text.into() };
    grammar(name, attainment, date(2019, 1, 1), source, letters, part)
}

/// The seven parts of 职业技能等级证书编码规则 with another sixth.
fn grammar(
    name: &str,
    attainment: AttainmentKind,
    effective_from: Date,
    source: &str,
    letters: &[&str],
    sixth: Part,
) -> NumberGrammar {
    NumberGrammar {
        name: name.into(),
        attainment,
        effective_from,
        source: source.into(),
        verified: false,
        parts: vec![
            Part::Letter {
                values: letters.iter().map(|&letter| letter.into()).collect(),
            },
            Part::Body { digits: 4 },
            Part::Province,
            Part::Sequence { digits: 6 },
            Part::Year { digits: 2 },
            sixth,
            Part::Serial { digits: 6 },
        ],
    }
}
