//! The real service on a real socket, and a client that speaks HTTP/1.1 byte by byte.

use super::ledger::{Certificate, Fixture, Holder};
use serde_json::Value;
use skill_ledger::app::Ledger;
use skill_ledger::http::{self, Limits, Served, listen};
use skill_ledger::web;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A running service.
pub struct Service {
    pub address: SocketAddr,
    pub public_id: Uuid,
    pub holders: Vec<Holder>,
    pub certificates: Vec<Certificate>,
    /// Token of the authority's maker.
    pub maker: String,
    /// Token of the authority's checker.
    pub checker: String,
    pub ledger: Arc<Ledger>,
    dir: TempDir,
    end: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Service {
    /// Starts it over a fresh ledger, with limits that tests do not meet by chance.
    pub async fn start() -> Self {
        Self::with(generous()).await
    }

    /// Starts it with these limits.
    pub async fn with(limits: Limits) -> Self {
        let fixture = Fixture::make().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let ledger = Arc::new(fixture.ledger);
        let served = Served::new(Arc::clone(&ledger));
        let router = web::around(http::router(served.clone()), served, limits);
        let (end, ended) = oneshot::channel();
        let served = tokio::spawn(listen::listen(listener, router, limits, async move {
            let _ = ended.await;
        }));
        Self {
            address,
            public_id: fixture.public_id,
            holders: fixture.holders,
            certificates: fixture.certificates,
            maker: fixture.maker_token,
            checker: fixture.checker_token,
            ledger,
            dir: fixture.dir,
            end,
            served,
        }
    }

    /// Ends it in order; answers the data directory's keeper and the database.
    pub async fn end(self) -> (TempDir, PathBuf) {
        let database = self.database();
        self.end.send(()).unwrap();
        self.served.await.unwrap().unwrap();
        (self.dir, database)
    }

    /// The file of the database.
    pub fn database(&self) -> PathBuf {
        self.dir.path().join("data").join("ledger.sqlite")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"").await
    }

    pub async fn post(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        self.ask("POST", path, &[("Content-Type", content_type)], body)
            .await
    }

    /// Sends one request and reads the whole answer.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        ask(self.address, method, path, headers, body).await
    }
}

/// Sends one request and reads the whole answer.
pub async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: ledger.example\r\nConnection: close\r\n\
             Content-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that refuses a body by its length may close before it has read it.
    let _ = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    parse(&bytes)
}

/// Limits that no test meets by chance.
pub fn generous() -> Limits {
    Limits {
        asks_per_minute: 10_000.try_into().unwrap(),
        asks_burst: 10_000.try_into().unwrap(),
        asks_per_second_all: 10_000.try_into().unwrap(),
        ..Limits::default()
    }
}

pub fn parse(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("a head");
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    assert!(
        headers.iter().all(|(name, _)| name != "transfer-encoding"),
        "answers have a length"
    );
    Answer {
        status: status.parse().unwrap(),
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}
