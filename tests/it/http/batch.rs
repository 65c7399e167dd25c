//! Checking a list over the API: rows, sheets, what they may hold and how many there may be.

use crate::support::program::bare;
use crate::support::server::{Answer, Service, generous};
use serde_json::{Value, json};
use skill_ledger::http::Limits;
use skill_ledger::sheet::list::{LIST_ROWS_MAX, read_list};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PATH: &str = "/v1/verify/batch";

async fn batch(service: &Service, body: &Value) -> Answer {
    let body = body.to_string();
    service
        .post(PATH, "application/json", body.as_bytes())
        .await
}

/// The fixture's certificates as a list with a title, the third under another's name.
fn list(service: &Service) -> String {
    let mut text = String::from("名单\n部门,姓名,证书编号\n");
    for (n, certificate) in service.certificates.iter().enumerate() {
        let name = match n {
            2 => "别人",
            _ => service.holders[certificate.holder].name,
        };
        text += &format!("=1+1,{name},{}\n", certificate.number);
    }
    text
}

fn form(list: &[u8]) -> Vec<u8> {
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n".to_vec();
    body.extend_from_slice(
        b"--edge\r\nContent-Disposition: form-data; name=\"list\"; filename=\"list.csv\"\r\n\r\n",
    );
    body.extend_from_slice(list);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    body
}

fn results(answer: &Value) -> Vec<(u64, &str)> {
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        (
            row["row"].as_u64().unwrap(),
            row["result"].as_str().unwrap(),
        )
    })
    .collect()
}

const EXPECTED: [(u64, &str); 6] = [
    (3, "valid"),
    (4, "invalid"),
    (5, "not-found"),
    (6, "invalid"),
    (7, "valid"),
    (8, "valid"),
];

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_answered_in_their_order_under_the_asker_s_numbers() {
    let service = Service::start().await;
    let number = |n: usize| service.certificates[n].number.to_string();
    let ending = &service.holders[0].document[14..];
    let asked = json!({"rows": [
        {"row": 17, "number": number(0), "name": "张 伟", "document_number": ending},
        {"number": number(0), "name": "李娜"},
        {"number": "S0", "name": "张伟"},
    ]});
    let answer = batch(&service, &asked).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let told = answer.json();
    assert_eq!(
        results(&told),
        [(17, "valid"), (2, "not-found"), (3, "unread")]
    );
    assert_eq!(told["rows"][1]["same_number_as"], 17);
    assert_eq!(told["rows"][2]["problems"][0]["code"], "wrong-length");
    let first = &told["rows"][0];
    assert_eq!(first["certificate"]["name"], "张*");
    assert_eq!(first["level"]["zh"], "三级/高级工");
    assert_eq!(first["body"]["en"], "Demo Skills Assessment Centre");
    assert!(told["as_of_position"].as_u64().unwrap() > 0);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(!answer.text().contains("张伟") && !answer.text().contains(ending));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_answered_as_json_or_given_back_as_whatever_is_accepted() {
    let service = Service::start().await;
    let list = list(&service);
    let form = form(list.as_bytes());
    let multipart = ("Content-Type", "multipart/form-data; boundary=edge");
    let answer = service.ask("POST", PATH, &[multipart], &form).await;
    assert_eq!(results(&answer.json()), EXPECTED, "{}", answer.text());
    let plain = service
        .post(PATH, "text/csv; charset=utf-8", list.as_bytes())
        .await;
    assert_eq!(plain.json()["rows"], answer.json()["rows"]);

    let book = service
        .ask("POST", PATH, &[multipart, ("Accept", XLSX)], &form)
        .await;
    assert_eq!(book.header("content-type"), Some(XLSX));
    assert!(
        book.header("content-disposition")
            .unwrap()
            .contains("checked.xlsx")
    );
    // The answer is a list again, and checks to the same.
    assert_eq!(read_list(&book.body).unwrap().rows().len(), 6);
    let again = service.post(PATH, XLSX, &book.body).await;
    assert_eq!(again.json()["rows"], answer.json()["rows"]);

    let english = format!("{PATH}?lang=en");
    let text = service
        .ask(
            "POST",
            &english,
            &[multipart, ("Accept", "text/csv")],
            &form,
        )
        .await
        .text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[1].starts_with("部门,姓名,证书编号,Result,Reason,State,"),
        "{text}"
    );
    assert!(
        lines[2].contains(",valid,") && lines[4].contains(",not found,"),
        "{text}"
    );
    assert!(lines[2].starts_with("'=1+1,"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_list_is_a_problem_that_repeats_nothing() {
    let service = Service::start().await;
    let row = json!({"number": "S000032000012263000001", "name": "秘密"});
    let many = json!({"rows": vec![row.clone(); LIST_ROWS_MAX + 1]});
    let odd = json!({"rows": [{"number": "S000032000012263000001", "name": "秘密", "age": 3}]});
    for (kind, body, status, code) in [
        ("application/json", "{".to_owned(), 400, "bad-request"),
        ("application/json", "[]".to_owned(), 400, "bad-request"),
        ("application/json", odd.to_string(), 400, "bad-request"),
        (
            "application/json",
            r#"{"rows":[]}"#.to_owned(),
            422,
            "no-rows",
        ),
        ("application/json", many.to_string(), 422, "too-many-rows"),
        ("application/json", "x".repeat(6 << 20), 413, "too-large"),
        ("text/csv", "x".repeat(6 << 20), 413, "too-large"),
        ("text/csv", "姓名\n秘密\n".to_owned(), 422, "missing-column"),
        ("text/csv", String::new(), 422, "empty-file"),
        (XLSX, "PK\u{3}\u{4}".to_owned(), 422, "damaged-file"),
        (
            "multipart/form-data; boundary=edge",
            "--edge--\r\n".to_owned(),
            400,
            "bad-request",
        ),
        ("multipart/form-data", String::new(), 400, "bad-request"),
        (
            "application/x-www-form-urlencoded",
            "list=1".to_owned(),
            415,
            "unsupported-media-type",
        ),
        ("image/png", "x".to_owned(), 415, "unsupported-media-type"),
    ] {
        let answer = service.post(PATH, kind, body.as_bytes()).await;
        assert_eq!(answer.status, status, "{kind} {code}");
        assert_eq!(answer.json()["code"], code, "{kind}");
        assert!(!answer.text().contains("秘密"));
    }
    assert_eq!(service.get(PATH).await.status, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_counted_by_a_measure_of_their_own() {
    let limits = Limits {
        list_rows_per_hour: 4.try_into().unwrap(),
        ..generous()
    };
    let service = Service::with(limits).await;
    let row = json!({"number": "S000032000012263000001", "name": "某人"});
    let ask = async |rows: usize| {
        let asked = json!({"rows": vec![row.clone(); rows]});
        batch(&service, &asked).await
    };
    // A list larger than an hour's rows is never checked, and takes nothing from the measure.
    let never = ask(5).await;
    assert_eq!(
        (never.status, never.header("retry-after")),
        (429, Some("3600"))
    );
    assert_eq!(ask(3).await.status, 200);
    let refused = ask(2).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json()["code"], "too-many-requests");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    assert_eq!(ask(1).await.status, 200);
    // A look-up of one is not counted as a row.
    let one = service
        .post(
            "/v1/look-up",
            "application/json",
            row.to_string().as_bytes(),
        )
        .await;
    assert_eq!(one.status, 200);

    let limits = Limits {
        list_rows_per_hour_all: 2.try_into().unwrap(),
        ..generous()
    };
    let service = Service::with(limits).await;
    assert_eq!(
        batch(&service, &json!({"rows": [row, row, row]}))
            .await
            .status,
        429
    );
    let none = Limits {
        lists_max: 0,
        ..generous()
    };
    let service = Service::with(none).await;
    let busy = batch(&service, &json!({"rows": [row]})).await;
    assert_eq!((busy.status, busy.header("retry-after")), (503, Some("5")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_asks_a_service_and_sends_no_more_than_it_asks() {
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.csv");
    let text = format!("{}薪资,无名氏,12\n", list(&service));
    std::fs::write(&file, text).unwrap();
    let out = folder.path().join("out.xlsx");
    let url = format!("http://{}/", service.address);
    let run = |url: String, out: Option<&std::path::Path>| {
        let mut command = bare(&["verify-list", file.to_str().unwrap(), "--server", &url]);
        if let Some(out) = out {
            command.arg("--out").arg(out);
        }
        tokio::task::spawn_blocking(move || crate::support::program::answer(&mut command))
    };
    let answer = run(url, Some(&out)).await.unwrap();
    assert_eq!(answer.exit, 1, "{answer:#?}");
    let expected = [&EXPECTED[..], &[(9, "unread")]].concat();
    assert_eq!(results(&answer.json), expected);
    assert_eq!(
        read_list(&std::fs::read(&out).unwrap())
            .unwrap()
            .rows()
            .len(),
        7
    );

    let nobody = run("http://127.0.0.1:1".to_owned(), None).await.unwrap();
    nobody.refused(2, "remote-error");
    let limits = Limits {
        list_rows_per_hour: 1.try_into().unwrap(),
        ..generous()
    };
    let strict = Service::with(limits).await;
    let refused = run(format!("http://{}", strict.address), None)
        .await
        .unwrap();
    refused.refused(2, "remote-error");
    let said = refused.json["error"]["zh"].as_str().unwrap();
    assert!(said.contains("查询过于频繁"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_the_route_and_its_limit() {
    let service = Service::start().await;
    let described = service.get("/v1/openapi.json").await.json();
    let asked = &described["paths"][PATH]["post"]["requestBody"]["content"];
    let rows = &asked["application/json"]["schema"]["properties"]["rows"];
    assert_eq!(rows["maxItems"], LIST_ROWS_MAX);
    assert!(asked["multipart/form-data"].is_object() && asked[XLSX].is_object());
}
