//! Numbers are made and read as the rule says.

use super::*;
use proptest::prelude::*;

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
        assert_eq!((parts.level, parts.serial), (level, serial));
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
    let compose = |serial| grammar().compose(&code, 2026, SkillLevel::Three, serial);
    assert_eq!(compose(999_999).unwrap().as_str(), "S000032000145263999999");
    assert_eq!(compose(0), Err(NumberError::Exhausted));
    assert_eq!(compose(1_000_000), Err(NumberError::Exhausted));
    assert_eq!(
        grammar().compose(&code, 2026, SkillLevel::Chief, 1),
        Err(NumberError::Part("level"))
    );
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
        let number = grammar().compose(&code, year, level, serial).unwrap();
        let parts = grammar().parse(number.as_str()).unwrap();
        prop_assert_eq!(parts.code, code);
        prop_assert_eq!(parts.year, format!("{:02}", year % 100));
        prop_assert_eq!((parts.level, parts.serial), (level, serial));
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
