//! What somebody may apply for next (技能护照: 下一步), in every occupation he has a tie to.

use super::history::History;
use super::judge::{Eligibility, judge};
use super::register::StandardRegister;
use crate::domain::background::OutsideKind;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What comes next in one occupation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// The occupation.
    pub occupation: OccupationCode,
    /// The highest level held in it, by this ledger or by another's certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<SkillLevel>,
    /// The highest level above it for which the conditions are met on the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_apply: Option<Eligibility>,
    /// The lowest level above both for which they are not, and what is missing until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Eligibility>,
}

/// What comes next on the day `on`, in code order, in every occupation that a level, work, a
/// training, an apprenticeship, a study, a title or another's certificate ties the person to
/// and that has a standard on that day; one that was renamed counts as what it is called now.
/// Where the highest level is held, nothing.
pub fn what_next(history: &History, standards: &StandardRegister, on: Date) -> Vec<NextStep> {
    let held = held(history, on);
    let today = |code: OccupationCode| standards.of_code(code, on)?.standard.occupation();
    let step = |occupation: OccupationCode| {
        let by = standards.of_occupation(occupation, on)?;
        let own = held.iter().filter(|(code, _)| by.standard.is_own(**code));
        let holds = own.map(|(_, level)| *level).max();
        let mut may_apply = None;
        let mut then = None;
        for level in by.standard.levels() {
            if holds.is_some_and(|held| level <= held) {
                continue;
            }
            let answer = judge(history, by, level, on);
            if answer.met {
                may_apply = Some(answer);
                then = None;
            } else if then.is_none() {
                then = Some(answer);
            }
        }
        (may_apply.is_some() || then.is_some()).then_some(NextStep {
            occupation,
            holds,
            may_apply,
            then,
        })
    };
    let occupations: BTreeSet<_> = ties(history).into_iter().filter_map(today).collect();
    occupations.into_iter().filter_map(step).collect()
}

/// The highest level held on the day, by occupation.
fn held(history: &History, on: Date) -> BTreeMap<OccupationCode, SkillLevel> {
    let by_ledger = history.levels.iter().filter(|it| it.standing);
    let by_ledger = by_ledger.map(|it| (Some(it.occupation), Some(it.level), it.awarded_on));
    let outside = history.background.outside.iter().filter(|it| {
        matches!(
            it.kind,
            OutsideKind::LevelCertificate | OutsideKind::VocationalQualification
        ) && it.valid_to.is_none_or(|last| on <= last)
    });
    let outside = outside.map(|it| (it.occupation, it.level, it.awarded_on));
    let mut highest = BTreeMap::new();
    for held in by_ledger.chain(outside) {
        if let (Some(occupation), Some(level), since) = held
            && since <= on
        {
            let of = highest.entry(occupation).or_insert(level);
            *of = level.max(*of);
        }
    }
    highest
}

fn ties(history: &History) -> BTreeSet<OccupationCode> {
    let background = &history.background;
    let levels = history.levels.iter().map(|it| it.occupation);
    let trainings = history.trainings.iter().filter_map(|it| it.occupation);
    let apprenticeships = history.apprenticeships.iter().map(|it| it.occupation);
    let works = background.works.iter().filter_map(|it| it.occupation);
    let studies = background.studies.iter().flat_map(|it| &it.related);
    let titles = background.titles.iter().flat_map(|it| &it.related);
    let outside = background.outside.iter().filter_map(|it| it.occupation);
    levels
        .chain(trainings)
        .chain(apprenticeships)
        .chain(works)
        .chain(studies.chain(titles).copied())
        .chain(outside)
        .collect()
}
