//! A province in miniature, counted again by a script that shares no code with the program.

use crate::support::clock;
use crate::support::program::{answer, bare};
use jiff::civil::date;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A province of 5 bodies and 200 workers, and its events and views as the program tells them.
struct Province {
    dir: TempDir,
    told: serde_json::Value,
}

impl Province {
    fn make() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("province");
        let mut demo = bare(&["demo", "--scale", "0.01", "--seed", "7", "--dir"]);
        // The province's history is written up to October 2026.
        clock::set(&mut demo, date(2026, 11, 20));
        let demo = answer(demo.arg(&data));
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

fn recount(events: &Path, views: &Path, at: Option<u64>) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recount/recount.py");
    let mut command = Command::new("python3");
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command.arg(script).args([events, views]);
    if let Some(at) = at {
        command.args(["--at", &at.to_string()]);
    }
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn another_count_agrees_with_every_view_and_finds_what_is_planted() {
    let province = Province::make();
    let audit = answer(bare(&["audit", "--data"]).arg(province.data()));
    assert!(
        province.told["audit"].as_bool().unwrap(),
        "{}",
        audit.stdout
    );
    let refused = province.told["refused"].as_object().unwrap();
    assert!(refused.len() >= 40, "{refused:?}");
    let events = province.tell("events.jsonl", &["log", "events"]);
    let views = province.tell("views.jsonl", &["projections", "dump"]);
    let agreed = recount(&events, &views, None);
    assert!(agreed.status.success(), "{}", said(&agreed));
    let counted: serde_json::Value = serde_json::from_slice(&agreed.stdout).unwrap();
    assert_eq!(counted["events"], province.told["events"]);
    assert_eq!(counted["bodies"], province.told["made"]["bodies"]);
    assert_eq!(counted["sessions"], province.told["made"]["sessions"]);
    everything_occurs(&counted);

    // As of a position on the way.
    let end = counted["events"].as_u64().unwrap();
    for near in [end / 3, end - end / 5] {
        let at = end_of_commit(&events, near);
        let then = province.tell(
            "then.jsonl",
            &["projections", "dump", "--at", &at.to_string()],
        );
        let agreed = recount(&events, &then, Some(at));
        assert!(agreed.status.success(), "at {at}: {}", said(&agreed));
    }

    // As of its end, and built again, the views are the same to the byte.
    let at_end = province.tell(
        "at-end.jsonl",
        &["projections", "dump", "--at", &end.to_string()],
    );
    assert!(fs::read(&at_end).unwrap() == fs::read(&views).unwrap());
    rebuild(&province);
    let rebuilt = province.tell("rebuilt.jsonl", &["projections", "dump"]);
    assert!(fs::read(&rebuilt).unwrap() == fs::read(&views).unwrap());

    planted(&events, &views);
    planted_everywhere(&events, &views);
    pages(&province, &events);
}

/// The last position of the commit that a position is in: in between, a session that closes has
/// awarded some of its levels only.
fn end_of_commit(events: &Path, near: u64) -> u64 {
    let text = fs::read_to_string(events).unwrap();
    let moments = text.lines().map(|line| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        event["recorded_at"].clone()
    });
    let mut from_near = moments.skip(near as usize - 1).peekable();
    let moment = from_near.peek().cloned().unwrap();
    near + from_near.take_while(|it| *it == moment).count() as u64 - 1
}

/// A province has every route, every end, and what else the trade knows.
fn everything_occurs(counted: &serde_json::Value) {
    let some = [
        ("/levels/assessment stands", 200),
        ("/levels/assessment withdrawn", 1),
        ("/levels/competition stands", 4),
        ("/levels/direct-recognition stands", 2),
        ("/levels/appointment stands", 2),
        ("/levels/apprentice-grading stands", 2),
        ("/twins", 4),
        ("/certificates/active", 200),
        ("/certificates/revoked", 1),
        ("/certificates/cancelled", 1),
        ("/certificates/forfeited", 1),
        ("/certificates/voided", 1),
        ("/certificates/suspended", 1),
        ("/certificates/superseded", 1),
        ("/posts/special ended", 1),
        ("/places/entered", 20),
        ("/places/withdrawn", 1),
        ("/recognitions/granted", 5),
        ("/recognitions/refused", 1),
        ("/recognitions/withdrawn", 1),
        ("/certified_recognitions", 1),
        ("/levels/recognition stands", 1),
        ("/levels/recognition withdrawn", 1),
        ("/candidates/eligible", 10),
        ("/candidates/refused", 2),
        ("/objections/upheld", 1),
        ("/objections/dismissed", 1),
        ("/records/apprenticeship completed", 2),
        ("/records/honour stands", 2),
        ("/records/honour withdrawn", 1),
        ("/rows/cross-region", 1),
        ("/rows/ecosystem-member", 12),
        ("/rows/staff-endorsement", 1),
        ("/rows/training-base", 1),
    ];
    for (what, least) in some {
        let found = counted.pointer(what).and_then(serde_json::Value::as_u64);
        assert!(
            found >= Some(least),
            "{what}: {found:?} of {least}\n{counted}"
        );
    }
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
            "passport",
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
    let missing = recount(&short, views, None);
    assert!(!missing.status.success());
    assert!(
        said(&missing).contains("an event is missing"),
        "{}",
        said(&missing)
    );
}

/// One value of one row of every table and of every kind of register is another: each is named.
fn planted_everywhere(events: &Path, views: &Path) {
    let mut tables = vec![
        ("view_authority", "host"),
        ("view_body", "region"),
        ("view_standing", "standing"),
        ("view_scope", "basis"),
        ("view_key", "public_key"),
        ("view_session", "site"),
        ("view_certificate", "region"),
        ("view_credential", "key_id"),
        ("view_passport", "kind"),
        ("view_proposal", "state"),
        ("view_published", "document"),
    ];
    let mut kinds = BTreeSet::new();
    let mut named = Vec::new();
    let mut edited = String::new();
    for line in fs::read_to_string(views).unwrap().lines() {
        let mut told: serde_json::Value = serde_json::from_str(line).unwrap();
        let table = told["table"].as_str().unwrap().to_owned();
        let row = told["row"].as_object_mut().unwrap();
        if let Some(nth) = tables.iter().position(|(it, _)| *it == table) {
            let (_, column) = tables.remove(nth);
            named.push(table.replace("view_", ""));
            row.insert(column.into(), "planted".into());
        } else if table == "view_register" && kinds.insert(row["kind"].to_string()) {
            named.push(format!("register {}", row["kind"].as_str().unwrap()));
            let data = row["data"].as_str().unwrap();
            let mut data: serde_json::Value = serde_json::from_str(data).unwrap();
            data["planted"] = 1.into();
            row.insert("data".into(), data.to_string().into());
        }
        edited += &told.to_string();
        edited.push('\n');
    }
    assert!(tables.is_empty(), "no rows of {tables:?}");
    assert!(kinds.len() >= 35, "{kinds:?}");
    let found = found_in(events, views, &edited);
    for what in named {
        let told = found
            .lines()
            .any(|line| line.starts_with(&format!("{what} ")));
        assert!(told, "{what}: {found}");
    }
}

fn found_in(events: &Path, views: &Path, edited: &str) -> String {
    let file = views.with_file_name("edited.jsonl");
    fs::write(&file, edited).unwrap();
    let found = recount(events, &file, None);
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
