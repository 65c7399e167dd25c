//! People who do not exist: invented names, documents of the right form with right check digits.

use super::Province;
use super::career::{Attempt, career};
use crate::app::AppError;
use crate::app::clock::today;
use crate::domain::identity::{DocumentType, IdentityDocument};
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
/// Birthdays from 1962-01-01 on, before order codes are used a second time.
const BIRTHDAYS: usize = 14_000;

/// One person of the province.
pub(super) struct Person {
    pub name: String,
    pub number: String,
    /// The assessment body he goes to, by its place in the list.
    pub assessor: usize,
    /// What he sits for, in order.
    pub attempts: Vec<Attempt>,
}

impl Person {
    /// His checked document.
    pub fn document(&self) -> Result<IdentityDocument, AppError> {
        let kind = DocumentType::ResidentIdentityCard;
        IdentityDocument::parse(kind, &self.number, today())
            .map_err(|invalid| AppError::Inconsistent(invalid.to_string()))
    }
}

impl Province<'_, '_> {
    /// Invents everybody and what they will sit for.
    pub(super) fn grow_people(&mut self) {
        let count = self.scale.of(20_000, 20);
        // A few bodies are large and many are small.
        let weights: Vec<f64> = (0..self.assessors.len())
            .map(|nth| 1.0 / (nth as f64 + 3.0))
            .collect();
        let whole: f64 = weights.iter().sum();
        for nth in 0..count {
            let mut at = self.rng.random_range(0.0..whole);
            let assessor = weights
                .iter()
                .position(|weight| {
                    at -= weight;
                    at < 0.0
                })
                .unwrap_or(0);
            let person = Person {
                name: name(&mut self.rng),
                number: number(&mut self.rng, nth, 0),
                assessor,
                attempts: career(&mut self.rng),
            };
            self.people.push(person);
        }
        self.count("workers", count);
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
    document_number(rng, born, 20 * kind + nth / BIRTHDAYS + 1)
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
