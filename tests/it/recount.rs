//! A province in miniature, counted again by a script that shares no code with the program.

use crate::support::program::{answer, bare};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A province of 2 bodies and 200 workers, and its events and views as the program tells them.
struct Province {
    dir: TempDir,
    told: serde_json::Value,
}

impl Province {
    fn make() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("province");
        let demo = answer(bare(&["demo", "--scale", "0.01", "--seed", "7", "--dir"]).arg(&data));
        assert_eq!(demo.exit, 0, "{}", demo.stderr);
        Self {
            told: demo.json,
            dir,
        }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("province")
    }

    /// Writes what a command prints into a file.
    fn tell(&self, name: &str, command: &[&str]) -> PathBuf {
        let told = answer(bare(command).arg("--data").arg(self.data()));
        assert_eq!(told.exit, 0, "{}", told.stderr);
        let file = self.dir.path().join(name);
        fs::write(&file, told.stdout).unwrap();
        file
    }
}

fn recount(events: &Path, views: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recount/recount.py");
    Command::new("python3")
        .arg(script)
        .args([events, views])
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn another_count_agrees_with_every_view_and_finds_what_is_planted() {
    let province = Province::make();
    assert!(province.told["audit"].as_bool().unwrap());
    let refused = province.told["refused"].as_object().unwrap();
    assert!(refused.len() >= 8, "{refused:?}");
    let events = province.tell("events.jsonl", &["log", "events"]);
    let views = province.tell("views.jsonl", &["projections", "dump"]);
    let agreed = recount(&events, &views);
    assert!(agreed.status.success(), "{}", said(&agreed));
    let counted: serde_json::Value = serde_json::from_slice(&agreed.stdout).unwrap();
    assert_eq!(counted["events"], province.told["events"]);
    assert_eq!(counted["bodies"], province.told["made"]["bodies"]);
    assert_eq!(counted["sessions"], province.told["made"]["sessions"]);

    // As of its end, and built again, the views are the same to the byte.
    let end = counted["events"].to_string();
    let at_end = province.tell("at-end.jsonl", &["projections", "dump", "--at", &end]);
    assert!(fs::read(&at_end).unwrap() == fs::read(&views).unwrap());
    rebuild(&province);
    let rebuilt = province.tell("rebuilt.jsonl", &["projections", "dump"]);
    assert!(fs::read(&rebuilt).unwrap() == fs::read(&views).unwrap());

    planted(&events, &views);
    pages(&province, &events);
}

fn rebuild(province: &Province) {
    let passphrase = province.data().join("passphrase");
    let rebuilt = answer(
        bare(&["projections", "rebuild", "--data"])
            .arg(province.data())
            .arg("--passphrase-file")
            .arg(passphrase),
    );
    assert_eq!(rebuilt.exit, 0, "{}", rebuilt.stderr);
}

/// One value of one row is another, or one row or one event is gone: each is found and named.
fn planted(events: &Path, views: &Path) {
    let text = fs::read_to_string(views).unwrap();
    let edits = [
        (
            "certificate",
            r#""state":"active""#,
            r#""state":"revoked""#,
            "certificate",
        ),
        ("session", r#""passed":"#, r#""passed":1"#, "session"),
        (
            "passport",
            r#"\"level\":\"five\""#,
            r#"\"level\":\"four\""#,
            "levels by",
        ),
        (
            "body",
            r#""standing":"active""#,
            r#""standing":"suspended""#,
            "body",
        ),
        (
            "scope",
            r#""valid_from":"2019"#,
            r#""valid_from":"2018"#,
            "scope",
        ),
    ];
    for (table, before, after, named) in edits {
        let of_table = format!(r#""table":"view_{table}""#);
        let line = text
            .lines()
            .find(|line| line.contains(&of_table) && line.contains(before))
            .unwrap_or_else(|| panic!("{table} has no {before}"));
        let edited = text.replacen(line, &line.replacen(before, after, 1), 1);
        let found = found_in(events, views, &edited);
        assert!(found.contains(named), "{table}: {found}");
    }
    let gone = text
        .lines()
        .find(|line| line.contains(r#""table":"view_certificate""#))
        .unwrap();
    let without = text.replacen(&format!("{gone}\n"), "", 1);
    assert!(found_in(events, views, &without).contains("certificate"));
    let all = fs::read_to_string(events).unwrap();
    let some: Vec<&str> = all
        .lines()
        .enumerate()
        .filter(|(nth, _)| *nth != 40)
        .map(|(_, line)| line)
        .collect();
    let short = events.with_file_name("short.jsonl");
    fs::write(&short, some.join("\n")).unwrap();
    let missing = recount(&short, views);
    assert!(!missing.status.success());
    assert!(
        said(&missing).contains("an event is missing"),
        "{}",
        said(&missing)
    );
}

fn found_in(events: &Path, views: &Path, edited: &str) -> String {
    let file = views.with_file_name("edited.jsonl");
    fs::write(&file, edited).unwrap();
    let found = recount(events, &file);
    assert_eq!(found.status.code(), Some(1), "{}", said(&found));
    said(&found)
}

/// Pages of events, put together, are the whole; no line holds a salt.
fn pages(province: &Province, events: &Path) {
    let whole = fs::read_to_string(events).unwrap();
    let first = province.tell("first.jsonl", &["log", "events", "--limit", "100"]);
    let rest = province.tell("rest.jsonl", &["log", "events", "--after", "100"]);
    let together = fs::read_to_string(first).unwrap() + &fs::read_to_string(rest).unwrap();
    assert!(together == whole);
    assert!(!whole.contains("\"salt\""));
}
