//! Readers that nobody here wrote, over what the real service hands out: certificates from the API,
//! keys, types and status from the addresses that the certificates name.

use crate::support::outside::sd_jwt_readers;
use crate::support::server::Service;
use serde_json::{Map, Value, json};
use skill_ledger::app::{Ledger, chance, clock};
use skill_ledger::credential::jwt::from_base64url;
use skill_ledger::domain::ids::CommandId;
use skill_ledger::domain::proposal::{Act, End};

const HOST: &str = "https://ledger.example";

fn id() -> CommandId {
    CommandId(chance::internal_id())
}

/// The SD-JWTs of every issue of a certificate.
async fn sd_jwts(service: &Service, nth: usize) -> Vec<String> {
    let number = &service.certificates[nth].number;
    let bearer = format!("Bearer {}", service.maker);
    let headers = [("Authorization", bearer.as_str())];
    let path = format!("/v1/certificates/{number}");
    let answer = service.ask("GET", &path, &headers, b"").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    let issues = answer["certificates"].as_array().unwrap();
    let coat = |it: &Value| it["coats"]["sd-jwt-vc"].as_str().unwrap().to_owned();
    issues.iter().map(coat).collect()
}

/// What a reader of these finds at the addresses that they name, and nothing else.
async fn given(service: &Service, cases: &[String]) -> Value {
    let mut documents = Map::new();
    let mut keys = Map::new();
    for case in cases {
        let payload = case.split('.').nth(1).unwrap();
        let payload: Value = serde_json::from_slice(&from_base64url(payload).unwrap()).unwrap();
        let status = payload["status"]["status_list"]["uri"].as_str().unwrap();
        let token = service.get(status.strip_prefix(HOST).unwrap()).await;
        assert_eq!(token.status, 200, "{status}");
        let typ = token.header("content-type");
        assert_eq!(typ, Some("application/statuslist+jwt"));
        assert_eq!(token.header("access-control-allow-origin"), Some("*"));
        documents.insert(status.to_owned(), json!(token.text()));
        let vct = payload["vct"].as_str().unwrap();
        let metadata = service.get(vct.strip_prefix(HOST).unwrap()).await;
        assert_eq!(metadata.header("content-type"), Some("application/json"));
        documents.insert(vct.to_owned(), metadata.json());
        let issuer = payload["iss"].as_str().unwrap();
        let path = issuer.strip_prefix(HOST).unwrap();
        let metadata = format!("/.well-known/jwt-vc-issuer{path}");
        let metadata = service.get(&metadata).await.json();
        keys.insert(issuer.to_owned(), metadata);
    }
    json!({"documents": documents, "keys": keys, "cases": cases})
}

async fn revoke(ledger: &Ledger, service: &Service, nth: usize) {
    let maker = ledger.actor(&service.maker).await.unwrap();
    let checker = ledger.actor(&service.checker).await.unwrap();
    let act = Act::EndCertificate {
        end: End::Revoked,
        ground: String::from("认定材料不实"),
        basis: String::from("示范处〔2026〕9号"),
        on: clock::today(),
    };
    let number = &service.certificates[nth].number;
    let proposed = ledger
        .propose_about_certificate(&maker, id(), number, act, None)
        .await
        .unwrap();
    ledger
        .approve(&checker, id(), proposed.proposal)
        .await
        .unwrap();
    ledger.publish_all(&maker).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn others_judge_what_is_served_by_what_is_served() {
    let service = Service::start().await;
    let mut cases = Vec::new();
    let mut stands = Vec::new();
    // 1 is revoked, 2 suspended, 3 superseded, 4 issued twice.
    for (nth, is_good) in [true, false, false, false, true, true]
        .into_iter()
        .enumerate()
    {
        for case in sd_jwts(&service, nth).await {
            cases.push(case);
            stands.push(is_good);
        }
    }
    assert_eq!(cases.len(), 7);
    let before = given(&service, &cases).await;
    for (reader, verdicts) in sd_jwt_readers(&before) {
        for (n, (verdict, stands)) in verdicts.iter().zip(&stands).enumerate() {
            // The reference implementation looks at no status.
            let expected = *stands || reader == "sd-jwt";
            assert_eq!(
                verdict.accepted, expected,
                "{reader} {n}: {}",
                verdict.reason
            );
        }
    }
    revoke(&service.ledger, &service, 0).await;
    let after = given(&service, &cases[..1]).await;
    for (reader, verdicts) in sd_jwt_readers(&after) {
        assert_eq!(verdicts[0].accepted, reader == "sd-jwt", "{reader}");
        if reader != "sd-jwt" {
            assert!(verdicts[0].reason.contains("status") || verdicts[0].reason.contains("evoked"));
        }
    }
    // With the keys of another body, nothing holds.
    let mut stranger = before;
    for metadata in stranger["keys"].as_object_mut().unwrap().values_mut() {
        metadata["jwks"]["keys"] = json!([]);
    }
    for (reader, verdicts) in sd_jwt_readers(&stranger) {
        assert!(verdicts.iter().all(|it| !it.accepted), "{reader}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_is_what_is_served() {
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let files = service
        .ledger
        .write_trust_files(folder.path())
        .await
        .unwrap();
    let id = service.public_id;
    // The four types, and the keys of the one body.
    assert_eq!(
        (files.token_documents.len(), files.status_lists.len()),
        (5, 4)
    );
    for path in [
        "vct/level".to_owned(),
        "vct/micro-skill".to_owned(),
        format!("bodies/{id}/status/1.jwt"),
        format!(".well-known/jwt-vc-issuer/bodies/{id}"),
    ] {
        let served = service.get(&format!("/{path}")).await;
        assert_eq!(served.status, 200, "{path}");
        let exported = std::fs::read(folder.path().join(&path)).unwrap();
        assert_eq!(exported, served.body, "{path}");
        let etag = served.header("etag").unwrap();
        let address = format!("/{path}");
        let known = [("If-None-Match", etag)];
        let again = service.ask("GET", &address, &known, b"").await;
        assert_eq!(again.status, 304, "{path}");
    }
    for path in ["/vct/other", "/vct/", "/.well-known/jwt-vc-issuer/bodies/x"] {
        assert!(
            matches!(service.get(path).await.status, 400 | 404),
            "{path}"
        );
    }
    let unknown = format!("/bodies/{id}/status/2.jwt");
    assert_eq!(service.get(&unknown).await.status, 404);
}
