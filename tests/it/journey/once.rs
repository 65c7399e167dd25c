//! One command id, one effect: every writing subcommand twice, then all of them again when the
//! world has moved on.

use crate::support::program::{Answer, As, BODY, Ledger, text};
use crate::support::sheet;
use serde_json::Value;

/// Commands done once, to be tried again.
struct Once {
    ledger: Ledger,
    done: Vec<(As, Vec<String>, Value)>,
}

impl Once {
    /// Does a command under an id of its own, then again, then another under the same id.
    #[track_caller]
    fn once(&mut self, who: As, args: &[&str]) -> Value {
        let id = format!("0197f3a0-0000-7000-8000-{:012}", self.done.len());
        let args: Vec<String> = args
            .iter()
            .copied()
            .chain(["--command-id", &id])
            .map(str::to_owned)
            .collect();
        let mut first = self.run(who, &args).done();
        let head = self.ledger.head();
        let other = [
            "policy",
            "notice",
            "--working-days",
            "7",
            "--from",
            "2027-01-01",
            "--source",
        ];
        let other = [&other[..], &["another", "--command-id", &id]].concat();
        self.ledger.maker(&other).refused(1, "command-id-reused");
        without_repeated(&mut first);
        self.done.push((who, args, first.clone()));
        self.again(self.done.len() - 1);
        assert_eq!(self.ledger.head(), head);
        first
    }
    /// The same command gives the same answer.
    #[track_caller]
    fn again(&self, nth: usize) {
        let (who, args, first) = &self.done[nth];
        let mut again = self.run(*who, args);
        without_repeated(&mut again.json);
        assert_eq!(&again.done(), first, "{args:?}");
    }
    fn run(&self, who: As, args: &[String]) -> Answer {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        self.ledger.run(who, &args)
    }
    fn by_two(&mut self, args: &[&str]) {
        let proposed = self.once(As::Maker, args);
        self.once(As::Checker, &["approve", &text(&proposed, "proposal")]);
    }
}

/// Whether an answer is a repetition is the one thing that may differ.
fn without_repeated(answer: &mut Value) {
    if let Some(members) = answer.as_object_mut() {
        members.remove("repeated");
    }
}

#[test]
fn every_writing_subcommand_done_twice_is_done_once() {
    let ledger = Ledger::begin("DEMO");
    let calendar = ledger.beside("2027.json");
    let days = r#"{"year":2027,"source":"示例","holidays":["2027-01-01"],"workdays":[]}"#;
    std::fs::write(&calendar, days).unwrap();
    let sheet = ledger.sheet("results.csv", &sheet::all_passed(1, 6));
    let reissued = ledger.beside("reissued");
    let mut it = Once {
        ledger,
        done: Vec::new(),
    };
    let maker = As::Maker;

    it.once(maker, &["calendar", "load", calendar.to_str().unwrap()]);
    let notice = [
        "--working-days",
        "0",
        "--from",
        "2020-01-01",
        "--source",
        "示例",
    ];
    it.once(maker, &[&["policy", "notice"], &notice[..]].concat());
    let body = [
        "--credit-code",
        BODY,
        "--name",
        "中心",
        "--kind",
        "social",
        "--region",
        "320100",
    ];
    let numbers = ["--number-code", "S-0000-32-000012"];
    it.once(
        maker,
        &[&["body", "register"], &body[..], &numbers[..]].concat(),
    );
    let scope = [
        "--body",
        BODY,
        "--occupation",
        "6-31-07-01",
        "--level",
        "3,4",
        "--region",
    ];
    let until = [
        "320000",
        "--from",
        "2026-01-01",
        "--to",
        "2099-12-31",
        "--basis",
        "示例",
    ];
    it.once(
        maker,
        &[&["body", "scope"], &scope[..], &until[..]].concat(),
    );
    it.once(maker, &["keys", "add", "--body", BODY]);
    it.once(
        maker,
        &["keys", "rotate", "--body", BODY, "--purpose", "certificate"],
    );

    let open = [
        "session",
        "open",
        "--body",
        BODY,
        "--code",
        "1",
        "--occupation",
        "6-31-07-01",
    ];
    let what = [
        "--level",
        "3",
        "--standard-code",
        "GZB",
        "--standard-edition",
        "2023",
    ];
    let place = [
        "--assessed-on",
        "2026-03-10",
        "--region",
        "320102",
        "--site",
        "考点",
    ];
    let opened = it.once(maker, &[&open[..], &what[..], &place[..]].concat());
    let session = text(&opened, "session");
    it.once(
        maker,
        &[
            "import",
            "results",
            sheet.to_str().unwrap(),
            "--session",
            &session,
        ],
    );
    let turned_down = it.once(maker, &["session", "confirm", &session]);
    let turned_down = text(&turned_down, "proposal");
    it.once(As::Checker, &["reject", &turned_down, "--reason", "再核"]);
    it.by_two(&["session", "confirm", &session]);
    it.once(
        maker,
        &["session", "notice", &session, "--on", "2026-03-11"],
    );
    it.once(maker, &["session", "close", &session, "--on", "2026-03-11"]);
    let run_off = [
        "--body",
        BODY,
        "--session",
        &session,
        "--until",
        "2099-12-31",
        "--reason",
        "办结",
    ];
    it.once(maker, &[&["body", "run-off"], &run_off[..]].concat());
    let issued = it.once(
        maker,
        &["issue", "--session", &session, "--on", "2026-03-12"],
    );

    let number = |n: usize| issued["numbers"][n].as_str().unwrap().to_owned();
    let measure = ["--ground", "示例", "--basis", "示例", "--on", "2026-03-20"];
    for (n, verb) in [(0, "revoke"), (1, "suspend"), (1, "reinstate")] {
        it.by_two(&[&["certificate", verb, &number(n)], &measure[..]].concat());
    }
    let correct = [
        "--name",
        "端木更正",
        "--ground",
        "示例",
        "--on",
        "2026-03-20",
    ];
    it.by_two(&[&["certificate", "correct", &number(2)], &correct[..]].concat());
    let lost = [
        "--reason",
        "遗失",
        "--on",
        "2026-03-20",
        "--out",
        reissued.to_str().unwrap(),
    ];
    it.once(
        maker,
        &[&["certificate", "reissue", &number(3)], &lost[..]].concat(),
    );

    let document = sheet::all_passed(1, 1)[0].document.clone();
    let who = [
        "--name",
        "欧阳岚岚",
        "--document-number",
        &document,
        "--class",
        "1",
    ];
    let what = [
        "--course",
        "课程",
        "--hours",
        "8",
        "--from",
        "2026-02-02",
        "--to",
        "2026-02-03",
    ];
    let record = ["training", "record", "--provider", BODY];
    it.once(maker, &[&record[..], &who[..], &what[..]].concat());
    let measure = [
        "--body",
        BODY,
        "--ground",
        "示例",
        "--basis",
        "示例",
        "--on",
        "2026-03-20",
    ];
    it.by_two(&[&["body", "suspend"], &measure[..]].concat());
    it.by_two(&[&["body", "reinstate"], &measure[..]].concat());
    let keys = it
        .ledger
        .run(As::Nobody, &["keys", "list", "--body", BODY])
        .done();
    let retired = text(&keys["keys"][0], "key_id");
    let revoke = [
        "--body",
        BODY,
        "--key",
        &retired,
        "--from-position",
        "40",
        "--ground",
        "泄露",
    ];
    it.by_two(&[&["keys", "revoke"], &revoke[..]].concat());
    it.by_two(&[&["body", "withdraw"], &measure[..]].concat());

    // The world has moved since every one of them; the answers have not.
    let head = it.ledger.audited();
    (0..it.done.len()).for_each(|nth| it.again(nth));
    assert_eq!(it.ledger.audited(), head);
}

#[test]
fn a_token_is_shown_once() {
    let ledger = Ledger::begin("DEMO");
    let id = "0197f3a0-0000-7000-8000-00000000000a";
    let open = [
        "account",
        "open",
        "--name",
        "王复核",
        "--role",
        "auditor",
        "--command-id",
        id,
    ];
    let opened = ledger.maker(&open).done();
    let account = text(&opened, "account");
    let head = ledger.head();
    ledger.maker(&open).refused(1, "shown-once");
    assert_eq!(ledger.head(), head);

    let id = "0197f3a0-0000-7000-8000-00000000000b";
    let replace = ["account", "replace-token", &account, "--command-id", id];
    let replaced = ledger.maker(&replace).done();
    let head = ledger.head();
    ledger.maker(&replace).refused(1, "shown-once");
    assert_eq!(ledger.head(), head);

    // The new token works, the old one does not; closed, none does.
    let with = |token: &str| {
        let read = [
            "passport",
            "--document-number",
            "32010219750101991X",
            "--as",
            token,
        ];
        ledger.run(As::Nobody, &read)
    };
    with(&text(&opened, "token")).refused(1, "unknown-token");
    with(&text(&replaced, "token")).refused(1, "not-found");
    let id = "0197f3a0-0000-7000-8000-00000000000c";
    let close = [
        "account",
        "close",
        &account,
        "--reason",
        "离职",
        "--command-id",
        id,
    ];
    let closed = ledger.maker(&close).done();
    assert_eq!(ledger.maker(&close).done(), closed);
    with(&text(&replaced, "token")).refused(1, "unknown-token");
    ledger.audited();
}
