//! Verifying a credential somebody holds.

use crate::support::server::Service;

#[tokio::test(flavor = "multi_thread")]
async fn a_held_credential_is_verified_with_the_proof_found_here() {
    let service = Service::start().await;
    for (nth, outcome) in [
        (0, "valid"),
        (1, "invalid"),
        (2, "invalid"),
        (3, "invalid"),
        // The first document of a reissued certificate stays good.
        (4, "valid"),
        (5, "valid"),
    ] {
        let credential = &service.certificates[nth].credential;
        let answer = service
            .post("/v1/verify", "application/vc", credential)
            .await;
        assert_eq!(answer.status, 200);
        let report = answer.json();
        assert_eq!(report["outcome"], outcome, "{nth}: {report:#}");
        assert_eq!(report["coat"], "vc-json");
        assert!(report["file"].is_null());
        assert_eq!(
            report["certificate"]["number"],
            service.certificates[nth].number.as_str()
        );
        for check in report["checks"].as_array().unwrap() {
            for member in ["check", "result", "code", "detail", "zh", "en"] {
                assert!(check[member].is_string(), "{check}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_credential_is_invalid_and_shows_nothing() {
    let service = Service::start().await;
    let text = String::from_utf8(service.certificates[0].credential.clone()).unwrap();
    let changed = text.replace("张伟", "张炜");
    assert_ne!(text, changed);
    let answer = service
        .post("/v1/verify", "application/json", changed.as_bytes())
        .await;
    let report = answer.json();
    assert_eq!(report["outcome"], "invalid");
    assert!(report["certificate"].is_null());
    assert!(!answer.text().contains("张炜"));

    for other in [&b"{}"[..], b"not json", b"", b"\xff\xfe", b"[1,2,3]"] {
        let answer = service.post("/v1/verify", "application/json", other).await;
        assert_eq!(answer.status, 200);
        assert_ne!(answer.json()["outcome"], "valid");
        assert!(answer.json()["certificate"].is_null());
    }
    let answer = service
        .post("/v1/verify", "application/json", &vec![b' '; (8 << 20) + 1])
        .await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.json()["code"], "too-large");
}
