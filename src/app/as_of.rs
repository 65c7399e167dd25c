//! Streams as they stood at a position. What was asked of a position is answered from the events
//! up to it and from nothing later; personal data alone comes from the vault as it is now.

use super::AppError;
use super::draft::Loaded;
use super::ledger::Ledger;
use crate::codec::registry;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::StreamId;
use crate::store::EventStore;
use crate::view::ViewError;
use std::collections::BTreeMap;

impl Ledger {
    /// The position an answer is to be true at: the one asked for, or the end of the ledger.
    /// Position 0 and positions the ledger has not reached are refused.
    pub async fn position_asked(&self, at: Option<u64>) -> Result<u64, AppError> {
        let position = self.store.head().await?.position;
        match at {
            Some(0) => Err(ViewError::PositionZero.into()),
            Some(asked) if asked > position => {
                Err(ViewError::NotReached { asked, position }.into())
            }
            at => Ok(at.unwrap_or(position)),
        }
    }

    /// Several streams of one kind as they stood at a position, in one round trip. One that did
    /// not exist yet has version 0.
    pub(super) async fn load_all_at<D>(
        &self,
        streams: &[StreamId],
        position: u64,
    ) -> Result<BTreeMap<StreamId, Loaded<D>>, AppError>
    where
        D: Decider,
        D::Event: TryFrom<Event>,
    {
        let from_start: Vec<(StreamId, u64)> = streams.iter().map(|it| (*it, 1)).collect();
        let empty = streams.iter().map(|it| (*it, Loaded::new_stream(*it)));
        let mut loaded: BTreeMap<StreamId, Loaded<D>> = empty.collect();
        for row in self.store.read_streams(&from_start).await? {
            let Some(stream) = loaded.get_mut(&row.stream) else {
                continue;
            };
            if row.position > position {
                continue;
            }
            let event = registry::decode(&row)?.try_into().map_err(|_| {
                AppError::Inconsistent(format!("position {} is of another stream", row.position))
            })?;
            stream.advance(&[event]);
            stream.version = row.stream_version;
        }
        Ok(loaded)
    }

    /// One stream as it stood at a position; not found if it did not exist yet.
    pub(super) async fn load_at<D>(
        &self,
        stream: impl Into<StreamId>,
        what: &'static str,
        position: u64,
    ) -> Result<Loaded<D>, AppError>
    where
        D: Decider,
        D::Event: TryFrom<Event>,
    {
        let stream = stream.into();
        let mut loaded = self.load_all_at::<D>(&[stream], position).await?;
        loaded
            .remove(&stream)
            .filter(|it| it.version > 0)
            .ok_or(AppError::NotFound { what })
    }
}
