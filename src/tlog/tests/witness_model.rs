//! A log that forks, with its true key, against one witness: whatever it asks, the witness
//! cosigns one history, and it cosigns every honest step of it.

use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::leaf::{Hash, empty_root, leaf_hash};
use crate::tlog::merkle::{Tiles, consistency_proof, root};
use crate::tlog::note::{Note, NoteKey};
use crate::tlog::tests::{check, log as log_key, seal, tree};
use crate::tlog::witness::*;
use proptest::prelude::*;

const LEAVES: u64 = 300;

/// One history of the log: its tiles and the root at every size.
struct Fork {
    tiles: Tiles,
    roots: Vec<Hash>,
}

/// The first history, and others that leave it at some leaf.
fn forks(leave_at: &[u64]) -> Vec<Fork> {
    let history = |salt: u64, from: u64| {
        let leaf = |n: u64| {
            leaf_hash(
                &[if n < from { 0 } else { salt }, n]
                    .map(u64::to_be_bytes)
                    .concat(),
            )
        };
        let tiles = tree(&(0..LEAVES).map(leaf).collect::<Vec<_>>());
        let roots = (0..=LEAVES).map(|n| root(&tiles, n).unwrap()).collect();
        Fork { tiles, roots }
    };
    let others = leave_at
        .iter()
        .zip(1..)
        .map(|(from, salt)| history(salt, *from));
    std::iter::once(history(0, 0)).chain(others).collect()
}

/// One request, as the log makes it up.
#[derive(Clone, Debug)]
struct Step {
    fork: usize,
    size: u64,
    /// The size it names as old: the witness's own, or any.
    old: Option<u64>,
    /// The history whose root stands in the checkpoint, if not `fork`.
    root_of: Option<usize>,
    proof: Proof,
    true_key: bool,
}

#[derive(Clone, Debug)]
enum Proof {
    Honest,
    Of(usize),
    Flipped(usize, usize),
    Longer,
    Shorter,
    None,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let proof = prop_oneof![
        6 => Just(Proof::Honest),
        1 => (0usize..4).prop_map(Proof::Of),
        1 => (0usize..16, 0usize..256).prop_map(|(at, bit)| Proof::Flipped(at, bit)),
        1 => Just(Proof::Longer),
        1 => Just(Proof::Shorter),
        1 => Just(Proof::None),
    ];
    let step = (
        0usize..4,
        prop_oneof![2 => 0..=LEAVES, 1 => 0u64..20],
        prop::option::weighted(0.25, 0..=LEAVES),
        prop::option::weighted(0.1, 0usize..4),
        proof,
        prop::bool::weighted(0.95),
    );
    let step = step.prop_map(|(fork, size, old, root_of, proof, true_key)| Step {
        fork,
        size,
        old,
        root_of,
        proof,
        true_key,
    });
    prop::collection::vec(step, 1..60)
}

fn made(step: &Step, stored: u64, forks: &[Fork]) -> (AddCheckpoint, Hash, Vec<Hash>) {
    let old = step.old.unwrap_or(stored);
    let n = usize::try_from(step.size).unwrap();
    let root = forks[step.root_of.unwrap_or(step.fork) % forks.len()].roots[n];
    let honest = |fork: usize| {
        consistency_proof(&forks[fork % forks.len()].tiles, old, step.size).unwrap_or_default()
    };
    let mut proof = honest(step.fork);
    match step.proof {
        Proof::Honest => {}
        Proof::Of(fork) => proof = honest(fork),
        Proof::Flipped(at, bit) => {
            let count = proof.len().max(1);
            if let Some(hash) = proof.get_mut(at % count) {
                hash[bit / 8] ^= 1 << (bit % 8);
            }
        }
        Proof::Longer => proof.push([7; 32]),
        Proof::Shorter => drop(proof.pop()),
        Proof::None => proof.clear(),
    }
    let key = if step.true_key {
        log_key()
    } else {
        NoteKey::new("stranger.example", [9; 32]).unwrap()
    };
    let head = Checkpoint {
        origin: log_key().name().into(),
        size: step.size,
        root,
        extensions: Vec::new(),
    };
    let note = Note::sign(&head.to_string(), &key, |m| Ok::<_, ()>(seal(m)));
    let request = AddCheckpoint::new(old, proof.clone(), note.unwrap().unwrap()).unwrap();
    (request, root, proof)
}

/// What the witness must say, told from the histories and not from the proof.
fn expected(
    step: &Step,
    stored: (u64, Hash),
    root: Hash,
    proof: &[Hash],
    forks: &[Fork],
) -> Option<Refusal> {
    let old = step.old.unwrap_or(stored.0);
    if !step.true_key {
        return Some(Refusal::NotSigned);
    }
    if old > step.size {
        return Some(Refusal::OldAboveNew);
    }
    if old != stored.0 {
        return Some(Refusal::Conflict { size: stored.0 });
    }
    let place = |n: u64| usize::try_from(n).unwrap();
    // Some history had both trees, and the proof is the one of that history.
    let holds = forks.iter().any(|fork| {
        fork.roots[place(old)] == stored.1
            && fork.roots[place(step.size)] == root
            && consistency_proof(&fork.tiles, old, step.size).unwrap() == proof
    });
    (!holds).then_some(Refusal::Inconsistent)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_witness_cosigns_one_history(leave_at in prop::collection::vec(0..LEAVES, 0..4), steps in steps()) {
        let forks = forks(&leave_at);
        let log = WitnessedLog::new(log_key().name(), vec![log_key()]).unwrap();
        let witness = NoteKey::witness("witness.example/w1", [3; 32]).unwrap();
        let mut seen: Option<Witnessed> = None;
        // For each cosigned head the histories that have it; all later ones must be among them.
        let mut possible: Vec<usize> = (0..forks.len()).collect();
        let mut cosigned: Vec<(u64, Hash)> = Vec::new();
        for (now, step) in (1u64..).zip(&steps) {
            let step = Step { fork: step.fork % forks.len(), ..step.clone() };
            let stored = seen.as_ref().map_or((0, empty_root()), |it| (it.head().size, it.head().root));
            let (request, root, proof) = made(&step, stored.0, &forks);
            let decision = decide(Some(&log), seen.as_ref(), &request, &check);
            prop_assert_eq!(
                decision.as_ref().err().copied(),
                expected(&step, stored, root, &proof, &forks)
            );
            let Ok(accepted) = decision else { continue };
            let made = accepted.cosign(&witness, now, |m| Ok::<_, ()>(seal(m)));
            let (next, _) = made.unwrap().unwrap();
            // Stored as text and read back, as a witness does.
            let text = next.note().to_string();
            prop_assert_eq!(&Witnessed::open(text.as_bytes(), &witness, &check).unwrap(), &next);
            prop_assert!(next.head().size >= stored.0);
            prop_assert_eq!(next.time(), now);
            cosigned.push((next.head().size, next.head().root));
            seen = Some(next);
            let n = usize::try_from(step.size).unwrap();
            possible.retain(|fork| forks[*fork].roots[n] == root);
        }
        prop_assert!(!possible.is_empty(), "no history has all of {:?}", cosigned);
    }
}
