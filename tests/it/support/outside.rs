//! Verifiers that nobody here wrote: where they are installed.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Our scripts that call them.
pub fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside")
}

/// Where the verifiers are, installed once.
pub fn installed() -> &'static Path {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("outside");
        let install = here().join("install");
        let done = Command::new(install).arg(&place).status().unwrap();
        assert!(done.success(), "tests/outside/install failed");
        // Node finds packages beside the script, not beside the caller.
        for script in [
            "vc.mjs",
            "sd_jwt_vc.mjs",
            "rdf.mjs",
            "conformance.mjs",
            "wallet.mjs",
        ] {
            std::fs::copy(here().join(script), place.join(script)).unwrap();
        }
        place
    })
}

/// What one reader says of one case.
#[derive(Debug)]
pub struct Verdict {
    pub accepted: bool,
    pub reason: String,
    pub presented: Option<String>,
}

/// The verdicts of every reader of SD-JWT VC; `given` is as in `sd_jwt_vc.mjs`.
pub fn sd_jwt_readers(given: &Value) -> Vec<(&'static str, Vec<Verdict>)> {
    let count = given["cases"].as_array().unwrap().len();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cases.json");
    std::fs::write(&file, given.to_string()).unwrap();
    let mut node = Command::new("node");
    node.arg(installed().join("sd_jwt_vc.mjs"));
    let python = |library: &str| {
        let mut python = Command::new(installed().join("venv/bin/python"));
        python.arg(here().join("sd_jwt_vc.py")).arg(library);
        python
    };
    let readers = [
        ("@sd-jwt/sd-jwt-vc", node),
        ("openvc", python("openvc")),
        ("sd-jwt", python("sd-jwt")),
    ];
    readers
        .into_iter()
        .map(|(reader, mut command)| {
            let output = command.arg(&file).output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{reader}: {errors}");
            let text = String::from_utf8_lossy(&output.stdout);
            let verdicts: Vec<Verdict> = text
                .lines()
                .map(|line| {
                    let line: Value = serde_json::from_str(line).unwrap();
                    Verdict {
                        accepted: line["accepted"].as_bool().unwrap(),
                        reason: line["reason"].to_string(),
                        presented: line["presented"].as_str().map(str::to_owned),
                    }
                })
                .collect();
            assert_eq!(verdicts.len(), count, "{reader}");
            (reader, verdicts)
        })
        .collect()
}
