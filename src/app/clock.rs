//! The one place that reads the clock.

use crate::domain::time::Instant;
use jiff::civil::Date;

/// Now, whole microseconds.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the front door for the time"
)]
pub fn now() -> Instant {
    Instant(jiff::Timestamp::now().as_microsecond())
}

/// Today's civil date in China.
pub fn today() -> Date {
    now().date_in_china()
}
