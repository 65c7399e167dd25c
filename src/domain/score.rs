//! Scores (成绩): hundred-point scale, integer tenths, each component on its own.

use crate::domain::level::SkillLevel;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A score of 0.0–100.0 in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Score(u16);

/// A number of tenths above 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a score is 0.0 to 100.0")]
pub struct ScoreOutOfRange;

impl Score {
    /// The mark each component must reach (各科60分及以上为合格; national standards, 鉴定方式).
    pub const PASS: Self = Self(600);

    /// A score from tenths of a point.
    pub const fn from_tenths(tenths: u16) -> Result<Self, ScoreOutOfRange> {
        if tenths <= 1000 {
            Ok(Self(tenths))
        } else {
            Err(ScoreOutOfRange)
        }
    }
    /// Tenths of a point, 0–1000.
    pub const fn tenths(self) -> u16 {
        self.0
    }
    /// Whether the component is passed: 60.0 or more, nothing rounded up.
    pub const fn passes(self) -> bool {
        self.0 >= Self::PASS.0
    }
}

impl TryFrom<u16> for Score {
    type Error = ScoreOutOfRange;
    fn try_from(tenths: u16) -> Result<Self, ScoreOutOfRange> {
        Self::from_tenths(tenths)
    }
}
impl From<Score> for u16 {
    fn from(score: Score) -> u16 {
        score.0
    }
}
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// What stands for one component of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// The component was taken.
    Scored(Score),
    /// 缺考: not taken; never a pass.
    Absent,
}

impl Mark {
    /// Whether the component is passed.
    pub const fn passes(self) -> bool {
        matches!(self, Self::Scored(s) if s.passes())
    }
}

/// The marks of one candidate (理论 / 技能 / 综合评审).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// 理论知识考试
    pub theory: Option<Mark>,
    /// 技能考核
    pub skill: Option<Mark>,
    /// 综合评审: required for 二级 and 一级, judged wherever given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Mark>,
}

/// What an assessment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 合格
    Passed,
    /// 不合格
    Failed,
    /// 缺考: at least one component was not taken.
    Absent,
}

impl Verdict {
    /// What marks come to at `level`; `None` while a required component has no mark and nothing
    /// else decides.
    ///
    /// Any component not taken makes 缺考; any component below 60.0 makes 不合格 (no average);
    /// 合格 needs 理论 and 技能, and at 二级 and 一级 also 综合评审 (national standards, 鉴定方式).
    /// A 综合评审 given at another level is judged too.
    pub fn of(level: SkillLevel, marks: &Marks) -> Option<Self> {
        let given = [marks.theory, marks.skill, marks.review];
        if given.contains(&Some(Mark::Absent)) {
            return Some(Self::Absent);
        }
        if given.into_iter().flatten().any(|mark| !mark.passes()) {
            return Some(Self::Failed);
        }
        let complete = marks.theory.is_some()
            && marks.skill.is_some()
            && (marks.review.is_some() || !level.needs_review());
        complete.then_some(Self::Passed)
    }
}
