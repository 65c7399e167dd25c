//! Certificates as JSON with both suites of proof: other members, other proofs, other spellings, each
//! signed anew by the body's own key, so that no signature is what refuses them.

use super::Pair;
use crate::support::issued::Fixture;
use serde_json::{Value, json};
use skill_ledger::credential::Coat;
use skill_ledger::credential::signed::multibase;
use skill_ledger::credential::vc::proof::Cryptosuite;
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::verify::Outcome;

/// Something done to a signed document.
type Change = (&'static str, fn(&mut Value));

/// The document with a signature over what stands in it now, where that has bytes to sign.
fn signed_anew(fixture: &Fixture, mut signed: Value) -> Value {
    let mut document = signed.clone();
    let proof = document.as_object_mut().unwrap().remove("proof");
    let Some(Value::Object(mut config)) = proof else {
        return signed;
    };
    let suite = config["cryptosuite"].as_str();
    let Some(suite) = suite.and_then(Cryptosuite::from_name) else {
        return signed;
    };
    config.remove("proofValue");
    if let Ok(bytes) = suite.hash_data(&document, &Value::Object(config)) {
        let key = &fixture.certificate_key;
        let signature = key.sign(Purpose::Certificate, &bytes).unwrap();
        signed["proof"]["proofValue"] = json!(multibase(&signature.0));
    }
    signed
}

/// Changes that leave the statements of a document as they were, or hide something beside them.
const OF_DOCUMENTS: [Change; 19] = [
    ("types turned", |it| {
        it["type"].as_array_mut().unwrap().reverse()
    }),
    ("one type alone", |it| {
        it["issuer"]["type"] = json!("Profile")
    }),
    ("one type in an array", |it| {
        it["credentialStatus"][0]["type"] = json!(["BitstringStatusListEntry"])
    }),
    ("a type in an array in an array", |it| {
        it["issuer"]["type"] = json!([["Profile"]])
    }),
    ("status entries turned", |it| {
        it["credentialStatus"].as_array_mut().unwrap().reverse()
    }),
    ("alignments turned", |it| {
        let achievement = &mut it["credentialSubject"]["achievement"];
        achievement["alignment"].as_array_mut().unwrap().reverse()
    }),
    ("an identifier without its array", |it| {
        let one = it["issuer"]["otherIdentifier"][0].take();
        it["issuer"]["otherIdentifier"] = one;
    }),
    ("the subject in an array", |it| {
        let one = it["credentialSubject"].take();
        it["credentialSubject"] = json!([one]);
    }),
    ("false as a text", |it| {
        it["credentialSubject"]["identifier"][0]["hashed"] = json!("false")
    }),
    ("false as a number", |it| {
        it["credentialSubject"]["identifier"][0]["hashed"] = json!(0)
    }),
    ("a member more", |it| it["evidence"] = json!([])),
    ("an end", |it| {
        it["validUntil"] = json!("2099-01-01T00:00:00Z")
    }),
    ("a context more", |it| {
        let more = json!("https://example.org/more");
        it["@context"].as_array_mut().unwrap().push(more);
    }),
    ("the contexts turned", |it| {
        it["@context"].as_array_mut().unwrap().reverse()
    }),
    ("a context of its own", |it| {
        it["credentialSubject"]["@context"] = json!({})
    }),
    ("__proto__", |it| it["__proto__"] = json!({})),
    ("__proto__ within", |it| {
        it["issuer"]["__proto__"] = json!({"description": "x"})
    }),
    ("constructor", |it| {
        it["credentialSubject"]["constructor"] = json!("x")
    }),
    ("two nodes of one name", |it| {
        let id = it["credentialStatus"][0]["id"].clone();
        it["credentialStatus"][1]["id"] = id;
    }),
];

const OF_PROOFS: [Change; 21] = [
    ("none", |it| {
        drop(it.as_object_mut().unwrap().remove("proof"))
    }),
    ("in an array", |it| {
        let one = it["proof"].take();
        it["proof"] = json!([one]);
    }),
    ("null", |it| it["proof"] = json!(null)),
    ("an end", |it| {
        it["proof"]["expires"] = json!("2099-01-01T00:00:00Z")
    }),
    ("a domain", |it| it["proof"]["domain"] = json!("x")),
    ("a challenge", |it| it["proof"]["challenge"] = json!("x")),
    ("a nonce", |it| it["proof"]["nonce"] = json!("x")),
    ("a name", |it| it["proof"]["id"] = json!("urn:x:1")),
    ("one before it", |it| {
        it["proof"]["previousProof"] = json!("urn:x:1")
    }),
    ("__proto__", |it| it["proof"]["__proto__"] = json!(null)),
    ("the other suite's context", |it| {
        let context = it["@context"].clone();
        let proof = it["proof"].as_object_mut().unwrap();
        if proof.remove("@context").is_none() {
            proof.insert("@context".into(), context);
        }
    }),
    ("a context that is null", |it| {
        it["proof"]["@context"] = json!(null)
    }),
    ("another purpose", |it| {
        it["proof"]["proofPurpose"] = json!("authentication")
    }),
    ("the other suite", |it| {
        let name = it["proof"]["cryptosuite"].as_str().unwrap();
        let is_other = |suite: &Cryptosuite| suite.name() != name;
        let other = Cryptosuite::ALL.into_iter().find(is_other).unwrap();
        it["proof"]["cryptosuite"] = json!(other.name());
    }),
    ("a suite nobody knows", |it| {
        it["proof"]["cryptosuite"] = json!("ecdsa-rdfc-2019")
    }),
    ("the suite in an array", |it| {
        let name = it["proof"]["cryptosuite"].take();
        it["proof"]["cryptosuite"] = json!([name]);
    }),
    ("the type in an array", |it| {
        it["proof"]["type"] = json!(["DataIntegrityProof"])
    }),
    ("fractions of a second", |it| {
        let created = it["proof"]["created"].as_str().unwrap();
        it["proof"]["created"] = json!(created.replace('Z', ".0Z"));
    }),
    ("another offset", |it| {
        let created = it["proof"]["created"].as_str().unwrap();
        it["proof"]["created"] = json!(created.replace('Z', "+00:00"));
    }),
    ("a key of somebody else", |it| {
        let method = it["proof"]["verificationMethod"].as_str().unwrap();
        it["proof"]["verificationMethod"] = json!(method.replace("ledger", "others"));
    }),
    ("a key that is none", |it| {
        it["proof"]["verificationMethod"] = json!("#")
    }),
];

/// Changes of the scores and of what they are said of.
const OF_SCORES: [Change; 13] = [
    ("one that fails", |it| {
        it["credentialSubject"]["result"][0]["value"] = json!("59.9")
    }),
    ("one above a hundred", |it| {
        it["credentialSubject"]["result"][0]["value"] = json!("100.1")
    }),
    ("one in another spelling", |it| {
        it["credentialSubject"]["result"][0]["value"] = json!("078.5")
    }),
    ("one as a number", |it| {
        it["credentialSubject"]["result"][0]["value"] = json!(78)
    }),
    ("none", |it| it["credentialSubject"]["result"] = json!([])),
    ("one, of two described", |it| {
        let results = it["credentialSubject"]["result"].as_array_mut().unwrap();
        results.truncate(1);
    }),
    ("one twice", |it| {
        let results = it["credentialSubject"]["result"].as_array_mut().unwrap();
        results.push(results[0].clone());
    }),
    ("of another component", |it| {
        let described = it["credentialSubject"]["result"][0]["resultDescription"].take();
        let other = described.as_str().unwrap().replace("theory", "practice");
        it["credentialSubject"]["result"][0]["resultDescription"] = json!(other);
    }),
    ("a lower mark to pass", |it| {
        let achievement = &mut it["credentialSubject"]["achievement"];
        achievement["resultDescription"][0]["requiredValue"] = json!("50");
    }),
    ("described by nothing", |it| {
        let achievement = it["credentialSubject"]["achievement"].as_object_mut();
        achievement.unwrap().remove("resultDescription");
    }),
    ("without the results", |it| {
        let subject = it["credentialSubject"].as_object_mut().unwrap();
        subject.remove("result");
    }),
    ("of no certificate", |it| {
        let achievement = &mut it["credentialSubject"]["achievement"];
        let numbers = achievement["otherIdentifier"].as_array_mut().unwrap();
        numbers.pop();
    }),
    ("of a certificate in capitals", |it| {
        let achievement = &mut it["credentialSubject"]["achievement"];
        let last = &mut achievement["otherIdentifier"]
            .as_array_mut()
            .unwrap()
            .last_mut();
        let digest = last.as_mut().unwrap();
        digest["identifier"] = json!(digest["identifier"].as_str().unwrap().to_uppercase());
    }),
];

#[test]
fn other_scores_are_refused_alike() {
    let mut pair = Pair::of_all_kinds(54);
    let original = pair.fixture.coat(0, Coat::VcJsonScores);
    let original: Value = serde_json::from_slice(original).unwrap();
    for (what, change) in OF_SCORES {
        let mut changed = original.clone();
        change(&mut changed);
        assert_ne!(changed, original, "{what}");
        let changed = signed_anew(&pair.fixture, changed).to_string();
        let outcome = pair.alike(changed.as_bytes(), 0);
        assert_eq!(outcome, Outcome::Invalid, "{what}");
    }
    // Scores are shown under the other suite only.
    let mut other = original.clone();
    other["proof"]["cryptosuite"] = json!("eddsa-jcs-2022");
    other["proof"]["@context"] = other["@context"].clone();
    let other = signed_anew(&pair.fixture, other).to_string();
    assert_eq!(pair.alike(other.as_bytes(), 0), Outcome::Invalid);
    // Added to a certificate that shows none.
    let plain = pair.fixture.coat(0, Coat::VcJsonRdfc);
    let mut plain: Value = serde_json::from_slice(plain).unwrap();
    plain["credentialSubject"]["result"] = original["credentialSubject"]["result"].clone();
    let plain = signed_anew(&pair.fixture, plain).to_string();
    assert_eq!(pair.alike(plain.as_bytes(), 0), Outcome::Invalid);
}

#[test]
fn what_statements_do_not_show_is_refused_alike() {
    let mut pair = Pair::of_all_kinds(52);
    for coat in [Coat::VcJson, Coat::VcJsonRdfc, Coat::VcJsonScores] {
        let original: Value = serde_json::from_slice(pair.fixture.coat(0, coat)).unwrap();
        let again = signed_anew(&pair.fixture, original.clone()).to_string();
        assert_eq!(pair.alike(again.as_bytes(), 0), Outcome::Valid);
        for (what, change) in OF_DOCUMENTS.iter().chain(&OF_PROOFS) {
            let mut changed = original.clone();
            change(&mut changed);
            assert_ne!(changed, original, "{what}");
            let changed = signed_anew(&pair.fixture, changed).to_string();
            let outcome = pair.alike(changed.as_bytes(), 0);
            assert_eq!(outcome, Outcome::Invalid, "{coat}: {what}");
        }
    }
    pair.met(6);
}

#[test]
fn other_spellings_are_read_alike() {
    let mut pair = Pair::of_all_kinds(53);
    for coat in [Coat::VcJson, Coat::VcJsonRdfc, Coat::VcJsonScores] {
        let text = String::from_utf8(pair.fixture.coat(0, coat).to_vec()).unwrap();
        let with = |from: &str, to: &str| {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            changed
        };
        let padded = |length: usize| format!("{text}{}", " ".repeat(length - text.len()));
        for same in [
            with("\"type\"", "\"\\u0074ype\""),
            with(":", " :\r\n\t"),
            padded(1 << 20),
        ] {
            assert_eq!(pair.alike(same.as_bytes(), 0), Outcome::Valid, "{coat}");
        }
        for refused in [
            with("\"type\"", "\"type\":1,\"type\""),
            with("\"proof\"", "\"proof\":{},\"proof\""),
            with("\"proof\"", "\"\\u0070roof\":{},\"proof\""),
            with(
                "\"cryptosuite\"",
                "\"__proto__\":{},\"__proto__\":{},\"cryptosuite\"",
            ),
            with("\"cryptosuite\"", "\"more\":1.0,\"cryptosuite\""),
            with(
                "\"cryptosuite\"",
                "\"more\":9007199254740992,\"cryptosuite\"",
            ),
            with("\"name\":\"", "\"name\":\"\\ud800"),
            with("\"name\":\"", "\"name\":\"\\udc00\\ud800"),
            with("\"name\":\"", "\"name\":\"\\u0000"),
            with("\"name\":\"", "\"name\":\"\\ufffe"),
            with("\"name\":\"", "\"name\":\"\u{7f}"),
            with("\"name\":\"", "\"name\":\"\u{feff}"),
            with("\"proofValue\":\"z", "\"proofValue\":\"z1"),
            with("\"proofValue\":\"z", "\"proofValue\":\"u"),
            with("\"proofValue\":\"z", "\"proofValue\":\""),
            format!("\u{feff}{text}"),
            format!("{text}{text}"),
            format!("[{text}]"),
            format!("{text},"),
        ] {
            let outcome = pair.alike(refused.as_bytes(), 0);
            assert_eq!(outcome, Outcome::Invalid, "{coat}");
        }
        let outcome = pair.alike(padded((1 << 20) + 1).as_bytes(), 0);
        assert_eq!(outcome, Outcome::Unknown);
    }
}
