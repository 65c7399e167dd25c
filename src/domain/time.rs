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
