//! What a person brings along, recorded by operations: options in, events out.

use crate::support::program::{As, Ledger};
use serde_json::json;

const EVIDENCE: &str = "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f";

#[test]
fn work_is_recorded_for_somebody_new_and_struck_again() {
    let ledger = Ledger::begin("DEMO");
    let work = [
        "background",
        "record-work",
        "--name",
        "王小明",
        "--document-number",
        "320102199003071239",
        "--relation",
        "dispatched",
        "--employer",
        "91350100M000100Y43",
        "--occupation",
        "6-31-07-01",
        "--from",
        "2019-03-01",
        "--to",
        "2024-02-29",
        "--evidence",
        EVIDENCE,
    ];
    let id = "0197f3a0-0000-7000-8000-000000000001";
    let once = [&work[..], &["--command-id", id]].concat();
    let done = ledger.maker(&once).done();
    let types: Vec<_> = done["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["worker.enrolled", "worker.work_recorded"]);
    let recorded = &done["events"][1];
    assert_eq!(recorded["data"]["relation"], json!("dispatched"));
    assert_eq!(recorded["data"]["to"], json!("2024-02-29"));
    let again = ledger.maker(&once).done();
    assert_eq!(again["repeated"], json!(true));
    assert_eq!(again["events"], done["events"]);

    let worker = recorded["stream"].as_str().unwrap().strip_prefix("worker/");
    let record = recorded["data"]["record"].as_str().unwrap();
    let strike = [
        "background",
        "strike",
        "--worker",
        worker.unwrap(),
        "--record",
        record,
        "--ground",
        "社保记录核查不符",
    ];
    ledger.maker(&strike).done();
    ledger.maker(&strike).refused(1, "record-unknown");
}

#[test]
fn what_cannot_be_recorded_says_which_field_and_which_rule() {
    let ledger = Ledger::begin("DEMO");
    let head = ledger.head();
    let work = |employer: &'static str, from: &'static str| {
        [
            "background",
            "record-work",
            "--name",
            "王小明",
            "--document-number",
            "320102199003071239",
            "--relation",
            "staff",
            "--employer",
            employer,
            "--from",
            from,
            "--evidence",
            EVIDENCE,
        ]
    };
    let bad_code = ledger.maker(&work("91350100M000100Y4Z", "2019-03-01"));
    bad_code.refused(64, "bad-input");
    let ahead = ledger.maker(&work("91350100M000100Y43", "2027-01-01"));
    ahead.refused(1, "record-ahead");
    let nobody = ledger.run(As::Nobody, &work("91350100M000100Y43", "2019-03-01"));
    nobody.refused(1, "unknown-token");
    assert_eq!(ledger.head(), head, "nothing is half-written");
}

#[test]
fn a_sheet_of_works_is_imported_row_by_row() {
    let ledger = Ledger::begin("DEMO");
    let row = |name: &str, number: &str, relation: &str, from: &str| {
        format!("{name},{number},{relation},91350100M000100Y43,6-31-07-01,{from},{EVIDENCE}")
    };
    let header = "姓名,证件号码,用工形式,用人单位统一社会信用代码,职业编码,开始日期,证明材料摘要";
    let good = row("王小明", "320102199003071239", "劳务派遣", "2019年3月1日");
    let second = row("王小明", "320102199003071239", "职工", "2024/3/1");
    let ahead = row("李四", "36010219851212002X", "职工", "2027-01-01");
    let bad = row("赵五", "330106200002290184", "短工", "2020-01-01");
    let text = format!("{header}\n{good}\n{second}\n{ahead}\n{bad}\n");
    let sheet = ledger.beside("works.csv");
    std::fs::write(&sheet, text).unwrap();
    let sheet = sheet.to_str().unwrap();

    let head = ledger.head();
    let judged = ledger.maker(&["import", "works", sheet, "--dry-run"]);
    assert_eq!(judged.exit, 1, "{judged:#?}");
    assert_eq!(judged.json["accepted"], json!(2));
    let codes: Vec<_> = judged.json["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["row"].as_u64().unwrap(), it["code"].as_str().unwrap()))
        .collect();
    assert_eq!(codes, [(4, "record-ahead"), (5, "bad-input")]);
    let all = ledger.maker(&["import", "works", sheet]);
    assert_eq!(all.exit, 1, "all or nothing: {all:#?}");
    assert_eq!(ledger.head(), head, "nothing was written");

    let id = "0197f3a0-0000-7000-8000-000000000002";
    let valid = [
        "import",
        "works",
        sheet,
        "--accept-valid",
        "--command-id",
        id,
    ];
    let done = ledger.maker(&valid).done();
    assert_eq!(done["accepted"], json!(2));
    let again = ledger.maker(&valid).done();
    assert_eq!(again["done"]["events"], done["done"]["events"]);
    assert_eq!(again["done"]["repeated"], json!(true));
    assert_eq!(
        again["accepted"],
        json!(null),
        "the events do not tell the rows left out"
    );
    let all = ["import", "works", sheet, "--command-id", id];
    assert_ne!(
        ledger.maker(&all).exit,
        0,
        "another request under the same id"
    );
    let types: Vec<_> = done["done"]["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "worker.enrolled",
            "worker.work_recorded",
            "worker.work_recorded"
        ],
        "the person refused later is not enrolled"
    );
}

#[test]
fn help_says_in_both_languages_what_each_operation_does() {
    let help = |args: &[&str]| {
        let program = env!("CARGO_BIN_EXE_skill-ledger");
        let out = std::process::Command::new(program).args(args).output();
        String::from_utf8(out.unwrap().stdout).unwrap()
    };
    let verbs = help(&["background", "--help"]);
    assert!(
        verbs.contains("Records work that was checked (登记从业经历)"),
        "{verbs}"
    );
    let kinds = help(&["import", "--help"]);
    assert!(
        kinds.contains("Records work that was checked (登记从业经历)"),
        "{kinds}"
    );
    let columns = help(&["import", "works", "--help"]);
    assert!(columns.contains("用工形式"), "{columns}");
}
