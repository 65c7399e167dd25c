//! Published notes and proof files, and readers that nothing stops.

use crate::tlog::entry::PublicEntry;
use crate::tlog::leaf::Hash;
use crate::tlog::note::{InvalidNote, Note, NoteKey};
use crate::tlog::proof::{InvalidTlogProof, PROOF_BYTES_MAX, TlogProof};
use crate::tlog::tests::strict;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

#[test]
fn the_test_vector_of_signed_note_verifies() {
    // C2SP signed-note, as tested by github.com/florolf/tlog-scales.
    let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let text = "This is an example message.\n\n\u{2014} example.com/foo \
        Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let key: NoteKey = vkey.parse().unwrap();
    assert_eq!(key.to_string(), vkey);
    assert_eq!(
        hex::encode(key.public_key()),
        "e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4"
    );
    let note = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(note.verify(&key, &strict), Ok(()));
    assert_eq!(note.to_string(), text);
    let renamed = vkey.replace("foo", "fop");
    assert_eq!(renamed.parse::<NoteKey>(), Err(InvalidNote::BadKey));
}

/// The cases of `proof/tlog_proof_test.go` of github.com/transparency-dev/formats.
#[test]
fn the_proof_files_of_the_formats_project_are_read_and_written() {
    let hash = |text: &str| -> Hash { Sha256::digest(text).into() };
    let line = |hash: &Hash| {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(hash)
    };
    let (h1, h2) = (hash("hash1"), hash("hash2"));
    let (l1, l2) = (line(&h1), line(&h2));
    for (extra, index, hashes, checkpoint, text) in [
        (
            None,
            5,
            vec![h1, h2],
            "test checkpoint\n",
            format!("c2sp.org/tlog-proof@v1\nindex 5\n{l1}\n{l2}\n\ntest checkpoint\n"),
        ),
        (
            Some(b"extra information".to_vec()),
            10,
            vec![h1],
            "checkpoint data\n",
            format!(
                "c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n{l1}\n\ncheckpoint data\n"
            ),
        ),
        (
            None,
            0,
            vec![],
            "checkpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n".to_owned(),
        ),
    ] {
        let proof = TlogProof {
            extra,
            index,
            hashes,
            checkpoint: checkpoint.to_owned(),
        };
        assert_eq!(proof.to_string(), text);
        assert_eq!(TlogProof::parse(text.as_bytes()), Ok(proof));
    }
    for bad in [
        "wrong-header\nindex 0\n\ncheckpoint\n".to_owned(),
        "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n".to_owned(),
        "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n".to_owned(),
        "c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n".to_owned(),
        "c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n".to_owned(),
        "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n".to_owned(),
        format!("c2sp.org/tlog-proof@v1\nindex 0\n{l1}{l1}\n\ncheckpoint\n"),
        format!(
            "c2sp.org/tlog-proof@v1\nindex 0\n{}\n",
            "a".repeat(65 * 1024)
        ),
    ] {
        assert_eq!(
            TlogProof::parse(bad.as_bytes()),
            Err(InvalidTlogProof::Malformed),
            "{bad:.60}"
        );
    }
    let large = vec![b'a'; PROOF_BYTES_MAX + 1];
    assert_eq!(TlogProof::parse(&large), Err(InvalidTlogProof::TooLarge));
    let long = format!(
        "c2sp.org/tlog-proof@v1\nindex 0\n{}\nx\n",
        format!("{l1}\n").repeat(64)
    );
    assert_eq!(
        TlogProof::parse(long.as_bytes()),
        Err(InvalidTlogProof::TooLarge)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_stop_the_readers(bytes in prop::collection::vec(any::<u8>(), 0..200), text in any::<String>()) {
        let _ = TlogProof::parse(&bytes);
        let _ = TlogProof::parse(format!("c2sp.org/tlog-proof@v1\n{text}").as_bytes());
        let _ = TlogProof::parse(format!("c2sp.org/tlog-proof@v1\nindex 0\n{text}\n\n{text}").as_bytes());
        let _ = PublicEntry::parse(&bytes);
        let _ = PublicEntry::parse(text.as_bytes());
    }

    #[test]
    fn proof_files_round_trip(
        extra in prop::option::of(prop::collection::vec(any::<u8>(), 1..50)),
        index in any::<u64>(),
        hashes in prop::collection::vec(any::<[u8; 32]>(), 0..=63),
    ) {
        let checkpoint = "a\n1\n\n\u{2014} a AAAAAQID\n".to_owned();
        let proof = TlogProof { extra, index, hashes, checkpoint };
        prop_assert_eq!(TlogProof::parse(proof.to_string().as_bytes()), Ok(proof));
    }
}
