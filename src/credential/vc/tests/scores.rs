//! The document that shows the scores: what it says, and what it is to the certificate's own.

use super::*;
use crate::credential::claims::Claims;
use crate::credential::signed::canonical_sha256;
use crate::domain::score::{Score, Scores};

fn plain() -> Claims {
    random_claims(&mut ChaCha8Rng::seed_from_u64(21))
}
fn scores(theory: u16, skill: u16) -> Scores {
    let score = |tenths| Score::from_tenths(tenths).ok();
    Scores::new(score(theory), score(skill), None).unwrap()
}

#[test]
fn the_scores_stand_as_open_badges_results() {
    let claims = plain().with_scores(scores(785, 1000), &[7; 32]).unwrap();
    let sealed = issue_rdfc(&claims, CREATED, &key()).unwrap();
    let document = value(&sealed);
    let id = document["id"].as_str().unwrap();
    assert_eq!(
        document["credentialSubject"]["result"],
        json!([
            {"id": format!("{id}#result-theory"), "type": ["Result"],
                "resultDescription": format!("{id}#component-theory"), "value": "78.5"},
            {"id": format!("{id}#result-skill"), "type": ["Result"],
                "resultDescription": format!("{id}#component-skill"), "value": "100.0"},
        ])
    );
    assert_eq!(
        document["credentialSubject"]["achievement"]["resultDescription"][0],
        json!({"id": format!("{id}#component-theory"), "type": ["ResultDescription"],
            "name": "理论知识考试 Theory", "resultType": "RawScore",
            "valueMin": "0", "valueMax": "100", "requiredValue": "60"})
    );
    let parsed = ParsedCredential::parse(&sealed.document_bytes).unwrap();
    assert_eq!(parsed.coat, Coat::VcJsonScores);
    assert_eq!(
        ParsedCredential::coat_named(&sealed.document_bytes),
        Coat::VcJsonScores
    );
    assert!(parsed.claims == claims && parsed.verify_signature().is_ok());
}

/// It names the certificate, and nothing of the certificate names it.
#[test]
fn it_names_the_certificate_and_has_an_id_that_nobody_can_guess() {
    let plain = plain();
    let one = plain.with_scores(scores(785, 900), &[7; 32]).unwrap();
    let certificate = canonical_sha256(&v2::render(&plain)).unwrap();
    assert_eq!(one.results.unwrap().certificate, certificate);
    assert_ne!(one.credential_id, plain.credential_id);
    assert_eq!(one.credential_id.get_version_num(), 4);
    let again = plain.with_scores(scores(785, 900), &[7; 32]).unwrap();
    assert!(one == again);
    let secret = plain.with_scores(scores(785, 900), &[8; 32]).unwrap();
    assert_ne!(one.credential_id, secret.credential_id);
    let mut issue = plain.clone();
    issue.credential_id = uuid::Builder::from_random_bytes([9; 16]).into_uuid();
    let issue = issue.with_scores(scores(785, 900), &[7; 32]).unwrap();
    assert_ne!(one.credential_id, issue.credential_id);
}

#[test]
fn scores_are_shown_under_one_suite_and_only_those_that_pass() {
    let claims = plain().with_scores(scores(785, 900), &[7; 32]).unwrap();
    assert!(issue(&claims, CREATED, &key()).is_err());
    let failed = plain().with_scores(scores(785, 599), &[7; 32]).unwrap();
    assert!(issue_rdfc(&failed, CREATED, &key()).is_err());

    // As JCS, properly signed.
    let document = v2::render(&claims);
    let method = claims.issuer.did.verification_method(key().key_id());
    let config = proof::Cryptosuite::Jcs.proof_config(&document, &method, CREATED);
    let bytes = proof::Cryptosuite::Jcs
        .hash_data(&document, &config)
        .unwrap();
    let signature = key().sign(Purpose::Certificate, &bytes).unwrap();
    let signed = canonical(&proof::attach(document, config, &signature)).unwrap();
    assert_eq!(
        ParsedCredential::parse(&signed).unwrap_err(),
        InvalidCredential::Form(v2::RESULT.to_owned())
    );
}
