//! Characters as people type them into identifiers, folded to the ones the standards name.

/// The half-width form of a full-width character (全角转半角); others stay as they are.
///
/// U+FF01–U+FF5E are the ASCII characters at a fixed distance; U+3000 is the ideographic space.
pub const fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(folded) => folded,
            None => c,
        },
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// An identifier without spaces, half-width and upper case: `１１０105…x ` is `110105…X`.
///
/// Every kind of white space goes, line breaks and tabs too; nothing else is dropped.
pub fn fold_identifier(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A hyphen, whichever of the dashes in use was typed for it.
pub const fn plain_hyphen(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_spaces_are_folded() {
        assert_eq!(fold_identifier(" １１０\u{3000}105\tｘ\n"), "110105X");
        assert_eq!(plain_hyphen('－'), '-');
        assert_eq!(half_width('张'), '张');
        assert_eq!(half_width('\u{3000}'), ' ');
    }
}
