//! A 专项职业能力 through the program: from the published item to what a stranger is told.

use crate::support::program::{ASSESSED_ON, BODY, Ledger, check, text, verify};
use crate::support::sheet;
use std::path::PathBuf;

const ITEM: &str = "ZX-2026-017";

/// A ledger whose catalogue lists the item and whose body has it in scope.
fn ledger() -> Ledger {
    let ledger = Ledger::with_body();
    let items = ledger.beside("items.csv");
    let rows = "项目编码,项目类别,项目名称,考核规范编号,考核规范版本\n\
                ZX-2026-017,专项职业能力,川菜凉菜制作,ZXGF-017,2026\n";
    std::fs::write(&items, rows).unwrap();
    let adopt = ["catalogue", "adopt-items", "--edition", "2026-1"];
    let from = ["--effective-from", "2026-01-01", "--source", "示范目录"];
    let file = ["--verified", "否", "--items", items.to_str().unwrap()];
    ledger
        .maker(&[&adopt[..], &from[..], &file[..]].concat())
        .done();
    let grant = ["body", "grant-scope", "--body", BODY, "--item", ITEM];
    let days = ["--from", "2026-01-01", "--to", "2035-12-31"];
    let rest = ["--region", "320000", "--basis", "示范备案〔2026〕17号"];
    ledger
        .maker(&[&grant[..], &days[..], &rest[..]].concat())
        .done();
    ledger
}

fn open<'a>(item: &'a str, edition: &'a str) -> Vec<&'a str> {
    let mut args = vec!["session", "open", "--body", BODY, "--code", "2026-Z1"];
    args.extend(["--item", item, "--standard", "special-skill"]);
    args.extend(["--standard-code", "ZXGF-017", "--standard-edition", edition]);
    args.extend(["--assessed-on", ASSESSED_ON, "--region", "320102"]);
    args.extend(["--site", "第一考点"]);
    args
}

#[test]
fn an_item_is_assessed_certified_verified_and_revoked() {
    let ledger = ledger();
    ledger
        .maker(&open("ZX-2026-018", "2026"))
        .refused(1, "item-not-listed");
    ledger
        .maker(&open(ITEM, "2025"))
        .refused(1, "specification-differs");
    let session = text(&ledger.maker(&open(ITEM, "2026")).done(), "session");
    let holder = sheet::candidate(1, 1, sheet::Came::Passed);
    let enter = ["session", "enter-result", "--session", &session];
    let whom = [
        "--name",
        &holder.name,
        "--document-number",
        &holder.document,
    ];
    let skill = ["--skill", "82", "--on", ASSESSED_ON];
    ledger
        .maker(&[&enter[..], &whom[..], &skill[..]].concat())
        .done();
    ledger.close(&session);
    let issued = ledger.issue(&session);
    let number = issued["numbers"][0].as_str().unwrap().to_owned();
    assert_eq!(number, "S00003200001226Z000001");

    let file = ledger.certificate(&session, &number);
    let trust = PathBuf::from(text(&ledger.export_trust("before"), "trust_list"));
    let (exit, report) = verify(&file, &trust, &[]);
    assert_eq!(exit, 0, "{report}");
    assert_eq!(report["certificate"]["item"]["code"], ITEM);
    assert!(report["certificate"]["level"].is_null(), "{report}");

    let revoke = ["certificate", "revoke", &number, "--end", "revoked"];
    let why = ["--ground", "核查属实", "--basis", "示范〔2026〕2号"];
    let on = ["--on", "2026-03-20"];
    ledger.by_two(&[&revoke[..], &why[..], &on[..]].concat());
    let newer = PathBuf::from(text(&ledger.export_trust("after"), "trust_list"));
    let (exit, report) = verify(&file, &newer, &[]);
    assert_eq!(exit, 1, "{report}");
    assert_eq!(check(&report, "status").1, "status-revoked");
    ledger.audited();
}
