//! The sample sheets shipped for the demo, judged as a body's pre-flight would.

use serde_json::Value;
use std::process::Command;

fn judge(name: &str) -> Value {
    let file = format!("{}/src/cli/demo/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_skill-ledger"))
        .args(["import", "results", &file, "--dry-run", "--json"])
        .output()
        .expect("the binary runs");
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

#[test]
fn the_clean_samples_are_taken_whole() {
    for (name, rows) in [("technicians.xlsx", 24), ("carers.xlsx", 18)] {
        let answer = judge(name);
        assert_eq!(answer["rows"], rows, "{name}");
        assert_eq!(answer["accepted"], rows, "{name}");
        assert_eq!(
            answer["warnings"].as_array().map(Vec::len),
            Some(0),
            "{name}"
        );
    }
}

#[test]
fn the_teaching_sample_is_refused_row_by_row() {
    let answer = judge("welders.csv");
    let refused: Vec<(u64, &str)> = answer["refused"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|p| Some((p["row"].as_u64()?, p["code"].as_str()?)))
        .collect();
    assert_eq!(
        refused,
        [
            (2, "duplicate-in-file"),
            (6, "check-digit"),
            (9, "duplicate-in-file"),
            (11, "number-truncated-by-spreadsheet"),
            (13, "missing"),
            (14, "contradicts-scores"),
            (16, "unknown-level"),
        ]
    );
    assert_eq!(
        (answer["rows"].as_u64(), answer["accepted"].as_u64()),
        (Some(16), Some(9))
    );
}
