//! The request, the order of the checks and the answers of C2SP tlog-witness.

use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::leaf::{Hash, empty_root, leaf_hash};
use crate::tlog::merkle::{Tiles, consistency_proof, root};
use crate::tlog::note::*;
use crate::tlog::tests::{Pair, leaves, strict, tree};
use crate::tlog::witness::*;
use proptest::prelude::*;

/// The example request of C2SP tlog-witness.
const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

/// A checkpoint and log key made to be submitted to any witness (ct-uptime-alerts.fly.dev/witness).
const TEST_LOG: &str = "old 0

geomys.org/witness/test-log
1
BCml5C32yqMcl0gjTrcSOeNVx59oPnSdytBzDGBO5k0=

— geomys.org/witness/test-log wHh/9BPsoBNr2x0Ol3qPBYasIN0HI2ZiBg5ac0v3LQq/7F+YO7U4oWbDeJn1VaWVrlbSEM30Gr7WWYQjj2SBxRoJ/Ao=
";
const TEST_LOG_KEY: &str =
    "geomys.org/witness/test-log+c0787ff4+AeMb5VOzy60PTGdGmLPxOKGAa0jNyDGsgv2rnprGju1t";

const ORIGIN: &str = "ledger.example/log";

fn log_pair() -> Pair {
    Pair::new(1)
}
fn log_key() -> NoteKey {
    NoteKey::new(ORIGIN, log_pair().public()).unwrap()
}
fn log() -> WitnessedLog {
    WitnessedLog::new(ORIGIN, vec![log_key()]).unwrap()
}
fn witness_key() -> NoteKey {
    NoteKey::witness("witness.example/w1", Pair::new(2).public()).unwrap()
}
fn sign_as(pair: &Pair, key: &NoteKey, size: u64, root: Hash) -> Note {
    let head = Checkpoint {
        origin: ORIGIN.into(),
        size,
        root,
        extensions: Vec::new(),
    };
    Note::sign(&head.to_string(), key, |m| pair.sign(m))
        .unwrap()
        .unwrap()
}
fn signed(size: u64, root: Hash) -> Note {
    sign_as(&log_pair(), &log_key(), size, root)
}
fn grown() -> Tiles {
    tree(&leaves(40))
}
fn request(old: u64, size: u64) -> AddCheckpoint {
    let tiles = grown();
    let proof = consistency_proof(&tiles, old, size).unwrap_or_default();
    AddCheckpoint::new(old, proof, signed(size, root(&tiles, size).unwrap())).unwrap()
}
fn asked(seen: Option<&Witnessed>, request: &AddCheckpoint) -> Result<Accepted, Refusal> {
    decide(Some(&log()), seen, request, &strict)
}
fn cosigned(accepted: Accepted, now: u64) -> (Witnessed, NoteSignature) {
    let made = accepted.cosign(&witness_key(), now, |m| Pair::new(2).sign(m));
    made.unwrap().unwrap()
}
fn at(size: u64) -> Witnessed {
    cosigned(asked(None, &request(0, size)).unwrap(), 1_700_000_000).0
}

#[test]
fn the_example_of_the_specification_is_read_and_printed() {
    let read = AddCheckpoint::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(read.origin(), "example.com/behind-the-sofa");
    assert_eq!(read.old_size(), 20_852_014);
    assert_eq!(read.note().signatures().len(), 2);
    assert_eq!(read.to_string(), EXAMPLE);
}

#[test]
fn a_public_test_checkpoint_is_cosigned() {
    let read = AddCheckpoint::parse(TEST_LOG.as_bytes()).unwrap();
    let log = WitnessedLog::new(read.origin(), vec![TEST_LOG_KEY.parse().unwrap()]).unwrap();
    let accepted = decide(Some(&log), None, &read, &strict).unwrap();
    assert_eq!(accepted.head().size, 1);
    let (seen, line) = cosigned(accepted, 1_700_000_000);
    assert_eq!(seen.head().size, 1);
    let (added, time) = read_answer(
        line.to_string().as_bytes(),
        read.note(),
        &witness_key(),
        &strict,
    )
    .unwrap();
    assert_eq!((added, time), (line, 1_700_000_000));
    let changed = TEST_LOG.replace("\n1\n", "\n2\n");
    let changed = AddCheckpoint::parse(changed.as_bytes()).unwrap();
    assert_eq!(
        decide(Some(&log), None, &changed, &strict),
        Err(Refusal::NotSigned)
    );
}

#[test]
fn requests_that_are_none() {
    let good = request(3, 40).to_string();
    assert!(AddCheckpoint::parse(good.as_bytes()).is_ok());
    let line = good.lines().nth(1).unwrap();
    for (from, to) in [
        ("old 3\n", ""),
        ("old 3\n", "old 3 \n"),
        ("old 3\n", "old  3\n"),
        ("old 3\n", "old 03\n"),
        ("old 3\n", "old +3\n"),
        ("old 3\n", "old -3\n"),
        ("old 3\n", "old \n"),
        ("old 3\n", "Old 3\n"),
        ("old 3\n", "\nold 3\n"),
        ("old 3\n", "old 3\r\n"),
        ("old 3\n", "old 18446744073709551616\n"),
        ("old 3\n", "old 3\n\n"),
        (line, &line[1..]),
        (line, "AAAA"),
        ("\n\n", "\n"),
        ("\n40\n", "\n040\n"),
        ("\n40\n", "\n"),
        ("\u{2014}", "-"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_eq!(
            AddCheckpoint::parse(bad.as_bytes()),
            Err(Refusal::Malformed),
            "{from:?} -> {to:?}"
        );
    }
    let cut = good.trim_end();
    assert_eq!(
        AddCheckpoint::parse(cut.as_bytes()),
        Err(Refusal::Malformed)
    );
    // 63 hashes are read, 64 are not.
    let hashes = |n: usize| {
        good.replacen(
            "old 3\n",
            &format!("old 3\n{}", format!("{line}\n").repeat(n)),
            1,
        )
    };
    let has = good.split("\n\n").next().unwrap().lines().count() - 1;
    assert!(AddCheckpoint::parse(hashes(63 - has).as_bytes()).is_ok());
    assert_eq!(
        AddCheckpoint::parse(hashes(64 - has).as_bytes()),
        Err(Refusal::Malformed)
    );
    assert_eq!(
        AddCheckpoint::parse(&vec![b'a'; REQUEST_BYTES_MAX + 1]),
        Err(Refusal::Malformed)
    );
    let mut long = Checkpoint::parse(request(3, 40).note().text()).unwrap();
    long.extensions = vec!["x".repeat(TEXT_BYTES_MAX)];
    let long = long.sign(&log_key(), |m| log_pair().sign(m));
    assert_eq!(
        AddCheckpoint::new(3, Vec::new(), long.unwrap().unwrap()),
        Err(Refusal::Malformed)
    );
}

#[test]
fn the_checks_are_made_in_the_order_of_the_specification() {
    let seen = at(10);
    let ask = |request: &AddCheckpoint| asked(Some(&seen), request).err();
    let other = Pair::new(9);
    let foreign = |size, root| {
        sign_as(
            &other,
            &NoteKey::new(ORIGIN, other.public()).unwrap(),
            size,
            root,
        )
    };
    // All wrong at once: an unknown log first, whoever signed.
    let worst = AddCheckpoint::new(50, vec![[1; 32]], foreign(40, [2; 32])).unwrap();
    assert_eq!(
        decide(None, Some(&seen), &worst, &strict),
        Err(Refusal::UnknownLog)
    );
    let elsewhere = WitnessedLog::new("other.example/log", vec![log_key()]).unwrap();
    assert_eq!(
        decide(Some(&elsewhere), None, &request(0, 5), &strict),
        Err(Refusal::UnknownLog)
    );
    // Then the signature, then old above new, then the size, then the proof.
    assert_eq!(ask(&worst), Some(Refusal::NotSigned));
    let above = AddCheckpoint::new(50, vec![[1; 32]], signed(40, [2; 32])).unwrap();
    assert_eq!(ask(&above), Some(Refusal::OldAboveNew));
    let stale = AddCheckpoint::new(9, vec![[1; 32]], signed(40, [2; 32])).unwrap();
    assert_eq!(ask(&stale), Some(Refusal::Conflict { size: 10 }));
    let forked = AddCheckpoint::new(10, vec![[1; 32]], signed(40, [2; 32])).unwrap();
    assert_eq!(ask(&forked), Some(Refusal::Inconsistent));
    let renamed = AddCheckpoint::new(10, Vec::new(), signed(10, [2; 32])).unwrap();
    assert_eq!(ask(&renamed), Some(Refusal::Inconsistent));
    assert_eq!(ask(&request(10, 40)), None);
    assert_eq!(ask(&request(10, 10)), None);
}

#[test]
fn refusals_have_the_statuses_of_the_specification() {
    let conflict = Refusal::Conflict { size: 20 };
    for (refusal, status) in [
        (Refusal::Malformed, 400),
        (Refusal::OldAboveNew, 400),
        (Refusal::NotSigned, 403),
        (Refusal::UnknownLog, 404),
        (conflict, 409),
        (Refusal::Inconsistent, 422),
    ] {
        assert_eq!(refusal.status(), status);
        assert_eq!(refusal.size_body().is_some(), refusal == conflict);
    }
    assert_eq!(conflict.size_body().as_deref(), Some("20\n"));
    assert_eq!(read_conflict(b"20\n"), Some(20));
    for bad in ["20", "20\n\n", "020\n", " 20\n", "20\r\n", "-1\n", "\n", ""] {
        assert_eq!(read_conflict(bad.as_bytes()), None, "{bad:?}");
    }
}

#[test]
fn a_first_checkpoint_is_taken_as_it_is_and_an_empty_tree_has_one_root() {
    assert_eq!(
        asked(None, &request(3, 40)).err(),
        Some(Refusal::Conflict { size: 0 })
    );
    let empty = AddCheckpoint::new(0, Vec::new(), signed(0, empty_root())).unwrap();
    let (seen, _) = cosigned(asked(None, &empty).unwrap(), 5);
    let no_empty = AddCheckpoint::new(0, Vec::new(), signed(0, [1; 32])).unwrap();
    for seen in [None, Some(&seen)] {
        assert!(asked(seen, &empty).is_ok());
        assert_eq!(asked(seen, &no_empty).err(), Some(Refusal::Inconsistent));
        assert!(asked(seen, &request(0, 40)).is_ok());
        // "The proof must be empty" from size zero, and between equal trees.
        let padded = AddCheckpoint::new(0, vec![[0; 32]], request(0, 40).note().clone()).unwrap();
        assert_eq!(asked(seen, &padded).err(), Some(Refusal::Inconsistent));
    }
    let same = AddCheckpoint::new(40, vec![[0; 32]], request(0, 40).note().clone()).unwrap();
    assert_eq!(
        asked(Some(&at(40)), &same).err(),
        Some(Refusal::Inconsistent)
    );
}

#[test]
fn only_the_logs_own_signatures_count_and_stay() {
    let second = Pair::new(7);
    let second_key = NoteKey::new("another-name", second.public()).unwrap();
    let log = WitnessedLog::new(ORIGIN, vec![log_key(), second_key.clone()]).unwrap();
    let tiles = grown();
    let top = root(&tiles, 40).unwrap();
    let stranger = NoteSignature {
        name: "stranger.example".into(),
        key_id: [1; 4],
        signature: vec![2; 64],
    };
    // Strangers' lines are ignored and not kept; the same line twice is kept once.
    let mut note = signed(40, top);
    note.add(stranger.clone()).unwrap();
    let twice = format!("{note}{}", note.signatures()[0]);
    let ask = |note: Note| {
        let request = AddCheckpoint::new(0, Vec::new(), note).unwrap();
        decide(Some(&log), None, &request, &strict)
    };
    let (seen, line) = cosigned(ask(Note::parse(twice.as_bytes()).unwrap()).unwrap(), 5);
    assert_eq!(
        seen.note().to_string(),
        format!("{}{line}", signed(40, top))
    );
    // Either key will do, and both are kept.
    let by_second = sign_as(&second, &second_key, 40, top);
    assert!(ask(by_second.clone()).is_ok());
    let mut both = signed(40, top);
    both.add(by_second.signatures()[0].clone()).unwrap();
    let (seen, _) = cosigned(ask(both.clone()).unwrap(), 5);
    assert_eq!(seen.note().signatures().len(), 3);
    // A line of a known key that does not verify spoils the note.
    let mut line = by_second.signatures()[0].clone();
    line.signature[3] ^= 1;
    let mut spoiled = signed(40, top);
    spoiled.add(line).unwrap();
    assert_eq!(ask(spoiled), Err(Refusal::NotSigned));
    // No known key at all.
    let mut alone = signed(40, top).with_signatures(|_| false);
    alone.add(stranger).unwrap();
    assert_eq!(ask(alone), Err(Refusal::NotSigned));
}

#[test]
fn what_is_stored_reads_back_and_nothing_else_does() {
    let seen = at(10);
    let text = seen.note().to_string();
    let open = |text: &str| Witnessed::open(text.as_bytes(), &witness_key(), &strict);
    assert_eq!(open(&text), Ok(seen.clone()));
    assert_eq!(seen.time(), 1_700_000_000);
    assert!(open(&signed(10, [1; 32]).to_string()).is_err());
    assert!(open(&text.replace("\n10\n", "\n11\n")).is_err());
    let another = NoteKey::witness("witness.example/w2", Pair::new(2).public()).unwrap();
    assert!(Witnessed::open(text.as_bytes(), &another, &strict).is_err());
}

#[test]
fn a_clock_that_goes_back_takes_no_cosignature_back() {
    let seen = at(10);
    let (later, _) = cosigned(asked(Some(&seen), &request(10, 20)).unwrap(), 1_600_000_000);
    assert_eq!(later.time(), 1_700_000_000);
    let (later, _) = cosigned(
        asked(Some(&later), &request(20, 20)).unwrap(),
        1_700_000_009,
    );
    assert_eq!(later.time(), 1_700_000_009);
    let at_zero = asked(None, &request(0, 20)).unwrap();
    let made = at_zero.cosign(&witness_key(), 0, |m| Pair::new(2).sign(m));
    assert_eq!(made, Err(InvalidNote::BadTime));
}

#[test]
fn an_answer_counts_only_for_its_checkpoint_and_witness() {
    let (seen, line) = cosigned(asked(None, &request(0, 10)).unwrap(), 7);
    let stranger = "\u{2014} stranger.example AAAAAQID\n";
    let body = format!("{stranger}{line}");
    let read =
        |body: &str, note: &Note| read_answer(body.as_bytes(), note, &witness_key(), &strict);
    assert_eq!(read(&body, seen.note()), Ok((line.clone(), 7)));
    assert_eq!(
        read(&body, request(0, 20).note()),
        Err(InvalidNote::BadSignature)
    );
    assert_eq!(read(stranger, seen.note()), Err(InvalidNote::NoSignature));
    for none in ["", "\n", "10\n", body.trim_end()] {
        assert_eq!(
            read(none, seen.note()),
            Err(InvalidNote::Malformed),
            "{none:?}"
        );
    }
    let other = NoteKey::witness("witness.example/w1", Pair::new(3).public()).unwrap();
    assert_eq!(
        read_answer(body.as_bytes(), seen.note(), &other, &strict),
        Err(InvalidNote::NoSignature)
    );
}

#[test]
fn logs_that_cannot_be_followed() {
    let key = log_key();
    assert!(WitnessedLog::new("go.sum database tree", vec![key.clone()]).is_ok());
    assert!(WitnessedLog::new("", vec![key.clone()]).is_err());
    assert!(WitnessedLog::new("a\nb", vec![key.clone()]).is_err());
    assert!(WitnessedLog::new(ORIGIN, Vec::new()).is_err());
    assert!(WitnessedLog::new(ORIGIN, vec![key.clone(), witness_key()]).is_err());
    assert!(WitnessedLog::new(ORIGIN, vec![key; LOG_KEYS_MAX + 1]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn requests_round_trip(old in any::<u64>(), size in any::<u64>(), proof in prop::collection::vec(any::<[u8; 32]>(), 0..=63), seed in any::<u64>()) {
        let note = signed(size, leaf_hash(&seed.to_be_bytes()));
        let made = AddCheckpoint::new(old, proof, note).unwrap();
        prop_assert_eq!(AddCheckpoint::parse(made.to_string().as_bytes()), Ok(made));
    }

    #[test]
    fn no_bytes_stop_the_witness(bytes in prop::collection::vec(any::<u8>(), 0..300), text in any::<String>()) {
        let _ = AddCheckpoint::parse(&bytes);
        let _ = AddCheckpoint::parse(format!("old 1\n{text}").as_bytes());
        let _ = AddCheckpoint::parse(format!("old {text}\n\na\n1\n\n\u{2014} a AAAAAQID\n").as_bytes());
        let _ = Witnessed::open(&bytes, &witness_key(), &strict);
        let _ = read_conflict(&bytes);
        let _ = read_answer(&bytes, &signed(0, empty_root()), &witness_key(), &strict);
    }
}
