//! What a level or a title leads to (比照认定 / 职业发展贯通): effect, citation and what is missing.

use super::error::AppError;
use super::ledger::Ledger;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::ids::{StreamId, WorkerId};
use crate::domain::rules::recognise::{Held, Holding, Recognition, recognise};
use crate::domain::worker::event::WorkerEvent;
use jiff::civil::Date;

impl Ledger {
    /// What these holdings lead to on a day, under the rules of that day.
    pub async fn recognise(&self, held: &[Held], on: Date) -> Result<Vec<Recognition>, AppError> {
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        let rules = catalogue.state.rules_on(on);
        Ok(recognise(held, rules, on))
    }

    /// What a worker holds by this ledger: every level awarded and not withdrawn.
    pub async fn held_by(&self, worker: WorkerId) -> Result<Vec<Held>, AppError> {
        let events = self.worker_events(worker).await?;
        let withdrawn: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                WorkerEvent::LevelWithdrawn(withdrawn) => Some(withdrawn.by),
                _ => None,
            })
            .collect();
        let held = events.iter().filter_map(|event| match event {
            WorkerEvent::LevelAwarded(awarded) if !withdrawn.contains(&awarded.by) => Some(Held {
                holding: Holding::Level {
                    level: awarded.level,
                    occupation: awarded.occupation,
                },
                since: awarded.awarded_on,
            }),
            _ => None,
        });
        Ok(held.collect())
    }
}
