//! Between the door and `@digitalbazaar/vc`: each verifies what the other made.

use super::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Asks `conformance.mjs`, one line for each request.
fn ask(requests: &[Value]) -> Vec<Value> {
    let mut node = Command::new("node")
        .arg(outside::installed().join("conformance.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut text = String::new();
    for request in requests {
        text += &format!("{request}\n");
    }
    node.stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn credential(n: usize) -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
        ],
        "id": format!("urn:uuid:00000000-0000-4000-8000-{n:012}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://issuer.example", "type": ["Profile"], "name": "技能评价中心"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://issuer.example/achievements/1",
                "type": ["Achievement"],
                "criteria": {"narrative": "考核合格"},
                "description": "电工 三级",
                "name": format!("电工 {n}"),
                "tag": ["a", "b"],
            }
        },
    })
}

#[test]
fn others_verify_what_the_door_issues() {
    let mut requests = Vec::new();
    for suite in SUITES {
        for n in 0..5 {
            let (status, issued) = issue(suite, &credential(n));
            assert_eq!(status, 201);
            requests.push(json!({"do": "verify", "suite": suite, "document": issued}));
            let mut changed = issued;
            changed["credentialSubject"]["achievement"]["name"] = json!("焊工");
            requests.push(json!({"do": "verify", "suite": suite, "document": changed}));
        }
    }
    for (n, answer) in ask(&requests).iter().enumerate() {
        assert_eq!(answer["accepted"], json!(n % 2 == 0), "{n}: {answer}");
    }
}

#[test]
fn the_door_verifies_what_others_issue() {
    let mut requests = Vec::new();
    for suite in SUITES {
        for n in 0..5 {
            requests.push(json!({"do": "issue", "suite": suite, "document": credential(n)}));
        }
    }
    for (request, answer) in requests.iter().zip(ask(&requests)) {
        let suite = request["suite"].as_str().unwrap();
        let mut issued = answer["document"].clone();
        assert_eq!(verify(suite, &issued), 200, "{issued}");
        issued["credentialSubject"]["achievement"]["name"] = json!("焊工");
        assert_eq!(verify(suite, &issued), 400);
    }
}

fn verify_presentation(suite: &str, presentation: &Value, options: &Value) -> u16 {
    let body = json!({"verifiablePresentation": presentation, "options": options});
    post(
        &format!("{suite}/presentations/verify"),
        body.to_string().as_bytes(),
    )
    .0
}

#[test]
fn presentations_of_others_are_verified() {
    let own = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    let plain = |members: &[(&str, Value)]| {
        let mut presentation = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
        });
        for (name, value) in members {
            presentation[*name] = value.clone();
        }
        presentation
    };
    for suite in SUITES {
        let (_, of_door) = issue(suite, &credential(1));
        let mut small = credential(2);
        small["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
        small["type"] = json!(["VerifiableCredential"]);
        small["issuer"] = json!(own);
        small["credentialSubject"] = json!({"id": own});
        let by_presenter = ask(&[json!({"do": "issue", "suite": suite, "document": small})]);
        let by_presenter = &by_presenter[0]["document"];
        // In RDF an embedded proof with contexts of its own is not read.
        let inner = (suite == "eddsa-rdfc-2022").then_some(&of_door);
        let mut cases = vec![
            (plain(&[]), 200),
            (plain(&[("id", json!("urn:uuid:1"))]), 200),
            (plain(&[("holder", json!(own))]), 200),
            (plain(&[("holder", json!({"id": own}))]), 200),
            (plain(&[("holder", json!({"name": "x"}))]), 400),
        ];
        if let Some(inner) = inner {
            cases.extend([
                (plain(&[("verifiableCredential", json!([inner]))]), 200),
                (
                    plain(&[
                        ("verifiableCredential", json!([inner, by_presenter])),
                        ("holder", json!(own)),
                    ]),
                    200,
                ),
                (
                    plain(&[("verifiableCredential", json!([by_presenter]))]),
                    400,
                ),
                (
                    plain(&[
                        ("verifiableCredential", json!([by_presenter])),
                        ("holder", json!("did:example:acme")),
                    ]),
                    400,
                ),
            ]);
        }
        let options = json!({"challenge": "c", "domain": "d.example"});
        let requests: Vec<Value> = cases
            .iter()
            .map(|(document, _)| json!({"do": "present", "suite": suite, "document": document, "options": options}))
            .collect();
        for ((_, expected), answer) in cases.iter().zip(ask(&requests)) {
            let signed = &answer["document"];
            assert_eq!(
                verify_presentation(suite, signed, &options),
                *expected,
                "{suite} {answer}"
            );
            if *expected == 200 {
                let other = json!({"challenge": "other", "domain": "d.example"});
                assert_eq!(verify_presentation(suite, signed, &other), 400);
                let mut changed = signed.clone();
                changed["proof"]["challenge"] = json!("other");
                assert_eq!(verify_presentation(suite, &changed, &other), 400);
                changed = signed.clone();
                changed.as_object_mut().unwrap().remove("@context");
                assert_eq!(verify_presentation(suite, &changed, &options), 400);
                changed = signed.clone();
                changed.as_object_mut().unwrap().remove("type");
                assert_eq!(verify_presentation(suite, &changed, &options), 400);
                changed = signed.clone();
                changed["@context"]
                    .as_array_mut()
                    .unwrap()
                    .insert(0, json!("https://www.w3.org/ns/credentials/examples/v2"));
                assert_eq!(verify_presentation(suite, &changed, &options), 400);
            }
        }
    }
}
