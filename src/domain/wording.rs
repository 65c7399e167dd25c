//! Free text that goes into events: grounds, bases, reasons, codes, site names.
//!
//! An event is for ever, so a text is bounded, is one line, and must not carry what looks like a
//! person's number: the rule is ours (no personal data in events).

use crate::domain::rejection::rejections;

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

/// Refuses a text that an event must not hold. `field` names it in the words.
pub fn check_text(field: &'static str, text: &str) -> Result<(), TextRejection> {
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
    if holds_personal_number(text) {
        return Err(TextRejection::Personal { field });
    }
    Ok(())
}

/// Control characters, separators of lines, and the marks and overrides of direction (UAX #9).
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A run of 18 (or 17 and an X) digits, or of 11 that begin 13–19. Certificate numbers, 21 digits
/// after their letter, and document numbers are neither.
fn holds_personal_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let after = word.get(digits..).unwrap_or_default();
            match digits {
                18 => after.is_empty(),
                17 => after.eq_ignore_ascii_case("x"),
                11 => after.is_empty() && matches!(word.as_bytes(), [b'1', b'3'..=b'9', ..]),
                _ => false,
            }
        })
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
    fn what_looks_like_a_persons_number_is_kept_out_of_events() {
        let field = "reason";
        for text in [
            "本人 11010519491231002X 申请",
            "证件110105194912310021。",
            "电话13800138000",
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
