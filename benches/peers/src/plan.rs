//! The pieces of work in turn, contenders interleaved: in every round each has its turn.

use crate::event::BLOCK_EVENTS;
use crate::site::{Opened, Site, Who};
use crate::table::{Goal, Measured, Unit, shown};
use crate::work::{Figures, Work};
use crate::{Sizes, machine};
use anyhow::Result;
use std::collections::BTreeMap;

/// Measures on one machine, one piece of work after the other.
pub struct Plan {
    /// Where stores are made.
    pub site: Site,
    /// How much of everything.
    pub sizes: Sizes,
    /// Everything found, in Markdown.
    pub report: String,
    /// What was asked and found.
    pub goals: Vec<Goal>,
    /// Appends a second of ours, as found by (a) at 64 callers or the most there were.
    pub fastest: BTreeMap<Who, f64>,
}

impl Plan {
    async fn opened(&self, who: Who, callers: usize) -> Result<Opened, String> {
        let opened = self.site.open(who, callers).await;
        opened.map_err(|error| format!("{error:#}"))
    }

    async fn done(opened: &Opened, work: &Work) -> Result<Figures, String> {
        let done = opened.contender.run(work).await;
        match done {
            Ok(figures) if figures.events == 0 => Err("nothing in time".into()),
            done => done.map_err(|error| format!("{error:#}")),
        }
    }

    /// Work on a new store, which is removed again.
    async fn fresh(&self, who: Who, callers: usize, work: &Work) -> Result<Figures, String> {
        let opened = self.opened(who, callers).await?;
        let figures = Self::done(&opened, work).await;
        let removed = self.site.remove(opened).await;
        removed.map_err(|error| format!("{error:#}"))?;
        figures
    }

    fn say(&self, round: u32, who: Who, column: &str, figures: &Result<Figures, String>) {
        let who = who.name().trim_matches('*');
        match figures {
            Ok(f) if f.max_us > 0.0 => eprintln!(
                "round {round}, {column}, {who}: {}/s, p50 {} us, p99 {} us, max {} us",
                shown(f.rate()),
                shown(f.p50_us),
                shown(f.p99_us),
                shown(f.max_us)
            ),
            Ok(f) => eprintln!("round {round}, {column}, {who}: {}/s", shown(f.rate())),
            Err(error) => eprintln!("round {round}, {column}, {who}: {error}"),
        }
    }

    fn section(&mut self, measured: &Measured, title: &str, columns: &[String], unit: Unit) {
        let title = format!("{title} (load average {})", machine::load());
        let ratios = unit == Unit::Rate;
        let table = measured.table(&title, columns, unit, ratios);
        self.report.push_str(&table);
    }

    /// (a) One event to its own stream with expected version.
    pub async fn appends(&mut self) -> Result<()> {
        let mut measured = Measured::default();
        let callers = self.sizes.callers.clone();
        for round in 1..=self.sizes.rounds {
            for (column, &callers) in callers.iter().enumerate() {
                for who in Who::ALL {
                    let seconds = self.sizes.seconds;
                    let work = Work::Append { callers, seconds };
                    let figures = self.fresh(who, callers, &work).await;
                    self.say(round, who, &format!("(a) {callers} callers"), &figures);
                    measured.add(column, who, figures);
                }
            }
        }
        for (column, &callers) in callers.iter().enumerate().filter(|(_, c)| **c >= 32) {
            let against = |one, other| measured.ratios(Unit::Rate, (column, one), (column, other));
            if let Some(best) = measured.best(column, &Who::POSTGRES_PEERS) {
                let what = format!(
                    "(a) {callers} callers, PostgreSQL: ours ÷ best peer ({})",
                    best.name()
                );
                let found = against(Who::OursPostgres, best);
                self.goals.push(Goal::least(what, 3.0, found));
            }
            let what = format!("(a) {callers} callers, PostgreSQL: ours ÷ bare driver");
            let found = against(Who::OursPostgres, Who::BarePostgres);
            self.goals.push(Goal::least(what, 0.85, found));
            let what = format!("(a) {callers} callers, SQLite: ours ÷ bare driver");
            let found = against(Who::OursSqlite, Who::BareSqlite);
            self.goals.push(Goal::least(what, 0.4, found));
            let what = format!("(a) {callers} callers, SQLite: ours ÷ UmaDB core");
            let found = against(Who::OursSqlite, Who::Umadb);
            self.goals.push(Goal::least(what, 1.0, found));
        }
        let half = callers.iter().position(|callers| *callers == 64);
        let half = half.unwrap_or(callers.len().saturating_sub(1));
        for who in Who::ALL {
            let found = measured.median(half, who, Unit::Rate);
            self.fastest.extend(found.map(|rate| (who, rate)));
        }
        let columns: Vec<String> = callers.iter().map(|c| format!("{c} callers")).collect();
        let title = "(a) One event to its own stream with expected version: events/s, p99 \
                     (ratio to the bare driver of the engine)";
        self.section(&measured, title, &columns, Unit::Rate);
        Ok(())
    }

    /// (b) A thousand events in one append.
    pub async fn batches(&mut self) -> Result<()> {
        let mut measured = Measured::default();
        let work = Work::Batch {
            size: 1_000,
            seconds: self.sizes.seconds,
        };
        for round in 1..=self.sizes.rounds {
            for who in Who::ALL.into_iter().chain([Who::Copy]) {
                let figures = self.fresh(who, 1, &work).await;
                self.say(round, who, "(b)", &figures);
                measured.add(0, who, figures);
            }
        }
        let against = |one, other| measured.ratios(Unit::Rate, (0, one), (0, other));
        let found = against(Who::OursPostgres, Who::Copy);
        let what = "(b) PostgreSQL: ours ÷ COPY";
        self.goals.push(Goal::least(what, 0.6, found));
        let found = against(Who::OursSqlite, Who::BareSqlite);
        let what = "(b) SQLite: ours ÷ bare 1,000-row transaction";
        self.goals.push(Goal::least(what, 0.45, found));
        let title = "(b) 1,000 events of one stream in one append, one caller: events/s, p99 of \
                     an append (ratio to the bare driver of the engine)";
        self.section(&measured, title, &["1,000 an append".into()], Unit::Rate);
        Ok(())
    }

    /// A store with blocks of events.
    async fn filled(&self, who: Who, blocks: u64, loads: bool) -> Result<Opened, String> {
        let opened = self.opened(who, 8).await?;
        let figures = Self::done(&opened, &Work::Fill { blocks, loads }).await;
        self.say(0, who, &format!("fill {}", blocks * BLOCK_EVENTS), &figures);
        figures?;
        let settled = self.site.settle(&opened).await;
        settled.map_err(|error| format!("{error:#}"))?;
        Ok(opened)
    }

    /// (c) Replay from position 0, and the audit of the same store.
    pub async fn replays(&mut self) -> Result<()> {
        let mut measured = Measured::default();
        let blocks = self.sizes.replay_blocks;
        let events = blocks * BLOCK_EVENTS;
        let mut stores = Vec::new();
        for who in Who::ALL {
            stores.push((who, self.filled(who, blocks, false).await));
        }
        for round in 1..=self.sizes.rounds {
            for (who, store) in &stores {
                let works = [Work::Replay { events }, Work::Audit { events }];
                let ours = matches!(who, Who::OursSqlite | Who::OursPostgres);
                for (column, work) in works.iter().enumerate().take(1 + usize::from(ours)) {
                    let figures = match store {
                        Ok(opened) => Self::done(opened, work).await,
                        Err(error) => Err(error.clone()),
                    };
                    self.say(round, *who, ["(c) replay", "(c) audit"][column], &figures);
                    measured.add(column, *who, figures);
                }
            }
        }
        for (_, store) in stores {
            if let Ok(opened) = store {
                self.site.remove(opened).await?;
            }
        }
        if let Some(best) = measured.best(0, &Who::POSTGRES_PEERS) {
            let what = format!("(c) replay, PostgreSQL: ours ÷ best peer ({})", best.name());
            let found = measured.ratios(Unit::Rate, (0, Who::OursPostgres), (0, best));
            self.goals.push(Goal::least(what, 1.0, found));
        }
        for (who, engine) in [
            (Who::OursSqlite, "SQLite"),
            (Who::OursPostgres, "PostgreSQL"),
        ] {
            for (column, name, bar) in [(0, "replay", 350_000.0), (1, "audit", 300_000.0)] {
                let what = format!("(c) {name}, {engine}: events/s");
                let found = measured.figures(column, who, Unit::Rate);
                self.goals.push(Goal::least(what, bar, found));
            }
        }
        let title = format!(
            "(c) Replay of {} events from position 0, and audit: events/s (ratio to the bare \
             driver of the engine)",
            shown(events as f64)
        );
        let columns = ["replay".into(), "audit (chain, digests, versions)".into()];
        self.section(&measured, &title, &columns, Unit::Rate);
        Ok(())
    }

    /// (d) Load and fold one stream of 20 among more and more events.
    pub async fn loads(&mut self) -> Result<()> {
        let mut measured = Measured::default();
        let sizes = self.sizes.load_blocks.clone();
        let mut stores = Vec::new();
        for who in Who::ALL {
            for (column, &blocks) in sizes.iter().enumerate() {
                // Peers are slow to fill: only where all are compared.
                if Who::POSTGRES_PEERS.contains(&who) && blocks != self.sizes.peer_load_blocks {
                    continue;
                }
                stores.push((who, column, blocks, self.filled(who, blocks, true).await));
            }
        }
        for round in 0..=self.sizes.rounds {
            for (who, column, blocks, store) in &stores {
                let work = Work::Load {
                    blocks: *blocks,
                    times: self.sizes.loads,
                };
                let figures = match store {
                    Ok(opened) => Self::done(opened, &work).await,
                    Err(error) => Err(error.clone()),
                };
                let name = format!("(d) among {}", shown((blocks * BLOCK_EVENTS) as f64));
                self.say(round, *who, &name, &figures);
                // Round 0 fills the caches.
                if round > 0 {
                    measured.add(*column, *who, figures);
                }
            }
        }
        for (_, _, _, store) in stores {
            if let Ok(opened) = store {
                self.site.remove(opened).await?;
            }
        }
        let last = sizes.len() - 1;
        for (who, engine) in [
            (Who::OursSqlite, "SQLite"),
            (Who::OursPostgres, "PostgreSQL"),
        ] {
            let what = format!(
                "(d) {engine}: p50 of a load among {} ÷ among {}",
                shown((sizes[last] * BLOCK_EVENTS) as f64),
                shown((sizes[0] * BLOCK_EVENTS) as f64)
            );
            let found = measured.ratios(Unit::P50, (last, who), (0, who));
            self.goals.push(Goal::most(what, 1.1, found));
        }
        let columns: Vec<String> = sizes
            .iter()
            .map(|blocks| format!("{} events", shown((blocks * BLOCK_EVENTS) as f64)))
            .collect();
        let title = "(d) Load and fold one stream of 20, chosen at random: p50 in µs";
        self.section(&measured, title, &columns, Unit::P50);
        Ok(())
    }

    /// (e) A subscriber follows while (a) runs at half its rate.
    pub async fn lags(&mut self) -> Result<()> {
        let mut measured = Measured::default();
        let callers = 64;
        let people = [Who::OursSqlite, Who::Umadb, Who::OursPostgres];
        for who in people {
            if !self.fastest.contains_key(&who) {
                let seconds = self.sizes.seconds;
                let work = Work::Append { callers, seconds };
                let figures = self.fresh(who, callers, &work).await;
                let rate = figures.map_or(1_000.0, |figures| figures.rate());
                self.fastest.insert(who, rate);
            }
        }
        for round in 1..=self.sizes.rounds {
            for who in people {
                let work = Work::Lag {
                    callers,
                    rate: (self.fastest.get(&who).copied().unwrap_or_default() / 2.0).max(100.0),
                    seconds: self.sizes.seconds * 2.0,
                };
                let figures = self.fresh(who, callers, &work).await;
                self.say(round, who, "(e)", &figures);
                let slowest = figures.clone().map(|f| Figures {
                    p50_us: f.max_us,
                    ..f
                });
                let late = figures.clone().map(|f| Figures {
                    p50_us: f.p99_us,
                    ..f
                });
                let rate = figures.clone().map(|f| Figures {
                    p50_us: f.rate(),
                    ..f
                });
                for (column, figures) in [rate, figures, late, slowest].into_iter().enumerate() {
                    measured.add(column, who, figures);
                }
            }
        }
        for (who, engine) in [
            (Who::OursSqlite, "SQLite"),
            (Who::OursPostgres, "PostgreSQL"),
        ] {
            for (column, name) in [(2, "p99"), (3, "slowest")] {
                let what = format!("(e) {engine}: lag, {name}, ms");
                let found = measured.figures(column, who, Unit::P50);
                let found = found.into_iter().map(|us| us / 1e3).collect();
                self.goals.push(Goal::most(what, 50.0, found));
            }
        }
        let columns = ["events/s", "p50", "p99", "slowest"].map(String::from);
        let title = "(e) One subscriber while 64 callers append at half their fastest rate: from \
                     the call of an append until the subscriber holds the event, µs";
        self.section(&measured, title, &columns, Unit::P50);
        Ok(())
    }
}
