//! `verify` over certificates in the coat `vc-json-rdfc`.

use super::golden::{ledger, read};
use super::*;
use skill_ledger::credential::{Coat, rdf};

#[test]
fn the_other_representation_is_judged_alike() {
    let mut fixture = Fixture::with_one();
    let proof = fixture.proof_bytes(0);
    let judge = |fixture: &Fixture, bytes: &[u8]| verify(bytes, Some(&proof), &fixture.known());
    let (jcs, rdfc) = (fixture.bytes(0).to_vec(), fixture.rdfc_bytes(0));
    for outcome in [Outcome::Valid, Outcome::Invalid] {
        let (one, other) = (judge(&fixture, &jcs), judge(&fixture, &rdfc));
        assert_eq!(one.outcome, outcome);
        assert_eq!(codes(&one), codes(&other));
        assert!(one.certificate == other.certificate);
        assert_eq!(one.coat, Some(Coat::VcJson));
        assert_eq!(other.coat, Some(Coat::VcJsonRdfc));
        fixture.set_state(0, CertificateState::Revoked);
    }
}

#[test]
fn what_is_wrong_with_it_is_said_of_its_own_coat() {
    let fixture = Fixture::with_one();
    let good: Value = serde_json::from_slice(&fixture.rdfc_bytes(0)).unwrap();
    let judge = |change: &dyn Fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        check_document(&fixture, &fixture.known(), &document)
    };
    let renamed = judge(&|d| {
        d["credentialSubject"]["identifier"][0]["identityHash"] = json!("李四");
    });
    expect(
        &renamed,
        Outcome::Invalid,
        CheckId::Signature,
        "signature-bad",
    );
    for (code, report) in [
        ("form-other", judge(&|d| d["evidence"] = json!([]))),
        (
            "form-proof-context",
            judge(&|d| d["proof"]["@context"] = d["@context"].clone()),
        ),
        (
            "form-proof",
            judge(&|d| d["proof"]["expires"] = json!("2030-01-01T00:00:00Z")),
        ),
        (
            "form-key-not-issuers",
            judge(&|d| d["proof"]["verificationMethod"] = json!("did:web:other.example#k")),
        ),
    ] {
        expect(&report, Outcome::Invalid, CheckId::Form, code);
        assert_eq!(report.coat, Some(Coat::VcJsonRdfc));
        assert!(report.certificate.is_none());
    }
    // Under neither of our suites it is taken for the first coat.
    let other = judge(&|d| d["proof"]["cryptosuite"] = json!("ecdsa-rdfc-2019"));
    expect(&other, Outcome::Invalid, CheckId::Form, "form-other-suite");
    assert_eq!(other.coat, Some(Coat::VcJson));
}

/// The statements themselves are frozen beside the certificates: who writes a reader compares with them.
#[test]
fn the_first_certificates_as_rdf_are_still_read_and_written() {
    let trust = read("trust-list.json");
    let known = Known::gather(NOW, Policy::default(), Some(&trust), None, &[]);
    let ledger = ledger();
    for (n, name, status) in [
        (0, "whole", "status-good"),
        (1, "sparse", "status-superseded"),
    ] {
        let credential = read(&format!("rdfc/{name}.json"));
        let proof = read(&format!("{name}.tlog-proof"));
        let report = verify(&credential, Some(&proof), &known);
        assert_eq!(line(&report, CheckId::Signature).1, "signature-good");
        assert_eq!(line(&report, CheckId::Inclusion).1, "inclusion-good");
        assert_eq!(line(&report, CheckId::Status).1, status);
        assert!(ledger.rdfc_bytes(n) == credential, "{name}");
        let mut document: Value = serde_json::from_slice(&credential).unwrap();
        let mut config = document.as_object_mut().unwrap().remove("proof").unwrap();
        config.as_object_mut().unwrap().remove("proofValue");
        for (part, statements) in [
            ("document", rdf::certificate::document(&document).unwrap()),
            ("proof", rdf::certificate::proof_config(&config).unwrap()),
        ] {
            let frozen = read(&format!("rdfc/{name}.{part}.nq"));
            assert!(statements.as_bytes() == frozen, "{name}.{part}.nq");
        }
    }
}
