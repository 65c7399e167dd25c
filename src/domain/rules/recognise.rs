//! What somebody's level or title gives, on a day: effects with their citations and what is
//! still missing. Never "equals".

use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::{Effect, Qualification, RecognitionRule, Title};
use crate::domain::rules::years::full_years_on;
use jiff::civil::Date;
use serde::Serialize;

/// What somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Holding {
    /// A skill level in an occupation.
    Level {
        /// The level.
        level: SkillLevel,
        /// The occupation.
        occupation: OccupationCode,
    },
    /// A professional title (职称).
    Title {
        /// The title.
        title: Title,
    },
}

/// What somebody holds, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// What.
    pub holding: Holding,
    /// The day it was awarded.
    pub since: Date,
}

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Condition {
    /// Full years since the award (满 N 年).
    Years {
        /// How many.
        years: u8,
        /// The first day on which they are full.
        full_on: Date,
    },
    /// Any other, in the rule's own words: to be shown by the person.
    Stated {
        /// The words.
        text: String,
    },
}

/// A condition that is not met, and the day it will be, where time alone meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// Which.
    pub condition: Condition,
    /// From when it is met; `None`: it is to be shown.
    pub until: Option<Date>,
}

/// What one rule says of one thing held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recognition {
    /// The rule's id.
    pub rule: String,
    /// What it was put against.
    pub held: Held,
    /// What it leads to.
    pub to: Qualification,
    /// The effect.
    pub effect: Effect,
    /// Document number and article.
    pub citation: String,
    /// Whether a person compared the rule with the official text.
    pub verified: bool,
    /// Conditions met on that day.
    pub met: Vec<Condition>,
    /// Conditions not met on that day.
    pub unmet: Vec<Unmet>,
}

/// What each rule in force on `today` says of each thing held, in the order of the rules.
///
/// A higher level does not stand in for a lower one: a rule that asks for 高级工 is answered from
/// the award of 高级工, because its years run from there.
pub fn recognise<'a>(
    held: &[Held],
    rules: impl IntoIterator<Item = &'a RecognitionRule>,
    today: Date,
) -> Vec<Recognition> {
    rules
        .into_iter()
        .filter(|rule| rule.in_force(today))
        .flat_map(|rule| {
            held.iter()
                .filter(|it| it.since <= today && rule.from.is(&it.holding))
                .map(|it| judge(rule, it, today))
        })
        .collect()
}

fn judge(rule: &RecognitionRule, held: &Held, today: Date) -> Recognition {
    let full_on = full_years_on(held.since, rule.years_after);
    let years = Condition::Years {
        years: rule.years_after,
        full_on,
    };
    let (mut met, mut unmet) = (Vec::new(), Vec::new());
    if full_on <= today {
        met.push(years);
    } else {
        unmet.push(Unmet {
            condition: years,
            until: Some(full_on),
        });
    }
    unmet.extend(rule.conditions.iter().map(|text| Unmet {
        condition: Condition::Stated { text: text.clone() },
        until: None,
    }));
    Recognition {
        rule: rule.id.clone(),
        held: held.clone(),
        to: rule.to.clone(),
        effect: rule.effect,
        citation: rule.citation.clone(),
        verified: rule.verified,
        met,
        unmet,
    }
}

impl RecognitionRule {
    /// Whether the rule applies on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }
}

impl Qualification {
    /// Whether a thing held is this: the level in one of the occupations named, or the grade in
    /// the series. The name of a title varies by speciality and is not compared.
    fn is(&self, holding: &Holding) -> bool {
        match (self, holding) {
            (
                Self::Level { level, occupations },
                Holding::Level {
                    level: held,
                    occupation,
                },
            ) => level == held && (occupations.is_empty() || occupations.contains(occupation)),
            (Self::Title { title }, Holding::Title { title: held }) => {
                title.series == held.series && title.grade == held.grade
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rules::careers_cn;
    use crate::domain::rules::recognition::TitleGrade;
    use jiff::civil::date;

    fn senior_worker(since: Date) -> Held {
        Held {
            holding: Holding::Level {
                level: SkillLevel::Three,
                occupation: "6-31-07-01".parse().unwrap(),
            },
            since,
        }
    }

    #[test]
    fn two_years_after_level_three_one_may_apply_for_assistant_engineer() {
        let rules = careers_cn::built_in();
        let held = [senior_worker(date(2024, 6, 1))];
        let answers = recognise(&held, &rules, date(2026, 5, 31));
        assert_eq!(answers.len(), 1);
        let answer = &answers[0];
        assert_eq!(answer.effect, Effect::MayApply);
        assert!(answer.citation.contains("〔2018〕74号") && !answer.verified);
        assert!(answer.met.is_empty());
        assert_eq!(answer.unmet[0].until, Some(date(2026, 6, 1)));
        assert!(answer.unmet[1..].iter().all(|it| it.until.is_none()));

        let answers = recognise(&held, &rules, date(2026, 6, 1));
        assert_eq!(
            answers[0].met,
            [Condition::Years {
                years: 2,
                full_on: date(2026, 6, 1)
            }]
        );
        assert_eq!(
            answers[0].unmet.len(),
            2,
            "what is to be shown stays to be shown"
        );
    }

    #[test]
    fn a_title_leads_to_applying_for_a_level() {
        let held = [Held {
            holding: Holding::Title {
                title: Title {
                    series: "工程".into(),
                    grade: TitleGrade::Assistant,
                    name: "机械助理工程师".into(),
                },
            },
            since: date(2024, 2, 29),
        }];
        let answers = recognise(&held, &careers_cn::built_in(), date(2025, 2, 28));
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].unmet[0].until, Some(date(2025, 3, 1)));
        assert!(matches!(
            answers[0].to,
            Qualification::Level {
                level: SkillLevel::Three,
                ..
            }
        ));
    }

    #[test]
    fn a_rule_answers_only_on_its_days_and_for_what_it_names() {
        let mut rule = careers_cn::built_in().remove(0);
        rule.effective_to = Some(date(2026, 12, 31));
        let held = [senior_worker(date(2024, 6, 1))];
        let on = |rule: &RecognitionRule, today| recognise(&held, [rule], today).len();
        assert_eq!(on(&rule, date(2026, 12, 31)), 1);
        assert_eq!(on(&rule, date(2027, 1, 1)), 0);
        assert_eq!(on(&rule, date(2024, 5, 31)), 0, "not held yet");
        rule.from = Qualification::Level {
            level: SkillLevel::Three,
            occupations: vec!["6-18-02-04".parse().unwrap()],
        };
        assert_eq!(on(&rule, date(2026, 7, 1)), 0, "another occupation");
    }
}
