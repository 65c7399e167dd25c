//! The public notice where it has a length: policy, calendar, and a year that is not loaded.

use crate::support::program::{As, Ledger, text};
use crate::support::sheet;
use jiff::civil::date;
use std::fs;

#[test]
fn a_notice_into_a_year_without_a_calendar_waits_for_the_calendar() {
    let ledger = Ledger::with_body_in("320000");
    let session = ledger.open_session("2026-29");
    ledger.import(&session, &sheet::all_passed(1, 3));
    let proposed = ledger.maker(&["session", "confirm", &session]).done();
    ledger
        .checker(&["approve", &text(&proposed, "proposal")])
        .done();

    let notice = ["session", "notice", &session, "--on", "2026-12-28"];
    ledger.refuses(As::Maker, &notice, 1, "date-in-future");
    ledger.on(date(2026, 12, 28));
    ledger.refuses(As::Maker, &notice, 1, "notice-policy-missing");
    let policy = [
        "policy",
        "notice",
        "--working-days",
        "5",
        "--from",
        "2026-01-01",
    ];
    let policy = [&policy[..], &["--source", "示例办法"]].concat();
    ledger.refuses(As::Checker, &policy, 1, "not-allowed");
    assert_eq!(ledger.maker(&policy).done()["jurisdiction"], "320000");
    ledger.refuses(As::Maker, &notice, 1, "calendar-missing");

    let calendar = |days: &str, year: i16| {
        let file = ledger.beside("calendar.json");
        let text =
            format!(r#"{{"year":{year},"source":"示例","holidays":[{days}],"workdays":[]}}"#);
        fs::write(&file, text).unwrap();
        file
    };
    // A Saturday is no holiday; a day of another year is none either.
    for days in [r#""2027-01-02""#, r#""2026-12-31""#] {
        let file = calendar(days, 2027);
        let load = ["calendar", "load", file.to_str().unwrap()];
        ledger.refuses(As::Maker, &load, 1, "calendar-unsound");
    }
    let file = calendar("tomorrow", 2027);
    let load = ["calendar", "load", file.to_str().unwrap()];
    ledger.refuses(As::Maker, &load, 64, "bad-input");
    fs::write(&file, vec![b' '; 100_000]).unwrap();
    ledger.refuses(As::Maker, &load, 64, "bad-input");
    calendar(r#""2027-01-01""#, 2027);
    ledger.refuses(As::Checker, &load, 1, "not-allowed");
    ledger.maker(&load).done();

    // A notice that has to run begins on the day it is recorded.
    let backdated = ["session", "notice", &session, "--on", "2026-12-21"];
    ledger.refuses(As::Maker, &backdated, 1, "notice-backdated");

    // 29, 30, 31 December, 4 and 5 January: closed on the 6th, and not before.
    let started = ledger.maker(&notice).done();
    assert_eq!(started["closes_on"], "2027-01-06");
    let close = |on| ["session", "close", &session, "--on", on];
    ledger.on(date(2027, 1, 5));
    ledger.refuses(As::Maker, &close("2027-01-05"), 1, "notice-running");
    ledger.refuses(As::Maker, &close("2027-01-06"), 1, "date-in-future");
    ledger.on(date(2027, 1, 6));
    ledger.maker(&close("2027-01-06")).done();
}
