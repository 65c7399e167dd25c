//! How assessments are held (认定工作规程): staffing, retained passes and the working-day clocks of
//! reporting and audit. Dated data of a jurisdiction, adopted by `authority.assessment_policy_set`.
//!
//! The built-in policy is a demonstration. Its clocks are those of Shenzhen 2022 (under
//! 粤技服〔2022〕151号), its ratios those of the templates of national standards (2018 and 2023); neither
//! was compared with the official text.

use crate::domain::body::event::BodyKind;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::session::event::Process;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Most working days of a clock, most people of a ratio.
pub const BOUND_MAX: u16 = 250;
/// Most occupations with a ratio of their own.
pub const RATIOS_MAX: usize = 2_000;

/// The ratio of one occupation (考评人员与考生配比).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccupationRatio {
    /// The occupation.
    pub occupation: OccupationCode,
    /// Candidates to one examiner.
    pub candidates: u16,
}

/// Who must be there, and how many (考务人员).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// Fewest examiners (考评员) of a session.
    pub examiners_least: u16,
    /// Candidates to one examiner, where the occupation has no ratio of its own.
    pub candidates_per_examiner: u16,
    /// Ratios of occupations.
    pub ratios: Vec<OccupationRatio>,
    /// Fewest invigilators (监考) of a room.
    pub invigilators_per_room_least: u16,
    /// Candidates to one invigilator.
    pub candidates_per_invigilator: u16,
    /// Fewest members of the committee of 综合评审.
    pub reviewers_least: u16,
    /// Whether examiners, and members of the committee, are an odd number (单数).
    pub odd: bool,
    /// Fewest quality supervisors (质量督导员).
    pub supervisors_least: u16,
    /// The highest level a 考评员 judges; above it a 高级考评员 does.
    pub examiner_judges_to: SkillLevel,
    /// Whether a social assessor's examiners are another body's staff.
    pub social_examiners_from_outside: bool,
}

/// Working days within which something is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// From the assessment to the report of an employer: statistics, 公示 and 报送.
    pub employer_report: u16,
    /// From the assessment to the report of any other body.
    pub other_report: u16,
    /// From the report to the authority's answer.
    pub audit: u16,
    /// From a return to the next report.
    pub fix: u16,
    /// Whether a body that is late is refused; else it is shown late.
    pub overdue_refused: bool,
}

/// How assessments are held in a jurisdiction from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentPolicy {
    /// The first day it applies; a session goes by the policy of its day of assessment.
    pub effective_from: Date,
    /// Whether every session records every step.
    pub full_required: bool,
    /// Who must be there.
    pub staffing: Staffing,
    /// Months for which a component passed is kept (单科成绩保留); 0 for not at all.
    pub retained_months: u16,
    /// The working-day clocks.
    pub clocks: Clocks,
    /// Document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

/// What is wrong with a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsound(pub &'static str);

impl AssessmentPolicy {
    /// The demonstration.
    pub fn demo() -> Self {
        Self {
            effective_from: date(2019, 1, 1),
            full_required: false,
            staffing: Staffing {
                examiners_least: 3,
                candidates_per_examiner: 10,
                ratios: Vec::new(),
                invigilators_per_room_least: 2,
                candidates_per_invigilator: 15,
                reviewers_least: 3,
                odd: true,
                supervisors_least: 1,
                examiner_judges_to: SkillLevel::Three,
                social_examiners_from_outside: false,
            },
            retained_months: 24,
            clocks: Clocks {
                employer_report: 10,
                other_report: 5,
                audit: 5,
                fix: 5,
                overdue_refused: false,
            },
            source: "示范：国家职业标准（2018、2023版模板）鉴定要求；深圳市2022年指引（粤技服〔2022〕151号）".into(),
            verified: false,
        }
    }

    /// What is wrong with it, if anything: a ratio of nobody, a bound out of reach.
    pub fn check(&self) -> Result<(), Unsound> {
        let staffing = &self.staffing;
        let ratios = [
            ("candidates_per_examiner", staffing.candidates_per_examiner),
            (
                "candidates_per_invigilator",
                staffing.candidates_per_invigilator,
            ),
        ];
        let counts = [
            ("examiners_least", staffing.examiners_least),
            (
                "invigilators_per_room_least",
                staffing.invigilators_per_room_least,
            ),
            ("reviewers_least", staffing.reviewers_least),
            ("supervisors_least", staffing.supervisors_least),
            ("retained_months", self.retained_months),
            ("employer_report", self.clocks.employer_report),
            ("other_report", self.clocks.other_report),
            ("audit", self.clocks.audit),
            ("fix", self.clocks.fix),
        ];
        let of_nobody = ratios.iter().find(|(_, count)| *count == 0);
        let beyond = ratios
            .iter()
            .chain(&counts)
            .find(|(_, count)| *count > BOUND_MAX);
        if let Some((field, _)) = of_nobody.or(beyond) {
            return Err(Unsound(field));
        }
        let unsound = |it: &OccupationRatio| it.candidates == 0 || it.candidates > BOUND_MAX;
        if staffing.ratios.len() > RATIOS_MAX || staffing.ratios.iter().any(unsound) {
            return Err(Unsound("ratios"));
        }
        Ok(())
    }

    /// Whether a session of this process may be opened.
    pub const fn allows(&self, process: Process) -> bool {
        !self.full_required || matches!(process, Process::Full)
    }

    /// Working days from the assessment to the report (报送) of a body of this kind.
    pub const fn report_days(&self, kind: BodyKind) -> u16 {
        match kind {
            BodyKind::Employer => self.clocks.employer_report,
            _ => self.clocks.other_report,
        }
    }
}

impl Staffing {
    /// Candidates to one examiner in this occupation.
    pub fn candidates_per_examiner(&self, occupation: Option<OccupationCode>) -> u16 {
        self.ratios
            .iter()
            .rev()
            .find(|ratio| Some(ratio.occupation) == occupation)
            .map_or(self.candidates_per_examiner, |ratio| ratio.candidates)
    }
}

/// Whether candidates of this route sit an examination that has to be arranged.
pub const fn sits_examination(route: Route) -> bool {
    matches!(route, Route::Assessment | Route::ApprenticeGrading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_policy_is_sound_and_says_that_nobody_verified_it() {
        let demo = AssessmentPolicy::demo();
        assert_eq!(demo.check(), Ok(()));
        assert!(!demo.verified);
        assert!(demo.allows(Process::Sheet) && demo.allows(Process::Full));
    }

    #[test]
    fn a_ratio_of_nobody_and_a_bound_out_of_reach_are_named() {
        let with = |change: fn(&mut AssessmentPolicy)| {
            let mut policy = AssessmentPolicy::demo();
            change(&mut policy);
            policy.check()
        };
        assert_eq!(
            with(|it| it.staffing.candidates_per_examiner = 0),
            Err(Unsound("candidates_per_examiner"))
        );
        assert_eq!(with(|it| it.clocks.audit = 251), Err(Unsound("audit")));
        assert_eq!(with(|it| it.clocks.audit = 250), Ok(()));
        let ratio = |candidates| OccupationRatio {
            occupation: "6-18-02-04".parse().unwrap(),
            candidates,
        };
        let mut policy = AssessmentPolicy::demo();
        policy.staffing.ratios = vec![ratio(0)];
        assert_eq!(policy.check(), Err(Unsound("ratios")));
        policy.staffing.ratios = vec![ratio(250)];
        assert_eq!(policy.check(), Ok(()));
        policy.staffing.ratios = vec![ratio(251)];
        assert_eq!(policy.check(), Err(Unsound("ratios")));
        policy.staffing.ratios = vec![ratio(5); 2_000];
        assert_eq!(policy.check(), Ok(()));
        policy.staffing.ratios.push(ratio(5));
        assert_eq!(policy.check(), Err(Unsound("ratios")));
        policy.staffing.ratios = vec![ratio(5)];
        assert_eq!(policy.check(), Ok(()));
        let welder = "6-18-02-04".parse().ok();
        assert_eq!(policy.staffing.candidates_per_examiner(welder), 5);
        assert_eq!(policy.staffing.candidates_per_examiner(None), 10);
    }

    #[test]
    fn a_policy_may_demand_every_step_of_every_session() {
        let mut policy = AssessmentPolicy::demo();
        policy.full_required = true;
        assert!(!policy.allows(Process::Sheet));
        assert!(policy.allows(Process::Full));
    }

    #[test]
    fn employers_have_longer_to_report() {
        let policy = AssessmentPolicy::demo();
        assert_eq!(policy.report_days(BodyKind::Employer), 10);
        assert_eq!(policy.report_days(BodyKind::SocialAssessor), 5);
    }
}
