//! Formulas nobody calculated: programs that write a workbook often leave the value out. Plain
//! arithmetic is worked out here; a reference, a function or a text is not.
//!
//! ```text
//! sum     = product *( ("+" / "-") product )
//! product = factor *( ("*" / "/") factor )
//! factor  = ["+" / "-"] ( number / "(" sum ")" )
//! number  = 1*DIGIT [ "." *DIGIT ]
//! ```

/// Characters of a formula, and brackets within brackets.
const CHARS_MAX: usize = 200;
const DEPTH_MAX: u32 = 16;

/// The value of a formula of the grammar above, with or without its equals sign.
pub(super) fn evaluate(formula: &str) -> Option<f64> {
    let formula = formula.trim();
    let formula = formula.strip_prefix('=').unwrap_or(formula);
    if formula.len() > CHARS_MAX {
        return None;
    }
    let text: Vec<u8> = formula.bytes().filter(|b| *b != b' ').collect();
    let mut rest = text.as_slice();
    let value = sum(&mut rest, 0)?;
    (rest.is_empty() && value.is_finite()).then_some(value)
}

fn sum(rest: &mut &[u8], depth: u32) -> Option<f64> {
    let mut value = product(rest, depth)?;
    while let Some(sign) = take(rest, b"+-") {
        let next = product(rest, depth)?;
        value = if sign == b'+' {
            value + next
        } else {
            value - next
        };
    }
    Some(value)
}

fn product(rest: &mut &[u8], depth: u32) -> Option<f64> {
    let mut value = factor(rest, depth)?;
    while let Some(sign) = take(rest, b"*/") {
        let next = factor(rest, depth)?;
        value = if sign == b'*' {
            value * next
        } else {
            value / next
        };
    }
    Some(value)
}

fn factor(rest: &mut &[u8], depth: u32) -> Option<f64> {
    let negative = take(rest, b"+-") == Some(b'-');
    let value = if take(rest, b"(").is_some() {
        if depth == DEPTH_MAX {
            return None;
        }
        let value = sum(rest, depth + 1)?;
        take(rest, b")")?;
        value
    } else {
        number(rest)?
    };
    Some(if negative { -value } else { value })
}

fn number(rest: &mut &[u8]) -> Option<f64> {
    let length = rest
        .iter()
        .take_while(|b| b.is_ascii_digit() || **b == b'.')
        .count();
    let (digits, after) = rest.split_at_checked(length)?;
    if !digits.first()?.is_ascii_digit() {
        return None;
    }
    *rest = after;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn take(rest: &mut &[u8], which: &[u8]) -> Option<u8> {
    let (&first, after) = rest.split_first()?;
    if which.contains(&first) {
        *rest = after;
        Some(first)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_arithmetic_is_worked_out() {
        for (formula, value) in [
            ("70+8", 78.0),
            ("=70 + 8", 78.0),
            ("(80+90)/2", 85.0),
            ("100-2*7.5", 85.0),
            ("-5+90", 85.0),
        ] {
            assert_eq!(evaluate(formula), Some(value), "{formula}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        let deep = format!("{}1{}", "(".repeat(40), ")".repeat(40));
        for formula in [
            "", "A1+1", "SUM(1,2)", "1/0", "1+", "(1", "1)", "\"a\"", "1e3", "1.2.3", &deep,
        ] {
            assert_eq!(evaluate(formula), None, "{formula}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-+*/().0-9 A-Z]{0,60}") {
            let _ = evaluate(&text);
        }
    }
}
