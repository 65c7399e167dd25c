//! The documents strangers verify with: from the socket alone, offline afterwards.

use crate::support::server::Service;
use sha2::{Digest, Sha256};
use skill_ledger::credential::trust_list::TrustFile;
use skill_ledger::credential::vc::ParsedCredential;
use skill_ledger::domain::time::Instant;
use skill_ledger::tlog::TlogProof;
use skill_ledger::verify::{Known, Outcome, Policy, verify};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_served_is_enough_to_verify_offline() {
    let service = Service::start().await;
    let trust = service.get("/trust-list.json").await;
    assert_eq!(trust.status, 200);
    let list = TrustFile::parse(&trust.body).unwrap().open().unwrap();
    // The time of the list itself: this test reads no clock.
    let now = Instant(list.issued_at.0 + 1_000_000);
    let known = Known::gather(now, Policy::default(), Some(&trust.body), None, &[]);
    for (nth, expected) in [
        (0, Outcome::Valid),
        (1, Outcome::Invalid),
        (2, Outcome::Invalid),
        (3, Outcome::Invalid),
        (4, Outcome::Valid),
    ] {
        let credential = &service.certificates[nth].credential;
        let sha256 = hex::encode(ParsedCredential::parse(credential).unwrap().unsigned_sha256);
        let proof = service
            .get(&format!("/v1/certificates/proofs/{sha256}"))
            .await;
        assert_eq!(proof.status, 200);
        assert!(TlogProof::parse(&proof.body).is_ok());
        // A QR code has room for half of the digest.
        let half = service
            .get(&format!("/v1/certificates/proofs/{}", &sha256[..32]))
            .await;
        assert_eq!((half.status, &half.body), (200, &proof.body));
        let report = verify(credential, Some(&proof.body), &known);
        assert_eq!(report.outcome, expected, "{nth}");
        // The proof that came with the file is as good.
        let beside = verify(credential, Some(&service.certificates[nth].proof), &known);
        assert_eq!(beside.outcome, expected, "{nth}");
    }
    let nothing = hex::encode(Sha256::digest(b"nothing"));
    let unknown = service
        .get(&format!("/v1/certificates/proofs/{nothing}"))
        .await;
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.json()["code"], "no-proof-yet");
    let malformed = service.get("/v1/certificates/proofs/xyz").await;
    assert_eq!(malformed.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_stands_where_its_own_address_says() {
    let service = Service::start().await;
    let id = service.public_id;
    let did = service.get(&format!("/bodies/{id}/did.json")).await;
    assert_eq!(did.status, 200);
    assert_eq!(did.header("content-type"), Some("application/did+json"));
    let document = did.json();
    assert_eq!(
        document["id"],
        format!("did:web:ledger.example:bodies:{id}")
    );
    for kind in ["revocation", "suspension"] {
        let path = format!("/bodies/{id}/status/1-{kind}.json");
        let list = service.get(&path).await;
        assert_eq!(list.status, 200, "{path}");
        assert_eq!(list.header("content-type"), Some("application/vc"));
        assert_eq!(list.json()["id"], format!("https://ledger.example{path}"));
    }
    let details = service
        .get(&format!("/bodies/{id}/status/1-details.json"))
        .await;
    assert_eq!(details.status, 200);
    let checkpoint = service.get("/log/checkpoint").await;
    assert!(checkpoint.text().starts_with("ledger.example/log\n"));
    let key = service.get("/log/vkey").await;
    assert!(key.text().starts_with("ledger.example/log+"));
    for path in [
        "/bodies/00000000-0000-4000-8000-000000000000/did.json".to_owned(),
        "/bodies/not-a-uuid/did.json".to_owned(),
        format!("/bodies/{id}/status/2-revocation.json"),
        format!("/bodies/{id}/status/1-trust-list.json"),
        "/v1/nothing".to_owned(),
        "/../Cargo.toml".to_owned(),
    ] {
        let answer = service.get(&path).await;
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn public_documents_are_for_every_origin_and_known_ones_are_not_sent_again() {
    let service = Service::start().await;
    for path in ["/trust-list.json", "/log/checkpoint", "/log/vkey"] {
        let first = service.get(path).await;
        assert_eq!(first.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            first.header("cross-origin-resource-policy"),
            Some("cross-origin")
        );
        assert!(first.header("cache-control").unwrap().starts_with("public"));
        let etag = first.header("etag").unwrap();
        let headers = [("If-None-Match", etag)];
        let again = service.ask("GET", path, &headers, b"").await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(etag));
        let headers = [("If-None-Match", "\"another\"")];
        let other = service.ask("GET", path, &headers, b"").await;
        assert_eq!((other.status, other.body == first.body), (200, true));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_says_whether_it_is_well() {
    let service = Service::start().await;
    let health = service.get("/healthz").await;
    assert_eq!((health.status, health.text().as_str()), (200, "ok\n"));
    let ready = service.get("/readyz").await;
    assert_eq!(ready.status, 200, "{}", ready.text());
    for part in ["database", "views", "checkpoint", "key"] {
        assert_eq!(ready.json()["parts"][part], true, "{part}");
    }
}
