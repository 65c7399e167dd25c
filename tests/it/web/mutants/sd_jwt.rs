//! SD-JWT VCs, changed: their text, which disclosures stand where, and, signed anew, what they claim.

use super::json::changed as changed_json;
use super::{Pair, changed_bytes};
use crate::support::issued::{Fixture, KINDS};
use rand::RngExt;
use rand::seq::{IteratorRandom, SliceRandom};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use skill_ledger::credential::Coat;
use skill_ledger::credential::jwt::{attach, base64url, from_base64url, signing_input};
use skill_ledger::credential::sd_jwt::{Disclosable, present};
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::verify::Outcome;

fn whole(fixture: &Fixture, n: usize) -> String {
    String::from_utf8(fixture.coat(n, Coat::SdJwtVc).to_vec()).unwrap()
}

/// Token and disclosures.
fn parts(compact: &str) -> (String, Vec<String>) {
    let mut parts = compact.trim_end_matches('~').split('~').map(str::to_owned);
    (parts.next().unwrap(), parts.collect())
}

fn join(token: &str, disclosures: &[String]) -> String {
    let mut compact = format!("{token}~");
    for disclosure in disclosures {
        compact.push_str(disclosure);
        compact.push('~');
    }
    compact
}

fn payload(token: &str) -> Vec<u8> {
    from_base64url(token.split('.').nth(1).unwrap()).unwrap()
}

/// The token of this payload, signed by the body's own key; spelt as it stands, if it is no JSON.
fn signed(fixture: &Fixture, payload: &[u8], as_it_stands: bool) -> String {
    let key = &fixture.certificate_key;
    let value = serde_json::from_slice::<Value>(payload).unwrap_or_default();
    let mut input = signing_input("dc+sd-jwt", key.key_id(), &value).unwrap();
    if as_it_stands {
        let (head, _) = input.split_once('.').unwrap();
        input = format!("{head}.{}", base64url(payload));
    }
    let signature = key.sign(Purpose::Certificate, input.as_bytes()).unwrap();
    attach(&input, &signature)
}

/// The token again, its payload speaking of these disclosures in place of as many decoys.
fn speaking_of(fixture: &Fixture, token: &str, disclosures: &[String]) -> String {
    let mut payload: Value = serde_json::from_slice(&payload(token)).unwrap();
    let digest = |it: &String| base64url(Sha256::digest(it.as_bytes()));
    let known: Vec<String> = disclosures.iter().map(digest).collect();
    let digests = payload["_sd"].as_array().unwrap().iter();
    let mut digests: Vec<String> = digests.map(|it| it.as_str().unwrap().to_owned()).collect();
    digests.retain(|it| !known.contains(it));
    digests.truncate(20_usize.saturating_sub(known.len()));
    digests.extend(known);
    digests.sort();
    payload["_sd"] = json!(digests);
    signed(fixture, payload.to_string().as_bytes(), false)
}

fn any_disclosure(random: &mut ChaCha20Rng) -> String {
    let values = [
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "session", "2026-30"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "session", null]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "holder_name", "王小明"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "holder_name", "e\u{301}"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "iss", "https://ledger.example"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "_sd", ["x"]]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "...", "x"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "__proto__", {"session": "1"}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "standard", {"kind": "national", "code": "1"}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "standard", ["national", "1", "2"]]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "standard", {"kind": {"national": null}, "code": "1", "edition": "2"}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "standard", {"kind": "national", "code": "1", "edition": "2", "x": "3"}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "body_name", {"zh": "甲", "en": null}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "body_name", {"zh": "甲"}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "region_name", {"zh": {"_sd": []}}]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "assessed_on", "20261101"]),
        json!([
            "AAAAAAAAAAAAAAAAAAAAAA",
            "credit_code",
            "５2330100MJ12345613"
        ]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "twin", "S000033000021263000001"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "route", "competition"]),
        json!(["short", "route", "competition"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA", "an element"]),
        json!(["AAAAAAAAAAAAAAAAAAAAAA"]),
        json!({"a": 1}),
        json!(1),
    ];
    let value = values.iter().choose(random).unwrap();
    let bytes = match random.random_range(0..8) {
        0 => serde_json::to_vec_pretty(value).unwrap(),
        1 => b"[\"AAAAAAAAAAAAAAAAAAAAAA\",\"route\",1.5]".to_vec(),
        2 => b"[\"AAAAAAAAAAAAAAAAAAAAAA\",\"route\",{\"a\":1,\"a\":1}]".to_vec(),
        _ => serde_json::to_vec(value).unwrap(),
    };
    base64url(bytes)
}

/// Disclosures left out, in another order, twice, others among them.
fn reshaped(disclosures: &[String], random: &mut ChaCha20Rng) -> Vec<String> {
    let mut changed = disclosures.to_vec();
    changed.shuffle(random);
    changed.truncate(random.random_range(0..=changed.len()));
    match random.random_range(0..4) {
        0 => (),
        1 if !changed.is_empty() => changed.push(changed[0].clone()),
        _ => changed.push(any_disclosure(random)),
    }
    changed
}

#[test]
fn four_thousand_changed_tokens_are_judged_alike() {
    let mut pair = Pair::of_all_kinds(36);
    for round in 0..4_200 {
        let n = round % KINDS.len();
        let random = &mut pair.random;
        let original = whole(&pair.fixture, n);
        let (token, disclosures) = parts(&original);
        let changed = match round / KINDS.len() % 6 {
            0 => changed_bytes(original.as_bytes(), random),
            1 => join(&token, &reshaped(&disclosures, random)).into_bytes(),
            2 => {
                let payload = changed_json(&payload(&token), random);
                let token = signed(&pair.fixture, &payload, random.random());
                join(&token, &disclosures).into_bytes()
            }
            3 => {
                let disclosures = reshaped(&disclosures, random);
                let token = speaking_of(&pair.fixture, &token, &disclosures);
                join(&token, &disclosures).into_bytes()
            }
            4 => {
                // One disclosure's JSON changed, and its digest put into the token.
                let mut disclosures = disclosures.clone();
                let nth = random.random_range(0..disclosures.len());
                let json = from_base64url(&disclosures[nth]).unwrap();
                disclosures[nth] = base64url(changed_json(&json, random));
                let token = speaking_of(&pair.fixture, &token, &disclosures);
                join(&token, &disclosures).into_bytes()
            }
            _ => {
                let keep: Vec<_> = Disclosable::ALL
                    .into_iter()
                    .filter(|_| random.random())
                    .collect();
                let shown = present(&original, &keep).unwrap();
                assert_eq!(pair.alike(shown.as_bytes(), n), Outcome::Valid);
                continue;
            }
        };
        if pair.alike(&changed, n) == Outcome::Valid {
            // The same token, if it is in the log; whichever of its disclosures.
            let text = String::from_utf8(changed).unwrap();
            let (again, shown) = parts(text.trim());
            assert_eq!(again, token);
            assert!(shown.iter().all(|it| disclosures.contains(it)));
        }
    }
    pair.met(10);
}

/// Other tokens and other places for a digest, each signed by the body's own key.
#[test]
fn other_tokens_are_judged_alike() {
    let mut pair = Pair::of_all_kinds(37);
    let original = whole(&pair.fixture, 0);
    let (token, disclosures) = parts(&original);
    let payload: Value = serde_json::from_slice(&payload(&token)).unwrap();
    let digest = payload["_sd"][0].clone();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut changed = payload.clone();
        change(&mut changed);
        signed(&pair.fixture, changed.to_string().as_bytes(), false)
    };
    let deep = (0..30).fold(json!(1), |inner, _| json!([inner]));
    let tokens = [
        with(&|it| it["_sd_alg"] = json!("sha-512")),
        with(&|it| drop(it.as_object_mut().unwrap().remove("_sd_alg"))),
        with(&|it| drop(it.as_object_mut().unwrap().remove("_sd"))),
        with(&|it| it["_sd"] = json!([1])),
        with(&|it| drop(it["_sd"].as_array_mut().unwrap().pop())),
        with(&|it| it["_sd"].as_array_mut().unwrap().reverse()),
        with(&|it| it["_sd"][1] = it["_sd"][0].clone()),
        with(&|it| it["more"] = json!({"_sd": [digest]})),
        with(&|it| it["more"] = json!([{"...": digest}])),
        with(&|it| it["more"] = json!([{"...": "x", "y": 1}])),
        with(&|it| it["more"] = json!([{"...": 1}])),
        with(&|it| it["more"] = json!({"...": "x"})),
        with(&|it| it["more"] = deep.clone()),
        with(&|it| it["session"] = json!("2026-29")),
        with(&|it| it["exp"] = json!(1)),
        with(&|it| it["vct"] = json!("https://ledger.example/vct/other")),
        with(&|it| {
            it["iss"] = json!("https://other.example/bodies/00000000-0000-0000-0000-00000000b0d7")
        }),
        with(&|it| it["iat"] = json!(253_402_300_800_i64)),
        with(&|it| it["status"]["status_list"]["idx"] = json!(131_072)),
        with(&|it| it["issue"] = json!(0)),
        with(&|it| it["issue"] = json!(2)),
    ];
    for token in &tokens {
        pair.alike(join(token, &disclosures).as_bytes(), 0);
        pair.alike(join(token, &[]).as_bytes(), 0);
    }
    for typ in ["JWT", "vc+sd-jwt", "statuslist+jwt"] {
        let key = &pair.fixture.certificate_key;
        let input = signing_input(typ, key.key_id(), &payload).unwrap();
        let signature = key.sign(Purpose::Certificate, input.as_bytes()).unwrap();
        let token = attach(&input, &signature);
        assert_eq!(
            pair.alike(join(&token, &disclosures).as_bytes(), 0),
            Outcome::Invalid
        );
    }
    for text in [
        original.trim_end_matches('~').to_owned(),
        format!(" \r\n{original}\n"),
        format!("\u{3000}{original}"),
        format!("{original}~"),
        format!("{original}{token}"),
        format!("{original}{original}"),
        format!("{token}~{}", "~".repeat(64)),
        format!("{token}~{}", "~".repeat(65)),
        format!("{token}~{}~", "A".repeat(33_000)),
        format!("{token}~{}~", base64url("1".repeat(17_000))),
        token.clone(),
        "ey".into(),
        "ey~".into(),
        "ey.ey.ey~".into(),
        "e".into(),
    ] {
        pair.alike(text.as_bytes(), 0);
    }
    pair.alike(b"ey\xff~", 0);
    pair.met(8);
}
