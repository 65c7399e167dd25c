//! Whether a body may assess or issue (备案范围): occupation × level × region × day.

use crate::domain::attainment::Attainment;
use crate::domain::body::command::Issuing;
use crate::domain::body::event::{BodyEvent, BodyKind, RunOffGranted, ScopeEnded, ScopeGranted};
use crate::domain::body::rejection::BodyRejection;
use crate::domain::body::state::{Body, BodyState, Scope, Standing};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::wording::check_text;
use jiff::civil::Date;
use std::collections::BTreeSet;

use BodyRejection as No;

impl Scope {
    /// Whether the scope names these, on whatever day.
    fn names(&self, occupation: OccupationCode, level: SkillLevel, region: RegionCode) -> bool {
        self.granted.occupations.contains(&occupation)
            && self.granted.levels.contains(&level)
            && self.granted.regions.iter().any(|it| it.covers(region))
    }

    /// The first day without it.
    fn over_on(&self) -> Date {
        let planned = self.granted.to.tomorrow().unwrap_or(Date::MAX);
        self.ended_on.map_or(planned, |on| on.min(planned))
    }
}

impl BodyState {
    /// Whether the body may hold an assessment of these levels there on that day: the guard of
    /// opening a session.
    pub fn may_assess(
        &self,
        occupation: OccupationCode,
        levels: &[SkillLevel],
        region: RegionCode,
        date: Date,
    ) -> Result<(), BodyRejection> {
        let body = self.body()?;
        body.may_act()?;
        levels
            .iter()
            .try_for_each(|level| body.in_scope(occupation, *level, region, date, true))
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
        match self.standing {
            Standing::Good => Ok(()),
            Standing::Suspended { since } => Err(No::Suspended { since }),
            Standing::Withdrawn { since } => Err(No::Withdrawn { since }),
        }
    }

    pub(super) fn may_issue(&self, issuing: &Issuing) -> Result<(), No> {
        self.may_act()?;
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
            let scope = |date, ends_bind| self.covers(attainment, issuing.region, date, ends_bind);
            match scope(issuing.on, true) {
                // A run-off replaces a scope that has ended, never one that was not there.
                Err(No::ScopeExpired { .. }) if run_off => scope(issuing.assessed_on, false)?,
                judged => judged?,
            }
        }
        Ok(())
    }

    /// Whether some scope covers what a certificate attests, on that day. An enterprise
    /// certificate (企业证书) rests on the assessment of its twin: a scope for the occupation.
    fn covers(
        &self,
        attainment: &Attainment,
        region: RegionCode,
        date: Date,
        ends_bind: bool,
    ) -> Result<(), No> {
        match attainment {
            Attainment::Level {
                occupation, level, ..
            } => self.in_scope(*occupation, *level, region, date, ends_bind),
            Attainment::Enterprise { occupation, .. } => {
                let judged = SkillLevel::CERTIFIED
                    .map(|level| self.in_scope(*occupation, level, region, date, ends_bind));
                let [lowest, ..] = &judged;
                match judged.iter().any(Result::is_ok) {
                    true => Ok(()),
                    false => lowest.clone(),
                }
            }
            Attainment::SpecialSkill { item, .. } | Attainment::MicroSkill { item, .. } => {
                Err(No::ItemOutsideScope { item: item.clone() })
            }
        }
    }

    /// Whether some scope covers this on that day; if none, the reason that comes nearest. With
    /// `ends_bind`, a scope ended by an event is gone for every day: what ended by an event ends
    /// from that event on. Without, only for the days from its end.
    fn in_scope(
        &self,
        occupation: OccupationCode,
        level: SkillLevel,
        region: RegionCode,
        date: Date,
        ends_bind: bool,
    ) -> Result<(), No> {
        let scopes = || self.scopes.values();
        let mut nearest = No::OccupationOutsideScope { occupation };
        if scopes().any(|it| it.granted.occupations.contains(&occupation)) {
            nearest = No::LevelOutsideScope { level };
            let with_level = |it: &Scope| {
                it.granted.occupations.contains(&occupation) && it.granted.levels.contains(&level)
            };
            if scopes().any(with_level) {
                nearest = No::RegionOutsideScope { region };
            }
        }
        for scope in scopes().filter(|it| it.names(occupation, level, region)) {
            let gone = (ends_bind && scope.ended_on.is_some()) || scope.over_on() <= date;
            if gone {
                nearest = No::ScopeExpired {
                    on: scope.over_on(),
                };
            } else if date < scope.granted.from {
                nearest = No::ScopeNotBegun {
                    from: scope.granted.from,
                };
            } else {
                return Ok(());
            }
        }
        Err(nearest)
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
    if !each_once(&granted.occupations)
        || !each_once(&granted.levels)
        || !each_once(&granted.regions)
    {
        return Err(No::ScopeEmpty);
    }
    for occupation in &granted.occupations {
        if !occupation.carries_level_certificates() {
            return Err(No::NoLevelCertificates {
                occupation: *occupation,
            });
        }
    }
    for level in &granted.levels {
        if !SkillLevel::CERTIFIED.contains(level) {
            return Err(No::LevelNotCertified { level: *level });
        }
    }
    if granted.to < granted.from {
        return Err(No::DatesDisagree);
    }
    Ok(vec![granted.clone().into()])
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

/// Whether there is at least one, and none twice.
fn each_once<T: Ord>(items: &[T]) -> bool {
    !items.is_empty() && items.iter().collect::<BTreeSet<_>>().len() == items.len()
}
