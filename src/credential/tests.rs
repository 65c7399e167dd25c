use super::did::{Did, DidKey, did_document};
use super::status_list::*;
use super::strict_json::{InvalidJson, parse};
use super::trust_list::TrustedLog;
use super::vc::proof::{self, Cryptosuite};
use crate::domain::time::Instant;
use crate::keys::{Ed25519Key, KeyId, Purpose, Signer};
use crate::tlog::NoteKey;
use crate::tlog::log_keys::LogKey;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use uuid::Uuid;
use zeroize::Zeroizing;

fn did() -> Did {
    Did::of_body("ledger.example", Uuid::from_u128(0x1234_5678)).unwrap()
}
fn signer(seed: u8, purpose: Purpose) -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([seed; 32]), purpose)
}

#[test]
fn the_w3c_vector_of_eddsa_jcs_2022_holds() {
    let text = include_str!("../../tests/vectors/w3c-vc-di-eddsa/signedJCS.json");
    let signed = parse(text.as_bytes(), 1 << 20).unwrap();
    let taken = proof::detach(signed.clone(), &[Cryptosuite::Jcs]).unwrap();
    let hash_data = taken.hash_data().unwrap();
    let (_, key) = taken.verification_method.split_once('#').unwrap();
    let key: KeyId = key.parse().unwrap();
    let public = key.public_key();
    assert!(public.verify(&hash_data, &taken.signature).is_ok());
    assert_eq!(
        proof::attach(taken.document, taken.config, &taken.signature),
        signed
    );
}

#[test]
fn strict_json_refuses_what_readers_disagree_about() {
    let refused = |text: &str| parse(text.as_bytes(), 1 << 20).unwrap_err();
    assert_eq!(refused(r#"{"a":1,"a":1}"#), InvalidJson::DuplicateKey);
    assert_eq!(refused(r#"{"a":1,"\u0061":1}"#), InvalidJson::DuplicateKey);
    assert_eq!(
        refused(r#"[{"b":{"c":1,"c":2}}]"#),
        InvalidJson::DuplicateKey
    );
    for number in [
        "1.0",
        "1e2",
        "-0",
        "9007199254740992",
        "1e400",
        "-9007199254740992",
    ] {
        assert_eq!(
            refused(number),
            match number {
                "1e400" => InvalidJson::NotJson,
                _ => InvalidJson::UnsafeNumber,
            },
            "{number}"
        );
    }
    for text in [
        r#""\ud800""#,
        "\u{feff}1",
        "1 2",
        "{'a':1}",
        "",
        "[1,]",
        "\"\u{1}\"",
    ] {
        assert_eq!(refused(text), InvalidJson::NotJson, "{text}");
    }
    assert_eq!(
        refused(&format!("{}{}", "[".repeat(33), "]".repeat(33))),
        InvalidJson::TooDeep
    );
    assert!(
        parse(
            format!("{}{}", "[".repeat(32), "]".repeat(32)).as_bytes(),
            100
        )
        .is_ok()
    );
    assert_eq!(parse(b"[1,2]", 4), Err(InvalidJson::TooLarge));
    assert_eq!(
        parse(b"[9007199254740991]", 20),
        Ok(json!([9_007_199_254_740_991_u64]))
    );
    assert_eq!(parse(&[0xff, 0xfe], 10), Err(InvalidJson::NotJson));
}

#[test]
fn dids_have_one_spelling() {
    let did = Did::of_body("localhost:8080", Uuid::from_u128(9)).unwrap();
    let text = "did:web:localhost%3A8080:bodies:00000000-0000-0000-0000-000000000009";
    assert_eq!(did.to_string(), text);
    assert_eq!(text.parse(), Ok(did.clone()));
    assert_eq!(
        did.document_url(),
        "https://localhost:8080/bodies/00000000-0000-0000-0000-000000000009/did.json"
    );
    for bad in [
        "did:web:127.0.0.1:bodies:00000000-0000-0000-0000-000000000009",
        "did:web:LOCALHOST:bodies:00000000-0000-0000-0000-000000000009",
        "did:web:a.example:bodies:00000000-0000-0000-0000-00000000000G",
        "did:web:a.example:bodies",
        "did:web:a.example:bodies:00000000-0000-0000-0000-000000000009:x",
        "did:web:a.example%2Fx:bodies:00000000-0000-0000-0000-000000000009",
        "did:web:a.example%3A0x:bodies:00000000-0000-0000-0000-000000000009",
        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    ] {
        assert!(bad.parse::<Did>().is_err(), "{bad}");
    }
}

#[test]
fn a_retired_key_stays_in_the_did_document_and_leaves_the_assertions() {
    let (old, new) = (
        signer(1, Purpose::Certificate),
        signer(2, Purpose::Certificate),
    );
    let document = did_document(
        &did(),
        &[
            DidKey {
                id: old.key_id().clone(),
                revoked: Some(Instant(1_783_906_200_000_000)),
            },
            DidKey {
                id: new.key_id().clone(),
                revoked: None,
            },
        ],
    );
    assert_eq!(document["verificationMethod"].as_array().unwrap().len(), 2);
    assert_eq!(
        document["verificationMethod"][0]["revoked"],
        "2026-07-13T01:30:00Z"
    );
    assert_eq!(
        document["assertionMethod"],
        json!([did().verification_method(new.key_id())])
    );
}

fn list(bits: StatusBits) -> StatusList {
    StatusList {
        did: did(),
        list: 1,
        purpose: StatusPurpose::Revocation,
        valid_from: Instant(1_783_906_200_000_000),
        valid_until: Instant(1_784_511_000_000_000),
        bits,
    }
}

#[test]
fn a_status_list_round_trips_and_is_bound_to_its_key() {
    let mut bits = StatusBits::default();
    for index in [0, 7, 8, 42, SIZE - 1] {
        bits.set(index);
    }
    assert_eq!(bits.count(), 5);
    assert_eq!(
        (bits.get(42), bits.get(43), bits.get(SIZE)),
        (Some(true), Some(false), None)
    );
    let key = signer(3, Purpose::Status);
    let signed = list(bits.clone())
        .sign(Instant(1_783_906_200_000_000), &key)
        .unwrap();
    let read = ParsedStatusList::parse(&signed).unwrap();
    assert_eq!(read.list, list(bits));
    assert_eq!(read.key_id, *key.key_id());
    assert!(read.verify_signature().is_ok());
    assert!(
        list(StatusBits::default())
            .sign(Instant(0), &signer(3, Purpose::Certificate))
            .is_err()
    );
    let text = String::from_utf8(signed).unwrap();
    let later = text.replace("2026-07-20", "2027-07-20");
    let later = ParsedStatusList::parse(later.as_bytes()).unwrap();
    assert!(later.verify_signature().is_err());
    for (from, to) in [
        ("\"revocation\"", "\"refresh\""),
        ("\"encodedList\":\"u", "\"encodedList\":\"z"),
        ("BitstringStatusList\"}", "BitstringStatusList\",\"ttl\":1}"),
    ] {
        let changed = text.replace(from, to);
        assert!(
            ParsedStatusList::parse(changed.as_bytes()).is_err(),
            "{from}"
        );
    }
}

#[test]
fn bits_are_counted_from_the_left() {
    // Bitstring Status List 1.0, section 3.2: index 0 is the leftmost bit of the first byte.
    let mut bits = StatusBits::default();
    bits.set(0);
    let signed = list(bits)
        .sign(Instant(0), &signer(3, Purpose::Status))
        .unwrap();
    let value: Value = serde_json::from_slice(&signed).unwrap();
    let encoded = value["credentialSubject"]["encodedList"].as_str().unwrap();
    use base64::Engine;
    use std::io::Read;
    let packed = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(&encoded[1..])
        .unwrap();
    let mut raw = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .read_to_end(&mut raw)
        .unwrap();
    assert_eq!((raw.len(), raw[0]), (16_384, 0x80));
}

#[test]
fn inflating_stops_at_the_size_of_a_list() {
    use base64::Engine;
    use std::io::Write;
    let with = |bytes: &[u8], members: usize| {
        let mut packed = Vec::new();
        for _ in 0..members {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            gzip.write_all(bytes).unwrap();
            packed.extend(gzip.finish().unwrap());
        }
        let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(packed);
        let signed = list(StatusBits::default())
            .sign(Instant(0), &signer(3, Purpose::Status))
            .unwrap();
        let mut value: Value = serde_json::from_slice(&signed).unwrap();
        value["credentialSubject"]["encodedList"] = format!("u{encoded}").into();
        ParsedStatusList::from_value(value).is_ok()
    };
    assert!(with(&[0; 16_384], 1));
    assert!(!with(&[0; 16_384], 2));
    assert!(!with(&[0; 16_383], 1));
    assert!(!with(&[0; 16_385], 1));
    assert!(!with(&vec![0; 30 << 20], 1));
}

#[test]
fn indices_are_a_permutation_and_frozen() {
    let order = StatusIndexes::new([7; 32]);
    let all: HashSet<u32> = (0..SIZE).filter_map(|n| order.at(n)).collect();
    assert_eq!(all.len(), SIZE as usize);
    assert!(all.iter().all(|i| *i < SIZE));
    assert_eq!(order.at(SIZE), None);
    let first: Vec<_> = (0..4).filter_map(|n| order.at(n)).collect();
    assert_eq!(first, FROZEN);
    assert_ne!(StatusIndexes::new([8; 32]).at(0), order.at(0));
}
const FROZEN: [u32; 4] = [57_451, 9_034, 29_592, 24_430];

#[test]
fn a_witness_key_in_the_trust_list_is_no_key_of_the_log() {
    let read = |key: NoteKey| {
        let life = json!({ "vkey": key.to_string(), "from_position": 1,
            "to_position": null, "compromised_from_position": null });
        let with = |key: Value| {
            let log = json!({ "origin": "ledger.example/log", "keys": [key] });
            let read = serde_json::from_value::<TrustedLog>(log.clone());
            read.inspect(|read| assert_eq!(serde_json::to_value(read).unwrap(), log))
        };
        (with(life), with(json!(key.to_string())))
    };
    let public = *signer(1, Purpose::Log).public_key().as_bytes();
    let log = NoteKey::new("ledger.example/log", public).unwrap();
    let witness = NoteKey::witness("ledger.example/log", public).unwrap();
    let (life, alone) = read(log.clone());
    assert_eq!(life.unwrap().keys[0].vkey, log);
    assert_eq!(alone.unwrap().keys, [LogKey::alone(log).unwrap()]);
    let (life, alone) = read(witness);
    assert!(life.is_err() && alone.is_err());
}

proptest! {
    #[test]
    fn strict_json_reads_what_serde_writes(text in "[^\u{0}]{0,20}", n in -1_000_000i64..1_000_000, flag in any::<bool>()) {
        let value = json!({ "text": text, "n": n, "list": [flag, null, {"deep": [n]}] });
        prop_assert_eq!(parse(value.to_string().as_bytes(), 1 << 20), Ok(value));
    }

    #[test]
    fn hostile_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes, 1 << 20);
        let _ = super::vc::ParsedCredential::parse(&bytes);
        let _ = ParsedStatusList::parse(&bytes);
        let _ = super::trust_list::TrustFile::parse(&bytes);
    }
}
