//! Our statements of a certificate against `jsonld` and `rdf-canonize` (npm), which make them from the
//! contexts by the general way.

use crate::support::outside::installed;
use crate::support::random_claims::random_document;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use skill_ledger::credential::rdf::certificate;
use skill_ledger::credential::vc::proof::Cryptosuite;
use skill_ledger::credential::vc::v2;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Ed25519Key, Purpose, Signer};
use std::io::Write as _;
use std::process::Command;
use zeroize::Zeroizing;

/// How many documents: `SKILL_LEDGER_RDF_DOCUMENTS`, or few.
fn documents() -> usize {
    let wanted = std::env::var("SKILL_LEDGER_RDF_DOCUMENTS").ok();
    wanted.map_or(300, |it| it.parse().unwrap())
}

/// A certificate by chance, with what we make of it.
fn line(rng: &mut ChaCha8Rng, seed: u8) -> Value {
    let claims = random_document(rng);
    let key = Ed25519Key::from_seed(&Zeroizing::new([seed; 32]), Purpose::Certificate);
    let method = claims.issuer.did.verification_method(key.key_id());
    let document = v2::render(&claims);
    let created = Instant(1_795_248_000_000_000 + i64::from(seed) * 1_000_000);
    let config = Cryptosuite::Rdfc.proof_config(&document, &method, created);
    json!({
        "document_nq": certificate::document(&document).unwrap(),
        "config_nq": certificate::proof_config(&config).unwrap(),
        "document": document,
        "config": config,
    })
}

/// What `rdf.mjs` finds different, and how many lines it compared.
fn compare(lines: impl Iterator<Item = Value>) -> (Vec<Value>, u64) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for line in lines {
        writeln!(file, "{line}").unwrap();
    }
    file.flush().unwrap();
    let output = Command::new("node")
        .arg(installed().join("rdf.mjs"))
        .arg(file.path())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut answers: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = answers.pop().unwrap();
    (answers, last["compared"].as_u64().unwrap())
}

#[test]
fn jsonld_makes_the_same_statements_of_our_certificates() {
    let mut rng = ChaCha8Rng::seed_from_u64(1959);
    let lines = (0..documents()).map(|n| line(&mut rng, n as u8));
    let (different, compared) = compare(lines);
    assert!(
        different.is_empty(),
        "{}: {}",
        different.len(),
        different[0]
    );
    assert_eq!(compared, documents() as u64);
}

#[test]
fn what_jsonld_makes_otherwise_is_seen() {
    let mut rng = ChaCha8Rng::seed_from_u64(1960);
    let mut lines: Vec<Value> = (0..4).map(|n| line(&mut rng, n)).collect();
    let text = lines[1]["document_nq"]
        .as_str()
        .unwrap()
        .replacen("name", "nane", 1);
    lines[1]["document_nq"] = json!(text);
    lines[2]["config"]["created"] = json!("2026-01-01T00:00:00Z");
    lines[3]["document"]["dropped"] = json!("a member no context knows");
    let (different, compared) = compare(lines.into_iter());
    let seen: Vec<(u64, &str)> = different
        .iter()
        .map(|it| (it["line"].as_u64().unwrap(), it["part"].as_str().unwrap()))
        .collect();
    assert_eq!(seen, [(1, "document"), (2, "config"), (3, "document")]);
    assert_eq!(compared, 4);
}
