//! Every status × every coat and container × lists that are fresh, kept, not there, past their time: the
//! program, the server and the page in a real browser say the same.
//!
//! | Lists | the program | the server | the page |
//! |---|---|---|---|
//! | [`Lists::Older`] | trust list of before the certificate | has published nothing since before it | opened with the network |
//! | [`Lists::Newest`], online | trust file fetched just now, proof beside the file | its own lists and log | fetches trust list, status lists, proof |
//! | [`Lists::Newest`], offline | the same: it never asks a network | the same: it asks nobody | the server has gone; trust list kept on the device, proof given |
//! | [`Lists::Missing`] | a trust file without its status lists | never: once published they lie in its own database | the server has gone; such a trust file given |
//! | [`Lists::Stale`], online | nine days later, the same files | nine days later, nobody renewed its lists | opened with the network |
//! | [`Lists::Stale`], offline | the same | the same | nine days later, the server has gone |
//! | [`Lists::Old`] | 100 days later: the trust list is too old as well | 100 days later | the server has gone |
//!
//! A certificate has no last day (no row for that): what runs out is a list. The row `stranger` is a
//! certificate of a body that the trust list does not know. The program and the server read every
//! container; the page reads pictures of a code, and hands a PDF or a badge over to the server's form.

use crate::support::outside;
use crate::support::program::{As, Ledger, TODAY, bare, text};
use crate::support::server::parse;
use crate::support::{clock, sheet};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use skill_ledger::credential::CredentialRef;
use skill_ledger::domain::digest::Digest;
use skill_ledger::verify::reference;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tokio::net::TcpSocket;

/// What becomes of certificate 1, 2, …: the state, its status line by the newest lists, and the command.
const STATES: [(&str, &str, &[&str]); 8] = [
    ("valid", "status-good", &[]),
    ("reissued", "status-good-reissued", &["reissue"]),
    ("suspended", "status-suspended-why", &["suspend"]),
    (
        "superseded",
        "status-superseded",
        &["correct", "--name", "端木更正"],
    ),
    ("revoked", "status-revoked", &["revoke", "--end", "revoked"]),
    (
        "cancelled",
        "status-cancelled",
        &["revoke", "--end", "cancelled"],
    ),
    (
        "forfeited",
        "status-forfeited",
        &["revoke", "--end", "forfeited"],
    ),
    ("voided", "status-voided", &["revoke", "--end", "voided"]),
];

/// Every kind of file that a certificate leaves the ledger as: its ending, the coat and the container.
const KINDS: [(&str, &str, Option<&str>); 8] = [
    ("json", "vc-json", None),
    ("rdfc.json", "vc-json-rdfc", None),
    ("scores.json", "vc-json-scores", None),
    ("sd-jwt", "sd-jwt-vc", None),
    ("qr.png", "qr", Some("picture")),
    ("pdf", "vc-json", Some("pdf")),
    ("badge.svg", "vc-json", Some("badge")),
    ("badge.png", "vc-json", Some("badge")),
];

/// The certificate of another ledger in every coat; its files lie with the tests.
const STRANGER: [(&str, &str); 5] = [
    ("rdfc/whole.json", "vc-json-rdfc"),
    ("scores/whole.scores.json", "vc-json-scores"),
    ("coats/whole.sd-jwt", "sd-jwt-vc"),
    ("coats/whole.cose", "qr"),
    ("whole.json", "vc-json"),
];

/// The lists that are at hand.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lists {
    Older,
    Newest,
    Missing,
    Stale,
    Old,
}

/// A file that is verified, its proof beside it.
struct File {
    state: &'static str,
    /// The status line by the newest lists.
    status: &'static str,
    coat: &'static str,
    container: Option<&'static str>,
    path: PathBuf,
}

impl File {
    /// The outcome and the line that is said of its status, or, where that is not looked at, of who signed.
    fn expected(&self, lists: Lists) -> (&'static str, &'static str) {
        let not_ended = self.status.starts_with("status-good");
        match lists {
            _ if self.state == "stranger" => ("invalid", "signature-body-unknown"),
            // Whether its body might issue it then is not known.
            Lists::Older => ("unknown", "position-beyond-trust"),
            Lists::Missing => ("unknown", "status-missing"),
            Lists::Newest if not_ended => ("valid", self.status),
            Lists::Stale | Lists::Old if not_ended || self.state == "suspended" => {
                ("unknown", "status-stale")
            }
            // An end is final, however old the list that says so.
            _ => ("invalid", self.status),
        }
    }
    fn is_for_the_page(&self) -> bool {
        !matches!(self.container, Some("pdf" | "badge"))
    }
    fn proof(&self) -> PathBuf {
        let folder = self.path.parent().unwrap();
        let name = self.path.file_name().unwrap().to_str().unwrap();
        let number = name.split('.').next().unwrap();
        folder.join(format!("{number}.tlog-proof"))
    }
}

/// The program as a server, on a day. Ends with the test.
struct Server {
    child: Child,
    address: SocketAddr,
    /// How many requests it has had: each comes from an address of its own, as from many strangers.
    asked: u8,
}

impl Server {
    fn start(ledger: &Ledger, today: Date) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let mut command = ledger.command(As::Nobody, &["serve", "--listen", &address.to_string()]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = on_day(&mut command, today).spawn().unwrap();
        // It says where it listens once it does.
        let mut told = child.stderr.take().unwrap();
        let mut said = Vec::new();
        let port = address.port().to_string();
        while !String::from_utf8_lossy(&said).contains(&port) {
            let mut byte = [0];
            assert_eq!(told.read(&mut byte).unwrap(), 1, "{}", said.escape_ascii());
            said.extend(byte);
        }
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        Self {
            child,
            address,
            asked: 0,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    async fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        self.asked += 1;
        let socket = TcpSocket::new_v4().unwrap();
        let stranger = SocketAddr::from(([127, 0, 1, self.asked], 0));
        socket.bind(stranger).unwrap();
        let mut stream = socket.connect(self.address).await.unwrap();
        let length = body.len();
        let mut request = Vec::new();
        write!(
            request,
            "{method} {path} HTTP/1.1\r\nHost: ledger.test.example\r\nConnection: close\r\n\
             Content-Length: {length}\r\n\r\n"
        )
        .unwrap();
        request.extend(body);
        stream.write_all(&request).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = parse(&answer);
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text());
        answer.body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A person with the page in a browser.
struct Page {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Page {
    /// `None` where there is no browser.
    fn start() -> Option<Self> {
        Command::new("chromium").arg("--version").output().ok()?;
        let mut child = Command::new("node")
            .arg(outside::here().join("verify_matrix.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Some(Self {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take().unwrap()),
            child,
        })
    }

    fn ask(&mut self, asked: &Value) -> Value {
        let to = self.to.as_mut().unwrap();
        writeln!(to, "{asked}").unwrap();
        to.flush().unwrap();
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no answer to {asked}"))
    }

    fn open(&mut self, url: &str, today: Date) {
        self.ask(&json!({"open": url, "now": at(today)}));
    }

    /// Gives it first some papers, then the certificates.
    fn give(&mut self, papers: &[PathBuf], files: &[&File]) -> Vec<Value> {
        let certificates = files.iter().map(|file| &file.path);
        let all: Vec<&PathBuf> = papers.iter().chain(certificates).collect();
        let shown = self.ask(&json!({"give": all}));
        shown.as_array().unwrap().clone()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It ends with its input.
        self.to = None;
        let _ = self.child.wait();
    }
}

/// When certificates are verified on a day, in seconds: half an hour after everything was issued, so that
/// a few seconds make no day more or less.
fn at(day: Date) -> i64 {
    let time = day.at(12, 30, 0, 0);
    let time = time.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    time.unwrap().timestamp().as_second()
}

fn on_day(command: &mut Command, day: Date) -> &mut Command {
    clock::set(command, day);
    command.env("TEST_CLOCK_SECONDS", at(day).to_string())
}

/// The answers of the program, one a file, as expected.
fn by_program(
    files: &[File],
    lists: Lists,
    trust: &Path,
    pin: Option<&str>,
    today: Date,
) -> Vec<Value> {
    let mut args = vec!["verify", "--trust", trust.to_str().unwrap()];
    args.extend(pin.iter().flat_map(|pin| ["--trust-key", pin]));
    args.extend(files.iter().map(|file| file.path.to_str().unwrap()));
    let mut command = bare(&args);
    let output = on_day(&mut command, today).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = lines
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(answers.len(), files.len());
    for (file, answer) in files.iter().zip(&answers) {
        let case = format!("{} {lists:?} {today}: {answer}", file.path.display());
        let (outcome, code) = file.expected(lists);
        assert_eq!(answer["outcome"], outcome, "{case}");
        let mut checks = answer["checks"].as_array().unwrap().iter();
        assert!(checks.any(|it| it["code"] == code), "{code} {case}");
        assert_eq!(answer["coat"], file.coat, "{case}");
        assert_eq!(answer["container"], json!(file.container), "{case}");
    }
    answers
}

/// The server says the same of each, to the letter.
async fn same_by_server(server: &mut Server, files: &[File], by_program: &[Value]) {
    for (file, expected) in files.iter().zip(by_program) {
        let bytes = std::fs::read(&file.path).unwrap();
        let answer = server.ask("POST", "/v1/verify", &bytes).await;
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        answer["file"] = expected["file"].clone();
        assert_eq!(&answer, expected, "{}", file.path.display());
    }
}

/// The page shows the same of each: the outcome, every line and its words.
fn same_by_page(page: &mut Page, papers: &[PathBuf], files: &[File], by_program: &[Value]) {
    let for_page = |(file, _): &(&File, &Value)| file.is_for_the_page();
    let pairs = files.iter().zip(by_program).filter(for_page);
    let (files, expected): (Vec<&File>, Vec<&Value>) = pairs.unzip();
    let shown = page.give(papers, &files);
    assert_eq!(shown.len(), files.len(), "{shown:?}");
    for ((file, expected), shown) in files.iter().zip(expected).zip(shown) {
        let name = file.path.file_name().unwrap().to_str().unwrap();
        assert!(text(&shown, "about").contains(name), "{name}: {shown}");
        assert_eq!(shown["outcome"], expected["outcome"], "{name}: {shown}");
        let checks = expected["checks"].as_array().unwrap().iter();
        let lines = checks.map(|it| {
            let words = text(it, "zh");
            let words: Vec<&str> = words.split_whitespace().collect();
            json!([it["result"], words.join(" ")])
        });
        assert_eq!(shown["checks"], Value::from_iter(lines), "{name}");
    }
}

fn number(serial: usize) -> String {
    format!("S000032000012263{serial:06}")
}

/// The files of a session's certificates, which are to be in these states.
fn files(ledger: &Ledger, session: &str, states: &[(&'static str, &'static str)]) -> Vec<File> {
    let folder = ledger.beside("files");
    let out = ["--out", folder.to_str().unwrap(), "--coat", "all"];
    let export = ["certificate", "export", "--session", session];
    ledger.maker(&[&export[..], &out[..]].concat()).done();
    let of = |(nth, (state, status)): (usize, &(&'static str, &'static str))| {
        KINDS.map(|(ending, coat, container)| File {
            state,
            status,
            coat,
            container,
            path: folder.join(format!("{}.{ending}", number(nth + 1))),
        })
    };
    states.iter().enumerate().flat_map(of).collect()
}

fn strangers(ledger: &Ledger) -> Vec<File> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/credentials");
    let copy = |(nth, (from, coat)): (usize, (&str, &'static str))| {
        let name = format!("stranger-{nth}");
        let path = ledger.beside(&format!("{name}.file"));
        std::fs::copy(golden.join(from), &path).unwrap();
        let proof = golden.join("coats/whole.tlog-proof");
        std::fs::copy(proof, ledger.beside(&format!("{name}.tlog-proof"))).unwrap();
        File {
            state: "stranger",
            status: "",
            coat,
            container: None,
            path,
        }
    };
    STRANGER.into_iter().enumerate().map(copy).collect()
}

/// The trust list that a server hands out, as a file, and the key that signed it.
async fn fetch_trust(server: &mut Server, ledger: &Ledger, name: &str) -> (PathBuf, String) {
    let bytes = server.ask("GET", "/trust-list.json", b"").await;
    let path = ledger.beside(name);
    std::fs::write(&path, &bytes).unwrap();
    let list: Value = serde_json::from_slice(&bytes).unwrap();
    let pin = text(&list["trust_list"]["authority"], "trust_key");
    (path, pin)
}

/// Puts the newest proof beside each file, as whoever holds one fetches it: by the digest of the document.
async fn fetch_proofs(server: &mut Server, files: &[File]) {
    for file in files
        .iter()
        .filter(|it| it.path.extension().unwrap() == "json")
    {
        let document = reference(&std::fs::read(&file.path).unwrap());
        let Some(CredentialRef::Whole(Digest(digest))) = document else {
            panic!("{} names no document", file.path.display());
        };
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = format!("/v1/certificates/proofs/{digest}");
        let proof = server.ask("GET", &path, b"").await;
        std::fs::write(file.proof(), proof).unwrap();
    }
}

/// The same trust list without the status lists that come with it: those are signed by themselves.
fn without_lists(trust: &Path) -> PathBuf {
    let mut file: Value = serde_json::from_slice(&std::fs::read(trust).unwrap()).unwrap();
    assert!(!file["status_lists"].as_array().unwrap().is_empty());
    file["status_lists"] = json!([]);
    file["status_details"] = json!([]);
    let path = trust.with_extension("bare.json");
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

fn act(ledger: &Ledger, number: &str, command: &[&str]) {
    let Some((verb, more)) = command.split_first() else {
        return;
    };
    let on = ["--on", "2026-03-20"];
    if *verb == "reissue" {
        let reissue = ["certificate", verb, number, "--reason", "遗失"];
        ledger.maker(&[&reissue[..], &on].concat()).done();
    } else {
        let why = ["--ground", "核查属实", "--basis", "示范〔2026〕2号"];
        let measure = [&["certificate", verb, number], &why[..], &on, more];
        ledger.by_two(&measure.concat());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_says_the_same_of_every_status_in_every_coat() {
    let mut page = Page::start();
    if page.is_none() {
        eprintln!("left out: no chromium; the program and the server alone");
    }
    let ledger = Ledger::begin_costly().with_one_body();
    let session = ledger.closed_session("2026-29", &sheet::all_passed(1, STATES.len() as u32));
    ledger.export_trust("before");
    ledger.issue(&session);

    let states = STATES.map(|(state, status, _)| (state, status));
    let mut all = files(&ledger, &session, &states);
    let older = &all[..KINDS.len()];
    let mut server = Server::start(&ledger, TODAY);
    let (trust, pin) = fetch_trust(&mut server, &ledger, "older.json").await;
    let told = by_program(older, Lists::Older, &trust, Some(&pin), TODAY);
    same_by_server(&mut server, older, &told).await;
    if let Some(page) = &mut page {
        page.open(&server.url(), TODAY);
        same_by_page(page, &[], older, &told);
    }
    drop(server);

    for (nth, (_, _, command)) in STATES.iter().enumerate() {
        act(&ledger, &number(nth + 1), command);
    }
    ledger.export_trust("after");
    let mut server = Server::start(&ledger, TODAY);
    let (trust, pin) = fetch_trust(&mut server, &ledger, "trust.json").await;
    let pin = Some(pin.as_str());
    fetch_proofs(&mut server, &all).await;
    all.extend(strangers(&ledger));
    let mut proofs: Vec<PathBuf> = all.iter().map(File::proof).collect();
    proofs.dedup();

    // Online, with the newest lists.
    let newest = by_program(&all, Lists::Newest, &trust, pin, TODAY);
    same_by_server(&mut server, &all, &newest).await;
    let url = server.url();
    if let Some(page) = &mut page {
        page.open(&url, TODAY);
        same_by_page(page, &[], &all, &newest);
        page.ask(&json!({"kept": true}));
    }
    drop(server);

    // The server has gone: by what is kept, without lists, later, and much later.
    let bare = without_lists(&trust);
    let missing = by_program(&all, Lists::Missing, &bare, None, TODAY);
    let later = TODAY.checked_add(9.days()).unwrap();
    let stale = by_program(&all, Lists::Stale, &trust, pin, later);
    let long_after = TODAY.checked_add(100.days()).unwrap();
    let old = by_program(&all, Lists::Old, &trust, pin, long_after);
    if let Some(page) = &mut page {
        for (today, expected) in [(TODAY, &newest), (later, &stale), (long_after, &old)] {
            page.open(&url, today);
            same_by_page(page, &proofs, &all, expected);
        }
        page.open(&url, TODAY);
        let papers = [vec![bare], proofs.clone()].concat();
        same_by_page(page, &papers, &all, &missing);
    }

    // It is back, and nobody has renewed its lists.
    for (today, expected) in [(later, &stale), (long_after, &old)] {
        let mut server = Server::start(&ledger, today);
        same_by_server(&mut server, &all, expected).await;
        if let Some(page) = page.as_mut().filter(|_| today == later) {
            page.open(&server.url(), today);
            same_by_page(page, &[], &all, expected);
        }
    }
}
