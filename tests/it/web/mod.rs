//! The pages, as a browser without scripts uses them, and the verifier that runs in one with scripts.

mod browser;
mod matrix;
mod mutants;
mod verify_core;
mod verify_list;
mod verify_page;

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

async fn find_in_log(service: &Service, number: &str, name: &str) -> Answer {
    let body = format!("number={}&name={}", encoded(number), encoded(name));
    let headers = [HTML, ("Content-Type", "application/x-www-form-urlencoded")];
    service.ask("POST", "/log", &headers, body.as_bytes()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_page_shows_the_head_and_hands_out_a_proof_that_the_browser_checks() {
    let service = Service::start().await;
    let page = service.get("/log").await;
    assert_eq!(page.status, 200);
    let html = page.text();
    let head = service.get("/log/checkpoint").await.text();
    let mut lines = head.lines();
    let (origin, size) = (lines.next().unwrap(), lines.next().unwrap());
    let vkey = service.get("/log/vkey").await.text();
    for shown in [
        origin.to_owned(),
        format!("<dd>{size}</dd>"),
        vkey.trim().replace('+', "&#43;"),
        "目前没有外部见证人".into(),
        "href=\"/log?lang=en\"".into(),
    ] {
        let plain = shown.replace("&#43;", "+");
        assert!(html.contains(&shown) || html.contains(&plain), "{shown}");
    }
    let english = service.get("/log?lang=en").await.text();
    assert!(english.contains("no outside witness") && english.contains("href=\"/log\""));

    let certificate = &service.certificates[0];
    let holder = service.holders[certificate.holder].name;
    let number = certificate.number.to_string();
    let found = find_in_log(&service, &number, holder).await;
    assert_eq!(found.header("cache-control"), Some("no-store"));
    let found = found.text();
    let proof = found.split("tabindex=\"0\">").nth(1).unwrap();
    let proof = proof.split("</pre>").next().unwrap();
    let proof = proof.replace("&#43;", "+").replace("&#x2f;", "/");
    let parsed = skill_ledger::tlog::proof::TlogProof::parse(proof.as_bytes());
    let parsed = parsed.unwrap_or_else(|error| panic!("{error}: {proof}"));
    let given = skill_ledger::tlog::proof::TlogProof::parse(&certificate.proof).unwrap();
    assert_eq!(parsed.index, given.index);

    // What the script says of it, and of others.
    let folder = tempfile::tempdir().unwrap();
    let outside = crate::support::outside::here();
    let script = outside.join("../../src/web/assets/log.js");
    let said = |proof: &str| {
        let file = folder.path().join("proof");
        std::fs::write(&file, proof).unwrap();
        let output = std::process::Command::new("node")
            .arg("--no-warnings")
            .arg(outside.join("log_page.mjs"))
            .args([&script, std::path::Path::new(vkey.trim()), &file])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (said["answer"].clone(), said["drawn"].as_u64().unwrap())
    };
    let (answer, drawn) = said(&proof);
    assert_eq!(answer, "good");
    // A line and a box with its words for each node, and the root.
    assert!(drawn > 4 * parsed.hashes.len() as u64, "{drawn}");
    let changed = |n: usize| {
        let mut lines: Vec<String> = proof.split('\n').map(str::to_owned).collect();
        let at = lines[n].len() - 6;
        let other = if &lines[n][at..=at] == "A" { "B" } else { "A" };
        lines[n].replace_range(at..=at, other);
        lines.join("\n")
    };
    let entry_path_root_signature = {
        let blank = 3 + parsed.hashes.len();
        [1, 3, blank + 3, blank + 5]
    };
    for n in entry_path_root_signature {
        assert_eq!(said(&changed(n)).0, "bad", "line {n}");
    }

    // What does not match and what does not exist are answered alike.
    let unlike = find_in_log(&service, &number, "别人").await.text();
    let unknown = find_in_log(&service, "S000032000001263999999", "别人")
        .await
        .text();
    assert!(!unlike.contains("id=\"proof\""));
    assert_eq!(
        unlike.replace(&number, "N"),
        unknown.replace("S000032000001263999999", "N")
    );
}
