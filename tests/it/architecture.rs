//! The house is held to its plan: imports go downward, every sharp crate has one door, the
//! domain is pure, and every rule of the trade has a test.
//!
//! Sources are read as text, without comments and without `#[cfg(test)]` code behind them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The rooms and their floors. A room imports only from floors below its own.
const FLOORS: &[(&str, u8)] = &[
    ("domain", 0),
    ("codec", 1),
    ("keys", 1),
    ("locale", 1),
    ("sheet", 1),
    ("tlog", 1),
    ("credential", 2),
    ("store", 2),
    ("vault", 2),
    ("verify", 3),
    ("view", 3),
    ("paper", 4),
    ("projection", 4),
    ("sequencer", 4),
    ("app", 5),
    ("http", 6),
    ("conformance", 7),
    ("telemetry", 7),
    ("web", 7),
    ("cli", 8),
];

/// Crates that may be named only where they are at home.
const DOORS: &[(&str, &[&str], &str)] = &[
    ("sqlx", &["store/", "view/"], "ask the store or a view"),
    (
        "axum",
        &["http/", "web/", "conformance/"],
        "handlers live in http/ and web/",
    ),
    (
        "tower_http",
        &["http/", "web/"],
        "handlers live in http/ and web/",
    ),
    ("hyper", &["http/"], "connections are taken in http/"),
    ("hyper_util", &["http/"], "connections are taken in http/"),
    ("governor", &["http/"], "limits are kept in http/"),
    (
        "oxjsonld",
        &["credential/rdf/general.rs"],
        "JSON-LD is processed behind the guard",
    ),
    (
        "rdf_canon",
        &["credential/rdf/general.rs"],
        "RDF is made canonical behind the guard",
    ),
    ("rcgen", &["conformance/"], "certificates are the proxy's"),
    ("tokio_rustls", &["conformance/"], "TLS is the proxy's"),
    ("coset", &["credential/qr/"], "COSE is the coat qr"),
    (
        "qrcode",
        &["credential/qr/symbol.rs"],
        "symbols are made by Symbol",
    ),
    ("askama", &["web/"], "pages live in web/"),
    (
        "ed25519_dalek",
        &["keys/ed25519.rs"],
        "sign and verify through keys/",
    ),
    (
        "chacha20poly1305",
        &["vault/", "keys/keyring.rs"],
        "seal through the vault",
    ),
    (
        "argon2",
        &["keys/keyring.rs", "vault/"],
        "passphrases belong to the keyring",
    ),
    ("clap", &["cli/"], "arguments are read in cli/"),
    ("indicatif", &["cli/"], "progress is shown by cli/"),
    ("rpassword", &["cli/"], "prompts are cli/'s"),
    (
        "calamine",
        &["sheet/", "cli/"],
        "spreadsheets are read in sheet/",
    ),
    (
        "zip",
        &["sheet/", "cli/", "app/destination.rs"],
        "containers are opened in sheet/",
    ),
    ("csv", &["sheet/"], "spreadsheets are read in sheet/"),
    (
        "rust_xlsxwriter",
        &["sheet/"],
        "spreadsheets are written in sheet/",
    ),
    (
        "ureq",
        &["app/remote.rs"],
        "others are asked through app/remote",
    ),
    ("krilla", &["paper/"], "sheets are printed in paper/"),
    ("skrifa", &["paper/"], "fonts are read in paper/"),
    ("fluent_bundle", &["locale/"], "words are asked of locale/"),
];

/// What the domain must not name: the reason is what to do instead.
const IMPURE: &[(&str, &str)] = &[
    ("std::fs", "files are read by app/ and cli/"),
    ("std::io", "bytes come in as arguments"),
    ("std::net", "the domain has no network"),
    ("std::env", "settings come in as arguments"),
    ("std::process", "the domain starts nothing"),
    ("std::thread", "the domain has no threads"),
    ("SystemTime", "`now` comes in the command"),
    ("std::time", "`now` comes in the command"),
    ("Timestamp::now", "`now` comes in the command"),
    ("Zoned::now", "`now` comes in the command"),
    ("Uuid::new_v4", "fresh ids come in the command"),
    ("Uuid::now_v7", "fresh ids come in the command"),
    ("rand::", "chance comes in the command"),
    ("getrandom", "chance comes in the command"),
    ("tokio", "decisions do not wait"),
    ("async fn", "decisions do not wait"),
    (".await", "decisions do not wait"),
    ("serde_json", "formats belong to codec/"),
    ("blake3", "digests come in the command"),
    ("sha2", "digests come in the command"),
    ("hex::", "print and parse by hand, or in codec/"),
    ("tracing", "the domain writes no log"),
    ("println!", "the domain prints nothing"),
    ("eprintln!", "the domain prints nothing"),
];

/// One source file: its path below `src/`, and its code by line.
struct Source {
    path: String,
    lines: Vec<(usize, String)>,
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// The code of every file, without comments; from the first `#[cfg(test)] mod … {` on, nothing.
fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&source_folder(), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| {
            let name = path
                .file_name()
                .and_then(|it| it.to_str())
                .unwrap_or_default();
            // Test files beside the code may use what they like.
            !name.ends_with("tests.rs") && name != "example.rs"
        })
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let path = path
                .strip_prefix(source_folder())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            Source {
                path,
                lines: code(&text),
            }
        })
        .collect()
}

fn code(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines
        .iter()
        .enumerate()
        .position(|(n, line)| {
            line.trim() == "#[cfg(test)]"
                && lines
                    .get(n + 1)
                    .is_some_and(|next| next.contains("mod ") && next.trim_end().ends_with('{'))
        })
        .unwrap_or(lines.len());
    lines
        .into_iter()
        .take(end)
        .enumerate()
        .map(|(n, line)| {
            let code = line.find("//").map_or(line, |comment| &line[..comment]);
            (n + 1, code.to_owned())
        })
        .collect()
}

fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

/// Whether `word` stands in `line` as a path of its own, not as the tail of another name.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let starts = word.starts_with(|c: char| !part(c));
        let ends = word.ends_with(|c: char| !part(c));
        (starts || !before.is_some_and(part)) && (ends || !after.is_some_and(part))
    })
}

#[test]
fn rooms_import_only_from_floors_below() {
    let mut faults = String::new();
    for source in sources() {
        let Some(room) = source
            .path
            .split('/')
            .next()
            .filter(|it| floor(it).is_some())
        else {
            continue;
        };
        let own = floor(room).unwrap();
        for (n, line) in &source.lines {
            for (at, _) in line.match_indices("crate::") {
                let other: String = line[at + 7..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if let Some(other_floor) = floor(&other)
                    && other != room
                    && other_floor >= own
                {
                    writeln!(
                        faults,
                        "src/{}:{n}: {room}/ (floor {own}) imports {other}/ (floor \
                         {other_floor}): move the thing down, or pass it in as an argument",
                        source.path
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_room_has_its_floor() {
    for entry in std::fs::read_dir(source_folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(
                floor(name).is_some(),
                "src/{name}/ is no room: see src/lib.rs, and docs/decisions/ for a new one"
            );
        }
    }
    let plan = std::fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    for (room, _) in FLOORS {
        assert!(
            plan.contains(&format!("pub mod {room};")),
            "src/lib.rs does not list {room}"
        );
    }
}

#[test]
fn sharp_crates_stay_behind_their_doors() {
    let mut faults = String::new();
    for source in sources() {
        for (n, line) in &source.lines {
            for (sharp, doors, instead) in DOORS {
                let named = names(line, &format!("{sharp}::"))
                    || names(line, &format!("use {sharp};"))
                    || line.contains(&format!("#[{sharp}("));
                if named && !doors.iter().any(|door| source.path.starts_with(door)) {
                    writeln!(
                        faults,
                        "src/{}:{n}: {sharp} is named only in {}: {instead}",
                        source.path,
                        doors.join(", ")
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn the_domain_is_pure() {
    let mut faults = String::new();
    for source in sources().iter().filter(|it| it.path.starts_with("domain/")) {
        for (n, line) in &source.lines {
            for (impure, instead) in IMPURE {
                if names(line, impure) {
                    writeln!(faults, "src/{}:{n}: {impure}: {instead}", source.path).unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn pure_rooms_open_nothing() {
    let pure = [
        "codec/",
        "tlog/",
        "sheet/",
        "credential/",
        "verify/",
        "paper/",
    ];
    let io = [
        "std::fs",
        "std::net",
        "tokio::",
        "std::process",
        "TcpStream",
        "File::open",
    ];
    let mut faults = String::new();
    for source in sources() {
        if !pure.iter().any(|room| source.path.starts_with(room)) {
            continue;
        }
        for (n, line) in &source.lines {
            for word in io {
                if names(line, word) {
                    writeln!(
                        faults,
                        "src/{}:{n}: {word}: this room is pure; app/ and cli/ read and hand in",
                        source.path
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn the_clock_and_chance_are_asked_in_app_only() {
    let back_doors = [
        "Timestamp::now",
        "Zoned::now",
        "SystemTime::now",
        "Uuid::new_v4",
        "Uuid::now_v7",
        "rand::rng(",
        "SysRng",
        "getrandom::fill",
    ];
    let mut faults = String::new();
    for source in sources().iter().filter(|it| !it.path.starts_with("app/")) {
        for (n, line) in &source.lines {
            for word in back_doors {
                if line.contains(word) {
                    writeln!(
                        faults,
                        "src/{}:{n}: {word}: take the time, the id or the randomness as an \
                         argument; app/ has them",
                        source.path
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// What a feature adds takes nothing away, and nothing here needs it: so the tests built with it
/// (`tests/run`) are the tests of what is released without it.
#[test]
fn a_feature_only_adds() {
    let mut files = Vec::new();
    walk(&source_folder(), &mut files);
    let in_program = files.len();
    walk(&source_folder().with_file_name("tests/it"), &mut files);
    assert!(in_program > 100 && files.len() > in_program + 50);
    for (n, file) in files.iter().enumerate() {
        let text = std::fs::read_to_string(file).unwrap();
        let needs = text.contains(concat!("skill_ledger::", "conformance"));
        let mut lines = text.lines();
        let takes_away = lines.any(|it| it.contains("not(") && it.contains("feature ="));
        let fault = if n < in_program { takes_away } else { needs };
        assert!(!fault, "{}", file.display());
    }
}

/// The variants of the enums of a file of the domain whose names end so.
fn variants(text: &str, ending: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let named = line.strip_prefix("pub enum ").map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default()
        });
        if named.is_some_and(|name| name.ends_with(ending)) {
            inside = true;
            depth = 0;
        } else if inside && depth == 1 && !line.starts_with(['/', '#', '@', '}']) {
            let name: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
            if name.starts_with(|c: char| c.is_ascii_uppercase()) {
                found.push(name);
            }
        }
        if inside && !line.starts_with("//") {
            depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
            inside = depth > 0;
        }
    }
    found
}

/// The streams of the domain: every folder there that has commands.
fn streams() -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(source_folder().join("domain"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("command.rs").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    found.sort();
    found
}

/// The tests of a stream: `tests.rs`, `*_tests.rs` and what lies in `tests/`.
fn tests_of(stream: &str) -> String {
    let mut found = Vec::new();
    walk(&source_folder().join("domain").join(stream), &mut found);
    found
        .iter()
        .filter(|path| path.to_string_lossy().contains("tests"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn every_command_and_every_rejection_has_a_test() {
    let mut counted = BTreeMap::new();
    let streams = streams();
    assert!(streams.len() >= 7, "{streams:?}");
    for stream in &streams {
        let read = |file: &str| {
            let path = source_folder().join("domain").join(stream).join(file);
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        };
        let tests = tests_of(stream);
        let rejections = variants(&read("rejection.rs"), "Rejection");
        for rejection in &rejections {
            assert!(
                names(&tests, &format!("No::{rejection}")),
                "domain/{stream}/: no test is refused with {rejection}"
            );
        }
        let commands = variants(&read("command.rs"), "Command");
        for command in &commands {
            let named = ["Command::", "C::"]
                .iter()
                .any(|path| tests.contains(&format!("{path}{command}")))
                || tests.contains(&format!("= Command::{command}"));
            assert!(named, "domain/{stream}/: no test tries {command}");
        }
        counted.insert(stream.as_str(), (commands.len(), rejections.len()));
    }
    // The reader above finds what there is: as many as were counted by hand once.
    assert!(
        counted["session"].0 >= 8 && counted["session"].1 >= 30,
        "{counted:?}"
    );
    assert!(
        counted["body"].0 >= 14 && counted["body"].1 >= 45,
        "{counted:?}"
    );
}

/// Personal data has no field in an event (invariant 2).
#[test]
fn no_event_has_a_field_for_personal_data() {
    let forbidden = [
        "id_number",
        "identity_number",
        "document_number",
        "phone",
        "mobile",
        "photo",
        "birth",
        "sex",
        "gender",
        "address",
        "latitude",
        "longitude",
        "worker_name",
        "person_name",
        "holder_name",
        "examiner_name",
        "email",
    ];
    for source in sources() {
        let events = source.path.starts_with("domain/")
            && (source.path.ends_with("/event.rs") || source.path == "domain/proposal.rs");
        if !events {
            continue;
        }
        for (n, line) in &source.lines {
            let Some((field, _)) = line
                .trim()
                .strip_prefix("pub ")
                .and_then(|it| it.split_once(':'))
            else {
                continue;
            };
            assert!(
                !forbidden.contains(&field),
                "src/{}:{n}: {field}: personal data lives in the vault; an event holds the \
                 pseudonym and the digest of the sealed row",
                source.path
            );
        }
    }
}
