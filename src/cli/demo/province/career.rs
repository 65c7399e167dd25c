//! Careers: which level somebody sits for in which round, and how it comes out.

use crate::domain::level::SkillLevel;
use jiff::civil::{Date, date};
use rand::RngExt;
use rand_chacha::ChaCha20Rng;

/// The days on which every body assesses, oldest first.
pub(super) const ROUNDS: [Date; 6] = [
    date(2019, 6, 15),
    date(2020, 11, 14),
    date(2022, 5, 21),
    date(2023, 10, 21),
    date(2025, 4, 12),
    date(2026, 3, 14),
];

/// How it came out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    Passed,
    Failed,
    Absent,
}

/// One sitting.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    /// Which of [`ROUNDS`].
    pub round: usize,
    pub level: SkillLevel,
    pub came: Came,
}

/// The sitting of somebody who was at the top before the first round was over.
pub(super) const fn master() -> Attempt {
    Attempt {
        round: 0,
        level: SkillLevel::One,
        came: Came::Passed,
    }
}

/// Somebody's sittings: he begins at some round from `earliest` on and at some level, comes back to about every other
/// round, goes one level up when he passes, and tries the same again when he does not.
pub(super) fn career(rng: &mut ChaCha20Rng, earliest: usize) -> Vec<Attempt> {
    let mut next = match rng.random_range(0..10) {
        0..6 => 0,
        6..9 => 1,
        _ => 2,
    };
    let first = rng.random_range(earliest..ROUNDS.len());
    let mut attempts = Vec::new();
    for round in first..ROUNDS.len() {
        if round > first && rng.random_range(0..100) >= 55 {
            continue;
        }
        let Some(level) = SkillLevel::CERTIFIED.get(next).copied() else {
            break;
        };
        let came = match rng.random_range(0..100) {
            0..84 => Came::Passed,
            84..96 => Came::Failed,
            _ => Came::Absent,
        };
        if came == Came::Passed {
            next += 1;
        }
        attempts.push(Attempt { round, level, came });
    }
    attempts
}
