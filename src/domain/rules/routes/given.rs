//! What a result of a session gives by its route: the one place that puts the facts of session,
//! body and worker to the rules. Asked when the result is entered and again when the session
//! closes.

use crate::domain::attainment::Assessed;
use crate::domain::background::Relation;
use crate::domain::body::event::{BodyKind, BodyRegistered};
use crate::domain::catalogue::routes::RouteTables;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::rules::routes::appointment::{
    AppointmentClaim, AppointmentPolicy, ReviewPart, appointment,
};
use crate::domain::rules::routes::apprenticeship::{GradingClaim, grading};
use crate::domain::rules::routes::direct::{DirectClaim, direct};
use crate::domain::rules::routes::promotion::{Placing, Promotion, promotion};
use crate::domain::rules::routes::rejection::RouteRejection as No;
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::event::{ResultEntered, SessionOpened};
use crate::domain::worker::state::Worker;

/// 本单位职工, 劳务派遣 included (国就劳发〔2025〕4号 十四).
const ON_STAFF: &[Relation] = &[Relation::Staff, Relation::Dispatched];
/// 在职在岗, 外包 included (成都 2025).
const IN_POST: &[Relation] = &[Relation::Staff, Relation::Dispatched, Relation::Outsourced];

/// What is known when the question is asked.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The rules adopted.
    pub tables: &'a RouteTables,
    /// The body that holds the session.
    pub body: &'a BodyRegistered,
    /// The session as opened.
    pub opened: &'a SessionOpened,
    /// The candidate.
    pub worker: &'a Worker,
    /// His place that stands, where the result names a competition.
    pub placing: Option<&'a Placing>,
}

/// What goes with a level that a route gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The year a promotion uses up, to be reserved.
    pub uses_year: Option<i16>,
    /// The policy of an appointment.
    pub policy: Option<AppointmentPolicy>,
}

impl Facts<'_> {
    fn by_employer(&self) -> bool {
        self.body.kind == BodyKind::Employer
    }

    fn works_here(&self, how: &[Relation]) -> bool {
        let on = self.opened.assessed_on;
        self.worker.background.works.iter().any(|it| {
            it.employer.as_ref() == Some(&self.body.credit_code)
                && how.contains(&it.relation)
                && it.from <= on
                && it.to.is_none_or(|to| on <= to)
        })
    }

    /// What a place gives; for the entry of a result, which takes the level from it.
    pub fn promotion(&self, occupation: OccupationCode) -> Result<Promotion, No> {
        let placing = self.placing.ok_or(No::PlaceNotStanding)?;
        promotion(
            self.tables.promotions.rules(),
            placing,
            &self.worker.promotion_facts(occupation),
            self.opened.assessed_on,
        )
    }

    /// Whether the route gives what the result says, and what goes with it. A result of plain
    /// assessment, of an item, and one that was not passed ask for nothing.
    pub fn given(&self, result: &ResultEntered) -> Result<Given, No> {
        let Assessed::Levels { occupation, .. } = &self.opened.assessed else {
            return Ok(Given::default());
        };
        let (Some(level), occupation) = (result.level, *occupation) else {
            return Ok(Given::default());
        };
        match &result.basis {
            ResultBasis::Marks(_) if self.opened.route == Route::ApprenticeGrading => {
                self.graded(occupation, level)
            }
            // What a recognition gives, the worker's own stream says (`UseRecognition`).
            ResultBasis::Marks(_)
            | ResultBasis::Grounds { granted: false, .. }
            | ResultBasis::Recognition { .. } => Ok(Given::default()),
            ResultBasis::Grounds {
                ground, evidence, ..
            } => self.recognised(ground, evidence.len(), occupation, level),
            ResultBasis::Rank {
                rank, contestants, ..
            } => {
                let promotion = self.promotion(occupation)?;
                let as_placed = self
                    .placing
                    .is_some_and(|it| it.rank == *rank && it.contestants == *contestants);
                if !as_placed {
                    return Err(No::PlaceNotStanding);
                }
                if promotion.level != level {
                    return Err(No::OtherLevelGiven {
                        level,
                        gives: promotion.level,
                    });
                }
                Ok(Given {
                    uses_year: promotion.uses_year,
                    policy: None,
                })
            }
            ResultBasis::Review { from, to, .. } => {
                let claim = AppointmentClaim {
                    level,
                    by_employer: self.by_employer(),
                    in_post: self.works_here(IN_POST),
                    held: self.worker.held_in(occupation),
                    reviewed: vec![
                        ReviewPart::Achievements,
                        ReviewPart::Defence,
                        ReviewPart::Comprehensive,
                    ],
                };
                let policies = self.tables.appointments.rules();
                let (place, on) = (self.opened.region, self.opened.assessed_on);
                let policy = appointment(policies, &claim, place, on)?;
                policy.check_term(*from, *to)?;
                Ok(Given {
                    uses_year: None,
                    policy: Some(policy.clone()),
                })
            }
        }
    }

    /// What 转正定级 gives at this level.
    pub fn graded(&self, occupation: OccupationCode, level: SkillLevel) -> Result<Given, No> {
        let claim = GradingClaim {
            occupation,
            level,
            by_employer: self.by_employer(),
            completed: self
                .worker
                .apprenticeships_completed(&self.body.credit_code),
            graded_on: self.worker.graded_in(occupation),
            held: self.worker.highest_in(occupation),
        };
        grading(&claim, self.opened.assessed_on).map(|_| Given::default())
    }

    fn recognised(
        &self,
        ground: &str,
        evidence: usize,
        occupation: OccupationCode,
        level: SkillLevel,
    ) -> Result<Given, No> {
        let claim = DirectClaim {
            ground: ground.to_owned(),
            evidence,
            level,
            by_employer: self.by_employer(),
            on_staff: self.works_here(ON_STAFF),
            held: self.worker.highest_in(occupation),
        };
        let (place, on) = (self.opened.region, self.opened.assessed_on);
        direct(self.tables.grounds.rules(), &claim, place, on).map(|_| Given::default())
    }
}
