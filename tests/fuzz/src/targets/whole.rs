//! `verify` on any bytes, under the trust list of one small ledger (`tests/fuzz/ledger`).

use jiff::civil::Date;
use skill_ledger::credential::qr::{self, ParsedQr};
use skill_ledger::credential::sd_jwt::ParsedSdJwt;
use skill_ledger::credential::vc::ParsedCredential;
use skill_ledger::credential::{Coat, Disclosed};
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Ed25519Key, Purpose};
use skill_ledger::verify::{Input, Known, Outcome, Policy};
use std::sync::LazyLock;
use zeroize::Zeroizing;

/// 2026-11-22T08:00:00Z, when the ledger's lists are a day old.
pub const NOW: Instant = Instant(1_795_334_400_000_000);
/// The same day in China.
pub const TODAY: Date = Date::constant(2026, 11, 22);
/// The ledger's trust list with its status lists.
pub const TRUST_LIST: &[u8] = include_bytes!("../../ledger/trust-list.json");
/// The proof of the one certificate.
pub const PROOF: &[u8] = include_bytes!("../../ledger/certificate.tlog-proof");
/// The log's key.
pub const LOG_KEY: &str = include_str!("../../ledger/log.vkey");
const CERTIFICATE: &[u8] = include_bytes!("../../ledger/certificate.json");
const RDFC: &[u8] = include_bytes!("../../ledger/certificate.rdfc.json");
const SCORES: &[u8] = include_bytes!("../../ledger/certificate.scores.json");
const SD_JWT: &[u8] = include_bytes!("../../ledger/certificate.sd-jwt");
const QR: &[u8] = include_bytes!("../../ledger/certificate.cose");

/// Between a credential and its proof, where both are made up.
pub const BETWEEN: &[u8] = b"\n=====PROOF=====\n";

/// A status key that no trust list knows.
pub fn status_key() -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([6; 32]), Purpose::Status)
}

static KNOWN: LazyLock<[Known; 2]> = LazyLock::new(|| {
    [true, false].map(|require_log| {
        let policy = Policy {
            require_log,
            ..Policy::default()
        };
        Known::gather(NOW, policy, Some(TRUST_LIST), None, &[])
    })
});
static CLAIMS: LazyLock<Disclosed> = LazyLock::new(|| {
    // It says what the certificate says, and the scores.
    let genuine =
        ParsedCredential::parse(SCORES).expect("the ledger's certificate with its scores");
    Disclosed::from(&genuine.claims)
});

/// Bytes are a credential, or a credential, [`BETWEEN`] and a proof. Whatever is found valid is the
/// one certificate of the ledger.
pub fn verify(bytes: &[u8]) -> bool {
    let at = bytes.windows(BETWEEN.len()).position(|it| it == BETWEEN);
    let (credential, proof) = match at {
        Some(at) => (&bytes[..at], &bytes[at + BETWEEN.len()..]),
        None => (bytes, PROOF),
    };
    is_valid(credential, proof)
}

/// Bytes are a file of any kind; what it carries is judged with the proof it has, or the right one.
pub fn input(bytes: &[u8]) -> bool {
    match Input::open(bytes) {
        Ok(found) => is_valid(&found.credential, found.proof.as_deref().unwrap_or(PROOF)),
        Err(none) => {
            assert_ne!(none.report.outcome, Outcome::Valid);
            assert!(none.report.certificate.is_none());
            false
        }
    }
}

fn is_valid(credential: &[u8], proof: &[u8]) -> bool {
    let mut valid = false;
    for known in KNOWN.iter() {
        let report = skill_ledger::verify::verify(credential, Some(proof), known);
        let _ = report.to_json(skill_ledger::locale::Language::Zh);
        if let Some(shown) = &report.certificate {
            assert_is_genuine(credential);
            assert_is_part_of(&shown.claims, &CLAIMS);
        }
        if report.outcome == Outcome::Valid {
            assert!(report.certificate.is_some());
            valid = true;
        }
    }
    valid
}

/// Only what the ledger's key has signed is ever shown.
fn assert_is_genuine(credential: &[u8]) {
    match Coat::of(credential) {
        Coat::VcJson | Coat::VcJsonRdfc | Coat::VcJsonScores => {
            let read = |bytes| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
            let given = read(credential);
            assert!([CERTIFICATE, RDFC, SCORES].map(read).contains(&given));
        }
        Coat::SdJwtVc => {
            let digest = |bytes| ParsedSdJwt::parse(bytes).map(|it| it.digest);
            assert_eq!(digest(credential.trim_ascii()), digest(SD_JWT));
        }
        Coat::Qr => {
            assert_eq!(qr::bytes_of(credential).as_deref(), Ok(QR));
            assert!(ParsedQr::parse(QR).is_ok());
        }
    }
}

/// What is shown is what the certificate says, or less.
fn assert_is_part_of(shown: &Disclosed, whole: &Disclosed) {
    fn part<T: PartialEq>(shown: &Option<T>, whole: &Option<T>) -> bool {
        shown.is_none() || shown == whole
    }
    assert!(part(&shown.number, &whole.number));
    assert!(part(&shown.holder_name, &whole.holder_name));
    assert!(part(&shown.document_last4, &whole.document_last4));
    // English names may be left out.
    let zh = |it: &Disclosed| it.body_name.as_ref().map(|name| name.zh.clone());
    assert!(part(&zh(shown), &zh(whole)));
    assert!(part(&shown.credit_code, &whole.credit_code));
    assert!(part(&shown.assessed_on, &whole.assessed_on));
    assert!(part(&shown.scores, &whole.scores));
    assert_eq!(shown.attainment.kind(), whole.attainment.kind());
    assert_eq!(shown.attainment.level(), whole.attainment.level());
    assert_eq!(shown.did, whole.did);
    assert_eq!(shown.issued_on, whole.issued_on);
    assert_eq!(shown.issue, whole.issue);
    assert_eq!(shown.status, whole.status);
}
