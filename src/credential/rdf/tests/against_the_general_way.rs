//! Our statements against those of a JSON-LD processor, and what that processor is kept from.

use super::*;
use crate::credential::rdf::contexts::CONTEXTS;
use crate::credential::rdf::general::{NotRdf, canonical};
use crate::credential::rdf::guard::{self, Refused};
use crate::credential::signed::parse_signature;
use crate::credential::vc::proof::{self, Cryptosuite};
use crate::domain::time::Instant;
use sha2::{Digest, Sha256};

/// How many documents: `SKILL_LEDGER_RDF_DOCUMENTS`, or few.
fn documents() -> usize {
    let wanted = std::env::var("SKILL_LEDGER_RDF_DOCUMENTS").ok();
    wanted.map_or(2_000, |it| it.parse().unwrap())
}

#[test]
fn the_contexts_are_those_published() {
    for context in &CONTEXTS {
        let sha256 = hex::encode(Sha256::digest(context.text));
        assert_eq!(sha256, context.sha256, "{}", context.url);
    }
    // The digest that the VC Data Model 2.0 states for its own.
    assert_eq!(
        CONTEXTS[0].sha256,
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    );
}

#[test]
fn a_json_ld_processor_makes_the_same_statements() {
    let mut rng = ChaCha8Rng::seed_from_u64(1959);
    for n in 0..documents() {
        let claims = random_document(&mut rng);
        let rendered = v2::render(&claims);
        assert_eq!(
            canonical(&rendered),
            Ok(document(&rendered).unwrap()),
            "{n}"
        );
        if n % 20 == 0 {
            let method = format!("{}#k{n}", claims.issuer.did);
            let created = Instant(n as i64 * 1_000_000);
            let mut config = Cryptosuite::Rdfc.proof_config(&rendered, &method, created);
            let ours = proof_config(&config).unwrap();
            config["@context"] = rendered["@context"].clone();
            assert_eq!(canonical(&config), Ok(ours));
        }
    }
}

fn small() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "name": "a",
        "issuer": {"id": "https://issuer.example", "name": [{"@value": "b", "@language": "en"}]},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"description": "c"},
    })
}

#[test]
fn a_document_of_others_has_its_statements() {
    let expected = "\
<https://issuer.example> <https://schema.org/name> \"b\"@en .
<urn:uuid:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
<urn:uuid:1> <https://schema.org/name> \"a\" .
<urn:uuid:1> <https://www.w3.org/2018/credentials#credentialSubject> _:c14n0 .
<urn:uuid:1> <https://www.w3.org/2018/credentials#issuer> <https://issuer.example> .
<urn:uuid:1> <https://www.w3.org/2018/credentials#validFrom> \"2026-01-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <https://schema.org/description> \"c\" .
";
    assert_eq!(canonical(&small()).as_deref(), Ok(expected));
}

#[test]
fn what_a_processor_would_leave_out_is_an_error() {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut document = small();
        change(&mut document);
        canonical(&document)
    };
    let refused = |refused: Refused| Err(NotRdf::Refused(refused));
    let subject = "credentialSubject";
    assert_eq!(
        changed(&|d| d["unknown"] = json!("x")),
        Err(NotRdf::Undefined)
    );
    assert_eq!(
        changed(&|d| d[subject]["unknown"] = json!({"id": "urn:x"})),
        Err(NotRdf::Undefined)
    );
    assert_eq!(
        changed(&|d| d["type"] = json!(["VerifiableCredential", "Unknown"])),
        Err(NotRdf::Undefined)
    );
    assert_eq!(
        changed(&|d| d["id"] = json!("relative")),
        Err(NotRdf::Undefined)
    );
    assert_eq!(
        changed(&|d| d["issuer"] = json!("../relative")),
        Err(NotRdf::Undefined)
    );
    for bad in ["urn:a b", "https://a<b", "http://[", "https://x/%zz", "1:2"] {
        let answer = changed(&|d| d["issuer"]["id"] = json!(bad));
        assert!(answer.is_err(), "{bad}: {answer:?}");
        let answer = changed(&|d| d["issuer"] = json!(bad));
        assert!(answer.is_err(), "{bad}: {answer:?}");
    }
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!([["x"]]),
        json!([null]),
        json!(1.5),
        json!(9_007_199_254_740_992_u64),
    ] {
        assert_eq!(
            changed(&|d| d[subject]["description"] = value.clone()),
            refused(Refused::Value),
            "{value}"
        );
    }
    for (name, value) in [
        ("@id", json!("urn:x")),
        ("@graph", json!([{"id": "urn:x"}])),
        ("@included", json!([{"id": "urn:x"}])),
        ("@reverse", json!({})),
        ("https://schema.org/name", json!("x")),
        ("schema:name", json!("x")),
        ("jsonSchema", json!({"a": 1})),
    ] {
        assert_eq!(
            changed(&|d| d[subject][name] = value.clone()),
            refused(Refused::Name),
            "{name}"
        );
    }
    for value in [
        json!({"@value": "x", "@direction": "rtl"}),
        json!({"@value": "x", "@type": "urn:x"}),
        json!({"@value": "x", "name": "y"}),
    ] {
        assert_eq!(
            changed(&|d| d["name"] = value.clone()),
            refused(Refused::Name)
        );
    }
    for value in [
        json!({"@value": 1}),
        json!({"@value": "x", "@language": "zh-Hans"}),
        json!("a\u{85}"),
        json!("a\nb"),
    ] {
        assert_eq!(
            changed(&|d| d["name"] = value.clone()),
            refused(Refused::Value)
        );
    }
    for context in [
        json!(null),
        json!([]),
        json!(["https://www.w3.org/ns/credentials/v2", {"name": "urn:x"}]),
        json!(["https://www.w3.org/ns/credentials/v2", {"x": "relative"}]),
        json!(["https://www.w3.org/ns/credentials/v2", {"x": {"@id": "urn:x"}}]),
        json!(["https://www.w3.org/ns/credentials/v2", {"x:y": "urn:x"}]),
        json!(["https://www.w3.org/ns/credentials/v2", {"@vocab": "urn:x:"}]),
        json!(["https://www.w3.org/ns/credentials/v2", {"x": "urn:x"}, {"x": "urn:y"}]),
        json!([
            "https://www.w3.org/ns/credentials/v2",
            "https://elsewhere.example/v1"
        ]),
    ] {
        assert_eq!(
            changed(&|d| d["@context"] = context.clone()),
            refused(Refused::Context)
        );
        assert_eq!(
            changed(&|d| d[subject]["@context"] = context.clone()),
            refused(Refused::Context)
        );
    }
    for graph in [
        json!("urn:x"),
        json!({"id": "urn:x"}),
        json!({"@value": "x"}),
        json!({"@value": "x", "@language": "en"}),
        json!([{"type": "DataIntegrityProof"}, {"id": "urn:x"}]),
    ] {
        assert!(changed(&|d| d["proof"] = graph.clone()).is_err(), "{graph}");
        let mut presentation =
            json!({"@context": small()["@context"], "type": "VerifiablePresentation"});
        presentation["verifiableCredential"] = graph.clone();
        assert!(canonical(&presentation).is_err(), "{graph}");
    }
    let two = json!(["BitstringStatusListEntry", "DataIntegrityProof"]);
    assert_eq!(
        changed(&|d| d[subject]["type"] = two.clone()),
        refused(Refused::Value)
    );
    assert_eq!(
        changed(&|d| d[subject]["id"] = json!("_:b0")),
        refused(Refused::Value)
    );
}

#[test]
fn the_work_is_bounded() {
    // As many blank nodes of one kind as the guard lets through, and a knot of them.
    let mut deep = small();
    deep["credentialSubject"] = json!((0..40).fold(
        json!({"description": "x"}),
        |inner, _| json!({"issuer": inner})
    ));
    assert_eq!(canonical(&deep), Err(NotRdf::Refused(Refused::TooLarge)));
    let mut many = small();
    many["credentialSubject"] = json!(vec![json!({"description": "x"}); guard::BLANK_MAX + 1]);
    assert_eq!(canonical(&many), Err(NotRdf::Refused(Refused::TooLarge)));
    let mut long = small();
    long["name"] = json!(vec!["x"; guard::VALUES_MAX + 1]);
    assert_eq!(canonical(&long), Err(NotRdf::Refused(Refused::TooLarge)));
    for (parents, children) in [(1, 200), (2, 9), (9, 9), (15, 15)] {
        let mut alike = small();
        let child = json!({"description": "x"});
        let parent = json!({"description": "y", "evidence": vec![child; children]});
        alike["credentialSubject"] = json!(vec![parent; parents]);
        let answer = canonical(&alike);
        assert!(
            matches!(answer, Ok(_) | Err(NotRdf::TooAlike | NotRdf::Undefined)),
            "{parents}"
        );
    }
}

/// W3C vc-di-eddsa, TestVectors/eddsa-rdfc-2022: canonical proof, both hashes, signature. The second
/// proof of the same document is that of the Recommendation's example 9.
#[test]
fn the_w3c_vectors_of_eddsa_rdfc_2022_hold() {
    macro_rules! vector {
        ($name:literal) => {
            include_str!(concat!("../../../../tests/vectors/w3c-vc-di-eddsa/", $name))
        };
    }
    let signed: Value = serde_json::from_str(vector!("signedDataInt.json")).unwrap();
    let taken = proof::detach(signed.clone(), &[Cryptosuite::Rdfc]).unwrap();
    let method = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    let other = Cryptosuite::Rdfc.proof_config(&taken.document, method, taken.created);
    let value =
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme";
    let hash = vector!("combinedHashDataInt.txt");
    let document_hash = &hash[64..];
    let other_hash =
        format!("bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0{document_hash}");
    assert_eq!(
        proof_config(&taken.config).as_deref(),
        Ok(vector!("proofCanonDataInt.txt"))
    );
    let (_, key) = taken.verification_method.split_once('#').unwrap();
    let key: crate::keys::KeyId = key.parse().unwrap();
    let key = key.public_key();
    for (config, signature, expected) in [
        (&taken.config, taken.signature, hash),
        (&other, parse_signature(value).unwrap(), &other_hash),
    ] {
        let mut bytes = Sha256::digest(proof_config(config).unwrap()).to_vec();
        bytes.extend(Sha256::digest(canonical(&taken.document).unwrap()));
        assert_eq!(hex::encode(&bytes), expected);
        assert_eq!(key.verify(&bytes, &signature), Ok(()));
    }
}
