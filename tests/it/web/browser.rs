//! The browser's verifier, run by node, beside the one here: the same answer, line by line.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A running verifier of the browser.
pub struct Browser {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    _folder: TempDir,
}

/// What it is asked, as bytes on its way.
pub fn bytes(bytes: &[u8]) -> Value {
    STANDARD.encode(bytes).into()
}

impl Browser {
    /// Starts it over the files as they are served.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in skill_ledger::web::verifier_files() {
            let path = folder.path().join(file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
        let module = r#"{"type":"module"}"#;
        std::fs::write(folder.path().join("package.json"), module).unwrap();
        let mut child = Command::new("node")
            .arg("--no-warnings")
            .arg(crate::support::outside::here().join("verify_core.mjs"))
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take();
        let from = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            to,
            from,
            _folder: folder,
        }
    }

    pub fn ask(&mut self, asked: &Value) -> Value {
        let to = self.to.as_mut().unwrap();
        writeln!(to, "{asked}").unwrap();
        to.flush().unwrap();
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no answer to {asked}"))
    }

    /// Gives it what a verifier knows.
    pub fn know(
        &mut self,
        now: i64,
        require_log: bool,
        trust: Option<&[u8]>,
        pin: Option<&str>,
        status: &[Vec<u8>],
    ) {
        let status: Vec<Value> = status.iter().map(|it| bytes(it)).collect();
        let known = json!({"now": now, "require_log": require_log, "trust": trust.map(bytes),
            "pin": pin, "status": status});
        assert_eq!(self.ask(&json!({"known": known})), "known");
    }

    pub fn verify(&mut self, credential: &[u8], proof: Option<&[u8]>) -> Value {
        let asked = json!({"credential": bytes(credential), "proof": proof.map(bytes)});
        self.ask(&asked)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends with its input.
        self.to = None;
        let _ = self.child.wait();
    }
}
