//! What is issued and what is refused: the statements of the Data Model 2.0, each with a document that
//! keeps it and one that breaks it.

use super::*;

fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "https://issuer.example",
        "credentialSubject": {"id": "did:example:subject", "alumniOf": "某某技师学院"},
    })
}

#[test]
fn what_is_issued_verifies_and_its_mutants_do_not() {
    for suite in SUITES {
        let (status, issued) = issue(suite, &credential());
        assert_eq!(status, 201, "{suite}");
        assert_eq!(issued["issuer"], json!(door().1));
        assert_eq!(issued["proof"]["cryptosuite"], json!(suite));
        assert_eq!(verify(suite, &issued), 200, "{suite}");
        let other = SUITES.into_iter().find(|it| *it != suite).unwrap();
        assert_eq!(verify(other, &issued), 400);
        for (pointer, value) in [
            ("/credentialSubject/alumniOf", json!("另一所")),
            ("/credentialSubject/added", json!("x")),
            (
                "/issuer",
                json!("did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"),
            ),
            ("/proof/created", json!("2020-01-01T00:00:00Z")),
            ("/proof/expires", json!("2999-01-01T00:00:00Z")),
            ("/proof/unknown", json!("x")),
            ("/proof/proofPurpose", json!("authentication")),
            ("/proof/cryptosuite", json!("ecdsa-rdfc-2019")),
            ("/proof/previousProof", json!("urn:uuid:1")),
            ("/proof/verificationMethod", json!("did:key:@invalid@")),
            ("/proof/proofValue", json!("z1")),
            ("/proof", json!([])),
            ("/@context", json!(["https://www.w3.org/ns/credentials/v2"])),
        ] {
            let mut mutant = issued.clone();
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            mutant.pointer_mut(parent).unwrap()[name] = value;
            assert_eq!(verify(suite, &mutant), 400, "{suite} {pointer}");
        }
        let mut twice = issued.clone();
        twice["proof"] = json!([issued["proof"], issued["proof"]]);
        assert_eq!(verify(suite, &twice), 200, "a set of proofs that all hold");
        let text = json!({"verifiableCredential": issued}).to_string();
        let duplicated = text.replacen("\"alumniOf\"", "\"alumniOf\":\"x\",\"alumniOf\"", 1);
        assert_ne!(text, duplicated);
        let path = format!("{suite}/credentials/verify");
        assert_eq!(post(&path, duplicated.as_bytes()).0, 400);
    }
    assert_eq!(issue("ecdsa-rdfc-2019", &credential()).0, 400);
    assert_eq!(post("eddsa-jcs-2022/credentials/issue", b"{}").0, 400);
    assert_eq!(post("eddsa-jcs-2022/credentials/issue", b"").0, 400);
}

/// Documents that keep the model: (member, value).
fn good() -> Vec<(&'static str, Value)> {
    vec![
        ("id", json!("urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33")),
        (
            "type",
            json!(["VerifiableCredential", "https://types.example/#Own"]),
        ),
        (
            "type",
            json!(["AnyTypeOfTheExamples", "VerifiableCredential"]),
        ),
        (
            "issuer",
            json!({"id": "https://issuer.example", "name": "机构"}),
        ),
        ("name", json!("名称")),
        (
            "name",
            json!([{"@value": "Name", "@language": "en"}, {"@value": "名称", "@language": "zh"}]),
        ),
        ("description", json!({"@value": "Text", "@language": "en"})),
        (
            "credentialSubject",
            json!([{"id": "did:example:a", "a": "b"}, {"id": "did:example:c", "d": "e"}]),
        ),
        ("validFrom", json!("2026-01-01T00:00:00Z")),
        ("validFrom", json!("2026-01-01T00:00:00.123Z")),
        ("validUntil", json!("2099-01-01T00:00:00-08:00")),
        (
            "credentialStatus",
            json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "1", "statusListCredential": "https://status.example/1"}),
        ),
        (
            "termsOfUse",
            json!([{"type": "IssuerPolicy"}, {"id": "urn:uuid:2", "type": "IssuerPolicy"}]),
        ),
        ("credentialStatus", json!({"type": "StatusOfTheExamples"})),
        ("evidence", json!({"type": "Seen"})),
        ("evidence", json!([{"type": "Seen"}, {"type": ["Heard"]}])),
        (
            "refreshService",
            json!([{"type": "Fresh"}, {"type": "https://types.example/#Fresh"}]),
        ),
        ("validFrom", json!("2999-01-01T00:00:00+14:00")),
        ("validUntil", json!("1999-01-01T00:00:00Z")),
        (
            "issuer",
            json!({"id": "did:example:i", "description": {"@value": "Text", "@language": "en"}}),
        ),
        (
            "refreshService",
            json!({"type": "Fresh", "id": "https://fresh.example/"}),
        ),
        (
            "credentialSchema",
            json!([{"id": "https://schemas.example/1", "type": "JsonSchema"}]),
        ),
        (
            "relatedResource",
            json!({"id": "https://elsewhere.example/x", "digestMultibase": "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"}),
        ),
        (
            "relatedResource",
            json!([{"id": "https://www.w3.org/ns/credentials/v2",
            "digestSRI": "sha256-59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"}]),
        ),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/v2", {"alumniOf": "https://own.example/#alumniOf"}]),
        ),
    ]
}

/// Documents that break it.
fn bad() -> Vec<(&'static str, Value)> {
    vec![
        ("@context", json!(null)),
        ("@context", json!("https://www.w3.org/ns/credentials/v2")),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/examples/v2"]),
        ),
        (
            "@context",
            json!([
                "https://www.w3.org/ns/credentials/examples/v2",
                "https://www.w3.org/ns/credentials/v2"
            ]),
        ),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/v2", "https ://not-a-url"]),
        ),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/v2", 7]),
        ),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/v2", {"alumniOf": "https ://not-a-url#x"}]),
        ),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/v2", {"VerifiableCredential": "https://own.example/#x"}]),
        ),
        (
            "@context",
            json!(["https://www.w3.org/ns/credentials/v2", {"own": "urn:x:1"}, {"own": "urn:x:2"}]),
        ),
        ("id", json!("no-url")),
        ("id", json!(["urn:uuid:1", "urn:uuid:2"])),
        ("type", json!(null)),
        ("type", json!([])),
        ("type", json!("AnyTypeOfTheExamples")),
        ("type", json!(["VerifiableCredential", 7])),
        ("issuer", json!(null)),
        ("issuer", json!("no-url")),
        ("issuer", json!({"name": "x"})),
        ("issuer", json!({"id": null})),
        ("issuer", json!({"id": "no-url"})),
        (
            "issuer",
            json!({"id": "https://issuer.example", "name": {"@value": "x", "url": "https://x.example"}}),
        ),
        (
            "name",
            json!({"@value": "x", "@language": "en", "url": "https://x.example"}),
        ),
        ("description", json!(7)),
        ("credentialSubject", json!(null)),
        ("credentialSubject", json!({})),
        ("credentialSubject", json!([])),
        ("credentialSubject", json!([{"id": "did:example:a"}, {}])),
        ("credentialSubject", json!({"id": "no-url"})),
        ("credentialSubject", json!("did:example:a")),
        ("validFrom", json!("2026-01-01")),
        ("validFrom", json!("2026-01-01 00:00:00Z")),
        ("validFrom", json!("2026-01-01T00:00:00+0800")),
        ("validFrom", json!("2026-01-01T00:00:00+15:00")),
        ("validFrom", json!("2026-02-30T00:00:00Z")),
        ("validFrom", json!("2026-01-01T00:00:60Z")),
        ("validFrom", json!(1_767_225_600)),
        ("validFrom", json!(["2026-01-01T00:00:00Z"])),
        ("validFrom", json!(null)),
        ("validFrom", json!("2026-01-01T00:00:00")),
        ("validFrom", json!("2026-13-01T00:00:00Z")),
        ("validUntil", json!("January")),
        ("credentialStatus", json!({"statusPurpose": "revocation"})),
        ("credentialStatus", json!([])),
        ("credentialStatus", json!("https://status.example/1")),
        (
            "credentialStatus",
            json!({"id": ["urn:uuid:1", "urn:uuid:2"], "type": "BitstringStatusListEntry"}),
        ),
        ("credentialStatus", json!({"type": "no term"})),
        (
            "credentialStatus",
            json!({"id": "no-url", "type": "BitstringStatusListEntry"}),
        ),
        ("termsOfUse", json!({"id": "urn:uuid:2"})),
        ("evidence", json!({"note": "x"})),
        ("refreshService", json!({"id": "https://fresh.example/"})),
        (
            "credentialSchema",
            json!({"id": "https://schemas.example/1"}),
        ),
        ("credentialSchema", json!({"type": "JsonSchema"})),
        ("credentialSchema", json!({"id": 7, "type": "JsonSchema"})),
        ("relatedResource", json!(["https://elsewhere.example/x"])),
        (
            "relatedResource",
            json!({"digestMultibase": "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"}),
        ),
        (
            "relatedResource",
            json!({"id": "https://elsewhere.example/x"}),
        ),
        (
            "relatedResource",
            json!({"id": "https://elsewhere.example/x", "digestMultibase": "uZTQ0MjM1NiAg"}),
        ),
        (
            "relatedResource",
            json!({"id": "https://www.w3.org/ns/credentials/v2",
            "digestMultibase": "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"}),
        ),
        (
            "relatedResource",
            json!([
            {"id": "https://elsewhere.example/x", "digestMultibase": "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"},
            {"id": "https://elsewhere.example/x", "digestMultibase": "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"}]),
        ),
        ("proof", json!({"type": "DataIntegrityProof"})),
    ]
}

#[test]
fn the_statements_of_the_data_model_hold() {
    for suite in SUITES {
        for (member, value) in good() {
            let mut document = credential();
            document[member] = value;
            let (status, issued) = issue(suite, &document);
            assert_eq!(status, 201, "{suite} {member}: {}", document[member]);
            assert_eq!(verify(suite, &issued), 200, "{suite} {member}");
        }
        for (member, value) in bad() {
            let mut document = credential();
            document[member] = value;
            let (status, _) = issue(suite, &document);
            assert_eq!(status, 400, "{suite} {member}: {}", document[member]);
        }
        for member in ["@context", "type", "credentialSubject"] {
            let mut document = credential();
            document.as_object_mut().unwrap().remove(member);
            assert_eq!(issue(suite, &document).0, 400, "{suite} without {member}");
        }
        let mut document = credential();
        document["validFrom"] = json!("2026-06-01T00:00:00Z");
        document["validUntil"] = json!("2026-06-01T00:00:00+00:00");
        assert_eq!(issue(suite, &document).0, 201, "as late as it begins");
        document["validUntil"] = json!("2026-06-01T00:00:00+08:00");
        assert_eq!(issue(suite, &document).0, 400, "ends before it begins");
    }
    // A direction is lost on the way to RDF, so only the other suite can sign it.
    let mut document = credential();
    document["name"] = json!({"@value": "اسم", "@language": "ar", "@direction": "rtl"});
    assert_eq!(issue("eddsa-jcs-2022", &document).0, 201);
    assert_eq!(issue("eddsa-rdfc-2022", &document).0, 400);
}
