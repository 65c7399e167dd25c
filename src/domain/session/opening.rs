//! What may be assessed, by which route, and with which certificates.

use crate::domain::attainment::{Assessed, ItemKind};
use crate::domain::body::event::BodyKind;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::Occupation;
use crate::domain::route::Route;
use crate::domain::session::command::OpenSession;
use crate::domain::session::dual::EnterpriseCertificate;
use crate::domain::session::event::{Process, StandardKind};
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::wording::check_text;
use std::collections::BTreeSet;

/// Refuses what a session may not assess.
pub(super) fn check(open: &OpenSession) -> Result<(), No> {
    let opened = &open.opened;
    match &open.policy {
        None if opened.process == Process::Full => return Err(No::PolicyMissing),
        Some(policy) if !policy.allows(opened.process) => return Err(No::FullRequired),
        _ => {}
    }
    match &opened.assessed {
        Assessed::Levels {
            occupation,
            occupation_name,
            work_type,
            levels,
        } => {
            if opened.standard.kind == StandardKind::SpecialSkill {
                return Err(No::StandardUnfit);
            }
            let listed = open
                .occupation
                .as_ref()
                .filter(|it| it.code == *occupation && it.name_zh == occupation_name.zh)
                .ok_or(No::OccupationDiffers {
                    occupation: *occupation,
                })?;
            check_levels(opened.route, opened.process, levels, listed)?;
            if let Some(work_type) = work_type {
                if opened.route == Route::Recognition {
                    return Err(No::RecognisedWithoutWorkType);
                }
                check_text("work-type", work_type)?;
                if !listed.work_types.is_empty() && listed.work_type(work_type).is_none() {
                    return Err(No::WorkTypeUnknown);
                }
            }
        }
        Assessed::Item {
            kind,
            item,
            name,
            of,
        } => {
            let listed = open
                .item
                .as_ref()
                .filter(|it| {
                    it.code == *item && it.kind == *kind && it.name == *name && it.occupation == *of
                })
                .ok_or(No::ItemNotListed { item: item.clone() })?;
            if opened.route != Route::Assessment {
                return Err(No::ItemRouteUnfit {
                    route: opened.route,
                });
            }
            let fits = match kind {
                ItemKind::SpecialSkill => opened.standard.kind == StandardKind::SpecialSkill,
                ItemKind::MicroSkill => opened.standard.kind != StandardKind::National,
            };
            if !fits {
                return Err(No::StandardUnfit);
            }
            if let Some(named) = &listed.specification {
                let held_under = &opened.standard;
                if held_under.code != named.code || held_under.edition != named.edition {
                    return Err(No::SpecificationDiffers {
                        code: named.code.clone(),
                        edition: named.edition.clone(),
                    });
                }
            }
        }
    }
    match &opened.dual {
        Some(dual) => check_dual(open, dual),
        None => Ok(()),
    }
}

fn check_levels(
    route: Route,
    process: Process,
    levels: &[SkillLevel],
    listed: &Occupation,
) -> Result<(), No> {
    if !listed.code.carries_level_certificates() {
        return Err(No::NoLevelCertificates {
            occupation: listed.code,
        });
    }
    if levels.is_empty() {
        return Err(No::NoLevels);
    }
    if route == Route::Appointment && process != Process::Full {
        return Err(No::AppointmentNeedsFull);
    }
    let mut seen: BTreeSet<SkillLevel> = BTreeSet::new();
    for level in levels {
        if !seen.insert(*level) {
            return Err(No::LevelTwice { level: *level });
        }
        let appointed = matches!(level, SkillLevel::Special | SkillLevel::Chief);
        if appointed != (route == Route::Appointment) {
            return Err(No::RouteLevelUnfit {
                route,
                level: *level,
            });
        }
        if !appointed && !listed.opens(*level) {
            return Err(No::LevelNotOpen { level: *level });
        }
    }
    Ok(())
}

/// 一试双证 is an employer's, for levels, with a grade word for each level and for no other.
fn check_dual(open: &OpenSession, dual: &EnterpriseCertificate) -> Result<(), No> {
    if open.body_kind != BodyKind::Employer {
        return Err(No::DualNotEmployer);
    }
    if open.opened.route == Route::Recognition {
        return Err(No::DualWithoutAssessment);
    }
    check_text("enterprise-certificate", &dual.name.zh)?;
    let levels: BTreeSet<_> = open.opened.assessed.levels().iter().collect();
    if levels.is_empty() || !levels.into_iter().eq(dual.grades.keys()) {
        return Err(No::DualGradesDisagree);
    }
    for grade in dual.grades.values() {
        check_text("enterprise-grade", grade)?;
    }
    Ok(())
}
