//! Working days (工作日), from the calendars of each year.

use crate::domain::authority::event::CalendarLoaded;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// A year whose working days are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMissing(pub i16);

/// The calendars of a ledger, by year.
pub type Calendars = BTreeMap<i16, CalendarLoaded>;

/// Whether a date falls on Saturday or Sunday.
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Whether people work on that day: a weekday that is no holiday, or a weekend day worked in
/// exchange (调休上班).
pub fn is_working_day(calendars: &Calendars, date: Date) -> Result<bool, YearMissing> {
    let calendar = calendars
        .get(&date.year())
        .ok_or(YearMissing(date.year()))?;
    if is_weekend(date) {
        Ok(calendar.workdays.contains(&date))
    } else {
        Ok(!calendar.holidays.contains(&date))
    }
}

/// The `n`th working day after `from`; the day a period starts on is not counted (Civil Code,
/// article 201). `n` = 0 is `from` itself and needs no calendar.
pub fn working_day_after(calendars: &Calendars, from: Date, n: u16) -> Result<Date, YearMissing> {
    let mut day = from;
    let mut left = n;
    // Ends: every step needs a calendar, and there are finitely many.
    while left > 0 {
        day = day.tomorrow().map_err(|_| YearMissing(day.year()))?;
        if is_working_day(calendars, day)? {
            left -= 1;
        }
    }
    Ok(day)
}

/// Whether a calendar speaks of its own year, names weekdays as holidays and weekend days as
/// workdays, each once.
pub fn is_sound(calendar: &CalendarLoaded) -> bool {
    let fits = |days: &[Date], weekend: bool| {
        let each_once = days.iter().collect::<std::collections::BTreeSet<_>>().len() == days.len();
        each_once
            && days
                .iter()
                .all(|day| day.year() == calendar.year && is_weekend(*day) == weekend)
    };
    fits(&calendar.holidays, false) && fits(&calendar.workdays, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rules::calendars_cn;
    use jiff::civil::date;

    fn calendars() -> Calendars {
        calendars_cn::built_in()
            .into_iter()
            .map(|calendar| (calendar.year, calendar))
            .collect()
    }

    #[test]
    fn the_built_in_calendars_are_sound() {
        for calendar in calendars_cn::built_in() {
            assert!(is_sound(&calendar), "{}", calendar.year);
            assert!(!calendar.verified);
        }
    }

    #[test]
    fn a_calendar_names_its_own_days_off_weekdays_and_worked_weekends_each_once() {
        let sound = |change: fn(&mut CalendarLoaded)| {
            let mut calendar = calendars_cn::built_in().remove(0);
            assert_eq!(calendar.year, 2025);
            change(&mut calendar);
            is_sound(&calendar)
        };
        assert!(sound(|_| {}));
        assert!(sound(|it| it.holidays.push(date(2025, 12, 31))));
        // A Saturday is off by itself; a Wednesday is worked by itself.
        assert!(!sound(|it| it.holidays.push(date(2025, 12, 27))));
        assert!(!sound(|it| it.workdays.push(date(2025, 12, 31))));
        assert!(!sound(|it| it.holidays.push(date(2026, 1, 1))));
        assert!(!sound(|it| it.workdays.push(date(2026, 1, 4))));
        assert!(!sound(|it| it.holidays.push(date(2025, 10, 1))));
        assert!(!sound(|it| it.workdays.push(date(2025, 9, 28))));
    }

    #[test]
    fn a_week_before_national_day_2025_skips_the_holidays_and_counts_the_exchange() {
        let calendars = calendars();
        // 28 September (Sunday) is worked, 1–8 October are not, 11 October (Saturday) is worked.
        let after = |n| working_day_after(&calendars, date(2025, 9, 26), n);
        assert_eq!(after(1), Ok(date(2025, 9, 28)));
        assert_eq!(after(3), Ok(date(2025, 9, 30)));
        assert_eq!(after(4), Ok(date(2025, 10, 9)));
        assert_eq!(after(6), Ok(date(2025, 10, 11)));
        assert_eq!(after(7), Ok(date(2025, 10, 13)));
    }

    #[test]
    fn an_unknown_year_is_named_and_no_days_need_no_calendar() {
        let calendars = calendars();
        assert_eq!(
            working_day_after(&calendars, date(2026, 12, 30), 5),
            Err(YearMissing(2027))
        );
        assert_eq!(
            working_day_after(&Calendars::new(), date(2026, 12, 30), 0),
            Ok(date(2026, 12, 30))
        );
    }
}
