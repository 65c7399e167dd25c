//! Scenarios in the trade's own words, each on a ledger of its own. How to write one is in
//! `tests/scenarios/README.md`.

mod feature;
mod step;
mod steps;
mod views;
mod world;

use feature::{Scenario, folder, scenarios};
use gherkin::StepType;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use world::{Outcome, World};

/// Runs one scenario; the transcript, or where and why it does not hold.
async fn run(scenario: &Scenario) -> Result<String, String> {
    let steps = steps::all();
    let mut world = World::new(steps::jurisdiction(scenario)).await;
    let mut kept = views::Kept::default();
    let mut told = format!("\n{} · {}\n", scenario.file, scenario.name);
    for sentence in &scenario.sentences {
        let at = |fault: String| {
            let Scenario { file, name, .. } = scenario;
            format!(
                "tests/scenarios/{file}:{}: {name}\n    {}\n    {fault}",
                sentence.line, sentence.words
            )
        };
        if sentence.kind != StepType::Then {
            nothing_untold(&world).map_err(at)?;
        }
        let (step, said) =
            step::find(&steps, &sentence.words, sentence.rows.clone()).map_err(at)?;
        (step.run)(&mut world, said).await.map_err(at)?;
        kept.keep(&world).await.map_err(at)?;
        if sentence.kind == StepType::Given {
            // What is given has to hold; only what is done may be refused.
            nothing_untold(&world).map_err(at)?;
            world.outcome = None;
        }
        writeln!(told, "  {} {}", word(sentence.kind), sentence.words).unwrap();
        if let (StepType::When, Some(Outcome::Refused { code, words })) =
            (sentence.kind, &world.outcome)
        {
            writeln!(told, "      × {code}：{}", words.zh).unwrap();
        }
    }
    let at_the_end = |fault: String| {
        let Scenario { file, name, .. } = scenario;
        format!("tests/scenarios/{file}: {name}\n    {fault}")
    };
    nothing_untold(&world).map_err(at_the_end)?;
    kept.compare(&world).await.map_err(at_the_end)?;
    world.ledger.close().await;
    Ok(told)
}

/// A refusal that no sentence speaks of is a fault.
fn nothing_untold(world: &World) -> Result<(), String> {
    match &world.outcome {
        Some(Outcome::Refused { code, words }) => Err(format!("被拒绝（{code}）：{}", words.zh)),
        _ => Ok(()),
    }
}

const fn word(kind: StepType) -> &'static str {
    match kind {
        StepType::Given => "假如",
        StepType::When => "当",
        StepType::Then => "那么",
    }
}

/// Scenarios run side by side, each thread with the next one that is left.
const THREADS: usize = 4;

/// `SCENARIOS=26-` runs only the files whose names begin so; `--nocapture` shows what was said.
#[test]
fn every_scenario_holds() {
    let only = std::env::var("SCENARIOS").unwrap_or_default();
    let mut left = scenarios();
    left.retain(|scenario| scenario.file.starts_with(&only));
    assert!(!left.is_empty(), "no scenario in {}", folder().display());
    let next = AtomicUsize::new(0);
    let told = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some(scenario) = left.get(nth) else {
                        return;
                    };
                    let came = runtime.block_on(run(scenario));
                    told.lock().unwrap().insert(nth, came);
                }
            });
        }
    });
    let mut faults = String::new();
    for came in told.into_inner().unwrap().into_values() {
        match came {
            Ok(told) => print!("{told}"),
            Err(fault) => write!(faults, "\n{fault}\n").unwrap(),
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_file_names_its_row_and_its_source() {
    for (file, text) in feature::files() {
        assert!(
            text.starts_with("# language: zh-CN\n"),
            "{file} begins with “# language: zh-CN”"
        );
        assert!(
            text.lines()
                .any(|line| line.trim_start().starts_with("# 依据：")),
            "{file} has no line “# 依据：…” with the document and the row of the checklist"
        );
        let number = file.split('-').next().unwrap_or_default();
        assert!(
            number.trim_end_matches('b').parse::<u8>().is_ok(),
            "{file} begins with the number of its row"
        );
    }
    for scenario in scenarios() {
        assert!(
            !scenario.rows.is_empty(),
            "{}: {} has no @row-NN",
            scenario.file,
            scenario.name
        );
    }
}

/// The rows of the checklist in docs/domain.md, with their states.
fn checklist() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join("../../docs/domain.md")).unwrap();
    let table = text.split("\n## Checklist\n").nth(1).unwrap_or_default();
    let table = table.split("\n## ").next().unwrap_or_default();
    table
        .lines()
        .filter_map(|line| {
            let cells: Vec<_> = line.split('|').map(str::trim).collect();
            let digits = cells.get(1)?.trim_end_matches('b');
            digits.parse::<u8>().ok()?;
            Some((cells[1].to_owned(), cells.get(3)?.to_string()))
        })
        .collect()
}

#[test]
fn every_row_is_in_the_checklist() {
    let rows = checklist();
    for row in (1..=81).map(|row| row.to_string()).chain(["61b".into()]) {
        let state = rows
            .get(&row)
            .unwrap_or_else(|| panic!("row {row} is not in the checklist"));
        assert!(
            ["done", "by-reference", "open"].contains(&state.as_str()),
            "row {row}: {state:?} is no state"
        );
    }
}

#[test]
fn every_row_that_is_done_has_scenarios_of_both_kinds() {
    let scenarios = scenarios();
    let mut faults = String::new();
    for (row, state) in checklist() {
        let of_row: Vec<_> = scenarios
            .iter()
            .filter(|it| it.rows.contains(&row))
            .collect();
        let refused = of_row.iter().filter(|it| it.refuses()).count();
        if state == "done" && (refused == 0 || refused == of_row.len()) {
            writeln!(
                faults,
                "row {row} is done and has {} scenarios, {refused} of them refused: it needs one \
                 accepted and one refused, tagged @row-{row}",
                of_row.len()
            )
            .unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
