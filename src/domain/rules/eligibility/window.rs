//! When a leaf of a condition is met, and by what: the days on which one piece of a history, or
//! several together, meet it.

use super::condition::{Condition, Counted, Reach, StudyState};
use super::history::History;
use super::standard::OccupationStandard;
use crate::domain::background::{OutsideKind, StudyRecorded};
use crate::domain::ids::{BodyId, RecordId};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::years::full_years_on;
use crate::domain::worker::event::{AwardedBy, TrainingCompleted};
use jiff::Span;
use jiff::civil::{Date, date};
use serde::Serialize;

/// What a condition is met by. Pseudonymous ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// The date of birth, which stays in the vault.
    Birth,
    /// The application itself.
    Application,
    /// A level by this ledger.
    Level {
        /// What awarded it.
        by: AwardedBy,
        /// The occupation.
        occupation: OccupationCode,
        /// The level.
        level: SkillLevel,
        /// Since when.
        awarded_on: Date,
    },
    /// A record of work, study, a title or another's certificate (履历).
    Record {
        /// Which.
        record: RecordId,
    },
    /// A training completed.
    Training {
        /// At which provider.
        provider: BodyId,
        /// In which class.
        class: String,
    },
    /// An apprenticeship served.
    Apprenticeship {
        /// The occupation.
        occupation: OccupationCode,
        /// The last day of its term.
        ended_on: Date,
    },
    /// Shown to the reviewer.
    Shown {
        /// The code of the condition.
        code: String,
    },
}

/// How far something counted has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "unit", rename_all = "kebab-case")]
pub enum Progress {
    /// Days of work.
    Days {
        /// Counted so far.
        have: u32,
        /// Needed.
        need: u32,
    },
    /// Class hours.
    Hours {
        /// Counted so far.
        have: u32,
        /// Needed.
        need: u32,
    },
}

impl Progress {
    /// What has been counted so far.
    fn have(self) -> u32 {
        match self {
            Self::Days { have, .. } | Self::Hours { have, .. } => have,
        }
    }
}

/// Days on which a leaf is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: Date,
    /// The last day; none if it stays met.
    pub(super) to: Option<Date>,
    pub(super) evidence: Vec<Evidence>,
}

impl Window {
    fn since(from: Date, evidence: Evidence) -> Self {
        Self {
            from,
            to: None,
            evidence: vec![evidence],
        }
    }
    pub(super) fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
    /// The first day of it, from `day` on.
    pub(super) fn first_from(&self, day: Date) -> Option<Date> {
        let first = self.from.max(day);
        self.to.is_none_or(|last| first <= last).then_some(first)
    }
}

/// Every window of a leaf, and how far what it counts has come.
#[derive(Debug, Default)]
pub(super) struct Windows {
    pub(super) windows: Vec<Window>,
    pub(super) progress: Option<Progress>,
}

impl Windows {
    fn further(&mut self, progress: Progress) {
        if self.progress.is_none_or(|it| it.have() < progress.have()) {
            self.progress = Some(progress);
        }
    }
}

/// A stretch of work, as days: `end` is the first day after it, none while it goes on.
struct Piece {
    record: RecordId,
    from: Date,
    end: Option<Date>,
}

/// What a standard is put against: the history, seen from one standard, level and day.
pub(super) struct Bench<'a> {
    history: &'a History,
    standard: &'a OccupationStandard,
    /// None of an item.
    level: Option<SkillLevel>,
    /// Standard class hours.
    hours: Option<u32>,
    day: Date,
    own: Vec<Piece>,
    related: Vec<Piece>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        history: &'a History,
        standard: &'a OccupationStandard,
        level: Option<SkillLevel>,
        hours: Option<u32>,
        day: Date,
    ) -> Self {
        let pieces = |within: &dyn Fn(OccupationCode) -> bool| {
            let mut pieces: Vec<Piece> = history
                .background
                .works
                .iter()
                .filter(|work| work.occupation.is_some_and(within))
                .map(|work| Piece {
                    record: work.record,
                    from: work.from,
                    end: work.to.map(|last| after(last, 1)),
                })
                .collect();
            pieces.sort_by_key(|piece| piece.from);
            pieces
        };
        Self {
            own: pieces(&|code| standard.is_own(code)),
            related: pieces(&|code| standard.is_related(code)),
            history,
            standard,
            level,
            hours,
            day,
        }
    }

    /// The windows of a leaf. Of a tree, none.
    pub(super) fn windows(&self, leaf: &Condition) -> Windows {
        match leaf {
            Condition::AllOf { .. } | Condition::AnyOf { .. } => Windows::default(),
            Condition::Age { years } => just(
                self.history
                    .birth
                    .map(|birth| Window::since(full_years_on(birth.0, *years), Evidence::Birth)),
            ),
            Condition::Intends => just([Window::since(Date::MIN, Evidence::Application)]),
            Condition::Works { reach } => just(self.pieces(*reach).iter().map(|piece| Window {
                from: piece.from,
                to: piece.end.map(before),
                evidence: vec![Evidence::Record {
                    record: piece.record,
                }],
            })),
            Condition::WorkYears { years, reach } => {
                let mut found = Windows::default();
                let lapse = Lapse {
                    years: *years,
                    counted: Counted::Work,
                    reach: *reach,
                };
                self.lapsed(&mut found, lapse, Date::MIN, None, None);
                found
            }
            Condition::Level {
                level,
                reach,
                years,
                counted,
            } => self.level_held(*level, lapse(*years, *counted, *reach)),
            Condition::Study {
                schools,
                education,
                speciality,
                states,
                years,
                counted,
            } => {
                let mut found = Windows::default();
                let lapse = lapse(*years, *counted, Reach::Related);
                for study in &self.history.background.studies {
                    let fits = (schools.is_empty() || schools.contains(&study.school))
                        && education.is_none_or(|least| study.education >= least)
                        && (!speciality || self.belongs(&study.related));
                    if fits {
                        self.study(&mut found, study, states, lapse);
                    }
                }
                found
            }
            Condition::Title {
                grades,
                years,
                counted,
            } => {
                let mut found = Windows::default();
                let lapse = lapse(*years, *counted, Reach::Related);
                for title in &self.history.background.titles {
                    if grades.contains(&title.title.grade) && self.belongs(&title.related) {
                        let by = Evidence::Record {
                            record: title.record,
                        };
                        self.lapsed(&mut found, lapse, title.awarded_on, None, Some(by));
                    }
                }
                found
            }
            Condition::Outside {
                certificate,
                reach,
                years,
                counted,
            } => {
                let mut found = Windows::default();
                let lapse = lapse(*years, *counted, *reach);
                for held in &self.history.background.outside {
                    let within = |code| self.within(code, *reach);
                    if held.kind == *certificate && held.occupation.is_some_and(within) {
                        let by = Evidence::Record {
                            record: held.record,
                        };
                        self.lapsed(&mut found, lapse, held.awarded_on, held.valid_to, Some(by));
                    }
                }
                found
            }
            Condition::Apprenticeship { reach } => just(
                self.history
                    .apprenticeships
                    .iter()
                    .filter(|it| self.within(it.occupation, *reach))
                    .map(|it| {
                        let by = Evidence::Apprenticeship {
                            occupation: it.occupation,
                            ended_on: it.ended_on,
                        };
                        Window::since(it.ended_on, by)
                    }),
            ),
            Condition::Training { hours } => hours
                .or(self.hours)
                .map_or_else(Windows::default, |need| self.training(need)),
            Condition::Stated { code, .. } => just(
                self.history
                    .shown
                    .iter()
                    .filter(|shown| shown.code == *code)
                    .map(|shown| Window::since(shown.on, Evidence::Shown { code: code.clone() })),
            ),
        }
    }

    fn within(&self, code: OccupationCode, reach: Reach) -> bool {
        match reach {
            Reach::Own => self.standard.is_own(code),
            Reach::Related => self.standard.is_related(code),
        }
    }

    /// Whether a speciality checked as belonging to these occupations belongs to this one.
    fn belongs(&self, related: &[OccupationCode]) -> bool {
        related.iter().any(|code| self.standard.is_own(*code))
    }

    fn pieces(&self, reach: Reach) -> &[Piece] {
        match reach {
            Reach::Own => &self.own,
            Reach::Related => &self.related,
        }
    }

    fn level_held(&self, level: SkillLevel, lapse: Lapse) -> Windows {
        let mut found = Windows::default();
        for held in &self.history.levels {
            if held.standing && held.level == level && self.within(held.occupation, lapse.reach) {
                let by = Evidence::Level {
                    by: held.by,
                    occupation: held.occupation,
                    level,
                    awarded_on: held.awarded_on,
                };
                self.lapsed(&mut found, lapse, held.awarded_on, None, Some(by));
            }
        }
        for held in &self.history.background.outside {
            let of_level = matches!(
                held.kind,
                OutsideKind::LevelCertificate | OutsideKind::VocationalQualification
            );
            let within = |code| self.within(code, lapse.reach);
            if of_level && held.level == Some(level) && held.occupation.is_some_and(within) {
                let by = Evidence::Record {
                    record: held.record,
                };
                self.lapsed(&mut found, lapse, held.awarded_on, held.valid_to, Some(by));
            }
        }
        found
    }

    fn study(
        &self,
        found: &mut Windows,
        study: &StudyRecorded,
        states: &[StudyState],
        lapse: Lapse,
    ) {
        let by = || Evidence::Record {
            record: study.record,
        };
        for state in states {
            let (from, to) = match state {
                StudyState::Graduated => {
                    if let Some(graduated) = study.graduated_on {
                        self.lapsed(found, lapse, graduated, None, Some(by()));
                    }
                    continue;
                }
                StudyState::GraduationYear => {
                    let Some(leaves) = study.graduated_on.or(study.expected_on) else {
                        continue;
                    };
                    let year = leaves.year();
                    let last = date(year, 12, 31);
                    let last = study.graduated_on.map_or(last, before);
                    (study.from.max(date(year, 1, 1)), Some(last))
                }
                StudyState::InProgress => {
                    let last = study.graduated_on.map(before).or(study.expected_on);
                    (study.from, last)
                }
            };
            if to.is_none_or(|last| from <= last) {
                found.windows.push(Window {
                    from,
                    to,
                    evidence: vec![by()],
                });
            }
        }
    }

    fn training(&self, need: u32) -> Windows {
        let mut of_level: Vec<&TrainingCompleted> = self
            .history
            .trainings
            .iter()
            .filter(|it| it.level == self.level)
            .filter(|it| it.occupation.is_some_and(|code| self.standard.is_own(code)))
            .collect();
        of_level.sort_by_key(|it| it.to);
        let (mut sum, mut have) = (0_u32, 0_u32);
        let mut evidence = Vec::new();
        let mut full = None;
        for training in of_level {
            sum = sum.saturating_add(training.hours);
            if training.to <= self.day {
                have = sum;
            }
            evidence.push(Evidence::Training {
                provider: training.provider,
                class: training.class.clone(),
            });
            if sum >= need {
                full = Some(training.to);
                break;
            }
        }
        Windows {
            windows: full
                .map(|from| Window {
                    from,
                    to: None,
                    evidence,
                })
                .into_iter()
                .collect(),
            progress: Some(Progress::Hours { have, need }),
        }
    }

    /// Adds the window that opens when the years after `since` are full, and closes after `to`.
    fn lapsed(
        &self,
        found: &mut Windows,
        lapse: Lapse,
        since: Date,
        to: Option<Date>,
        by: Option<Evidence>,
    ) {
        let mut evidence: Vec<Evidence> = by.into_iter().collect();
        let full_on = match (lapse.counted, lapse.years) {
            (_, 0) => Some(since),
            (Counted::Time, years) => Some(full_years_on(since, years)),
            (Counted::Work, years) => self.worked(found, lapse.reach, years, since, &mut evidence),
        };
        if let Some(from) = full_on
            && to.is_none_or(|last| from <= last)
        {
            found.windows.push(Window { from, to, evidence });
        }
    }

    /// The day on which `years` of work from `since` on are full (累计工作满 N 年).
    ///
    /// Days worked are put one after another from the first of them, days worked twice over once,
    /// days between left out; the years are full when that row reaches the anniversary of the
    /// first day. One unbroken stretch is thus full on its anniversary. Work that goes on is
    /// taken to go on.
    fn worked(
        &self,
        found: &mut Windows,
        reach: Reach,
        years: u8,
        since: Date,
        evidence: &mut Vec<Evidence>,
    ) -> Option<Date> {
        let mut covered = since;
        let mut need = None;
        let (mut left, mut have) = (0, 0);
        let mut full_on = None;
        for piece in self.pieces(reach) {
            let start = piece.from.max(covered);
            if piece.end.is_some_and(|end| end <= start) {
                continue;
            }
            if need.is_none() {
                left = days(start, full_years_on(start, years));
                need = Some(left);
            }
            evidence.push(Evidence::Record {
                record: piece.record,
            });
            have += days(start, piece.end.map_or(self.day, |end| end.min(self.day))).max(0);
            let full = after(start, left);
            match piece.end {
                Some(end) if end < full => {
                    left -= days(start, end);
                    covered = end;
                }
                _ => {
                    full_on = Some(full);
                    break;
                }
            }
        }
        found.further(Progress::Days {
            have: u32::try_from(have).unwrap_or_default(),
            need: u32::try_from(
                need.unwrap_or_else(|| days(self.day, full_years_on(self.day, years))),
            )
            .unwrap_or_default(),
        });
        full_on
    }
}

/// Years after something, and what fills them.
#[derive(Clone, Copy)]
struct Lapse {
    years: u8,
    counted: Counted,
    reach: Reach,
}

const fn lapse(years: u8, counted: Counted, reach: Reach) -> Lapse {
    Lapse {
        years,
        counted,
        reach,
    }
}

fn just(windows: impl IntoIterator<Item = Window>) -> Windows {
    Windows {
        windows: windows.into_iter().collect(),
        progress: None,
    }
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn after(day: Date, days: i32) -> Date {
    day.saturating_add(Span::new().days(days))
}

fn before(day: Date) -> Date {
    day.saturating_sub(Span::new().days(1))
}
