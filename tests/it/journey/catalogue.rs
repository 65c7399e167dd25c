//! The catalogue by the authority's hand: an edition from a sheet, its amendments, its items.

use crate::support::program::{Ledger, text};
use serde_json::json;

#[test]
fn the_whole_catalogue_comes_from_a_sheet_and_is_amended() {
    let ledger = Ledger::begin("DEMO");
    let mut sheet = String::from("职业编码,职业名称,职业技能等级,工种名称\n");
    for n in 0..1639_u32 {
        let code = format!(
            "6-{:02}-{:02}-{:02}",
            n / 1600 + 10,
            n / 80 % 20 + 1,
            n % 80 + 1
        );
        sheet.push_str(&format!("{code},示例职业{n},四级；三级,工种甲；工种乙\n"));
    }
    let path = ledger.beside("occupations.csv");
    std::fs::write(&path, &sheet).unwrap();
    let adopt = |edition: &'static str, path: &str| {
        let args = [
            "catalogue",
            "adopt-occupations",
            "--edition",
            edition,
            "--effective-from",
            "2026年1月1日",
            "--source",
            "示例目录",
            "--verified",
            "否",
            "--occupations",
            path,
        ];
        ledger.maker(&args)
    };
    let done = adopt("示例-2026", path.to_str().unwrap()).done();
    let data = &done["events"][0]["data"];
    assert_eq!(data["occupations"].as_array().unwrap().len(), 1639);
    assert_eq!(data["occupations"][0]["levels"], json!(["four", "three"]));
    adopt("示例-2026", path.to_str().unwrap()).refused(1, "edition-taken");

    std::fs::write(&path, sheet.replace("6-10-01-03,", "6-10-01,")).unwrap();
    let bad = adopt("示例-2027", path.to_str().unwrap());
    bad.refused(64, "bad-input");
    // Every bad row is told at once, by its number and its column.
    let two = sheet
        .replace("6-10-01-03,", "6-10-01,")
        .replace("示例职业9,四级", "示例职业9,十级");
    std::fs::write(&path, two).unwrap();
    let bad = adopt("示例-2027", path.to_str().unwrap());
    bad.refused(64, "bad-input");
    let words = text(&bad.json["error"], "zh");
    for told in ["第 4 行：职业编码", "第 11 行：职业技能等级"] {
        assert!(words.contains(told), "{words}");
    }

    let changes = ledger.beside("changes.csv");
    let rows =
        "变动,职业编码,职业名称,并入职业编码\n更名,6-10-01-01,新名,\n撤并,6-10-01-02,,6-10-01-01\n";
    std::fs::write(&changes, rows).unwrap();
    let amend = [
        "catalogue",
        "amend-occupations",
        "--amendment",
        "2026-07",
        "--effective-from",
        "2026-03-01",
        "--source",
        "示例公告",
        "--verified",
        "否",
        "--changes",
        changes.to_str().unwrap(),
    ];
    let done = ledger.maker(&amend).done();
    let event = &done["events"][0];
    assert_eq!(text(event, "type"), "catalogue.occupations_amended");
    assert_eq!(event["data"]["changes"][1]["into"], json!("6-10-01-01"));
}
