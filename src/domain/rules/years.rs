//! Full years (满 N 年), by anniversaries.

use jiff::civil::{Date, date};

/// The first day on which `years` full years have passed since `since`: the anniversary itself
/// (满 is inclusive).
///
/// What began on 29 February is full on 1 March of a year without that day. Civil Code article
/// 202 ends such a period on the last day of the month, 28 February; whether it is full on that
/// day or after it, no source we could read says for this trade, and the later day wrongs nobody
/// but by one day. Our decision, not a citation.
pub fn full_years_on(since: Date, years: u8) -> Date {
    let year = since.year().saturating_add(i16::from(years)).min(9999);
    Date::new(year, since.month(), since.day()).unwrap_or_else(|_| date(year, 3, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn years_are_full_on_the_anniversary() {
        assert_eq!(full_years_on(date(2024, 3, 10), 2), date(2026, 3, 10));
        assert_eq!(full_years_on(date(2024, 12, 31), 1), date(2025, 12, 31));
        assert_eq!(full_years_on(date(2024, 5, 1), 0), date(2024, 5, 1));
    }

    #[test]
    fn what_began_on_29_february_is_full_on_the_later_day() {
        assert_eq!(full_years_on(date(2024, 2, 29), 1), date(2025, 3, 1));
        assert_eq!(full_years_on(date(2024, 2, 29), 4), date(2028, 2, 29));
        assert_eq!(full_years_on(date(2096, 2, 29), 4), date(2100, 3, 1));
    }

    proptest! {
        #[test]
        fn more_years_are_never_full_earlier(
            days in 0i32..36_500, years in 0u8..60, more in 0u8..40,
        ) {
            let since = date(1980, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert!(full_years_on(since, years) <= full_years_on(since, years + more));
            prop_assert_eq!(full_years_on(since, years).year(), since.year() + i16::from(years));
        }
    }
}
