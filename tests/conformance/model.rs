//! The statements of the Data Model that a document can be held to before anybody signs it.

use super::*;
use skill_ledger::conformance::{date_time_stamp, presentation};
use skill_ledger::domain::time::Instant;

#[test]
fn what_the_standard_writes_is_read_and_nothing_else() {
    let second = |text: &str| date_time_stamp(text).map(Instant::as_second);
    assert_eq!(second("1970-01-01T00:00:01Z"), Some(1));
    assert_eq!(second("1970-01-01T00:00:01.25Z"), Some(1));
    assert_eq!(second("1970-01-01T08:00:01+08:00"), Some(1));
    assert_eq!(second("1969-12-31T10:00:01.000-14:00"), Some(1));
    for other in [
        "1970-01-01",
        "1970-01-01T00:00:01",
        "1970-01-01 00:00:01Z",
        "1970-01-01t00:00:01z",
        "1970-01-01T00:00Z",
        "1970-01-01T00:00:01.Z",
        "1970-01-01T00:00:01,5Z",
        "1970-01-01T00:00:60Z",
        "1970-01-01T24:00:00Z",
        "1970-02-30T00:00:01Z",
        "1970-01-01T00:00:01+0800",
        "1970-01-01T00:00:01+08",
        "1970-01-01T00:00:01+8:00",
        "1970-01-01T00:00:01+14:01",
        "1970-01-01T00:00:01+15:00",
        "1970-01-01T00:00:01+08:60",
        "1970-01-01T00:00:01Z[UTC]",
        "19700101T000001Z",
        "1970-01-01T00:00:01Z ",
        "1970-01-01T00:00:0１Z",
        "",
    ] {
        assert_eq!(second(other), None, "{other}");
    }
}

fn small() -> Value {
    let v2 = "https://www.w3.org/ns/credentials/v2";
    json!({
        "@context": [v2, "https://www.w3.org/ns/credentials/examples/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [{
            "@context": [v2],
            "type": ["VerifiableCredential"],
            "issuer": "did:example:issuer",
            "credentialSubject": {"id": "did:example:subject"},
        }],
    })
}

#[test]
fn a_presentation_has_what_the_model_says() {
    assert_eq!(presentation(&small()), Ok(()));
    let with = |pointer: &str, value: Value| {
        let mut document = small();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = value;
        presentation(&document)
    };
    let v2 = "https://www.w3.org/ns/credentials/v2";
    let envelope =
        |id: &str| json!([{"@context": v2, "id": id, "type": "EnvelopedVerifiableCredential"}]);
    for (pointer, value) in [
        ("/id", json!("urn:uuid:1")),
        ("/holder", json!("did:example:holder")),
        ("/holder", json!({"id": "did:example:holder", "name": "x"})),
        ("/type", json!(["Own", "VerifiablePresentation"])),
        (
            "/@context",
            json!([v2, {"own": "https://own.example/#own"}]),
        ),
        ("/termsOfUse", json!({"type": "Own"})),
        (
            "/verifiableCredential",
            small()["verifiableCredential"][0].clone(),
        ),
        (
            "/verifiableCredential",
            envelope("data:application/vc+sd-jwt,QmF"),
        ),
    ] {
        assert_eq!(with(pointer, value.clone()), Ok(()), "{pointer} {value}");
    }
    for (pointer, value) in [
        ("/id", json!("no-url")),
        ("/id", json!(["urn:uuid:1"])),
        ("/holder", json!("no-url")),
        ("/holder", json!({"name": "x"})),
        ("/type", json!(["VerifiableCredential"])),
        ("/type", json!([])),
        ("/@context", json!(null)),
        ("/@context", json!(v2)),
        (
            "/@context",
            json!(["https://www.w3.org/ns/credentials/examples/v2"]),
        ),
        ("/@context", json!([v2, "https ://not-a-url"])),
        ("/@context", json!([v2, 123_192_875])),
        ("/termsOfUse", json!({"id": "urn:uuid:1"})),
        (
            "/verifiableCredential",
            json!("https://elsewhere.example/vc"),
        ),
        ("/verifiableCredential", json!(["a string"])),
        ("/verifiableCredential", json!([7])),
        ("/verifiableCredential/0/type", json!("Other")),
        ("/verifiableCredential/0/issuer", json!(null)),
        ("/verifiableCredential/0/credentialSubject", json!({})),
        (
            "/verifiableCredential",
            envelope("https://elsewhere.example/vc"),
        ),
    ] {
        assert!(with(pointer, value.clone()).is_err(), "{pointer} {value}");
    }
    for member in ["@context", "type"] {
        let mut document = small();
        document.as_object_mut().unwrap().remove(member);
        assert!(presentation(&document).is_err(), "without {member}");
    }
}

#[test]
fn what_is_no_document_or_has_no_proof_is_not_verified() {
    let other = json!({"type": ["NonconformingDocument"]});
    let presented = small();
    let bare = &presented["verifiableCredential"][0];
    for suite in SUITES {
        for document in [&other, bare, &json!([]), &json!("x"), &json!(null)] {
            assert_eq!(verify(suite, document), 400, "{document}");
        }
        for document in [&other, &presented] {
            let body = json!({"verifiablePresentation": document}).to_string();
            let (status, _) = post(&format!("{suite}/presentations/verify"), body.as_bytes());
            assert_eq!(status, 400, "{document}");
        }
    }
}

/// A word that no context defines is no type, whatever the suite.
#[test]
fn a_type_is_a_term_or_a_url() {
    let v2 = "https://www.w3.org/ns/credentials/v2";
    for suite in SUITES {
        for (context, kind, status) in [
            (json!([v2]), "https://types.example/#Own", 201),
            (json!([v2]), "Own", 400),
            (json!([v2]), "no term", 400),
            (
                json!([v2, {"Own": "https://types.example/#Own"}]),
                "Own",
                201,
            ),
            (json!([v2, {"Own": "no-url"}]), "Own", 400),
            (
                json!([v2, {"Other": "https://types.example/#Other"}]),
                "Own",
                400,
            ),
        ] {
            let document = json!({
                "@context": context,
                "type": ["VerifiableCredential", kind],
                "issuer": "https://issuer.example",
                "credentialSubject": {"id": "did:example:subject"},
            });
            assert_eq!(issue(suite, &document).0, status, "{suite} {document}");
        }
    }
}
