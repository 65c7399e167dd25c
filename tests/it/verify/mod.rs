//! `verify` over whole credentials: what holds, what is refused, what cannot be checked.

use crate::support::issued::{Fixture, NOW, electrician, key, name, scores};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use skill_ledger::credential::Disclosed;
use skill_ledger::credential::signed::canonical;
use skill_ledger::credential::status_details::{CertificateState, StatusDetail};
use skill_ledger::credential::status_list::StatusPurpose;
use skill_ledger::credential::trust_list::{
    Stretch, TrustList, TrustedLevel, TrustedRunOff, fingerprint,
};
use skill_ledger::credential::vc::proof::{self, Cryptosuite};
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::verify::{CheckId, CheckResult, Known, Outcome, Policy, Report, verify};

mod coats;
mod golden;
mod key_matrix;
mod kinds;
mod log_key_matrix;
mod place;
mod rdfc;
mod refusal;
mod status;

const DAY: i64 = 86_400_000_000;

fn report(fixture: &Fixture, n: usize) -> Report {
    verify(
        fixture.bytes(n),
        Some(&fixture.proof_bytes(n)),
        &fixture.known(),
    )
}

fn line(report: &Report, check: CheckId) -> (CheckResult, &'static str) {
    let line = report.checks.iter().find(|c| c.check == check);
    let line = line.unwrap_or_else(|| panic!("no line {check:?}"));
    (line.result, line.code)
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.checks.iter().map(|c| c.code).collect()
}

#[track_caller]
fn expect(report: &Report, outcome: Outcome, check: CheckId, code: &str) {
    assert_eq!(report.outcome, outcome, "{:?}", codes(report));
    assert_eq!(line(report, check).1, code);
}

fn document(fixture: &Fixture) -> Value {
    serde_json::from_slice(fixture.bytes(0)).unwrap()
}

fn check_document(fixture: &Fixture, known: &Known, document: &Value) -> Report {
    let proof = fixture.proof_bytes(0);
    verify(document.to_string().as_bytes(), Some(&proof), known)
}

#[test]
fn a_good_certificate_is_valid_on_every_line() {
    let fixture = Fixture::with_one();
    let report = report(&fixture, 0);
    assert_eq!(report.outcome, Outcome::Valid, "{:?}", codes(&report));
    assert_eq!(
        codes(&report),
        [
            "trust-unpinned",
            "form-good",
            "signature-good",
            "accreditation-good",
            "inclusion-good",
            "status-good",
            "key-good",
            "compromise-none",
            "dates-good"
        ]
    );
    assert_eq!(report.as_of, Some(fixture.list_from));
    let json = report.to_json(skill_ledger::locale::Language::En);
    assert_eq!(json["outcome"], "valid");
    assert_eq!(json["coat"], "vc-json");
    assert_eq!(json["checks"][2]["check"], "signature");
    assert_eq!(json["checks"][2]["result"], "pass");
    assert_eq!(json["as_of"], "2026-11-21T08:00:00Z");
    assert_eq!(json["certificate"]["name"], "阿依古丽·买买提");
    assert_eq!(json["certificate"]["level"]["code"], 3);
    assert_eq!(json["certificate"]["state"], "valid");
}

#[test]
fn every_optional_claim_is_read_back() {
    let mut fixture = Fixture::new();
    fixture.issue(|c| {
        c.attainment = electrician(Some("供配电"), None);
        c.session = None;
        c.issuer.name.en = None;
        c.issue = 3;
        c.supersedes = Some("S000033000021263000777".parse().unwrap());
    });
    let report = report(&fixture, 0);
    assert_eq!(report.outcome, Outcome::Valid, "{:?}", codes(&report));
    assert!(report.certificate.unwrap().claims == Disclosed::from(&fixture.issued[0].claims));
}

#[test]
fn tomorrows_certificate_is_not_valid_today() {
    let mut fixture = Fixture::new();
    fixture.issue(|c| c.issued_on = "2026-11-23".parse().unwrap());
    expect(
        &report(&fixture, 0),
        Outcome::Invalid,
        CheckId::Dates,
        "dates-future",
    );
}

#[test]
fn every_code_has_words_and_every_message_a_code() {
    let sources = concat!(
        include_str!("../../../src/verify/known.rs"),
        include_str!("../../../src/verify/log_head.rs"),
        include_str!("../../../src/verify/pipeline.rs"),
        include_str!("../../../src/verify/presented.rs"),
        include_str!("../../../src/verify/status.rs"),
        include_str!("../../../src/verify/report.rs"),
        include_str!("../../../src/cli/verify/mod.rs"),
        include_str!("../../../src/cli/verify/files.rs"),
        include_str!("../../../src/verify/input.rs"),
    );
    let mut codes = std::collections::BTreeSet::new();
    for text in sources.split('"').skip(1).step_by(2) {
        let first = text.split('-').next().unwrap_or("");
        let rooms = [
            "trust",
            "form",
            "signature",
            "accreditation",
            "inclusion",
            "witnesses",
            "status",
            "key",
            "compromise",
            "position",
            "dates",
        ];
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let is_a_check_id = ["trust-list", "key-validity", "key-compromise"].contains(&text);
        if rooms.contains(&first) && text.contains('-') && plain && !is_a_check_id {
            assert!(
                skill_ledger::locale::knows(&format!("verify-{text}")),
                "{text}"
            );
            codes.insert(format!("verify-{text}"));
        }
    }
    let messages = include_str!("../../../src/locale/en/verify.ftl");
    for message in messages.lines().filter_map(|l| l.split_once(" = ")) {
        let other = [
            "verify-check-",
            "verify-line",
            "verify-certificate",
            "verify-scores",
            "verify-no",
            "verify-coat",
            "coat-",
            "container-",
        ];
        if !other.iter().any(|o| message.0.starts_with(o)) {
            assert!(codes.contains(message.0), "nothing says {}", message.0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn hostile_input_never_panics_and_is_never_valid(input in prop::collection::vec(any::<u8>(), 0..300), proof in prop::collection::vec(any::<u8>(), 0..300)) {
        let known = Known::gather(NOW, Policy::default(), Some(&input), None, std::slice::from_ref(&proof));
        prop_assert_ne!(verify(&input, Some(&proof), &known).outcome, Outcome::Valid);
    }
}
