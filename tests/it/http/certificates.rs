//! Certificates over the API: issued and downloaded, each with its proof in the same answer.

use crate::support::program::{As, Ledger, PASSPHRASE, verify};
use crate::support::server::{Answer, Service, ask, generous};
use crate::support::sheet::{Came, candidate};
use serde_json::{Value, json};
use skill_ledger::app::home::Home;
use skill_ledger::http::{self, Served, listen};
use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

const KEY: &str = "0197f3a0-0000-7000-8000-00000000000a";

/// The ledger behind a socket, for as long as the runtime lives.
async fn served(ledger: &Ledger) -> SocketAddr {
    let home = Home::new(&ledger.data(), None);
    let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
    let open = skill_ledger::app::Ledger::open(home, &passphrase)
        .await
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = http::router(Served::new(Arc::new(open)));
    let never = std::future::pending();
    tokio::spawn(listen::listen(listener, router, generous(), never));
    address
}

async fn issue(at: SocketAddr, token: &str, session: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Idempotency-Key", KEY),
        ("Content-Type", "application/json"),
    ];
    let path = format!("/v1/sessions/{session}/certificates");
    ask(at, "POST", &path, &headers, body.to_string().as_bytes()).await
}

#[test]
fn an_issue_answers_with_certificates_and_proofs() {
    let ledger = Ledger::with_body();
    let people: Vec<_> = (0..5).map(|n| candidate(1, n, Came::Passed)).collect();
    let session = ledger.closed_session("S1", &people);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let page = |after: usize| json!({"on": "2026-03-12", "after": after, "limit": 2});
    let mut found: Vec<Value> = Vec::new();
    let mut next = Some(0);
    let maker = ledger.token(As::Maker);
    let at = runtime.block_on(served(&ledger));
    while let Some(after) = next {
        let answer = runtime.block_on(issue(at, maker, &session, &page(after)));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let answer = answer.json();
        assert_eq!(answer["count"], 5);
        assert_eq!(answer["repeated"], after > 0);
        found.extend(answer["certificates"].as_array().unwrap().clone());
        next = answer["next"].as_u64().map(|next| next as usize);
    }
    assert_eq!(found.len(), 5);
    // Beyond the end is an empty page; another day under the same key is another command.
    let beyond = runtime
        .block_on(issue(at, maker, &session, &page(9)))
        .json();
    assert_eq!(
        (&beyond["certificates"], &beyond["next"]),
        (&json!([]), &Value::Null)
    );
    let other = json!({"on": "2026-03-13"});
    let other = runtime.block_on(issue(at, maker, &session, &other));
    assert_eq!(other.json()["code"], "command-id-reused");
    // Downloaded, each has its proof again.
    let bearer = format!("Bearer {maker}");
    let number = found[0]["number"].as_str().unwrap();
    let path = format!("/v1/certificates/{number}");
    let headers = [("Authorization", bearer.as_str())];
    let again = runtime.block_on(ask(at, "GET", &path, &headers, b""));
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(
        again.json()["certificates"][0]["credential"],
        found[0]["credential"]
    );
    let nobody = runtime.block_on(ask(at, "GET", &path, &[], b""));
    assert_eq!(nobody.json()["code"], "unauthorized");
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));

    // What the answer holds is all that a verifier needs.
    ledger.export_trust("trust");
    let trust = ledger.beside("trust/trust-list.json");
    found.push(again.json()["certificates"][0].clone());
    for (n, certificate) in found.iter().enumerate() {
        let file = ledger.beside(&format!("{n}.json"));
        fs::write(&file, certificate["credential"].to_string()).unwrap();
        let proof = certificate["proof"].as_str().unwrap();
        fs::write(file.with_extension("tlog-proof"), proof).unwrap();
        let (exit, report) = verify(&file, &trust, &[]);
        assert_eq!(exit, 0, "{report}");
    }
    assert_eq!(ledger.run(As::Nobody, &["audit"]).exit, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_issued_or_downloaded_is_told() {
    let service = Service::start().await;
    let maker = &service.maker;
    let unknown = "0197f3a0-0000-7000-8000-0000000000ff";
    let told = async |session: &str, body: Value| {
        let answer = issue(service.address, maker, session, &body).await;
        let code = answer.json()["code"].as_str().unwrap().to_owned();
        (answer.status, code)
    };
    assert_eq!(told(unknown, json!({})).await, (404, "not-found".into()));
    assert_eq!(told("x", json!({})).await, (404, "not-found".into()));
    assert_eq!(
        told(unknown, json!({"onn": 1})).await,
        (400, "bad-request".into())
    );
    assert_eq!(told(unknown, json!([])).await, (400, "bad-request".into()));
    let path = format!("/v1/sessions/{unknown}/certificates");
    let json = [("Content-Type", "application/json")];
    let answer = service.ask("POST", &path, &json, b"{}").await;
    assert_eq!(answer.json()["code"], "unauthorized");
    let bearer = format!("Bearer {maker}");
    let headers = [("Authorization", bearer.as_str()), json[0]];
    let answer = service.ask("POST", &path, &headers, b"{}").await;
    assert_eq!(answer.json()["code"], "idempotency-key-needed");
    let path = "/v1/certificates/S000032000012263999999";
    let answer = service.ask("GET", path, &headers[..1], b"").await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (404, &json!("not-found"))
    );
}
