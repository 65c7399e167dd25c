//! Scores (成绩): hundred-point scale, integer tenths, each component on its own.

use crate::domain::level::SkillLevel;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A score of 0.0–100.0 in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Score(u16);

/// A number of tenths above 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a score is 0.0 to 100.0, in tenths")]
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

/// A component of an assessment, marked on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Component {
    /// 理论知识考试
    Theory,
    /// 技能考核
    Skill,
    /// 综合评审
    Review,
}

impl Component {
    /// Every component.
    pub const ALL: [Self; 3] = [Self::Theory, Self::Skill, Self::Review];

    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Theory => "theory",
            Self::Skill => "skill",
            Self::Review => "review",
        }
    }

    /// 中文名称
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Theory => "理论知识考试",
            Self::Skill => "技能考核",
            Self::Review => "综合评审",
        }
    }

    /// What stands for it among marks.
    pub const fn of(self, marks: &Marks) -> Option<Mark> {
        match self {
            Self::Theory => marks.theory,
            Self::Skill => marks.skill,
            Self::Review => marks.review,
        }
    }
}

/// Reads what `Display` writes: `87.5`, one digit behind the point.
impl FromStr for Score {
    type Err = ScoreOutOfRange;
    fn from_str(text: &str) -> Result<Self, ScoreOutOfRange> {
        let (points, tenth) = text.split_once('.').ok_or(ScoreOutOfRange)?;
        let digits = |text: &str, most| {
            let good =
                (1..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
            let number = text.parse::<u16>().ok();
            number.filter(|_| good).ok_or(ScoreOutOfRange)
        };
        Self::from_tenths(digits(points, 3)? * 10 + digits(tenth, 1)?)
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

impl Marks {
    /// The scores among them; none if every component is absent or not given.
    pub fn scores(&self) -> Option<Scores> {
        let scored = |mark| match mark {
            Some(Mark::Scored(score)) => Some(score),
            Some(Mark::Absent) | None => None,
        };
        Scores::new(scored(self.theory), scored(self.skill), scored(self.review))
    }
}

/// The scores of one candidate (各科成绩), of one component at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ScoresRead")]
pub struct Scores {
    #[serde(skip_serializing_if = "Option::is_none")]
    theory: Option<Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill: Option<Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Score>,
}

/// Scores of no component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("scores without a score")]
pub struct NoScore;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScoresRead {
    theory: Option<Score>,
    skill: Option<Score>,
    review: Option<Score>,
}

impl TryFrom<ScoresRead> for Scores {
    type Error = NoScore;
    fn try_from(read: ScoresRead) -> Result<Self, NoScore> {
        Self::new(read.theory, read.skill, read.review).ok_or(NoScore)
    }
}

impl Scores {
    /// Scores of 理论知识考试, 技能考核 and 综合评审; `None` if there is none.
    pub fn new(theory: Option<Score>, skill: Option<Score>, review: Option<Score>) -> Option<Self> {
        let scores = Self {
            theory,
            skill,
            review,
        };
        let given = [theory, skill, review];
        given.iter().any(Option::is_some).then_some(scores)
    }
    /// The score of a component, if it has one.
    pub const fn of(&self, component: Component) -> Option<Score> {
        match component {
            Component::Theory => self.theory,
            Component::Skill => self.skill,
            Component::Review => self.review,
        }
    }
    /// The components that have a score, in the order of [`Component::ALL`].
    pub fn given(&self) -> impl Iterator<Item = (Component, Score)> {
        Component::ALL
            .into_iter()
            .filter_map(|component| Some((component, self.of(component)?)))
    }
    /// Whether every component given is passed.
    pub fn pass(&self) -> bool {
        self.given().all(|(_, score)| score.passes())
    }
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
