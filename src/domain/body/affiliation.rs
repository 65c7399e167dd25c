//! Whom a body may assess (评价对象): an employer its own people (企业自主评价) and those of its
//! ecosystem's members (链主), a technician school its students, a social assessor the public.
//!
//! Asked at 资格审核, with what the candidate's record says of his work and study:
//!
//! ```text
//! body.may_assess_person(&Affiliation::from(&worker.background), policy, on)
//! ```

use crate::domain::background::{Background, StudyRecorded, WorkRecorded};
use crate::domain::body::event::BodyKind;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{Body, BodyState};
use crate::domain::credit_code::CreditCode;
use crate::domain::rules::bodies::BodyPolicy;
use jiff::civil::Date;

/// What ties a person to employers and schools, as recorded and not struck.
#[derive(Clone, Copy, Debug)]
pub struct Affiliation<'a> {
    /// Work, with the employer, the form and the days.
    pub works: &'a [WorkRecorded],
    /// Study, with the school and the days.
    pub studies: &'a [StudyRecorded],
}

impl<'a> From<&'a Background> for Affiliation<'a> {
    fn from(background: &'a Background) -> Self {
        Self {
            works: &background.works,
            studies: &background.studies,
        }
    }
}

impl BodyState {
    /// Whether the body may assess this person on that day, by what ties them. That it is in scope
    /// and standing is asked apart ([`BodyState::may_assess`]).
    pub fn may_assess_person(
        &self,
        candidate: &Affiliation<'_>,
        policy: &BodyPolicy,
        on: Date,
    ) -> Result<(), No> {
        let body = self.body()?;
        match body.registered.kind {
            BodyKind::SocialAssessor | BodyKind::IndustryAssessor => Ok(()),
            BodyKind::Employer => body.is_own_staff(candidate, policy, on),
            BodyKind::TechnicianSchool => body.is_own_student(candidate, on),
            BodyKind::TrainingProvider => Err(No::AssessesNobody),
        }
    }
}

impl Body {
    /// 职工, 劳务派遣等用工人员 of the employer itself, or of an enterprise that is in its ecosystem on
    /// that day (国就劳发〔2025〕4号 十四; 浙江 技能促富 九, draft).
    fn is_own_staff(
        &self,
        candidate: &Affiliation<'_>,
        policy: &BodyPolicy,
        on: Date,
    ) -> Result<(), No> {
        let that_day = || {
            candidate
                .works
                .iter()
                .filter(move |work| work.from <= on && work.to.is_none_or(|to| on <= to))
                .filter_map(|work| Some((work.employer?, work.relation)))
        };
        let here = |employer: &CreditCode| {
            *employer == self.registered.credit_code || self.is_member(employer, on)
        };
        if that_day().any(|(employer, how)| here(&employer) && policy.own_staff.contains(&how)) {
            Ok(())
        } else if that_day().any(|(employer, _)| here(&employer)) {
            Err(No::RelationNotAssessed { date: on })
        } else if that_day().any(|(employer, _)| self.was_ever_member(&employer)) {
            Err(No::NotMemberThatDay { date: on })
        } else {
            Err(No::NotOwnStaff { date: on })
        }
    }

    /// A student of this very school from the first day of study to the day of graduation, or
    /// while he has not graduated to the day it is expected on.
    fn is_own_student(&self, candidate: &Affiliation<'_>, on: Date) -> Result<(), No> {
        let studies_here = candidate.studies.iter().any(|study| {
            study.institution == Some(self.registered.credit_code)
                && study.from <= on
                && study
                    .graduated_on
                    .or(study.expected_on)
                    .is_none_or(|day| on <= day)
        });
        if studies_here {
            Ok(())
        } else {
            Err(No::NotOwnStudent { date: on })
        }
    }
}
