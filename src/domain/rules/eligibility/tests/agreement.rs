//! The engine against the oracle: exhaustively on a small model, on a hundred thousand random
//! lives, and day by day for the day that an answer names.

use super::oracle::{Applying, Calendar, Case, Day, Held, Occupation, RELATED, Study, Work};
use super::person::{Person, person};
use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::eligibility::*;
use crate::domain::rules::recognition::TitleGrade;
use crate::domain::session::event::StandardKind;
use jiff::civil::{Date, date};

const CODES: [&str; 4] = ["6-18-02-04", "6-21-01-02", "4-02-07-08", "6-31-01-03"];

fn code(occupation: Occupation) -> OccupationCode {
    CODES[occupation].parse().unwrap()
}

/// The two sides, and what they are compared on.
struct Bench {
    calendar: Calendar,
    register: StandardRegister,
    asked: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum Generation {
    Of2018,
    Of2023,
}

impl Bench {
    fn new() -> Self {
        let mut register = StandardRegister::default();
        let standards = (0..4).flat_map(|occupation| {
            [
                ("2018", templates_cn::CN_2018),
                ("2023", templates_cn::CN_2023),
            ]
            .map(|(edition, template)| standard(occupation, edition, template))
        });
        register.adopt(templates_cn::built_in(), standards);
        Self {
            calendar: Calendar::new(),
            register,
            asked: 0,
        }
    }

    fn date(&self, day: Day) -> Date {
        let (year, month, of_month) = self.calendar.civil(day);
        date(year as i16, month as i8, of_month as i8)
    }
    fn day(&self, on: Date) -> Day {
        (on - date(2000, 1, 1)).get_days() as Day
    }

    fn judged(
        &self,
        history: &History,
        of: Occupation,
        generation: Generation,
        level: u8,
        day: Day,
    ) -> Eligibility {
        let edition = match generation {
            Generation::Of2018 => "2018",
            Generation::Of2023 => "2023",
        };
        let standard = self
            .register
            .standards()
            .find(|it| it.occupation() == Some(code(of)) && it.edition == edition)
            .unwrap();
        let by = Applicable {
            standard,
            template: self.register.template(standard.template().unwrap()),
        };
        let level = SkillLevel::from_digit(level).unwrap();
        judge(history, by, level, self.date(day))
    }

    fn told(
        &self,
        case: &Case,
        of: Occupation,
        generation: Generation,
        level: u8,
        day: Day,
    ) -> Vec<bool> {
        let applying = Applying {
            calendar: &self.calendar,
            case,
            occupation: of,
            day,
        };
        match generation {
            Generation::Of2018 => applying.of_2018(level),
            Generation::Of2023 => applying.of_2023(level),
        }
    }

    /// Both sides agree, alternative by alternative.
    fn agree(
        &mut self,
        case: &Case,
        history: &History,
        of: Occupation,
        generation: Generation,
        level: u8,
        day: Day,
    ) -> Eligibility {
        self.asked += 1;
        let answer = self.judged(history, of, generation, level, day);
        let told = self.told(case, of, generation, level, day);
        let met: Vec<bool> = answer.alternatives.iter().map(|it| it.judged.met).collect();
        assert_eq!(
            met,
            told,
            "occupation {of} level {level} on {}: {case:#?}",
            self.date(day)
        );
        assert_eq!(answer.met, told.contains(&true));
        answer
    }

    fn history(&self, case: &Case) -> History {
        let mut person = person();
        if let Some(birth) = case.birth {
            person = person.born(self.date(birth));
        }
        for work in &case.works {
            let to = work.to.map(|day| self.date(day));
            person = person.works(CODES[work.occupation], self.date(work.from), to);
        }
        for held in &case.levels {
            person = self.holding(person, held);
        }
        for study in &case.studies {
            person = person.studies(
                study.school,
                study.education,
                self.date(study.from),
                study.graduated.map(|day| self.date(day)),
                study.expected.map(|day| self.date(day)),
            );
            let related = study.speciality.iter().map(|it| code(*it)).collect();
            person
                .history
                .background
                .studies
                .last_mut()
                .unwrap()
                .related = related;
        }
        for (grade, of, on) in &case.titles {
            person = person.titled(*grade, CODES[*of], self.date(*on));
        }
        for (of, on) in &case.preparatory {
            let kind = OutsideKind::PreparatoryTechnician;
            person = person.outside(kind, None, self.date(*on), None);
            person
                .history
                .background
                .outside
                .last_mut()
                .unwrap()
                .occupation = Some(code(*of));
        }
        for (of, on) in &case.apprenticeships {
            person = person.apprenticed(CODES[*of], self.date(*on));
        }
        let mut history = person.history;
        for (what, on) in &case.shown {
            history = history.with_shown([(*what).to_owned()], self.date(*on));
        }
        history
    }

    fn holding(&self, person: Person, held: &Held) -> Person {
        let level = SkillLevel::from_digit(held.level).unwrap();
        let on = self.date(held.on);
        match held.outside {
            Some(last) => {
                let kind = OutsideKind::LevelCertificate;
                let last = last.map(|day| self.date(day));
                let mut person = person.outside(kind, Some(level), on, last);
                let outside = &mut person.history.background.outside;
                outside.last_mut().unwrap().occupation = Some(code(held.occupation));
                person
            }
            None if held.standing => person.holds(CODES[held.occupation], level, on),
            None => person.holds(CODES[held.occupation], level, on).withdrawn(),
        }
    }
}

fn standard(occupation: Occupation, edition: &str, template: &str) -> OccupationStandard {
    let related = (0..4).filter(|other| RELATED[occupation][*other]);
    let levels = SkillLevel::CERTIFIED.map(|level| OpenedLevel {
        level,
        hours: None,
        any_of: vec![],
    });
    OccupationStandard {
        kind: StandardKind::National,
        code: format!("GZB {}", CODES[occupation]),
        edition: edition.into(),
        assesses: Assesses::Occupation {
            occupation: code(occupation),
            formerly: vec![],
            related: related.map(code).collect(),
            template: Some(template.into()),
            levels: levels.to_vec(),
        },
        effective_from: date(2000, 1, 1),
        effective_to: None,
        source: "测试".into(),
        verified: false,
    }
}

/// A small generator (xorshift64*), seeded, so that every run sees the same lives.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    fn below(&mut self, bound: usize) -> usize {
        ((self.next() >> 33) as usize) % bound
    }
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
    /// Often a day of 29 February, the end of a year, or an anniversary of another day.
    fn day(&mut self, bench: &Bench, near: &[Day]) -> Day {
        let years = 2012 + self.below(15) as i16;
        match self.below(4) {
            0 => bench.day(Date::new(years, 2, 29).unwrap_or(date(years, 3, 1))),
            1 if !near.is_empty() => {
                let other = bench.date(self.of(near));
                let moved = Date::new(years, other.month(), other.day());
                let day = bench.day(moved.unwrap_or(date(years, 3, 1)));
                day + self.below(3) - 1
            }
            2 => bench.day(date(years, 12, 31)) + self.below(2),
            _ => bench.day(date(2012, 1, 1)) + self.below(15 * 365),
        }
    }
    fn case(&mut self, bench: &Bench) -> (Case, Vec<Day>) {
        let mut case = Case::default();
        let mut days = Vec::new();
        // Half of it is in one occupation, so that things meet.
        let occupation = |it: &mut Self| it.below(2) * it.below(4);
        for _ in 0..1 + self.below(3) {
            let from = self.day(bench, &days);
            let length = self.below(7 * 365);
            days.push(from);
            let to = self.one_in(2).then_some(from + length);
            days.extend(to.map(|last| last + 1));
            case.works.push(Work {
                occupation: occupation(self),
                from,
                to,
            });
        }
        for _ in 0..1 + self.below(4) {
            let on = self.day(bench, &days);
            days.push(on);
            let last = self.one_in(2).then_some(on + self.below(5 * 365));
            case.levels.push(Held {
                occupation: occupation(self),
                level: 1 + self.below(5) as u8,
                on,
                standing: !self.one_in(5),
                outside: self.one_in(3).then_some(last),
            });
        }
        for _ in 0..self.below(3) {
            let from = self.day(bench, &days);
            let end = from + self.below(5 * 365);
            days.extend([from, end]);
            case.studies.push(Study {
                school: self.of(&[
                    School::TechnicianSchoolIntermediate,
                    School::TechnicianSchoolSenior,
                    School::TechnicianSchoolTechnician,
                    School::SecondaryVocational,
                    School::HigherVocational,
                    School::University,
                    School::HighSchool,
                    School::Other,
                ]),
                education: self.of(&[
                    Education::JuniorMiddle,
                    Education::HighSchool,
                    Education::Secondary,
                    Education::College,
                    Education::Bachelor,
                    Education::Doctor,
                ]),
                speciality: (0..self.below(3)).map(|_| occupation(self)).collect(),
                from,
                graduated: self.one_in(2).then_some(end),
                expected: self.one_in(2).then_some(end + self.below(400)),
            });
        }
        for _ in 0..self.below(3) {
            let on = self.day(bench, &days);
            days.push(on);
            let grade = self.of(&[
                TitleGrade::Technician,
                TitleGrade::Assistant,
                TitleGrade::Intermediate,
                TitleGrade::AssociateSenior,
                TitleGrade::Senior,
            ]);
            case.titles.push((grade, occupation(self), on));
        }
        if self.one_in(4) {
            let on = self.day(bench, &days);
            case.preparatory.push((occupation(self), on));
        }
        if self.one_in(4) {
            let on = self.day(bench, &days);
            case.apprenticeships.push((occupation(self), on));
        }
        if self.one_in(2) {
            let what = self.of(&[
                "programme-evaluated-intermediate",
                "programme-evaluated-senior",
            ]);
            case.shown.push((what, self.day(bench, &days)));
        }
        if !self.one_in(4) {
            // Sixteen years before a day that may be asked about.
            let (year, month, of_month) = bench.calendar.civil(self.day(bench, &days));
            let born = Date::new(year as i16 - 12, month as i8, of_month as i8);
            case.birth = born
                .ok()
                .filter(|it| it.year() >= 2000)
                .map(|it| bench.day(it));
        }
        (case, days)
    }
}

/// 4 occupations × 5 levels × 6 instants, each with every level held in every occupation and
/// work in every occupation from every instant. The region plays no part: conditions are those of
/// the standard wherever somebody applies.
#[test]
fn exhaustively_on_a_small_model() {
    let mut bench = Bench::new();
    let first = bench.day(date(2014, 3, 1));
    // The day a work of five years began, the eve of its anniversary, the day, 29 February.
    let instants = [
        date(2014, 3, 1),
        date(2016, 2, 29),
        date(2019, 2, 28),
        date(2019, 3, 1),
        date(2020, 2, 29),
        date(2024, 3, 1),
    ]
    .map(|it| bench.day(it));
    for held in 0..=5_u8 {
        for holding in 0..if held == 0 { 1 } else { 4 } {
            for working in 0..4 {
                for begun in instants {
                    let level = Held {
                        occupation: holding,
                        level: held.max(1),
                        on: first,
                        standing: held > 0,
                        outside: None,
                    };
                    let work = Work {
                        occupation: working,
                        from: begun,
                        to: None,
                    };
                    let case = Case {
                        works: vec![work],
                        levels: vec![level],
                        ..Case::default()
                    };
                    let history = bench.history(&case);
                    for of in 0..4 {
                        for level in 1..=5 {
                            for (n, day) in instants.into_iter().enumerate() {
                                let generation = match n % 2 {
                                    0 => Generation::Of2023,
                                    _ => Generation::Of2018,
                                };
                                bench.agree(&case, &history, of, generation, level, day);
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(bench.asked, 21 * 4 * 6 * 4 * 5 * 6);
}

#[test]
fn on_a_hundred_thousand_random_lives() {
    let mut bench = Bench::new();
    let mut chance = Chance(0x5eed_2026_1122);
    let (mut met, mut named) = (0, 0);
    for _ in 0..100_000 {
        let (case, days) = chance.case(&bench);
        let history = bench.history(&case);
        let generation = chance.of(&[Generation::Of2018, Generation::Of2023]);
        let (of, level) = (chance.below(2) * chance.below(4), 1 + chance.below(5) as u8);
        let day = chance.day(&bench, &days);
        let answer = bench.agree(&case, &history, of, generation, level, day);
        met += u32::from(answer.met);
        // The day an answer names is the first of its kind as far as its eve tells.
        if let Some(until) = answer.until {
            named += 1;
            let until = bench.day(until);
            let at = |day| {
                bench
                    .told(&case, of, generation, level, day)
                    .contains(&true)
            };
            assert!(at(until), "not met on {}: {case:#?}", bench.date(until));
            assert!(
                !at(until - 1),
                "met before {}: {case:#?}",
                bench.date(until)
            );
        }
    }
    // The lives are such that every outcome is common.
    assert!(met > 10_000 && met < 90_000, "{met}");
    assert!(named > 5_000, "{named}");
}

/// For each alternative of some lives, day after day: the day named is the first, and where none
/// is named none comes.
#[test]
fn the_day_named_is_the_first_on_which_time_alone_meets_it() {
    let bench = Bench::new();
    let mut chance = Chance(0xda7e);
    for _ in 0..100 {
        let (case, days) = chance.case(&bench);
        let history = bench.history(&case);
        let generation = chance.of(&[Generation::Of2018, Generation::Of2023]);
        let (of, level) = (chance.below(2) * chance.below(4), 1 + chance.below(5) as u8);
        let day = chance.day(&bench, &days);
        let answer = bench.judged(&history, of, generation, level, day);
        let last = day + 3 * 365;
        let mut first = vec![None; answer.alternatives.len()];
        for later in day..last {
            let told = bench.told(&case, of, generation, level, later);
            for (first, met) in first.iter_mut().zip(told) {
                if met && first.is_none() {
                    *first = Some(later);
                }
            }
        }
        for (alternative, first) in answer.alternatives.iter().zip(first) {
            let judged = &alternative.judged;
            let named = match judged.met {
                true => Some(day),
                false => judged.until.map(|it| bench.day(it)).filter(|it| *it < last),
            };
            assert_eq!(named, first, "{} {case:#?}", alternative.rule);
        }
    }
}
