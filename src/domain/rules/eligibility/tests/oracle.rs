//! A second reading of the application conditions, sharing nothing with the engine: no tree of
//! conditions, no intervals, no calendar of a library. Days are numbers, a table says which civil
//! date each is, work is marked day by day, and the rules are written out as the texts say them.

use crate::domain::background::{Education, School};
use crate::domain::rules::recognition::TitleGrade;

/// A day, counted from 1 January 2000.
pub type Day = usize;
/// One of the four occupations.
pub type Occupation = usize;

/// `RELATED[a][b]`: the standard of `a` lists `b` as related.
pub const RELATED: [[bool; 4]; 4] = [
    [false, true, false, false],
    [true, false, true, false],
    [false, false, false, false],
    [true, false, false, false],
];

/// What a person brings, in the oracle's own terms. Levels are the digits 5 to 1.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub birth: Option<Day>,
    pub works: Vec<Work>,
    pub levels: Vec<Held>,
    pub studies: Vec<Study>,
    pub titles: Vec<(TitleGrade, Occupation, Day)>,
    /// 预备技师证书
    pub preparatory: Vec<(Occupation, Day)>,
    pub apprenticeships: Vec<(Occupation, Day)>,
    /// What was shown: intermediate or senior programme evaluated.
    pub shown: Vec<(&'static str, Day)>,
}
#[derive(Clone, Debug)]
pub struct Work {
    pub occupation: Occupation,
    pub from: Day,
    /// The last day.
    pub to: Option<Day>,
}
#[derive(Clone, Debug)]
pub struct Held {
    pub occupation: Occupation,
    pub level: u8,
    pub on: Day,
    pub standing: bool,
    /// Another's certificate, and its last day.
    pub outside: Option<Option<Day>>,
}
#[derive(Clone, Debug)]
pub struct Study {
    pub school: School,
    pub education: Education,
    pub speciality: Vec<Occupation>,
    pub from: Day,
    pub graduated: Option<Day>,
    pub expected: Option<Day>,
}

/// Every day's civil date.
pub struct Calendar(Vec<(i32, u32, u32)>);

impl Calendar {
    pub fn new() -> Self {
        let mut days = Vec::new();
        for year in 2000..2060 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let february = if leap { 29 } else { 28 };
            let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, length) in lengths.into_iter().enumerate() {
                for day in 1..=length {
                    days.push((year, month as u32 + 1, day));
                }
            }
        }
        Self(days)
    }
    pub fn civil(&self, day: Day) -> (i32, u32, u32) {
        self.0[day]
    }
    /// Whether `years` are full on `day`: its date is not before the anniversary, and the date
    /// after 28 February is after a 29th that does not exist.
    fn full(&self, since: Day, years: i32, day: Day) -> bool {
        let (year, month, of_month) = self.civil(since);
        self.civil(day) >= (year + years, month, of_month)
    }
}

/// One application.
pub struct Applying<'a> {
    pub calendar: &'a Calendar,
    pub case: &'a Case,
    pub occupation: Occupation,
    pub day: Day,
}

impl Applying<'_> {
    fn near(&self, other: Occupation) -> bool {
        other == self.occupation || RELATED[self.occupation][other]
    }

    /// Work in this or a related occupation from `since` on, marked day by day; every marked day
    /// before today moves a date on by one from the first of them.
    fn worked(&self, since: Day, years: i32) -> bool {
        let works = self.case.works.iter();
        let near: Vec<&Work> = works.filter(|it| self.near(it.occupation)).collect();
        let begins = near.iter().map(|it| it.from.max(since)).min();
        let Some(begins) = begins.filter(|it| *it < self.day) else {
            return false;
        };
        let mut marked = vec![false; self.day - begins];
        for work in near {
            let end = work.to.map_or(self.day, |last| self.day.min(last + 1));
            let from = work.from.max(since);
            if from < end {
                marked[from - begins..end - begins].fill(true);
            }
        }
        let Some(first) = marked.iter().position(|it| *it) else {
            return false;
        };
        let count = marked.iter().filter(|it| **it).count();
        let first = begins + first;
        self.calendar.full(first, years, first + count)
    }

    fn sixteen(&self) -> bool {
        self.case
            .birth
            .is_some_and(|birth| self.calendar.full(birth, 16, self.day))
    }

    fn works_today(&self) -> bool {
        self.case.works.iter().any(|it| {
            self.near(it.occupation)
                && it.from <= self.day
                && it.to.is_none_or(|last| self.day <= last)
        })
    }

    /// Days on which a level was come by that counts today.
    fn held(&self, level: u8) -> Vec<Day> {
        let mut days = Vec::new();
        for held in &self.case.levels {
            let in_force = match held.outside {
                None => held.standing,
                Some(last) => last.is_none_or(|last| self.day <= last),
            };
            if held.level == level && in_force && held.on <= self.day && self.near(held.occupation)
            {
                days.push(held.on);
            }
        }
        days
    }
    fn holds(&self, level: u8) -> bool {
        !self.held(level).is_empty()
    }
    fn worked_after_level(&self, level: u8, years: i32) -> bool {
        self.held(level).iter().any(|on| self.worked(*on, years))
    }
    fn worked_after_title(&self, grades: &[TitleGrade], years: i32) -> bool {
        self.case.titles.iter().any(|(grade, of, on)| {
            grades.contains(grade)
                && *of == self.occupation
                && *on <= self.day
                && self.worked(*on, years)
        })
    }

    /// 毕业, or a student in the year of graduation.
    fn left(&self, study: &Study) -> bool {
        if let Some(graduated) = study.graduated
            && graduated <= self.day
        {
            return true;
        }
        let leaves = study.graduated.or(study.expected);
        study.from <= self.day && leaves.is_some_and(|it| self.year(it) == self.year(self.day))
    }
    /// A student still, who was to have left no day before today.
    fn in_progress(&self, study: &Study) -> bool {
        study.from <= self.day
            && match (study.graduated, study.expected) {
                (Some(graduated), _) => self.day < graduated,
                (None, Some(expected)) => self.day <= expected,
                (None, None) => true,
            }
    }
    fn year(&self, day: Day) -> i32 {
        self.calendar.civil(day).0
    }
    fn any_study(&self, fits: impl Fn(&Study) -> bool) -> bool {
        self.case.studies.iter().any(fits)
    }
    fn of_speciality(&self, study: &Study) -> bool {
        study.speciality.contains(&self.occupation)
    }
    fn shown(&self, what: &str) -> bool {
        let mut shown = self.case.shown.iter();
        shown.any(|(code, on)| *code == what && *on <= self.day)
    }

    /// Alternative by alternative, 2018.
    pub fn of_2018(&self, level: u8) -> Vec<bool> {
        use School::*;
        match level {
            5 => vec![
                self.worked(0, 1),
                self.case
                    .apprenticeships
                    .iter()
                    .any(|(of, on)| self.near(*of) && *on <= self.day),
            ],
            4 => vec![
                self.worked_after_level(5, 4),
                self.worked(0, 6),
                self.any_study(|it| {
                    let technician_school = matches!(
                        it.school,
                        TechnicianSchoolIntermediate
                            | TechnicianSchoolSenior
                            | TechnicianSchoolTechnician
                    );
                    self.of_speciality(it) && self.left(it) && technician_school
                }) || (self.shown("programme-evaluated-intermediate")
                    && self.any_study(|it| {
                        matches!(it.school, SecondaryVocational | HigherVocational)
                            && self.of_speciality(it)
                            && self.left(it)
                    })),
            ],
            3 => vec![
                self.worked_after_level(4, 5),
                self.holds(4)
                    && (self.any_study(|it| self.senior_class(it) && self.left(it))
                        || (self.shown("programme-evaluated-senior")
                            && self.any_study(|it| {
                                it.school == HigherVocational
                                    && self.of_speciality(it)
                                    && self.left(it)
                            }))),
                self.worked_after_level(4, 2)
                    && self.any_study(|it| {
                        self.college(it) && it.graduated.is_some_and(|on| on <= self.day)
                    }),
            ],
            2 => {
                vec![
                    self.worked_after_level(3, 4),
                    (self.holds(3) && self.worked_after_senior_class(3))
                        || self.case.preparatory.iter().any(|(of, on)| {
                            self.near(*of) && *on <= self.day && self.worked(*on, 2)
                        }),
                ]
            }
            _ => vec![self.worked_after_level(2, 4)],
        }
    }

    /// Alternative by alternative, 2023.
    pub fn of_2023(&self, level: u8) -> Vec<bool> {
        use School::*;
        use TitleGrade::*;
        match level {
            5 => vec![self.sixteen(), self.sixteen() && self.works_today()],
            4 => vec![
                self.worked(0, 5),
                self.worked_after_level(5, 3),
                self.any_study(|it| {
                    let fits = match it.school {
                        TechnicianSchoolIntermediate
                        | TechnicianSchoolSenior
                        | TechnicianSchoolTechnician => true,
                        SecondaryVocational | HigherVocational | University => !matches!(
                            it.education,
                            Education::JuniorMiddle | Education::HighSchool
                        ),
                        HighSchool | Other => false,
                    };
                    fits && self.of_speciality(it) && self.left(it)
                }),
            ],
            3 => vec![
                self.worked(0, 10),
                self.worked_after_level(4, 4),
                self.worked_after_title(&[Technician, Assistant], 1),
                self.any_study(|it| {
                    self.senior_class(it) && self.of_speciality(it) && self.left(it)
                }),
                self.holds(4) && self.any_study(|it| self.college(it) && self.left(it)),
                self.shown("programme-evaluated-senior")
                    && self.any_study(|it| self.college(it) && self.left(it)),
            ],
            2 => vec![
                self.worked_after_level(3, 5),
                self.worked_after_title(&[Technician, Assistant], 5)
                    && self.worked_after_level(3, 1),
                self.worked_after_title(&[Intermediate], 1),
                self.holds(3) && self.worked_after_senior_class(2),
                self.held(3)
                    .iter()
                    .any(|on| self.calendar.full(*on, 2, self.day))
                    && self.any_study(|it| {
                        let student = self.in_progress(it)
                            || (self.left(it)
                                && it.graduated.is_none_or(|graduated| self.day < graduated));
                        it.school == TechnicianSchoolTechnician && self.of_speciality(it) && student
                    }),
            ],
            _ => vec![
                self.worked_after_level(2, 5),
                self.worked_after_title(&[Intermediate], 5) && self.worked_after_level(2, 1),
                self.worked_after_title(&[AssociateSenior, Senior], 1),
            ],
        }
    }

    fn senior_class(&self, study: &Study) -> bool {
        matches!(
            study.school,
            School::TechnicianSchoolSenior | School::TechnicianSchoolTechnician
        )
    }
    fn college(&self, study: &Study) -> bool {
        let reached = matches!(
            study.education,
            Education::College | Education::Bachelor | Education::Master | Education::Doctor
        );
        let school = matches!(study.school, School::HigherVocational | School::University);
        reached && school && self.of_speciality(study)
    }
    fn worked_after_senior_class(&self, years: i32) -> bool {
        self.any_study(|it| {
            self.senior_class(it)
                && self.of_speciality(it)
                && it
                    .graduated
                    .is_some_and(|on| on <= self.day && self.worked(on, years))
        })
    }
}
