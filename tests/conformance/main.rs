//! The conformance door over HTTPS, as the test suites of the W3C meet it, and its way of making documents
//! canonical against `jsonld` (npm). Needs the feature: `cargo test --features conformance --test
//! conformance`. docs/conformance.md says what is tested and how to run the suites themselves.

// A helper of tests may unwrap as a test may.
#![allow(clippy::unwrap_used)]

mod credentials;
mod fuzz;
mod model;
mod others;
// Of the other tests' support, not all of it.
#[allow(dead_code)]
#[path = "../it/support/outside.rs"]
mod outside;

use serde_json::{Value, json};
use skill_ledger::conformance::{Door, router, serve};
use std::sync::{Arc, OnceLock};
use tokio::net::TcpListener;
use ureq::tls::TlsConfig;

/// One open door for all tests, and its DID.
fn door() -> &'static (String, String) {
    static DOOR: OnceLock<(String, String)> = OnceLock::new();
    DOOR.get_or_init(|| {
        let (told, hear) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async move {
                let door = Arc::new(Door::open());
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let url = format!(
                    "https://localhost:{}",
                    listener.local_addr().unwrap().port()
                );
                told.send((url, door.did().to_owned())).unwrap();
                serve(listener, router(door)).await.unwrap();
            });
        });
        hear.recv().unwrap()
    })
}

/// Status and answer of a request.
fn post(path: &str, body: &[u8]) -> (u16, Value) {
    let agent = ureq::Agent::config_builder()
        .tls_config(TlsConfig::builder().disable_verification(true).build())
        .http_status_as_error(false)
        .build()
        .new_agent();
    let url = format!("{}/{path}", door().0);
    let request = agent.post(url).header("content-type", "application/json");
    let mut answer = request.send(body).unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

const SUITES: [&str; 2] = ["eddsa-jcs-2022", "eddsa-rdfc-2022"];

fn issue(suite: &str, credential: &Value) -> (u16, Value) {
    let body = json!({"credential": credential}).to_string();
    let (status, answer) = post(&format!("{suite}/credentials/issue"), body.as_bytes());
    (status, answer["verifiableCredential"].clone())
}

fn verify(suite: &str, credential: &Value) -> u16 {
    let body = json!({"verifiableCredential": credential, "options": {"checks": ["proof"]}});
    post(
        &format!("{suite}/credentials/verify"),
        body.to_string().as_bytes(),
    )
    .0
}
