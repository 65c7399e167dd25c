//! The share of a school's teachers who hold a card (教师持证率), and what it closes.

use crate::domain::rules::staff::{RatioConsequence, RatioGate};
use jiff::civil::Date;
use serde::Serialize;

/// The teachers of a school on a day, or of one occupation there, and how many are certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CertifiedShare {
    /// Teachers engaged.
    pub teachers: u32,
    /// Of them with a teacher's card good on that day for what they teach.
    pub certified: u32,
}

/// A gate the school is under, and whether it passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// Which rule.
    pub rule: String,
    /// The share asked for, in per cent.
    pub percent: u8,
    /// What follows where it is not reached.
    pub consequence: RatioConsequence,
    /// Whether it is reached.
    pub passed: bool,
    /// How many more certified teachers it takes.
    pub missing: u32,
}

impl CertifiedShare {
    /// Whether the share is at least `percent`: exact, nothing rounded. A school without teachers
    /// reaches no gate above 0.
    pub const fn reaches(self, percent: u8) -> bool {
        if self.teachers == 0 {
            return percent == 0;
        }
        self.certified as u64 * 100 >= self.teachers as u64 * percent as u64
    }

    /// Of the same teachers, how many more must be certified to reach `percent`.
    pub const fn missing(self, percent: u8) -> u32 {
        let needed = (self.teachers as u64 * percent as u64).div_ceil(100) as u32;
        needed.saturating_sub(self.certified)
    }

    /// The gates in force on a day, as this share stands to them. A gate is in force from the
    /// day after its deadline (到…年底).
    pub fn gates(self, on: Date, gates: &[RatioGate]) -> Vec<Gate> {
        gates
            .iter()
            .filter(|gate| gate.by < on)
            .map(|gate| Gate {
                rule: gate.id.clone(),
                percent: gate.percent,
                consequence: gate.consequence,
                passed: self.reaches(gate.percent),
                missing: self.missing(gate.percent),
            })
            .collect()
    }
}
