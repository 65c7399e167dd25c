//! Published vectors: hostile Ed25519 signatures, a signed note of the Go project.

use skill_ledger::keys::verify_strict;
use skill_ledger::tlog::note::{InvalidNote, Note, NoteKey};

#[test]
fn all_twelve_hostile_ed25519_signatures_are_refused() {
    let text = include_str!("../vectors/ed25519-speccheck/cases.json");
    let cases: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    assert_eq!(cases.len(), 12);
    for (number, case) in cases.iter().enumerate() {
        let field = |name: &str| hex::decode(case[name].as_str().unwrap()).unwrap();
        let key: [u8; 32] = field("pub_key").try_into().unwrap();
        let signature: [u8; 64] = field("signature").try_into().unwrap();
        assert!(
            !verify_strict(&key, &field("message"), &signature),
            "case {number} accepted"
        );
    }
}

#[test]
fn the_example_note_of_golang_org_x_mod_verifies() {
    let key: NoteKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        .parse()
        .unwrap();
    let text = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\
        \n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let note = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(note.verify(&key, &verify_strict), Ok(()));
    assert_eq!(note.to_string(), text);
    assert_eq!(
        key.to_string(),
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    );
    let changed = Note::parse(text.replace("answer", "Answer").as_bytes()).unwrap();
    assert_eq!(
        changed.verify(&key, &verify_strict),
        Err(InvalidNote::BadSignature)
    );
}
