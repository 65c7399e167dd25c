//! Grounds of direct recognition as built in: the national sentence and 浙江's three grounds. 浙江's
//! were read in the draft for comment; the final text was not compared.

use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::rules::routes::direct::DirectGround;
use crate::domain::rules::routes::jurisdiction::NATIONAL;
use jiff::civil::date;

/// The edition's name.
pub const EDITION: &str = "built-in-2026-11";

const NOTICE_4: &str = "国就劳发〔2025〕4号 十四";
const ZHEJIANG: &str = "浙江省 技能促富 行动方案（征求意见稿 2025-05-27）七";

/// The grounds built in; a ledger's own edition stands beside or above them.
pub fn built_in() -> Vec<DirectGround> {
    let national = DirectGround {
        code: "outstanding".to_owned(),
        jurisdiction: NATIONAL.to_owned(),
        words: words("表现突出的职工", "staff who stand out"),
        lowest: None,
        waives: list(&["工作年限", "等级", "资历"]),
        effective_from: date(2025, 6, 20),
        effective_to: None,
        source: NOTICE_4.to_owned(),
        verified: false,
    };
    let zhejiang = |code: &str, zh: &str, en: &str| DirectGround {
        code: code.to_owned(),
        jurisdiction: "330000".to_owned(),
        words: words(zh, en),
        lowest: Some(SkillLevel::Three),
        waives: list(&["学历", "资历", "年龄", "比例"]),
        effective_from: date(2025, 5, 27),
        effective_to: None,
        source: ZHEJIANG.to_owned(),
        verified: false,
    };
    vec![
        national,
        zhejiang(
            "zj-problem-solved",
            "解决重大工艺技术难题和重大质量问题",
            "solved a major problem of process or quality",
        ),
        zhejiang(
            "zj-award",
            "技术创新成果获得省部级以上奖项",
            "an innovation with an award of a province or ministry, or above",
        ),
        zhejiang(
            "zj-mentor",
            "师带徒效果明显",
            "trained apprentices with marked effect",
        ),
    ]
}

fn words(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: Some(en.to_owned()),
    }
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}
