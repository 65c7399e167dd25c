//! The check of a list, beside the look-up of one certificate: what it says of every row, and what
//! it leaves in the access journal.

use crate::support::ledger::Fixture;
use serde_json::{Value, json};
use skill_ledger::app::public::Asked;
use skill_ledger::sheet::list::{ListRow, mark_same_numbers};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};
use zeroize::Zeroizing;

/// What a list of these fields is answered with.
async fn check(fixture: &Fixture, fields: &[(&str, &str, Option<&str>)]) -> Value {
    let mut rows: Vec<ListRow> = fields
        .iter()
        .zip(1..)
        .map(|((number, name, document), row)| ListRow::of_fields(row, number, name, *document))
        .collect();
    mark_same_numbers(&mut rows);
    let documents = fixture.ledger.public_documents().await.unwrap();
    let answer = fixture.ledger.check_list(&rows, &documents).await.unwrap();
    answer.to_json()
}

/// What the look-up of one certificate says; null if it finds none.
async fn look_up(fixture: &Fixture, number: &str, name: &str) -> Value {
    let name = Some(Zeroizing::new(name.to_owned()));
    let asked = Asked::from_fields(number, name, None).unwrap();
    let documents = fixture.ledger.public_documents().await.unwrap();
    let answer = fixture.ledger.public_look_up(&asked, &documents).await;
    match answer.unwrap() {
        Some(answer) => answer.report.to_json(skill_ledger::locale::Language::Zh),
        None => Value::Null,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_is_answered_as_the_look_up_of_one_would_answer_it() {
    let fixture = Fixture::make().await;
    let numbers: Vec<&str> = fixture
        .certificates
        .iter()
        .map(|it| it.number.as_str())
        .collect();
    let mut fields = Vec::new();
    for number in &numbers {
        for holder in &fixture.holders {
            fields.push((*number, holder.name, None));
        }
        fields.push((*number, "王方", None));
    }
    fields.push(("S000032000012263999999", "张伟", None));
    let answer = check(&fixture, &fields).await;
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(rows.len(), fields.len());
    let mut seen = std::collections::BTreeMap::new();
    for (row, (number, name, _)) in rows.iter().zip(&fields) {
        let alone = look_up(&fixture, number, name).await;
        let result = row["result"].as_str().unwrap();
        *seen.entry(result.to_owned()).or_insert(0) += 1;
        if alone.is_null() {
            assert_eq!(result, "not-found", "{row:#}");
            assert_eq!(row["certificate"], Value::Null);
            continue;
        }
        assert_eq!(row["result"], alone["outcome"], "{row:#}");
        assert_eq!(row["certificate"], alone["certificate"]);
        assert_eq!(row["state"], alone["certificate"]["state"]);
        let checks = alone["checks"].as_array().unwrap();
        let decided = checks.iter().find(|check| check["result"] != "pass");
        let status = checks.iter().find(|check| check["check"] == "status");
        assert_eq!(row["code"], decided.or(status).unwrap()["code"], "{row:#}");
    }
    // Of the six, one was revoked, one suspended, and one corrected, which two names lead to.
    let counted = [
        ("invalid", 4),
        ("not-found", fields.len() - 7),
        ("valid", 3),
    ];
    let counted = counted.map(|(result, count)| (result.to_owned(), count));
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), counted);
    assert_eq!(answer["outcome"], "invalid");
    let corrected = &rows[3 * 7 + 3];
    assert_eq!(corrected["state"], "superseded");
    let successor = corrected["successor"].as_str().unwrap().parse().unwrap();
    assert!(fixture.ledger.find_certificate(&successor).await.is_ok());
    assert!(!answer.to_string().contains("张伟"), "names are masked");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_must_match_too_where_a_row_has_it() {
    let fixture = Fixture::make().await;
    let number = fixture.certificates[0].number.as_str();
    let whole = fixture.holders[0].document.clone();
    let ending = &whole[14..];
    let masked = format!("320102********{ending}");
    let other = fixture.holders[1].document.clone();
    for (document, result) in [
        (Some(whole.as_str()), "valid"),
        (Some(ending), "valid"),
        (Some(&whole[12..]), "valid"),
        (Some(masked.as_str()), "valid"),
        (Some(""), "valid"),
        (None, "valid"),
        (Some("0000"), "not-found"),
        (Some(other.as_str()), "not-found"),
        (Some(&whole[..14]), "not-found"),
        (Some("12"), "unread"),
    ] {
        let answer = check(&fixture, &[(number, "张伟", document)]).await;
        assert_eq!(answer["rows"][0]["result"], result, "{document:?}");
    }
    // The document alone does not make up for another name.
    let answer = check(&fixture, &[(number, "李娜", Some(&whole))]).await;
    assert_eq!(answer["rows"][0]["result"], "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn misses_and_mismatches_are_one_answer_and_every_certificate_is_journalled_once() {
    let fixture = Fixture::make().await;
    let known = fixture.certificates[0].number.as_str();
    let unknown = format!("{}999999", &known[..16]);
    let mut answers = Vec::new();
    for (number, name) in [(known, "李娜"), (unknown.as_str(), "张伟"), (known, "张")] {
        let answer = check(&fixture, &[(number, name, None)]).await;
        answers.push(answer["rows"][0].clone());
    }
    assert!(
        answers.windows(2).all(|two| two[0] == two[1]),
        "{answers:#?}"
    );
    assert_eq!(answers[0]["result"], "not-found");
    // One list with everything: the same certificate twice is one look.
    let all = [
        (known, "张伟", None),
        (known, "李娜", None),
        (unknown.as_str(), "张伟", None),
        ("S0", "张伟", None),
    ];
    let answer = check(&fixture, &all).await;
    assert_eq!(answer["rows"][1]["same_number_as"], 1);
    let counts = json!({"valid": 1, "invalid": 0, "unknown": 0, "not-found": 2, "unread": 1});
    assert_eq!(answer["counts"], counts);
    assert_eq!(answer["outcome"], "unknown");

    let database = fixture.dir.path().join("data").join("ledger.sqlite");
    fixture.ledger.close().await;
    let options = SqliteConnectOptions::new().filename(database);
    let mut file = SqliteConnection::connect_with(&options).await.unwrap();
    let looks = sqlx::query("SELECT kind, subject, position, actor FROM access_journal")
        .fetch_all(&mut file)
        .await
        .unwrap();
    let known: Vec<bool> = looks
        .iter()
        .map(|look| {
            assert_eq!(look.get::<String, _>("kind"), "public-list-check");
            assert_eq!(look.get::<Option<Vec<u8>>, _>("actor"), None);
            let subject = look.get::<Option<Vec<u8>>, _>("subject").is_some();
            let position = look.get::<Option<i64>, _>("position").is_some();
            assert_eq!(subject, position);
            subject
        })
        .collect();
    assert_eq!(known.iter().filter(|known| **known).count(), 3);
    assert_eq!(known.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_one_chunk_of_certificates_is_answered_in_order() {
    let fixture = Fixture::make().await;
    let numbers: Vec<String> = (0..1_200)
        .map(|n| format!("S000032000012263{n:06}"))
        .collect();
    let mut fields: Vec<_> = numbers
        .iter()
        .map(|it| (it.as_str(), "无名氏", None))
        .collect();
    let known = fixture.certificates[5].number.as_str();
    fields[1_100] = (known, "阿依古丽 · 买买提", None);
    let answer = check(&fixture, &fields).await;
    let rows = answer["rows"].as_array().unwrap();
    for (n, row) in rows.iter().enumerate() {
        assert_eq!(row["row"], n + 1);
        let expected = if n == 1_100 { "valid" } else { "not-found" };
        assert_eq!(row["result"], expected, "{n}");
    }
}
