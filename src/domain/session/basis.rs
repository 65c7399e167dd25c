//! What a result rests on: marks, or what the other routes put in their place.

use crate::domain::digest::Digest;
use crate::domain::ids::{CompetitionId, RecognitionId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::route::Route;
use crate::domain::score::{Component, Mark, Marks, Score, Verdict};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A component passed in an earlier session and brought into this one (单科成绩保留).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retained {
    /// Which.
    pub component: Component,
    /// The session it was passed in.
    pub session: SessionId,
    /// The score, 60.0 or more.
    pub score: Score,
}

/// The marks of a 评聘 review, each out of a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewMarks {
    /// 业绩评审
    pub performance: Mark,
    /// 答辩
    pub defence: Mark,
    /// 综合评审
    pub overall: Mark,
}

/// What a result rests on. Which basis a session takes follows from its route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultBasis {
    /// Marks of the components (考核认定, 转正定级).
    Marks(Marks),
    /// A ground of 直接认定 with its evidence.
    Grounds {
        /// Code of the ground, from the jurisdiction's table.
        ground: String,
        /// Digests of the evidence.
        evidence: Vec<Digest>,
        /// Whether the body grants it.
        granted: bool,
    },
    /// A rank in a registered competition (竞赛晋升).
    Rank {
        /// The competition.
        competition: CompetitionId,
        /// The rank, from 1.
        rank: u32,
        /// How many contestants were ranked.
        contestants: u32,
        /// The promotion rule that gives the level.
        rule: String,
    },
    /// The review of a 评聘, with the post and its term.
    Review {
        /// The marks.
        marks: ReviewMarks,
        /// The post (岗位).
        post: String,
        /// First day of the term (聘期).
        from: Date,
        /// Last day of the term.
        to: Date,
    },
    /// A recognition that awarded the level (比照认定): the session gives its certificate.
    Recognition {
        /// Which; the worker's stream says of what.
        recognition: RecognitionId,
    },
}

impl ResultBasis {
    /// The marks, where it rests on marks.
    pub const fn marks(&self) -> Option<&Marks> {
        match self {
            Self::Marks(marks) => Some(marks),
            _ => None,
        }
    }

    /// Whether a session of this route takes results on this basis.
    pub const fn fits(&self, route: Route) -> bool {
        matches!(
            (self, route),
            (Self::Marks(_), Route::Assessment | Route::ApprenticeGrading)
                | (Self::Grounds { .. }, Route::DirectRecognition)
                | (Self::Rank { .. }, Route::Competition)
                | (Self::Review { .. }, Route::Appointment)
                | (Self::Recognition { .. }, Route::Recognition)
        )
    }

    /// What it comes to at `level` (none for an item); `None` while something required is missing.
    ///
    /// Marks: [`Verdict::of`]. Grounds: passed if granted. A rank has passed: whether it is enough
    /// is the promotion rule's. A review: every part at 60.0 or more. A recognition has passed:
    /// whether it may have a certificate is the worker's stream's.
    pub fn verdict(&self, level: Option<SkillLevel>) -> Option<Verdict> {
        match self {
            Self::Marks(marks) => match level {
                Some(level) => Verdict::of(level, marks),
                None => verdict_of_item(marks),
            },
            Self::Grounds { granted: true, .. } | Self::Rank { .. } | Self::Recognition { .. } => {
                Some(Verdict::Passed)
            }
            Self::Grounds { granted: false, .. } => Some(Verdict::Failed),
            Self::Review { marks, .. } => {
                let parts = [marks.performance, marks.defence, marks.overall];
                Some(if parts.contains(&Mark::Absent) {
                    Verdict::Absent
                } else if parts.iter().all(|mark| mark.passes()) {
                    Verdict::Passed
                } else {
                    Verdict::Failed
                })
            }
        }
    }
}

/// An item (专项职业能力, 微技能) is passed by every component given, the skill among them: many
/// have no theory (考核规范).
fn verdict_of_item(marks: &Marks) -> Option<Verdict> {
    let given = [marks.theory, marks.skill, marks.review];
    if given.contains(&Some(Mark::Absent)) {
        return Some(Verdict::Absent);
    }
    if given.into_iter().flatten().any(|mark| !mark.passes()) {
        return Some(Verdict::Failed);
    }
    marks.skill.is_some().then_some(Verdict::Passed)
}
