//! The page, as a browser without scripts uses it.

use crate::support::server::{Answer, Service};

const HTML: (&str, &str) = (
    "Accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
);

/// Percent-encodes everything.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn look_up(service: &Service, path: &str, number: &str, name: &str) -> Answer {
    let body = format!(
        "number={}&name={}&document_number=",
        encoded(number),
        encoded(name)
    );
    let headers = [HTML, ("Content-Type", "application/x-www-form-urlencoded")];
    service.ask("POST", path, &headers, body.as_bytes()).await
}

async fn upload(service: &Service, field: &str, bytes: &[u8]) -> Answer {
    let mut body = Vec::new();
    let file = if field == "credential" {
        "; filename=\"certificate.json\"\r\nContent-Type: application/json"
    } else {
        ""
    };
    body.extend_from_slice(
        format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n")
            .as_bytes(),
    );
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let headers = [HTML, ("Content-Type", "multipart/form-data; boundary=edge")];
    service.ask("POST", "/verify", &headers, &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_empty_page_is_chinese_with_english_one_click_away() {
    let service = Service::start().await;
    let page = service.get("/").await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(html.contains("<html lang=\"zh-Hans\">"));
    assert!(html.contains("示范省人力资源和社会保障厅"));
    assert!(html.contains("href=\"/?lang=en\""));
    let english = service.get("/?lang=en").await.text();
    assert!(english.contains("<html lang=\"en\">"));
    assert!(english.contains("Demo Province HRSS"));
    assert_eq!(service.get("/look-up").await.header("location"), Some("/"));

    // Every file the page names is there, for a year; nothing comes from elsewhere.
    let mut named = 0;
    for part in html.split("=\"/assets/").skip(1) {
        let path = format!("/assets/{}", part.split('"').next().unwrap());
        let asset = service.get(&path).await;
        assert_eq!(asset.status, 200, "{path}");
        assert!(asset.header("cache-control").unwrap().contains("immutable"));
        named += 1;
    }
    assert_eq!(named, 3);
    assert!(!html.contains("http://") && !html.contains("https://"));
    assert_eq!(service.get("/assets/style.css").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employer_reads_the_verdict_and_every_check() {
    let service = Service::start().await;
    let number = service.certificates[0].number.to_string();
    let html = look_up(&service, "/look-up", &number, "张 伟").await.text();
    assert!(html.contains("<h1 id=\"verdict\">有效</h1>"), "{html}");
    assert_eq!(html.matches("<li class=\"check pass\">").count(), 9);
    assert!(html.contains("张*") && html.contains("三级/高级工"));
    // The name typed stands in the form, nowhere else.
    assert_eq!(html.matches("张伟").count(), 0);
    let english = look_up(&service, "/look-up?lang=en", &number, "张伟").await;
    assert!(english.text().contains("<h1 id=\"verdict\">Valid</h1>"));

    let revoked = service.certificates[1].number.to_string();
    let html = look_up(&service, "/look-up", &revoked, "欧阳文清")
        .await
        .text();
    assert!(html.contains("<h1 id=\"verdict\">无效</h1>"));
    assert!(html.contains("<li class=\"check fail\">") && html.contains("认定材料不实"));

    let html = look_up(&service, "/look-up", &number, "李娜").await.text();
    assert!(html.contains("<h1 id=\"verdict\">无法核验</h1>"));
    assert!(html.contains("未查到相符的证书"));
    let html = look_up(&service, "/look-up", &number, "").await.text();
    assert!(html.contains("role=\"alert\"") && html.contains(&number));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_or_its_text_is_verified() {
    let service = Service::start().await;
    let credential = &service.certificates[0].credential;
    for field in ["credential", "text"] {
        let html = upload(&service, field, credential).await.text();
        assert!(html.contains("<h1 id=\"verdict\">有效</h1>"), "{field}");
        // In the holder's own file the name is no secret.
        assert!(html.contains("张伟"));
    }
    let changed = String::from_utf8(credential.clone()).unwrap();
    let changed = changed.replace("张伟", "<b>张</b>");
    let html = upload(&service, "credential", changed.as_bytes())
        .await
        .text();
    assert!(html.contains("<h1 id=\"verdict\">无效</h1>"));
    assert!(!html.contains("<b>"));
    for nothing in [&b""[..], b"PK\x03\x04", b"{}"] {
        let answer = upload(&service, "credential", nothing).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.text().contains("<h1 id=\"verdict\">有效</h1>"));
    }
    let large = upload(&service, "credential", &vec![b' '; (1 << 20) + 10]).await;
    assert_eq!(large.status, 200);
    assert!(large.text().contains("1 MiB"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_shown_problems_as_pages_and_a_program_is_not() {
    let service = Service::start().await;
    let page = service.ask("GET", "/nothing", &[HTML], b"").await;
    assert_eq!(page.status, 404);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(page.text().contains("没有这项内容"));
    let english = service.ask("GET", "/nothing?lang=en", &[HTML], b"").await;
    assert!(english.text().contains("There is nothing here"));
    let program = service.get("/nothing").await;
    assert_eq!(
        program.header("content-type"),
        Some("application/problem+json")
    );
    let huge = vec![b'x'; 11 << 20];
    let headers = [HTML, ("Content-Type", "application/x-www-form-urlencoded")];
    let answer = service.ask("POST", "/look-up", &headers, &huge).await;
    assert!(matches!(answer.status, 400 | 413));
}
