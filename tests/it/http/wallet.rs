//! Certificates into wallets, over the real service: what is fetched, and what is refused.

use crate::support::server::{Answer, Service};
use serde_json::{Value, json};
use skill_ledger::credential::trust_list::TrustFile;
use skill_ledger::domain::time::Instant;
use skill_ledger::verify::{Known, Outcome, Policy, verify};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row, SqliteConnection};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
const SD_JWT: &str = "level.sd-jwt-vc";
const VC_JSON: &str = "level.vc-json";

/// A second connection to the service's own database.
async fn database(service: &Service) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(service.database());
    options.connect().await.unwrap()
}

async fn ask_offer(service: &Service, nth: usize, wanted: Value) -> Answer {
    let bearer = format!("Bearer {}", service.maker);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let number = &service.certificates[nth].number;
    let path = format!("/v1/certificates/{number}/offers");
    let wanted = wanted.to_string();
    service
        .ask("POST", &path, &headers, wanted.as_bytes())
        .await
}

/// An offer, as a wallet reads it.
struct Offer {
    code: String,
    tx_code: Option<String>,
    configurations: Value,
}

async fn offer(service: &Service, nth: usize, wanted: Value) -> Offer {
    let answer = ask_offer(service, nth, wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let answer = answer.json();
    assert!(answer["qr"].as_str().unwrap().starts_with("<svg"));
    let uri = answer["offer"].as_str().unwrap();
    let start = "openid-credential-offer://?credential_offer=";
    let told: Value = serde_json::from_str(&decoded(uri.strip_prefix(start).unwrap())).unwrap();
    assert_eq!(told["credential_issuer"], "https://ledger.example");
    let grant = &told["grants"][GRANT];
    let tx_code = answer["tx_code"].as_str().map(str::to_owned);
    assert_eq!(grant["tx_code"].is_object(), tx_code.is_some());
    if let Some(tx_code) = &tx_code {
        assert!(!uri.contains(tx_code.as_str()), "told by another way");
    }
    Offer {
        code: grant["pre-authorized_code"].as_str().unwrap().to_owned(),
        tx_code,
        configurations: told["credential_configuration_ids"].clone(),
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

async fn token_for(service: &Service, code: &str, tx_code: Option<&str>) -> Answer {
    let mut form = format!("grant_type={GRANT}&pre-authorized_code={code}");
    if let Some(tx_code) = tx_code {
        form += &format!("&tx_code={tx_code}");
    }
    let kind = "application/x-www-form-urlencoded";
    service
        .post("/v1/wallet/token", kind, form.as_bytes())
        .await
}

async fn token(service: &Service, offer: &Offer) -> String {
    let answer = token_for(service, &offer.code, offer.tx_code.as_deref()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let answer = answer.json();
    assert_eq!(answer["token_type"], "Bearer");
    answer["access_token"].as_str().unwrap().to_owned()
}

async fn ask_credential(service: &Service, token: &str, asked: Value) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let asked = asked.to_string();
    let path = "/v1/wallet/credential";
    service.ask("POST", path, &headers, asked.as_bytes()).await
}

async fn credential(service: &Service, token: &str, configuration: &str) -> Value {
    let asked = json!({"credential_configuration_id": configuration});
    let answer = ask_credential(service, token, asked).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["credentials"][0]["credential"].clone()
}

/// Status and code of a refusal in the form of RFC 6749.
fn refusal(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let told = answer.json();
    assert_eq!(told.as_object().unwrap().len(), 1, "{told}");
    (answer.status, told["error"].as_str().unwrap().to_owned())
}

fn bad(code: &str) -> (u16, String) {
    (400, code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_fetches_what_was_signed() {
    let service = Service::start().await;
    let metadata = service.get("/.well-known/openid-credential-issuer").await;
    assert_eq!(metadata.header("content-type"), Some("application/json"));
    let metadata = metadata.json();
    let endpoint = "https://ledger.example/v1/wallet/credential";
    assert_eq!(metadata["credential_endpoint"], endpoint);
    let server = service.get("/.well-known/oauth-authorization-server").await;
    let endpoint = "https://ledger.example/v1/wallet/token";
    assert_eq!(server.json()["token_endpoint"], endpoint);

    let offered = offer(&service, 0, json!({})).await;
    assert!(offered.tx_code.is_some(), "asked unless said otherwise");
    for id in offered.configurations.as_array().unwrap() {
        let known = &metadata["credential_configurations_supported"][id.as_str().unwrap()];
        assert!(known.is_object(), "{id}");
    }
    let token = token(&service, &offered).await;
    let sd_jwt = credential(&service, &token, SD_JWT).await;
    let vc = credential(&service, &token, VC_JSON).await;

    // Byte for byte what the body would hand out.
    let number = &service.certificates[0].number;
    let bearer = format!("Bearer {}", service.maker);
    let path = format!("/v1/certificates/{number}");
    let headers = [("Authorization", bearer.as_str())];
    let handed = service.ask("GET", &path, &headers, b"").await.json();
    assert_eq!(sd_jwt, handed["certificates"][0]["coats"]["sd-jwt-vc"]);
    let exported = &service.certificates[0].credential;
    let vc = serde_json_canonicalizer::to_vec(&vc).unwrap();
    assert_eq!(&vc, exported);

    let trust = service.get("/trust-list.json").await.body;
    let issued_at = TrustFile::parse(&trust).unwrap().open().unwrap().issued_at;
    let now = Instant(issued_at.0 + 1_000_000);
    let known = Known::gather(now, Policy::default(), Some(&trust), None, &[]);
    let proof = Some(service.certificates[0].proof.as_slice());
    for fetched in [sd_jwt.as_str().unwrap().as_bytes(), &vc] {
        assert_eq!(verify(fetched, proof, &known).outcome, Outcome::Valid);
    }

    // Each look at the person stands in the journal; no code stands in the database.
    let mut database = database(&service).await;
    let looks = sqlx::query(
        "SELECT kind, subject, actor FROM access_journal WHERE kind LIKE 'wallet-%' ORDER BY sequence",
    );
    let looks = looks.fetch_all(&mut database).await.unwrap();
    let kinds: Vec<String> = looks.iter().map(|look| look.get("kind")).collect();
    assert_eq!(kinds, ["wallet-offer", "wallet-fetch", "wallet-fetch"]);
    let whose: Vec<Vec<u8>> = looks.iter().map(|look| look.get("subject")).collect();
    assert!(whose.iter().all(|it| it == &whose[0]));
    let actors: Vec<bool> = looks
        .iter()
        .map(|it| it.get::<Option<Vec<u8>>, _>(2).is_some())
        .collect();
    assert_eq!(actors, [true, false, false]);
    let kept = sqlx::query("SELECT kind, hex(digest), number FROM wallet_grant");
    let kept = kept.fetch_all(&mut database).await.unwrap();
    assert_eq!(kept.len(), 1, "the code is used up");
    assert_eq!(kept[0].get::<String, _>(0), "token");
    let (_dir, path) = service.end().await;
    for file in [path.clone(), path.with_extension("sqlite-wal")] {
        let bytes = std::fs::read(file).unwrap_or_default();
        for secret in [&offered.code, &token] {
            let found = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!found, "a code stands in the database");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_for_ten_minutes_with_its_transaction_code() {
    let service = Service::start().await;
    let used = offer(&service, 0, json!({"tx_code": false})).await;
    let pin_unasked = token_for(&service, &used.code, Some("000000")).await;
    assert_eq!(refusal(&pin_unasked), bad("invalid_request"));
    let first = token(&service, &used).await;
    let again = token_for(&service, &used.code, None).await;
    assert_eq!(refusal(&again), bad("invalid_grant"));
    // A code is no token, nor the other way round.
    let asked = json!({"credential_configuration_id": SD_JWT});
    let code_as_token = ask_credential(&service, &used.code, asked.clone()).await;
    assert_eq!(refusal(&code_as_token), (401, "invalid_token".to_owned()));
    let challenge = code_as_token.header("www-authenticate");
    assert_eq!(challenge, Some("Bearer error=\"invalid_token\""));
    let token_as_code = token_for(&service, &first, None).await;
    assert_eq!(refusal(&token_as_code), bad("invalid_grant"));

    let guessed = offer(&service, 0, json!({})).await;
    let right = guessed.tx_code.clone().unwrap();
    let wrong = if right == "000000" {
        "000001"
    } else {
        "000000"
    };
    let missing = token_for(&service, &guessed.code, None).await;
    assert_eq!(refusal(&missing), bad("invalid_request"));
    for _ in 0..4 {
        let answer = token_for(&service, &guessed.code, Some(wrong)).await;
        assert_eq!(refusal(&answer), bad("invalid_grant"));
    }
    // The fifth guess is the last: after it the right one is as wrong.
    let late = offer(&service, 0, json!({})).await;
    for _ in 0..5 {
        let answer = token_for(&service, &late.code, Some("no digits")).await;
        assert_eq!(refusal(&answer), bad("invalid_grant"));
    }
    let answer = token_for(&service, &late.code, late.tx_code.as_deref()).await;
    assert_eq!(refusal(&answer), bad("invalid_grant"));
    assert_eq!(
        token_for(&service, &guessed.code, Some(&right))
            .await
            .status,
        200
    );

    let mut database = database(&service).await;
    let expired = offer(&service, 0, json!({"tx_code": false})).await;
    let held: Vec<(String, i64)> = sqlx::query_as(
        "SELECT kind, expires_at - (SELECT max(recorded_at) FROM event) FROM wallet_grant",
    )
    .fetch_all(&mut database)
    .await
    .unwrap();
    assert!(held.iter().any(|(kind, _)| kind == "code"));
    sqlx::query("UPDATE wallet_grant SET expires_at = expires_at - 601000000")
        .execute(&mut database)
        .await
        .unwrap();
    let answer = token_for(&service, &expired.code, None).await;
    assert_eq!(refusal(&answer), bad("invalid_grant"));
    let answer = ask_credential(&service, &first, asked).await;
    assert_eq!(refusal(&answer), (401, "invalid_token".to_owned()));
    // The next offer clears away what has passed.
    offer(&service, 0, json!({})).await;
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM wallet_grant")
        .fetch_one(&mut database)
        .await
        .unwrap();
    assert_eq!(left, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_wallet_cannot_have_is_refused_in_its_own_words() {
    let service = Service::start().await;
    let token = token(&service, &offer(&service, 4, json!({})).await).await;
    let id = "credential_configuration_id";
    for (asked, code) in [
        (
            json!({id: "special-skill.sd-jwt-vc"}),
            "unknown_credential_configuration",
        ),
        (json!({id: "level.qr"}), "unknown_credential_configuration"),
        (
            json!({id: SD_JWT, "proofs": {"jwt": ["e30.e30.AA"]}}),
            "invalid_proof",
        ),
        (json!({id: SD_JWT, "proof": {}}), "invalid_proof"),
        (
            json!({"credential_identifier": "x"}),
            "invalid_credential_request",
        ),
        (json!({}), "invalid_credential_request"),
        (json!([]), "invalid_credential_request"),
        (
            json!({id: SD_JWT, "credential_response_encryption": {}}),
            "invalid_encryption_parameters",
        ),
    ] {
        let answer = ask_credential(&service, &token, asked.clone()).await;
        assert_eq!(refusal(&answer), bad(code), "{asked}");
    }
    let nothing = service
        .post("/v1/wallet/credential", "application/json", b"{}")
        .await;
    assert_eq!(refusal(&nothing), (401, "invalid_token".to_owned()));
    let form = "application/x-www-form-urlencoded";
    for (kind, body, code) in [
        ("application/json", "{}", "invalid_request"),
        (
            form,
            "grant_type=authorization_code&code=a",
            "unsupported_grant_type",
        ),
        (form, "pre-authorized_code=a", "invalid_request"),
        (form, "%zz", "invalid_request"),
    ] {
        let answer = service
            .post("/v1/wallet/token", kind, body.as_bytes())
            .await;
        assert_eq!(refusal(&answer), bad(code), "{body}");
    }
    let long = "a".repeat(5000);
    let answer = service
        .post("/v1/wallet/token", form, long.as_bytes())
        .await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (413, &json!("too-large"))
    );

    // Erased after the offer: there is nothing to hand out.
    let mut database = database(&service).await;
    let subject: Vec<u8> = sqlx::query_scalar(
        "SELECT subject FROM access_journal WHERE kind = 'wallet-offer' ORDER BY sequence DESC LIMIT 1",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    for table in ["vault_row", "vault_subject"] {
        let erase = format!("DELETE FROM {table} WHERE subject = $1");
        let erase = sqlx::query(sqlx::AssertSqlSafe(erase)).bind(subject.clone());
        erase.execute(&mut database).await.unwrap();
    }
    let answer = ask_credential(&service, &token, json!({id: SD_JWT})).await;
    assert_eq!(refusal(&answer), bad("credential_request_denied"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_stands_is_offered_and_only_by_who_may() {
    let service = Service::start().await;
    for (nth, code) in [(1, "certificate-ended"), (3, "certificate-superseded")] {
        let answer = ask_offer(&service, nth, json!({})).await;
        assert_eq!((answer.status, &answer.json()["code"]), (422, &json!(code)));
    }
    assert_eq!(
        ask_offer(&service, 2, json!({})).await.status,
        200,
        "suspended"
    );
    let answer = ask_offer(&service, 0, json!({"pin": true})).await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (400, &json!("bad-request"))
    );
    let number = &service.certificates[0].number;
    let path = format!("/v1/certificates/{number}/offers");
    let answer = service.post(&path, "application/json", b"{}").await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (401, &json!("unauthorized"))
    );
    let bearer = format!("Bearer {}", service.maker);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let unknown = "/v1/certificates/S000032000012263999999/offers";
    let answer = service.ask("POST", unknown, &headers, b"{}").await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (404, &json!("not-found"))
    );
    // A reissue is offered as its newest issue.
    let offered = ask_offer(&service, 4, json!({})).await.json();
    assert_eq!(offered["issue"], 2);
}
