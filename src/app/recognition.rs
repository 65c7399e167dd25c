//! What a level, a title, an education or another's certificate leads to (比照认定 / 职业发展贯通):
//! effect, citation, what is met and what is missing.

use super::draft::Loaded;
use super::error::AppError;
use super::ledger::Ledger;
use crate::codec::registry;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::decider::Decider;
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
        let loaded = self.load_as_of::<WorkerDecider>(worker, position).await?;
        if loaded.version == 0 {
            return Err(AppError::NotFound { what: "worker" });
        }
        Ok(loaded.state.held())
    }

    /// What of a worker still stands although what it rested on has fallen (待复核), as known at
    /// that position; now if none is given.
    pub async fn reviews_due(
        &self,
        worker: WorkerId,
        position: Option<u64>,
    ) -> Result<Vec<ReviewDue>, AppError> {
        let loaded = self.load_as_of::<WorkerDecider>(worker, position).await?;
        Ok(loaded.state.reviews_due())
    }

    /// Everything adopted about recognition as known at the viewpoint.
    pub async fn rulebook(&self, from: &Viewpoint) -> Result<Rulebook, AppError> {
        let stream = StreamId::catalogue(self.id());
        let position = match &from.edition {
            None => from.position,
            Some(edition) => {
                let adopted = self.adopted_at(edition).await?;
                Some(from.position.map_or(adopted, |it| it.min(adopted)))
            }
        };
        let loaded = self
            .load_as_of::<CatalogueDecider>(stream, position)
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

    /// Loads and folds one stream up to a position.
    pub(super) async fn load_as_of<D>(
        &self,
        stream: impl Into<StreamId>,
        position: Option<u64>,
    ) -> Result<Loaded<D>, AppError>
    where
        D: Decider,
        D::Event: TryFrom<Event>,
    {
        let mut loaded = Loaded::<D>::new_stream(stream);
        for row in self.store.read_streams(&[(loaded.stream, 1)]).await? {
            if position.is_some_and(|last| row.position > last) {
                break;
            }
            let event = registry::decode(&row)?.try_into().map_err(|_| {
                AppError::Inconsistent(format!("position {} is of another stream", row.position))
            })?;
            loaded.advance(&[event]);
            loaded.version = row.stream_version;
        }
        Ok(loaded)
    }
}
