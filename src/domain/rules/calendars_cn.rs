//! Working days of China, by the yearly notices of the General Office of the State Council on
//! the arrangement of holidays (国务院办公厅关于部分节假日安排的通知).
//!
//! 2025: 国办发明电〔2024〕12号. 2026: 国办发明电〔2025〕7号. Compared with reprints of the notices, not
//! with the official publication: `verified` is false.

use crate::domain::authority::event::CalendarLoaded;
use jiff::civil::{Date, date};

/// The jurisdiction of national calendars.
pub const CHINA: &str = "CN";

/// Holidays as (month, first day, last day), workdays as (month, day).
type Year = (
    i16,
    &'static str,
    &'static [(i8, i8, i8)],
    &'static [(i8, i8)],
);

const YEARS: [Year; 2] = [
    (
        2025,
        "国办发明电〔2024〕12号",
        &[
            (1, 1, 1),
            (1, 28, 31),
            (2, 1, 4),
            (4, 4, 6),
            (5, 1, 5),
            (5, 31, 31),
            (6, 1, 2),
            (10, 1, 8),
        ],
        &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    ),
    (
        2026,
        "国办发明电〔2025〕7号",
        &[
            (1, 1, 3),
            (2, 15, 23),
            (4, 4, 6),
            (5, 1, 5),
            (6, 19, 21),
            (9, 25, 27),
            (10, 1, 7),
        ],
        &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    ),
];

/// The calendars built in: 2025 and 2026. A year that is not here must be loaded before a
/// working day of it is reckoned with.
pub fn built_in() -> Vec<CalendarLoaded> {
    YEARS
        .iter()
        .map(|(year, source, off, worked)| CalendarLoaded {
            jurisdiction: CHINA.to_owned(),
            year: *year,
            source: (*source).to_owned(),
            verified: false,
            holidays: off
                .iter()
                .flat_map(|(month, first, last)| {
                    (*first..=*last).map(move |day| date(*year, *month, day))
                })
                .filter(|day: &Date| !super::calendar::is_weekend(*day))
                .collect(),
            workdays: worked
                .iter()
                .map(|(month, day)| date(*year, *month, *day))
                .collect(),
        })
        .collect()
}
