//! Numbers are made and read as the rule says.

use super::built_in::built_in;
use super::*;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn at(level: SkillLevel) -> CountedBy {
    CountedBy::Level { level }
}

fn grammar() -> NumberGrammar {
    NumberGrammar::level_certificate()
}

#[test]
fn numbers_of_the_rule_say_what_they_are() {
    for (text, letter, body, province, year, level, serial) in [
        (
            "Y000123000012195000001",
            "Y",
            "0001",
            "23",
            "19",
            SkillLevel::Five,
            1,
        ),
        (
            "S000032000145253001234",
            "S",
            "0000",
            "32",
            "25",
            SkillLevel::Three,
            1234,
        ),
        (
            "S000033000021264999999",
            "S",
            "0000",
            "33",
            "26",
            SkillLevel::Four,
            999_999,
        ),
        (
            "S004236000009242000077",
            "S",
            "0042",
            "36",
            "24",
            SkillLevel::Two,
            77,
        ),
    ] {
        let parts = grammar().parse(text).unwrap();
        assert_eq!(
            (parts.code.letter.as_str(), parts.code.body.as_str()),
            (letter, body)
        );
        assert_eq!(
            (parts.code.province.as_str(), parts.year.as_str()),
            (province, year)
        );
        assert_eq!(
            (parts.of, parts.serial),
            (CountedBy::Level { level }, serial)
        );
    }
}

#[test]
fn what_breaks_the_rule_names_the_part() {
    for (text, part) in [
        ("X000123000012195000001", "kind letter"),
        ("Y000100000012195000001", "province"),
        ("Y000199000012195000001", "province"),
        ("Y000123000000195000001", "site sequence"),
        ("Y000123000012190000001", "level"),
        ("Y000123000012196000001", "level"),
        ("Y000123000012199000001", "level"),
        ("Y000123000012195000000", "serial"),
        ("Y0001230000121950000A1", "serial"),
        ("YA00123000012195000001", "body code"),
    ] {
        assert_eq!(
            grammar().parse(text),
            Err(NumberError::Part(part)),
            "{text}"
        );
    }
    for (text, actual) in [
        ("Y00012300001219500001", 21),
        ("Y0001230000121950000011", 23),
    ] {
        let length = NumberError::Length {
            expected: 22,
            actual,
        };
        assert_eq!(grammar().parse(text), Err(length));
    }
    for text in [
        "y000123000012195000001",
        "",
        "Y00012300001219500000１",
        "Y 1",
    ] {
        assert_eq!(grammar().parse(text), Err(NumberError::Shape), "{text}");
    }
}

#[test]
fn serials_end_where_the_rule_ends() {
    let code = NumberCode {
        letter: "S".into(),
        body: "0000".into(),
        province: "32".into(),
        sequence: "000145".into(),
    };
    assert_eq!((grammar().length(), grammar().serial_max()), (22, 999_999));
    let compose = |serial| grammar().compose(&code, 2026, &at(SkillLevel::Three), serial);
    assert_eq!(compose(999_999).unwrap().as_str(), "S000032000145263999999");
    assert_eq!(compose(0), Err(NumberError::Exhausted));
    assert_eq!(compose(1_000_000), Err(NumberError::Exhausted));
    assert_eq!(
        grammar().compose(&code, 2026, &at(SkillLevel::Chief), 1),
        Err(NumberError::Part("level"))
    );
}

fn name(zh: &str) -> Name {
    Name {
        zh: zh.into(),
        en: None,
    }
}
fn level(level: SkillLevel) -> Attainment {
    Attainment::Level {
        occupation: "6-18-02-04".parse().unwrap(),
        occupation_name: name("焊工"),
        work_type: None,
        level,
    }
}
fn special(item: &str) -> Attainment {
    Attainment::SpecialSkill {
        item: item.parse().unwrap(),
        name: name("面点制作"),
    }
}
/// One of each that has a certificate.
fn each() -> Vec<Attainment> {
    let levels = SkillLevel::CERTIFIED
        .into_iter()
        .chain([SkillLevel::Special, SkillLevel::Chief]);
    let others = [
        special("ZX-017"),
        Attainment::MicroSkill {
            item: "WX-3".parse().unwrap(),
            name: name("点钞"),
            of: None,
        },
        Attainment::Enterprise {
            name: name("某厂技能等级"),
            grade: "骨干焊工".into(),
            occupation: "6-18-02-04".parse().unwrap(),
            occupation_name: name("焊工"),
        },
    ];
    levels.map(level).chain(others).collect()
}

#[test]
fn every_kind_is_numbered_by_one_grammar_and_no_two_share_a_number() {
    let code = NumberCode {
        letter: "Y".into(),
        body: "0000".into(),
        province: "32".into(),
        sequence: "000145".into(),
    };
    let grammars = built_in();
    let mut numbers = BTreeSet::new();
    for attainment in each() {
        let serving: Vec<_> = grammars
            .iter()
            .filter_map(|it| Some((it, it.counts(&attainment)?)))
            .collect();
        let [(grammar, counted)] = serving.as_slice() else {
            panic!("{attainment:?} is numbered by {}", serving.len());
        };
        let number = grammar.compose(&code, 2026, counted, 1).unwrap();
        let is_level = |it: &&NumberGrammar| it.parse(number.as_str()).is_ok();
        assert_eq!(grammars.iter().filter(is_level).count(), 1, "{number}");
        assert!(numbers.insert(number));
    }
    assert_eq!(numbers.len(), 10);
    for (nth, one) in grammars.iter().enumerate() {
        assert!(
            one.is_sound() && one.overlaps(one) && !one.verified,
            "{}",
            one.name
        );
        for other in &grammars[nth + 1..] {
            assert!(!one.overlaps(other), "{} {}", one.name, other.name);
        }
    }
}

#[test]
fn a_made_up_grammar_says_so() {
    for grammar in built_in() {
        let demo = grammar.name.ends_with("-demo");
        assert_eq!(demo, grammar.source.contains("(demo)"), "{}", grammar.name);
        let of_level = grammar.attainment == AttainmentKind::Level;
        assert!(demo || of_level, "{}", grammar.name);
    }
}

#[test]
fn an_item_is_printed_only_where_its_code_fits_plainly() {
    let mut grammar = built_in().remove(3);
    grammar.parts[5] = Part::Item { characters: 6 };
    assert!(grammar.is_sound());
    let item = |code: &str| CountedBy::Item {
        item: code.parse().unwrap(),
    };
    assert_eq!(grammar.counts(&special("ZX0017")), Some(item("ZX0017")));
    for code in ["ZX-017", "ZX017", "ZX00017"] {
        assert_eq!(grammar.counts(&special(code)), None, "{code}");
    }
    assert_eq!(grammar.counts(&level(SkillLevel::Five)), None);
    let code = NumberCode {
        letter: "S".into(),
        body: "0042".into(),
        province: "36".into(),
        sequence: "000009".into(),
    };
    let number = grammar.compose(&code, 2026, &item("ZX0017"), 12).unwrap();
    assert_eq!(number.as_str(), "S00423600000926ZX0017000012");
    assert_eq!(grammar.parse(number.as_str()).unwrap().of, item("ZX0017"));
    let of_level = grammar.compose(&code, 2026, &at(SkillLevel::Five), 1);
    assert_eq!(of_level, Err(NumberError::Part("item")));
}

#[test]
fn a_level_code_is_one_of_those_adopted() {
    let letters = |codes: &[(SkillLevel, &str)]| {
        let mut grammar = grammar();
        grammar.parts[5] = Part::Level {
            codes: codes
                .iter()
                .map(|(level, code)| LevelCode {
                    level: *level,
                    code: (*code).into(),
                })
                .collect(),
        };
        grammar
    };
    use SkillLevel::{Apprentice, Chief, Special};
    assert!(letters(&[(Special, "T"), (Chief, "C")]).is_sound());
    assert!(letters(&[(Special, "T1"), (Chief, "T2")]).is_sound());
    for bad in [
        &[][..],
        &[(Special, "T"), (Chief, "T")],
        &[(Special, "T"), (Special, "C")],
        &[(Special, "T"), (Chief, "CC")],
        &[(Special, "t")],
        &[(Special, "TTT")],
        &[(Apprentice, "0")],
    ] {
        assert!(!letters(bad).is_sound(), "{bad:?}");
    }
    assert!(grammar().overlaps(&letters(&[(Special, "5")])));
    assert!(!grammar().overlaps(&letters(&[(Special, "T")])));
}

proptest! {
    #[test]
    fn what_is_composed_is_read_back(
        body in 0u32..10_000, sequence in 1u32..1_000_000, year in 2019i16..2100,
        digit in 1u8..=5, serial in 1u32..=999_999, social: bool,
    ) {
        let code = NumberCode {
            letter: if social { "S" } else { "Y" }.into(),
            body: format!("{body:04}"),
            province: "32".into(),
            sequence: format!("{sequence:06}"),
        };
        let level = SkillLevel::from_digit(digit).unwrap();
        let number = grammar().compose(&code, year, &at(level), serial).unwrap();
        let parts = grammar().parse(number.as_str()).unwrap();
        prop_assert_eq!(parts.code, code);
        prop_assert_eq!(parts.year, format!("{:02}", year % 100));
        prop_assert_eq!((parts.of, parts.serial), (CountedBy::Level { level }, serial));
    }
    #[test]
    fn no_text_panics(text in "\\PC{0,44}") {
        let _ = grammar().parse(&text);
    }
    #[test]
    fn no_text_of_the_right_shape_panics(text in "[A-Z0-9]{20,24}") {
        let _ = grammar().parse(&text);
    }
}

#[test]
fn a_bodys_codes_fit_the_grammar_part_by_part() {
    let fits = NumberCode {
        letter: "S".into(),
        body: "0000".into(),
        province: "32".into(),
        sequence: "000145".into(),
    };
    assert_eq!(grammar().check_code(&fits), Ok(()));
    let with = |change: fn(&mut NumberCode)| {
        let mut code = fits.clone();
        change(&mut code);
        grammar().check_code(&code)
    };
    let breaks = |part| Err(NumberError::Part(part));
    assert_eq!(with(|it| it.letter = "X".into()), breaks("kind letter"));
    assert_eq!(with(|it| it.body = "000".into()), breaks("body code"));
    assert_eq!(with(|it| it.body = "000A".into()), breaks("body code"));
    assert_eq!(with(|it| it.province = "00".into()), breaks("province"));
    for sequence in ["145", "00014A", "000000"] {
        let mut code = fits.clone();
        code.sequence = sequence.into();
        assert_eq!(grammar().check_code(&code), breaks("site sequence"));
    }
}

#[test]
fn kinds_and_levels_are_printed_in_one_width_and_told_apart() {
    let with = |nth: usize, part| {
        let mut grammar = grammar();
        grammar.parts[nth] = part;
        grammar.is_sound()
    };
    let letters = |values: &[&str]| {
        let values = values.iter().map(|it| (*it).to_owned()).collect();
        with(0, Part::Letter { values })
    };
    assert!(letters(&["Y", "S"]) && letters(&["YTJS"]));
    for unsound in [&["Y", "SS"][..], &["Y", "s"], &["Y", ""], &["YTJSX"], &[]] {
        assert!(!letters(unsound), "{unsound:?}");
    }
    let alphabet: Vec<String> = ('A'..='Z').map(String::from).collect();
    let all: Vec<&str> = alphabet.iter().map(String::as_str).collect();
    assert!(letters(&all) && !letters(&[&all[..], &["A"]].concat()));
    let levels = |codes: &[(SkillLevel, &str)]| {
        let code = |(level, code): &(SkillLevel, &str)| LevelCode {
            level: *level,
            code: (*code).to_owned(),
        };
        with(
            5,
            Part::Level {
                codes: codes.iter().map(code).collect(),
            },
        )
    };
    use SkillLevel::{Apprentice, Four, Three};
    assert!(levels(&[(Four, "4"), (Three, "3")]) && levels(&[(Four, "4A")]));
    for unsound in [
        &[][..],
        &[(Four, "4"), (Three, "33")],
        &[(Four, "4"), (Three, "4")],
        &[(Four, "4"), (Four, "3")],
        &[(Four, "d")],
        &[(Four, "4AB")],
        &[(Apprentice, "6")],
    ] {
        assert!(!levels(unsound), "{unsound:?}");
    }
    let fixed = |text: &str| with(0, Part::Fixed { text: text.into() });
    assert!(fixed("Z") && fixed("ZXNLZSBM"));
    assert!(!fixed("") && !fixed("z") && !fixed("ZXNLZSBM9"));
}
