//! The one place that reads the clock.

use super::error::AppError;
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

/// Refuses a date of the trade that has not come yet: what is recorded has happened, and no
/// notice, suspension or scope is run out by writing a later date.
pub fn has_come(date: Date) -> Result<Date, AppError> {
    let today = today();
    if date > today {
        return Err(AppError::Refused {
            code: "date-in-future",
            args: vec![("date", date.to_string()), ("today", today.to_string())],
        });
    }
    Ok(date)
}
