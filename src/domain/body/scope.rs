//! Whether a body may assess or issue (备案范围): occupation × level × region × day.

use crate::domain::attainment::{Assessed, Attainment};
use crate::domain::body::command::Issuing;
use crate::domain::body::event::{
    BodyEvent, BodyKind, RunOffGranted, ScopeEnded, ScopeGranted, ScopedWorkType,
};
use crate::domain::body::rejection::BodyRejection;
use crate::domain::body::state::{Body, BodyState, Scope, Standing, day_after};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, ProposalRejection};
use crate::domain::region::RegionCode;
use crate::domain::wording::check_text;
use jiff::civil::Date;
use std::collections::BTreeSet;

use BodyRejection as No;

/// What a scope is asked for.
#[derive(Clone, Copy, Debug)]
enum Sought<'a> {
    /// A level of an occupation, by a work type where the assessment is by one.
    Level {
        occupation: OccupationCode,
        work_type: Option<&'a str>,
        level: SkillLevel,
    },
    /// An occupation at whatever level: an enterprise certificate (企业证书) rests on the assessment
    /// it shares with a level.
    Occupation(OccupationCode),
    /// An item without a level.
    Item(&'a ItemCode),
}

impl<'a> Sought<'a> {
    /// What a certificate attests.
    fn of(attainment: &'a Attainment) -> Self {
        match attainment {
            Attainment::Level {
                occupation,
                work_type,
                level,
                ..
            } => Self::Level {
                occupation: *occupation,
                work_type: work_type.as_deref(),
                level: *level,
            },
            Attainment::Enterprise { occupation, .. } => Self::Occupation(*occupation),
            Attainment::SpecialSkill { item, .. } | Attainment::MicroSkill { item, .. } => {
                Self::Item(item)
            }
        }
    }

    /// How near a scope comes, when it is not the days that fail it: the higher the nearer;
    /// `None` if it names all of this.
    fn missed_by(self, granted: &ScopeGranted, region: RegionCode) -> Option<(u8, No)> {
        match self {
            Self::Level {
                occupation,
                work_type,
                level,
            } => {
                if !granted.occupations.contains(&occupation) {
                    return Some((0, No::OccupationOutsideScope { occupation }));
                }
                let of_occupation = |it: &&ScopedWorkType| it.occupation == occupation;
                let mut named = granted.work_types.iter().filter(of_occupation).peekable();
                if named.peek().is_some() && !named.any(|it| Some(it.name.as_str()) == work_type) {
                    return Some((1, No::WorkTypeOutsideScope { occupation }));
                }
                if !granted.levels.contains(&level) {
                    return Some((2, No::LevelOutsideScope { level }));
                }
            }
            Self::Occupation(occupation) => {
                if !granted.occupations.contains(&occupation) {
                    return Some((0, No::OccupationOutsideScope { occupation }));
                }
            }
            Self::Item(item) => {
                if !granted.items.contains(item) {
                    return Some((0, No::ItemOutsideScope { item: item.clone() }));
                }
            }
        }
        if granted.regions.iter().any(|it| it.covers(region)) {
            None
        } else {
            Some((3, No::RegionOutsideScope { region }))
        }
    }

    /// What is said where there is no scope at all.
    fn missed(self) -> (u8, No) {
        match self {
            Self::Level { occupation, .. } | Self::Occupation(occupation) => {
                (0, No::OccupationOutsideScope { occupation })
            }
            Self::Item(item) => (0, No::ItemOutsideScope { item: item.clone() }),
        }
    }
}

impl Scope {
    /// The first day without it.
    fn over_on(&self) -> Date {
        let planned = day_after(self.granted.to);
        self.ended_on.map_or(planned, |on| on.min(planned))
    }
}

impl BodyState {
    /// Whether the body may hold this assessment there on that day: the guard of opening a session.
    pub fn may_assess(
        &self,
        assessed: &Assessed,
        region: RegionCode,
        date: Date,
    ) -> Result<(), BodyRejection> {
        self.in_scope_and_standing(assessed, region, date, true)
    }

    /// Whether an assessment that was held that day counts: the guard of taking in its results and
    /// of awarding its levels. The body may act now, was not suspended on the day and was in scope; one that ended
    /// since takes nothing from it.
    pub fn may_have_assessed(
        &self,
        assessed: &Assessed,
        region: RegionCode,
        date: Date,
    ) -> Result<(), BodyRejection> {
        self.in_scope_and_standing(assessed, region, date, false)
    }

    fn in_scope_and_standing(
        &self,
        assessed: &Assessed,
        region: RegionCode,
        date: Date,
        ends_bind: bool,
    ) -> Result<(), BodyRejection> {
        let body = self.body()?;
        body.may_act()?;
        body.stood_on(date)?;
        match assessed {
            Assessed::Levels {
                occupation,
                work_type,
                levels,
                ..
            } => levels.iter().try_for_each(|level| {
                let sought = Sought::Level {
                    occupation: *occupation,
                    work_type: work_type.as_deref(),
                    level: *level,
                };
                body.in_scope(sought, region, date, ends_bind)
            }),
            Assessed::Item { item, .. } => {
                body.in_scope(Sought::Item(item), region, date, ends_bind)
            }
        }
    }

    /// Whether the body may act at all: the guard of taking in, confirming and closing what it
    /// has assessed. Neither suspended (暂停资质) nor withdrawn (取消资质), and an assessment body.
    pub fn in_good_standing(&self) -> Result<(), BodyRejection> {
        self.body()?.may_act()
    }

    /// Whether certificates may be issued on that day: the guard of an issue, a reissue and a
    /// correction. A scope that ended since the assessment needs a run-off for the session.
    pub fn may_issue(&self, issuing: &Issuing) -> Result<(), BodyRejection> {
        self.body()?.may_issue(issuing)
    }
}

impl Body {
    /// Refuses a body that is suspended, withdrawn, or assesses nobody.
    pub(super) fn may_act(&self) -> Result<(), No> {
        if self.registered.kind == BodyKind::TrainingProvider {
            return Err(No::AssessesNobody);
        }
        self.stands()
    }

    pub(super) fn may_issue(&self, issuing: &Issuing) -> Result<(), No> {
        self.may_act()?;
        self.stood_on(issuing.on)?;
        if issuing.on < issuing.assessed_on {
            return Err(No::DateBefore {
                earliest: issuing.assessed_on,
            });
        }
        let run_off = self
            .run_offs
            .get(&issuing.session)
            .is_some_and(|run_off| issuing.on <= run_off.until);
        for attainment in &issuing.attainments {
            let sought = Sought::of(attainment);
            let scope = |date, ends_bind| self.in_scope(sought, issuing.region, date, ends_bind);
            match scope(issuing.on, true) {
                // A run-off replaces a scope that has ended, never one that was not there.
                Err(No::ScopeExpired { .. }) if run_off => scope(issuing.assessed_on, false)?,
                judged => judged?,
            }
        }
        Ok(())
    }

    /// Whether some scope covers this on that day; if none, the reason that comes nearest. With
    /// `ends_bind`, a scope ended by an event is gone for every day: what ended by an event ends
    /// from that event on. Without, only for the days from its end.
    fn in_scope(
        &self,
        sought: Sought<'_>,
        region: RegionCode,
        date: Date,
        ends_bind: bool,
    ) -> Result<(), No> {
        let mut nearest = sought.missed();
        for scope in self.scopes.values() {
            if let Some(missed) = sought.missed_by(&scope.granted, region) {
                if missed.0 > nearest.0 {
                    nearest = missed;
                }
                continue;
            }
            let gone = (ends_bind && scope.ended_on.is_some()) || scope.over_on() <= date;
            // One that has ended comes nearer than one that has not begun: a run-off may follow it.
            if gone {
                let on = scope.over_on();
                nearest = (5, No::ScopeExpired { on });
            } else if scope.granted.from <= date {
                return Ok(());
            } else if nearest.0 < 5 {
                let from = scope.granted.from;
                nearest = (4, No::ScopeNotBegun { from });
            }
        }
        Err(nearest.1)
    }
}

pub(super) fn decide_grant(body: &Body, granted: &ScopeGranted) -> Result<Vec<BodyEvent>, No> {
    match body.standing {
        Standing::Withdrawn { since } => return Err(No::Withdrawn { since }),
        Standing::Good | Standing::Suspended { .. } => {}
    }
    if body.registered.kind == BodyKind::TrainingProvider {
        return Err(No::AssessesNobody);
    }
    if body.scopes.contains_key(&granted.grant) {
        return Err(No::GrantTaken);
    }
    check_text("basis", &granted.basis)?;
    if !is_whole(granted) {
        return Err(No::ScopeEmpty);
    }
    for work_type in &granted.work_types {
        check_text("work-type", &work_type.name)?;
    }
    for occupation in &granted.occupations {
        if !occupation.carries_level_certificates() {
            return Err(No::NoLevelCertificates {
                occupation: *occupation,
            });
        }
    }
    for level in &granted.levels {
        match level {
            SkillLevel::Apprentice => return Err(No::LevelNotCertified { level: *level }),
            SkillLevel::Special | SkillLevel::Chief
                if body.registered.kind != BodyKind::Employer =>
            {
                return Err(No::LevelOfEmployers { level: *level });
            }
            _ => {}
        }
    }
    if granted.to < granted.from {
        return Err(No::DatesDisagree);
    }
    body.check_regions(granted)?;
    Ok(vec![granted.clone().into()])
}

/// Occupations with levels, or items, or both; regions; and nothing twice or astray.
fn is_whole(granted: &ScopeGranted) -> bool {
    let work_type_astray = |it: &ScopedWorkType| !granted.occupations.contains(&it.occupation);
    granted.occupations.is_empty() == granted.levels.is_empty()
        && !(granted.occupations.is_empty() && granted.items.is_empty())
        && !granted.regions.is_empty()
        && none_twice(&granted.occupations)
        && none_twice(&granted.work_types)
        && none_twice(&granted.levels)
        && none_twice(&granted.items)
        && none_twice(&granted.regions)
        && !granted.work_types.iter().any(work_type_astray)
}

pub(super) fn decide_end(body: &Body, ended: &ScopeEnded) -> Result<Vec<BodyEvent>, No> {
    check_text("reason", &ended.reason)?;
    match body.scopes.get(&ended.grant) {
        Some(scope) if scope.ended_on.is_none() => Ok(vec![ended.clone().into()]),
        _ => Err(No::GrantUnknown),
    }
}

pub(super) fn decide_run_off(body: &Body, granted: &RunOffGranted) -> Result<Vec<BodyEvent>, No> {
    body.may_act()?;
    check_text("reason", &granted.reason)?;
    if body.run_offs.contains_key(&granted.session) {
        return Err(No::RunOffTaken);
    }
    Ok(vec![granted.clone().into()])
}

/// The events of a scope taken back by two people: it ends, and where some occupations stay, the
/// rest is granted anew for the days that are left.
pub(super) fn taken_back(body: &Body, act: &Act) -> Result<Vec<BodyEvent>, No> {
    let Act::TakeBackScope {
        grant,
        occupations,
        rest,
        ground,
        on,
        ..
    } = act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    let scope = match body.scopes.get(grant) {
        Some(scope) if scope.ended_on.is_none() => &scope.granted,
        _ => return Err(No::GrantUnknown),
    };
    let ended = ScopeEnded {
        grant: *grant,
        on: *on,
        reason: ground.clone(),
    };
    if occupations.is_empty() && rest.is_none() {
        return Ok(vec![ended.into()]);
    }
    let goes = |it: &OccupationCode| occupations.contains(it);
    let all_named = occupations.iter().all(|it| scope.occupations.contains(it));
    let mut left = scope.clone();
    left.occupations.retain(|it| !goes(it));
    left.work_types.retain(|it| !goes(&it.occupation));
    if left.occupations.is_empty() {
        left.levels.clear();
    }
    let something_left = !left.occupations.is_empty() || !left.items.is_empty();
    let (Some(rest), true, true, true) = (rest, all_named, none_twice(occupations), something_left)
    else {
        return Err(No::NothingTakenBack);
    };
    if body.scopes.contains_key(rest) {
        return Err(No::GrantTaken);
    }
    left.grant = *rest;
    left.from = left.from.max(*on);
    if left.to < left.from {
        return Err(No::ScopeExpired {
            on: day_after(left.to),
        });
    }
    Ok(vec![ended.into(), left.into()])
}

/// Whether none stands there twice.
fn none_twice<T: Ord>(items: &[T]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() == items.len()
}
