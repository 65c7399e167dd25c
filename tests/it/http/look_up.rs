//! Looking a certificate up by its number and its holder.

use crate::support::server::Service;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};

async fn look_up(service: &Service, body: &Value) -> crate::support::server::Answer {
    let body = body.to_string();
    service
        .post("/v1/look-up", "application/json", body.as_bytes())
        .await
}

async fn by_name(service: &Service, nth: usize) -> Value {
    let certificate = &service.certificates[nth];
    let name = service.holders[certificate.holder].name;
    let answer = look_up(
        service,
        &json!({"number": certificate.number, "name": name}),
    )
    .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn status_of(answer: &Value) -> &Value {
    let checks = answer["checks"].as_array().unwrap();
    checks.iter().find(|c| c["check"] == "status").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn number_and_holder_find_a_certificate_masked_with_every_check() {
    let service = Service::start().await;
    let answer = by_name(&service, 0).await;
    assert_eq!(answer["found"], true);
    assert_eq!(answer["outcome"], "valid", "{answer:#}");
    let certificate = &answer["certificate"];
    assert_eq!(certificate["name"], "张*");
    assert_eq!(certificate["document_last4"], Value::Null);
    assert_eq!(certificate["level"]["zh"], "三级/高级工");
    assert_eq!(certificate["body"]["zh"], "示范技能评价中心");
    assert_eq!(certificate["state"], "valid");
    assert!(answer["as_of_position"].as_u64().unwrap() > 0);
    for check in answer["checks"].as_array().unwrap() {
        assert_eq!(check["result"], "pass", "{check}");
    }

    // The document number does as well as the name, and full-width figures are read.
    let document = &service.holders[0].document;
    let number: String = service.certificates[0]
        .number
        .as_str()
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    let answer = look_up(
        &service,
        &json!({"number": number, "document_number": document}),
    )
    .await;
    assert_eq!(answer.json()["found"], true);
    let text = answer.text();
    assert!(!text.contains(document.as_str()));
    assert!(!text.contains("张伟"));
    let minority = by_name(&service, 5).await;
    assert_eq!(minority["found"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_become_of_a_certificate_is_said_with_its_ground() {
    let service = Service::start().await;
    for (nth, code, ground) in [
        (1, "register-revoked", "认定材料不实"),
        (2, "register-suspended", "投诉核查"),
    ] {
        let answer = by_name(&service, nth).await;
        assert_eq!(answer["outcome"], "invalid", "{nth}");
        let status = status_of(&answer);
        assert_eq!(status["code"], code);
        assert!(status["zh"].as_str().unwrap().contains(ground), "{status}");
    }
    // The corrected certificate is found under the name it bears and under the right one.
    let number = &service.certificates[3].number;
    for name in ["王芳", "王方"] {
        let answer = look_up(&service, &json!({"number": number, "name": name})).await;
        let answer = answer.json();
        assert_eq!(answer["outcome"], "invalid", "{name}");
        assert_eq!(status_of(&answer)["code"], "register-superseded");
    }
    let reissued = by_name(&service, 4).await;
    assert_eq!(reissued["outcome"], "valid");
    assert_eq!(reissued["certificate"]["issue"], 2);
    assert_eq!(status_of(&reissued)["code"], "register-reissued");
}

#[tokio::test(flavor = "multi_thread")]
async fn misses_and_mismatches_are_answered_alike_and_looks_are_journalled() {
    let service = Service::start().await;
    let known = service.certificates[0].number.to_string();
    let unknown = format!("{}999999", &known[..16]);
    let mut answers = Vec::new();
    for asked in [
        json!({"number": known, "name": "李娜"}),
        json!({"number": unknown, "name": "张伟"}),
        json!({"number": "no number at all!", "name": "张伟"}),
        json!({"number": known, "document_number": service.holders[1].document}),
        json!({"number": known, "document_number": "not a document"}),
    ] {
        let answer = look_up(&service, &asked).await;
        assert_eq!(answer.status, 200);
        let headers: Vec<_> = answer
            .headers
            .iter()
            .filter(|(name, _)| name != "date")
            .cloned()
            .collect();
        answers.push((headers, answer.body));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    let told: Value = serde_json::from_slice(&answers[0].1).unwrap();
    assert_eq!(told["found"], false);
    assert_eq!(told["outcome"], "unknown");

    let (_dir, database) = service.end().await;
    let options = SqliteConnectOptions::new().filename(database);
    let mut file = SqliteConnection::connect_with(&options).await.unwrap();
    let looks = sqlx::query("SELECT kind, subject, position, actor FROM access_journal")
        .fetch_all(&mut file)
        .await
        .unwrap();
    // The text that cannot be a number is a look at nobody.
    assert!(looks.len() >= 4, "{}", looks.len());
    for look in &looks {
        assert_eq!(look.get::<String, _>("kind"), "public-look-up");
        assert_eq!(look.get::<Option<Vec<u8>>, _>("actor"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_none_is_a_problem() {
    let service = Service::start().await;
    let number = service.certificates[0].number.as_str();
    for (body, status, code) in [
        (json!({"number": number}), 422, "name-or-document-needed"),
        (
            json!({"number": number, "name": "  "}),
            422,
            "name-or-document-needed",
        ),
        (
            json!({"number": "", "name": "张伟"}),
            422,
            "name-or-document-needed",
        ),
        (json!({"name": "张伟"}), 400, "bad-request"),
        (
            json!({"number": number, "name": "张伟", "more": 1}),
            400,
            "bad-request",
        ),
        (json!([]), 400, "bad-request"),
        (
            json!({"number": number, "name": "张".repeat(5000)}),
            413,
            "too-large",
        ),
    ] {
        let answer = look_up(&service, &body).await;
        assert_eq!(answer.status, status, "{code}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        let problem = answer.json();
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && problem["title_en"].is_string());
        assert!(
            !answer.text().contains("张"),
            "what was sent is not sent back"
        );
        let explained = service.get(&format!("/problems/{code}")).await;
        assert_eq!(explained.json()["title"], problem["title"]);
    }
}
