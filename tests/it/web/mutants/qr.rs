//! QR codes, changed: their bytes, their text, and, signed anew, what they claim.

use super::{Pair, changed_bytes};
use crate::support::issued::{Fixture, KINDS};
use coset::cbor::Value;
use coset::iana::{Algorithm, CoapContentFormat};
use coset::{CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable};
use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use skill_ledger::credential::Coat;
use skill_ledger::credential::qr::text;
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::verify::Outcome;

/// The claims of certificate `n`, as they stand in its code.
fn claims(fixture: &Fixture, n: usize) -> Vec<u8> {
    let cose = CoseSign1::from_tagged_slice(fixture.coat(n, Coat::Qr));
    cose.unwrap().payload.unwrap()
}

/// A code with these claims, signed by the body's own key.
fn signed(fixture: &Fixture, claims: Vec<u8>) -> Vec<u8> {
    let key = &fixture.certificate_key;
    let header = HeaderBuilder::new()
        .algorithm(Algorithm::EdDSA)
        .key_id(key.public_key().as_bytes().to_vec())
        .value(16, Value::from(CoapContentFormat::Cwt as i64))
        .build();
    let sign = |bytes: &[u8]| key.sign(Purpose::Certificate, bytes).unwrap().0.to_vec();
    let builder = CoseSign1Builder::new().protected(header).payload(claims);
    let cose = builder.create_signature(&[], sign).build();
    cose.to_tagged_vec().unwrap()
}

fn any_value(random: &mut ChaCha20Rng) -> Value {
    let values = [
        Value::Null,
        Value::Bool(true),
        Value::Float(0.5),
        Value::Tag(2, Box::new(Value::Bytes(vec![1; 9]))),
        0.into(),
        (-1).into(),
        3.into(),
        6_310_103.into(),
        20_000.into(),
        330_106.into(),
        u64::MAX.into(),
        i64::MIN.into(),
        "".into(),
        "电工".into(),
        "e\u{301}".into(),
        "S000033000021263000007".into(),
        "居民身份证".into(),
        "ledger.example".into(),
        "a%3A80".into(),
        Value::Bytes(vec![0x40; 16]),
        Value::Bytes(Vec::new()),
        Value::Array(vec![1.into(), 131_072.into()]),
        Value::Array(Vec::new()),
        Value::Map(Vec::new()),
    ];
    values[random.random_range(0..values.len())].clone()
}

/// One value in the tree for another, one left out, one twice, two changed about.
fn change(value: &mut Value, random: &mut ChaCha20Rng) {
    let deeper = random.random_range(0..8) != 0;
    match value {
        Value::Array(items) if deeper && !items.is_empty() => {
            let nth = random.random_range(0..items.len());
            match random.random_range(0..6) {
                0 => drop(items.remove(nth)),
                1 => items.push(any_value(random)),
                _ => change(&mut items[nth], random),
            }
        }
        Value::Map(members) if deeper && !members.is_empty() => {
            let nth = random.random_range(0..members.len());
            match random.random_range(0..8) {
                0 => drop(members.remove(nth)),
                1 => members.insert(nth, members[random.random_range(0..members.len())].clone()),
                2 => members.swap(nth, 0),
                3 => members.push((random.random_range(0..21).into(), any_value(random))),
                _ => change(&mut members[nth].1, random),
            }
        }
        value => *value = any_value(random),
    }
}

#[test]
fn four_thousand_changed_codes_are_judged_alike() {
    let mut pair = Pair::of_all_kinds(26);
    for round in 0..4_200 {
        let n = round % KINDS.len();
        let random = &mut pair.random;
        let original = pair.fixture.coat(n, Coat::Qr).to_vec();
        let changed = match round / KINDS.len() % 4 {
            0 => changed_bytes(&original, random),
            1 => {
                let url = text::to_url("ledger.example", &original);
                changed_bytes(url.as_bytes(), random)
            }
            2 => {
                let claims = changed_bytes(&claims(&pair.fixture, n), random);
                signed(&pair.fixture, claims)
            }
            _ => {
                let claims = claims(&pair.fixture, n);
                let mut value: Value = coset::cbor::from_reader(claims.as_slice()).unwrap();
                change(&mut value, random);
                let mut claims = Vec::new();
                coset::cbor::into_writer(&value, &mut claims).unwrap();
                signed(&pair.fixture, claims)
            }
        };
        if pair.alike(&changed, n) == Outcome::Valid {
            let cose = match changed.starts_with(&original[..2]) {
                true => changed,
                false => text::from_text(std::str::from_utf8(&changed).unwrap()).unwrap(),
            };
            assert_eq!(cose, original);
        }
    }
    pair.met(10);
}

/// What long texts leave out of a code, and what a key is not.
#[test]
fn lean_codes_and_other_keys_are_judged_alike() {
    let mut pair = Pair::of_all_kinds(27);
    for length in [1, 60, 120, 200] {
        let long = "甲".repeat(length);
        let n = pair.fixture.issue(|claims| {
            claims.holder.name = long.clone();
            claims.holder.document_type = long.clone();
            claims.session = Some(long.clone());
        });
        let code = pair.fixture.coat(n, Coat::Qr).to_vec();
        pair.alike(&code, 0);
    }
    let code = pair.fixture.coat(0, Coat::Qr).to_vec();
    let key = *pair.fixture.certificate_key.public_key().as_bytes();
    let at = code.windows(32).position(|it| *it == key).unwrap();
    for other in [[0; 32], [0xff; 32], [1; 32], {
        let mut small = [0; 32];
        small[0] = 1;
        small
    }] {
        let mut changed = code.clone();
        changed[at..at + 32].copy_from_slice(&other);
        assert_eq!(pair.alike(&changed, 0), Outcome::Invalid);
    }
    for bytes in [
        vec![0xd2; 4096],
        [vec![0xd2, 0x84], vec![0x81; 4094]].concat(),
        [code.clone(), vec![0; 4096]].concat(),
        b"\xd2\x84\x5b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\xd2\x84\xbb\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        "1".repeat(99).into_bytes(),
        "1".repeat(100).into_bytes(),
        "1".repeat(10_233).into_bytes(),
        "1".repeat(10_234).into_bytes(),
        "2".repeat(100).into_bytes(),
        b"https://".to_vec(),
        "https://ledger.example/v#1é".as_bytes().to_vec(),
        b"https://ledger.example/v#\xff".to_vec(),
        "\u{3000}https://ledger.example/v#1".as_bytes().to_vec(),
        b"https://ledger.example/v#".to_vec(),
        b"".to_vec(),
    ] {
        pair.alike(&bytes, 0);
    }
    pair.met(5);
}
