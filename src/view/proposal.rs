//! Proposals of makers (经办) and what became of them.

use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, ProposalId, StreamId};
use crate::domain::proposal::Act;
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize, Serializer};

/// What became of a proposal. One that nobody answered in time stays `Open` here; compare
/// [`ProposalRow::expires_at`] with the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProposalState {
    /// Nobody has answered.
    Open,
    /// 已复核
    Approved,
    /// 已驳回
    Rejected,
}

fn as_text<S: Serializer>(stream: &StreamId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(stream)
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposalRow {
    /// Its id.
    pub proposal: ProposalId,
    /// The stream of what it would change.
    #[serde(serialize_with = "as_text")]
    pub stream: StreamId,
    /// What it would do.
    pub act: Act,
    /// The digest to be approved.
    pub digest: Digest,
    /// What became of it.
    pub state: ProposalState,
    /// The maker.
    pub made_by: AccountId,
    /// After this it can no longer be approved.
    pub expires_at: Instant,
    /// Who approved or rejected it.
    pub decided_by: Option<AccountId>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// Position at which it was made.
    pub position: u64,
    /// Position at which it was decided.
    pub decided_position: Option<u64>,
}
