//! The event table: gapless, chained, monotone, and each payload under its digest.

use super::Findings;
use super::snapshot::Unread;
use crate::codec::canonical::{Chain, event_chain, payload_digest};
use crate::codec::row::{Digest, Row};
use crate::domain::ids::LedgerId;
use crate::domain::time::Instant;
use crate::store::{Head, StoreError};

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

    /// Checks one row after the one before; `None` if it cannot be read.
    pub(super) fn read(&mut self, read: Result<Row, Unread>, found: &mut Findings) -> Option<Row> {
        let position = match &read {
            Ok(row) => row.position,
            Err(unread) => unread.position.unwrap_or(self.position),
        };
        if position > self.position + 1 {
            let missing = format!("position {}", self.position + 1);
            found.add("event", missing, "there is no such row");
        }
        let unread = match read {
            Ok(row) => {
                self.row(&row, found);
                return Some(row);
            }
            Err(unread) => unread,
        };
        match unread.error {
            StoreError::Corrupt { table, row, column } => {
                found.add(table, row, format!("column {column} cannot be read"));
            }
            error => found.add("event", format!("position {position}"), error),
        }
        // Go on from what the row says of the chain: its neighbour may be whole.
        self.chain = unread.chain.unwrap_or(self.chain);
        self.position = position;
        None
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

    /// Compares the head with the end of the walk.
    pub(super) fn finish(&mut self, head: Option<&Head>, found: &mut Findings) {
        let Some(head) = head else { return };
        let at = match self.position {
            0 => Instant(0),
            _ => self.recorded_at,
        };
        if (head.position, head.chain, head.recorded_at) != (self.position, self.chain, at) {
            found.add("head", "event", "it is not the end of the event chain");
            self.begins_well &= self.position != 0;
        }
    }
}
