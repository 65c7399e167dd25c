//! 考培分离: who trained somebody for an occupation does not assess him in it, for as long as the
//! policy says.

use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::ids::{BodyId, SubjectId};
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::bodies::Separation;
use jiff::civil::Date;

/// A training of the candidate, as far as the rule looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Taught<'a> {
    /// The provider.
    pub provider: BodyId,
    /// Who taught, if known.
    pub teachers: &'a [SubjectId],
    /// The occupation it prepared for; a training for none binds nobody.
    pub occupation: Option<OccupationCode>,
    /// Its last day.
    pub until: Date,
}

/// Who would assess.
#[derive(Clone, Copy, Debug)]
pub struct Assessing<'a> {
    /// The body.
    pub body: BodyId,
    /// Its examiners, if they are arranged already.
    pub examiners: &'a [SubjectId],
    /// The occupation assessed.
    pub occupation: OccupationCode,
    /// 评定日期
    pub on: Date,
}

/// Refuses a body, or an examiner, that trained this candidate for this occupation too short a
/// time ago. The refusal names the rule's source and the first day on which it binds no more.
pub fn check_separation<'a>(
    rules: &[Separation],
    taught: impl IntoIterator<Item = Taught<'a>>,
    assessing: &Assessing<'_>,
) -> Result<(), No> {
    for training in taught {
        if training.occupation != Some(assessing.occupation) {
            continue;
        }
        let by_body = training.provider == assessing.body;
        let by_examiner = assessing
            .examiners
            .iter()
            .any(|examiner| training.teachers.contains(examiner));
        if !by_body && !by_examiner {
            continue;
        }
        let binding = rules
            .iter()
            .filter(|rule| rule.applies(assessing.occupation, assessing.on))
            .map(|rule| (rule.free_on(training.until), &rule.source))
            .filter(|(free_on, _)| assessing.on < *free_on)
            .max_by_key(|(free_on, _)| *free_on);
        if let Some((free_on, source)) = binding {
            let source = source.clone();
            return Err(if by_body {
                No::TrainedByBody { free_on, source }
            } else {
                No::TrainedByExaminer { free_on, source }
            });
        }
    }
    Ok(())
}
