//! The events as they are stored, without salts: what somebody needs who counts for himself.

use super::error::AppError;
use super::ledger::Ledger;
use crate::codec::envelope;
use crate::projection;
use crate::store::EventStore;
use crate::view::Views;
use serde::Serialize;
use serde_json::value::RawValue;

/// Most events of one page.
pub const PAGE_MAX: u32 = 2000;

/// One stored event (事件). It holds no personal data: no event does.
#[derive(Clone, Debug, Serialize)]
pub struct StoredEvent {
    /// Place in the whole ledger, from 1, gapless.
    pub position: u64,
    /// The stream: `session/0190…`.
    pub stream: String,
    /// Place in its stream, from 1.
    pub stream_version: u64,
    /// What happened: `session.closed`.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The shape of the data.
    pub schema_version: u16,
    /// When the store took it, RFC 3339 in UTC.
    pub recorded_at: String,
    /// Who acted, as a pseudonym.
    pub actor: String,
    /// The facts, byte for byte as stored.
    pub data: Box<RawValue>,
}

impl Ledger {
    /// The events after a position, at most [`PAGE_MAX`] of them. Needs no passphrase.
    pub async fn events(&self, after: u64, limit: u32) -> Result<Vec<StoredEvent>, AppError> {
        let rows = self.store.read_all(after, limit.min(PAGE_MAX)).await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let opened = envelope::open(&row.payload).map_err(|error| {
                AppError::Inconsistent(format!("position {}: {error}", row.position))
            })?;
            events.push(StoredEvent {
                position: row.position,
                stream: row.stream.to_string(),
                stream_version: row.stream_version,
                recorded_at: row.recorded_at.to_string(),
                actor: row.actor.to_string(),
                schema_version: row.schema_version,
                data: opened.data.to_owned(),
                event_type: row.event_type,
            });
        }
        Ok(events)
    }

    /// The views as they were at a position, built from the events before it. Nothing is decided
    /// on them, and nothing is written.
    pub async fn views_at(&self, position: u64) -> Result<Views, AppError> {
        Ok(projection::views_at(&self.store, position).await?)
    }
}
