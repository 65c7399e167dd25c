//! What policy says of bodies (评价机构管理): who counts as an employer's own staff, how far the
//! trainer of a person must keep away from assessing him (考培分离), and what credit new subsidised
//! work asks for. Data, dated, of one jurisdiction, adopted by `authority.body_policy_set`.

use crate::domain::background::Relation;
use crate::domain::occupation::OccupationCode;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Most months a separation may last: a hundred years is for ever.
pub const SEPARATION_MONTHS_MAX: u16 = 1_200;

/// Highest score of credit (信用评分), in tenths.
pub const CREDIT_SCORE_MAX: u16 = 1_000;

/// Class of credit (信用等级), best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditClass {
    /// A 级
    A,
    /// B 级
    B,
    /// C 级
    C,
    /// D 级
    D,
}

/// The credit of a body (信用): a score or a class, as the province keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditMark {
    /// A score in tenths, 0 to [`CREDIT_SCORE_MAX`].
    Score(u16),
    /// A class.
    Class(CreditClass),
}

impl CreditMark {
    /// Whether this credit is at least `least`; a score and a class are not compared, so neither
    /// reaches the other.
    pub fn reaches(self, least: Self) -> bool {
        match (self, least) {
            (Self::Score(score), Self::Score(least)) => score >= least,
            (Self::Class(class), Self::Class(least)) => class <= least,
            (Self::Score(_), Self::Class(_)) | (Self::Class(_), Self::Score(_)) => false,
        }
    }
}

/// Keeping training and assessing apart (考培分离): a body, or its examiner, that trained somebody
/// for an occupation does not assess him in it for some months after the training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separation {
    /// The occupations it is for; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occupations: Vec<OccupationCode>,
    /// Months after the last day of the training, 1 to [`SEPARATION_MONTHS_MAX`].
    pub months: u16,
    /// First day of assessment it applies to.
    pub from: Date,
    /// Last day of assessment it applies to; none while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Document it was taken from, with the article.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

impl Separation {
    /// Whether it applies to assessing this occupation on that day.
    pub fn applies(&self, occupation: OccupationCode, on: Date) -> bool {
        self.from <= on
            && self.to.is_none_or(|to| on <= to)
            && (self.occupations.is_empty() || self.occupations.contains(&occupation))
    }

    /// The first day on which somebody whose training ended on `until` may be assessed: the same
    /// day of the month so many months later, or the first of the next month where that month
    /// lacks the day.
    pub fn free_on(&self, until: Date) -> Date {
        let months = i32::from(until.month()) - 1 + i32::from(self.months);
        let year = i32::from(until.year()) + months / 12;
        let (Ok(year), Ok(month)) = (i16::try_from(year), i8::try_from(months % 12 + 1)) else {
            return Date::MAX;
        };
        let first_of_next = || {
            let (year, month) = if month == 12 {
                (year.saturating_add(1), 1)
            } else {
                (year, month + 1)
            };
            Date::new(year, month, 1).unwrap_or(Date::MAX)
        };
        Date::new(year, month, until.day()).unwrap_or_else(|_| first_of_next())
    }
}

/// What policy says of bodies, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyPolicy {
    /// The first day it applies.
    pub effective_from: Date,
    /// Document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// The forms of work by which somebody is an employer's own (企业自主评价的职工范围).
    pub own_staff: Vec<Relation>,
    /// 考培分离; empty where the jurisdiction asks for none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub separations: Vec<Separation>,
    /// The least credit for new subsidised work (承接补贴性任务); none where no document names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_minimum: Option<CreditMark>,
}

impl BodyPolicy {
    /// Whether who trained somebody for this occupation until that day still stands back from
    /// assessing him in it (回避、考培分离): as long as the separation that applies says, and for good
    /// where none applies.
    pub fn trainer_stands_back(&self, occupation: OccupationCode, until: Date, on: Date) -> bool {
        let applying = self.separations.iter();
        let mut applying = applying.filter(|it| it.applies(occupation, on)).peekable();
        applying.peek().is_none() || applying.any(|it| on < it.free_on(until))
    }
}

/// The policy a ledger begins with: 国就劳发〔2025〕4号 section 14 names 职工 and 劳务派遣等用工人员; that
/// apprentices under an agreement are among them is our reading. No separation and no least
/// credit: no document we could read gives the figures.
pub fn built_in() -> BodyPolicy {
    BodyPolicy {
        effective_from: date(2019, 1, 1),
        source: "国就劳发〔2025〕4号 十四, read as a copy; apprentices by our reading".to_owned(),
        verified: false,
        own_staff: vec![Relation::Staff, Relation::Dispatched, Relation::Apprentice],
        separations: Vec::new(),
        credit_minimum: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn apart(months: u16) -> Separation {
        Separation {
            occupations: vec![],
            months,
            from: date(2026, 1, 1),
            to: None,
            source: "demonstration".into(),
            verified: false,
        }
    }

    #[test]
    fn months_end_on_the_same_day_or_the_next_there_is() {
        assert_eq!(apart(6).free_on(date(2026, 1, 15)), date(2026, 7, 15));
        assert_eq!(apart(6).free_on(date(2026, 8, 31)), date(2027, 3, 1));
        assert_eq!(apart(1).free_on(date(2026, 11, 30)), date(2026, 12, 30));
        assert_eq!(apart(1).free_on(date(2026, 12, 31)), date(2027, 1, 31));
        assert_eq!(apart(12).free_on(date(2024, 2, 29)), date(2025, 3, 1));
        assert_eq!(apart(2).free_on(date(2026, 12, 30)), date(2027, 3, 1));
        assert_eq!(apart(1_200).free_on(Date::MAX), Date::MAX);
    }

    #[test]
    fn a_separation_has_its_days_and_its_occupations() {
        let welder: OccupationCode = "6-18-02-04".parse().unwrap();
        let cook: OccupationCode = "4-03-02-01".parse().unwrap();
        assert!(!apart(6).applies(welder, date(2025, 12, 31)));
        assert!(apart(6).applies(welder, date(2026, 1, 1)));
        let rule = Separation {
            occupations: vec![welder],
            to: Some(date(2026, 12, 31)),
            ..apart(6)
        };
        assert!(rule.applies(welder, date(2026, 12, 31)));
        assert!(!rule.applies(welder, date(2027, 1, 1)));
        assert!(!rule.applies(cook, date(2026, 6, 1)));
    }

    #[test]
    fn a_trainer_stands_back_as_long_as_the_separation_says_and_for_good_without_one() {
        let welder: OccupationCode = "6-18-02-04".parse().unwrap();
        let cook: OccupationCode = "4-03-02-01".parse().unwrap();
        let until = date(2026, 1, 31);
        let of_welders = |months| Separation {
            occupations: vec![welder],
            ..apart(months)
        };
        let policy = BodyPolicy {
            separations: vec![of_welders(3), of_welders(6)],
            ..built_in()
        };
        assert!(policy.trainer_stands_back(welder, until, date(2026, 7, 30)));
        assert!(!policy.trainer_stands_back(welder, until, date(2026, 7, 31)));
        assert!(policy.trainer_stands_back(cook, until, date(2046, 1, 1)));
        assert!(built_in().trainer_stands_back(welder, until, date(2046, 1, 1)));
    }

    #[test]
    fn scores_and_classes_of_credit_are_not_compared() {
        let (score, class) = (CreditMark::Score, CreditMark::Class);
        assert!(score(800).reaches(score(800)) && !score(799).reaches(score(800)));
        assert!(class(CreditClass::A).reaches(class(CreditClass::B)));
        assert!(class(CreditClass::B).reaches(class(CreditClass::B)));
        assert!(!class(CreditClass::C).reaches(class(CreditClass::B)));
        assert!(!score(1_000).reaches(class(CreditClass::D)));
        assert!(!class(CreditClass::A).reaches(score(0)));
    }

    proptest! {
        #[test]
        fn more_months_never_end_earlier(days in 0i32..20_000, months in 1u16..240, more in 0u16..60) {
            let until = date(2000, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert!(until < apart(months).free_on(until));
            prop_assert!(apart(months).free_on(until) <= apart(months + more).free_on(until));
        }
    }
}
