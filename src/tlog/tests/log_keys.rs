use super::super::log_keys::*;
use super::super::note::{InvalidNote, Note, NoteKey};
use super::{Checkpoint, Pair, strict};
use proptest::prelude::*;

const ORIGIN: &str = "ledger.example/log";

fn vkey(pair: &Pair) -> NoteKey {
    NoteKey::new(ORIGIN, pair.public()).unwrap()
}

fn life(seed: u8, from: u64, to: Option<u64>, compromised: Option<u64>) -> LogKey {
    LogKey {
        vkey: vkey(&Pair::new(seed)),
        from_position: from,
        to_position: to,
        compromised_from_position: compromised,
    }
}

fn head(size: u64) -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.into(),
        size,
        root: [7; 32],
        extensions: Vec::new(),
    }
}

/// Signs with the pair that has this key, of the first ten.
fn sign(key: &NoteKey, bytes: &[u8]) -> Result<[u8; 64], ()> {
    let pair = (0..10).map(Pair::new).find(|pair| vkey(pair) == *key);
    pair.ok_or(())?.sign(bytes)
}

fn signed_by(head: &Checkpoint, seeds: &[u8]) -> String {
    let notes = seeds.iter().map(|seed| {
        let pair = Pair::new(*seed);
        head.sign(&vkey(&pair), |m| pair.sign(m)).unwrap().unwrap()
    });
    let note: Note = notes
        .reduce(|mut note, more| {
            note.add(more.signatures()[0].clone()).unwrap();
            note
        })
        .unwrap();
    note.to_string()
}

#[test]
fn a_head_is_signed_by_every_key_in_use_at_its_size() {
    let keys = LogKeys::new(
        ORIGIN,
        vec![life(1, 3, Some(20), None), life(2, 10, None, None)],
    )
    .unwrap();
    for (size, signers) in [
        (2, vec![]),
        (3, vec![1]),
        (9, vec![1]),
        (10, vec![1, 2]),
        (19, vec![1, 2]),
        (20, vec![2]),
        (1_000, vec![2]),
    ] {
        let in_use: Vec<_> = keys.signing(size).cloned().collect();
        let due: Vec<_> = signers.iter().map(|seed| vkey(&Pair::new(*seed))).collect();
        assert_eq!(in_use, due, "{size}");
        let signed = keys.sign(&head(size), sign);
        if signers.is_empty() {
            assert_eq!(signed, Err(InvalidNote::NoSignature));
            continue;
        }
        let note = signed.unwrap().unwrap().to_string();
        assert_eq!(note, signed_by(&head(size), &signers));
        assert_eq!(keys.open(note.as_bytes(), &strict), Ok(head(size)));
        // With a line taken away, or by another key of the log, it is not the log's own head.
        for other in [vec![1], vec![2], vec![3], vec![1, 3], vec![2, 3]] {
            let note = signed_by(&head(size), &other);
            let enough = signers.iter().all(|seed| other.contains(seed));
            let opened = keys.open(note.as_bytes(), &strict);
            assert_eq!(opened.is_ok(), enough, "{size} {other:?}");
        }
    }
    assert_eq!(keys.newest(), Some(&vkey(&Pair::new(2))));
    let elsewhere = Checkpoint {
        origin: "other.example/log".into(),
        ..head(12)
    };
    let pair = Pair::new(1);
    let key = NoteKey::new("other.example/log", pair.public()).unwrap();
    let note = elsewhere.sign(&key, |m| pair.sign(m)).unwrap().unwrap();
    let opened = keys.open(note.to_string().as_bytes(), &strict);
    assert_eq!(opened, Err(InvalidNote::NoSignature));
    assert!(LogKeys::new("other.example/log", vec![life(1, 1, None, None)]).is_err());
}

#[test]
fn a_key_hands_over_only_by_a_note_that_both_have_signed() {
    let [one, two, three] = [1, 2, 3].map(|seed| vkey(&Pair::new(seed)));
    let note = hand_over(&one, &two, sign).unwrap().unwrap();
    assert_eq!(
        note.text(),
        format!("skill-ledger/v1/log-key-succession\n{ORIGIN}\n{one}\n{two}\n")
    );
    assert!(Checkpoint::parse(note.text()).is_err());
    let bytes = note.to_string().into_bytes();
    let known = |keys: &[&NoteKey]| {
        let keys: Vec<NoteKey> = keys.iter().copied().cloned().collect();
        successor(&bytes, &keys, &strict)
    };
    assert_eq!(known(&[&one]), Ok(two.clone()));
    assert_eq!(known(&[&three, &one]), Ok(two.clone()));
    assert_eq!(known(&[&two, &three]), Err(InvalidNote::NoSignature));
    // One of the two signatures is not enough.
    for by in [&one, &two] {
        let half = note.with_signatures(|line| line.is_of(by)).to_string();
        let answer = successor(half.as_bytes(), std::slice::from_ref(&one), &strict);
        assert_eq!(answer, Err(InvalidNote::NoSignature));
    }
    // A witness's key takes over from nobody.
    let witness = NoteKey::witness(ORIGIN, Pair::new(2).public()).unwrap();
    assert!(hand_over(&one, &witness, sign).is_err());
    let text = succession_text(&one, &witness);
    let pair = Pair::new(1);
    let forged = Note::sign(&text, &one, |m| pair.sign(m)).unwrap().unwrap();
    let answer = successor(
        forged.to_string().as_bytes(),
        std::slice::from_ref(&one),
        &strict,
    );
    assert_eq!(answer, Err(InvalidNote::WrongKeyType));
    // Nor does the key of a log of another name.
    let other = NoteKey::new("other.example/log", Pair::new(2).public()).unwrap();
    let text = succession_text(&one, &other);
    let mut forged = Note::sign(&text, &one, |m| pair.sign(m)).unwrap().unwrap();
    let second = Pair::new(2);
    let line = Note::sign(&text, &other, |m| second.sign(m))
        .unwrap()
        .unwrap();
    forged.add(line.signatures()[0].clone()).unwrap();
    let answer = successor(forged.to_string().as_bytes(), &[one], &strict);
    assert_eq!(answer, Err(InvalidNote::BadKey));
}

proptest! {
    /// A key counts for a head exactly while it signs and before it is void, said otherwise here.
    #[test]
    fn a_key_counts_within_its_life(
        from in 1u64..30, to in prop::option::of(1u64..40), void in prop::option::of(1u64..40), size in 0u64..50
    ) {
        let key = life(1, from, to, void);
        let end = to.unwrap_or(u64::MAX);
        prop_assert_eq!(key.signs(size), (from..end).contains(&size));
        let end = end.min(void.unwrap_or(u64::MAX));
        prop_assert_eq!(key.counts(size), (from..end).contains(&size));
    }

    /// No changed bit of a note of succession is believed.
    #[test]
    fn a_changed_note_of_succession_is_refused(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let [one, two] = [1, 2].map(|seed| vkey(&Pair::new(seed)));
        let mut bytes = hand_over(&one, &two, sign).unwrap().unwrap().to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(successor(&bytes, &[one], &strict).is_err());
    }
}
