//! Published vectors of what everything here rests on: Ed25519 signatures, good and hostile, canonical
//! JSON, a signed note of the Go project. Those of a coat or list stand beside its reader; all are
//! counted in docs/conformance-vectors.md.

use serde_json::{Number, Value};
use skill_ledger::credential::signed::canonical;
use skill_ledger::keys::{Ed25519Key, PublicKey, Purpose, Signature, Signer, verify_strict};
use skill_ledger::tlog::note::{InvalidNote, Note, NoteKey};
use zeroize::Zeroizing;

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

fn bytes(of: &Value, name: &str) -> Vec<u8> {
    hex::decode(of[name].as_str().unwrap()).unwrap()
}

#[test]
fn the_five_signatures_of_rfc_8032_are_made_and_accepted_and_no_bit_of_them_is_free() {
    let text = include_str!("../vectors/rfc8032/ed25519.json");
    let vectors: Vec<Value> = serde_json::from_str(text).unwrap();
    assert_eq!(vectors.len(), 5);
    for vector in &vectors {
        let name = &vector["name"];
        let seed: [u8; 32] = bytes(vector, "secret_key").try_into().unwrap();
        let key: [u8; 32] = bytes(vector, "public_key").try_into().unwrap();
        let signature: [u8; 64] = bytes(vector, "signature").try_into().unwrap();
        let message = bytes(vector, "message");
        let ours = Ed25519Key::from_seed(&Zeroizing::new(seed), Purpose::Certificate);
        assert_eq!(ours.public_key().as_bytes(), &key, "{name}");
        let made = ours.sign(Purpose::Certificate, &message).unwrap();
        assert_eq!(made.0, signature, "{name}");
        assert!(verify_strict(&key, &message, &signature), "{name}");
        for bit in 0..512 {
            let mut other = signature;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(!verify_strict(&key, &message, &other), "{name}, bit {bit}");
        }
    }
}

#[test]
fn wycheproof_and_the_ledger_agree_on_every_ed25519_signature() {
    let text = include_str!("../vectors/wycheproof/ed25519_test.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for group in file["testGroups"].as_array().unwrap() {
        let key = bytes(&group["publicKey"], "pk");
        let key = PublicKey::from_bytes(&key.try_into().unwrap());
        for test in group["tests"].as_array().unwrap() {
            // Sixty-four bytes are all that a signature can be here.
            let signature = bytes(test, "sig").try_into().ok().map(Signature);
            let holds = match (&key, signature) {
                (Some(key), Some(signature)) => key.verify(&bytes(test, "msg"), &signature).is_ok(),
                _ => false,
            };
            assert_eq!(holds, test["result"] == "valid", "{}", test["tcId"]);
            *(if holds { &mut accepted } else { &mut refused }) += 1;
        }
    }
    assert_eq!((accepted, refused), (88, 63));
}

#[test]
fn json_is_canonical_as_rfc_8785_has_it() {
    let text = include_str!("../vectors/rfc8785/vectors.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let documents = file["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 8);
    for document in documents {
        let input: Value = serde_json::from_str(document["input"].as_str().unwrap()).unwrap();
        let output = String::from_utf8(canonical(&input).unwrap()).unwrap();
        assert_eq!(output, document["output"], "{}", document["name"]);
    }
    let numbers = file["numbers"].as_array().unwrap();
    assert_eq!(numbers.len(), 24);
    for number in numbers {
        let bits = u64::from_str_radix(number["bits"].as_str().unwrap(), 16).unwrap();
        let value = Number::from_f64(f64::from_bits(bits)).unwrap();
        let output = String::from_utf8(canonical(&Value::Number(value)).unwrap()).unwrap();
        assert_eq!(output, number["text"], "{}", number["bits"]);
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
