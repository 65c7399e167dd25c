//! Certificates as JSON, changed.

use super::Pair;
use crate::support::issued::KINDS;
use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use skill_ledger::credential::Coat;
use skill_ledger::verify::Outcome;

/// One of many small changes, of the kinds that forgers and accidents make.
pub(super) fn changed(original: &[u8], random: &mut ChaCha20Rng) -> Vec<u8> {
    let mut changed = original.to_vec();
    let at = random.random_range(0..changed.len());
    match random.random_range(0..8) {
        0 => changed[at] ^= 1 << random.random_range(0..8),
        1 => changed.truncate(at),
        2 => drop(changed.remove(at)),
        3 => changed.insert(at, random.random()),
        4 => {
            let word: &[u8] = [
                &b"null"[..],
                b"-0",
                b"1e3",
                b"\"\"",
                b"{}",
                b"[]",
                b"{\"a\":1,\"a\":2}",
                b"\\u0000",
                b"\"__proto__\":1,",
                b"9007199254740993",
                b"\xef\xbb\xbf",
                b"\\ud800",
                b"true",
            ][random.random_range(0..13)];
            changed.splice(at..at, word.iter().copied());
        }
        5 => {
            let other = random.random_range(0..changed.len());
            let (from, to) = (at.min(other), at.max(other).min(at.min(other) + 60));
            let part = changed[from..to].to_vec();
            changed.splice(at..at, part);
        }
        6 => {
            // A whole string for another of the document.
            let text = String::from_utf8_lossy(original);
            let parts: Vec<&str> = text.split('"').collect();
            let last = parts.len() - 1;
            let (a, b) = (random.random_range(0..last), random.random_range(0..last));
            let mut swapped = parts.clone();
            // Between the odd quotation marks.
            swapped.swap(a | 1, b | 1);
            changed = swapped.join("\"").into_bytes();
        }
        _ => {
            // A whole value of another form.
            let mut value: Value = serde_json::from_slice(original).unwrap();
            let values = [
                json!(null),
                json!({}),
                json!([]),
                json!(1),
                json!("x"),
                json!([{}]),
                json!(true),
            ];
            let new = values[random.random_range(0..values.len())].clone();
            replace(&mut value, new, random);
            changed = value.to_string().into_bytes();
        }
    }
    changed
}

fn replace(value: &mut Value, new: Value, random: &mut ChaCha20Rng) {
    let children: Vec<&mut Value> = match value {
        Value::Object(members) => members.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    let count = children.len();
    if count == 0 || random.random_range(0..6) == 0 {
        *value = new;
        return;
    }
    let nth = random.random_range(0..count);
    if let Some(child) = children.into_iter().nth(nth) {
        replace(child, new, random);
    }
}

#[test]
fn ten_thousand_changed_certificates_are_refused_alike() {
    let mut pair = Pair::of_all_kinds(6);
    for round in 0..10_000 {
        let n = round % KINDS.len();
        let coat = [Coat::VcJson, Coat::VcJsonRdfc, Coat::VcJsonScores][round / KINDS.len() % 3];
        let original = pair.fixture.coat(n, coat).to_vec();
        let changed = changed(&original, &mut pair.random);
        if pair.alike(&changed, n) == Outcome::Valid {
            // A change of the spelling only: the same document.
            let same = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
            assert_eq!(same(&changed), same(&original));
        }
    }
    pair.met(8);
}
