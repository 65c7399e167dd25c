//! People who do not exist: invented names, documents of the right form with right check digits.

use super::Province;
use super::career::{Attempt, Came, career, master};
use crate::app::AppError;
use crate::app::clock::today;
use crate::domain::body::event::BodyKind;
use crate::domain::identity::{DocumentType, IdentityDocument};
use crate::domain::ids::WorkerId;
use crate::domain::level::SkillLevel;
use jiff::civil::{Date, date};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha20Rng;

const SURNAMES: [&str; 24] = [
    "欧阳", "上官", "司徒", "诸葛", "令狐", "夏侯", "皇甫", "慕容", "公孙", "宇文", "端木", "轩辕",
    "百里", "东方", "南宫", "西门", "呼延", "闻人", "澹台", "濮阳", "钟离", "尉迟", "长孙", "司空",
];
const GIVEN: [&str; 30] = [
    "岚", "砚", "澄", "屿", "笙", "霁", "珩", "攸", "芃", "翊", "骁", "楹", "晔", "湉", "昱", "祎",
    "玥", "琛", "峤", "泠", "煦", "沅", "筠", "澈", "珞", "朔", "芷", "绎", "旻", "璟",
];
/// Counties of Jiangsu; the province is a demonstration, its people were born somewhere.
const REGIONS: [&str; 8] = [
    "320102", "320104", "320205", "320302", "320402", "320505", "320602", "321002",
];
/// So many of each employer's staff held the highest level from the first round on.
const MASTERS: usize = 3;
/// The first round to which technician schools send students.
const STUDENTS_FROM: usize = 4;
/// Birthdays from 1962-01-01 on, before order codes are used a second time.
const BIRTHDAYS: usize = 14_000;

/// One person of the province.
pub(super) struct Person {
    pub name: String,
    pub number: String,
    /// The assessment body he goes to, by its place in the list.
    pub assessor: usize,
    /// What he sits for on a sheet, in order; nothing, of those who come by another way.
    pub attempts: Vec<Attempt>,
    /// Who he is in the ledger, once it knows him.
    pub worker: Option<WorkerId>,
    /// The highest level he has passed.
    pub level: Option<SkillLevel>,
}

impl Person {
    /// Whether he is new to his body: no round of it has seen him.
    pub const fn is_new(&self) -> bool {
        self.attempts.is_empty()
    }

    /// His checked document.
    pub fn document(&self) -> Result<IdentityDocument, AppError> {
        let kind = DocumentType::ResidentIdentityCard;
        IdentityDocument::parse(kind, &self.number, today())
            .map_err(|invalid| AppError::Inconsistent(invalid.to_string()))
    }
}

impl Province<'_, '_> {
    /// Invents everybody and what they will sit for. Most go to their body's rounds; a few are new
    /// to it, and are registered step by step or begin as apprentices.
    pub(super) fn grow_people(&mut self) {
        let count = self.scale.of(20_000, 60);
        let new = self.scale.of(900, 36).min(count / 3);
        let with_new = self.with_new();
        // A few bodies are large and many are small.
        let weights: Vec<f64> = (0..self.assessors.len())
            .map(|nth| 1.0 / (nth as f64 + 3.0))
            .collect();
        let whole: f64 = weights.iter().sum();
        let mut masters = vec![0; self.assessors.len()];
        for nth in 0..count {
            let mut at = self.rng.random_range(0.0..whole);
            let chosen = weights
                .iter()
                .position(|weight| {
                    at -= weight;
                    at < 0.0
                })
                .unwrap_or(0);
            let (assessor, attempts) = if nth < new {
                (nth % with_new, Vec::new())
            } else if self.assessors[chosen].kind == BodyKind::Employer && masters[chosen] < MASTERS
            {
                masters[chosen] += 1;
                (chosen, vec![master()])
            } else {
                let students = self.assessors[chosen].kind == BodyKind::TechnicianSchool;
                let earliest = if students { STUDENTS_FROM } else { 0 };
                (chosen, career(&mut self.rng, earliest))
            };
            let passed = attempts.iter().filter(|it| it.came == Came::Passed);
            let person = Person {
                name: name(&mut self.rng),
                number: number(&mut self.rng, nth, 0),
                assessor,
                level: passed.map(|it| it.level).max(),
                attempts,
                worker: None,
            };
            self.people.push(person);
        }
        self.count("workers", count);
    }

    /// How many bodies, the first of the list, have people who are new.
    pub(super) fn with_new(&self) -> usize {
        self.scale.of(36, 4).min(self.assessors.len())
    }

    /// The people of a body that the ledger knows, by their places.
    pub(super) fn people_of(&self, assessor: usize) -> Vec<usize> {
        let known = |nth: &usize| {
            let person = &self.people[*nth];
            person.assessor == assessor && person.worker.is_some()
        };
        (0..self.people.len()).filter(known).collect()
    }
}

fn name(rng: &mut ChaCha20Rng) -> String {
    let mut name = String::new();
    name += SURNAMES.choose(rng).copied().unwrap_or("公孙");
    for _ in 0..rng.random_range(1..=2) {
        name += GIVEN.choose(rng).copied().unwrap_or("岚");
    }
    name
}

/// The number of person `nth`; those of another `kind` are never the same.
pub(super) fn number(rng: &mut ChaCha20Rng, nth: usize, kind: usize) -> String {
    let days = i64::try_from(nth % BIRTHDAYS).unwrap_or(0);
    let born = date(1962, 1, 1).saturating_add(jiff::Span::new().days(days));
    document_number(rng, born, 40 * kind + nth / BIRTHDAYS + 1)
}

/// A number of somebody born on a day, with its check character (GB 11643-1999, section 5).
pub(super) fn document_number(rng: &mut ChaCha20Rng, born: Date, order: usize) -> String {
    let region = REGIONS.choose(rng).copied().unwrap_or(REGIONS[0]);
    let first = format!("{region}{}{:03}", born.strftime("%Y%m%d"), order % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = first.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits.zip(weights).map(|(digit, w)| digit * w).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    format!("{first}{}", check.unwrap_or('0'))
}
