//! What a rule starts from or leads to.

use super::holding::Holding;
use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::width::fold_identifier;
use serde::{Deserialize, Serialize};

/// The grade of a professional title (职称层级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleGrade {
    /// 员级
    Technician,
    /// 助理级 (初级)
    Assistant,
    /// 中级
    Intermediate,
    /// 副高级
    AssociateSenior,
    /// 正高级
    Senior,
}

impl TitleGrade {
    /// Every grade, lowest first.
    pub const ALL: [Self; 5] = [
        Self::Technician,
        Self::Assistant,
        Self::Intermediate,
        Self::AssociateSenior,
        Self::Senior,
    ];

    /// 中文名称
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Technician => "员级",
            Self::Assistant => "助理级",
            Self::Intermediate => "中级",
            Self::AssociateSenior => "副高级",
            Self::Senior => "正高级",
        }
    }
}

/// A professional title (职称): series and grade.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Title {
    /// Series (职称系列): `工程`.
    pub series: String,
    /// Grade.
    pub grade: TitleGrade,
    /// Its name: `助理工程师`.
    pub name: String,
}

/// One side of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Qualification {
    /// A skill level (职业技能等级).
    Level {
        /// The level.
        level: SkillLevel,
        /// In any of these occupations; none named = any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        occupations: Vec<OccupationCode>,
        /// Only in occupations that belong to this title series (职称系列).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        series: Option<String>,
    },
    /// A professional title (职称).
    Title {
        /// Its series; none = any of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        series: Option<String>,
        /// Its grade.
        grade: TitleGrade,
        /// Its name. Names vary by speciality: shown, never compared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Its code of GB/T 8561, three digits: shown, never compared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    },
    /// An education that is completed (学历, GB/T 4658).
    Education {
        /// Exactly this one; none = whatever the school leads to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        education: Option<Education>,
        /// From any of these kinds of school; none named = any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        schools: Vec<School>,
    },
    /// A certificate that others issue: foreign, of 港澳台, of an industry, of a competition.
    Certificate {
        /// Its kind.
        outside: OutsideKind,
        /// Its issuer, by the code of the register of issuers.
        issuer: String,
        /// What it is called.
        name: String,
        /// Its grade in the issuer's words; none = any grade.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grade: Option<String>,
    },
    /// An honour (荣誉称号): 中华技能大奖, 全国技术能手 and the like. Never a level.
    Honour {
        /// What it is called.
        name: String,
    },
}

impl Qualification {
    /// Whether a thing held is of this kind and grade: a level in one of the occupations, a title
    /// of the grade and series, and so on. Whether an occupation belongs to a series is not
    /// judged here; the rulebook knows.
    pub(super) fn is(&self, holding: &Holding) -> bool {
        match (self, holding) {
            (
                Self::Level {
                    level, occupations, ..
                },
                Holding::Level {
                    level: held,
                    occupation,
                },
            ) => level == held && (occupations.is_empty() || occupations.contains(occupation)),
            (Self::Title { series, grade, .. }, Holding::Title { title, .. }) => {
                *grade == title.grade && series.as_ref().is_none_or(|it| *it == title.series)
            }
            (
                Self::Education { education, schools },
                Holding::Education {
                    education: held,
                    school,
                    ..
                },
            ) => {
                education.is_none_or(|it| it == *held)
                    && (schools.is_empty() || schools.contains(school))
            }
            (
                Self::Certificate {
                    outside,
                    issuer,
                    name,
                    grade,
                },
                Holding::Certificate {
                    outside: held,
                    issuer: by,
                    name: called,
                    grade: of,
                    ..
                },
            ) => {
                outside == held
                    && same_words(issuer, by)
                    && same_words(name, called)
                    && grade
                        .as_ref()
                        .is_none_or(|it| of.as_ref().is_some_and(|of| same_words(it, of)))
            }
            (Self::Honour { name }, Holding::Honour { name: held }) => same_words(name, held),
            _ => false,
        }
    }
}

/// The same words, whichever width, case and spaces they were typed with.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    fold_identifier(one) == fold_identifier(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_of_titles_are_called_by_their_names_lowest_first() {
        let names = TitleGrade::ALL.map(TitleGrade::name_zh);
        assert_eq!(names, ["员级", "助理级", "中级", "副高级", "正高级"]);
        assert!(TitleGrade::ALL.is_sorted());
    }

    #[test]
    fn a_title_is_of_its_grade_and_of_the_series_that_is_asked_for() {
        let asked = |series: Option<&str>| Qualification::Title {
            series: series.map(str::to_owned),
            grade: TitleGrade::Intermediate,
            name: None,
            code: None,
        };
        let held = |series: &str, grade| Holding::Title {
            title: Title {
                series: series.into(),
                grade,
                name: "工程师".into(),
            },
            related: vec![],
        };
        let engineer = held("工程", TitleGrade::Intermediate);
        assert!(asked(Some("工程")).is(&engineer) && asked(None).is(&engineer));
        assert!(!asked(Some("农业")).is(&engineer));
        assert!(!asked(None).is(&held("工程", TitleGrade::Assistant)));
    }

    #[test]
    fn an_education_is_the_one_asked_for_from_a_school_asked_for() {
        let asked = |education, schools: &[School]| Qualification::Education {
            education,
            schools: schools.to_vec(),
        };
        let held = Holding::Education {
            education: Education::College,
            school: School::HigherVocational,
            related: vec![],
        };
        assert!(asked(None, &[]).is(&held));
        assert!(asked(Some(Education::College), &[School::HigherVocational]).is(&held));
        assert!(!asked(Some(Education::Bachelor), &[]).is(&held));
        assert!(!asked(None, &[School::University]).is(&held));
    }

    #[test]
    fn a_certificate_is_of_its_kind_issuer_name_and_grade() {
        let asked =
            |outside, issuer: &str, name: &str, grade: Option<&str>| Qualification::Certificate {
                outside,
                issuer: issuer.into(),
                name: name.into(),
                grade: grade.map(str::to_owned),
            };
        let held = |grade: Option<&str>| Holding::Certificate {
            outside: OutsideKind::Foreign,
            issuer: "DE-IHK".into(),
            name: "Industriemechaniker".into(),
            grade: grade.map(str::to_owned),
            occupation: None,
        };
        let worker = held(Some("Facharbeiter"));
        let foreign = |issuer, name, grade| asked(OutsideKind::Foreign, issuer, name, grade);
        let name = "industriemechaniker";
        assert!(foreign("de－ihk", name, None).is(&worker), "width and case");
        assert!(foreign("DE-IHK", name, Some("FACHARBEITER")).is(&worker));
        assert!(!foreign("DE-IHK", name, Some("Meister")).is(&worker));
        assert!(!foreign("DE-IHK", name, Some("Meister")).is(&held(None)));
        assert!(!foreign("DE-HWK", name, None).is(&worker));
        assert!(!foreign("DE-IHK", "Friseur", None).is(&worker));
        assert!(!asked(OutsideKind::Industry, "DE-IHK", name, None).is(&worker));
    }
}
