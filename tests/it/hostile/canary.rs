//! Names and document numbers are where they must be, and nowhere else.

use crate::support::program::{As, BODY, Ledger, text};
use crate::support::sheet::{self, Candidate};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Which of the secrets stand in these bytes.
fn leaked(bytes: &[u8], secrets: &[String]) -> Vec<usize> {
    let stands = |secret: &[u8]| {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| *byte == secret[0]) {
            if rest[at..].starts_with(secret) {
                return true;
            }
            rest = &rest[at + 1..];
        }
        false
    };
    (0..secrets.len())
        .filter(|n| stands(secrets[*n].as_bytes()))
        .collect()
}

/// Runs the commands with the loudest log there is, and keeps all they say.
struct Loud {
    ledger: Ledger,
    said: String,
}

impl Loud {
    fn run(&mut self, who: As, args: &[&str]) -> serde_json::Value {
        let mut command = self.ledger.command(who, args);
        let answered = crate::support::program::answer(command.env("RUST_LOG", "trace"));
        self.said.push_str(&answered.stdout);
        self.said.push_str(&answered.stderr);
        answered.json
    }
}

#[test]
fn names_and_numbers_stand_in_the_certificates_and_nowhere_else() {
    let mut people = sheet::mixed(1, 12);
    let refused = Candidate {
        document: people[0].document.replace("1975", "1795"),
        ..sheet::candidate(2, 40, sheet::Came::Passed)
    };
    let ledger = Ledger::with_body();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // A reader that stays keeps the write-ahead log in its file, to be searched too.
    let options = SqliteConnectOptions::new()
        .filename(ledger.database())
        .read_only(true);
    let mut reader = runtime
        .block_on(SqliteConnection::connect_with(&options))
        .unwrap();
    let look = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM event");
    runtime.block_on(look.fetch_one(&mut reader)).unwrap();

    let session = ledger.open_session("2026-29");
    people.push(refused);
    let file = ledger.sheet("results.csv", &people);
    let mut it = Loud {
        ledger,
        said: String::new(),
    };
    let import = [
        "import",
        "results",
        file.to_str().unwrap(),
        "--session",
        &session,
    ];
    it.run(As::Maker, &import);
    it.run(As::Maker, &[&import[..], &["--accept-valid"]].concat());
    let proposed = it.run(As::Maker, &["session", "confirm", &session]);
    it.run(As::Checker, &["approve", &text(&proposed, "proposal")]);
    for step in ["notice", "close"] {
        it.run(
            As::Maker,
            &["session", step, &session, "--on", "2026-03-11"],
        );
    }
    let issued = it.run(
        As::Maker,
        &["issue", "--session", &session, "--on", "2026-03-12"],
    );
    assert_eq!(issued["count"], 8);
    let record = [
        "training",
        "record",
        "--provider",
        BODY,
        "--class",
        "1",
        "--course",
        "课程",
    ];
    let who = [
        "--name",
        &people[1].name,
        "--document-number",
        &people[1].document,
    ];
    let when = ["--hours", "8", "--from", "2026-02-02", "--to", "2026-02-03"];
    it.run(As::Maker, &[&record[..], &who[..], &when[..]].concat());
    it.run(
        As::Maker,
        &["passport", "--document-number", &people[1].document],
    );
    let number = issued["numbers"][0].as_str().unwrap();
    let correct = [
        "certificate",
        "correct",
        number,
        "--ground",
        "录入有误",
        "--on",
        "2026-03-20",
    ];
    let proposed = it.run(As::Maker, &[&correct[..], &["--name", "端木更正"]].concat());
    it.run(As::Checker, &["approve", &text(&proposed, "proposal")]);
    it.run(As::Maker, &["certificate", "show", number]);
    let public = it.ledger.beside("public");
    it.run(
        As::Maker,
        &["trust", "export", "--out", public.to_str().unwrap()],
    );
    it.run(As::Maker, &["projections", "rebuild"]);
    it.run(As::Nobody, &["audit"]);

    let mut secrets: Vec<String> = Vec::new();
    for person in &people {
        secrets.extend([person.name.clone(), person.document.clone()]);
        // The birthday and sequence alone would do.
        secrets.push(person.document[6..17].to_owned());
    }
    secrets.extend(["端木更正", "东方甲", "东方乙", "K901"].map(str::to_owned));

    let mut searched = Vec::new();
    files(&it.ledger.data(), &mut searched);
    files(&public, &mut searched);
    assert!(
        searched
            .iter()
            .any(|path| path.ends_with("ledger.sqlite-wal"))
    );
    let mut named = 0;
    for path in &searched {
        let found = leaked(&fs::read(path).unwrap(), &secrets);
        let certificate = path.starts_with(it.ledger.data().join("certificates"));
        if certificate && path.extension().is_some_and(|e| e == "json") {
            // The holder's name and nothing longer than the last four characters of his number.
            assert_eq!(found.len(), 1, "{}", path.display());
            assert_eq!(found[0] % 3, 0, "{}", path.display());
            named += 1;
        } else {
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
    assert_eq!(named, 8);
    assert!(
        leaked(it.said.as_bytes(), &secrets).is_empty(),
        "{}",
        it.said
    );
    assert!(leaked(&fs::read(file).unwrap(), &secrets).len() >= 36);
    runtime.block_on(reader.close()).unwrap();
}
