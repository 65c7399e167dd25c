use super::*;
use crate::domain::identity::{DocumentType, IdentityDocument, Sex};
use jiff::civil::date;
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

fn vault(seed: u8) -> Vault {
    let secret = |n: u8| Zeroizing::new([seed.wrapping_mul(3).wrapping_add(n); 32]);
    Vault::new(VaultKeys {
        key_encryption: secret(0),
        blind_index: secret(1),
        digest: secret(2),
    })
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(1)
}

fn subject(n: u128) -> SubjectId {
    SubjectId(Uuid::from_u128(n))
}

/// The example number of GB 11643.
const NUMBER: &str = "11010519491231002X";

fn identity() -> Identity {
    let kind = DocumentType::ResidentIdentityCard;
    let document = IdentityDocument::parse(kind, NUMBER, date(2026, 1, 1)).unwrap();
    Identity {
        name: "欧阳小明".to_owned(),
        sex: Some(Sex::Female),
        birth: document.birth(),
        document,
    }
}

#[test]
fn what_is_sealed_opens_with_the_wrapped_key() {
    let (vault, mut rng) = (vault(1), rng());
    let (new, key) = vault
        .new_subject(subject(1), Some("citizen:1"), &mut rng)
        .unwrap();
    let row = key.seal(&identity(), 1, &mut rng).unwrap();
    let mut contact = Contact::default();
    contact.phone = Some("13800138000".to_owned());
    let contact_row = key.seal(&contact, 3, &mut rng).unwrap();
    drop(key);
    let key = vault.data_key(subject(1), &new.wrapped_key).unwrap();
    assert_eq!(key.open::<Identity>(&row).unwrap(), identity());
    assert_eq!(key.open::<Contact>(&contact_row).unwrap(), contact);
    assert_eq!(
        (contact_row.field.as_str(), contact_row.version),
        ("contact", 3)
    );
    assert_eq!(key.open::<Contact>(&row), Err(VaultError::Shape("contact")));
    assert_eq!(new.blind_index, Some(vault.blind_index("citizen:1")));
}

#[test]
fn a_row_opens_in_its_own_place_only() {
    let (vault, mut rng) = (vault(1), rng());
    let (_, key) = vault.new_subject(subject(1), None, &mut rng).unwrap();
    let (_, other) = vault.new_subject(subject(2), None, &mut rng).unwrap();
    let row = key
        .seal_bytes("credential:a", 1, b"bytes", &mut rng)
        .unwrap();
    assert_eq!(key.open_bytes(&row).unwrap().as_slice(), b"bytes");
    let closed = |row: &SealedRow| assert!(key.open_bytes(row).is_err(), "{row:?}");
    closed(&SealedRow {
        version: 2,
        ..row.clone()
    });
    closed(&SealedRow {
        field: "credential:b".into(),
        ..row.clone()
    });
    closed(&SealedRow {
        subject: subject(2),
        ..row.clone()
    });
    closed(&SealedRow {
        ciphertext: Vec::new(),
        ..row.clone()
    });
    assert!(other.open_bytes(&row).is_err());
    let moved = SealedRow {
        subject: subject(2),
        ..row
    };
    assert!(other.open_bytes(&moved).is_err());
}

#[test]
fn a_key_opens_for_its_person_and_its_vault_only() {
    let mut rng = rng();
    let (new, _) = vault(1).new_subject(subject(1), None, &mut rng).unwrap();
    let refused = Err(VaultError::Key(subject(2)));
    assert_eq!(
        vault(1).data_key(subject(2), &new.wrapped_key).map(|_| ()),
        refused
    );
    let refused = Err(VaultError::Key(subject(1)));
    assert_eq!(
        vault(2).data_key(subject(1), &new.wrapped_key).map(|_| ()),
        refused
    );
    for length in 0..new.wrapped_key.len() {
        let short = &new.wrapped_key[..length];
        assert_eq!(vault(1).data_key(subject(1), short).map(|_| ()), refused);
    }
    let mut other = new.wrapped_key.clone();
    for at in 0..other.len() {
        other[at] ^= 1;
        assert_eq!(vault(1).data_key(subject(1), &other).map(|_| ()), refused);
        other[at] ^= 1;
    }
}

#[test]
fn digests_differ_by_key_and_by_kind() {
    let digests = [
        vault(1).blind_index("citizen:1"),
        vault(1).blind_index("citizen:2"),
        vault(2).blind_index("citizen:1"),
        vault(1).keyed_digest(b"citizen:1"),
        vault(2).keyed_digest(b"citizen:1"),
        *blake3::hash(b"citizen:1").as_bytes(),
    ];
    let different: std::collections::BTreeSet<_> = digests.iter().collect();
    assert_eq!(different.len(), digests.len());
}

#[test]
fn nothing_personal_shows_in_rows_errors_or_debug() {
    let (vault, mut rng) = (vault(1), rng());
    let (new, key) = vault
        .new_subject(subject(1), Some(NUMBER), &mut rng)
        .unwrap();
    let row = key.seal(&identity(), 1, &mut rng).unwrap();
    let mut seen = row.ciphertext.clone();
    seen.extend(&new.wrapped_key);
    seen.extend(new.blind_index.unwrap());
    let broken = SealedRow {
        version: 9,
        ..row.clone()
    };
    let error = key.open::<Identity>(&broken).unwrap_err();
    let text = format!(
        "{:?} {:?} {key:?} {vault:?} {new:?} {row:?} {error} {error:?}",
        identity(),
        Contact::default()
    );
    seen.extend(text.into_bytes());
    for canary in ["欧阳小明", NUMBER, "19491231"] {
        assert!(
            !seen.windows(canary.len()).any(|w| w == canary.as_bytes()),
            "{canary}"
        );
    }
}

#[test]
fn every_error_has_its_words() {
    for error in [
        VaultError::Key(subject(1)),
        VaultError::Row {
            subject: subject(1),
            field: "identity".into(),
            version: 1,
        },
        VaultError::Shape("identity"),
        VaultError::TooLong,
        VaultError::Seal,
    ] {
        let words = error.words();
        assert_ne!(words.zh, words.en, "{error}");
        assert!(!words.en.contains('$'), "{words:?}");
    }
}

#[test]
fn a_length_says_little() {
    let (vault, mut rng) = (vault(1), rng());
    let (_, key) = vault.new_subject(subject(1), None, &mut rng).unwrap();
    let mut lengths = std::collections::BTreeSet::new();
    for name in ["王五", "李小二", "买买提·艾则孜"] {
        let name = name.to_owned();
        let row = key.seal(&Staff { name, card: None }, 1, &mut rng).unwrap();
        lengths.insert(row.ciphertext.len());
    }
    assert_eq!(lengths.len(), 1);
    let long = vec![0; CONTENT_BYTES_MAX + PADDING + 1];
    assert_eq!(
        key.seal_bytes("x", 1, &long, &mut rng),
        Err(VaultError::TooLong)
    );
}

proptest! {
    /// Any bit of any column turned: the row does not open.
    #[test]
    fn a_changed_row_does_not_open(bytes in proptest::collection::vec(any::<u8>(), 0..80), at in any::<usize>(), bit in 0u8..8) {
        let (vault, mut rng) = (vault(1), rng());
        let (_, key) = vault.new_subject(subject(1), None, &mut rng).unwrap();
        let row = key.seal_bytes("credential:a", 7, &bytes, &mut rng).unwrap();
        let opened = key.open_bytes(&row).unwrap();
        prop_assert_eq!(opened.as_slice(), bytes.as_slice());
        let mut changed = row.clone();
        let length = changed.ciphertext.len();
        changed.ciphertext[at % length] ^= 1 << bit;
        prop_assert!(key.open_bytes(&changed).is_err());
        prop_assert_ne!(changed.digest(), row.digest());
        let mut changed = row.clone();
        changed.nonce[at % NONCE] ^= 1 << bit;
        prop_assert!(key.open_bytes(&changed).is_err());
        prop_assert_ne!(changed.digest(), row.digest());
    }
}
