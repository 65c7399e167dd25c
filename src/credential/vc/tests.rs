use super::*;
use crate::credential::coat::Coat;
use crate::credential::random_claims::{random_claims, random_scores};
use crate::credential::signed::canonical;
use crate::domain::time::Instant;
use crate::keys::{Ed25519Key, Purpose, Signer};
use proof::InvalidProof;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use zeroize::Zeroizing;

pub(in crate::credential) mod mutants;
mod scores;

const CREATED: Instant = Instant(1_795_248_000_000_000);

fn key() -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Certificate)
}

fn value(sealed: &Sealed) -> Value {
    serde_json::from_slice(&sealed.document_bytes).unwrap()
}

pub(in crate::credential) fn accepted(bytes: &[u8]) -> bool {
    ParsedCredential::parse(bytes).is_ok_and(|it| it.verify_signature().is_ok())
}

#[test]
fn both_representations_are_of_one_document() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    for _ in 0..50 {
        let claims = random_claims(&mut rng);
        let jcs = issue(&claims, CREATED, &key()).unwrap();
        let rdfc = issue_rdfc(&claims, CREATED, &key()).unwrap();
        assert_eq!(jcs.unsigned_sha256, rdfc.unsigned_sha256);
        assert_ne!(jcs.signature, rdfc.signature);
        let (mut of_jcs, mut of_rdfc) = (value(&jcs), value(&rdfc));
        let proof = of_rdfc.as_object_mut().unwrap().remove("proof").unwrap();
        of_jcs.as_object_mut().unwrap().remove("proof");
        assert_eq!(of_jcs, of_rdfc);
        let names: Vec<&str> = proof
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let expected = [
            "created",
            "cryptosuite",
            "proofPurpose",
            "proofValue",
            "type",
            "verificationMethod",
        ];
        assert_eq!(names, expected);
        for (sealed, coat) in [(&jcs, Coat::VcJson), (&rdfc, Coat::VcJsonRdfc)] {
            let parsed = ParsedCredential::parse(&sealed.document_bytes).unwrap();
            assert_eq!(parsed.coat, coat);
            assert_eq!(ParsedCredential::coat_named(&sealed.document_bytes), coat);
            assert_eq!(parsed.verify_signature(), Ok(()));
            assert_eq!(parsed.unsigned_sha256, sealed.unsigned_sha256);
            assert!(parsed.claims == claims);
            assert_eq!(parsed.key_id, *key().key_id());
            assert_eq!(parsed.created, CREATED);
        }
    }
}

#[test]
fn the_signature_may_come_from_elsewhere() {
    let claims = random_claims(&mut ChaCha8Rng::seed_from_u64(6));
    let prepared = prepare_rdfc(&claims, key().key_id(), CREATED).unwrap();
    let signature = key()
        .sign(Purpose::Certificate, prepared.bytes_to_sign())
        .unwrap();
    let digest = prepared.unsigned_sha256();
    let sealed = prepared.seal(signature).unwrap();
    assert_eq!(sealed.unsigned_sha256, digest);
    assert!(sealed == issue_rdfc(&claims, CREATED, &key()).unwrap());
    let status = Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Status);
    assert!(issue_rdfc(&claims, CREATED, &status).is_err());
    let mut bad = claims;
    bad.holder.name = String::new();
    assert!(issue_rdfc(&bad, CREATED, &key()).is_err());
}

/// The signature of one suite is none of the other, whatever the proof calls itself.
#[test]
fn a_proof_of_one_suite_is_none_of_the_other() {
    let claims = random_claims(&mut ChaCha8Rng::seed_from_u64(7));
    let jcs = value(&issue(&claims, CREATED, &key()).unwrap());
    let rdfc = value(&issue_rdfc(&claims, CREATED, &key()).unwrap());
    let refused = |document: &Value| ParsedCredential::parse(&canonical(document).unwrap());
    let with = |document: &Value, member: &str, to: Value| {
        let mut document = document.clone();
        document["proof"][member] = to;
        document
    };
    let contexts = json!(v2::CONTEXTS);
    let proof = |error| InvalidCredential::Proof(error);

    // The members as the other suite wants them: only the signature tells.
    let mut renamed = with(&jcs, "cryptosuite", json!("eddsa-rdfc-2022"));
    assert_eq!(refused(&renamed).unwrap_err(), proof(InvalidProof::Context));
    renamed["proof"].as_object_mut().unwrap().remove("@context");
    let parsed = refused(&renamed).unwrap();
    assert_eq!(parsed.coat, Coat::VcJsonRdfc);
    assert!(parsed.verify_signature().is_err());

    let renamed = with(&rdfc, "cryptosuite", json!("eddsa-jcs-2022"));
    assert_eq!(refused(&renamed).unwrap_err(), proof(InvalidProof::Context));
    let renamed = with(&renamed, "@context", contexts.clone());
    let parsed = refused(&renamed).unwrap();
    assert_eq!(parsed.coat, Coat::VcJson);
    assert!(parsed.verify_signature().is_err());

    for (member, to, error) in [
        ("@context", contexts, InvalidProof::Context),
        ("@context", json!(null), InvalidProof::Context),
        ("cryptosuite", json!("eddsa-2022"), InvalidProof::OtherSuite),
        (
            "cryptosuite",
            json!("ecdsa-rdfc-2019"),
            InvalidProof::OtherSuite,
        ),
        (
            "proofPurpose",
            json!("authentication"),
            InvalidProof::OtherSuite,
        ),
        (
            "type",
            json!("Ed25519Signature2020"),
            InvalidProof::OtherSuite,
        ),
        ("type", json!(["DataIntegrityProof"]), InvalidProof::Form),
        ("id", json!("urn:uuid:0"), InvalidProof::Form),
        ("expires", json!("2030-01-01T00:00:00Z"), InvalidProof::Form),
        (
            "created",
            json!("2026-11-21T08:00:00.0Z"),
            InvalidProof::Form,
        ),
    ] {
        let document = with(&rdfc, member, to);
        assert_eq!(refused(&document).unwrap_err(), proof(error), "{member}");
    }
    // Two proofs, even two good ones, are not one.
    let mut both = rdfc.clone();
    both["proof"] = json!([rdfc["proof"], jcs["proof"]]);
    assert_eq!(refused(&both).unwrap_err(), proof(InvalidProof::Form));
    both["proof"] = json!([rdfc["proof"]]);
    assert_eq!(refused(&both).unwrap_err(), proof(InvalidProof::Form));
}

/// What RDF does not tell apart is refused all the same: the document must be the one that would be
/// written.
#[test]
fn another_document_of_the_same_statements_is_refused() {
    let claims = random_claims(&mut ChaCha8Rng::seed_from_u64(8));
    let good = value(&issue_rdfc(&claims, CREATED, &key()).unwrap());
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        assert_ne!(document, good);
        assert!(ParsedCredential::parse(&canonical(&document).unwrap()).is_err());
    };
    refused(&|d| d["credentialStatus"].as_array_mut().unwrap().reverse());
    refused(&|d| d["type"].as_array_mut().unwrap().reverse());
    refused(&|d| d["credentialSubject"]["type"] = json!("AchievementSubject"));
    refused(&|d| d["issuer"] = json!([d["issuer"]]));
    refused(&|d| d["name"] = json!([d["name"]]));
    refused(&|d| d["name"] = json!({"@value": d["name"]}));
    refused(&|d| d["credentialSubject"]["identifier"][0]["hashed"] = json!("false"));
    refused(&|d| d["credentialSubject"]["evidence"] = json!([]));
    refused(&|d| d["credentialSubject"]["unknown"] = json!("dropped by other readers"));
    refused(&|d| {
        d["@context"]
            .as_array_mut()
            .unwrap()
            .push(json!("https://www.w3.org/ns/credentials/examples/v2"))
    });
    refused(&|d| {
        d["@context"]
            .as_array_mut()
            .unwrap()
            .push(json!({"@vocab": "urn:x:"}))
    });
}
