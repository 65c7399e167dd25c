//! Working with the ledger over the API: operations once, queries and registers as of a position.

use crate::support::server::{Answer, Service};
use serde_json::{Value, json};

const KEY: &str = "0197f3a0-0000-7000-8000-000000000001";

async fn command(service: &Service, headers: &[(&str, &str)], name: &str, body: &Value) -> Answer {
    let body = body.to_string();
    service
        .ask(
            "POST",
            &format!("/v1/commands/{name}"),
            headers,
            body.as_bytes(),
        )
        .await
}

fn work() -> Value {
    json!({
        "name": "王小明", "document_number": "320102199003071239", "relation": "staff",
        "employer": "91350100M000100Y43", "from": "2019-03-01", "evidence": ["11".repeat(32)],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_is_carried_out_once_and_answers_alike_again() {
    let service = Service::start().await;
    let bearer = format!("Bearer {}", service.maker);
    let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", KEY)];
    let first = command(&service, &headers, "background.record-work", &work()).await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(first.json()["repeated"], json!(false));
    let again = command(&service, &headers, "background.record-work", &work()).await;
    assert_eq!(again.json()["repeated"], json!(true));
    assert_eq!(again.json()["events"], first.json()["events"]);
    let mut other = work();
    other["from"] = json!("2019-03-02");
    let other = command(&service, &headers, "background.record-work", &other).await;
    assert_eq!(
        other.json()["code"],
        "command-id-reused",
        "{}",
        other.text()
    );

    let stream = first.json()["events"][0]["stream"]
        .as_str()
        .unwrap()
        .to_owned();
    let worker = stream.strip_prefix("worker/").unwrap();
    let ask = json!({"worker": worker});
    let body = ask.to_string();
    let passport = service
        .ask(
            "POST",
            "/v1/queries/worker.passport",
            &headers[..1],
            body.as_bytes(),
        )
        .await;
    assert_eq!(passport.status, 200, "{}", passport.text());
    let entries = passport.json()["entries"].as_array().unwrap().clone();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["type"], "worker.work_recorded");
    let before = json!({"worker": worker, "at": entries[0]["position"].as_u64().unwrap() - 1});
    let body = before.to_string();
    let passport = service
        .ask(
            "POST",
            "/v1/queries/worker.passport",
            &headers[..1],
            body.as_bytes(),
        )
        .await;
    assert_eq!(
        passport.json()["entries"],
        json!([]),
        "as of the position before"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_works_without_a_token_a_key_and_a_readable_request() {
    let service = Service::start().await;
    let bearer = format!("Bearer {}", service.maker);
    let named = ("Authorization", bearer.as_str());
    let once = ("Idempotency-Key", KEY);
    let refused = async |headers: &[(&str, &str)], body: &Value, status, code: &str| {
        let answer = command(&service, headers, "background.record-work", body).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.json()["code"], code);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        answer
    };
    refused(&[once], &work(), 401, "unauthorized").await;
    refused(
        &[("Authorization", "Bearer sl_x"), once],
        &work(),
        401,
        "unauthorized",
    )
    .await;
    refused(&[named], &work(), 400, "idempotency-key-needed").await;
    let mut unreadable = work();
    unreadable["employer"] = json!("91350100M000100Y4Z");
    let answer = refused(&[named, once], &unreadable, 422, "bad-input").await;
    assert!(
        answer.text().contains("用人单位统一社会信用代码"),
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains("Y4Z"), "values are not repeated");
    let mut unknown = work();
    unknown["salary"] = json!(1);
    refused(&[named, once], &unknown, 422, "bad-input").await;
    let mut ahead = work();
    ahead["from"] = json!("2999-01-01");
    let answer = refused(&[named, once], &ahead, 422, "record-ahead").await;
    assert!(
        answer.text().contains("依据"),
        "the rule is named: {}",
        answer.text()
    );
    let nothing = command(&service, &[named, once], "background.unheard-of", &work()).await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_listed_with_its_members() {
    let service = Service::start().await;
    let listed = service.get("/v1/commands").await.json();
    let commands = listed["commands"].as_array().unwrap();
    let work = commands
        .iter()
        .find(|it| it["name"] == "background.record-work")
        .unwrap();
    assert_eq!(work["zh"], "登记从业经历");
    let relation = work["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "relation")
        .unwrap();
    assert_eq!(relation["required"], json!(true));
    assert!(
        relation["words"]
            .as_array()
            .unwrap()
            .contains(&json!("dispatched"))
    );
    let people = service.get("/v1/registers/staff-card").await;
    assert_eq!(people.status, 401, "a register of people is not public");
    let public = service.get("/v1/registers/occupation?limit=5").await;
    assert_eq!(public.status, 200, "{}", public.text());
    assert!(public.json()["as_of_position"].as_u64().unwrap() > 0);
    let ahead = service.get("/v1/registers/occupation?at=999999").await;
    assert_eq!(ahead.status, 422, "{}", ahead.text());
}

/// Every query there is takes a position, and refuses those there are none of in both languages.
#[tokio::test(flavor = "multi_thread")]
async fn every_query_takes_a_position_and_says_which_there_are_none_of() {
    let service = Service::start().await;
    let bearer = format!("Bearer {}", service.maker);
    let headers = [("Authorization", bearer.as_str())];
    let listed = service.get("/v1/commands").await.json();
    for query in listed["queries"].as_array().unwrap() {
        let members = query["members"].as_array().unwrap();
        let takes = members.iter().any(|member| member["name"] == "at");
        assert!(takes, "{query}");
    }
    let ask = async |at: u64| {
        let body = json!({"at": at}).to_string();
        let list = "/v1/queries/body.list";
        service.ask("POST", list, &headers, body.as_bytes()).await
    };
    let first = ask(1).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let expected = json!({"as_of_position": 1, "next": null, "bodies": []});
    assert_eq!(first.json(), expected);
    for (at, code) in [(0, "view-position-zero"), (999_999, "view-not-reached")] {
        let refused = ask(at).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        let problem = "application/problem+json";
        assert_eq!(refused.header("content-type"), Some(problem));
        let refused = refused.json();
        assert_eq!(refused["code"], code);
        for title in ["title", "title_en"] {
            let words = refused[title].as_str().unwrap();
            assert!(!words.contains("{") && !words.contains("app-"), "{words}");
        }
        let register = format!("/v1/registers/occupation?at={at}");
        let register = service.get(&register).await;
        assert_eq!(register.status, 422, "{}", register.text());
        assert_eq!(register.json()["code"], code);
    }
}

/// What ends together with what a proposal names is told over the API as on the command line, as of
/// now and of any position.
#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_shown_with_what_else_its_approval_would_do() {
    let service = Service::start().await;
    let bearer = format!("Bearer {}", service.maker);
    let headers = [("Authorization", bearer.as_str())];
    let ask = async |name: &str, body: Value| {
        let body = body.to_string();
        let path = format!("/v1/queries/{name}");
        service.ask("POST", &path, &headers, body.as_bytes()).await
    };
    let does = async |nth: u32, name: &str, body: Value| {
        let key = format!("0197f3a0-0000-7000-8000-{nth:012}");
        let headers = [headers[0], ("Idempotency-Key", key.as_str())];
        let answer = command(&service, &headers, name, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    let number = &service.certificates[0].number;
    let certificate = ask("certificate.show", json!({"number": number})).await;
    let certificate = certificate.json()["certificate"].clone();
    let level = json!({
        "worker": certificate["worker"], "session": certificate["session"],
        "ground": "成果系他人所有", "basis": "示范人社监〔2026〕7号",
    });
    does(1, "award.question", level.clone()).await;
    let mut finding = level;
    finding["finding"] = json!("withdrawn");
    finding["certificate"] = json!(number);
    let proposed = does(2, "award.decide-question", finding).await;
    let made = &proposed["events"][0];
    let proposal = &made["data"]["proposal"];

    let shown = ask("proposal.show", json!({"proposal": proposal})).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let now = shown.json()["proposal"].clone();
    assert_eq!(now["act"]["act"], "end-certificate");
    assert_eq!(now["state"], "open");
    assert_eq!(now["expired"], false);
    assert_eq!(now["certificate"], json!(number));
    let told = now["consequences"].as_array().unwrap();
    assert_eq!(told.len(), 1, "{now:#}");
    assert_eq!(told[0]["code"], "level-withdrawn");
    assert!(told[0]["zh"].as_str().unwrap().contains("等级随之取消"));
    assert!(told[0]["en"].as_str().unwrap().contains("withdrawn too"));

    let position = made["position"].as_u64().unwrap();
    let then = ask(
        "proposal.show",
        json!({"proposal": proposal, "at": position}),
    )
    .await;
    assert_eq!(then.json()["as_of_position"], position);
    assert_eq!(then.json()["proposal"], now);
    let before = json!({"proposal": proposal, "at": position - 1});
    let before = ask("proposal.show", before).await;
    assert_eq!(before.status, 404, "{}", before.text());
}
