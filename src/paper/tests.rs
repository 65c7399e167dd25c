use super::error::PaperError;
use super::fit::{Block, Sizes, letters, width};
use super::font::{Fonts, Weight};
use super::press::Press;

fn lines(text: &str, wide: f32) -> Vec<String> {
    let fonts = Fonts::open().unwrap();
    let letters = letters(&fonts, Weight::Regular, text, "test").unwrap();
    let space = (wide * 10.0, f32::INFINITY);
    let block = Block::fit(&letters, Weight::Regular, Sizes::only(10.0), space, "test").unwrap();
    let text = |line: &Vec<_>| {
        line.iter()
            .map(|it: &super::fit::Letter| it.character)
            .collect()
    };
    block.lines.iter().map(text).collect()
}

#[test]
fn the_regular_face_has_every_character_a_name_may_have_by_the_national_tables() {
    let fonts = Fonts::open().unwrap();
    let table = include_str!("../../tests/vectors/tgh/characters.txt");
    let general: Vec<char> = table.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(general.len(), 8105, "通用规范汉字表");
    for character in &general {
        for weight in [Weight::Regular, Weight::Bold] {
            assert!(
                fonts.glyph(weight, *character, "test").is_ok(),
                "{character}"
            );
        }
    }
    // GB 2312, rows 1–9 and 16–87, and GBK around it.
    let gbk = (0x81..=0xfe_u8).flat_map(|a| (0x40..=0xfe_u8).map(move |b| [a, b]));
    let mut counted = 0;
    for pair in gbk {
        let (text, _, failed) = encoding_rs::GBK.decode(&pair);
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            continue;
        };
        let private = ('\u{e000}'..='\u{f8ff}').contains(&character);
        if failed || private || character == '≒' {
            continue;
        }
        counted += 1;
        let glyph = fonts.glyph(Weight::Regular, character, "test");
        assert!(glyph.is_ok(), "{character} U+{:04X}", u32::from(character));
    }
    assert!(counted > 21_000, "{counted}");
}

#[test]
fn rare_characters_of_names_have_glyphs() {
    let fonts = Fonts::open().unwrap();
    for character in "䶮㛃𬭎㑇㛹䲟𠅤㼆𫖯𬱖龘垚喆犇燊𠮷𬍡𬴂㕵㳘㙍㭎䜣㧑㧟㶲㸆䃅䓖〇·•‧’-".chars()
    {
        let glyph = fonts.glyph(Weight::Regular, character, "test");
        assert!(glyph.is_ok(), "{character} U+{:04X}", u32::from(character));
    }
}

#[test]
fn a_missing_character_is_named_in_both_languages() {
    let fonts = Fonts::open().unwrap();
    let refused = letters(&fonts, Weight::Regular, "王𮧵", "holder").unwrap_err();
    let expected = PaperError::NoGlyph {
        character: '𮧵',
        field: "holder",
    };
    assert_eq!(refused, expected);
    assert_eq!(refused.to_string(), "no glyph for 𮧵 (U+2E9F5) in holder");
    let words = refused.words();
    assert!(
        words.zh.contains("“𮧵”（U+2E9F5）") && words.zh.contains("姓名"),
        "{}",
        words.zh
    );
    assert!(
        words.en.contains("“𮧵” (U+2E9F5)") && words.en.contains("Name"),
        "{}",
        words.en
    );
    // Characters that show nothing, and what would be a second glyph over the first.
    for odd in ['\u{fe00}', '\u{e0100}', '\u{0}', '\u{10ffff}', 'ئ', 'བ'] {
        assert!(letters(&fonts, Weight::Regular, &odd.to_string(), "holder").is_err());
    }
}

#[test]
fn lines_end_where_chinese_and_english_lines_end() {
    assert_eq!(lines("一二三四五六七", 3.0), ["一二三", "四五六", "七"]);
    // 避头尾: no line begins with a closing mark or ends with an opening one.
    assert_eq!(lines("一二三，四五", 3.0), ["一二", "三，四", "五"]);
    assert_eq!(lines("一二（三四）五", 3.0), ["一二", "（三", "四）五"]);
    assert_eq!(lines("阿依古丽·买买提", 4.0), ["阿依古", "丽·买买", "提"]);
    assert_eq!(
        lines("Senior Skilled Worker", 5.0),
        ["Senior", "Skilled", "Worker"]
    );
    assert_eq!(lines("一二AB三", 3.0), ["一二", "AB三"]);
    // A word without end is cut.
    let cut = lines(&"x".repeat(50), 4.0);
    assert!(cut.len() > 4 && cut.concat() == "x".repeat(50));
    assert_eq!(lines("", 4.0), [""]);
}

#[test]
fn a_text_takes_the_largest_size_at_which_it_fits_or_is_too_long() {
    let fonts = Fonts::open().unwrap();
    let text = letters(&fonts, Weight::Regular, &"字".repeat(40), "test").unwrap();
    assert!((width(&text) - 40.0).abs() < 0.01, "an ideograph is one em");
    let fit = |wide, high| {
        let sizes = Sizes::between(5.0, 12.0);
        Block::fit(&text, Weight::Regular, sizes, (wide, high), "test")
    };
    assert_eq!(fit(1000.0, 12.0).unwrap().size, 12.0);
    let smaller = fit(200.0, 30.0).unwrap();
    assert!(smaller.size < 12.0 && smaller.height() <= 30.01);
    assert!(
        smaller
            .lines
            .iter()
            .all(|line| width(line) * smaller.size <= 200.01)
    );
    assert_eq!(fit(50.0, 20.0), Err(PaperError::TooLong("test")));
}

#[test]
fn a_press_is_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Press::new().unwrap());
}
