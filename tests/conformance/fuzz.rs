//! The general way against `jsonld` and `rdf-canonize`: of documents changed by chance, what the door makes
//! N-Quads of, they make the same of; what they refuse, the door refuses.

use super::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use skill_ledger::credential::rdf::general::canonical;
use std::io::Write as _;
use std::process::Command;

/// How many documents: `SKILL_LEDGER_RDF_DOCUMENTS`, or few.
fn documents() -> usize {
    let wanted = std::env::var("SKILL_LEDGER_RDF_DOCUMENTS").ok();
    wanted.map_or(2_000, |it| it.parse().unwrap())
}

fn corpus() -> Vec<Value> {
    let v2 = "https://www.w3.org/ns/credentials/v2";
    vec![
        json!({
            "@context": [v2, "https://www.w3.org/ns/credentials/examples/v2"],
            "id": "urn:uuid:1", "type": ["VerifiableCredential", "Own"], "name": "a", "number": 7, "flag": true,
            "issuer": {"id": "did:example:1", "name": [{"@value": "b", "@language": "en"}, "c"]},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {"own": {"deep": {"deeper": ["x", "y"]}}, "image": "https://x.example/1"},
        }),
        json!({
            "@context": [v2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
            "id": "urn:uuid:2", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "电工",
            "issuer": {"id": "https://issuer.example", "type": ["Profile"], "email": "a@b.example",
                "image": {"id": "https://x.example/2", "type": "Image", "caption": "c"}},
            "validFrom": "2026-01-01T00:00:00Z", "awardedDate": "2026-01-01T00:00:00Z",
            "credentialSubject": {"type": ["AchievementSubject"], "licenseNumber": "1",
                "achievement": {"id": "urn:uuid:3", "type": ["Achievement"], "tag": ["a", "b"],
                    "criteria": {"narrative": "x"}, "creditsAvailable": 3, "name": "y",
                    "alignment": [{"type": ["Alignment"], "targetUrl": "https://x.example/3", "targetName": "z"}]},
                "result": [{"type": ["Result"], "value": "85"}, {"type": ["Result"], "value": "90"}]},
            "credentialSchema": [{"id": "https://x.example/4", "type": "1EdTechJsonSchemaValidator2019"}],
            "evidence": [{"type": ["Evidence"], "narrative": "n"}, {"type": ["Evidence"], "narrative": "n"}],
        }),
        json!({
            "@context": [v2, {"own": "https://own.example/#own", "Own": "https://own.example/Own"}],
            "type": ["VerifiableCredential", "Own"], "issuer": "did:example:1",
            "credentialSubject": [{"own": "a"}, {"own": "a"}, {"own": {"own": "b"}}],
            "credentialStatus": {"id": "https://x.example/5#1", "type": "BitstringStatusListEntry",
                "statusPurpose": "message", "statusListIndex": "1", "statusListCredential": "https://x.example/5",
                "statusSize": 2, "statusMessage": [{"status": "0x0", "message": "m"}]},
            "termsOfUse": {"type": "Own", "id": "urn:uuid:6"},
            "relatedResource": {"id": "https://x.example/6", "digestMultibase": "uEiA", "mediaType": "text/plain"},
        }),
        json!({
            "@context": [v2], "type": ["VerifiablePresentation"], "holder": "did:example:1",
            "verifiableCredential": [{
                "@context": [v2], "type": ["VerifiableCredential"], "issuer": "did:example:2",
                "credentialSubject": {"id": "did:example:3", "name": "x"},
                "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
                    "created": "2026-01-01T00:00:00Z", "verificationMethod": "did:example:2#k",
                    "proofPurpose": "assertionMethod", "proofValue": "z1"},
            }],
        }),
    ]
}

const WORDS: [&str; 32] = [
    "name",
    "description",
    "id",
    "type",
    "image",
    "url",
    "email",
    "issuer",
    "evidence",
    "narrative",
    "alignment",
    "targetUrl",
    "own",
    "unknown",
    "digestSRI",
    "value",
    "endorsement",
    "criteria",
    "address",
    "validUntil",
    "proof",
    "status",
    "@id",
    "@type",
    "@value",
    "@language",
    "@graph",
    "@list",
    "@none",
    "schema:name",
    "Own",
    "nonce",
];

fn leaf(rng: &mut ChaCha8Rng) -> Value {
    match rng.random_range(0..30) {
        0 => json!(null),
        1 => json!(true),
        2 => json!(rng.random_range(-9_i64..1_000_000_000)),
        3 => json!(9_007_199_254_740_991_i64),
        4 => json!([]),
        5 => json!({}),
        6 => json!(["a", "b"]),
        7 => json!([["a"]]),
        8 => json!({"@value": "v", "@language": "zh-hans"}),
        9 => json!({"@value": "v"}),
        10 => json!({"@id": "urn:x"}),
        11 => json!({"id": "urn:x:1"}),
        12 => json!({"type": "Own"}),
        13 => json!({"name": "inner"}),
        14 => json!("did:example:1"),
        15 => json!("relative/path"),
        16 => json!("#fragment"),
        17 => json!("_:b0"),
        18 => json!("https://x.example/a b"),
        19 => json!("https://x.example/%zz"),
        20 => json!("https://例え.example/路"),
        21 => json!("http://[::1]/"),
        22 => json!("mailto:"),
        23 => json!(":"),
        24 => json!("own:x"),
        25 => json!(""),
        26 => json!("a\u{e9}\u{10400}\u{ff08}\"\\"),
        27 => json!("2026-01-01T00:00:00Z"),
        28 => json!("VerifiableCredential"),
        _ => json!("text"),
    }
}

fn place<'v>(rng: &mut ChaCha8Rng, value: &'v mut Value) -> &'v mut Value {
    let count = match value {
        Value::Object(members) => members.len(),
        Value::Array(members) => members.len(),
        _ => 0,
    };
    if count == 0 || rng.random_bool(0.3) {
        return value;
    }
    let nth = rng.random_range(0..count);
    let inner = match value {
        Value::Object(members) => members.values_mut().nth(nth),
        Value::Array(members) => members.get_mut(nth),
        _ => None,
    };
    place(rng, inner.unwrap())
}

fn mutate(rng: &mut ChaCha8Rng, document: &mut Value) {
    let word = WORDS[rng.random_range(0..WORDS.len())];
    let new = leaf(rng);
    let kind = rng.random_range(0..6);
    let nth = rng.random_range(0..8);
    let place = place(rng, document);
    match place {
        Value::Object(members) => {
            let name = members
                .keys()
                .nth(nth % members.len().max(1))
                .cloned()
                .unwrap_or_default();
            match kind {
                0 => drop(members.remove(&name)),
                1 | 2 => drop(members.insert(word.to_owned(), new)),
                3 => {
                    let value = members.remove(&name).unwrap_or_default();
                    members.insert(word.to_owned(), value);
                }
                4 => drop(members.insert(name, new)),
                _ => *place = json!([place.clone(), place.clone()]),
            }
        }
        Value::Array(members) => match kind {
            0 => drop(members.pop()),
            1 => members.push(new),
            2 => members.reverse(),
            _ => members.extend(members.first().cloned()),
        },
        leaf => {
            *leaf = if kind == 0 {
                json!([leaf.clone()])
            } else {
                new
            }
        }
    }
}

#[test]
fn nothing_is_canonical_here_that_jsonld_refuses_or_makes_otherwise() {
    let mut rng = ChaCha8Rng::seed_from_u64(2_026);
    let corpus = corpus();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let mut accepted = 0_usize;
    for n in 0..documents() {
        let mut document = corpus[n % corpus.len()].clone();
        for _ in 0..rng.random_range(0..4_usize) {
            mutate(&mut rng, &mut document);
        }
        if let Ok(quads) = canonical(&document) {
            accepted += 1;
            writeln!(
                file,
                "{}",
                json!({"document": document, "document_nq": quads})
            )
            .unwrap();
        }
    }
    file.flush().unwrap();
    let output = Command::new("node")
        .arg(outside::installed().join("rdf.mjs"))
        .arg(file.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let (different, last) = text
        .trim_end()
        .rsplit_once('\n')
        .unwrap_or(("", text.trim_end()));
    println!("{} documents, {accepted} canonical here", documents());
    assert_eq!(last, json!({"compared": accepted}).to_string());
    assert!(
        different.is_empty(),
        "{} different: {}",
        different.lines().count(),
        different.lines().take(3).collect::<Vec<_>>().join("\n")
    );
    assert!(
        accepted > documents() / 5,
        "too few to say anything: {accepted}"
    );
}
