//! How much of everything, the headers on every answer, and an orderly end.

use crate::support::server::{Service, generous};
use skill_ledger::http::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn asking_too_often_is_refused_and_documents_still_go_out() {
    let limits = Limits {
        asks_per_minute: 1.try_into().unwrap(),
        asks_burst: 3.try_into().unwrap(),
        ..generous()
    };
    let service = Service::with(limits).await;
    for _ in 0..3 {
        let answer = service.post("/v1/verify", "application/json", b"{}").await;
        assert_eq!(answer.status, 200);
    }
    for path in ["/v1/verify", "/v1/look-up", "/look-up", "/verify"] {
        let refused = service.post(path, "application/json", b"{}").await;
        assert_eq!(refused.status, 429, "{path}");
        assert_eq!(refused.json()["code"], "too-many-requests");
        let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait));
    }
    // With a browser he is led back to where the form stands, and no other place.
    for (path, back) in [
        ("/verify", "/verify"),
        ("/verify?lang=en", "/verify?lang=en"),
        ("/verify/list", "/verify/list"),
        ("/log", "/log"),
        ("/look-up", "/"),
    ] {
        let accept = [("Accept", "text/html")];
        let page = service.ask("POST", path, &accept, b"").await;
        assert_eq!(page.status, 429, "{path}");
        let html = page.text();
        let button = html.split("class=\"button\" href=\"").nth(1).unwrap();
        let href = button.split('"').next().unwrap();
        assert_eq!(href.replace("&#61;", "="), back);
    }
    assert_eq!(service.get("/trust-list.json").await.status, 200);
    assert_eq!(service.get("/").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers() {
    let service = Service::start().await;
    let answers = [
        service.get("/").await,
        service.get("/nothing/here").await,
        service.get("/trust-list.json").await,
        service.get("/healthz").await,
        service.post("/v1/look-up", "application/json", b"{").await,
        service.post("/verify", "text/plain", b"").await,
        service.ask("DELETE", "/", &[], b"").await,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy").unwrap();
        for directive in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(directive), "{directive}");
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
        assert!(answer.header("cross-origin-resource-policy").is_some());
        assert!(answer.header("cache-control").is_some());
        assert!(answer.header("server").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_method_is_told_which_ones_there_are() {
    let service = Service::start().await;
    let answer = service.get("/v1/look-up").await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow"), Some("POST"));
    assert_eq!(answer.json()["code"], "method-not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_too_long_or_too_many_headers_is_refused() {
    let service = Service::start().await;
    let long = "x".repeat(64 * 1024);
    let answer = service.ask("GET", "/", &[("X-Long", &long)], b"").await;
    assert_eq!(answer.status, 431);
    let many: Vec<(&str, &str)> = (0..500).map(|_| ("X-Many", "1")).collect();
    let answer = service.ask("GET", "/", &many, b"").await;
    assert_eq!(answer.status, 431);
    assert_eq!(service.get("/healthz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_never_ends_is_cut_off_and_the_end_waits_for_nobody_idle() {
    let limits = Limits {
        head_seconds_max: 1,
        ..generous()
    };
    let service = Service::with(limits).await;
    let mut slow = TcpStream::connect(service.address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ledger.ex")
        .await
        .unwrap();
    // Returns only because the service closes the connection.
    let mut answer = Vec::new();
    let _ = slow.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
    let _idle = TcpStream::connect(service.address).await.unwrap();
    let address = service.address;
    service.end().await;
    assert!(TcpStream::connect(address).await.is_err());
}
