//! The language of application conditions (申报条件): a tree of leaves over what a record can
//! show. Data of the standards, never code: a leaf says what is asked, `judge` puts it to a
//! person's history.

use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::TitleGrade;
use serde::{Deserialize, Serialize};

/// Which occupations a leaf speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// 本职业
    Own,
    /// 本职业或相关职业, the related ones as the standard lists them.
    #[default]
    Related,
}

/// What fills the years after something was obtained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// 取得后满 N 年: time alone.
    #[default]
    Time,
    /// 取得后累计从事本职业或相关职业工作满 N 年: work after it, added up.
    Work,
}

/// How far a course of study must have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StudyState {
    /// 毕业: graduated.
    Graduated,
    /// 在读应届毕业生: a student in the calendar year of graduation (毕业年度).
    GraduationYear,
    /// 在读: a student, graduation not yet due.
    InProgress,
}

/// One condition, or several joined.
///
/// In JSON a condition is an object with `kind`: `{"kind":"work-years","years":5}`. What is left
/// out has the value named with each field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Condition {
    /// Every one of these.
    AllOf {
        /// The conditions; at least one.
        of: Vec<Condition>,
    },
    /// Any one of these.
    AnyOf {
        /// The conditions; at least one.
        of: Vec<Condition>,
    },
    /// 年满 N 周岁. One born on 29 February has the birthday on 1 March.
    Age {
        /// Full years.
        years: u8,
    },
    /// 拟从事: intends to work in it, which applying declares.
    Intends,
    /// 从事: works in it on the day.
    Works {
        /// In which occupations; related ones too if not said.
        #[serde(default)]
        reach: Reach,
    },
    /// 累计从事…工作满 N 年: work added up, days worked twice over counted once, gaps not counted.
    WorkYears {
        /// Full years, one or more.
        years: u8,
        /// In which occupations; related ones too if not said.
        #[serde(default)]
        reach: Reach,
    },
    /// 取得…级证书（后满 N 年）: holds exactly this level by this ledger or by another's
    /// certificate (职业资格证书, 职业技能等级证书). A higher one does not stand in for it: the
    /// years run from the one that is named.
    Level {
        /// The level.
        level: SkillLevel,
        /// In which occupations; related ones too if not said.
        #[serde(default)]
        reach: Reach,
        /// Full years since; none if not said.
        #[serde(default, skip_serializing_if = "is_zero")]
        years: u8,
        /// What fills them; time if not said. Work counts in the same occupations.
        #[serde(default)]
        counted: Counted,
    },
    /// 毕业 / 在读 of a school.
    Study {
        /// Any of these kinds of school; none named = any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        schools: Vec<School>,
        /// At least this education (学历); any if not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        education: Option<Education>,
        /// 本专业或相关专业: only a speciality checked as belonging to the occupation.
        #[serde(default)]
        speciality: bool,
        /// Any of these; at least one.
        states: Vec<StudyState>,
        /// Full years since graduation; none if not said. Only of `graduated`.
        #[serde(default, skip_serializing_if = "is_zero")]
        years: u8,
        /// What fills them; time if not said. Work counts in related occupations too.
        #[serde(default)]
        counted: Counted,
    },
    /// 取得…职称（后满 N 年）, of a speciality checked as belonging to the occupation (符合专业对应关系).
    Title {
        /// Any of these grades (初级: technician, assistant; 高级: associate-senior, senior).
        grades: Vec<TitleGrade>,
        /// Full years since; none if not said.
        #[serde(default, skip_serializing_if = "is_zero")]
        years: u8,
        /// What fills them; time if not said. Work counts in related occupations too.
        #[serde(default)]
        counted: Counted,
    },
    /// 持有…证书（满 N 年）: a certificate of others, in force on the day.
    Outside {
        /// Its kind.
        certificate: OutsideKind,
        /// In which occupations; related ones too if not said.
        #[serde(default)]
        reach: Reach,
        /// Full years since; none if not said.
        #[serde(default, skip_serializing_if = "is_zero")]
        years: u8,
        /// What fills them; time if not said. Work counts in the same occupations.
        #[serde(default)]
        counted: Counted,
    },
    /// 学徒期满: an apprenticeship in the occupation served to its end.
    Apprenticeship {
        /// In which occupations; related ones too if not said.
        #[serde(default)]
        reach: Reach,
    },
    /// 经正规培训达规定标准学时: completed trainings for the occupation and the level applied for,
    /// their hours added up.
    Training {
        /// Class hours (课时); those of the standard if not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<u32>,
    },
    /// What no record shows, in the standard's own words: to be shown by the person to whoever
    /// reviews the application.
    Stated {
        /// A stable code, by which the reviewer says that it was shown.
        code: String,
        /// 中文原文
        zh: String,
        /// In English.
        en: String,
    },
}

/// Deepest nesting of a condition.
pub const DEPTH_MAX: usize = 6;
/// Most leaves of a condition.
pub const LEAVES_MAX: usize = 40;

impl Condition {
    /// All of these.
    pub fn all(of: impl IntoIterator<Item = Self>) -> Self {
        Self::AllOf {
            of: of.into_iter().collect(),
        }
    }
    /// Any of these.
    pub fn any(of: impl IntoIterator<Item = Self>) -> Self {
        Self::AnyOf {
            of: of.into_iter().collect(),
        }
    }
    /// 累计从事本职业或相关职业工作满 N 年
    pub const fn work_years(years: u8) -> Self {
        Self::WorkYears {
            years,
            reach: Reach::Related,
        }
    }
    /// 取得本职业或相关职业…级证书
    pub const fn level(level: SkillLevel) -> Self {
        Self::Level {
            level,
            reach: Reach::Related,
            years: 0,
            counted: Counted::Time,
        }
    }
    /// 取得本职业或相关职业…级证书后，累计从事本职业或相关职业工作满 N 年
    pub const fn work_after_level(level: SkillLevel, years: u8) -> Self {
        Self::Level {
            level,
            reach: Reach::Related,
            years,
            counted: Counted::Work,
        }
    }
    /// 取得符合专业对应关系的…职称后，累计从事本职业或相关职业工作满 N 年
    pub fn work_after_title(grades: &[TitleGrade], years: u8) -> Self {
        Self::Title {
            grades: grades.to_vec(),
            years,
            counted: Counted::Work,
        }
    }

    /// Whether the condition can be judged: nothing empty, bounded, and years only where they
    /// can run.
    pub fn is_sound(&self) -> bool {
        self.leaves().len() <= LEAVES_MAX && self.sound_at(1)
    }

    fn sound_at(&self, depth: usize) -> bool {
        match self {
            Self::AllOf { of } | Self::AnyOf { of } => {
                depth < DEPTH_MAX && !of.is_empty() && of.iter().all(|it| it.sound_at(depth + 1))
            }
            Self::Age { years } | Self::WorkYears { years, .. } => *years > 0,
            Self::Study { states, years, .. } => {
                !states.is_empty()
                    && (*years == 0 || states.iter().all(|it| *it == StudyState::Graduated))
            }
            Self::Title { grades, .. } => !grades.is_empty(),
            Self::Training { hours } => *hours != Some(0),
            Self::Stated { code, zh, en } => ![code, zh, en].iter().any(|it| it.trim().is_empty()),
            Self::Intends
            | Self::Works { .. }
            | Self::Level { .. }
            | Self::Outside { .. }
            | Self::Apprenticeship { .. } => true,
        }
    }

    /// The leaves, from left to right.
    pub fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::AllOf { of } | Self::AnyOf { of } => of.iter().flat_map(Self::leaves).collect(),
            leaf => vec![leaf],
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the form serde asks for
fn is_zero(years: &u8) -> bool {
    *years == 0
}
