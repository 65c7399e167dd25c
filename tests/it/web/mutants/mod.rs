//! Thousands of changed certificates, in every coat: the verifier of the browser answers each as the
//! verifier here does, word for word.

mod json;
mod proofs;
mod qr;
mod sd_jwt;

use super::browser::Browser;
use super::verify_core::Handed;
use crate::support::issued::{Fixture, KINDS, scores};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use skill_ledger::locale::Language;
use skill_ledger::verify::{Known, Outcome, verify};
use std::collections::BTreeMap;

/// The two verifiers over one ledger.
struct Pair {
    fixture: Fixture,
    random: ChaCha20Rng,
    browser: Browser,
    known: Known,
    proofs: Vec<Vec<u8>>,
    /// How often which code decided.
    seen: BTreeMap<&'static str, usize>,
}

impl Pair {
    /// Over one certificate of each of [`KINDS`].
    fn of_all_kinds(seed: u64) -> Self {
        let mut fixture = Fixture::new();
        fixture.scores = Some(scores());
        fixture.widen();
        fixture.issue_kinds();
        let handed = Handed::by(&fixture);
        let mut browser = Browser::start();
        handed.give(&mut browser);
        Self {
            random: ChaCha20Rng::seed_from_u64(seed),
            browser,
            known: handed.known(),
            proofs: (0..KINDS.len()).map(|n| fixture.proof_bytes(n)).collect(),
            seen: BTreeMap::new(),
            fixture,
        }
    }

    /// Asks both, with the proof of certificate `n`.
    #[track_caller]
    fn alike(&mut self, credential: &[u8], n: usize) -> Outcome {
        let ours = verify(credential, Some(&self.proofs[n]), &self.known);
        let theirs = self.browser.verify(credential, Some(&self.proofs[n]));
        let shown = credential.escape_ascii();
        assert_eq!(theirs, ours.to_json(Language::Zh), "{shown}");
        let decided = ours.checks.last().unwrap().code;
        *self.seen.entry(decided).or_default() += 1;
        ours.outcome
    }

    /// Whether so many different codes decided: otherwise the changes are not worth much.
    fn met(&self, at_least: usize) {
        println!("{:?}", self.seen);
        assert!(self.seen.len() >= at_least, "{:?}", self.seen);
    }
}

/// Some bytes changed, of the kinds that forgers and accidents make.
fn changed_bytes(original: &[u8], random: &mut ChaCha20Rng) -> Vec<u8> {
    let mut changed = original.to_vec();
    let at = random.random_range(0..changed.len());
    let other = random.random_range(0..changed.len());
    let (from, to) = (at.min(other), at.max(other).min(at.min(other) + 40));
    match random.random_range(0..8) {
        0..=2 => changed[at] ^= 1 << random.random_range(0..8),
        3 => changed.truncate(at),
        4 => drop(changed.remove(at)),
        5 => changed.insert(at, random.random()),
        6 => drop(changed.splice(at..at, original[from..to].to_vec())),
        _ => drop(changed.drain(from..to)),
    }
    changed
}
