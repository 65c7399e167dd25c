//! Whom a row speaks of: name, document, sex, birth date, telephone.

use super::row::Cells;
use crate::domain::identity::{DocumentInvalid, DocumentType, IdentityDocument, Sex};
use crate::domain::person_name::{is_name, normal_name};
use crate::domain::width::plain_hyphen;
use crate::sheet::column::Column;
use crate::sheet::grid::Cell;
use crate::sheet::problem::Problems;
use crate::sheet::{clean, meta};
use jiff::civil::Date;
use zeroize::Zeroizing;

/// 年满16周岁 (application conditions of every national standard).
const AGE_MIN: i16 = 16;
/// Characters of a name.
const NAME_CHARS_MAX: usize = 80;
/// From here on a number has fifteen digits, all that a spreadsheet keeps.
const FIFTEEN_DIGITS: f64 = 1e14;

pub(super) fn name(cells: &Cells<'_>, problems: &mut Problems) -> Option<Zeroizing<String>> {
    let text = cells.text(Column::Name, problems)?;
    let name = Zeroizing::new(normal_name(&text));
    if name.is_empty() {
        problems.refuse(Column::Name, "missing");
    } else if name.chars().count() > NAME_CHARS_MAX {
        problems.refuse(Column::Name, "too-long");
    } else if !is_name(&name) {
        problems.refuse(Column::Name, "wrong-character");
    } else {
        return Some(name);
    }
    None
}

/// The checked document. A sheet without the column 证件类型 speaks of 居民身份证; a kind of
/// document nobody knows leaves the number unjudged.
pub(super) fn document(
    cells: &Cells<'_>,
    as_of: Date,
    problems: &mut Problems,
) -> Option<IdentityDocument> {
    let words = cells.text(Column::DocumentType, problems)?;
    let word = clean::word(&words);
    let kind = if clean::is_blank_mark(&word) {
        Some(DocumentType::ResidentIdentityCard)
    } else {
        DocumentType::from_words(&word)
    };
    if kind.is_none() {
        problems.refuse(Column::DocumentType, "unknown-document-type");
    }
    let number = number(cells, kind, problems)?;
    let document = match IdentityDocument::parse(kind?, &number, as_of) {
        Ok(document) => document,
        Err(invalid) => {
            refuse(invalid, &number, problems);
            return None;
        }
    };
    if document.is_first_generation() {
        problems.warn(Column::DocumentNumber, "fifteen-digits");
    }
    Some(document)
}

/// The text of the number. A numeric cell where a number of fifteen digits or more belongs is
/// refused whatever it holds: the digits after the fifteenth are gone, even where it looks right.
fn number(
    cells: &Cells<'_>,
    kind: Option<DocumentType>,
    problems: &mut Problems,
) -> Option<Zeroizing<String>> {
    let column = Column::DocumentNumber;
    let long = matches!(
        kind,
        Some(
            DocumentType::ResidentIdentityCard
                | DocumentType::SocialSecurityCard
                | DocumentType::ResidencePermit
                | DocumentType::PermanentResidenceCard
        )
    );
    match cells.cell(column) {
        Cell::Number(number) if long || *number >= FIFTEEN_DIGITS || number.fract() != 0.0 => {
            problems.refuse(column, "number-truncated-by-spreadsheet");
            return None;
        }
        Cell::Date(_) | Cell::Bool(_) => {
            problems.refuse(column, "wrong-character");
            return None;
        }
        _ => {}
    }
    let text = cells.text(column, problems)?;
    // ="…", '…: how csv files keep a spreadsheet from reading a number.
    let mut word = clean::word(&text);
    if let Some(quoted) = word.strip_prefix("=\"").and_then(|w| w.strip_suffix('"')) {
        word = quoted.to_owned();
    }
    let word = Zeroizing::new(word.trim_matches(['\'', '’', '‘', '`']).to_owned());
    if clean::is_blank_mark(&word) {
        problems.refuse(column, "missing");
        return None;
    }
    if is_scientific(&word) {
        problems.refuse(column, "number-truncated-by-spreadsheet");
        return None;
    }
    Some(word)
}

/// 3.30106E+17: what a csv file keeps of a number that was one in the spreadsheet.
fn is_scientific(word: &str) -> bool {
    let Some((mantissa, exponent)) = word.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let written = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa) && word.contains('+'),
    };
    written && digits(exponent) && exponent.len() <= 2
}

fn refuse(invalid: DocumentInvalid, number: &str, problems: &mut Problems) {
    let found = number.chars().count().to_string();
    let wanted = match invalid {
        DocumentInvalid::Length { wanted, .. } => wanted,
        _ => "18",
    };
    problems.refuse_with(
        Column::DocumentNumber,
        invalid.code(),
        &[("found", found), ("wanted", wanted.to_owned())],
    );
}

/// The sex the sheet states, against the one in the number; where only one states it, that one.
pub(super) fn sex(
    cells: &Cells<'_>,
    document: Option<&IdentityDocument>,
    problems: &mut Problems,
) -> Option<Sex> {
    let derived = document.and_then(IdentityDocument::sex);
    let text = cells.text(Column::Sex, problems)?;
    let stated = match clean::word(&text).as_str() {
        word if clean::is_blank_mark(word) => return derived,
        "男" | "男性" | "M" | "m" | "1" | "男士" => Sex::Male,
        "女" | "女性" | "F" | "f" | "2" | "女士" => Sex::Female,
        _ => {
            problems.refuse(Column::Sex, "unknown-sex");
            return None;
        }
    };
    if derived.is_some_and(|derived| derived != stated) {
        problems.refuse(Column::Sex, "contradicts-identity-number");
    }
    Some(stated)
}

/// The birth date, likewise, and the age at `as_of`.
pub(super) fn birth(
    cells: &Cells<'_>,
    document: Option<&IdentityDocument>,
    as_of: Date,
    problems: &mut Problems,
) -> Option<Date> {
    let derived = document.and_then(IdentityDocument::birth);
    let stated = match cells.cell(Column::Birth) {
        Cell::Date(date) => Some(*date),
        Cell::Number(number) => meta::date(&number.to_string()),
        _ => meta::date(&cells.text(Column::Birth, problems)?),
    };
    if let (Some(derived), Some(stated)) = (derived, stated)
        && derived != stated
    {
        problems.refuse(Column::Birth, "contradicts-identity-number");
    }
    let birth = derived.or(stated)?;
    if !has_reached(birth, AGE_MIN, as_of) {
        let column = if derived.is_some() {
            Column::DocumentNumber
        } else {
            Column::Birth
        };
        problems.refuse_with(column, "under-age", &[("age", AGE_MIN.to_string())]);
    }
    Some(birth)
}

/// Whether somebody born on `birth` is `years` old on `on`: the birthday counts, and one born on
/// 29 February has it on 1 March of a common year.
fn has_reached(birth: Date, years: i16, on: Date) -> bool {
    let age = on.year() - birth.year();
    age > years || (age == years && (on.month(), on.day()) >= (birth.month(), birth.day()))
}

/// A telephone number is kept as it is; one that cannot be read is left out with a warning.
pub(super) fn phone(cells: &Cells<'_>, problems: &mut Problems) -> Option<Zeroizing<String>> {
    let text = cells.text(Column::Phone, problems)?;
    let word: String = clean::word(&text).chars().map(plain_hyphen).collect();
    let phone = Zeroizing::new(word.trim_matches(['\'', '’']).to_owned());
    if clean::is_blank_mark(&phone) {
        return None;
    }
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '/' | ',');
    if !(5..=40).contains(&digits) || !phone.chars().all(allowed) {
        problems.warn(Column::Phone, "phone-left-out");
        return None;
    }
    Some(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_is_reached_on_the_birthday() {
        let on = |y, m, d| Date::constant(y, m, d);
        assert!(has_reached(on(2010, 7, 13), 16, on(2026, 7, 13)));
        assert!(!has_reached(on(2010, 7, 14), 16, on(2026, 7, 13)));
        assert!(!has_reached(on(2008, 2, 29), 17, on(2025, 2, 28)));
        assert!(has_reached(on(2008, 2, 29), 17, on(2025, 3, 1)));
    }

    #[test]
    fn a_number_in_scientific_notation_is_known() {
        for word in ["3.30106E+17", "3.30106196811179e+17", "3E+17", "3.3E17"] {
            assert!(is_scientific(word), "{word}");
        }
        for word in ["E12345678", "123456E7", "33010619681117998X", ""] {
            assert!(!is_scientific(word), "{word}");
        }
    }
}
