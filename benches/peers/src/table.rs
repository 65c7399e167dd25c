//! The tables: medians over rounds, ratios of figures taken in the same round, goals.

use crate::site::Who;
use crate::work::Figures;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is read off the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Events a second: more is better.
    Rate,
    /// Microseconds of half the answers: less is better.
    P50,
    /// Microseconds of 99 of 100 answers: less is better.
    P99,
}

impl Unit {
    fn of(self, figures: &Figures) -> f64 {
        match self {
            Self::Rate => figures.rate(),
            Self::P50 => figures.p50_us,
            Self::P99 => figures.p99_us,
        }
    }
}

/// The middle of some numbers.
pub fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() % 2 {
        _ if numbers.is_empty() => None,
        0 => Some((numbers[middle - 1] + numbers[middle]) / 2.0),
        _ => Some(numbers[middle]),
    }
}

/// Everything measured of one piece of work: column, contender, and a figure a round, or why
/// there is none.
#[derive(Debug, Default)]
pub struct Measured(BTreeMap<(usize, Who), Vec<Result<Figures, String>>>);

impl Measured {
    /// Adds the figure of one round.
    pub fn add(&mut self, column: usize, who: Who, figures: Result<Figures, String>) {
        self.0.entry((column, who)).or_default().push(figures);
    }

    /// The figures of a contender, a round each.
    fn rounds(&self, column: usize, who: Who) -> Vec<Option<Figures>> {
        let rounds = self.0.get(&(column, who));
        let rounds = rounds.map(Vec::as_slice).unwrap_or_default();
        rounds
            .iter()
            .map(|round| round.as_ref().ok().copied())
            .collect()
    }

    /// The middle figure.
    pub fn median(&self, column: usize, who: Who, unit: Unit) -> Option<f64> {
        median(self.figures(column, who, unit))
    }

    /// The figures, a round each.
    pub fn figures(&self, column: usize, who: Who, unit: Unit) -> Vec<f64> {
        let rounds = self.rounds(column, who);
        rounds.iter().flatten().map(|f| unit.of(f)).collect()
    }

    /// The ratios, a round each, of two figures of the same round.
    pub fn ratios(
        &self,
        unit: Unit,
        (column, who): (usize, Who),
        (other_column, other): (usize, Who),
    ) -> Vec<f64> {
        let rounds = self.rounds(column, who);
        let others = self.rounds(other_column, other);
        let pairs = rounds.iter().zip(&others);
        pairs
            .filter_map(|(one, other)| Some(unit.of(one.as_ref()?) / unit.of(other.as_ref()?)))
            .collect()
    }

    /// The best of several by events a second.
    pub fn best(&self, column: usize, among: &[Who]) -> Option<Who> {
        let rated = among
            .iter()
            .filter_map(|who| Some((*who, self.median(column, *who, Unit::Rate)?)));
        rated.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(who, _)| who)
    }

    fn cell(&self, column: usize, who: Who, unit: Unit, ratios: bool) -> String {
        let Some(middle) = self.median(column, who, unit) else {
            let rounds = self.0.get(&(column, who));
            let why = rounds.and_then(|rounds| rounds.iter().find_map(|r| r.as_ref().err()));
            let why = why.map(|why| why.chars().take(60).collect::<String>());
            return why.map_or_else(|| "–".into(), |why| format!("n/a ({why})"));
        };
        let mut cell = shown(middle);
        let p99 = self.median(column, who, Unit::P99);
        if let Some(p99) = p99.filter(|p99| unit == Unit::Rate && *p99 > 0.0) {
            let _ = write!(cell, ", {:.1} ms", p99 / 1e3);
        }
        if ratios {
            let over = self.ratios(unit, (column, who), (column, who.floor()));
            if let Some(over) = median(over) {
                let _ = write!(cell, " ({over:.2})");
            }
        }
        cell
    }

    /// One table in Markdown; each figure with its ratio to the bare driver of its engine, if
    /// that is wanted.
    pub fn table(&self, title: &str, columns: &[String], unit: Unit, ratios: bool) -> String {
        let mut text = format!("\n### {title}\n\n| |");
        for column in columns {
            let _ = write!(text, " {column} |");
        }
        let _ = write!(text, "\n|---|{}\n", "---|".repeat(columns.len()));
        let mut people: Vec<Who> = self.0.keys().map(|(_, who)| *who).collect();
        people.sort_unstable();
        people.dedup();
        for who in people {
            let _ = write!(text, "| {} |", who.name());
            for column in 0..columns.len() {
                let _ = write!(text, " {} |", self.cell(column, who, unit, ratios));
            }
            text.push('\n');
        }
        text
    }
}

/// 12,345 or 12.3.
pub fn shown(number: f64) -> String {
    if number < 100.0 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A goal, and what was found.
#[derive(Debug)]
pub struct Goal {
    /// What is asked.
    pub what: String,
    /// At least this, or at most.
    pub bar: f64,
    /// Whether less is better.
    pub at_most: bool,
    /// What was found, a round each.
    pub found: Vec<f64>,
}

impl Goal {
    /// At least `bar`.
    pub fn least(what: impl Into<String>, bar: f64, found: Vec<f64>) -> Self {
        Self {
            what: what.into(),
            bar,
            at_most: false,
            found,
        }
    }

    /// At most `bar`.
    pub fn most(what: impl Into<String>, bar: f64, found: Vec<f64>) -> Self {
        Self {
            at_most: true,
            ..Self::least(what, bar, found)
        }
    }

    fn row(&self) -> String {
        let show = |number: f64| match number {
            n if n.abs() < 10.0 => format!("{n:.2}"),
            n => shown(n),
        };
        let sign = if self.at_most { "≤" } else { "≥" };
        let bar = format!("{sign} {}", show(self.bar));
        let Some(middle) = median(self.found.clone()) else {
            return format!("| {} | {bar} | n/a | | not measured |\n", self.what);
        };
        let holds = |number: f64| (number <= self.bar) == self.at_most || number == self.bar;
        let least = self.found.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.found.iter().copied().fold(0.0, f64::max);
        let verdict = match (holds(middle), self.found.iter().all(|n| holds(*n))) {
            (true, true) => "met",
            (true, false) => "met, not in every round",
            (false, _) => "**missed**",
        };
        format!(
            "| {} | {bar} | {} | {}–{} | {verdict} |\n",
            self.what,
            show(middle),
            show(least),
            show(most)
        )
    }
}

/// The table of goals.
pub fn goals(goals: &[Goal]) -> String {
    let mut text = String::from(
        "\n### Goals: ratios of figures taken in the same round, the middle of all rounds\n\n\
         | goal | bar | found | rounds | |\n|---|---|---|---|---|\n",
    );
    for goal in goals {
        text.push_str(&goal.row());
    }
    text
}
