//! Citizen identification numbers (公民身份号码, GB 11643-1999): six digits of division, eight of
//! birth date, three of order (odd = male), one check character of ISO 7064 MOD 11-2.
//!
//! The same construction serves 居民身份证, 港澳台居民居住证 (divisions 810000, 820000, 830000) and
//! the 2023 外国人永久居留身份证 (first digit 9). The 15-digit form of before 1999 has a two-digit
//! year of the 1900s and no check character.

use super::DocumentInvalid;
use jiff::civil::Date;

/// GB 11643, weights of the first seventeen digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// GB 11643, check character by the sum modulo 11.
const CHECKS: &[u8; 11] = b"10X98765432";
/// First two digits of the mainland provinces as they appear in numbers, retired ones included.
const PROVINCES: &[u8] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65,
];
/// A birth further back than this is a mistake, in years.
const AGE_MAX: i16 = 130;

/// Whose numbers are built this way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 居民身份证
    Mainland,
    /// 港澳台居民居住证
    HongKongMacaoTaiwan,
    /// 外国人永久居留身份证, 2023
    Foreigner,
}

/// The check character of seventeen digits; `None` where they are not seventeen digits.
pub fn check_character(first17: &str) -> Option<char> {
    if first17.len() != 17 {
        return None;
    }
    let mut sum = 0;
    for (weight, c) in WEIGHTS.iter().zip(first17.chars()) {
        sum += weight * c.to_digit(10)?;
    }
    CHECKS.get((sum % 11) as usize).map(|&c| char::from(c))
}

/// Checks a folded number of 18 or 15 characters and says of which kind it is.
pub(super) fn check(number: &str, as_of: Option<Date>) -> Result<Kind, DocumentInvalid> {
    let length = number.chars().count();
    if length != 18 && length != 15 {
        return Err(DocumentInvalid::Length {
            found: length,
            wanted: "18",
        });
    }
    let (body, last) = number.split_at_checked(17).unwrap_or((number, ""));
    if !body.bytes().all(|b| b.is_ascii_digit())
        || !last.bytes().all(|b| b.is_ascii_digit() || b == b'X')
    {
        return Err(DocumentInvalid::Character);
    }
    if length == 18 && check_character(body) != last.chars().next() {
        return Err(DocumentInvalid::CheckDigit);
    }
    let full = full(number).ok_or(DocumentInvalid::Character)?;
    let birth = birth(&full).ok_or(DocumentInvalid::NoSuchDate)?;
    if let Some(as_of) = as_of {
        if birth > as_of {
            return Err(DocumentInvalid::BirthInFuture);
        }
        if as_of.year() - birth.year() > AGE_MAX {
            return Err(DocumentInvalid::BirthTooEarly);
        }
    }
    Ok(match full.get(..2).unwrap_or_default() {
        "81" | "82" | "83" => Kind::HongKongMacaoTaiwan,
        _ if full.starts_with('9') && length == 18 => Kind::Foreigner,
        province if PROVINCES.iter().any(|p| p.to_string() == province) => Kind::Mainland,
        _ => return Err(DocumentInvalid::UnknownRegion),
    })
}

/// The 18-character form of a folded number: a 15-digit one gets its century and its check
/// character; `None` for a number of any other construction.
pub(super) fn full(number: &str) -> Option<String> {
    match number.len() {
        18 => Some(number.to_owned()),
        15 => {
            let (division, rest) = number.split_at_checked(6)?;
            let first17 = format!("{division}19{rest}");
            check_character(&first17).map(|check| format!("{first17}{check}"))
        }
        _ => None,
    }
}

/// The birth date of an 18-character number.
pub(super) fn birth(full: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| full.get(range)?.parse::<i16>().ok();
    let (month, day) = (part(10..12)?, part(12..14)?);
    Date::new(
        part(6..10)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Whether the order digits of an 18-character number say male.
pub(super) fn is_male(full: &str) -> Option<bool> {
    let order = full.as_bytes().get(16)?;
    Some(order % 2 == 1)
}
