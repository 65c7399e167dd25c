//! Putting conditions to a history: the answer, alternative by alternative and leaf by leaf.

use super::condition::Condition;
use super::history::History;
use super::standard::{Applicable, Assesses, Conditions};
use super::window::{Bench, Evidence, Progress, Windows};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::session::event::Standard;
use jiff::civil::Date;
use serde::Serialize;

/// What was applied for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AppliedFor {
    /// A level in an occupation.
    Level {
        /// The occupation.
        occupation: OccupationCode,
        /// The level.
        level: SkillLevel,
    },
    /// An item without a level.
    Item {
        /// The item.
        item: ItemCode,
    },
}

/// Whether somebody may apply on a day, by which rules, and what is missing until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Eligibility {
    /// For what.
    #[serde(flatten)]
    pub applied_for: AppliedFor,
    /// The day of application.
    pub on: Date,
    /// The standard it was judged by.
    pub standard: Standard,
    /// The document of its conditions: the template's, or the standard's own.
    pub source: String,
    /// Whether a person compared that document with the official text.
    pub verified: bool,
    /// Whether the standard opens the level at all.
    pub opened: bool,
    /// Whether one alternative is met.
    pub met: bool,
    /// If not met: the first day on which time alone will meet one; none if something is to be
    /// shown or obtained first.
    pub until: Option<Date>,
    /// Every alternative, in the order of the document.
    pub alternatives: Vec<AlternativeJudged>,
}

/// One alternative, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlternativeJudged {
    /// Its id: `2023-三级-2`.
    pub rule: String,
    /// Where it was read.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// The whole of it.
    #[serde(flatten)]
    pub judged: Judged,
}

/// A condition, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Whether it is met on the day.
    pub met: bool,
    /// If not met: the first day on which time alone will meet it.
    pub until: Option<Date>,
    /// Its parts.
    #[serde(flatten)]
    pub parts: Parts,
}

/// What a judged condition is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parts {
    /// Every one of these.
    AllOf(Vec<Judged>),
    /// Any one of these.
    AnyOf(Vec<Judged>),
    /// A leaf.
    Leaf {
        /// What it asks.
        condition: Condition,
        /// What meets it, or will.
        evidence: Vec<Evidence>,
        /// How far what it counts has come.
        #[serde(skip_serializing_if = "Option::is_none")]
        progress: Option<Progress>,
    },
}

impl Eligibility {
    /// The ids of the alternatives that are met.
    pub fn rules_met(&self) -> impl Iterator<Item = &str> {
        self.alternatives
            .iter()
            .filter(|it| it.judged.met)
            .map(|it| it.rule.as_str())
    }
}

impl Judged {
    /// The leaves, from left to right.
    pub fn leaves(&self) -> Vec<&Self> {
        match &self.parts {
            Parts::AllOf(of) | Parts::AnyOf(of) => of.iter().flat_map(Self::leaves).collect(),
            Parts::Leaf { .. } => vec![self],
        }
    }
}

/// Whether a person with this history may apply for `level` on the day `on`.
///
/// A level the standard does not open is answered with `opened: false` and no alternatives.
/// Whether the person holds the level already is not asked here.
pub fn judge(history: &History, by: Applicable<'_>, level: SkillLevel, on: Date) -> Eligibility {
    let hours = by.standard.opened(level).and_then(|it| it.hours);
    let bench = Bench::new(history, by.standard, Some(level), hours, on);
    // An item opens no level; its own code cannot stand here.
    let applied_for = match &by.standard.assesses {
        Assesses::Occupation { occupation, .. } => AppliedFor::Level {
            occupation: *occupation,
            level,
        },
        Assesses::Item { item, .. } => AppliedFor::Item { item: item.clone() },
    };
    let opened = by.standard.opens(level);
    answer(&bench, by, by.conditions(level), applied_for, opened, on)
}

/// Whether a person with this history may apply on the day `on` for the item a standard is
/// about. None if it is about an occupation.
pub fn judge_item(history: &History, by: Applicable<'_>, on: Date) -> Option<Eligibility> {
    let Assesses::Item {
        item,
        hours,
        any_of,
        ..
    } = &by.standard.assesses
    else {
        return None;
    };
    let bench = Bench::new(history, by.standard, None, *hours, on);
    let applied_for = AppliedFor::Item { item: item.clone() };
    let conditions = Conditions {
        any_of,
        source: &by.standard.source,
        verified: by.standard.verified,
    };
    Some(answer(&bench, by, conditions, applied_for, true, on))
}

fn answer(
    bench: &Bench<'_>,
    by: Applicable<'_>,
    conditions: Conditions<'_>,
    applied_for: AppliedFor,
    opened: bool,
    on: Date,
) -> Eligibility {
    let alternatives: Vec<AlternativeJudged> = conditions
        .any_of
        .iter()
        .map(|alternative| AlternativeJudged {
            rule: alternative.id.clone(),
            source: alternative
                .source
                .as_deref()
                .unwrap_or(conditions.source)
                .to_owned(),
            verified: alternative.verified,
            judged: Tree::new(&alternative.condition, bench).judged(on),
        })
        .collect();
    let met = alternatives.iter().any(|it| it.judged.met);
    let untils = alternatives.iter().filter_map(|it| it.judged.until);
    Eligibility {
        applied_for,
        on,
        standard: by.standard.named(),
        source: conditions.source.to_owned(),
        verified: conditions.verified,
        opened,
        met,
        until: untils.min().filter(|_| !met),
        alternatives,
    }
}

/// A condition with the windows of its leaves.
enum Tree<'a> {
    All(Vec<Tree<'a>>),
    Any(Vec<Tree<'a>>),
    Leaf(&'a Condition, Windows),
}

impl<'a> Tree<'a> {
    fn new(condition: &'a Condition, bench: &Bench<'_>) -> Self {
        let branches = |of: &'a [Condition]| of.iter().map(|it| Self::new(it, bench)).collect();
        match condition {
            Condition::AllOf { of } => Self::All(branches(of)),
            Condition::AnyOf { of } => Self::Any(branches(of)),
            leaf => Self::Leaf(leaf, bench.windows(leaf)),
        }
    }

    /// The first day, from `day` on, on which it is met by what is on record.
    fn first_from(&self, day: Date) -> Option<Date> {
        match self {
            Self::Leaf(_, found) => {
                let firsts = found.windows.iter().filter_map(|it| it.first_from(day));
                firsts.min()
            }
            Self::Any(of) => of.iter().filter_map(|it| it.first_from(day)).min(),
            Self::All(of) => {
                // Each round goes to the day the last of them begins, which another may have
                // left by then; every round reaches the beginning of a window, so it ends.
                let mut at = day;
                loop {
                    let mut latest = at;
                    for it in of {
                        latest = latest.max(it.first_from(at)?);
                    }
                    if latest == at {
                        return Some(at);
                    }
                    at = latest;
                }
            }
        }
    }

    fn judged(self, on: Date) -> Judged {
        let first = self.first_from(on);
        let met = first == Some(on);
        let until = first.filter(|_| !met);
        let branches = |of: Vec<Tree<'_>>| of.into_iter().map(|it| it.judged(on)).collect();
        let parts = match self {
            Self::All(of) => Parts::AllOf(branches(of)),
            Self::Any(of) => Parts::AnyOf(branches(of)),
            Self::Leaf(condition, found) => {
                let by = first.and_then(|day| {
                    let mut covering = found.windows.into_iter().filter(|it| it.covers(day));
                    covering.next()
                });
                Parts::Leaf {
                    condition: condition.clone(),
                    evidence: by.map(|it| it.evidence).unwrap_or_default(),
                    progress: found.progress,
                }
            }
        };
        Judged { met, until, parts }
    }
}
