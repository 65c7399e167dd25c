//! What happened to one worker's skills (技能护照), oldest first.

use crate::domain::ids::WorkerId;
use serde_json::Value;

/// One entry of a worker's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassportEntry {
    /// The worker, by pseudonym.
    pub worker: WorkerId,
    /// Position of the event.
    pub position: u64,
    /// The event's type: `worker.level_awarded`, `certificate.issued`, …
    pub kind: String,
    /// What the event says, without signatures and digests.
    pub data: Value,
}
