//! A ledger in a folder of its own, worked only through the program.

use super::clock;
use super::sheet::{self, Candidate};
use jiff::civil::{Date, date};
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use tempfile::TempDir;

/// The body of every test.
pub const BODY: &str = "91350100M000100Y43";
/// The passphrase of every test's keys.
pub const PASSPHRASE: &str = "correct horse";
/// 评定日期 of every test's sessions.
pub const ASSESSED_ON: &str = "2026-03-10";
/// 发证日期 of every test's certificates.
pub const ISSUED_ON: &str = "2026-03-12";

/// The day on which every test's program runs, whatever the day is.
pub const TODAY: Date = date(2026, 4, 1);

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum As {
    /// 经办人
    Maker,
    /// 复核人
    Checker,
    /// Somebody without a token.
    Nobody,
}

/// What the program answered.
#[derive(Debug)]
pub struct Answer {
    /// Exit code; -1 if a signal ended it.
    pub exit: i32,
    /// The JSON document on stdout; null if there was none.
    pub json: Value,
    /// Everything on stdout.
    pub stdout: String,
    /// Everything on stderr.
    pub stderr: String,
}

impl Answer {
    fn of(output: &Output) -> Self {
        let stdout = String::from_utf8(output.stdout.clone()).unwrap();
        Self {
            exit: output.status.code().unwrap_or(-1),
            json: serde_json::from_str(&stdout).unwrap_or(Value::Null),
            stdout,
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
    /// The document of a command that was done.
    #[track_caller]
    pub fn done(self) -> Value {
        assert_eq!(self.exit, 0, "{self:#?}");
        self.json
    }
    /// Asserts that it ended with this exit and this error code, with words in both languages.
    #[track_caller]
    pub fn refused(&self, exit: i32, code: &str) {
        assert_eq!(self.exit, exit, "{self:#?}");
        assert_eq!(self.json["error"]["code"], code, "{self:#?}");
        for language in ["zh", "en"] {
            let words = self.json["error"][language].as_str().unwrap_or_default();
            assert!(!words.is_empty() && !words.contains("{$"), "{self:#?}");
        }
    }
}

/// The text of a JSON member.
#[track_caller]
pub fn text(value: &Value, member: &str) -> String {
    let found = value[member].as_str();
    found
        .unwrap_or_else(|| panic!("no {member} in {value}"))
        .to_owned()
}

/// A ledger folder with the tokens of its two people.
pub struct Ledger {
    folder: TempDir,
    /// The address of its database, if that is on a server.
    server: Option<String>,
    today: Mutex<Date>,
    maker: String,
    checker: String,
}

impl Ledger {
    /// A new ledger of the jurisdiction.
    pub fn begin(jurisdiction: &str) -> Self {
        Self::begin_on(None, jurisdiction)
    }
    /// A new ledger whose database is on a server, if there is an address.
    pub fn begin_on(server: Option<&str>, jurisdiction: &str) -> Self {
        Self::begin_with(server, jurisdiction, &["--kdf", "weak-for-tests"])
    }
    /// A new DEMO ledger whose passphrase is as costly to guess as `serve` asks for.
    pub fn begin_costly() -> Self {
        Self::begin_with(None, "DEMO", &[])
    }
    fn begin_with(server: Option<&str>, jurisdiction: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Self {
            folder,
            server: server.map(ToOwned::to_owned),
            today: Mutex::new(TODAY),
            maker: String::new(),
            checker: String::new(),
        };
        let host = ["init", "--host", "ledger.test.example"];
        let args = [&host[..], more, &["--jurisdiction", jurisdiction]].concat();
        let begun = ledger.run(As::Nobody, &args).done();
        ledger.maker = text(&begun["maker"], "token");
        ledger.checker = text(&begun["checker"], "token");
        ledger
    }

    /// A new DEMO ledger with a body that has scope and keys.
    pub fn with_body() -> Self {
        Self::with_body_in("DEMO")
    }

    /// A new ledger of the jurisdiction with a body that has scope and keys.
    pub fn with_body_in(jurisdiction: &str) -> Self {
        Self::begin(jurisdiction).with_one_body()
    }
    /// The same with a body that has scope and keys.
    pub fn with_one_body(self) -> Self {
        let ledger = self;
        ledger.register(BODY, "S-0000-32-000012");
        ledger.grant_scope(BODY, "2099-12-31");
        ledger.maker(&["keys", "add", "--body", BODY]).done();
        ledger
    }

    /// The same ledger once more, in another folder.
    pub fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), folder.path());
        Self {
            folder,
            server: self.server.clone(),
            today: Mutex::new(*self.today.lock().unwrap()),
            maker: self.maker.clone(),
            checker: self.checker.clone(),
        }
    }

    /// The token of one of its two people.
    pub fn token(&self, who: As) -> &str {
        match who {
            As::Maker => &self.maker,
            As::Checker => &self.checker,
            As::Nobody => "",
        }
    }
    /// A file or folder beside the data directory.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.beside("ledger")
    }
    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data().join("ledger.sqlite")
    }

    /// From now on it is this day.
    pub fn on(&self, today: Date) {
        *self.today.lock().unwrap() = today;
    }

    /// The program with this ledger's surroundings, not yet run.
    pub fn command(&self, who: As, args: &[&str]) -> Command {
        let mut command = bare(args);
        clock::set(&mut command, *self.today.lock().unwrap());
        command
            .env("SKILL_LEDGER_DATA", self.data())
            .env("SKILL_LEDGER_PASSPHRASE", PASSPHRASE);
        if let Some(server) = &self.server {
            command.env("DATABASE_URL", server);
        }
        match who {
            As::Maker => command.env("SKILL_LEDGER_TOKEN", &self.maker),
            As::Checker => command.env("SKILL_LEDGER_TOKEN", &self.checker),
            As::Nobody => &mut command,
        };
        command
    }
    /// Runs a subcommand.
    pub fn run(&self, who: As, args: &[&str]) -> Answer {
        answer(&mut self.command(who, args))
    }
    /// Runs a subcommand as the maker.
    pub fn maker(&self, args: &[&str]) -> Answer {
        self.run(As::Maker, args)
    }
    /// Runs a subcommand as the checker.
    pub fn checker(&self, args: &[&str]) -> Answer {
        self.run(As::Checker, args)
    }

    /// Registers a body with its number codes.
    pub fn register(&self, credit_code: &str, number_code: &str) {
        let body = ["body", "register", "--credit-code", credit_code, "--name"];
        let what = [
            "示范技能评价中心",
            "--name-en",
            "Demo Skills Centre",
            "--kind",
            "social",
        ];
        let place = ["--region", "320100", "--number-code", number_code];
        self.maker(&[&body[..], &what[..], &place[..]].concat())
            .done();
    }
    /// Grants a body the scope of the tests until a day.
    pub fn grant_scope(&self, credit_code: &str, until: &str) {
        let scope = [
            "body",
            "scope",
            "--body",
            credit_code,
            "--occupation",
            "6-31-07-01",
        ];
        let what = [
            "--level",
            "5,4,3,2,1",
            "--region",
            "320000",
            "--from",
            "2026-01-01",
        ];
        let until = ["--to", until, "--basis", "示范备案〔2026〕1号"];
        self.maker(&[&scope[..], &what[..], &until[..]].concat())
            .done();
    }

    /// Opens a session of 三级 with three examiners.
    pub fn open_session(&self, code: &str) -> String {
        text(&self.try_open_session(code, &[]).done(), "session")
    }
    /// The answer to opening a session; `more` may say another occupation, level or region.
    pub fn try_open_session(&self, code: &str, more: &[&str]) -> Answer {
        let mut args = vec!["session", "open", "--body", BODY, "--code", code];
        for (option, value) in [
            ("--occupation", "6-31-07-01"),
            ("--level", "3"),
            ("--region", "320102"),
            ("--assessed-on", ASSESSED_ON),
        ] {
            if !more.contains(&option) {
                args.extend([option, value]);
            }
        }
        args.extend([
            "--standard-code",
            "GZB 6-31-07-01",
            "--standard-edition",
            "2023",
        ]);
        args.extend(["--site", "第一考点"]);
        for examiner in ["东方甲:K901", "东方乙:K902", "东方丙:K903"] {
            args.extend(["--examiner", examiner]);
        }
        args.extend(more);
        self.maker(&args)
    }
    /// Writes a sheet beside the data directory.
    pub fn sheet(&self, name: &str, candidates: &[Candidate]) -> PathBuf {
        let path = self.beside(name);
        fs::write(&path, sheet::csv(candidates)).unwrap();
        path
    }
    /// Imports candidates into a session.
    pub fn import(&self, session: &str, candidates: &[Candidate]) -> Value {
        let file = self.sheet(&format!("{session}.csv"), candidates);
        let import = [
            "import",
            "results",
            file.to_str().unwrap(),
            "--session",
            session,
        ];
        self.maker(&import).done()
    }
    /// Takes an open session with results to its close.
    pub fn close(&self, session: &str) -> Value {
        let proposed = self.maker(&["session", "confirm", session]).done();
        self.checker(&["approve", &text(&proposed, "proposal")])
            .done();
        self.maker(&["session", "notice", session, "--on", "2026-03-11"])
            .done();
        self.maker(&["session", "close", session, "--on", "2026-03-11"])
            .done()
    }
    /// A closed session with these candidates.
    pub fn closed_session(&self, code: &str, candidates: &[Candidate]) -> String {
        let session = self.open_session(code);
        self.import(&session, candidates);
        self.close(&session);
        session
    }
    /// Issues a closed session's certificates.
    pub fn issue(&self, session: &str) -> Value {
        self.try_issue(session, ISSUED_ON).done()
    }
    /// The answer to issuing on a day.
    pub fn try_issue(&self, session: &str, on: &str) -> Answer {
        self.maker(&["issue", "--session", session, "--on", on])
    }
    /// The file of a certificate of a session.
    pub fn certificate(&self, session: &str, number: &str) -> PathBuf {
        let folder = self.data().join("certificates").join(session);
        folder.join(format!("{number}.json"))
    }
    /// Publishes what has news and exports the trust files into a fresh folder.
    pub fn export_trust(&self, name: &str) -> Value {
        let out = self.beside(name);
        self.maker(&["trust", "export", "--out", out.to_str().unwrap()])
            .done()
    }
    /// Proposes as the maker and approves as the checker.
    pub fn by_two(&self, args: &[&str]) -> Value {
        let proposed = self.maker(args).done();
        self.checker(&["approve", &text(&proposed, "proposal")])
            .done()
    }
    /// Asserts that an audit finds nothing; answers the number of events.
    #[track_caller]
    pub fn audited(&self) -> u64 {
        let audit = self.run(As::Nobody, &["audit"]).done();
        assert_eq!(audit["ok"], true, "{audit}");
        audit["events"].as_u64().unwrap()
    }
    /// Asserts that a command is refused with this exit and code, and that nothing was written.
    #[track_caller]
    pub fn refuses(&self, who: As, args: &[&str], exit: i32, code: &str) {
        let before = self.head();
        self.run(who, args).refused(exit, code);
        assert_eq!(self.head(), before);
        assert_eq!(self.audited(), before);
    }
    /// The number of events, by the views' own word.
    pub fn head(&self) -> u64 {
        let status = self.run(As::Nobody, &["projections", "status"]).done();
        status["head"].as_u64().unwrap()
    }
}

/// The program with `--json`, without a ledger: the one built with the tests, or the one that
/// SKILL_LEDGER_PROGRAM names, as an optimised one.
pub fn bare(args: &[&str]) -> Command {
    let built = || env!("CARGO_BIN_EXE_skill-ledger").into();
    let mut command = Command::new(std::env::var_os("SKILL_LEDGER_PROGRAM").unwrap_or_else(built));
    for name in ["DATA", "PASSPHRASE", "PASSPHRASE_FILE", "TOKEN"] {
        command.env_remove(format!("SKILL_LEDGER_{name}"));
    }
    command.env_remove("DATABASE_URL");
    command.arg("--json").args(args).stdin(Stdio::null());
    clock::set(&mut command, TODAY);
    command
}

/// Runs a command to its end.
pub fn answer(command: &mut Command) -> Answer {
    Answer::of(&command.output().unwrap())
}

/// The one answer of `verify` about a file, with its exit code.
pub fn verify(file: &Path, trust: &Path, more: &[&str]) -> (i32, Value) {
    verify_on(TODAY, file, trust, more)
}

/// The same on another day.
pub fn verify_on(today: Date, file: &Path, trust: &Path, more: &[&str]) -> (i32, Value) {
    let files = [file.to_str().unwrap(), "--trust", trust.to_str().unwrap()];
    let mut command = bare(&[&["verify"], &files[..], more].concat());
    clock::set(&mut command, today);
    let answered = answer(&mut command);
    (answered.exit, answered.json)
}

/// The result and code of one check of a verification.
#[track_caller]
pub fn check(report: &Value, id: &str) -> (String, String) {
    let checks = report["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["check"] == id);
    let found = found.unwrap_or_else(|| panic!("no check {id} in {report}"));
    (text(found, "result"), text(found, "code"))
}

/// Runs SQL on a database file, past the program.
#[tokio::main(flavor = "current_thread")]
pub async fn sql(database: &Path, statements: &str) {
    let options = SqliteConnectOptions::new().filename(database);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let statements = AssertSqlSafe(statements.to_owned());
    sqlx::raw_sql(statements)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// What a folder takes on a disk, in whole pages of 4 KiB.
pub fn folder_pages(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    1 + entries
        .map(|entry| match entry.metadata().unwrap() {
            folder if folder.is_dir() => folder_pages(&entry.path()),
            file => file.len().div_ceil(4096) + 1,
        })
        .sum::<u64>()
}

/// Copies a folder and everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
