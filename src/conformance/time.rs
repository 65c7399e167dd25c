//! `dateTimeStamp` of XML Schema 1.1, by which the Data Model says when: with a zone, always.

use crate::domain::time::Instant;
use jiff::Timestamp;

/// Reads a `dateTimeStamp`: `2026-01-01T00:00:00Z`; fractions, and offsets of at most 14 hours.
///
/// Refused though XML Schema allows them: `24:00:00`, and years but of four digits.
pub fn date_time_stamp(text: &str) -> Option<Instant> {
    // The library reads more spellings than the standard has.
    let (wall, rest) = text.split_at_checked(19)?;
    let good = wall.bytes().enumerate().all(|(n, b)| match n {
        4 | 7 => b == b'-',
        10 => b == b'T',
        13 | 16 => b == b':',
        _ => b.is_ascii_digit(),
    });
    // No leap seconds.
    let good = good && &wall[17..] < "60";
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            // Seconds have at most nine decimals here.
            let digits = fraction.len() - zone.len();
            (1..=9).contains(&digits).then_some(zone)?
        }
        None => rest,
    };
    let within = match zone.as_bytes() {
        b"Z" => true,
        [b'+' | b'-', hours @ .., b':', _, _] if hours.len() == 2 => &zone[1..] <= "14:00",
        _ => false,
    };
    let digits = |it: u8| it.is_ascii_digit() || b"+-:Z".contains(&it);
    if !good || !within || !zone.bytes().all(digits) {
        return None;
    }
    let at: Timestamp = text.parse().ok()?;
    Some(Instant(at.as_microsecond()))
}
