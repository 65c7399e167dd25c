//! Whatever is done to a `qr`, it is refused: because it is no longer what was signed, and, where the
//! changed bytes are signed anew with the right key, because the same thing has one form.

use super::{sealed, signer, typical};
use crate::credential::qr::{ParsedQr, text};
use crate::keys::{Purpose, Signer};
use coset::cbor::Value;
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};

fn accepted(bytes: &[u8]) -> bool {
    ParsedQr::parse(bytes).is_ok_and(|it| it.verify_signature().is_ok())
}

#[test]
fn no_change_of_bits_and_bytes_is_accepted() {
    let good = sealed(&typical()).bytes;
    let other = {
        let mut claims = typical();
        claims.holder.name = "欧阳雨".into();
        sealed(&claims).bytes
    };
    assert!(accepted(&good) && accepted(&other));
    let mut tried = 0;
    let mut refuse = |bytes: &[u8], what: &str| {
        tried += 1;
        assert!(
            bytes == good || bytes == other || !accepted(bytes),
            "{what}"
        );
    };
    for place in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[place] ^= 1 << bit;
            refuse(&bytes, "a bit");
        }
        refuse(&good[..place], "truncated");
        refuse(&good[place + 1..], "its end alone");
        refuse(
            &[&good[..place], &good[place + 1..]].concat(),
            "a byte gone",
        );
        refuse(
            &[&good[..place], &[0], &good[place..]].concat(),
            "a byte more",
        );
        refuse(&[&good[..place], &other[place..]].concat(), "spliced");
        refuse(&[&good[..], &good[..place]].concat(), "concatenated");
    }
    refuse(&[&good[..], &good[..]].concat(), "twice");
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(6);
    for _ in 0..6_000 {
        let mut bytes = good.clone();
        for _ in 0..random.random_range(1..6) {
            let (a, b) = (
                random.random_range(0..bytes.len()),
                random.random_range(0..bytes.len()),
            );
            match random.random_range(0..4) {
                0 => bytes[a] = random.random(),
                1 => bytes.swap(a, b),
                2 => drop(bytes.drain(a.min(b)..a.max(b).min(a.min(b) + 9))),
                _ => bytes.copy_within(a.min(b)..a.max(b).min(a.min(b) + 9), 0),
            }
            if bytes.is_empty() {
                break;
            }
        }
        refuse(&bytes, "several");
    }
    assert!(tried >= 10_000);
}

/// CBOR as a tree that can be written badly.
#[derive(Clone)]
enum Node {
    Leaf(Value),
    Array(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// What is done to the n-th item of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// Its head in so many more bytes than it takes: 1, 2, 4, 8.
    Longer(u8),
    Indefinite,
    FirstTwice,
    Swapped,
    Added,
    Dropped,
    Null,
    Tagged,
}

const FAULTS: [Fault; 11] = [
    Fault::Longer(1),
    Fault::Longer(2),
    Fault::Longer(4),
    Fault::Longer(8),
    Fault::Indefinite,
    Fault::FirstTwice,
    Fault::Swapped,
    Fault::Added,
    Fault::Dropped,
    Fault::Null,
    Fault::Tagged,
];

struct Writer {
    at: usize,
    fault: Fault,
    place: usize,
    /// Whether the fault could be done to the item.
    done: bool,
}

impl Writer {
    fn head(major: u8, value: u64, at_least: u8) -> Vec<u8> {
        let needed = match value {
            0..=23 => 0,
            24..=0xff => 1,
            0x100..=0xffff => 2,
            0x1_0000..=0xffff_ffff => 4,
            _ => 8,
        };
        let size = needed.max(at_least);
        let low = match size {
            0 => value as u8,
            1 => 24,
            2 => 25,
            4 => 26,
            _ => 27,
        };
        let mut bytes = vec![major << 5 | low];
        bytes.extend(&value.to_be_bytes()[8 - usize::from(size)..]);
        bytes
    }

    /// The item's head, and its body between, as the fault wants it.
    fn item(&mut self, fault: Fault, major: u8, value: u64, body: &[u8]) -> Vec<u8> {
        match fault {
            Fault::Longer(size) => {
                let plain = Self::head(major, value, 0);
                let head = Self::head(major, value, size);
                self.done |= head != plain;
                [head, body.to_vec()].concat()
            }
            Fault::Indefinite if major >= 2 => {
                self.done = true;
                let inner = match major {
                    2 | 3 => [Self::head(major, value, 0), body.to_vec()].concat(),
                    _ => body.to_vec(),
                };
                [vec![major << 5 | 31], inner, vec![0xff]].concat()
            }
            Fault::Null => {
                self.done = true;
                vec![0xf6]
            }
            Fault::Tagged => {
                self.done = true;
                [vec![0xc1], Self::head(major, value, 0), body.to_vec()].concat()
            }
            _ => [Self::head(major, value, 0), body.to_vec()].concat(),
        }
    }

    fn write(&mut self, node: &Node) -> Vec<u8> {
        let fault = match self.at == self.place {
            true => self.fault,
            false => Fault::None,
        };
        self.at += 1;
        match node {
            Node::Leaf(Value::Integer(n)) => {
                let n = i128::from(*n);
                match n < 0 {
                    true => self.item(fault, 1, (-1 - n) as u64, &[]),
                    false => self.item(fault, 0, n as u64, &[]),
                }
            }
            Node::Leaf(Value::Text(text)) => {
                self.item(fault, 3, text.len() as u64, text.as_bytes())
            }
            Node::Leaf(Value::Bytes(bytes)) => self.item(fault, 2, bytes.len() as u64, bytes),
            Node::Leaf(other) => panic!("{other:?} is not in a certificate"),
            Node::Array(members) => {
                let members = members.iter().map(|it| self.write(it)).collect();
                // The members of an array have their places: two changed about are other claims.
                let fault = match fault {
                    Fault::Swapped => Fault::None,
                    fault => fault,
                };
                let members = self.reshaped(fault, members, vec![0x00]);
                self.item(fault, 4, members.len() as u64, &members.concat())
            }
            Node::Map(members) => {
                let pairs = members
                    .iter()
                    .map(|(key, value)| [self.write(key), self.write(value)].concat())
                    .collect();
                let pairs = self.reshaped(fault, pairs, vec![0x18, 0x63, 0x00]);
                self.item(fault, 5, pairs.len() as u64, &pairs.concat())
            }
        }
    }

    fn reshaped(&mut self, fault: Fault, mut members: Vec<Vec<u8>>, more: Vec<u8>) -> Vec<Vec<u8>> {
        let before = members.clone();
        match fault {
            Fault::FirstTwice if !members.is_empty() => members.insert(0, members[0].clone()),
            Fault::Swapped if members.len() > 1 => members.swap(0, 1),
            Fault::Added => members.push(more),
            Fault::Dropped if !members.is_empty() => drop(members.pop()),
            _ => (),
        }
        self.done |= before != members;
        members
    }
}

fn tree(value: Value) -> Node {
    match value {
        Value::Array(members) => Node::Array(members.into_iter().map(tree).collect()),
        Value::Map(members) => Node::Map(
            members
                .into_iter()
                .map(|(key, value)| (tree(key), tree(value)))
                .collect(),
        ),
        leaf => Node::Leaf(leaf),
    }
}

fn read(bytes: &[u8]) -> Value {
    coset::cbor::from_reader(bytes).unwrap()
}

/// Protected header and claims of the typical certificate as trees.
fn parts() -> (Node, Node) {
    let Value::Tag(18, whole) = read(&sealed(&typical()).bytes) else {
        panic!("no tag 18");
    };
    let members = whole.into_array().unwrap();
    let within = |value: &Value| tree(read(value.as_bytes().unwrap()));
    (within(&members[0]), within(&members[2]))
}

/// A COSE_Sign1 of these parts, signed with the right key over the bytes as they stand.
fn signed(protected: &[u8], payload: &[u8], unprotected: &[u8]) -> Vec<u8> {
    let bytes = |bytes: &[u8]| [Writer::head(2, bytes.len() as u64, 0), bytes.to_vec()].concat();
    let to_sign = [
        b"\x84\x6aSignature1".to_vec(),
        bytes(protected),
        bytes(&[]),
        bytes(payload),
    ];
    let signature = signer(1)
        .sign(Purpose::Certificate, &to_sign.concat())
        .unwrap();
    [
        vec![0xd2, 0x84],
        bytes(protected),
        unprotected.to_vec(),
        bytes(payload),
        bytes(&signature.0),
    ]
    .concat()
}

fn plain(node: &Node) -> Vec<u8> {
    Writer {
        at: 0,
        fault: Fault::None,
        place: 0,
        done: false,
    }
    .write(node)
}

#[test]
fn another_spelling_is_refused_though_it_is_signed() {
    let (protected, claims) = parts();
    let (good_protected, good_claims) = (plain(&protected), plain(&claims));
    let good = signed(&good_protected, &good_claims, &[0xa0]);
    assert_eq!(good, sealed(&typical()).bytes);
    let mut tried = 0;
    for fault in FAULTS {
        for place in 0..200 {
            let faulty = |node: &Node| {
                let mut writer = Writer {
                    at: 0,
                    fault,
                    place,
                    done: false,
                };
                let bytes = writer.write(node);
                writer.done.then_some(bytes)
            };
            if let Some(bytes) = faulty(&protected) {
                tried += 1;
                assert!(
                    !accepted(&signed(&bytes, &good_claims, &[0xa0])),
                    "header {fault:?} {place}"
                );
            }
            if let Some(bytes) = faulty(&claims) {
                tried += 1;
                let shorter = signed(&good_protected, &bytes, &[0xa0]);
                // A member that may be absent, dropped: other claims, well written.
                let may = fault == Fault::Dropped && accepted(&shorter);
                assert!(may || !accepted(&shorter), "claims {fault:?} {place}");
                assert!(
                    !may || ParsedQr::parse(&shorter).unwrap().digest
                        != ParsedQr::parse(&good).unwrap().digest
                );
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn another_header_or_frame_is_refused_though_it_is_signed() {
    let (protected, claims) = parts();
    let (protected, claims) = (plain(&protected), plain(&claims));
    let Node::Map(header) = tree(read(&protected)) else {
        panic!("no map");
    };
    let with = |key: usize, value: Value| {
        let mut header = header.clone();
        header[key].1 = Node::Leaf(value);
        signed(&plain(&Node::Map(header)), &claims, &[0xa0])
    };
    assert!(accepted(&with(0, (-8).into())));
    // ES256, the fully specified Ed25519 of RFC 9864, none, a text.
    for algorithm in [Value::from(-7), (-19).into(), 0.into(), "EdDSA".into()] {
        assert!(!accepted(&with(0, algorithm)));
    }
    for key in [
        vec![0; 32],
        vec![1; 31],
        signer(2).public_key().as_bytes().to_vec(),
    ] {
        assert!(!accepted(&with(1, Value::Bytes(key))));
    }
    for typ in [Value::from(60), "application/cwt".into()] {
        assert!(!accepted(&with(2, typ)));
    }
    let good = signed(&protected, &claims, &[0xa0]);
    assert!(!accepted(&good[1..]), "untagged");
    let mut other_tag = good.clone();
    other_tag[0] = 0xd1;
    assert!(!accepted(&other_tag), "COSE_Mac0");
    let as_cwt = [&[0xd8, 61][..], &good].concat();
    assert!(!accepted(&as_cwt), "under the CWT tag");
    for unprotected in [
        &[0xa1, 0x01, 0x27][..],
        &[0xa1, 0x04, 0x40],
        &[0xbf, 0xff],
        &[0xf6],
    ] {
        assert!(
            !accepted(&signed(&protected, &claims, unprotected)),
            "unprotected"
        );
    }
    let detached = [
        &good[..2],
        &[0x58, protected.len() as u8],
        &protected,
        &[0xa0, 0xf6],
        &good[good.len() - 66..],
    ];
    assert!(!accepted(&detached.concat()), "detached");
}

#[test]
fn a_value_that_no_certificate_has_is_refused_though_it_is_signed() {
    let (protected, claims) = parts();
    let protected = plain(&protected);
    let Node::Map(outer) = claims else {
        panic!("no map");
    };
    let Node::Map(inner) = outer[2].1.clone() else {
        panic!("no map");
    };
    let keys: Vec<i64> = inner
        .iter()
        .map(|(key, _)| match key {
            Node::Leaf(Value::Integer(n)) => i128::from(*n) as i64,
            _ => panic!("no integer"),
        })
        .collect();
    let with = |key: i64, value: Value| {
        let (mut outer, mut inner) = (outer.clone(), inner.clone());
        match keys.iter().position(|it| *it == key) {
            Some(place) => inner[place].1 = tree(value),
            None => {
                let place = keys.iter().filter(|it| **it < key).count();
                inner.insert(place, (tree(key.into()), tree(value)));
            }
        }
        outer[2].1 = Node::Map(inner);
        accepted(&signed(&protected, &plain(&Node::Map(outer)), &[0xa0]))
    };
    let array = |values: &[Value]| Value::Array(values.to_vec());
    assert!(with(4, "欧阳雨".into()) && with(14, 2.into()) && with(5, 5.into()));
    for (key, value) in [
        (1, "127.0.0.1".into()),
        (1, "Ledger.example".into()),
        (3, "s000033000021263000001".into()),
        (4, "".into()),
        (4, "e\u{301}".into()),
        (4, "欧\u{202e}阳".into()),
        (4, "欧".repeat(201).into()),
        (5, 0.into()),
        (5, 10.into()),
        (5, "居民身份证".into()),
        (6, "12345".into()),
        (
            7,
            array(&[1.into(), 999_999.into(), "电工".into(), 3.into()]),
        ),
        (
            7,
            array(&[1.into(), 6_310_103.into(), "电工".into(), 8.into()]),
        ),
        (
            7,
            array(&[
                1.into(),
                6_310_103.into(),
                "电工".into(),
                3.into(),
                "a".into(),
                "b".into(),
            ]),
        ),
        (
            7,
            array(&[
                4.into(),
                "甲".into(),
                "乙".into(),
                6_310_103.into(),
                "电工".into(),
            ]),
        ),
        (7, array(&[5.into(), "甲".into()])),
        (8, 0.into()),
        (8, 7.into()),
        (9, 1.into()),
        (9, 999_999.into()),
        (12, i64::MAX.into()),
        (14, 0.into()),
        (14, 1.into()),
        (14, 65_536.into()),
        (16, "S000033000021263000001".into()),
        (17, array(&[0.into(), 0.into()])),
        (17, array(&[1.into(), 131_072.into()])),
        (18, Value::Bytes(vec![0; 15])),
        (19, 0.into()),
    ] {
        assert!(!with(key, value.clone()), "{key}: {value:?}");
    }
}

#[test]
fn deep_and_boastful_bytes_break_nothing() {
    for bytes in [
        [0x81; 4096].to_vec(),
        [0xd2; 4096].to_vec(),
        [0x9f; 4096].to_vec(),
        b"\xd2\x84\x5b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\xd2\x9b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\xd2\x84\x43\xa1\x01\x27\xbb\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        vec![0; 4097],
        Vec::new(),
    ] {
        assert!(ParsedQr::parse(&bytes).is_err());
    }
}

#[test]
fn other_texts_are_refused() {
    let good = text::to_url("ledger.example:8443", &[1, 2, 3, 4, 5, 6, 7, 8]);
    let bytes = text::from_text(&good).unwrap();
    let low = good.to_ascii_lowercase();
    for same in [
        good.as_str(),
        &low,
        &format!(" {good}\r\n"),
        &good.replace("/V#", "/v#"),
    ] {
        assert_eq!(text::from_text(same).as_ref(), Ok(&bytes), "{same}");
    }
    for (from, to) in [
        ("HTTPS", "HTTP"),
        ("HTTPS://", "HTTPS:/"),
        ("LEDGER.EXAMPLE:8443", ""),
        ("LEDGER", "USER@LEDGER"),
        ("LEDGER", "LEDGER/X"),
        ("LEDGER", "码"),
        ("/V#", "/W#"),
        ("/V#", "/V?#"),
        ("/V#", "/V"),
        ("#1", "#2"),
        ("#1", "##1"),
        ("#1", "#1 "),
        ("#1", "#+1"),
        ("#1", "#１"),
        ("#1", "#11"),
        ("#1", "#172057594037927936"),
    ] {
        let other = good.replacen(from, to, 1);
        assert!(text::from_text(&other).is_err(), "{other}");
    }
    for payload in ["", "#", "1256", "165536", "100", "1", "0", "2", "1999"] {
        let empty = payload == "1";
        assert_eq!(text::from_text(payload).is_ok(), empty, "{payload}");
    }
    assert!(text::from_text(&"1".repeat(text::TEXT_MAX + 1)).is_err());
    assert!(text::from_text("https:/é/V#1").is_err());
}

proptest! {
    #[test]
    fn hostile_bytes_and_texts_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), words in ".{0,60}") {
        let _ = ParsedQr::parse(&bytes);
        let _ = text::from_text(&words);
        let _ = text::from_text(&format!("https://{words}"));
        prop_assert_eq!(text::from_text(&text::to_payload(&bytes)), Ok(bytes));
    }
}
