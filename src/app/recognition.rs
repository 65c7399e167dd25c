//! What a level, a title, an education or another's certificate leads to (比照认定 / 职业发展贯通):
//! effect, citation, what is met and what is missing.

use super::error::AppError;
use super::ledger::Ledger;
use crate::codec::registry;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::event::Event;
use crate::domain::ids::{StreamId, WorkerId};
use crate::domain::rules::recognition::{Held, Recognition, Rulebook};
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::review_due::ReviewDue;
use crate::store::EventStore;
use jiff::civil::Date;

/// As of when and under which rules an answer is asked for.
#[derive(Clone, Debug, Default)]
pub struct Viewpoint {
    /// As the ledger stood at this position; the newest if not given.
    pub position: Option<u64>,
    /// Under the rules as they stood when this edition was adopted, and no later ones.
    pub edition: Option<String>,
    /// In which jurisdiction; the ledger's own if not given.
    pub jurisdiction: Option<String>,
}

impl Ledger {
    /// What these holdings lead to on a day, under the rules of that day as known at the
    /// viewpoint.
    pub async fn recognise(
        &self,
        held: &[Held],
        on: Date,
        from: &Viewpoint,
    ) -> Result<Vec<Recognition>, AppError> {
        let rulebook = self.rulebook(from).await?;
        let jurisdiction = match &from.jurisdiction {
            Some(jurisdiction) => jurisdiction.clone(),
            None => self.authority().await?.established.jurisdiction,
        };
        Ok(rulebook.answers(held, on, &jurisdiction))
    }

    /// What a worker held as known at that position; now if none is given.
    pub async fn held_by(
        &self,
        worker: WorkerId,
        position: Option<u64>,
    ) -> Result<Vec<Held>, AppError> {
        let position = self.position_asked(position).await?;
        let loaded = self
            .load_at::<WorkerDecider>(worker, "worker", position)
            .await?;
        Ok(loaded.state.held())
    }

    /// What of a worker still stands although what it rested on has fallen (待复核), as known at
    /// that position; now if none is given.
    pub async fn reviews_due(
        &self,
        worker: WorkerId,
        position: Option<u64>,
    ) -> Result<Vec<ReviewDue>, AppError> {
        let position = self.position_asked(position).await?;
        let loaded = self.load_at::<WorkerDecider>(worker, "worker", position);
        match loaded.await {
            Ok(loaded) => Ok(loaded.state.reviews_due()),
            // Nothing rested on anything before he was enrolled.
            Err(AppError::NotFound { .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Everything adopted about recognition as known at the viewpoint.
    pub async fn rulebook(&self, from: &Viewpoint) -> Result<Rulebook, AppError> {
        let stream = StreamId::catalogue(self.id());
        let mut position = self.position_asked(from.position).await?;
        if let Some(edition) = &from.edition {
            position = position.min(self.adopted_at(edition).await?);
        }
        let loaded = self
            .load_at::<CatalogueDecider>(stream, "catalogue", position)
            .await?;
        Ok(loaded.state.rulebook)
    }

    /// The last position that adopted something under this edition of recognition.
    async fn adopted_at(&self, edition: &str) -> Result<u64, AppError> {
        let stream = StreamId::catalogue(self.id());
        let mut found = None;
        for row in self.store.read_streams(&[(stream, 1)]).await? {
            let of = match registry::decode(&row)? {
                Event::Catalogue(CatalogueEvent::RecognitionRulesAdopted(it)) => it.edition,
                Event::Catalogue(CatalogueEvent::ComparisonListed(it)) => it.comparison.edition,
                Event::Catalogue(CatalogueEvent::TitleSeriesAdopted(it)) => it.title_series.edition,
                _ => continue,
            };
            if of == edition {
                found = Some(row.position);
            }
        }
        found.ok_or(AppError::NotFound { what: "edition" })
    }
}
