//! Verification reports as PDF: from the command line and over the API.

use crate::paper::{said, text_of};
use crate::support::issued::Fixture;
use crate::support::picture::Picture;
use crate::support::program::{Answer, answer, bare};
use crate::support::server::{Answer as Told, Service};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use skill_ledger::credential::Coat;
use skill_ledger::credential::qr::text;
use skill_ledger::credential::status_details::CertificateState;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The text of a PDF without white space, which line breaks decide, and its pages.
fn read(pdf: &Path) -> (String, usize) {
    said("qpdf", &["--check"], pdf);
    let info = said("pdfinfo", &[], pdf);
    let pages = info.lines().find_map(|line| line.strip_prefix("Pages:"));
    let text = text_of(&std::fs::read(pdf).unwrap());
    (text, pages.unwrap().trim().parse().unwrap())
}

/// Certificates and a trust list in a folder, the second certificate revoked.
struct Exported {
    folder: tempfile::TempDir,
    numbers: Vec<String>,
}

impl Exported {
    fn new(count: usize) -> Self {
        let mut fixture = Fixture::at(skill_ledger::app::clock::now());
        for _ in 0..count {
            fixture.issue(|_| ());
        }
        if count > 1 {
            fixture.set_state(1, CertificateState::Revoked);
        }
        let folder = tempfile::tempdir().unwrap();
        fixture.export(folder.path());
        let numbers = fixture.issued.iter();
        Self {
            numbers: numbers.map(|it| it.claims.number.to_string()).collect(),
            folder,
        }
    }
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    fn file(&self, n: usize) -> PathBuf {
        self.path(&format!("certificates/{}.json", self.numbers[n]))
    }
    fn verify(&self, files: &[&Path], report: &Path, more: &[&str]) -> Answer {
        let mut command = Command::new(bare(&[]).get_program());
        command.args(["--json", "verify"]).args(files);
        command.arg("--trust").arg(self.path("trust-list.json"));
        command.arg("--report").arg(report).args(more);
        answer(&mut command)
    }
}

#[test]
fn a_report_says_who_checked_what_against_what() {
    let exported = Exported::new(1);
    let report = exported.path("报告.pdf");
    let file = exported.file(0);
    let more = ["--verified-by", "某某公司人力资源部"];
    let answer = exported.verify(&[&file], &report, &more);
    assert_eq!(answer.exit, 0, "{answer:#?}");
    assert_eq!(answer.json["outcome"], "valid");
    let (text, _) = read(&report);
    let digest = hex::encode(Sha256::digest(std::fs::read(&file).unwrap()));
    for expected in [
        "证书核验报告",
        "有效",
        "某某公司人力资源部",
        &digest,
        "浙江省人力资源和社会保障厅",
        "ledger.example/log",
        &exported.numbers[0],
        "台账收录",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    // A report that is there is not written over, and anything else is no report.
    let before = std::fs::read(&report).unwrap();
    let again = exported.verify(&[&file], &report, &[]);
    again.refused(64, "bad-input");
    assert_eq!(std::fs::read(&report).unwrap(), before);
    let other = exported.verify(&[&file], &exported.path("report.txt"), &[]);
    other.refused(64, "bad-input");
}

#[test]
fn several_files_are_one_pdf_each_from_the_top_of_a_page() {
    let exported = Exported::new(2);
    let one = exported.path("one.pdf");
    exported.verify(&[&exported.file(0)], &one, &[]);
    let (_, pages_of_one) = read(&one);
    let all = exported.path("all.pdf");
    let missing = exported.path("nothing.json");
    let files = [&*exported.file(0), &*exported.file(1), &*missing];
    assert_eq!(exported.verify(&files, &all, &[]).exit, 1);
    let (text, pages) = read(&all);
    assert_eq!(text.matches("证书核验报告").count(), 3, "{text}");
    assert!(pages > pages_of_one + 1, "{pages} {pages_of_one}");
    for expected in ["成绩复核后改判", "nothing.json", "无法读取文件"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(
        text.contains(&format!("第{pages}页，共{pages}页")),
        "{text}"
    );
}

#[test]
fn more_files_than_a_report_has_are_told_and_not_written() {
    let exported = Exported::new(1);
    let report = exported.path("many.pdf");
    let file = exported.file(0);
    let files = vec![&*file; 201];
    let answer = exported.verify(&files, &report, &[]);
    assert_eq!(answer.exit, 64);
    // Every answer was given all the same.
    assert_eq!(answer.stdout.matches("\"outcome\":\"valid\"").count(), 201);
    assert!(answer.stdout.contains("\"bad-input\"") && !report.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_answers_with_the_report_of_whatever_it_is_handed() {
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let credential = &service.certificates[0].credential;
    let pdf = folder.path().join("report.pdf");
    let answer = service
        .post("/v1/verify/report", "application/vc", credential)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(
        answer
            .header("content-disposition")
            .unwrap()
            .contains("attachment")
    );
    std::fs::write(&pdf, &answer.body).unwrap();
    let (text, _) = read(&pdf);
    let digest = hex::encode(Sha256::digest(credential));
    for expected in ["有效", &digest, "示范省人力资源和社会保障厅", "张伟"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let revoked = &service.certificates[1].credential;
    let answer = service
        .post("/v1/verify/report", "application/vc", revoked)
        .await;
    std::fs::write(&pdf, &answer.body).unwrap();
    assert!(read(&pdf).0.contains("不应采信"));
    // So is what a photo shows.
    let code = text::to_url("ledger.example", &service.certificates[0].coats[&Coat::Qr]);
    let photo = Picture::of_code(&code, 500, 500, 4).png();
    let answer = service.post("/v1/verify/report", "image/png", &photo).await;
    std::fs::write(&pdf, &answer.body).unwrap();
    let (text, _) = read(&pdf);
    assert!(text.contains("张伟") && text.contains(&hex::encode(Sha256::digest(&photo))));
    // "Not a certificate" is an answer, and shows nothing of what was sent.
    let answer = service
        .post("/v1/verify/report", "text/plain", "某人".as_bytes())
        .await;
    assert_eq!(answer.status, 200);
    std::fs::write(&pdf, &answer.body).unwrap();
    let (text, _) = read(&pdf);
    assert!(
        text.contains("证书核验报告") && !text.contains("某人"),
        "{text}"
    );
    let large = vec![b' '; (8 << 20) + 1];
    let answer = service
        .post("/v1/verify/report", "application/vc", &large)
        .await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (413, Some("too-large"))
    );
    let described = service.get("/v1/openapi.json").await.json();
    let told = &described["paths"]["/v1/verify/report"]["post"]["responses"]["200"]["content"];
    assert!(told["application/pdf"].is_object());
}

async fn upload(service: &Service, field: &str, file: &str, bytes: &[u8]) -> Told {
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n");
    let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
    let headers = [
        ("Accept", "text/html"),
        ("Content-Type", "multipart/form-data; boundary=edge"),
    ];
    service.ask("POST", "/verify", &headers, &body).await
}

/// What a link to a report on a page holds.
fn linked(html: &str) -> Option<Vec<u8>> {
    let address = html.split("data:application/pdf;base64,").nth(1)?;
    let base64 = address.split('"').next()?;
    let base64 = base64.replace("&#43;", "+").replace("&#x2f;", "/");
    Some(STANDARD.decode(base64.replace("&#61;", "=")).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_s_answer_has_the_report_in_a_link() {
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("report.pdf");
    let credential = &service.certificates[0].credential;
    let digest = hex::encode(Sha256::digest(credential));
    let named = "; filename=\"王芳的证书.json\"";
    for (field, name, shown) in [("credential", named, true), ("text", "", false)] {
        let html = upload(&service, field, name, credential).await.text();
        assert_eq!(html.matches("data:application/pdf").count(), 1);
        assert!(html.contains("download=\"核验报告.pdf\">下载核验报告（PDF）<"));
        std::fs::write(&pdf, linked(&html).unwrap()).unwrap();
        let (text, _) = read(&pdf);
        for expected in ["有效", &digest, "示范省人力资源和社会保障厅", "张伟"] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert_eq!(text.contains("王芳的证书.json"), shown, "{text}");
    }
    // What is no certificate was checked too; where nothing was handed in, nothing was.
    let html = upload(&service, "credential", named, b"{}").await.text();
    std::fs::write(&pdf, linked(&html).unwrap()).unwrap();
    let (text, _) = read(&pdf);
    assert!(
        text.contains("不应采信") && !text.contains("张伟"),
        "{text}"
    );
    let html = upload(&service, "credential", named, b"").await.text();
    assert_eq!(linked(&html), None);
}
