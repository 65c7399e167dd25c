//! Independence of those who assess (回避、考培分离).

use crate::domain::ids::SubjectId;
use crate::domain::staff::facts::StaffFacts;
use crate::domain::staff::rejection::StaffRejection as No;
use std::collections::BTreeSet;

/// Refuses a class whose trainee is one of its teachers.
pub fn teaches_others(trainee: SubjectId, teachers: &[SubjectId]) -> Result<(), No> {
    if teachers.contains(&trainee) {
        return Err(No::TeachesHimself);
    }
    Ok(())
}

/// Refuses an examiner or supervisor who is a candidate, who trained a candidate, or who declared
/// a relation with one. `trainers` are the people who taught any of the candidates for this
/// occupation, as far back as the policy looks.
///
/// Rules of examiners, read in question banks and not verified; 考培分离 from 四川省行动方案 第十条 for
/// safety training, widened by us.
pub fn independent(
    examiner: &StaffFacts,
    candidates: &BTreeSet<SubjectId>,
    trainers: &BTreeSet<SubjectId>,
) -> Result<(), No> {
    if candidates.contains(&examiner.subject) {
        return Err(No::IsCandidate);
    }
    if trainers.contains(&examiner.subject) {
        return Err(No::TrainedCandidate);
    }
    if examiner.related.iter().any(|it| candidates.contains(it)) {
        return Err(No::RelatedToCandidate);
    }
    Ok(())
}
