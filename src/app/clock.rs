//! The only clock. Deciders and readers are handed the time; nothing else asks for it.

use crate::domain::time::Instant;
use jiff::civil::Date;

/// Now, in whole microseconds.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Instant {
    Instant(jiff::Timestamp::now().as_microsecond())
}

/// The civil date in China.
pub fn today() -> Date {
    now().date_in_china()
}
