//! Free text that goes into events: grounds, bases, reasons, codes, site names.
//!
//! An event is for ever, so a text is bounded, is one line, and must not carry what looks like a
//! person's number: the rule is ours (no personal data in events).

use crate::domain::identity::check_character;
use crate::domain::rejection::rejections;
use jiff::civil::Date;

/// Most characters of a text in an event.
pub const TEXT_CHARS_MAX: usize = 500;

rejections! {
    /// Why a text may not go into an event.
    pub enum TextRejection {
        /// The text is required: a decision without ground or basis cannot be reviewed.
        Missing {
            /// Which text.
            field: &'static str,
        } = "text-missing";
        /// Longer than an event may hold.
        TooLong {
            /// Which text.
            field: &'static str,
            /// Most characters.
            most: u32,
        } = "text-too-long";
        /// Line breaks, control characters and characters that turn the direction of writing.
        Unprintable {
            /// Which text.
            field: &'static str,
        } = "text-unprintable";
        /// Digits that look like an identity number or a mobile phone number: personal data is
        /// never in an event.
        Personal {
            /// Which text.
            field: &'static str,
        } = "text-personal";
    }
}

/// Refuses a text of free words that an event must not hold. `field` names it in the words.
pub fn check_text(field: &'static str, text: &str) -> Result<(), TextRejection> {
    check_code(field, text)?;
    if holds_personal_number(text) {
        return Err(TextRejection::Personal { field });
    }
    Ok(())
}

/// Refuses a code that an event must not hold: a batch or class number, a key. Its digits are
/// not looked at, for a body's own numbers may be built like a person's.
pub fn check_code(field: &'static str, text: &str) -> Result<(), TextRejection> {
    if text.trim().is_empty() {
        return Err(TextRejection::Missing { field });
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(TextRejection::TooLong {
            field,
            most: TEXT_CHARS_MAX as u32,
        });
    }
    if text.chars().any(is_unprintable) {
        return Err(TextRejection::Unprintable { field });
    }
    Ok(())
}

/// Control characters, separators of lines, and the marks and overrides of direction (UAX #9).
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a run of digits, full-width ones folded, is a citizen identification number (18, the
/// check character matching and a date inside) or a mobile phone number (11, from 13 to 19).
/// Certificate numbers, credit codes and document numbers are neither.
fn holds_personal_number(text: &str) -> bool {
    let folded: String = text.chars().map(half_width).collect();
    folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| is_citizen_number(word) || is_mobile_number(word))
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn is_citizen_number(word: &str) -> bool {
    let (Some(first17), Some(last)) = (word.get(..17), word.get(17..)) else {
        return false;
    };
    let check: Option<char> = check_character(first17);
    let part = |from: usize, to: usize| word.get(from..to)?.parse::<i16>().ok();
    let date = || {
        let (year, month, day) = (part(6, 10)?, part(10, 12)?, part(12, 14)?);
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date.ok().filter(|_| (1900..2100).contains(&year))
    };
    check.is_some_and(|check| last.eq_ignore_ascii_case(check.encode_utf8(&mut [0; 4])))
        && date().is_some()
}

/// With or without the country's 86 before it.
fn is_mobile_number(word: &str) -> bool {
    let dialled = word.strip_prefix("00").unwrap_or(word);
    let word = match dialled.strip_prefix("86") {
        Some(number) if number.len() == 11 => number,
        _ => word,
    };
    word.len() == 11
        && word.bytes().all(|b| b.is_ascii_digit())
        && matches!(word.as_bytes(), [b'1', b'3'..=b'9', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_one_line_of_words_of_the_trade() {
        assert_eq!(
            check_text("ground", "冒名顶替，据人社部发〔2018〕74号"),
            Ok(())
        );
        assert_eq!(
            check_text("ground", "见证书 S000032000145263001234 的更正申请"),
            Ok(())
        );
        let field = "ground";
        assert_eq!(
            check_text(field, " \u{3000}"),
            Err(TextRejection::Missing { field })
        );
        assert_eq!(
            check_text(field, "一\n二"),
            Err(TextRejection::Unprintable { field })
        );
        assert_eq!(
            check_text(field, "a\u{202e}b"),
            Err(TextRejection::Unprintable { field })
        );
        assert_eq!(
            check_text(field, &"长".repeat(501)),
            Err(TextRejection::TooLong { field, most: 500 })
        );
        assert_eq!(check_text(field, &"长".repeat(500)), Ok(()));
    }

    #[test]
    fn a_number_of_eighteen_digits_is_no_persons_without_check_character_and_date() {
        let with_check = |first: &str| {
            let check = check_character(first).unwrap();
            format!("文号{first}{check}")
        };
        for first in [
            "11010519491331001",
            "11010518991231001",
            "11010521001231001",
        ] {
            assert_eq!(check_text("basis", &with_check(first)), Ok(()), "{first}");
        }
        assert_eq!(check_text("basis", "文号110105194912310021"), Ok(()));
        assert_eq!(check_text("basis", "流水号12345678901、2380013800"), Ok(()));
    }

    #[test]
    fn what_looks_like_a_persons_number_is_kept_out_of_events() {
        let field = "reason";
        for text in [
            "本人 11010519491231002X 申请",
            "证件11010519491231002X。",
            "１１０１０５１９４９１２３１００２Ｘ",
            "电话13800138000",
            "电话+8613800138000",
            "电话008613800138000",
            "11010519491231002x",
        ] {
            assert_eq!(
                check_text(field, text),
                Err(TextRejection::Personal { field }),
                "{text}"
            );
        }
    }
}
