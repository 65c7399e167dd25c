//! 竞赛晋升: which level a place in a competition gives (checklist row 56).

use crate::domain::competition::event::Group;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::rules::routes::jurisdiction::nearest;
use crate::domain::rules::routes::rejection::RouteRejection as No;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A kind of competition a rule speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierClass {
    /// Tier (层级), the word a competition is registered with.
    pub tier: String,
    /// Class (类别); none named = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

/// Which places a rule promotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reach {
    /// Places 1 to `to` (前 N 名).
    Rank {
        /// The last place.
        to: u32,
    },
    /// The best so many in a hundred (前 N%); a part of a place does not count.
    Share {
        /// Hundredths of the contestants.
        percent: u8,
    },
    /// Holders of these prizes.
    Prize {
        /// The prizes, by the words places are entered with.
        prizes: Vec<String>,
    },
}

/// One dated rule of promotion (竞赛晋升规则).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionRule {
    /// Its id, stable over editions.
    pub id: String,
    /// Whose rule: `CN`, `DEMO` or a division code; it applies to competitions held there.
    pub jurisdiction: String,
    /// Competitions of these kinds.
    pub competitions: Vec<TierClass>,
    /// Contestants of this group.
    pub group: Group,
    /// Places.
    pub reach: Reach,
    /// Levels in rising order: the promotion gives the first above what is held.
    pub ladder: Vec<SkillLevel>,
    /// Whether a person is promoted from competitions once a year only.
    pub once_a_year: bool,
    /// First day it applies.
    pub effective_from: Date,
    /// Last day it applies, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Document number and article.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

impl PromotionRule {
    /// Whether it applies to what ended on that day.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }

    fn speaks_of(&self, placing: &Placing) -> bool {
        let kind = |it: &TierClass| {
            it.tier == placing.tier && (it.class.is_none() || it.class == placing.class)
        };
        self.group == placing.group && self.competitions.iter().any(kind)
    }

    fn reaches(&self, placing: &Placing) -> bool {
        match &self.reach {
            Reach::Rank { to } => placing.rank <= *to,
            Reach::Share { percent } => {
                u64::from(placing.rank) * 100
                    <= u64::from(placing.contestants) * u64::from(*percent)
            }
            Reach::Prize { prizes } => placing
                .prize
                .as_ref()
                .is_some_and(|prize| prizes.contains(prize)),
        }
    }
}

/// A place that stands in a closed competition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// Tier of the competition.
    pub tier: String,
    /// Its class.
    pub class: Option<String>,
    /// Where it was held.
    pub region: RegionCode,
    /// The contest's occupation.
    pub occupation: OccupationCode,
    /// The contest's group.
    pub group: Group,
    /// Place from 1.
    pub rank: u32,
    /// Contestants of the contest.
    pub contestants: u32,
    /// Prize.
    pub prize: Option<String>,
    /// Last day of the competition: rules of that day apply.
    pub ended_on: Date,
    /// The day its results were closed.
    pub closed_on: Date,
}

/// What the worker's stream says towards a promotion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromotionFacts {
    /// The highest level held in the occupation.
    pub held: Option<SkillLevel>,
    /// Years in which he was promoted from a competition, in any occupation.
    pub promoted_in: Vec<i16>,
}

/// What a place gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// The level.
    pub level: SkillLevel,
    /// The rule's id.
    pub rule: String,
    /// Its source.
    pub source: String,
    /// The year that this promotion uses up, if the rule promotes once a year: to be reserved
    /// as `promotion:WORKER:YEAR` with the award.
    pub uses_year: Option<i16>,
}

/// The level that a place gives on a day. Of several rules that promote it, the one that gives
/// most; only rules of the nearest jurisdiction are asked.
///
/// The year of "once a year" is the calendar year of `on`, the day of the promotion (our reading).
pub fn promotion<'a>(
    rules: impl IntoIterator<Item = &'a PromotionRule>,
    placing: &Placing,
    facts: &PromotionFacts,
    on: Date,
) -> Result<Promotion, No> {
    if on < placing.closed_on {
        return Err(No::BeforeCompetitionClosed {
            closed_on: placing.closed_on,
        });
    }
    let speaking = rules
        .into_iter()
        .filter(|rule| rule.in_force(placing.ended_on) && rule.speaks_of(placing));
    let rules = nearest(speaking, |it| it.jurisdiction.as_str(), placing.region);
    if rules.is_empty() {
        return Err(No::NoPromotionRule);
    }
    let reached: Vec<&PromotionRule> = rules
        .into_iter()
        .filter(|rule| rule.reaches(placing))
        .collect();
    if reached.is_empty() {
        return Err(No::PlaceTooLow);
    }
    let given = |rule: &&PromotionRule| {
        let above = |level: &&SkillLevel| facts.held.is_none_or(|held| **level > held);
        rule.ladder.iter().find(above).copied()
    };
    let best = reached
        .iter()
        .filter_map(|rule| given(rule).map(|level| (level, *rule)))
        .max_by_key(|(level, _)| *level);
    let Some((level, rule)) = best else {
        let held = facts.held.unwrap_or(SkillLevel::One);
        return Err(No::NothingAbove { held });
    };
    let year = on.year();
    if rule.once_a_year && facts.promoted_in.contains(&year) {
        return Err(No::PromotedThisYear { year });
    }
    Ok(Promotion {
        level,
        rule: rule.id.clone(),
        source: rule.source.clone(),
        uses_year: rule.once_a_year.then_some(year),
    })
}
