//! Bodies that may not do what is asked: out of scope, suspended, expired in between.

use crate::support::program::{ASSESSED_ON, As, BODY, ISSUED_ON, Ledger, check, text, verify_on};
use crate::support::sheet;
use jiff::civil::date;
use std::path::PathBuf;

#[test]
fn a_session_outside_the_scope_is_not_opened() {
    let ledger = Ledger::with_body();
    let refused = |more: &[&str], code: &str| {
        let before = ledger.head();
        ledger.try_open_session("2026-29", more).refused(1, code);
        assert_eq!(ledger.head(), before);
    };
    refused(&["--occupation", "4-10-01-05"], "occupation-outside-scope");
    refused(&["--region", "110101"], "region-outside-scope");
    refused(&["--assessed-on", "2025-12-31"], "scope-not-begun");
    ledger.audited();
}

#[test]
fn a_body_suspended_between_session_and_issue_issues_nothing() {
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("2026-29", &sheet::all_passed(1, 3));
    let measure = [
        "--body",
        BODY,
        "--ground",
        "飞行检查",
        "--basis",
        "示范〔2026〕3号",
    ];
    let measure = [&measure[..], &["--on", ISSUED_ON]].concat();
    ledger.by_two(&[&["body", "suspend"], &measure[..]].concat());
    let issue = ["issue", "--session", &session, "--on", ISSUED_ON];
    ledger.refuses(As::Maker, &issue, 1, "body-suspended");
    let opening = ledger.try_open_session("2026-30", &[]);
    opening.refused(1, "body-suspended");

    ledger.by_two(&[&["body", "reinstate"], &measure[..]].concat());
    assert_eq!(ledger.issue(&session)["count"], 3);
}

#[test]
fn a_scope_that_expires_before_the_issue_needs_leave_to_finish() {
    let ledger = Ledger::begin("DEMO");
    ledger.register(BODY, "S-0000-32-000012");
    ledger.grant_scope(BODY, "2026-04-30");
    ledger.maker(&["keys", "add", "--body", BODY]).done();
    let session = ledger.closed_session("2026-29", &sheet::all_passed(1, 3));
    let issue = |on| ["issue", "--session", &session, "--on", on];
    // A date to come is refused, and ends nothing.
    ledger.refuses(As::Maker, &issue("2026-05-02"), 1, "date-in-future");

    ledger.on(date(2026, 5, 2));
    let before = ledger.audited();
    ledger
        .maker(&issue("2026-05-02"))
        .refused(1, "scope-expired");
    // Nor does a day gone by, when the scope still held, bring it back.
    ledger
        .maker(&issue("2026-04-30"))
        .refused(1, "scope-expired");
    // That the scope is over is an event of its own, and the only one.
    assert_eq!(ledger.audited(), before + 1);
    let opening = ledger.try_open_session("2026-30", &[]);
    opening.refused(1, "scope-expired");

    let run_off = [
        "--body",
        BODY,
        "--session",
        &session,
        "--until",
        "2026-05-31",
    ];
    let run_off = [
        &["body", "run-off"],
        &run_off[..],
        &["--reason", "办结在途批次"],
    ]
    .concat();
    ledger.maker(&run_off).done();
    let issued = ledger.maker(&issue("2026-05-02")).done();
    assert_eq!(issued["count"], 3);
    let trust = PathBuf::from(text(&ledger.export_trust("public"), "trust_list"));
    for number in issued["numbers"].as_array().unwrap() {
        let file = ledger.certificate(&session, number.as_str().unwrap());
        let (exit, report) = verify_on(date(2026, 5, 3), &file, &trust, &[]);
        assert_eq!(exit, 0, "{report}");
        assert_eq!(check(&report, "accreditation").1, "accreditation-run-off");
    }
    ledger.audited();
}

#[test]
fn nothing_is_out_of_order() {
    let ledger = Ledger::with_body();
    let session = ledger.open_session("2026-29");
    let step = |verb| ["session", verb, &session, "--on", ISSUED_ON];
    ledger.refuses(
        As::Maker,
        &["session", "confirm", &session],
        1,
        "no-results",
    );
    ledger.refuses(As::Maker, &step("notice"), 1, "results-not-confirmed");
    ledger.refuses(As::Maker, &step("close"), 1, "results-not-confirmed");
    let issue = ["issue", "--session", &session, "--on", ISSUED_ON];
    ledger.refuses(As::Maker, &issue, 1, "session-not-closed");
    ledger.import(&session, &sheet::all_passed(1, 3));
    ledger.close(&session);
    let early = ["issue", "--session", &session, "--on", ASSESSED_ON];
    ledger.refuses(As::Maker, &early, 1, "issue-before-close");
    ledger.issue(&session);
    // The same certificates a second time, under another command id.
    ledger.refuses(As::Maker, &issue, 1, "session-already-issued");
}
