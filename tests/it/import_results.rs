//! `import results FILE --dry-run` through the binary: the answers scripts rely on.

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_skill-ledger"))
        .args(arguments)
        .output()
        .expect("the binary runs")
}

fn check(file: &Path) -> (Option<i32>, Value) {
    let file = file.to_str().expect("a plain path");
    let output = run(&["import", "results", file, "--dry-run", "--json"]);
    let answer = serde_json::from_slice(&output.stdout).expect("one JSON document");
    (output.status.code(), answer)
}

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    (dir, path)
}

const SHEET: &str = "姓名,证件号码,职业名称,申报级别,理论成绩,技能成绩,评定结果
张三,11010519491231002X,电工,三级,80,80,合格
李四,110105194912310021,电工,三级,80,80,合格
";

#[test]
fn refused_rows_are_told_in_the_documented_shape() {
    let (_dir, path) = file("a.csv", SHEET.as_bytes());
    let (code, answer) = check(&path);
    assert_eq!(code, Some(1));
    assert_eq!(
        answer,
        json!({"rows": 2, "accepted": 1, "refused": [{
            "row": 3, "field": "证件号码", "code": "check-digit",
            "zh": "18 位，末位校验不符（GB 11643），请核对证件",
            "en": "18 characters, the check character does not match (GB 11643); compare with the document",
        }], "warnings": []})
    );
}

#[test]
fn a_sheet_without_faults_is_done() {
    let good = SHEET.lines().take(2).collect::<Vec<_>>().join("\n");
    let (_dir, path) = file("a.csv", good.as_bytes());
    let (code, answer) = check(&path);
    assert_eq!((code, &answer["accepted"]), (Some(0), &json!(1)));
}

#[test]
fn people_are_told_in_their_language_and_never_what_a_cell_holds() {
    let (_dir, path) = file("a.csv", SHEET.as_bytes());
    let path = path.to_str().expect("a plain path");
    for (lang, words) in [("zh", "第 3 行"), ("en", "row 3")] {
        let output = run(&["import", "results", path, "--dry-run", "--lang", lang]);
        let shown = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1));
        assert!(shown.contains(words), "{shown}");
        assert!(
            !shown.contains("李四") && !shown.contains("1949"),
            "{shown}"
        );
    }
}

#[test]
fn a_file_that_is_no_table_is_an_error_of_its_own() {
    let (_dir, path) = file("a.xlsx", b"\x89PNG\r\n\x1a\n\0\0");
    let (code, answer) = check(&path);
    assert_eq!(
        (code, &answer["error"]["code"]),
        (Some(2), &json!("not-a-spreadsheet"))
    );
    let (code, answer) = check(&path.with_extension("nothing"));
    assert_eq!(
        (code, &answer["error"]["code"]),
        (Some(2), &json!("unreadable-file"))
    );
}

#[test]
fn a_hundred_megabytes_are_refused_by_their_size() {
    let (_dir, path) = file("a.xlsx", b"PK");
    let sparse = std::fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .expect("the file");
    sparse.set_len(100 * 1024 * 1024).expect("a sparse file");
    let (code, answer) = check(&path);
    assert_eq!(
        (code, &answer["error"]["code"]),
        (Some(2), &json!("too-large"))
    );
}

#[test]
fn misuse_has_its_own_exit_code() {
    let (_dir, path) = file("a.csv", SHEET.as_bytes());
    let path = path.to_str().expect("a plain path");
    assert_eq!(run(&["import", "results", path]).status.code(), Some(64));
    assert_eq!(run(&["import"]).status.code(), Some(64));
    assert_eq!(
        run(&["import", "results", path, "--frob"]).status.code(),
        Some(64)
    );
    assert_eq!(run(&["--help"]).status.code(), Some(0));
}
