//! Certificates through their lives: the four ends, suspension, correction, reissue, each as the
//! newer trust list tells it to a stranger.

use crate::support::program::{As, Ledger, check, text, verify};
use crate::support::sheet;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A ledger with certificates 000001… of one session, and its trust list of before any act.
struct Issued {
    ledger: Ledger,
    session: String,
    before: PathBuf,
}

impl Issued {
    fn new(count: u32) -> Self {
        let ledger = Ledger::with_body();
        let session = ledger.closed_session("2026-29", &sheet::all_passed(1, count));
        ledger.issue(&session);
        let before = PathBuf::from(text(&ledger.export_trust("before"), "trust_list"));
        Self {
            ledger,
            session,
            before,
        }
    }
    fn file(&self, serial: u32) -> PathBuf {
        self.ledger.certificate(&self.session, &number(serial))
    }
    /// The measure proposed by the maker and approved by the checker.
    fn measure(&self, verb: &str, serial: u32, ground: &str, more: &[&str]) -> Value {
        let number = number(serial);
        let args = [
            "certificate",
            verb,
            &number,
            "--ground",
            ground,
            "--basis",
            "示范〔2026〕2号",
        ];
        let args = [&args[..], &["--on", "2026-03-20"], more].concat();
        self.ledger.by_two(&args)
    }
    fn state(&self, serial: u32) -> String {
        let show = ["certificate", "show", &number(serial)];
        text(&self.ledger.run(As::Nobody, &show).done(), "state")
    }
}

fn number(serial: u32) -> String {
    format!("S000032000012263{serial:06}")
}

/// The certificate a verification shows, of which the status check ended like this.
#[track_caller]
fn shown(file: &Path, trust: &[&Path], exit: i32, status: (&str, &str)) -> Value {
    let more: Vec<&str> = trust[1..]
        .iter()
        .flat_map(|newer| ["--status", newer.to_str().unwrap()])
        .collect();
    let (ended, report) = verify(file, trust[0], &more);
    assert_eq!(ended, exit, "{report}");
    let (result, code) = check(&report, "status");
    assert_eq!((result.as_str(), code.as_str()), status, "{report}");
    report["certificate"].clone()
}

#[test]
fn every_act_shows_with_ground_and_successor_in_the_newer_status() {
    let issued = Issued::new(9);
    let ends = [
        (1, "revoked", "评审材料不实"),
        (2, "cancelled", "持证人申请"),
        (3, "forfeited", "违法处罚"),
        (4, "voided", "制证错误"),
    ];
    for (serial, end, ground) in ends {
        issued.measure("revoke", serial, ground, &["--end", end]);
        assert_eq!(issued.state(serial), end);
    }
    issued.measure("suspend", 5, "举报核查", &[]);
    issued.measure("suspend", 6, "举报核查", &[]);
    issued.measure("reinstate", 6, "核查无误", &[]);
    issued.measure("correct", 7, "姓名录入有误", &["--name", "端木更正"]);
    let lost = number(8);
    let reissue = [
        "certificate",
        "reissue",
        &lost,
        "--reason",
        "遗失",
        "--on",
        "2026-03-20",
    ];
    let reissued = issued.ledger.maker(&reissue).done();
    let second = PathBuf::from(reissued["files"][0].as_str().unwrap());

    let newer = issued.ledger.export_trust("after");
    let after = PathBuf::from(text(&newer, "trust_list"));
    // The newer list alone, or the older list with the newer status beside it.
    let either = [vec![after.as_path()], vec![issued.before.as_path(), &after]];
    for trust in &either {
        for (serial, end, ground) in ends {
            let code = format!("status-{end}");
            let certificate = shown(&issued.file(serial), trust, 1, ("fail", &code));
            assert_eq!(
                (&certificate["state"], &certificate["ground"]),
                (&end.into(), &ground.into())
            );
            assert_eq!(certificate["since"], "2026-03-20");
        }
        let suspended = shown(&issued.file(5), trust, 1, ("fail", "status-suspended-why"));
        assert_eq!(
            (&suspended["state"], &suspended["ground"]),
            (&"suspended".into(), &"举报核查".into())
        );
        shown(&issued.file(6), trust, 0, ("pass", "status-good"));
        let corrected = shown(&issued.file(7), trust, 1, ("fail", "status-superseded"));
        assert_eq!(
            (&corrected["state"], &corrected["successor"]),
            (&"superseded".into(), &number(10).into())
        );
        let copy = shown(&issued.file(8), trust, 0, ("pass", "status-good-reissued"));
        assert_eq!(
            (&copy["issue"], &copy["newest_issue"]),
            (&1.into(), &2.into())
        );
        shown(&issued.file(9), trust, 0, ("pass", "status-good"));
    }
    // The older list knew nothing of it yet.
    for serial in 1..=9 {
        shown(
            &issued.file(serial),
            &[&issued.before],
            0,
            ("pass", "status-good"),
        );
    }
    // The reissue is a document of its own; the correction is a certificate of its own.
    let copy = shown(&second, &[&after], 0, ("pass", "status-good"));
    assert_eq!(
        (&copy["issue"], &copy["number"]),
        (&2.into(), &number(8).into())
    );
    let out = issued.ledger.beside("corrected");
    let export = [
        "certificate",
        "export",
        &number(10),
        "--out",
        out.to_str().unwrap(),
    ];
    let files = issued.ledger.maker(&export).done();
    let successor = PathBuf::from(files["files"][0].as_str().unwrap());
    let successor = shown(&successor, &[&after], 0, ("pass", "status-good"));
    assert_eq!(
        (&successor["name"], &successor["supersedes"]),
        (&"端木更正".into(), &number(7).into())
    );
    issued.ledger.audited();
}

#[test]
fn an_end_is_final_and_takes_two_people() {
    let issued = Issued::new(2);
    let ledger = &issued.ledger;
    let first = number(1);
    let revoke = [
        "certificate",
        "revoke",
        &first,
        "--ground",
        "不实",
        "--basis",
        "示范〔2026〕2号",
    ];
    let revoke = [&revoke[..], &["--on", "2026-03-20"]].concat();

    // The maker has no checker's role, and nobody has both.
    let proposal = text(&ledger.maker(&revoke).done(), "proposal");
    let head = ledger.head();
    ledger
        .maker(&["approve", &proposal])
        .refused(1, "not-allowed");
    ledger
        .run(As::Nobody, &["approve", &proposal])
        .refused(1, "unknown-token");
    assert_eq!((ledger.head(), issued.state(1)), (head, "valid".into()));
    let both = ["--role", "authority-maker", "--role", "authority-checker"];
    let open = [&["account", "open", "--name", "两职"], &both[..]].concat();
    ledger.checker(&open).refused(1, "account-makes-and-checks");
    let again = text(&ledger.maker(&revoke).done(), "proposal");

    // Turned down, it cannot be approved; approved, nothing follows.
    ledger
        .checker(&["reject", &again, "--reason", "重复"])
        .done();
    ledger
        .checker(&["approve", &again])
        .refused(1, "proposal-already-decided");
    ledger.checker(&["approve", &proposal]).done();
    assert_eq!(issued.state(1), "revoked");
    for verb in ["revoke", "suspend", "reinstate"] {
        let args = [
            "certificate",
            verb,
            &first,
            "--ground",
            "x",
            "--basis",
            "y",
            "--on",
            "2026-03-21",
        ];
        ledger.maker(&args).refused(1, "certificate-ended");
    }
    let reissue = [
        "certificate",
        "reissue",
        &first,
        "--reason",
        "遗失",
        "--on",
        "2026-03-21",
    ];
    ledger.maker(&reissue).refused(1, "certificate-ended");
    ledger.audited();
}
