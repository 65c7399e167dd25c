//! Cosignatures: a checkpoint of a public log with the cosignatures of public witnesses, and
//! what must not pass for one.

use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::cosignature::*;
use crate::tlog::note::*;
use crate::tlog::tests::{Pair, strict};
use proptest::prelude::*;

/// A checkpoint of a staging log of certificate transparency and its log key, published as a test
/// of github.com/florolf/tlog-scales (`tests/test_signing.py`). Its first signature has type 0x05.
pub(super) const ARCHE: &str = "arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
";
pub(super) const ARCHE_KEY: &str =
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
/// The keys that its witnesses publish.
pub(super) const WITNESSES: [&str; 4] = [
    "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
];

fn key(text: &str) -> NoteKey {
    text.parse().unwrap()
}

#[test]
fn the_cosignatures_of_public_witnesses_verify() {
    let note = Note::parse(ARCHE.as_bytes()).unwrap();
    assert_eq!(note.to_string(), ARCHE);
    assert_eq!(note.signatures().len(), 6);
    let head = Checkpoint::open(ARCHE.as_bytes(), &key(ARCHE_KEY), &strict).unwrap();
    assert_eq!(head.size, 1_432_088_532);
    for vkey in WITNESSES {
        let witness = key(vkey);
        assert_eq!(witness.signature_type(), SignatureType::CosignatureV1);
        assert_eq!(witness.to_string(), vkey);
        let time = note.verify_cosignature(&witness, &strict);
        assert_eq!(time, Ok(1_779_573_024), "{vkey}");
        let grown = Note::parse(ARCHE.replace("532\n", "533\n").as_bytes()).unwrap();
        assert_eq!(
            grown.verify_cosignature(&witness, &strict),
            Err(InvalidNote::BadSignature)
        );
        // The same public key as a log's has another id: it has signed nothing here.
        let as_log = NoteKey::new(witness.name(), *witness.public_key()).unwrap();
        assert_ne!(as_log.id(), witness.id());
        assert_eq!(note.verify(&as_log, &strict), Err(InvalidNote::NoSignature));
        // And neither type answers for the other.
        assert_eq!(
            note.verify(&witness, &strict),
            Err(InvalidNote::WrongKeyType)
        );
        assert_eq!(
            note.verify_cosignature(&as_log, &strict),
            Err(InvalidNote::WrongKeyType)
        );
    }
}

#[test]
fn the_time_is_read_from_the_line() {
    // `TestCoSigV1Timestamp` of github.com/transparency-dev/formats, and what it refuses there:
    // a signature of another type.
    let lines = "— w ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==
— w eQjRQm6eSKzFoiYalgwCPXu2y3ijtg68is9M46JKxuZB+dRfTmeQeDBoXnvxZx2ugnkyV+MUMLXpWs1hPb/W/4xkNQY=
";
    let lines = NoteSignature::parse_lines(lines).unwrap();
    let read = Cosignature::from_bytes(&lines[0].signature).unwrap();
    assert_eq!(read.time, 1_727_964_367);
    assert_eq!(read.to_bytes().as_slice(), lines[0].signature);
    assert_eq!(
        Cosignature::from_bytes(&lines[1].signature),
        Err(InvalidNote::BadSignature)
    );
}

#[test]
fn the_message_is_that_of_the_specification() {
    let text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    assert_eq!(
        cosigned_message(1_679_315_147, text),
        format!("cosignature/v1\ntime 1679315147\n{text}").into_bytes()
    );
}

#[test]
fn keys_of_other_types_are_no_keys_of_ours() {
    // ECDSA (0x02), RFC 6962 (0x05), ML-DSA-44 (0x06), reserved and unassigned.
    let witness = key(WITNESSES[2]);
    for byte in [0x00, 0x02, 0x03, 0x05, 0x06, 0xfa, 0xff] {
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;
        use sha2::Digest;
        let bytes = [&[byte], witness.public_key().as_slice()].concat();
        let hashed = [b"remora.n621.de\n".as_slice(), &bytes].concat();
        let id = hex::encode(&sha2::Sha256::digest(hashed)[..4]);
        let text = format!("remora.n621.de+{id}+{}", STANDARD.encode(bytes));
        assert_eq!(
            text.parse::<NoteKey>(),
            Err(InvalidNote::BadKey),
            "{byte:#x}"
        );
    }
    // The same 32 bytes under 0x01, but with the id of 0x04.
    let swapped = WITNESSES[2].replace("+BOvN", "+AevN");
    assert_eq!(swapped.parse::<NoteKey>(), Err(InvalidNote::BadKey));
    assert_eq!(
        key(ARCHE_KEY).require(SignatureType::CosignatureV1),
        Err(InvalidNote::WrongKeyType)
    );
    assert!(witness.require(SignatureType::CosignatureV1).is_ok());
}

fn log() -> (Pair, NoteKey) {
    let pair = Pair::new(1);
    let key = NoteKey::new("ledger.example/log", pair.public()).unwrap();
    (pair, key)
}
fn witness(seed: u8) -> (Pair, NoteKey) {
    let pair = Pair::new(seed);
    let key = NoteKey::witness(&format!("witness.example/w{seed}"), pair.public()).unwrap();
    (pair, key)
}
fn signed(size: u64) -> Note {
    let (pair, key) = log();
    let head = Checkpoint {
        origin: key.name().into(),
        size,
        root: [7; 32],
        extensions: Vec::new(),
    };
    head.sign(&key, |m| pair.sign(m)).unwrap().unwrap()
}
fn line(note: &Note, seed: u8, time: u64) -> NoteSignature {
    let (pair, key) = witness(seed);
    let made = cosign(note.text(), &key, time, |m| pair.sign(m));
    made.unwrap().unwrap()
}

#[test]
fn a_cosignature_is_added_beside_the_others() {
    let mut note = signed(40);
    let before = note.to_string();
    // A line of a type we do not know, as long as one of ML-DSA-44.
    let unknown = NoteSignature {
        name: "witness.example/w2".into(),
        key_id: [6, 6, 6, 6],
        signature: vec![6; 8 + 2420],
    };
    note.add(unknown.clone()).unwrap();
    note.add(line(&note, 2, 1_700_000_000)).unwrap();
    note.add(line(&note, 3, 1_700_000_001)).unwrap();
    let text = note.to_string();
    assert!(text.starts_with(&before));
    let read = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(read, note);
    assert_eq!(read.verify(&log().1, &strict), Ok(()));
    assert_eq!(
        read.verify_cosignature(&witness(2).1, &strict),
        Ok(1_700_000_000)
    );
    assert_eq!(
        read.verify_cosignature(&witness(3).1, &strict),
        Ok(1_700_000_001)
    );
    assert_eq!(
        read.verify_cosignature(&witness(4).1, &strict),
        Err(InvalidNote::NoSignature)
    );
    // Twice is refused, also at another time, and changes nothing.
    for again in [line(&note, 2, 1_700_000_000), line(&note, 2, 9), unknown] {
        assert_eq!(note.add(again), Err(InvalidNote::Duplicate));
    }
    assert_eq!(note.to_string(), text);
}

#[test]
fn a_note_takes_no_more_than_it_could_be_read_with() {
    let mut note = signed(40);
    let stranger = |n: u8, bytes| NoteSignature {
        name: "stranger.example".into(),
        key_id: [n; 4],
        signature: vec![1; bytes],
    };
    for n in 1..=63 {
        note.add(stranger(n, 64)).unwrap();
    }
    assert_eq!(note.add(stranger(64, 64)), Err(InvalidNote::TooLarge));
    assert!(Note::parse(note.to_string().as_bytes()).is_ok());
    let mut note = signed(40);
    assert_eq!(note.add(stranger(1, 64 * 1024)), Err(InvalidNote::TooLarge));
    assert_eq!(note.add(stranger(1, 0)), Err(InvalidNote::Malformed));
    let mut nameless = stranger(1, 64);
    nameless.name = "a b".into();
    assert_eq!(note.add(nameless), Err(InvalidNote::Malformed));
}

#[test]
fn times_and_texts_that_cannot_be_cosigned() {
    let note = signed(40);
    let (pair, key) = witness(2);
    let at = |time| cosign(note.text(), &key, time, |m| pair.sign(m));
    assert_eq!(at(0), Err(InvalidNote::BadTime));
    assert_eq!(at(1 << 63), Err(InvalidNote::BadTime));
    assert!(at((1 << 63) - 1).unwrap().is_ok());
    assert_eq!(
        cosign("no checkpoint\n", &key, 1, |m| pair.sign(m)),
        Err(InvalidNote::Malformed)
    );
    let as_log = NoteKey::new(key.name(), pair.public()).unwrap();
    assert_eq!(
        cosign(note.text(), &as_log, 1, |m| pair.sign(m)),
        Err(InvalidNote::WrongKeyType)
    );
    let signed = Note::sign("text\n", &key, |m| pair.sign(m));
    assert_eq!(signed, Err(InvalidNote::WrongKeyType));
    // A witness that signed with an impossible time all the same.
    for time in [0, 1 << 63, u64::MAX] {
        let mut note = note.clone();
        let signature = pair.sign(&cosigned_message(time, note.text())).unwrap();
        let mut line = line(&note, 2, 1);
        line.signature = Cosignature { time, signature }.to_bytes().to_vec();
        note.add(line).unwrap();
        assert_eq!(
            note.verify_cosignature(&key, &strict),
            Err(InvalidNote::BadTime)
        );
    }
}

#[test]
fn every_single_bit_of_a_cosignature_counts() {
    let mut note = signed(40);
    note.add(line(&note, 2, 1_700_000_000)).unwrap();
    let (_, key) = witness(2);
    let good = note.signatures()[1].clone();
    assert!(verify_line(&good, note.text(), &key, &strict).is_ok());
    for bit in 0..COSIGNATURE_BYTES * 8 {
        let mut bad = good.clone();
        bad.signature[bit / 8] ^= 1 << (bit % 8);
        assert!(
            verify_line(&bad, note.text(), &key, &strict).is_err(),
            "{bit}"
        );
    }
    // Every bit of the published note: text, names, ids, times and signatures.
    let bytes = note.to_string().into_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let holds = Note::parse(&bad).is_ok_and(|bad| {
            bad.verify(&log().1, &strict).is_ok() && bad.verify_cosignature(&key, &strict).is_ok()
        });
        assert!(!holds, "{bit}");
    }
}

#[test]
fn one_bad_line_of_a_known_witness_spoils_the_good_one() {
    let mut note = signed(40);
    note.add(line(&note, 2, 1_700_000_000)).unwrap();
    let mut other = line(&note, 2, 1_700_000_100);
    let both = format!("{note}{other}");
    let read = Note::parse(both.as_bytes()).unwrap();
    let (_, key) = witness(2);
    assert_eq!(read.verify_cosignature(&key, &strict), Ok(1_700_000_100));
    let older = format!("{both}{}", line(&note, 2, 1_600_000_000));
    let read = Note::parse(older.as_bytes()).unwrap();
    assert_eq!(read.verify_cosignature(&key, &strict), Ok(1_700_000_100));
    other.signature[71] ^= 1;
    let both = format!("{note}{other}");
    let read = Note::parse(both.as_bytes()).unwrap();
    assert_eq!(
        read.verify_cosignature(&key, &strict),
        Err(InvalidNote::BadSignature)
    );
    other.signature.pop();
    let both = format!("{note}{other}");
    let read = Note::parse(both.as_bytes()).unwrap();
    assert_eq!(
        read.verify_cosignature(&key, &strict),
        Err(InvalidNote::BadSignature)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn witness_keys_round_trip(name in "[a-z0-9./:-]{1,40}", public in any::<[u8; 32]>(), log in any::<bool>()) {
        let key = if log { NoteKey::new(&name, public) } else { NoteKey::witness(&name, public) }.unwrap();
        prop_assert_eq!(key.to_string().parse::<NoteKey>(), Ok(key));
    }

    #[test]
    fn no_bytes_stop_the_readers(bytes in prop::collection::vec(any::<u8>(), 0..200), text in any::<String>()) {
        let _ = Cosignature::from_bytes(&bytes);
        let _ = Note::parse(&bytes);
        let _ = NoteSignature::parse_lines(&text);
        let _ = text.parse::<NoteKey>();
        let _ = Note::parse(format!("a\n\n\u{2014} {text}\n").as_bytes());
        let _ = Checkpoint::parse(&text);
    }

    #[test]
    fn cosignatures_round_trip(time in 1u64..=COSIGNATURE_TIME_MAX, half in any::<[u8; 32]>()) {
        let mut signature = [0; 64];
        signature[32..].copy_from_slice(&half);
        let made = Cosignature { time, signature };
        prop_assert_eq!(Cosignature::from_bytes(&made.to_bytes()), Ok(made));
    }
}
