//! Maker and checker (经办 / 复核): no act of weight takes effect on one person's word.
//!
//! A proposal is an event on the stream of what it would change; a different account approves
//! the same digest in time, or nothing happens.

use crate::domain::digest::Digest;
use crate::domain::event::events;
use crate::domain::ids::{AccountId, ProposalId};
use crate::domain::time::Instant;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How long a proposal waits for its checker: 72 hours.
pub const PROPOSAL_LIFETIME_MICROS: i64 = 72 * 3600 * 1_000_000;

/// What a proposal would do. The whole content stands here, so that the checker approves
/// exactly it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Confirm the results of a session (成绩复核): the results themselves are in the digest.
    ConfirmResults {
        /// How many candidates the digest covers.
        candidates: u32,
    },
    /// End a certificate (撤销、注销、吊销、作废).
    EndCertificate {
        /// Which of the four ends.
        end: End,
        /// Why, in the words of the trade; no personal data.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Suspend a certificate (暂停).
    SuspendCertificate {
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
    /// Correct a certificate by a new one under a new number (更正).
    CorrectCertificate {
        /// Which fields are corrected, by name; never their personal values.
        corrected: Vec<String>,
        /// Why.
        ground: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Suspend a body (暂停资质).
    SuspendBody {
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
    /// Withdraw a body's qualification (取消资质).
    WithdrawBody {
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
    /// Declare a body's key compromised from a position on.
    CompromiseKey {
        /// The key.
        key_id: String,
        /// First position whose use of the key is void.
        from_position: u64,
        /// Why.
        ground: String,
    },
}

/// The four ends of a certificate: different acts in law, each final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// 撤销: it should never have been granted.
    Revoked,
    /// 注销: it ends formally (holder's wish, death).
    Cancelled,
    /// 吊销: taken away as a penalty.
    Forfeited,
    /// 作废: this document or number is unusable.
    Voided,
}

impl End {
    /// The Chinese term.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Revoked => "撤销",
            Self::Cancelled => "注销",
            Self::Forfeited => "吊销",
            Self::Voided => "作废",
        }
    }
    /// The word in events, status details and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Cancelled => "cancelled",
            Self::Forfeited => "forfeited",
            Self::Voided => "voided",
        }
    }
    /// Whether the level itself is withdrawn from the worker (撤销, 吊销), not only the document.
    pub const fn withdraws_level(self) -> bool {
        matches!(self, Self::Revoked | Self::Forfeited)
    }
}

/// A maker proposed an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalMade {
    /// Its id.
    pub proposal: ProposalId,
    /// What it would do.
    pub act: Act,
    /// BLAKE3, keyed with the ledger's digest key, over the act and what it rests on.
    pub digest: Digest,
    /// The maker (经办人).
    pub made_by: AccountId,
    /// After this it can no longer be approved.
    pub expires_at: Instant,
}

/// A different account approved exactly this digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalApproved {
    /// Which proposal.
    pub proposal: ProposalId,
    /// The digest that was approved, equal to the one proposed.
    pub digest: Digest,
    /// The checker (复核人), another account than the maker.
    pub approved_by: AccountId,
}

/// A proposal was turned down, or taken back by its maker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRejected {
    /// Which proposal.
    pub proposal: ProposalId,
    /// Who turned it down.
    pub rejected_by: AccountId,
    /// Why.
    pub reason: String,
}

events! {
    /// The life of a proposal, on the stream of what it would change.
    pub enum ProposalEvent {
        /// A maker proposed.
        Made(ProposalMade) = "proposal.made", 1;
        /// A checker approved.
        Approved(ProposalApproved) = "proposal.approved", 1;
        /// Turned down.
        Rejected(ProposalRejected) = "proposal.rejected", 1;
    }
}
