//! Events of an account. The person's name is in the vault, never here.

use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::event::events;
use crate::domain::ids::BodyId;
use serde::{Deserialize, Serialize};

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 主管部门经办: registers bodies, grants scope, proposes acts of weight.
    AuthorityMaker,
    /// 主管部门复核: approves what a maker proposed.
    AuthorityChecker,
    /// 评价机构经办: opens sessions, imports results, proposes.
    BodyMaker,
    /// 评价机构复核: approves.
    BodyChecker,
    /// 审计: reads everything, changes nothing.
    Auditor,
}

/// An account was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOpened {
    /// What it may do.
    pub roles: Vec<Role>,
    /// The body it belongs to; none for the authority's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// BLAKE3 of its token; the token itself is shown once and kept nowhere.
    pub token_digest: Digest,
    /// The sealed rows that came with it (the person's name).
    pub sealed: Vec<SealedDigest>,
}

/// An account got a new token; the old one no longer works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountTokenReplaced {
    /// BLAKE3 of the new token.
    pub token_digest: Digest,
}

/// An account was closed for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountClosed {
    /// Why.
    pub reason: String,
}

events! {
    /// What happened to an account.
    pub enum AccountEvent {
        /// Opened.
        Opened(AccountOpened) = "account.opened", 1;
        /// Got a new token.
        TokenReplaced(AccountTokenReplaced) = "account.token_replaced", 1;
        /// Closed.
        Closed(AccountClosed) = "account.closed", 1;
    }
}
