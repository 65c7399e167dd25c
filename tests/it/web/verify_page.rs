//! The page that verifies by itself, in a real browser: with the server, and after it has gone.

use crate::support::outside;
use crate::support::picture::Picture;
use crate::support::server::Service;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use skill_ledger::credential::Coat;
use skill_ledger::credential::container::badge::png::{self, Pixels};
use skill_ledger::credential::qr::text;
use skill_ledger::credential::sd_jwt::{Preset, present};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_its_files_are_of_one_version_and_ask_nobody_else() {
    let service = Service::start().await;
    let page = service.get("/verify").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"));
    assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'));
    assert!(
        page.header("permissions-policy")
            .unwrap()
            .contains("camera=(self)")
    );
    let elsewhere = service.get("/").await;
    assert!(
        elsewhere
            .header("permissions-policy")
            .unwrap()
            .contains("camera=()")
    );

    let html = page.text();
    assert!(!html.contains("<script>") && !html.contains("http://") && !html.contains("https://"));
    // Without scripts there is the server's form.
    assert!(html.contains("<noscript>") && html.contains("action=\"/verify#result\""));
    let trust = service.get("/trust-list.json").await.json();
    let key = trust["trust_list"]["authority"]["trust_key"]
        .as_str()
        .unwrap();
    let pin = skill_ledger::credential::trust_list::fingerprint(&key.parse().unwrap());
    assert!(html.contains(&format!("data-pin=\"{pin}\"")));
    assert_eq!(
        service.get("/V").await.text(),
        html.replace("/verify?lang=en", "/V?lang=en")
    );

    let lower = service.get("/v").await;
    assert_eq!((lower.status, lower.header("location")), (308, Some("/V")));

    let main = html.split("src=\"/assets/verify/").nth(1).unwrap();
    let folder = main.split('/').next().unwrap();
    for file in skill_ledger::web::verifier_files() {
        let path = format!("/assets/verify/{folder}/{}", file.name);
        let served = service.get(&path).await;
        assert_eq!(served.text(), file.text, "{path}");
        assert!(
            served
                .header("cache-control")
                .unwrap()
                .contains("immutable")
        );
    }
    assert_eq!(
        service
            .get("/assets/verify/0000000000000000/main.js")
            .await
            .status,
        404
    );
    let worker = service.get("/verify-worker.js").await;
    assert_eq!(worker.header("cache-control"), Some("no-cache"));
    assert!(
        worker
            .text()
            .contains(&format!("/assets/verify/{folder}/main.js"))
    );
}

/// Every key of a message that a script names has words, and none is without use.
#[test]
fn every_message_of_the_scripts_has_words() {
    let files = skill_ledger::web::verifier_files();
    let scripts: String = files
        .iter()
        .filter(|file| file.name != "vocabulary.js")
        .map(|file| file.text.as_str())
        .collect();
    let vocabulary = files.iter().find(|file| file.name == "vocabulary.js");
    let vocabulary = vocabulary.unwrap().text.strip_prefix("export default ");
    let vocabulary = vocabulary.unwrap().trim_end().trim_end_matches(';');
    let vocabulary: Value = serde_json::from_str(vocabulary).unwrap();
    let messages = vocabulary["messages"].as_object().unwrap();
    for key in scripts
        .split('"')
        .filter(|it| it.starts_with("verify-page-"))
    {
        assert!(messages.contains_key(key), "{key}");
    }
    let template = include_str!("../../../src/web/templates/verify_page.html");
    for key in messages.keys().filter(|it| it.starts_with("verify-page-")) {
        let short = key.trim_start_matches("verify-page-");
        let named = scripts.contains(&format!("\"{key}\""))
            || template.contains(&format!("said(\"{short}\")"));
        let made = ["verify-page-trust-", "verify-page-link"];
        assert!(named || made.iter().any(|it| key.starts_with(it)), "{key}");
    }
    for file in files
        .iter()
        .filter(|file| !file.name.contains('/') && file.name != "vocabulary.js")
    {
        let code = file
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with(['/', '*']));
        for code in code {
            for sharp in [
                "innerHTML",
                "outerHTML",
                "document.write",
                "eval(",
                "http:",
                "insertAdjacentHTML",
            ] {
                assert!(!code.contains(sharp), "{}: {code}", file.name);
            }
        }
    }
}

/// A white picture of 64 by 64, PNG.
const BLANK: &str = "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKUlEQVR42u3MQREAAAwCIPuX1hD77SAA6VEEAoFAIBAIBAKBQCAQfA8Gpwvw4qrwDDIAAAAASUVORK5CYII=";

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_verifies_with_the_network_and_without() {
    if Command::new("chromium").arg("--version").output().is_err() {
        eprintln!("left out: no chromium");
        return;
    }
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let names = [
        "valid",
        "revoked",
        "suspended",
        "superseded",
        "reissued",
        "other",
    ];
    for (name, certificate) in names.into_iter().zip(&service.certificates) {
        write(at, &format!("{name}.json"), &certificate.credential);
        write(at, &format!("{name}.tlog-proof"), &certificate.proof);
    }
    let valid = String::from_utf8(service.certificates[0].credential.clone()).unwrap();
    write(
        at,
        "tampered.json",
        valid.replace("张伟", "张三").as_bytes(),
    );
    for (nth, name) in ["valid", "revoked"].into_iter().enumerate() {
        let rdfc = &service.certificates[nth].coats[&Coat::VcJsonRdfc];
        write(at, &format!("{name}.rdfc.json"), rdfc);
    }
    let rdfc = String::from_utf8(service.certificates[0].coats[&Coat::VcJsonRdfc].clone());
    let tampered = rdfc.unwrap().replace("张伟", "张三");
    write(at, "tampered.rdfc.json", tampered.as_bytes());
    let code_of = |nth: usize| {
        text::to_url(
            "ledger.example",
            &service.certificates[nth].coats[&Coat::Qr],
        )
    };
    let (valid_code, revoked_code) = (code_of(0), code_of(1));
    let code = Picture::of_code(&valid_code, 1280, 720, 6);
    write(at, "code.png", &code.png());
    write(at, "code.y4m", &code.y4m());
    write(at, "code.txt", valid_code.as_bytes());
    let token = &service.certificates[0].coats[&Coat::SdJwtVc];
    write(at, "valid.sd-jwt", token);
    let level_only = present(
        std::str::from_utf8(token).unwrap(),
        Preset::LevelOnly.claims(),
    );
    write(at, "level-only.sd-jwt", level_only.unwrap().as_bytes());
    let revoked = Picture::of_code(&revoked_code, 700, 900, 5);
    write(at, "code-revoked.png", &revoked.png());
    let other = Picture::of_code("0571-12345678", 300, 300, 6);
    write(at, "other-code.png", &other.png());
    write(at, "nonsense.bin", b"PK\x03\x04");
    write(at, "paper.pdf", b"%PDF-1.7\n");
    let badge = b"\xef\xbb\xbf\n<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    write(at, "badge.svg", badge);
    let dot = Pixels {
        width: 1,
        height: 1,
        rgba: &[255; 4],
    };
    write(at, "badge.png", &png::bake(dot, "{}").unwrap());
    write(at, "blank.png", &STANDARD.decode(BLANK).unwrap());

    let number = service.certificates[0].number.to_string();
    let mut child = Command::new("node")
        .arg(outside::here().join("verify_page.mjs"))
        .arg(format!("http://{}", service.address))
        .arg(at)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "unplug");
    service.end().await;
    writeln!(child.stdin.take().unwrap(), "unplugged").unwrap();
    let found: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert!(child.wait().unwrap().success());

    let first = |of: &Value| of["results"][0].clone();
    let holds = |of: &Value, outcome: &str, words: &str| {
        let it = first(of);
        assert_eq!(it["outcome"], outcome, "{of}");
        assert!(it.to_string().contains(words), "{words}: {of}");
    };
    assert!(
        found["trust"]
            .as_str()
            .unwrap()
            .contains("示范省人力资源和社会保障厅")
    );
    assert!(
        found["trust"]
            .as_str()
            .unwrap()
            .contains("密钥与本页指定的一致")
    );
    holds(&found["valid"], "valid", "张伟");
    assert_eq!(
        first(&found["valid"])["checks"].as_array().unwrap().len(),
        9
    );
    holds(&found["revoked"], "invalid", "已撤销");
    holds(&found["suspended"], "invalid", "暂停");
    holds(&found["superseded"], "invalid", "已更正");
    holds(&found["reissued"], "valid", "赵磊");
    holds(&found["tampered"], "invalid", "签名无效");
    // Nothing of a forgery is shown.
    assert_eq!(first(&found["tampered"])["facts"], serde_json::json!([]));
    assert!(!found["tampered"].to_string().contains("张三"));
    holds(&found["rdfcValid"], "valid", "张伟");
    assert!(first(&found["rdfcValid"])["coat"] == "JSON 凭证（VC，eddsa-rdfc-2022）");
    holds(&found["rdfcRevoked"], "invalid", "已撤销");
    holds(&found["rdfcTampered"], "invalid", "签名无效");
    assert!(!found["rdfcTampered"].to_string().contains("张三"));
    assert_eq!(found["several"]["results"].as_array().unwrap().len(), 2);
    holds(&found["nonsense"], "invalid", "不是证书文件");
    for name in ["paper.pdf", "badge.svg", "badge.png"] {
        // It is put into the form of the server, and nothing is sent.
        let of = &found["forServer"][name];
        let told = of["told"].as_str().unwrap();
        assert!(told.contains(name) && told.contains("上传并核验"), "{of}");
        assert_eq!(of["form"], serde_json::json!([name, "flex"]));
        assert_eq!(of["results"], serde_json::json!([]));
    }
    holds(&found["besides"], "valid", "张伟");
    let told = found["besides"]["told"].as_str().unwrap();
    assert!(told.contains("“paper.pdf”请随后"), "{told}");
    assert!(
        found["picture"]["told"]
            .as_str()
            .unwrap()
            .contains("二维码")
    );
    for way in ["code", "opened", "scanned"] {
        holds(&found[way], "valid", "张伟");
        assert_eq!(first(&found[way])["checks"].as_array().unwrap().len(), 9);
    }
    holds(&found["codeRevoked"], "invalid", "已撤销");
    assert!(
        found["otherCode"]["told"]
            .as_str()
            .unwrap()
            .contains("不是证书二维码")
    );
    holds(&found["token"], "valid", "张伟");
    assert!(!found["token"].to_string().contains("未出示"));
    holds(&found["levelOnly"], "valid", "三级");
    let facts = first(&found["levelOnly"])["facts"]
        .as_array()
        .unwrap()
        .clone();
    let kept = facts.iter().filter(|it| *it == "未出示").count();
    assert_eq!(kept, 8, "{facts:?}");
    assert!(!found["levelOnly"].to_string().contains("张伟"));
    holds(&found["later"], "invalid", "版本较新");
    assert_eq!(found["openedSticksOut"], false);
    assert_eq!(found["cameraOff"], true);
    let digits = valid_code.split_once('#').unwrap().1.to_owned();
    let other_language = found["otherLanguage"].as_str().unwrap();
    assert!(other_language.ends_with(&format!("/V?lang=en#{digits}")));
    assert!(found["camera"].as_str().unwrap().contains("摄像头"));
    assert_eq!(found["focused"], true);
    holds(&found["english"], "valid", "9 checks passed");
    assert_eq!(found["sticksOut"], false);

    // Only digests and the public ids of bodies have left the browser, and only to us.
    let requests = found["requests"].as_array().unwrap();
    assert!(requests.iter().any(|it| {
        it["url"]
            .as_str()
            .unwrap()
            .contains("/v1/certificates/proofs/")
    }));
    for request in requests {
        let url = request["url"].as_str().unwrap();
        assert!(
            url.starts_with("http://127.0.0.1:") || url.starts_with("data:"),
            "{url}"
        );
        assert!(
            !url.contains(&number) && !url.contains("%E5%BC%A0"),
            "{url}"
        );
        assert!(request["body"].is_null(), "{request}");
        // What stands behind `#` is not sent; a proof is asked for by half a digest or the whole.
        assert!(!url.contains(&digits[..40]), "{url}");
        if let Some((_, digest)) = url.split_once("/proofs/") {
            assert!([32, 64].contains(&digest.len()), "{url}");
        }
    }

    let offline = found["offline"].as_object().unwrap();
    assert_eq!(offline.len(), 3);
    for (path, found) in offline {
        holds(&found["proved"], "valid", "张伟");
        holds(&found["revoked"], "invalid", "撤销");
        holds(&found["code"], "valid", "张伟");
        holds(&found["rdfc"], "valid", "张伟");
        // Without its proof it is not known to be good, and nothing is green.
        holds(
            &found["unproved"],
            "unknown",
            if path.contains("en") {
                "No network"
            } else {
                "未联网"
            },
        );
        holds(
            &found["tampered"],
            "invalid",
            if path.contains("en") {
                "signature"
            } else {
                "签名无效"
            },
        );
        assert!(
            found["trust"]
                .as_str()
                .unwrap()
                .contains(if path.contains("en") {
                    "kept here"
                } else {
                    "保存"
                })
        );
    }
    assert_eq!(found["complaints"], serde_json::json!([]));
}
