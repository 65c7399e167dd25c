use super::*;
use crate::credential::strict_json::InvalidJson;
use crate::keys::Ed25519Key;
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

fn key(purpose: Purpose) -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([3; 32]), purpose)
}

fn list(revoked: &[u32], suspended: &[u32]) -> TokenStatusList {
    let bits = |set: &[u32]| {
        let mut bits = StatusBits::default();
        set.iter().for_each(|index| bits.set(*index));
        bits
    };
    TokenStatusList {
        did: Did::of_body("ledger.example", Uuid::from_u128(0xb0d7)).unwrap(),
        list: 1,
        valid_from: Instant(1_783_906_200_000_000),
        valid_until: Instant(1_784_511_000_000_000),
        statuses: TokenStatuses::of(&bits(revoked), &bits(suspended)),
    }
}

#[test]
fn the_vectors_of_the_draft_hold() {
    let text = include_str!("../../../tests/vectors/token-status-list/lists.json");
    let vectors: Value = serde_json::from_str(text).unwrap();
    for vector in vectors.as_array().unwrap() {
        let number = |member: &str| vector[member].as_u64().unwrap() as usize;
        let (bits, size) = (number("bits"), number("size"));
        let lst = vector["lst"].as_str().unwrap();
        let bytes = inflate(lst, size * bits / 8).unwrap();
        let mut made = vec![0; bytes.len()];
        for pair in vector["set"].as_array().unwrap() {
            let (index, status) = (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap());
            let (index, status) = (index as usize, status as u8);
            assert_eq!(read_status(&bytes, bits, index), Some(status));
            write_status(&mut made, bits, index, status);
        }
        assert_eq!(made, bytes, "every other status is 0");
        assert_eq!(inflate(&deflate(&bytes), bytes.len()), Some(bytes));
        assert_eq!(read_status(&made, bits, size), None);
    }
}

#[test]
fn one_truth_in_two_encodings() {
    let list = list(&[0, 7, 131_071], &[7, 8]);
    let status = |index| list.statuses.get(index);
    assert_eq!(status(0), Some(TokenStatus::Invalid));
    assert_eq!(
        status(7),
        Some(TokenStatus::Invalid),
        "ended, and suspended before"
    );
    assert_eq!(status(8), Some(TokenStatus::Suspended));
    assert_eq!(status(9), Some(TokenStatus::Valid));
    assert_eq!(status(131_071), Some(TokenStatus::Invalid));
    assert_eq!(status(131_072), None);
}

#[test]
fn a_list_round_trips_and_is_bound_to_its_key_and_place() {
    let list = list(&[42], &[43]);
    let signed = list.sign(&key(Purpose::Status)).unwrap();
    let read = ParsedTokenStatusList::parse(signed.as_bytes()).unwrap();
    assert_eq!(read.list, list);
    assert_eq!(read.key_id, *key(Purpose::Status).key_id());
    assert!(read.verify_signature().is_ok());
    assert!(list.sign(&key(Purpose::Certificate)).is_err());
}

/// The list with another payload, properly signed.
fn resigned(change: impl Fn(&mut Value)) -> Result<(), InvalidTokenStatusList> {
    let key = key(Purpose::Status);
    let list = list(&[42], &[]);
    let mut payload = list.render(&deflate(&list.statuses.0));
    change(&mut payload);
    let input = jwt::signing_input(TYP, key.key_id(), &payload).unwrap();
    let signature = key.sign(Purpose::Status, input.as_bytes()).unwrap();
    let signed = jwt::attach(&input, &signature);
    ParsedTokenStatusList::parse(signed.as_bytes()).map(|it| it.verify_signature().unwrap())
}

#[test]
fn other_forms_are_refused() {
    let form = |place: &str| Err(InvalidTokenStatusList::Form(place.into()));
    assert_eq!(resigned(|_| ()), Ok(()));
    assert_eq!(resigned(|it| it["ttl"] = 1.into()), form("/ttl/"));
    assert_eq!(
        resigned(|it| it["sub"] = "https://x/status/1.jwt".into()),
        form("/sub/")
    );
    assert_eq!(resigned(|it| it["x"] = 1.into()), form("/"));
    assert_eq!(
        resigned(|it| it["status_list"]["bits"] = 1.into()),
        form("/status_list/bits/")
    );
    assert_eq!(
        resigned(|it| drop(it.as_object_mut().unwrap().remove("exp"))),
        form("/")
    );
    let lst = |bytes: &[u8]| {
        let lst = deflate(bytes);
        resigned(|it| it["status_list"]["lst"] = lst.clone().into())
    };
    assert_eq!(lst(&[0; BYTES]), Ok(()));
    assert_eq!(lst(&[0; BYTES - 1]), form("/"));
    assert_eq!(lst(&[0; BYTES + 1]), form("/"));
    assert_eq!(lst(&vec![0; 30 << 20]), form("/"));
    assert_eq!(lst(&[0xff; BYTES]), form("/"), "3 is no status");
    assert_eq!(lst(&[0x18; BYTES]), Ok(()), "1 and 2 side by side are no 3");
    let packed = jwt::from_base64url(&deflate(&[0; BYTES])).unwrap();
    let trailing = jwt::base64url([packed.as_slice(), &[0]].concat());
    assert_eq!(
        resigned(|it| it["status_list"]["lst"] = trailing.clone().into()),
        form("/")
    );
    let gzip = jwt::base64url([0x1f, 0x8b, 8, 0]);
    assert_eq!(
        resigned(|it| it["status_list"]["lst"] = gzip.clone().into()),
        form("/")
    );
}

#[test]
fn no_change_of_a_bit_is_accepted() {
    let signed = list(&[42], &[43]).sign(&key(Purpose::Status)).unwrap();
    let accepted = |bytes: &[u8]| {
        ParsedTokenStatusList::parse(bytes).is_ok_and(|it| it.verify_signature().is_ok())
    };
    assert!(accepted(signed.as_bytes()));
    for at in 0..signed.len() {
        for bit in 0..8 {
            let mut changed = signed.clone().into_bytes();
            changed[at] ^= 1 << bit;
            assert!(!accepted(&changed), "byte {at} bit {bit}");
        }
        assert!(!accepted(&signed.as_bytes()[..at]));
    }
    assert!(!accepted(format!("{signed}{signed}").as_bytes()));
    assert!(!accepted(format!("{signed}\n").as_bytes()));
    let long = "A".repeat(STATUS_LIST_BYTES_MAX + 1);
    let refused = ParsedTokenStatusList::parse(long.as_bytes()).unwrap_err();
    assert_eq!(refused, InvalidJwt::from(InvalidJson::TooLarge).into());
}
