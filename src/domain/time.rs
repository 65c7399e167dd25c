//! Instants and civil dates. Dates of the trade are civil dates in Asia/Shanghai.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant, whole microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The civil date in China (UTC+8, no summer time since 1991).
    pub fn date_in_china(self) -> Date {
        self.in_china().date()
    }
    fn in_china(self) -> jiff::civil::DateTime {
        let instant = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX);
        jiff::tz::Offset::constant(8).to_datetime(instant)
    }
    /// `2026-07-13 09:30:00`, Asia/Shanghai, for people.
    pub fn show_in_china(self) -> String {
        self.in_china().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
    /// Whole seconds, for formats that have no fractions.
    pub const fn as_second(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

/// RFC 3339 in UTC.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(instant) => write!(f, "{instant}"),
            Err(_) => write!(f, "{}us", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_instant_is_a_day_and_an_hour_in_china_and_utc_for_programs() {
        // 2026-07-12T16:30:00.5Z is half past midnight of the 13th in China.
        let instant = Instant(1_783_873_800_500_000);
        assert_eq!(instant.date_in_china(), date(2026, 7, 13));
        assert_eq!(instant.show_in_china(), "2026-07-13 00:30:00");
        assert_eq!(instant.to_string(), "2026-07-12T16:30:00.5Z");
        assert_eq!(instant.as_second(), 1_783_873_800);
        assert_eq!(Instant(-1).as_second(), -1, "whole seconds, downwards");
        assert_eq!(Instant(i64::MAX).to_string(), format!("{}us", i64::MAX));
    }
}
