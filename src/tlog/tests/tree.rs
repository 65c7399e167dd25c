//! Every proof of every tree verifies, and no single bit of leaf, proof or head may change:
//! all of it to 70 leaves, samples to 5,000.
//!
//! A root commits to its size only through the shape of the tree, so a proof may hold for a
//! neighbouring size too; the size is bound by the signature. Hence the changes of heads are made
//! twice: in the bare roots, and bit by bit in whole signed files.

use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::leaf::{Hash, leaf_hash};
use crate::tlog::merkle::*;
use crate::tlog::note::NoteKey;
use crate::tlog::proof::TlogProof;
use crate::tlog::tests::{Pair, leaves, strict, tree};
use proptest::prelude::*;

/// One proof with all that it is checked against; `holds` checks it again after a change.
enum Proven {
    Inclusion {
        leaf: Hash,
        index: u64,
        size: u64,
        path: Vec<Hash>,
        root: Hash,
    },
    Consistency {
        old: u64,
        old_root: Hash,
        size: u64,
        root: Hash,
        path: Vec<Hash>,
    },
}

impl Proven {
    fn inclusion(tiles: &Tiles, leaves: &[Hash], index: u64, size: u64) -> Self {
        Self::Inclusion {
            leaf: leaves[usize::try_from(index).unwrap()],
            index,
            size,
            path: inclusion_proof(tiles, index, size).unwrap(),
            root: root(tiles, size).unwrap(),
        }
    }
    fn consistency(tiles: &Tiles, old: u64, size: u64) -> Self {
        Self::Consistency {
            old,
            old_root: root(tiles, old).unwrap(),
            size,
            root: root(tiles, size).unwrap(),
            path: consistency_proof(tiles, old, size).unwrap(),
        }
    }
    fn holds(&self) -> bool {
        match self {
            Self::Inclusion {
                leaf,
                index,
                size,
                path,
                root,
            } => verify_inclusion(leaf, *index, *size, path, root).is_ok(),
            Self::Consistency {
                old,
                old_root,
                size,
                root,
                path,
            } => verify_consistency(*old, old_root, *size, root, path).is_ok(),
        }
    }
    /// Every hash that must not change. From the empty tree the new root is free: everything is
    /// consistent with nothing.
    fn hashes(&mut self) -> Vec<&mut Hash> {
        match self {
            Self::Inclusion {
                leaf, path, root, ..
            } => [leaf, root].into_iter().chain(path).collect(),
            Self::Consistency {
                old: 0, old_root, ..
            } => vec![old_root],
            Self::Consistency {
                old_root,
                root,
                path,
                ..
            } => [old_root, root].into_iter().chain(path).collect(),
        }
    }
    fn flip(&mut self, hash: usize, bit: usize) {
        self.hashes()[hash][bit / 8] ^= 1 << (bit % 8);
    }
    /// The proof holds, and with none of these bits changed in any of its hashes.
    fn stands_alone(&mut self, bits: impl Iterator<Item = usize> + Clone) {
        assert!(self.holds());
        for hash in 0..self.hashes().len() {
            for bit in bits.clone() {
                self.flip(hash, bit);
                assert!(!self.holds(), "hash {hash}, bit {bit}");
                self.flip(hash, bit);
            }
        }
        assert!(self.holds());
    }
}

/// Every proof of every tree from `from` to `to` leaves.
fn all_proofs(from: u64, to: u64, mut each: impl FnMut(Proven)) {
    let leaves = leaves(to);
    let tiles = tree(&leaves);
    for size in from..=to {
        for index in 0..size {
            each(Proven::inclusion(&tiles, &leaves, index, size));
        }
        for old in 0..=size {
            each(Proven::consistency(&tiles, old, size));
        }
    }
}

#[test]
fn to_20_leaves_every_bit_of_every_proof_counts() {
    all_proofs(0, 20, |mut proof| proof.stands_alone(0..256));
}

#[test]
fn to_70_leaves_every_hash_of_every_proof_counts() {
    // Eight bits of each hash, other ones from proof to proof until all have had their turn.
    let mut turn = 0;
    all_proofs(21, 70, |mut proof| {
        turn = (turn + 1) % 32;
        proof.stands_alone((turn..256).step_by(32));
    });
}

#[test]
fn every_proof_of_the_tree_of_5_000_verifies() {
    let leaves = leaves(5000);
    let tiles = tree(&leaves);
    for n in 0..5000 {
        assert!(Proven::inclusion(&tiles, &leaves, n, 5000).holds(), "{n}");
        assert!(Proven::consistency(&tiles, n, 5000).holds(), "{n}");
    }
}

#[test]
fn every_bit_of_a_proof_file_counts() {
    let pair = Pair::new(1);
    let log = NoteKey::new("ledger.example/log", pair.public()).unwrap();
    let entries: Vec<Vec<u8>> = (0u16..5000).map(|n| n.to_be_bytes().to_vec()).collect();
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let tiles = tree(&leaves);
    for (index, size) in [(0, 1), (68, 69), (17, 70), (4999, 5000), (1234, 5000)] {
        let head = Checkpoint {
            origin: log.name().into(),
            size,
            root: root(&tiles, size).unwrap(),
            extensions: Vec::new(),
        };
        let note = head.sign(&log, |m| pair.sign(m)).unwrap().unwrap();
        let proof = TlogProof {
            extra: Some(entries[usize::try_from(index).unwrap()].clone()),
            index,
            hashes: inclusion_proof(&tiles, index, size).unwrap(),
            checkpoint: note.to_string(),
        };
        let holds = |bytes: &[u8]| {
            TlogProof::parse(bytes).is_ok_and(|proof| {
                let entry = proof.extra.clone().unwrap_or_default();
                proof.verify(&entry, &log, &strict).is_ok()
            })
        };
        let mut bytes = proof.to_string().into_bytes();
        assert!(holds(&bytes));
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(!holds(&bytes), "leaf {index} of {size}, bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn to_5_000_leaves_any_bit_of_any_proof_counts(
        size in 71u64..=5000,
        at in any::<prop::sample::Index>(),
        old in any::<prop::sample::Index>(),
        first in 0usize..8,
    ) {
        let leaves = leaves(size);
        let tiles = tree(&leaves);
        let at = u64::try_from(at.index(leaves.len())).unwrap();
        let old = u64::try_from(old.index(leaves.len() + 1)).unwrap();
        Proven::inclusion(&tiles, &leaves, at, size).stands_alone((first..256).step_by(8));
        Proven::consistency(&tiles, old, size).stands_alone((first..256).step_by(8));
    }
}
