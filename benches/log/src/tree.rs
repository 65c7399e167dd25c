//! Proofs in a tree of so many leaves, made in memory.

use crate::percentile;
use anyhow::{Result, ensure};
use rand::RngExt;
use skill_ledger::tlog::leaf::leaf_hash;
use skill_ledger::tlog::merkle::{self, Tiles};
use std::time::Instant;

const PROOFS: usize = 20_000;

/// Builds the tree, then makes and checks proofs of leaves chosen at random.
pub fn proofs(leaves: u64) -> Result<()> {
    let mut tiles = Tiles::new();
    let mut size = 0;
    while size < leaves {
        let some: Vec<_> = (size..(size + 4_096).min(leaves))
            .map(|n| leaf_hash(&n.to_be_bytes()))
            .collect();
        merkle::append(&mut tiles, size, &some)?;
        size += some.len() as u64;
    }
    let root = merkle::root(&tiles, leaves)?;
    let mut times = Vec::with_capacity(PROOFS);
    let (mut hashes, mut checking) = (0, 0.0);
    for _ in 0..PROOFS {
        let index = rand::rng().random_range(0..leaves);
        let began = Instant::now();
        let proof = merkle::inclusion_proof(&tiles, index, leaves)?;
        times.push(began.elapsed().as_secs_f64() * 1e6);
        hashes = proof.len();
        let leaf = leaf_hash(&index.to_be_bytes());
        let began = Instant::now();
        let good = merkle::verify_inclusion(&leaf, index, leaves, &proof, &root);
        checking += began.elapsed().as_secs_f64() * 1e6;
        ensure!(good.is_ok(), "a proof does not hold");
    }
    let median = percentile(&mut times, 500);
    println!(
        "| proof among {leaves} leaves, tiles in memory: made, p50; checked, mean | {median:.1} µs; {:.1} µs; {hashes} hashes |",
        checking / PROOFS as f64
    );
    Ok(())
}
