//! Ten thousand ways to change a certificate, none of which is accepted and none a crash.

use super::tests::{accepted, claims, sealed};
use super::*;
use crate::credential::jwt::{base64url, from_base64url};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MUTANTS: usize = 10_000;

/// Certificates to mix and to change: some with everything, some with less.
fn corpus() -> Vec<String> {
    let mut made = Vec::new();
    for n in 0..6_u8 {
        let mut claims = claims();
        claims.credential_id = uuid::Builder::from_random_bytes([n; 16]).into_uuid();
        claims.holder.name = format!("某某{n}");
        claims.issue = u16::from(n) + 1;
        let whole = sealed(&claims).compact;
        for preset in Preset::ALL {
            made.push(present(&whole, preset.claims()).unwrap());
        }
    }
    made
}

fn random<R: Rng>(rng: &mut R, below: usize) -> usize {
    rng.random_range(0..below.max(1))
}

/// One JSON part taken apart, changed and put together again.
fn edit(part: &str, change: impl FnOnce(&mut Value)) -> String {
    let bytes = from_base64url(part).unwrap_or_default();
    let mut value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    change(&mut value);
    base64url(value.to_string())
}

/// One JSON part edited as text.
fn edit_text(part: &str, change: impl FnOnce(String) -> String) -> String {
    let bytes = from_base64url(part).unwrap_or_default();
    base64url(change(String::from_utf8_lossy(&bytes).into_owned()))
}

const HEADERS: [&str; 9] = [
    r#"{"alg":"none","kid":"K","typ":"dc+sd-jwt"}"#,
    r#"{"alg":"EdDSA","kid":"K","typ":"vc+sd-jwt"}"#,
    r#"{"alg":"EdDSA","kid":"K","typ":"statuslist+jwt"}"#,
    r#"{"alg":"Ed25519","kid":"K","typ":"dc+sd-jwt"}"#,
    r#"{"alg":"EdDSA","crit":[],"kid":"K","typ":"dc+sd-jwt"}"#,
    r#"{"typ":"dc+sd-jwt","kid":"K","alg":"EdDSA"}"#,
    r#"{"alg":"EdDSA", "kid":"K","typ":"dc+sd-jwt"}"#,
    r#"{"alg":"EdDSA","kid":"z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2","typ":"dc+sd-jwt"}"#,
    r#"{"alg":"EdDSA","alg":"EdDSA","kid":"K","typ":"dc+sd-jwt"}"#,
];

fn mutant(rng: &mut ChaCha8Rng, corpus: &[String]) -> Vec<u8> {
    let whole = &corpus[random(rng, corpus.len())];
    let other = &corpus[random(rng, corpus.len())];
    let mut parts: Vec<String> = whole.split('~').map(str::to_owned).collect();
    let others: Vec<&str> = other.split('~').collect();
    let mut token: Vec<String> = parts[0].split('.').map(str::to_owned).collect();
    let disclosures = parts.len() - 2;
    let shown = 1 + random(rng, disclosures);
    match random(rng, 22) {
        0 | 1 => {
            let mut bytes = whole.clone().into_bytes();
            let at = random(rng, bytes.len());
            bytes[at] ^= 1 << random(rng, 8);
            return bytes;
        }
        2 => return whole.as_bytes()[..random(rng, whole.len())].to_vec(),
        3 => return format!("{whole}{other}").into_bytes(),
        4 => {
            let mut bytes = whole.clone().into_bytes();
            bytes.insert(random(rng, whole.len()), b"~.=A \n"[random(rng, 6)]);
            return bytes;
        }
        5 => {
            let mut bytes = whole.clone().into_bytes();
            bytes.remove(random(rng, whole.len()));
            return bytes;
        }
        // The token.
        6 => {
            let key = edit(&token[0], |_| ());
            let header: Value = serde_json::from_slice(&from_base64url(&key).unwrap()).unwrap();
            let text = HEADERS[random(rng, HEADERS.len())];
            let text = text.replace("\"K\"", &header["kid"].to_string());
            token[0] = base64url(text);
        }
        7 => token[1] = edit(&token[1], |it| it["issue"] = json!(77)),
        8 => {
            let at = random(rng, 20);
            token[1] = edit(&token[1], |it| it["_sd"][at] = json!(base64url([7; 32])));
        }
        9 => {
            let (from, to) = (random(rng, 20), random(rng, 20));
            token[1] = edit(&token[1], |it| {
                it["_sd"].as_array_mut().unwrap().swap(from, to);
                it["issued_on"] = json!("2026-11-20");
            });
        }
        10 => token[1] = edit_text(&token[1], |it| it.replacen("{", "{\"issue\":1,", 1)),
        11 => token[1] = edit_text(&token[1], |it| it.replacen(',', ", ", 1)),
        12 => token[1] = edit(&token[1], |it| it["cnf"] = json!({"jwk": {}})),
        13 => {
            let n = random(rng, 3);
            let from: Vec<&str> = others[0].split('.').collect();
            if token[n] == from[n] {
                token[n].push('A');
            } else {
                token[n] = from[n].to_owned();
            }
        }
        14 => token[2] = base64url([0; 64]),
        // The disclosures.
        _ if disclosures == 0 => {
            parts.insert(1, base64url(r#"["AAAAAAAAAAAAAAAAAAAAAA","twin","X"]"#))
        }
        15 => parts[shown] = edit(&parts[shown], |it| it[2] = json!("某某")),
        16 => parts[shown] = edit(&parts[shown], |it| it[1] = json!("nickname")),
        17 => parts.insert(shown, parts[shown].clone()),
        18 => {
            let last = shown % disclosures + 1;
            parts.swap(shown, last);
            parts[shown].push('=');
        }
        19 => {
            let foreign = others[random(rng, others.len() - 1)];
            parts.insert(shown, foreign.to_owned());
        }
        20 => parts[shown] = edit_text(&parts[shown], |it| it.replacen(',', ", ", 1)),
        _ => parts.last_mut().unwrap().push_str("e30.e30.AA"),
    }
    parts[0] = token.join(".");
    parts.join("~").into_bytes()
}

/// To show less of a certificate, in whatever order, is no change of it: the same token, and of its
/// disclosures some, each once.
fn shows_less(text: &[u8], whole: &str) -> bool {
    let text = String::from_utf8_lossy(text);
    let Some(shown) = text.strip_suffix('~') else {
        return false;
    };
    let wholes: Vec<&str> = whole.split('~').collect();
    let parts: Vec<&str> = shown.split('~').collect();
    let distinct: BTreeSet<&str> = parts.iter().copied().collect();
    parts[0] == wholes[0]
        && distinct.len() == parts.len()
        && parts.iter().all(|it| !it.is_empty() && wholes.contains(it))
}

#[test]
fn no_mutant_is_accepted() {
    let corpus = corpus();
    assert!(corpus.iter().all(|it| accepted(it.as_bytes())));
    let mut rng = ChaCha8Rng::seed_from_u64(9901);
    let mut tried = 0;
    while tried < MUTANTS {
        let mutant = mutant(&mut rng, &corpus);
        if corpus.iter().any(|it| shows_less(&mutant, it)) {
            continue;
        }
        tried += 1;
        assert!(
            !accepted(&mutant),
            "accepted: {}",
            String::from_utf8_lossy(&mutant)
        );
    }
}
