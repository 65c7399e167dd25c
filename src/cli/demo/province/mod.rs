//! `demo --scale N`: a province in miniature. At N = 1 it has 200 bodies of all kinds and 20,000
//! workers whose careers run over years; everything goes through the public use cases, in batches
//! as a province would send them. People, documents and bodies are made up from the seed; the same
//! seed makes the same province.

mod appointments;
mod apprentices;
mod ask;
mod backgrounds;
mod bodies;
mod career;
mod certified;
mod competitions;
mod direct;
mod lives;
mod network;
mod people;
mod process;
mod recognitions;
mod refusals;
mod sessions;
mod staff;
mod twins;

use super::stage::Stage;
use crate::app::AppError;
use crate::app::home::database_path;
use crate::cli::output::{Exit, Output};
use crate::domain::ids::{SessionId, SubjectId, WorkerId};
use bodies::{Assessor, Provider};
use people::Person;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use refusals::Refusals;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Instant;

/// How large the province is: 1 is 200 bodies and 20,000 workers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale(f64);

impl FromStr for Scale {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(scale) if (0.001..=20.0).contains(&scale) => Ok(Self(scale)),
            _ => Err("a number from 0.001 to 20"),
        }
    }
}

impl Scale {
    /// So many of what the whole has `at_one` of, at least `least`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are small and positive"
    )]
    fn of(self, at_one: u32, least: usize) -> usize {
        ((f64::from(at_one) * self.0).ceil() as usize).max(least)
    }
}

/// The province while it is made.
struct Province<'s, 'o> {
    stage: &'s mut Stage<'o>,
    scale: Scale,
    rng: ChaCha20Rng,
    assessors: Vec<Assessor>,
    providers: Vec<Provider>,
    /// Credit codes of the members of the ecosystem.
    members: Vec<String>,
    /// Teachers, two of each provider in their order.
    teachers: Vec<SubjectId>,
    people: Vec<Person>,
    /// Where in `people` a worker is.
    by_worker: HashMap<WorkerId, usize>,
    /// The session of an assessor in a round.
    rounds: BTreeMap<(usize, usize), SessionId>,
    refusals: Refusals,
    /// What was made, by what it is.
    made: BTreeMap<&'static str, u64>,
}

impl Province<'_, '_> {
    /// Everything that happens in it, in order.
    async fn live(&mut self) -> Result<(), AppError> {
        self.register_bodies().await?;
        self.open_ecosystem().await?;
        self.rate_bodies().await?;
        self.grant_cards().await?;
        self.list_training_bases().await?;
        self.grant_teachers().await?;
        self.adopt_promotion_rules().await?;
        self.adopt_appointment_policies().await?;
        self.grow_people();
        let mut numbers = self.assess().await?;
        let recorded = self.record_backgrounds().await?;
        self.record_trainings().await?;
        numbers.extend(self.train_apprentices().await?);
        numbers.extend(self.appoint().await?);
        numbers.extend(self.recognise_directly().await?);
        numbers.extend(self.compete().await?);
        numbers.extend(self.hold_full_sessions().await?);
        self.work_elsewhere().await?;
        numbers.extend(self.assess_items().await?);
        self.issue_twins().await?;
        self.confer_honours().await?;
        self.recognise(&recorded).await?;
        self.end_certificates(&numbers).await?;
        self.end_bodies().await
    }

    fn count(&mut self, what: &'static str, more: usize) {
        *self.made.entry(what).or_default() += more as u64;
    }
}

/// Makes the province and says what is in it.
pub(super) async fn play(
    dir: Option<PathBuf>,
    scale: Scale,
    seed: u64,
    output: &Output,
) -> Result<Exit, AppError> {
    let since = Instant::now();
    let mut stage = Stage::set(dir, output).await?;
    let mut province = Province {
        scale,
        rng: ChaCha20Rng::seed_from_u64(seed),
        assessors: Vec::new(),
        providers: Vec::new(),
        members: Vec::new(),
        teachers: Vec::new(),
        people: Vec::new(),
        by_worker: HashMap::new(),
        rounds: BTreeMap::new(),
        refusals: Refusals::default(),
        made: BTreeMap::new(),
        stage: &mut stage,
    };
    province.live().await?;
    let (made, refusals) = (province.made, province.refusals);
    let published = stage.publish().await?;
    stage.step("province-published", &[("count", published.to_string())]);
    let audit = stage.ledger.audit().await?;
    let words = [
        ("events", audit.events.to_string()),
        ("problems", audit.problems.len().to_string()),
    ];
    stage.step("demo-audit", &words);
    let seconds = since.elapsed().as_secs();
    let memory_mib = peak_memory_mib();
    let database = database_path(stage.ledger.dir());
    let database_mib = std::fs::metadata(&database).map_or(0, |file| file.len() >> 20);
    if output.json {
        output.print_json(&json!({
            "dir": stage.dir,
            "seed": seed,
            "made": made,
            "refused": refusals.by_code(),
            "events": audit.events,
            "audit": audit.ok(),
            "seconds": seconds,
            "memory_mib": memory_mib,
            "database_mib": database_mib,
        }));
    } else {
        for (what, count) in &made {
            stage.line(&format!("     {what}: {count}"));
        }
        for (code, count) in refusals.by_code() {
            stage.line(&format!("     × {code}: {count}"));
        }
    }
    let words = [
        ("seconds", seconds.to_string()),
        ("memory", memory_mib.map_or("?".into(), |it| it.to_string())),
        ("database", database_mib.to_string()),
        ("dir", stage.dir.display().to_string()),
    ];
    stage.words("province-done", &words);
    stage.ledger.close().await;
    Ok(if audit.ok() { Exit::Done } else { Exit::Unable })
}

/// The most memory this process has held, where the system tells (Linux).
fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib >> 10)
}
