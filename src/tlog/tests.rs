use super::checkpoint::Checkpoint;
use super::entry::{Commitment, PublicEntry};
use super::leaf::{Hash, empty_root, leaf_hash, node_hash};
use super::merkle::*;
use super::note::{InvalidNote, Note, NoteKey};
use super::proof::{InvalidTlogProof, TlogProof};
use proptest::prelude::*;
use std::collections::BTreeMap;

mod bundle;
mod cosignature;
mod log_keys;
mod policy;
mod policy_model;
mod proof;
mod tile_path;
mod tree;
mod witness;
mod witness_model;

/// An Ed25519 key pair from a seed of one repeated byte, for the tests that need real signatures.
pub(super) struct Pair(ed25519_dalek::SigningKey);

impl Pair {
    pub fn new(seed: u8) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(&[seed; 32]))
    }
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], ()> {
        use ed25519_dalek::Signer;
        Ok(self.0.sign(message).to_bytes())
    }
}

/// Strict verification, as in keys/.
pub(super) fn strict(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(signature);
    ed25519_dalek::VerifyingKey::from_bytes(key)
        .is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

/// The eight leaves and roots of the Certificate Transparency reference tests.
const CT_LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const CT_ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

pub(super) fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

pub(super) fn tree(leaves: &[Hash]) -> Tiles {
    let mut tiles = Tiles::new();
    append(&mut tiles, 0, leaves).unwrap();
    tiles
}

/// RFC 6962 section 2.1 as it is written: the oracle.
fn plain_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&plain_root(&leaves[..k]), &plain_root(&leaves[k..]))
        }
    }
}

/// RFC 6962 section 2.1.1 as it is written.
fn plain_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut path, other) = if index < k {
        (plain_path(index, &leaves[..k]), &leaves[k..])
    } else {
        (plain_path(index - k, &leaves[k..]), &leaves[..k])
    };
    path.push(plain_root(other));
    path
}

#[test]
fn certificate_transparency_roots_hold() {
    let leaves: Vec<Hash> = CT_LEAVES
        .iter()
        .map(|l| leaf_hash(&hex::decode(l).unwrap()))
        .collect();
    for (n, expected) in CT_ROOTS.iter().enumerate() {
        let tiles = tree(&leaves[..=n]);
        assert_eq!(hex::encode(root(&tiles, n as u64 + 1).unwrap()), *expected);
    }
    assert_eq!(
        hex::encode(empty_root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn certificate_transparency_inclusion_path_holds() {
    // Path of leaf 5 in the tree of 8, from the same reference tests.
    let leaves: Vec<Hash> = CT_LEAVES
        .iter()
        .map(|l| leaf_hash(&hex::decode(l).unwrap()))
        .collect();
    let path = inclusion_proof(&tree(&leaves), 5, 8).unwrap();
    assert_eq!(
        path.iter().map(hex::encode).collect::<Vec<_>>(),
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
}

#[test]
fn a_tree_of_256_has_one_full_tile_and_its_root_above() {
    let mut tiles = Tiles::new();
    let touched = append(&mut tiles, 0, &leaves(256)).unwrap();
    let id = |level, width| TileId {
        level,
        index: 0,
        width,
    };
    assert_eq!(touched, [id(0, 256), id(1, 1)]);
    assert_eq!(append_needs(256), [id(1, 1)]);
    assert_eq!(tile_in(0, 1, 256), None);
}

#[test]
fn large_trees_read_few_tiles() {
    let size = 70_000;
    let all = tree(&leaves(size));
    assert_eq!(root(&all, size).unwrap(), plain_root(&leaves(size)));
    for index in [0, 255, 256, 65_535, 65_536, 69_999] {
        let needs = inclusion_needs(index, size);
        assert!(needs.len() <= 6, "{needs:?}");
        let mut some = Tiles::new();
        for id in needs {
            let hashes = all.hashes(id.level, id.index).unwrap();
            some.insert(id.level, id.index, &hashes[..id.width as usize])
                .unwrap();
        }
        let path = inclusion_proof(&some, index, size).unwrap();
        verify_inclusion(
            &leaf_hash(&index.to_be_bytes()),
            index,
            size,
            &path,
            &root(&all, size).unwrap(),
        )
        .unwrap();
    }
}

#[test]
fn a_missing_tile_is_named() {
    let mut tiles = Tiles::new();
    let missing = TileId {
        level: 0,
        index: 0,
        width: 3,
    };
    assert_eq!(root(&tiles, 3), Err(TreeError::MissingTile(missing)));
    assert_eq!(
        append(&mut tiles, 3, &leaves(1)),
        Err(TreeError::MissingTile(missing))
    );
    assert_eq!(inclusion_proof(&tiles, 3, 3), Err(TreeError::OutOfRange));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn roots_and_proofs_are_those_of_the_rfc(size in 1u64..=600, at in any::<prop::sample::Index>(), step in 1usize..300) {
        let leaves = leaves(size);
        let mut tiles = Tiles::new();
        let mut grown = 0;
        for part in leaves.chunks(step) {
            append(&mut tiles, grown, part).unwrap();
            grown += part.len() as u64;
            tiles.keep_right_edge(grown);
        }
        prop_assert_eq!(root(&tiles, size).unwrap(), plain_root(&leaves));
        let tiles = tree(&leaves);
        let index = at.index(size as usize);
        let path = inclusion_proof(&tiles, index as u64, size).unwrap();
        prop_assert_eq!(&path, &plain_path(index, &leaves));
        let top = root(&tiles, size).unwrap();
        verify_inclusion(&leaves[index], index as u64, size, &path, &top).unwrap();
    }

    #[test]
    fn a_changed_inclusion_proof_is_refused(size in 2u64..=600, at in any::<prop::sample::Index>(), hit in any::<prop::sample::Index>(), bit in 0usize..256) {
        let leaves = leaves(size);
        let tiles = tree(&leaves);
        let index = at.index(size as usize);
        let mut path = inclusion_proof(&tiles, index as u64, size).unwrap();
        let top = root(&tiles, size).unwrap();
        let other = (index + 1) % size as usize;
        prop_assert!(verify_inclusion(&leaves[other], index as u64, size, &path, &top).is_err());
        prop_assert!(verify_inclusion(&leaves[index], other as u64, size, &path, &top).is_err());
        let mut longer = path.clone();
        longer.push(top);
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size, &longer, &top).is_err());
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size, &path[1..], &top).is_err());
        let hit = hit.index(path.len());
        path[hit][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size, &path, &top).is_err());
    }

    #[test]
    fn consistency_proofs_hold_and_no_other(size in 1u64..=600, at in any::<prop::sample::Index>(), bit in 0usize..256) {
        let leaves = leaves(size);
        let tiles = tree(&leaves);
        let old = at.index(size as usize + 1) as u64;
        let (old_root, new_root) = (root(&tiles, old), root(&tiles, size).unwrap());
        // Wider tiles of a later size answer for an older one.
        let old_root = old_root.unwrap();
        prop_assert_eq!(old_root, plain_root(&leaves[..old as usize]));
        let proof = consistency_proof(&tiles, old, size).unwrap();
        verify_consistency(old, &old_root, size, &new_root, &proof).unwrap();
        let mut forged = old_root;
        forged[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_consistency(old, &forged, size, &new_root, &proof).is_err());
        prop_assert!(verify_consistency(size, &new_root, old, &old_root, &proof).is_err() || old == size);
        let mut longer = proof.clone();
        longer.push(new_root);
        prop_assert!(verify_consistency(old, &old_root, size, &new_root, &longer).is_err());
    }

    #[test]
    fn entries_have_one_form(at in any::<i64>(), digest in any::<[u8; 32]>(), credential in any::<[u8; 32]>()) {
        let entry = PublicEntry {
            event_type: "certificate.issued".into(),
            at,
            digest,
            commitment: Commitment::Credential { digest: credential, key: "z6MkA".into(), coats: BTreeMap::new() },
        };
        let bytes = entry.to_bytes().unwrap();
        prop_assert_eq!(PublicEntry::parse(&bytes).unwrap(), entry);
        let spaced = String::from_utf8(bytes).unwrap().replace(",\"at\"", ", \"at\"");
        prop_assert!(PublicEntry::parse(spaced.as_bytes()).is_err());
    }
}

#[test]
fn entry_bytes_are_frozen() {
    let entry = |event_type: &str, commitment| PublicEntry {
        event_type: event_type.into(),
        at: 1_783_906_200_000_000,
        digest: [0xab; 32],
        commitment,
    };
    let ab = "ab".repeat(32);
    let cd = "cd".repeat(32);
    assert_eq!(
        String::from_utf8(
            entry("session.opened", Commitment::None)
                .to_bytes()
                .unwrap()
        )
        .unwrap(),
        format!(r#"{{"v":1,"type":"session.opened","at":1783906200000000,"digest":"{ab}"}}"#)
    );
    let issued = Commitment::Credential {
        digest: [0xcd; 32],
        key: "z6Mk".into(),
        coats: BTreeMap::new(),
    };
    assert_eq!(
        String::from_utf8(
            entry("certificate.issued", issued.clone())
                .to_bytes()
                .unwrap()
        )
        .unwrap(),
        format!(
            r#"{{"v":1,"type":"certificate.issued","at":1783906200000000,"digest":"{ab}","credential":"{cd}","key":"z6Mk"}}"#
        )
    );
    let coated = Commitment::Credential {
        digest: [0xcd; 32],
        key: "z6Mk".into(),
        coats: [("sd-jwt-vc", [0xef; 32]), ("qr", [0xab; 32])]
            .map(|(name, digest)| (name.to_owned(), digest))
            .into(),
    };
    let ef = "ef".repeat(32);
    let bytes = entry("certificate.issued", coated).to_bytes().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        format!(
            r#"{{"v":2,"type":"certificate.issued","at":1783906200000000,"digest":"{ab}","credential":"{cd}","key":"z6Mk","coats":{{"qr":"{ab}","sd-jwt-vc":"{ef}"}}}}"#
        )
    );
    PublicEntry::parse(text.as_bytes()).unwrap();
    let swapped = format!(r#""coats":{{"sd-jwt-vc":"{ef}","qr":"{ab}"}}"#);
    let in_order = format!(r#""coats":{{"qr":"{ab}","sd-jwt-vc":"{ef}"}}"#);
    for other in [
        text.replace("\"v\":2", "\"v\":1"),
        text.replace(&in_order, &swapped),
        text.replace(&in_order, "\"coats\":{}"),
        text.replace(&format!(",{in_order}"), ""),
        text.replace("\"qr\"", "\"QR\""),
        text.replace("\"qr\"", "\"qr-\""),
        text.replace(&ef, &ef.to_uppercase()),
    ] {
        assert_ne!(other, text);
        assert!(PublicEntry::parse(other.as_bytes()).is_err(), "{other}");
    }
    let listed = entry("authority.list_published", Commitment::Document([0xcd; 32]));
    assert_eq!(
        String::from_utf8(listed.to_bytes().unwrap()).unwrap(),
        format!(
            r#"{{"v":1,"type":"authority.list_published","at":1783906200000000,"digest":"{ab}","document":"{cd}"}}"#
        )
    );
    assert!(
        entry("certificate.issued", Commitment::None)
            .to_bytes()
            .is_err()
    );
    assert!(entry("session.opened", issued).to_bytes().is_err());
    assert!(
        entry("Session.opened", Commitment::None)
            .to_bytes()
            .is_err()
    );
}

/// A stand-in for a signature scheme: these tests are about the text around it.
pub(super) fn seal(message: &[u8]) -> [u8; 64] {
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&leaf_hash(message));
    signature
}
pub(super) fn check(_: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    *signature == seal(message)
}
pub(super) fn log() -> NoteKey {
    NoteKey::new("ledger.example/log", [7; 32]).unwrap()
}
fn sealed(checkpoint: &Checkpoint) -> Note {
    let seal = |m: &[u8]| Ok::<_, ()>(seal(m));
    checkpoint.sign(&log(), seal).unwrap().unwrap()
}

#[test]
fn a_proof_file_round_trips_and_a_changed_one_is_refused() {
    let entries: Vec<Vec<u8>> = (0u8..40).map(|n| vec![b'{', n, b'}']).collect();
    let leaves: Vec<Hash> = entries.iter().map(|e| leaf_hash(e)).collect();
    let tiles = tree(&leaves);
    let head = Checkpoint {
        origin: log().name().into(),
        size: 40,
        root: root(&tiles, 40).unwrap(),
        extensions: Vec::new(),
    };
    let proof = TlogProof {
        extra: Some(entries[17].clone()),
        index: 17,
        hashes: inclusion_proof(&tiles, 17, 40).unwrap(),
        checkpoint: sealed(&head).to_string(),
    };
    let text = proof.to_string();
    let read = TlogProof::parse(text.as_bytes()).unwrap();
    assert_eq!(read, proof);
    assert_eq!(read.verify(&entries[17], &log(), &check), Ok(head));
    assert_eq!(
        read.verify(&entries[18], &log(), &check),
        Err(InvalidTlogProof::NotIncluded)
    );
    let other = NoteKey::new("other.example/log", [7; 32]).unwrap();
    assert_eq!(
        read.verify(&entries[17], &other, &check),
        Err(InvalidTlogProof::Checkpoint(InvalidNote::NoSignature))
    );
    for (from, to) in [
        ("index 17", "index 017"),
        ("index 17", "index +17"),
        ("@v1", "@v2"),
        ("extra ", "extras "),
        ("\n\n", "\n"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert!(
            TlogProof::parse(changed.as_bytes())
                .and_then(|p| p.verify(&entries[17], &log(), &check).map(drop))
                .is_err(),
            "{from} -> {to}"
        );
    }
    let renumbered = text.replacen("index 17", "index 16", 1);
    let renumbered = TlogProof::parse(renumbered.as_bytes()).unwrap();
    assert!(renumbered.verify(&entries[17], &log(), &check).is_err());
    let regrown = text.replacen("\n40\n", "\n41\n", 1);
    let regrown = TlogProof::parse(regrown.as_bytes()).unwrap();
    assert_eq!(
        regrown.verify(&entries[17], &log(), &check),
        Err(InvalidTlogProof::Checkpoint(InvalidNote::BadSignature))
    );
}

#[test]
fn notes_keep_strangers_signatures_and_ignore_them() {
    let head = Checkpoint {
        origin: log().name().into(),
        size: 0,
        root: empty_root(),
        extensions: vec!["a line of another's".into()],
    };
    let text = format!("{}\u{2014} witness.example AAAAAQID\n", sealed(&head));
    let note = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(note.signatures().len(), 2);
    assert_eq!(note.to_string(), text);
    assert_eq!(note.verify(&log(), &check), Ok(()));
    assert_eq!(
        Checkpoint::open(text.as_bytes(), &log(), &check).unwrap(),
        head
    );
    assert!(Note::parse(text.replace('\u{2014}', "-").as_bytes()).is_err());
    assert!(Note::parse(text.trim_end().as_bytes()).is_err());
    assert!(Note::parse(text.replace("AAAA", "AA\u{7}A").as_bytes()).is_err());
}
