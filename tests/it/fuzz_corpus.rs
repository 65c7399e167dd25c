//! The rules that the fuzz targets hold every reader to, over their corpus and over small changes
//! of it. What libFuzzer finds (`tests/fuzz/run`) is put into the corpus, and stays found.

#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

mod seeds;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeSet;
use std::path::PathBuf;
use targets::{TARGETS, Target};

const FILE_BYTES_MAX: usize = 16 * 1024;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}

/// The corpus of a target, by file name.
fn corpus(target: &Target) -> Vec<(String, Vec<u8>)> {
    let folder = folder().join("corpus").join(target.name);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = files
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_target_takes_its_seeds() {
    for target in &TARGETS {
        let mut taken = 0;
        for (name, bytes) in corpus(target) {
            assert!(bytes.len() <= FILE_BYTES_MAX, "{}/{name}", target.name);
            // What was found is called after what it did; all else is a seed.
            let took = (target.run)(&bytes);
            assert!(took || name.starts_with("found-"), "{}/{name}", target.name);
            taken += usize::from(took);
        }
        assert!(taken > 0, "{} has no seed", target.name);
    }
}

#[test]
fn every_folder_of_the_corpus_is_of_a_target() {
    let names: BTreeSet<_> = TARGETS.iter().map(|it| it.name.to_owned()).collect();
    assert_eq!(names.len(), TARGETS.len());
    let folders = std::fs::read_dir(folder().join("corpus")).unwrap();
    let folders = folders.map(|it| it.unwrap().file_name().into_string().unwrap());
    assert_eq!(folders.collect::<BTreeSet<_>>(), names);
}

#[test]
fn every_rule_holds_of_small_changes() {
    let mut rng = ChaCha20Rng::seed_from_u64(18);
    for target in &TARGETS {
        let seeds = corpus(target);
        for (_, seed) in &seeds {
            for _ in 0..100 {
                let other = &seeds[rng.random_range(0..seeds.len())].1;
                (target.run)(&changed(seed, other, &mut rng));
            }
        }
    }
}

/// One to three changes: a bit, a byte from the same bytes, a piece left out, said twice, or taken
/// from another seed.
fn changed(seed: &[u8], other: &[u8], rng: &mut ChaCha20Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..rng.random_range(1..=3) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.random_range(0..bytes.len());
        let to = (at + rng.random_range(1..40)).min(bytes.len());
        match rng.random_range(0..5) {
            0 => bytes[at] ^= 1 << rng.random_range(0..8),
            1 => bytes[at] = seed[rng.random_range(0..seed.len())],
            2 => drop(bytes.drain(at..to)),
            3 => {
                let piece = bytes[at..to].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let from = rng.random_range(0..=other.len());
                let end = (from + to - at).min(other.len());
                bytes.splice(at..to, other[from..end].iter().copied());
            }
        }
    }
    bytes
}
