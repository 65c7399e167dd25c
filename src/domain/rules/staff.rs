//! Rules about people who assess and teach, as dated data of a jurisdiction.

use crate::domain::staff::rejection::StaffRejection;
use crate::domain::staff::role::StaffRole;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One dated rule about staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRule {
    /// Its id, stable over editions.
    pub id: String,
    /// Whose rule: `CN` national, or a jurisdiction.
    pub jurisdiction: String,
    /// First day it applies.
    pub effective_from: Date,
    /// Last day it applies, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Document and article.
    pub citation: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// What it says.
    pub says: StaffRuleText,
}

/// What a rule about staff says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StaffRuleText {
    /// A teacher goes on teaching only after a training every so many years.
    Endorsement {
        /// Years (每…年).
        every_years: u8,
        /// Least class hours (课时) of one training.
        hours: u32,
    },
    /// The share of certified teachers that a school must have reached (教师持证率).
    CertifiedShare {
        /// By the end of this day.
        by: Date,
        /// Per cent, at least.
        percent: u8,
        /// What follows otherwise.
        consequence: RatioConsequence,
    },
    /// How numbers of a kind of card are built.
    CardNumber {
        /// Which cards.
        role: StaffRole,
        /// The letters it begins with.
        prefix: String,
        /// Whether the two digits of a province follow: the jurisdiction's, where it is one.
        province: bool,
        /// Whether two digits of the year of issue follow.
        year: bool,
        /// Digits of the serial, which is not zero.
        serial_digits: u8,
    },
}

/// What follows when a school has too few certified teachers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatioConsequence {
    /// 不得承担政府补贴培训
    NoSubsidisedTraining,
    /// 取消相关职业（工种）设定
    OccupationCancelled,
}

/// The training a teacher must pass every so many years, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndorsementRule {
    /// Which rule.
    pub id: String,
    /// The first day it applies.
    pub effective_from: Date,
    /// Years.
    pub every_years: u8,
    /// Least class hours of one training.
    pub hours: u32,
    /// Document and article.
    pub citation: String,
}

/// A gate of certified teachers, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioGate {
    /// Which rule.
    pub id: String,
    /// By the end of this day.
    pub by: Date,
    /// Per cent, at least.
    pub percent: u8,
    /// What follows otherwise.
    pub consequence: RatioConsequence,
}

impl StaffRule {
    /// Whether it applies on a day.
    pub fn applies_on(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|to| on <= to)
    }

    /// Whether what it says can be followed.
    pub fn is_sound(&self) -> bool {
        match &self.says {
            StaffRuleText::Endorsement { every_years, hours } => {
                (1..=20).contains(every_years) && (1..=2_000).contains(hours)
            }
            StaffRuleText::CertifiedShare { percent, .. } => (1..=100).contains(percent),
            StaffRuleText::CardNumber {
                prefix,
                serial_digits,
                ..
            } => {
                prefix.len() <= 8
                    && prefix.bytes().all(|b| b.is_ascii_uppercase())
                    && (1..=10).contains(serial_digits)
            }
        }
    }

    /// The rule of the training every so many years, if this is one.
    pub fn endorsement(&self) -> Option<EndorsementRule> {
        match self.says {
            StaffRuleText::Endorsement { every_years, hours } => Some(EndorsementRule {
                id: self.id.clone(),
                effective_from: self.effective_from,
                every_years,
                hours,
                citation: self.citation.clone(),
            }),
            _ => None,
        }
    }

    /// The gate, if this is one.
    pub fn gate(&self) -> Option<RatioGate> {
        match self.says {
            StaffRuleText::CertifiedShare {
                by,
                percent,
                consequence,
            } => Some(RatioGate {
                id: self.id.clone(),
                by,
                percent,
                consequence,
            }),
            _ => None,
        }
    }
}

/// The rules of one jurisdiction, and the national ones, that apply on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffRules(pub Vec<StaffRule>);

impl StaffRules {
    /// The rule of the training every so many years; of several the one that began last.
    pub fn endorsement(&self) -> Option<EndorsementRule> {
        let found = self.0.iter().filter_map(StaffRule::endorsement);
        found.max_by_key(|rule| rule.effective_from)
    }

    /// The gates of certified teachers, by their deadlines.
    pub fn gates(&self) -> Vec<RatioGate> {
        let mut gates: Vec<RatioGate> = self.0.iter().filter_map(StaffRule::gate).collect();
        gates.sort_by_key(|gate| gate.by);
        gates
    }

    /// Refuses a card's number that is not built as the rules say; a kind of card without a rule
    /// may have any number of up to 40 letters, digits and hyphens.
    pub fn check_number(
        &self,
        role: StaffRole,
        number: &str,
        granted: Date,
    ) -> Result<(), StaffRejection> {
        if self.number_fits(role, number, granted) {
            Ok(())
        } else {
            Err(StaffRejection::NumberUnfit)
        }
    }

    fn number_fits(&self, role: StaffRole, number: &str, granted: Date) -> bool {
        let mut ruled = false;
        for rule in &self.0 {
            if let StaffRuleText::CardNumber { role: of, .. } = &rule.says
                && *of == role
            {
                ruled = true;
                if fits(rule, number, granted) {
                    return true;
                }
            }
        }
        !ruled && plain_number(number)
    }
}

/// Letters, digits and hyphens, none of them a name.
fn plain_number(number: &str) -> bool {
    (1..=40).contains(&number.len())
        && number
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Prefix, province, two digits of the year, serial: the whole of the number and nothing else.
/// A card cannot be numbered in a year after that of its grant.
fn fits(rule: &StaffRule, number: &str, granted: Date) -> bool {
    let StaffRuleText::CardNumber {
        prefix,
        province,
        year,
        serial_digits,
        ..
    } = &rule.says
    else {
        return false;
    };
    let part = |text: &str, digits: bool| match text.split_at_checked(2) {
        Some((part, rest)) if digits => Some((part.parse::<i16>().ok(), rest.to_owned())),
        _ if digits => None,
        _ => Some((None, text.to_owned())),
    };
    let Some(digits) = number
        .strip_prefix(prefix.as_str())
        .filter(|it| it.bytes().all(|b| b.is_ascii_digit()))
    else {
        return false;
    };
    let Some((of, rest)) = part(digits, *province) else {
        return false;
    };
    let Some((years, serial)) = part(&rest, *year) else {
        return false;
    };
    let own = rule.jurisdiction.get(..2).and_then(|it| it.parse().ok());
    of.is_none_or(|of| (11..=82).contains(&of) && own.is_none_or(|own: i16| own == of))
        && years.is_none_or(|years| 2000 + years <= granted.year())
        && serial.len() == usize::from(*serial_digits)
        && serial.bytes().any(|b| b != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn number(prefix: &str, province: bool, year: bool, serial_digits: u8) -> StaffRule {
        StaffRule {
            id: "number".into(),
            jurisdiction: "360000".into(),
            effective_from: date(2022, 1, 1),
            effective_to: Some(date(2026, 12, 31)),
            citation: "示例".into(),
            verified: false,
            says: StaffRuleText::CardNumber {
                role: StaffRole::QualitySupervisorInternal,
                prefix: prefix.into(),
                province,
                year,
                serial_digits,
            },
        }
    }
    fn fit(rule: &StaffRule, text: &str) -> bool {
        let role = StaffRole::QualitySupervisorInternal;
        StaffRules(vec![rule.clone()])
            .check_number(role, text, date(2026, 7, 1))
            .is_ok()
    }

    #[test]
    fn a_rule_applies_from_its_first_day_to_its_last() {
        let rule = number("R", true, true, 4);
        for (on, applies) in [
            (date(2021, 12, 31), false),
            (date(2022, 1, 1), true),
            (date(2026, 12, 31), true),
            (date(2027, 1, 1), false),
        ] {
            assert_eq!(rule.applies_on(on), applies, "{on}");
        }
    }

    #[test]
    fn a_number_is_all_of_its_parts_and_nothing_else() {
        let whole = number("R", true, true, 4);
        for text in ["R36210001", "R36260001"] {
            assert!(fit(&whole, text), "{text}");
        }
        for text in [
            "",
            "R",
            "R3",
            "R36",
            "R3621",
            "36210001",
            "Q36210001",
            "R32210001",
            "R36270001",
            "R36210000",
            "R3621001",
            "R362100011",
            "R3621000A",
            "R99210001",
        ] {
            assert!(!fit(&whole, text), "{text}");
        }
        let serial_only = number("ND", false, false, 4);
        assert!(fit(&serial_only, "ND0001"));
        assert!(!fit(&serial_only, "ND360001") && !fit(&serial_only, "ND1"));
        let by_year = number("ND", false, true, 4);
        assert!(fit(&by_year, "ND260001") && !fit(&by_year, "ND270001"));
        let one_digit = number("R", true, true, 1);
        assert!(fit(&one_digit, "R36211") && !fit(&one_digit, "R1"));
        let one_digit = number("R", true, false, 1);
        assert!(fit(&one_digit, "R361") && !fit(&one_digit, "R1"));
    }

    #[test]
    fn a_rule_of_numbers_has_capital_letters_and_a_serial() {
        for (prefix, digits, sound) in [
            ("", 1, true),
            ("ABCDEFGH", 10, true),
            ("ABCDEFGHI", 4, false),
            ("r", 4, false),
            ("R1", 4, false),
            ("R", 0, false),
            ("R", 11, false),
        ] {
            assert_eq!(
                number(prefix, true, true, digits).is_sound(),
                sound,
                "{prefix} {digits}"
            );
        }
    }
}
