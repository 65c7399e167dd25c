//! A certificate once handed out must be read for ever. The files in `tests/golden/credentials/`
//! were written by the first version; today's code verifies them and writes the same bytes.

use super::*;
use skill_ledger::credential::Coat;
use std::path::PathBuf;

fn golden(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/credentials");
    folder.join(name)
}
pub(super) fn read(name: &str) -> Vec<u8> {
    let path = golden(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The ledger the files come from.
pub(super) fn ledger() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.signed_in = vec![Coat::VcJson];
    fixture.issue(|_| ());
    fixture.issue(|c| {
        c.attainment = electrician(Some("供配电"), None);
        c.issuer.name.en = None;
        c.session = None;
        c.issue = 2;
        c.supersedes = Some("S000033000021263000777".parse().unwrap());
    });
    fixture.set_state(1, CertificateState::Superseded);
    fixture
}

#[test]
fn the_first_certificates_are_still_read_and_written() {
    let trust = read("trust-list.json");
    let known = Known::gather(NOW, Policy::default(), Some(&trust), None, &[]);
    for (name, outcome, status) in [
        ("whole", Outcome::Valid, "status-good"),
        ("sparse", Outcome::Invalid, "status-superseded"),
    ] {
        let credential = read(&format!("{name}.json"));
        let proof = read(&format!("{name}.tlog-proof"));
        let report = verify(&credential, Some(&proof), &known);
        expect(&report, outcome, CheckId::Status, status);
    }
    let ledger = ledger();
    for (n, name) in ["whole", "sparse"].into_iter().enumerate() {
        assert!(ledger.bytes(n) == read(&format!("{name}.json")), "{name}");
        let proof = read(&format!("{name}.tlog-proof"));
        assert!(ledger.proof_bytes(n) == proof, "{name}.tlog-proof");
    }
    // The signed list, without the status lists: their compression may change.
    let file = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    let (then, now) = (file(&trust), file(&ledger.trust_file()));
    for member in ["trust_list", "signature", "status_details", "checkpoint"] {
        assert_eq!(then[member], now[member], "{member}");
    }
}

/// The ledger the other coats come from.
fn ledger_of_coats() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.issue(|_| ());
    fixture.issue(|c| {
        c.attainment = electrician(Some("供配电"), None);
        c.issuer.name.en = None;
        c.session = None;
    });
    fixture
}

const COATS: [(Coat, &str); 3] = [
    (Coat::VcJsonRdfc, "rdfc.json"),
    (Coat::SdJwtVc, "sd-jwt"),
    (Coat::Qr, "cose"),
];

#[test]
fn the_first_of_each_coat_are_still_read_and_written() {
    let ledger = ledger_of_coats();
    let trust = read("coats/trust-list.json");
    let known = Known::gather(NOW, Policy::default(), Some(&trust), None, &[]);
    for (n, name) in ["whole", "sparse"].into_iter().enumerate() {
        let proof = read(&format!("coats/{name}.tlog-proof"));
        assert!(ledger.proof_bytes(n) == proof, "{name}.tlog-proof");
        for (coat, ending) in COATS {
            let credential = read(&format!("coats/{name}.{ending}"));
            let report = verify(&credential, Some(&proof), &known);
            expect(&report, Outcome::Valid, CheckId::Status, "status-good");
            assert_eq!(report.coat, Some(coat));
            assert!(ledger.coat(n, coat) == credential, "{name}.{ending}");
        }
    }
}

/// What shows scores comes from a ledger of its own: of a ledger from before there were any, nothing does.
const WITH_SCORES: [(Coat, &str); 3] = [
    (Coat::VcJsonScores, "scores.json"),
    (Coat::SdJwtVc, "sd-jwt"),
    (Coat::VcJson, "json"),
];

#[test]
fn the_first_that_show_scores_are_still_read_and_written() {
    let mut ledger = Fixture::new();
    ledger.scores = Some(scores());
    ledger.issue(|_| ());
    let trust = read("scores/trust-list.json");
    let known = Known::gather(NOW, Policy::default(), Some(&trust), None, &[]);
    let proof = read("scores/whole.tlog-proof");
    assert!(ledger.proof_bytes(0) == proof);
    for (coat, ending) in WITH_SCORES {
        let credential = read(&format!("scores/whole.{ending}"));
        let report = verify(&credential, Some(&proof), &known);
        expect(&report, Outcome::Valid, CheckId::Status, "status-good");
        assert_eq!(report.coat, Some(coat));
        let told = report.certificate.unwrap().claims.scores;
        assert_eq!(told, (coat != Coat::VcJson).then(scores), "{coat}");
        assert!(ledger.coat(0, coat) == credential, "whole.{ending}");
    }
}
