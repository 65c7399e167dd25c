//! A wallet library that nobody here wrote (`@openid4vc/openid4vci`) against the real service.

use crate::support::outside::installed;
use crate::support::server::Service;
use serde_json::{Value, json};
use skill_ledger::credential::sd_jwt::ParsedSdJwt;
use skill_ledger::credential::vc::ParsedCredential;
use std::process::Command;

const ISSUER: &str = "https://ledger.example";

async fn offer(service: &Service) -> (Value, Value) {
    let bearer = format!("Bearer {}", service.maker);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let number = &service.certificates[0].number;
    let path = format!("/v1/certificates/{number}/offers");
    let answer = service.ask("POST", &path, &headers, b"{}").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    (answer["offer"].clone(), answer["tx_code"].clone())
}

fn wallet(given: &Value) -> Vec<Value> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cases.json");
    std::fs::write(&file, given.to_string()).unwrap();
    let mut node = Command::new("node");
    node.arg(installed().join("wallet.mjs")).arg(&file);
    let output = node.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<Value> = text
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(lines.len(), given["cases"].as_array().unwrap().len());
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_by_others_fetches_both_formats_and_refuses_what_is_changed() {
    let service = Service::start().await;
    let metadata = "/.well-known/openid-credential-issuer";
    let server = "/.well-known/oauth-authorization-server";
    let change = |path: &str, member: &str, value: Value| json!({"path": path, "member": member, "value": value});
    let mut cases = Vec::new();
    for (configuration, change) in [
        ("level.sd-jwt-vc", Value::Null),
        ("level.vc-json", Value::Null),
        (
            "level.sd-jwt-vc",
            change(
                metadata,
                "credential_issuer",
                json!("https://other.example"),
            ),
        ),
        (
            "level.sd-jwt-vc",
            change(metadata, "credential_endpoint", Value::Null),
        ),
        (
            "level.sd-jwt-vc",
            change(server, "issuer", json!("https://other.example")),
        ),
        (
            "level.sd-jwt-vc",
            change(server, "token_endpoint", Value::Null),
        ),
        (
            "level.sd-jwt-vc",
            change("/v1/wallet/token", "access_token", Value::Null),
        ),
        (
            "level.sd-jwt-vc",
            change("/v1/wallet/credential", "credentials", Value::Null),
        ),
    ] {
        let (offer, tx_code) = offer(&service).await;
        cases.push(
            json!({"offer": offer, "txCode": tx_code, "configuration": configuration,
            "change": change}),
        );
    }
    // The offer of the first case again, another transaction code, an offer cut short.
    cases.push(cases[0].clone());
    let (whole, _) = offer(&service).await;
    let whole = whole.as_str().unwrap();
    for (offer, tx_code) in [(whole, "no digits"), (&whole[..whole.len() - 20], "000000")] {
        cases.push(json!({"offer": offer, "txCode": tx_code,
            "configuration": "level.sd-jwt-vc", "change": null}));
    }
    let at = format!("http://{}", service.address);
    let given = json!({"issuer": ISSUER, "at": at, "cases": cases});
    let told = tokio::task::spawn_blocking(move || wallet(&given))
        .await
        .unwrap();
    for (n, told) in told.iter().enumerate() {
        assert_eq!(told["accepted"], n < 2, "{n}: {told}");
    }
    let sd_jwt = told[0]["credential"].as_str().unwrap();
    let read = ParsedSdJwt::parse(sd_jwt.as_bytes()).unwrap();
    assert!(read.verify_signature().is_ok());
    assert_eq!(
        read.disclosed.number.as_ref(),
        Some(&service.certificates[0].number)
    );
    let vc = serde_json_canonicalizer::to_vec(&told[1]["credential"]).unwrap();
    assert_eq!(&vc, &service.certificates[0].credential);
    assert!(
        ParsedCredential::parse(&vc)
            .unwrap()
            .verify_signature()
            .is_ok()
    );
}
