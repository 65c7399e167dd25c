//! Levels as people write them: 三级, 3, 3级, 高级工, 高级, 三级/高级工, 高级工(三级),
//! 国家职业资格三级, Ⅲ级. A cell that names two different levels names none.

use super::clean::word;
use crate::domain::level::SkillLevel;

/// What may stand before the level itself.
const PREFIXES: [&str; 8] = [
    "国家职业资格",
    "职业技能等级",
    "职业资格",
    "职业技能",
    "技能等级",
    "职业等级",
    "等级",
    "第",
];

/// The level a cell names, or `None` where it names none or two.
pub(super) fn read(text: &str) -> Option<SkillLevel> {
    let word = word(text);
    let mut found = None;
    for part in word.split([
        '/', '(', ')', '、', '|', ',', '，', ':', '\\', '-', '—', '·',
    ]) {
        if part.is_empty() {
            continue;
        }
        let level = one(part)?;
        if found.is_some_and(|other| other != level) {
            return None;
        }
        found = Some(level);
    }
    found
}

fn one(part: &str) -> Option<SkillLevel> {
    let part = PREFIXES
        .iter()
        .find_map(|prefix| part.strip_prefix(prefix))
        .unwrap_or(part);
    named(part).or_else(|| {
        // 三级高级工, 高级技师一级: two names of one level without anything between.
        part.char_indices().skip(1).find_map(|(at, _)| {
            let (left, right) = part.split_at(at);
            named(left).filter(|level| named(right) == Some(*level))
        })
    })
}

fn named(name: &str) -> Option<SkillLevel> {
    Some(match name {
        "五级" | "5" | "5级" | "五" | "初级工" | "初级" | "初级技能" | "Ⅴ" | "Ⅴ级" | "V级" => {
            SkillLevel::Five
        }
        "四级" | "4" | "4级" | "四" | "中级工" | "中级" | "中级技能" | "Ⅳ" | "Ⅳ级" | "IV级" => {
            SkillLevel::Four
        }
        "三级" | "3" | "3级" | "三" | "高级工" | "高级" | "高级技能" | "Ⅲ" | "Ⅲ级" | "III级" => {
            SkillLevel::Three
        }
        "二级" | "2" | "2级" | "二" | "技师" | "Ⅱ" | "Ⅱ级" | "II级" => SkillLevel::Two,
        "一级" | "1" | "1级" | "一" | "高级技师" | "Ⅰ" | "Ⅰ级" | "I级" => {
            SkillLevel::One
        }
        "特级技师" | "特级" => SkillLevel::Special,
        "首席技师" | "首席" => SkillLevel::Chief,
        "学徒工" | "学徒" => SkillLevel::Apprentice,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn levels_are_read_as_people_write_them() {
        for level in SkillLevel::CERTIFIED {
            assert_eq!(read(level.name_zh()), Some(level));
            let digit = level.digit().unwrap().to_string();
            assert_eq!(read(&digit), Some(level));
        }
        for text in [
            "三级",
            "3",
            "３",
            "高级工",
            "三级/高级工",
            "三级／高级工",
            "高级工/三级",
            "高级",
            "国家职业资格三级",
            "3级",
            "三级（高级工）",
            "高级工(三级)",
            "三级高级工",
            " 三 级 ",
            "三级\n高级工",
            "三级、高级工",
            "职业技能等级三级",
            "高级技能(国家职业资格三级)",
        ] {
            assert_eq!(read(text), Some(SkillLevel::Three), "{text}");
        }
        assert_eq!(read("高级技师一级"), Some(SkillLevel::One));
        assert_eq!(read("技师"), Some(SkillLevel::Two));
        assert_eq!(read("特级技师"), Some(SkillLevel::Special));
    }

    #[test]
    fn what_names_no_level_or_two_is_not_read() {
        for text in [
            "",
            "九级",
            "6",
            "0",
            "工程师",
            "三级/技师",
            "中高级",
            "三",
            "二三",
        ] {
            let expected = (text == "三").then_some(SkillLevel::Three);
            assert_eq!(read(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = read(&text);
        }
    }
}
