//! What something held gives, on a day and in a place: effects with their citations, what is met
//! by which evidence, and what is still missing until when. Never "equals".

use super::holding::{Held, HeldBy, Holding};
use super::issuer::Issuer;
use super::qualification::Qualification;
use super::rule::{Channel, Effect, RecognitionRule};
use super::rulebook::{AdoptedRule, Rulebook};
use crate::domain::background::OutsideKind;
use crate::domain::digest::Digest;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::years::full_years_on;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Condition {
    /// Full years since the award (满 N 年).
    Years {
        /// How many.
        years: u8,
        /// The first day on which they are full.
        full_on: Date,
    },
    /// The occupation belongs to the title series (职称系列).
    Series {
        /// The occupation.
        occupation: OccupationCode,
        /// The series.
        series: String,
    },
    /// The speciality held belongs to the occupation led to (本职业或相关职业).
    Related,
    /// The issuer is registered on that day and the certificate accepted.
    Issuer {
        /// The issuer's code.
        issuer: String,
    },
    /// Any other, in the rule's own words: to be shown.
    Stated {
        /// Its id within the rule.
        id: String,
        /// The words.
        words: Name,
    },
}

impl Condition {
    /// Its stable word: the kind or, of a stated one, its id within the rule.
    pub fn name(&self) -> &str {
        match self {
            Self::Years { .. } => "years",
            Self::Series { .. } => "series",
            Self::Related => "related",
            Self::Issuer { .. } => "issuer",
            Self::Stated { id, .. } => id,
        }
    }
}

/// What shows that a condition is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// What is held.
    Holding {
        /// By what it is held.
        held: HeldBy,
    },
    /// The register of issuers.
    Register {
        /// The registration's basis.
        basis: String,
    },
    /// An edition of title series.
    Series {
        /// Which.
        edition: String,
    },
    /// Papers that were shown and checked.
    Shown {
        /// Their digests.
        digests: Vec<Digest>,
    },
}

/// A condition that is met, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// Which.
    pub condition: Condition,
    /// By what.
    pub evidence: Evidence,
}

/// A condition that is not met, and the day it will be, where time alone meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// Which.
    pub condition: Condition,
    /// From when it is met; `None`: it is to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// What one rule says of one thing held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recognition {
    /// The rule's id.
    pub rule: String,
    /// The edition it was adopted with.
    pub edition: String,
    /// Whose rule.
    pub jurisdiction: String,
    /// What it was put against.
    pub held: Held,
    /// What it leads to.
    pub to: Qualification,
    /// The occupations it can lead to a level in; none = any, or it leads to no level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub occupations: Vec<OccupationCode>,
    /// The effect.
    pub effect: Effect,
    /// Another channel than the ordinary one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Document number and article.
    pub citation: String,
    /// Whether a person compared the rule with the official text.
    pub verified: bool,
    /// Whether the rule only shows what such a rule looks like.
    pub demo: bool,
    /// Whether a level that is awarded on it may have a certificate.
    pub certificate: bool,
    /// Conditions met on that day.
    pub met: Vec<Met>,
    /// Conditions not met on that day.
    pub unmet: Vec<Unmet>,
}

impl Rulebook {
    /// What each rule of the day and the jurisdiction says of each thing held on that day, in the
    /// order of the rules.
    ///
    /// A higher level does not stand in for a lower one: a rule that asks for 高级工 is answered
    /// from the award of 高级工, because its years run from there.
    pub fn answers(&self, held: &[Held], on: Date, jurisdiction: &str) -> Vec<Recognition> {
        self.rules_on(on, jurisdiction)
            .into_iter()
            .flat_map(|rule| held.iter().filter_map(move |it| self.judge(rule, it, on)))
            .collect()
    }

    /// What one adopted rule says of one thing held; `None`: it does not speak of it.
    fn judge(&self, adopted: &AdoptedRule, held: &Held, on: Date) -> Option<Recognition> {
        let rule = &adopted.rule;
        let speaks =
            held.is_held_on(on) && rule.from.is(&held.holding) && !makes_a_level_of_a_permit(rule);
        if !speaks {
            return None;
        }
        let mut judged = Judged::default();
        judged.years(rule, held, on);
        self.judge_series(rule, held, on, &mut judged)?;
        self.judge_issuer(rule, held, on, &mut judged);
        let occupations = self.occupations_led_to(rule, held, on)?;
        if rule.related {
            judged.add(
                Condition::Related,
                (!held.holding.related().is_empty()).then_some(Evidence::Holding { held: held.by }),
                None,
            );
        }
        for stated in &rule.conditions {
            let condition = Condition::Stated {
                id: stated.id.clone(),
                words: stated.words.clone(),
            };
            judged.add(condition, None, None);
        }
        Some(Recognition {
            rule: rule.id.clone(),
            edition: adopted.edition.clone(),
            jurisdiction: rule.jurisdiction.clone(),
            held: held.clone(),
            to: rule.to.clone(),
            occupations,
            effect: rule.effect,
            channel: rule.channel,
            citation: rule.citation.clone(),
            verified: rule.verified,
            demo: rule.demo,
            certificate: rule.certificate,
            met: judged.met,
            unmet: judged.unmet,
        })
    }

    /// `None`: the occupation is known to belong to other series, or to none.
    fn judge_series(
        &self,
        rule: &RecognitionRule,
        held: &Held,
        on: Date,
        judged: &mut Judged,
    ) -> Option<()> {
        let (
            Qualification::Level {
                series: Some(series),
                ..
            },
            Holding::Level { occupation, .. },
        ) = (&rule.from, &held.holding)
        else {
            return Some(());
        };
        let edition = self.series_on(on);
        let known = edition.and_then(|it| it.of(*occupation));
        let evidence = match known {
            Some(known) if known.contains(series) => edition.map(|it| Evidence::Series {
                edition: it.edition.clone(),
            }),
            Some(_) => return None,
            None => None,
        };
        let condition = Condition::Series {
            occupation: *occupation,
            series: series.clone(),
        };
        judged.add(condition, evidence, None);
        Some(())
    }

    /// The certificate of a rule, on whichever side it stands, comes from a registered issuer.
    fn judge_issuer(&self, rule: &RecognitionRule, held: &Held, on: Date, judged: &mut Judged) {
        let Some((outside, issuer, name, grade)) = certificate(held, &rule.to) else {
            return;
        };
        let registered = self
            .issuer_on(issuer, on)
            .filter(|it| it.outside == outside && it.accepts(name, grade));
        let evidence = registered.map(|it| Evidence::Register {
            basis: it.basis.clone(),
        });
        let condition = Condition::Issuer {
            issuer: issuer.to_owned(),
        };
        judged.add(condition, evidence, self.issuer_from(issuer, on));
    }

    /// Whether the issuer of the certificate held, or led to, is registered on that day and the
    /// certificate accepted; so too where no certificate of a registered kind is spoken of.
    pub fn registered(&self, held: &Held, to: &Qualification, on: Date) -> bool {
        certificate(held, to).is_none_or(|(outside, issuer, name, grade)| {
            self.issuer_on(issuer, on)
                .is_some_and(|it| it.outside == outside && it.accepts(name, grade))
        })
    }

    /// The occupations a rule can lead to a level in, from what is held; empty = any, or the rule
    /// leads to no level; `None` = none is left.
    fn occupations_led_to(
        &self,
        rule: &RecognitionRule,
        held: &Held,
        on: Date,
    ) -> Option<Vec<OccupationCode>> {
        let Qualification::Level {
            occupations,
            series,
            ..
        } = &rule.to
        else {
            return Some(Vec::new());
        };
        let related = held.holding.related();
        let mut led_to = match (occupations.is_empty(), rule.related) {
            (true, true) => related.to_vec(),
            (false, true) if !related.is_empty() => occupations
                .iter()
                .copied()
                .filter(|it| related.contains(it))
                .collect(),
            _ => occupations.clone(),
        };
        let limited = !occupations.is_empty();
        if let (Some(series), Some(edition)) = (series, self.series_on(on)) {
            match led_to.is_empty() && !limited {
                true => led_to = edition.occupations_of(series).collect(),
                false => {
                    led_to.retain(|it| edition.of(*it).is_none_or(|known| known.contains(series)))
                }
            }
            return (!led_to.is_empty()).then_some(led_to);
        }
        (!limited || !led_to.is_empty()).then_some(led_to)
    }
}

/// Kind, issuer, name and grade of a certificate that comes from registered issuers only.
fn certificate<'a>(
    held: &'a Held,
    to: &'a Qualification,
) -> Option<(OutsideKind, &'a str, &'a str, Option<&'a str>)> {
    let (outside, issuer, name, grade) = match (&held.holding, to) {
        (
            Holding::Certificate {
                outside,
                issuer,
                name,
                grade,
                ..
            },
            _,
        )
        | (
            _,
            Qualification::Certificate {
                outside,
                issuer,
                name,
                grade,
            },
        ) => (*outside, issuer, name, grade),
        _ => return None,
    };
    Issuer::is_registered_kind(outside).then_some((outside, issuer, name, grade.as_deref()))
}

/// A permit of another department (特种作业操作证) is no skill level and never becomes one.
fn makes_a_level_of_a_permit(rule: &RecognitionRule) -> bool {
    matches!(
        (&rule.from, &rule.to),
        (
            Qualification::Certificate {
                outside: OutsideKind::OperatingPermit,
                ..
            },
            Qualification::Level { .. }
        )
    )
}

#[derive(Default)]
struct Judged {
    met: Vec<Met>,
    unmet: Vec<Unmet>,
}

impl Judged {
    fn add(&mut self, condition: Condition, evidence: Option<Evidence>, until: Option<Date>) {
        match evidence {
            Some(evidence) => self.met.push(Met {
                condition,
                evidence,
            }),
            None => self.unmet.push(Unmet { condition, until }),
        }
    }

    fn years(&mut self, rule: &RecognitionRule, held: &Held, on: Date) {
        if rule.years_after == 0 {
            return;
        }
        let full_on = full_years_on(held.since, rule.years_after);
        let condition = Condition::Years {
            years: rule.years_after,
            full_on,
        };
        let evidence = (full_on <= on).then_some(Evidence::Holding { held: held.by });
        self.add(condition, evidence, Some(full_on));
    }
}
