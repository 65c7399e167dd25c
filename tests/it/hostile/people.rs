//! Approvals that are none: by the maker himself, of what has changed since.

use crate::support::program::{As, Ledger, text};
use crate::support::sheet;

#[test]
fn results_are_not_approved_by_who_proposed_them() {
    let ledger = Ledger::with_body();
    let session = ledger.open_session("2026-29");
    ledger.import(&session, &sheet::all_passed(1, 4));
    let proposal = text(
        &ledger.maker(&["session", "confirm", &session]).done(),
        "proposal",
    );
    // By either way of asking it is shown alike, and it is on the list.
    let shown = ledger.checker(&["proposal", &proposal]).done();
    assert_eq!(shown["proposal"]["state"], "open");
    let asked = ["proposal", "show", "--proposal", &proposal];
    assert_eq!(ledger.checker(&asked).done(), shown);
    let listed = ledger.checker(&["proposal", "list"]).done();
    assert_eq!(listed["proposals"][0]["proposal"], proposal);
    let approve = ["approve", &proposal];
    ledger.refuses(As::Maker, &approve, 1, "not-allowed");
    ledger.refuses(As::Nobody, &approve, 1, "unknown-token");
    // Nobody is given both roles.
    let open = [
        "account",
        "open",
        "--name",
        "某人",
        "--role",
        "authority-checker",
    ];
    let both = [&open[..], &["--role", "authority-maker"]].concat();
    ledger.refuses(As::Checker, &both, 1, "account-makes-and-checks");
    // Nor does the maker see the token of somebody who may check.
    ledger.refuses(As::Maker, &open, 1, "not-allowed");
    ledger.checker(&approve).done();
}

#[test]
fn a_proposal_changed_since_is_not_approved() {
    let ledger = Ledger::with_body();
    let session = ledger.open_session("2026-29");
    ledger.import(&session, &sheet::all_passed(1, 4));
    let proposed = ledger.maker(&["session", "confirm", &session]).done();
    let stale = text(&proposed, "proposal");
    ledger.import(&session, &sheet::all_passed(2, 2));
    ledger.refuses(As::Checker, &["approve", &stale], 1, "proposal-changed");

    // Proposed as they stand now, they are approved; after that nothing changes any more.
    assert_eq!(ledger.close(&session)["passed"], 6);
    let late = ledger.sheet("late.csv", &sheet::all_passed(3, 1));
    let import = [
        "import",
        "results",
        late.to_str().unwrap(),
        "--session",
        &session,
    ];
    ledger.refuses(As::Maker, &import, 1, "results-confirmed");
    ledger.refuses(As::Checker, &["approve", &stale], 1, "results-confirmed");
}
