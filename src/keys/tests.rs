use super::registration::{check_possession, prove_possession};
use super::*;
use crate::domain::ids::LedgerId;
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;
use zeroize::Zeroizing;

fn key(seed: u8, purpose: Purpose) -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([seed; 32]), purpose)
}
fn passphrase(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}
fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(20_261_122)
}

#[test]
fn the_self_test_passes() {
    assert!(self_test());
}

#[test]
fn a_key_signs_for_its_purpose_only() {
    for purpose in Purpose::ALL {
        let signer = key(1, purpose);
        for asked in Purpose::ALL {
            let signed = signer.sign(asked, b"bytes");
            if asked == purpose {
                let signature = signed.unwrap();
                signer.public_key().verify(b"bytes", &signature).unwrap();
            } else {
                assert_eq!(
                    signed,
                    Err(SignError::WrongPurpose {
                        key: purpose,
                        asked
                    })
                );
            }
        }
        assert_eq!(Purpose::from_name(purpose.name()), Some(purpose));
    }
}

#[test]
fn possession_is_bound_to_ledger_purpose_and_key() {
    let ledger = LedgerId(Uuid::from_u128(7));
    let signer = key(2, Purpose::Status);
    let proof = prove_possession(&signer, ledger).unwrap();
    let id = signer.key_id();
    assert!(check_possession(id, Purpose::Status, ledger, &proof).is_ok());
    assert!(check_possession(id, Purpose::Certificate, ledger, &proof).is_err());
    assert!(check_possession(id, Purpose::Status, LedgerId(Uuid::from_u128(8)), &proof).is_err());
    let other = key(3, Purpose::Status);
    assert!(check_possession(other.key_id(), Purpose::Status, ledger, &proof).is_err());
}

#[test]
fn ids_are_multikeys() {
    // The key pair of the W3C eddsa test vectors (vc-di-eddsa, TestVectors/keyPair.json).
    let text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    let id: KeyId = text.parse().unwrap();
    assert_eq!(id.as_str(), text);
    assert_eq!(id.public_key().id(), id);
    for bad in [
        "",
        "z",
        "z6Mk",
        "u6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        &text[1..],
    ] {
        assert_eq!(bad.parse::<KeyId>(), Err(InvalidKeyId::Malformed), "{bad}");
    }
    // A point of order 8 as a Multikey.
    let mut bytes = vec![0xed, 0x01];
    bytes.extend(
        hex::decode("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa").unwrap(),
    );
    let weak = format!("z{}", bs58::encode(bytes).into_string());
    assert_eq!(weak.parse::<KeyId>(), Err(InvalidKeyId::UnsafeKey));
}

#[test]
fn a_keyring_keeps_keys_and_secrets_over_a_reopen() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring.json");
    let mut rng = rng();
    let weak = KdfParams::WEAK_FOR_TESTS;
    let mut keyring = Keyring::create(&path, &passphrase("open sesame"), weak, &mut rng).unwrap();
    let log = keyring.add_signing_key(Purpose::Log, &mut rng).unwrap();
    let trust = keyring.add_signing_key(Purpose::Trust, &mut rng).unwrap();
    let index = keyring.secret(Secret::BlindIndex).unwrap();

    let again = Keyring::open(&path, &passphrase("open sesame")).unwrap();
    assert_eq!(
        again.keys().collect::<Vec<_>>(),
        [(&log, Purpose::Log), (&trust, Purpose::Trust)]
    );
    let signer = again.signer(&log, Purpose::Log).unwrap();
    let signature = signer.sign(Purpose::Log, b"head").unwrap();
    assert!(log.public_key().verify(b"head", &signature).is_ok());
    assert_eq!(again.secret(Secret::BlindIndex).unwrap(), index);
    assert_ne!(again.secret(Secret::Digest).unwrap(), index);

    assert!(matches!(
        again.signer(&log, Purpose::Certificate),
        Err(KeyringError::WrongPurpose { .. })
    ));
    assert!(matches!(
        again.signer(key(9, Purpose::Log).key_id(), Purpose::Log),
        Err(KeyringError::NoSuchKey(_))
    ));
    assert!(matches!(
        Keyring::open(&path, &passphrase("open  sesame")),
        Err(KeyringError::WrongPassphrase)
    ));
    assert!(matches!(
        Keyring::create(&path, &passphrase("x"), weak, &mut rng),
        Err(KeyringError::Exists(_))
    ));
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring.json");
    Keyring::create(
        &path,
        &passphrase("p"),
        KdfParams::WEAK_FOR_TESTS,
        &mut rng(),
    )
    .unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn entries_that_were_swapped_or_changed_do_not_open() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring.json");
    let mut rng = rng();
    let mut keyring =
        Keyring::create(&path, &passphrase("p"), KdfParams::WEAK_FOR_TESTS, &mut rng).unwrap();
    let a = keyring
        .add_signing_key(Purpose::Certificate, &mut rng)
        .unwrap();
    let b = keyring
        .add_signing_key(Purpose::Certificate, &mut rng)
        .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();

    let sealed = file["keys"][1]["sealed"].clone();
    file["keys"][0]["sealed"] = sealed;
    std::fs::write(&path, file.to_string()).unwrap();
    let swapped = Keyring::open(&path, &passphrase("p")).unwrap();
    assert!(matches!(
        swapped.signer(&a, Purpose::Certificate),
        Err(KeyringError::Damaged(_))
    ));
    assert!(swapped.signer(&b, Purpose::Certificate).is_ok());

    file["keys"][1]["purpose"] = "status".into();
    std::fs::write(&path, file.to_string()).unwrap();
    let relabelled = Keyring::open(&path, &passphrase("p")).unwrap();
    assert!(matches!(
        relabelled.signer(&b, Purpose::Status),
        Err(KeyringError::Damaged(_))
    ));

    file["kdf"]["cost"]["memory_kib"] = u32::MAX.into();
    std::fs::write(&path, file.to_string()).unwrap();
    assert!(matches!(
        Keyring::open(&path, &passphrase("p")),
        Err(KeyringError::Damaged(_))
    ));
    std::fs::write(&path, &text.as_bytes()[..text.len() / 2]).unwrap();
    assert!(matches!(
        Keyring::open(&path, &passphrase("p")),
        Err(KeyringError::Damaged(_))
    ));
}

#[test]
fn nothing_secret_is_printed() {
    let signer = key(5, Purpose::Log);
    let seed = hex::encode([5u8; 32]);
    assert!(!format!("{signer:?}").contains(&seed[..8]));
}

proptest! {
    #[test]
    fn signatures_hold_and_changed_ones_do_not(seed in any::<u8>(), message in any::<Vec<u8>>(), bit in 0usize..512) {
        let signer = key(seed, Purpose::Certificate);
        let mut signature = signer.sign(Purpose::Certificate, &message).unwrap();
        prop_assert!(signer.public_key().verify(&message, &signature).is_ok());
        prop_assert!(verify_strict(signer.public_key().as_bytes(), &message, &signature.0));
        signature.0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(signer.public_key().verify(&message, &signature).is_err());
    }

    #[test]
    fn key_ids_round_trip(seed in any::<[u8; 32]>()) {
        let signer = Ed25519Key::from_seed(&Zeroizing::new(seed), Purpose::Log);
        let id: KeyId = signer.key_id().as_str().parse().unwrap();
prop_assert_eq!(id.public_key(), signer.public_key());
    }
}
