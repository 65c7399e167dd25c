//! Names of people as they are kept, shown and compared (姓名).

use unicode_normalization::UnicodeNormalization;

/// The name as supplied, made comparable: NFC, full-width letters and digits half-width, white
/// space of any kind to one space, none at the ends, none beside a Han character or an
/// interpunct. Nothing else is changed; a look-up normalises alike.
pub fn normal_name(supplied: &str) -> String {
    let folded: String = supplied.nfc().map(half_width_letter).collect();
    let mut name = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        let beside = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_interpunct(c));
        if !name.is_empty() && !beside(name.chars().next_back()) && !beside(word.chars().next()) {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

/// Whether a name is made of what names are made of: letters of any script, interpuncts, spaces,
/// apostrophes, hyphens and full stops, with a letter among them. Digits are not.
pub fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| {
            (c.is_alphabetic() || is_interpunct(c) || is_mark(c))
                || matches!(c, ' ' | '\'' | '’' | '-' | '.' | '．' | ',')
        })
}

/// Han characters (汉字): the unified ideographs with their extensions, the compatibility ones,
/// and 〇.
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3007}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The dots that part the names of many peoples: · and what is typed for it, and the Tibetan ་.
const fn is_interpunct(c: char) -> bool {
    matches!(
        c,
        '\u{00B7}'
            | '\u{0F0B}'
            | '\u{2022}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22C5}'
            | '\u{30FB}'
            | '\u{FF65}'
    )
}

/// Combining and variation marks belong to the letter before them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

const fn half_width_letter(c: char) -> char {
    match super::width::half_width(c) {
        folded @ ('A'..='Z' | 'a'..='z' | '0'..='9') => folded,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spaces_between_han_go_and_latin_ones_stay() {
        assert_eq!(normal_name(" 贺\u{3000}明长 "), "贺明长");
        assert_eq!(normal_name("张\n三"), "张三");
        assert_eq!(normal_name("JOHN   R  SMITH"), "JOHN R SMITH");
        assert_eq!(normal_name("阿依古丽 · 买买提"), "阿依古丽·买买提");
        assert_eq!(normal_name("Ｊｏｈｎ"), "John");
    }

    #[test]
    fn names_have_letters_and_no_digits() {
        for name in ["张三", "吉克·阿优", "O'Neil", "Jean-Luc", "𠮷野", "〇一"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "123", "张三1", "—", "张三;", "·"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn a_mark_belongs_to_the_letter_before_it_and_is_no_name_alone() {
        for name in ["葛\u{E0100}城", "M\u{0304}ia"] {
            assert!(is_name(name), "{name}");
        }
        assert!(!is_name("\u{E0100}"));
    }

    proptest! {
        #[test]
        fn normal_is_normal(text in "\\PC{0,20}") {
            let once = normal_name(&text);
            prop_assert_eq!(normal_name(&once), once);
        }
    }
}
