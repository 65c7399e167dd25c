//! Scores and results as people write them (成绩, 评定结果).

use super::clean::{self, Unreadable, is_blank_mark, word};
use super::formula;
use super::grid::Cell;
use crate::domain::score::{Mark, Score, Verdict};

/// What is left of a decimal fraction in binary, and is no decimal.
const BINARY_TAIL: f64 = 1e-6;

/// What a score cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// Nothing, or a dash.
    Blank,
    /// A score or 缺考.
    Mark(Mark),
    /// A score worked out from a formula that nobody calculated.
    Evaluated(Mark),
}

/// Reads a score: a number from 0 to 100 with at most one decimal, or 缺考. Nothing is rounded;
/// trailing zeros are no decimals. The error is a code.
pub(super) fn score(cell: &Cell) -> Result<Read, &'static str> {
    let text = match cell {
        Cell::Number(number) => return number_to_score(*number).map(scored),
        Cell::Formula(formula) => return evaluated(formula),
        Cell::Date(_) | Cell::Bool(_) => return Err("not-a-number"),
        _ => clean::text(cell).map_err(Unreadable::code)?,
    };
    let word = word(&text);
    let word = word.strip_prefix('\'').unwrap_or(&word);
    if is_blank_mark(word) {
        return Ok(Read::Blank);
    }
    if is_absent(word) {
        return Ok(Read::Mark(Mark::Absent));
    }
    if word.starts_with('=') {
        return evaluated(word);
    }
    decimal(word.strip_suffix('分').unwrap_or(word)).map(scored)
}

const fn scored(score: Score) -> Read {
    Read::Mark(Mark::Scored(score))
}

fn evaluated(formula: &str) -> Result<Read, &'static str> {
    let value = formula::evaluate(formula).ok_or("formula-unreadable")?;
    let score = number_to_score(value)?;
    Ok(Read::Evaluated(Mark::Scored(score)))
}

fn number_to_score(number: f64) -> Result<Score, &'static str> {
    if !number.is_finite() {
        return Err("not-a-number");
    }
    if !(-BINARY_TAIL..=100.0 + BINARY_TAIL).contains(&number) {
        return Err("out-of-range");
    }
    let tenths = (number * 10.0).round();
    if (number - tenths / 10.0).abs() > BINARY_TAIL {
        return Err("too-many-decimals");
    }
    // In 0.0..=1000.0 by the range above, so the conversion is exact.
    Score::from_tenths(tenths as u16).map_err(|_| "out-of-range")
}

/// A written number, digit by digit, so that nothing is lost to binary.
fn decimal(word: &str) -> Result<Score, &'static str> {
    let (negative, digits) = match word.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, word),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || digits.len() > 40 {
        return Err("not-a-number");
    }
    let fraction = fraction.trim_end_matches('0');
    let zero = whole.bytes().all(|b| b == b'0') && fraction.is_empty();
    let whole: u16 = match whole.trim_start_matches('0') {
        "" => 0,
        digits if digits.len() <= 3 => digits.parse().map_err(|_| "not-a-number")?,
        _ => return Err("out-of-range"),
    };
    if (negative && !zero) || whole > 100 || (whole == 100 && !fraction.is_empty()) {
        return Err("out-of-range");
    }
    // Exports of binary numbers write their tail: 85.40000000000001, 85.39999999999999.
    if fraction.len() > 6 {
        return number_to_score(digits.parse().map_err(|_| "not-a-number")?);
    }
    let tenths = match fraction {
        "" => 0,
        one if one.len() == 1 => one.parse().map_err(|_| "not-a-number")?,
        _ => return Err("too-many-decimals"),
    };
    Score::from_tenths(whole * 10 + tenths).map_err(|_| "out-of-range")
}

/// 缺考 and what else is written for not having come.
fn is_absent(word: &str) -> bool {
    matches!(
        clean::without_brackets(word).as_str(),
        "缺考"
            | "缺席"
            | "缺"
            | "未考"
            | "旷考"
            | "弃考"
            | "缺试"
            | "未参加"
            | "未参考"
            | "未到"
            | "未参加考试"
    )
}

/// Reads a result: 合格, 不合格, 缺考 and their synonyms; `Ok(None)` where it is blank.
pub(super) fn result(text: &str) -> Result<Option<Verdict>, &'static str> {
    let word = word(text);
    let word = word.trim_matches(['。', '.', '!', '\'']);
    if is_blank_mark(word) {
        return Ok(None);
    }
    if is_absent(word) {
        return Ok(Some(Verdict::Absent));
    }
    Ok(Some(match word {
        "合格" | "通过" | "及格" | "是" | "达标" | "已合格" | "已通过" | "考核合格"
        | "考试合格" | "评定合格" | "认定合格" | "鉴定合格" | "合" | "√" | "✓" | "✔" | "☑"
        | "Y" | "y" | "YES" | "Yes" | "yes" | "PASS" | "Pass" | "pass" => Verdict::Passed,
        "不合格" | "不通过" | "未通过" | "不及格" | "未合格" | "否" | "不达标" | "未达标"
        | "没通过" | "没有通过" | "考核不合格" | "考试不合格" | "评定不合格" | "认定不合格"
        | "鉴定不合格" | "未及格" | "×" | "✗" | "✘" | "╳" | "☒" | "X" | "x" | "N" | "n" | "NO"
        | "No" | "no" | "FAIL" | "Fail" | "fail" => Verdict::Failed,
        _ => return Err("unknown-result"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Result<Read, &'static str> {
        score(&Cell::text(text.to_owned()))
    }
    fn tenths(tenths: u16) -> Result<Read, &'static str> {
        Ok(scored(Score::from_tenths(tenths).unwrap()))
    }

    #[test]
    fn scores_are_read_as_people_write_them() {
        for (written, expected) in [
            ("85.5", 855),
            ("８５．５", 855),
            (" 85.5 ", 855),
            ("85.50", 855),
            ("85.5分", 855),
            ("60", 600),
            ("100", 1000),
            ("100.0", 1000),
            ("0", 0),
            ("085", 850),
            ("85.40000000000001", 854),
            ("85.39999999999999", 854),
        ] {
            assert_eq!(text(written), tenths(expected), "{written}");
        }
        assert_eq!(score(&Cell::Number(85.4)), tenths(854));
        assert_eq!(score(&Cell::Number(0.1 + 0.2)), tenths(3));
        assert_eq!(text("缺考"), Ok(Read::Mark(Mark::Absent)));
        for blank in ["/", "—", "-", " ", "无"] {
            assert_eq!(text(blank), Ok(Read::Blank), "{blank}");
        }
    }

    #[test]
    fn nothing_is_rounded_up() {
        assert_eq!(score(&Cell::Number(59.95)), Err("too-many-decimals"));
        assert_eq!(score(&Cell::Number(59.99)), Err("too-many-decimals"));
        assert_eq!(text("59.95"), Err("too-many-decimals"));
        assert_eq!(text("59.999999"), Err("too-many-decimals"));
        assert_eq!(score(&Cell::Number(59.999_99)), Err("too-many-decimals"));
    }

    #[test]
    fn what_is_no_score_says_why() {
        assert_eq!(score(&Cell::Number(159.0)), Err("out-of-range"));
        assert_eq!(score(&Cell::Number(-1.0)), Err("out-of-range"));
        assert_eq!(text("100.1"), Err("out-of-range"));
        assert_eq!(text("-5"), Err("out-of-range"));
        assert_eq!(text("99999999999999999999"), Err("out-of-range"));
        for written in ["免考", "合格", "八十", "1e2", "85,5", "8 5 a", "."] {
            assert_eq!(text(written), Err("not-a-number"), "{written}");
        }
        assert_eq!(score(&Cell::Error), Err("cell-error"));
        assert_eq!(
            score(&Cell::Formula("A1+1".into())),
            Err("formula-unreadable")
        );
        assert_eq!(text("85\u{202e}"), Err("control-character"));
    }

    #[test]
    fn a_formula_is_worked_out_and_marked_so() {
        let expected = Mark::Scored(Score::from_tenths(780).unwrap());
        assert_eq!(
            score(&Cell::Formula("70+8".into())),
            Ok(Read::Evaluated(expected))
        );
        assert_eq!(text("=70+8"), Ok(Read::Evaluated(expected)));
    }

    #[test]
    fn results_are_read_as_people_write_them() {
        for word in ["合格", "通过", "及格", "是", "√", " 合 格 "] {
            assert_eq!(result(word), Ok(Some(Verdict::Passed)), "{word}");
        }
        for word in ["不合格", "未通过", "否", "×", "不及格"] {
            assert_eq!(result(word), Ok(Some(Verdict::Failed)), "{word}");
        }
        assert_eq!(result("缺考"), Ok(Some(Verdict::Absent)));
        assert_eq!(result(""), Ok(None));
        assert_eq!(result("待定"), Err("unknown-result"));
    }

    proptest! {
        #[test]
        fn a_score_of_one_decimal_is_read_alike_from_text_and_number(t in 0_u16..=1000) {
            let written = format!("{}.{}", t / 10, t % 10);
            prop_assert_eq!(text(&written), tenths(t));
            prop_assert_eq!(score(&Cell::Number(f64::from(t) / 10.0)), tenths(t));
        }
        #[test]
        fn nothing_panics(number in proptest::num::f64::ANY, written in "\\PC{0,12}") {
            let _ = score(&Cell::Number(number));
            let _ = text(&written);
            let _ = result(&written);
        }
    }
}
