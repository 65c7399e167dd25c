//! Ten thousand ways to change a certificate of each suite, none of which is accepted and none a crash.

use super::*;
use crate::credential::strict_json;
use rand::{Rng, RngExt};

const MUTANTS: usize = 10_000;

/// Names and values that mean something to a JSON-LD processor.
const LINKED_DATA: [(&str, &str); 12] = [
    ("@id", "\"urn:uuid:0\""),
    ("@type", "\"VerifiableCredential\""),
    ("@context", "null"),
    ("@context", "{\"@vocab\":\"urn:x:\"}"),
    ("@graph", "[]"),
    ("@included", "[]"),
    ("@reverse", "{}"),
    ("@language", "\"zh\""),
    ("@nest", "{}"),
    ("https://schema.org/name", "\"李四\""),
    ("schema:name", "\"李四\""),
    ("evidence", "[]"),
];

/// Certificates to change and to mix, each in both suites, and showing scores.
pub(in crate::credential) fn corpus() -> Vec<Value> {
    let mut rng = ChaCha8Rng::seed_from_u64(2022);
    let mut made = Vec::new();
    for _ in 0..12 {
        let claims = random_claims(&mut rng);
        made.push(value(&issue(&claims, CREATED, &key()).unwrap()));
        made.push(value(&issue_rdfc(&claims, CREATED, &key()).unwrap()));
        let scored = claims
            .with_scores(random_scores(&mut rng), &[7; 32])
            .unwrap();
        made.push(value(&issue_rdfc(&scored, CREATED, &key()).unwrap()));
    }
    made
}

fn below(rng: &mut impl Rng, count: usize) -> usize {
    rng.random_range(0..count.max(1))
}

/// Any place in a document.
fn place<'v>(rng: &mut impl Rng, value: &'v mut Value) -> &'v mut Value {
    let count = match value {
        Value::Object(members) => members.len(),
        Value::Array(members) => members.len(),
        _ => 0,
    };
    if count == 0 || rng.random_bool(0.15) {
        return value;
    }
    let nth = below(rng, count);
    let inner = match value {
        Value::Object(members) => members.values_mut().nth(nth),
        Value::Array(members) => members.get_mut(nth),
        _ => None,
    };
    place(rng, inner.unwrap())
}

/// What a JSON-LD processor may take for the same, and what is another thing.
fn change(rng: &mut impl Rng, value: &mut Value) {
    let was = value.clone();
    *value = match (was, rng.random_range(0..4)) {
        (Value::String(text), 0) => json!({"@value": text}),
        (Value::String(text), 1) => json!([text]),
        (Value::String(text), 2) => {
            let mut characters: Vec<char> = text.chars().collect();
            let at = below(rng, characters.len());
            characters.insert(at, 'x');
            json!(characters.into_iter().collect::<String>())
        }
        (Value::String(text), _) => json!(text.chars().rev().chain(['·']).collect::<String>()),
        (Value::Array(mut members), 0) if members.len() > 1 => {
            let at = below(rng, members.len() - 1);
            let first = members.remove(at);
            members.push(first);
            Value::Array(members)
        }
        (Value::Array(mut members), 1) if !members.is_empty() => {
            members.push(members[0].clone());
            Value::Array(members)
        }
        (Value::Array(members), 2) => json!({"@set": members}),
        (Value::Array(mut members), _) => {
            members.push(json!("https://www.w3.org/ns/credentials/examples/v2"));
            Value::Array(members)
        }
        (Value::Object(mut members), 0) => {
            let (name, text) = LINKED_DATA[below(rng, LINKED_DATA.len())];
            members.insert(name.to_owned(), serde_json::from_str(text).unwrap());
            Value::Object(members)
        }
        (Value::Object(mut members), 1) => {
            let nth = below(rng, members.len());
            let name = members.keys().nth(nth).cloned().unwrap_or_default();
            members.remove(&name);
            Value::Object(members)
        }
        (Value::Object(mut members), 2) => {
            let nth = below(rng, members.len());
            let name = members.keys().nth(nth).cloned().unwrap_or_default();
            let inner = members.remove(&name).unwrap_or_default();
            members.insert(format!("@{name}"), inner);
            Value::Object(members)
        }
        (Value::Object(members), _) => json!([members]),
        (other, 0) => json!({"@value": other}),
        (Value::Bool(it), _) => json!(!it),
        (_, _) => json!(7),
    };
}

pub(in crate::credential) fn mutant(rng: &mut ChaCha8Rng, corpus: &[Value]) -> Vec<u8> {
    let one = &corpus[below(rng, corpus.len())];
    let other = &corpus[below(rng, corpus.len())];
    let mut bytes = canonical(one).unwrap();
    let at = below(rng, bytes.len());
    let mut document = one.clone();
    match rng.random_range(0..20) {
        0 | 1 => {
            bytes[at] ^= 1 << rng.random_range(0..8);
            return bytes;
        }
        2 => return bytes[..at].to_vec(),
        3 => return [bytes, canonical(other).unwrap()].concat(),
        4 => {
            bytes.insert(at, b"\",:{}[] 1"[below(rng, 9)]);
            return bytes;
        }
        5 => {
            bytes.remove(at);
            return bytes;
        }
        6 => {
            // A member that stands twice, the same or another.
            let members = one.as_object().unwrap();
            let (name, value) = members.iter().nth(below(rng, members.len())).unwrap();
            let value = [value, &other[name.as_str()]][below(rng, 2)];
            let text = String::from_utf8(bytes).unwrap();
            let again = format!("{{{}:{value},", json!(name));
            return text.replacen('{', &again, 1).into_bytes();
        }
        7 => document["proof"] = other["proof"].clone(),
        8 => document["proof"]["proofValue"] = other["proof"]["proofValue"].clone(),
        9 => document["proof"] = json!([one["proof"], other["proof"]]),
        10 => {
            let suites = [
                "eddsa-jcs-2022",
                "eddsa-rdfc-2022",
                "ecdsa-rdfc-2019",
                "eddsa-2022",
            ];
            document["proof"]["cryptosuite"] = json!(suites[below(rng, suites.len())]);
        }
        11 => {
            let did = one["issuer"]["id"].as_str().unwrap();
            let stranger = Ed25519Key::from_seed(
                &Zeroizing::new([rng.random::<u8>() | 2; 32]),
                Purpose::Certificate,
            );
            document["proof"]["verificationMethod"] = json!(format!("{did}#{}", stranger.key_id()));
        }
        12 => {
            let members = one.as_object().unwrap();
            let name = members.keys().nth(below(rng, members.len())).unwrap();
            document[name.as_str()] = other[name.as_str()].clone();
        }
        13 => {
            let contexts = document["@context"].as_array_mut().unwrap();
            match rng.random_range(0..3) {
                0 => contexts.reverse(),
                1 => contexts.push(json!({"@vocab": "urn:x:"})),
                _ => drop(contexts.pop()),
            }
        }
        14 => {
            let proof = document["proof"].as_object_mut().unwrap();
            let (name, text) = LINKED_DATA[below(rng, LINKED_DATA.len())];
            proof.insert(name.to_owned(), serde_json::from_str(text).unwrap());
        }
        15 => change(rng, &mut document["proof"]),
        _ => {
            for _ in 0..rng.random_range(1..3) {
                let place = place(rng, &mut document);
                change(rng, place);
            }
        }
    }
    canonical(&document).unwrap()
}

fn refuse_mutants_of(coat: Coat) {
    let corpus = corpus();
    let is_of = |it: &&Value| ParsedCredential::coat_named(&canonical(it).unwrap()) == coat;
    let originals: Vec<Value> = corpus.iter().filter(is_of).cloned().collect();
    assert_eq!(originals.len(), 12);
    assert!(originals.iter().all(|it| accepted(&canonical(it).unwrap())));
    let mut rng = ChaCha8Rng::seed_from_u64(10_000);
    let mut tried = 0;
    while tried < MUTANTS {
        let mutant = mutant(&mut rng, &originals);
        // White space between members, say, is no change.
        let same = strict_json::parse(&mutant, CREDENTIAL_BYTES_MAX);
        if same.is_ok_and(|it| originals.contains(&it)) {
            continue;
        }
        tried += 1;
        let text = String::from_utf8_lossy(&mutant);
        assert!(!accepted(&mutant), "accepted: {text}");
    }
}

#[test]
fn no_mutant_of_eddsa_jcs_2022_is_accepted() {
    refuse_mutants_of(Coat::VcJson);
}

#[test]
fn no_mutant_of_eddsa_rdfc_2022_is_accepted() {
    refuse_mutants_of(Coat::VcJsonRdfc);
}

#[test]
fn no_mutant_that_shows_scores_is_accepted() {
    refuse_mutants_of(Coat::VcJsonScores);
}

/// Mixed suites: a document and the other suite's proof of it, of another, in part.
#[test]
fn proofs_of_two_suites_do_not_mix() {
    let corpus = corpus();
    for one in &corpus {
        for other in &corpus {
            let mut document = one.clone();
            document["proof"] = other["proof"].clone();
            let same_document = one["id"] == other["id"];
            let bytes = canonical(&document).unwrap();
            assert_eq!(accepted(&bytes), same_document);
            document["proof"] = one["proof"].clone();
            document["proof"]["proofValue"] = other["proof"]["proofValue"].clone();
            let bytes = canonical(&document).unwrap();
            assert_eq!(accepted(&bytes), one == other);
        }
    }
}
