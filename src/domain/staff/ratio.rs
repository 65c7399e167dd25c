//! The share of a school's teachers who hold a card (教师持证率), and what it closes.

use crate::domain::ids::BodyId;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::staff::{RatioConsequence, RatioGate};
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::Staff;
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

/// The share of a school's teachers who are certified on a day: of those it engages (and who teach
/// `occupation` there, if one is asked for), those whose teacher's cards are good that day for all
/// they teach there. Trainings marked on the card do not matter here: the gates speak of holding it.
pub fn share_of<'a>(
    staff: impl IntoIterator<Item = &'a Staff>,
    body: BodyId,
    occupation: Option<OccupationCode>,
    on: Date,
) -> CertifiedShare {
    let mut share = CertifiedShare {
        teachers: 0,
        certified: 0,
    };
    for teacher in staff {
        let taught: Vec<OccupationCode> = teacher
            .engagements
            .iter()
            .filter(|it| it.body == body && it.runs_on(on))
            .flat_map(|it| it.occupations.iter().copied())
            .filter(|it| occupation.is_none_or(|only| only == *it))
            .collect();
        if taught.is_empty() {
            continue;
        }
        share.teachers += 1;
        let good = |taught: &OccupationCode| {
            teacher.cards.iter().any(|card| {
                card.granted.role == StaffRole::Teacher
                    && card.names(*taught)
                    && card.validity_on(on).demand().is_ok()
            })
        };
        if taught.iter().all(good) {
            share.certified += 1;
        }
    }
    share
}
