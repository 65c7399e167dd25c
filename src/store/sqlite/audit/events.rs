//! The event table: gapless, chained, monotone, and each payload under its digest.

use super::super::failure::read as engine;
use super::super::read::{self, column};
use super::{Page, unreadable};
use crate::codec::canonical::{Chain, event_chain, payload_digest};
use crate::codec::row::{Digest, Row};
use crate::domain::ids::LedgerId;
use crate::domain::time::Instant;
use crate::store::audit::{Derive, Findings};
use crate::store::{Head, StoreError};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

/// The walk along the event chain.
pub(super) struct Walk {
    chain: Digest,
    position: u64,
    recorded_at: Instant,
    begins_well: bool,
}

impl Walk {
    pub(super) fn new(ledger: LedgerId) -> Self {
        Self {
            chain: Chain::Event.genesis(ledger),
            position: 0,
            recorded_at: Instant(i64::MIN),
            begins_well: true,
        }
    }

    /// Whether the chain begins with the ledger's id.
    pub(super) fn begins_well(&self) -> bool {
        self.begins_well
    }

    /// Checks the rows of a page; `None` when there are none.
    pub(super) fn page(
        &mut self,
        rows: &[SqliteRow],
        after: u64,
        derive: &impl Derive,
        found: &mut Findings,
    ) -> Option<Page> {
        let mut page = Page {
            from: after + 1,
            to: after,
            events: Vec::with_capacity(rows.len()),
        };
        for raw in rows {
            found.events += 1;
            let position = raw.try_get::<i64, _>(0).ok();
            let position = position
                .and_then(|p| u64::try_from(p).ok())
                .unwrap_or(after);
            if position > self.position + 1 {
                let missing = self.position + 1;
                found.add(
                    "event",
                    format!("position {missing}"),
                    "there is no such row",
                );
            }
            page.to = position;
            match read::event(raw) {
                Ok(row) => {
                    self.row(&row, found);
                    let derived = derive.of_event(&row).map_err(|detail| {
                        found.add("event", format!("position {position}"), detail);
                    });
                    page.events.push((row, derived.ok()));
                }
                Err(StoreError::Corrupt { table, row, column }) => {
                    found.add(table, row, unreadable(column));
                    // Go on from what the row says of the chain: its neighbour may be whole.
                    let stored = raw.try_get::<&[u8], _>(13).ok();
                    if let Some(chain) = stored.and_then(|bytes| bytes.try_into().ok()) {
                        self.chain = chain;
                    }
                    self.position = position;
                }
                Err(error) => found.add("event", format!("position {position}"), error),
            }
        }
        (!rows.is_empty()).then_some(page)
    }

    fn row(&mut self, row: &Row, found: &mut Findings) {
        let mut wrong = |detail: &str| {
            found.add("event", format!("position {}", row.position), detail);
        };
        if row.payload_digest != payload_digest(&row.payload) {
            wrong("payload_digest is not the digest of the payload");
        }
        if row.chain != event_chain(&self.chain, row) {
            wrong("the chain value does not follow from the row before and this row's columns");
            self.begins_well &= row.position != 1;
        }
        if row.recorded_at < self.recorded_at {
            wrong("recorded_at goes back");
        }
        self.chain = row.chain;
        self.position = row.position;
        self.recorded_at = row.recorded_at;
    }

    /// Checks the head, the versions of every stream and the event ids.
    pub(super) async fn finish(
        &mut self,
        connection: &mut SqliteConnection,
        head: Option<&Head>,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        if let Some(head) = head {
            let at = if self.position == 0 {
                Instant(0)
            } else {
                self.recorded_at
            };
            if (head.position, head.chain, head.recorded_at) != (self.position, self.chain, at) {
                found.add("head", "event", "it is not the end of the event chain");
                self.begins_well &= self.position != 0;
            }
        }
        let rows = sqlx::query(
            "SELECT stream_id FROM event GROUP BY stream_id \
             HAVING min(stream_version) <> 1 OR max(stream_version) <> count(*)",
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| engine(&e))?;
        for row in &rows {
            let stream: String = column(row, 0, "event", &"a stream", "stream_id")?;
            found.add(
                "event",
                format!("stream {stream}"),
                "its versions are not gapless",
            );
        }
        let rows =
            sqlx::query("SELECT max(position) FROM event GROUP BY event_id HAVING count(*) > 1")
                .fetch_all(&mut *connection)
                .await
                .map_err(|e| engine(&e))?;
        for row in &rows {
            let position: i64 = column(row, 0, "event", &"an event", "position")?;
            found.add(
                "event",
                format!("position {position}"),
                "its event_id stands twice",
            );
        }
        Ok(())
    }
}
